import Testing

@testable import MarketplaceSandbox

@Suite struct SearchTests {
    let caller = Caller()

    /// All rows of a list, page by page.
    private func all(_ path: String) async -> [JSONValue] {
        var rows: [JSONValue] = []
        while true {
            let page = await caller.get(path + "limit=1000&offset=\(rows.count)").rows
            rows += page
            if page.count < 1_000 { return rows }
        }
    }

    @Test(arguments: ["gmbh", "ø", "作者", "e", "™", "holdings", "&", "no such name", "田中"])
    func `a search by name finds what a look at every row finds, in the same order`(words: String) async {
        let wanted = await all("/customers?").filter { $0["name"]?.text?.lowercased().contains(words) == true }
        let encoded = words.utf8.map { byte in "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
        let found = await all("/customers?name=\(encoded)&")
        #expect(found == wanted)
    }

    @Test func `a search by e-mail finds every account that has it`() async {
        for customer in await all("/customers?").prefix(60) {
            let email = customer.at("contactPersons", "0", "email")?.text ?? ""
            #expect(await caller.get("/customers?email=\(email.uppercased())").ids.contains(customer["id"]?.text ?? ""))
        }
        #expect(await caller.get("/customers?email=nobody").total == 0)
    }

    @Test func `filters of accounts hold together`() async {
        let row = await all("/customers?resellerId=1000101&").first { $0["externalId"] != nil } ?? .null
        let id = row["id"]?.text ?? ""
        let external = row["externalId"]?.text ?? ""
        #expect(await caller.get("/customers?externalId=\(external)").ids.contains(id))
        #expect(await caller.get("/customers?externalId=\(external)&resellerId=1000101").ids == [id])
        #expect(await caller.get("/customers?externalId=\(external)&resellerId=1000100").ids.contains(id) == false)
        #expect(await caller.get("/customers?externalId=\(external)&name=no%20such").total == 0)
        #expect(await caller.get("/resellers/1000101/customers?externalId=\(external)").ids == [id])
    }

    @Test(arguments: [
        "vendor=aurora", "vendor=nimbora", "serviceName=AURORA_365", "serviceName=TESSERA_BACKUP", "name=backup",
        "name=Aurora%20365&vendor=aurora", "name=for&serviceName=NIMBORA_BACKUP", "vendor=xylo&serviceName=ZENIX_ZONE",
        "name=BUSINESS", "vendor=nobody", "vendor=nimbora&name=e",
    ])
    func `a search for products finds what a look at every row finds, in the same order`(query: String) async {
        let terms = query.replacing("%20", with: " ").split(separator: "&").map {
            $0.split(separator: "=").map(String.init)
        }
        let wanted = await all("/products?").filter { row in
            terms.allSatisfy { term in
                let value = row[term[0]]?.text ?? ""
                return term[0] == "name" ? value.lowercased().contains(term[1].lowercased()) : value == term[1]
            }
        }
        #expect(await all("/products?\(query)&") == wanted)
        let some = await caller.get("/products?\(query)&offset=3&limit=4")
        #expect(some.rows == Array(wanted.dropFirst(3).prefix(4)))
        #expect(some.total == wanted.count)
    }

    @Test(arguments: ["CP", "LO", "AS", "PF", "CL", "PD", "WP", "ZZ"])
    func `a search by status code finds what a look at every row finds`(code: String) async {
        let wanted = await all("/orders?").filter { $0["statusCode"]?.text == code }
        #expect(await all("/orders?statusCode=\(code)&") == wanted)
        #expect(
            await all("/orders?statusCode=\(code)&status=processing&").allSatisfy { $0["statusCode"]?.text == code })
    }

    @Test func `texts are found once each, wherever they stand`() {
        var index = TextIndex()
        for text in ["Abba", "", "cab", "abc ABC", "xy"] { index.append(text) }
        #expect(index.matches(Array("ab".utf8)) == [0, 2, 3])
        #expect(index.matches(Array("b".utf8)) == [0, 2, 3])
        #expect(index.matches(Array("xy".utf8)) == [4])
        #expect(index.matches(Array("xyz".utf8)) == [])
        #expect(index.matches(Array("a\nc".utf8)) == [])
        #expect(index.matches([]) == [0, 1, 2, 3, 4])
    }
}
