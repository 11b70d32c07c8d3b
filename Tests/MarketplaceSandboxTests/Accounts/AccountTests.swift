import Testing

@testable import MarketplaceSandbox

@Suite struct AccountTests {
    let caller = Caller()

    @Test func `the first reseller is Nordwind, in euros`() async {
        let reply = await caller.get("/resellers")
        #expect(reply.total == 12)
        #expect(reply.rows.first?["id"]?.text == "1000100")
        #expect(reply.rows.first?["name"]?.text == "Nordwind Handel GmbH")
        #expect(reply.rows.first?["status"]?.text == "active")
        #expect(reply.rows.first?["currency"]?.text == "EUR")
        #expect(reply.rows.dropFirst().first?["name"]?.text == "Sierra Peak Cloud")
        #expect(reply.rows.dropFirst().allSatisfy { $0["currency"]?.text == "USD" })
    }

    @Test func `the landmark customers are the newest`() async {
        let reply = await caller.get("/customers?limit=4")
        #expect(reply.ids == ["1000412", "1000413", "1000414", "1000415"])
        let own = await caller.get("/resellers/1000100/customers?limit=2")
        #expect(own.ids == ["1000412", "1000413"])
    }

    @Test func `Jørgensen & Søn has an administrator, a billing and a technical contact`() async {
        let account = await caller.get("/customers/1000412").json
        #expect(account["name"]?.text == "Jørgensen & Søn A/S")
        #expect(account["status"]?.text == "active")
        #expect(account["resellerId"]?.text == "1000100")
        let contacts = account["contactPersons"]?.items ?? []
        #expect(contacts.map { $0["type"]?.text } == ["admin", "billing", "technical"])
        #expect(contacts.first?["firstName"]?.text == "Mette")
        #expect(contacts.first?["lastName"]?.text == "Jørgensen")
        #expect(contacts.first?["email"]?.text == "mette@jorgensen.example")
    }

    @Test func `the other landmark customers are as promised`() async {
        let author = await caller.get("/customers/1000413").json
        #expect(author["name"]?.text == "作者出版株式会社")
        #expect(author["resellerId"]?.text == "1000100")
        let dental = await caller.get("/customers/1000414").json
        #expect(dental["name"]?.text == "Brightwater™ Dental")
        #expect(dental["status"]?.text == "creditHold")
        #expect(dental["resellerId"]?.text == "1000101")
        let hostile = await caller.get("/customers/1000415").json["name"]?.text ?? ""
        #expect(hostile.unicodeScalars.count == 300)
        #expect(hostile.contains("\u{1B}]0;"))
        #expect(hostile.contains("\u{07}"))
        #expect(hostile.unicodeScalars.contains("\u{202E}"))
    }

    @Test func `an unknown id is 404 with the platform's words`() async {
        for path in ["/customers/1", "/customers/x", "/customers/01000412", "/resellers/1000412", "/resellers/2"] {
            let reply = await caller.get(path)
            #expect(reply.status == 404)
            #expect(reply.message == "No entity has been found")
        }
    }

    @Test func `names are found by a part of them in any case`() async {
        #expect(await caller.get("/customers?name=J%C3%98RGENSEN").ids == ["1000412"])
        #expect(await caller.get("/customers?name=%E4%BD%9C%E8%80%85").ids == ["1000413"])
        #expect(await caller.get("/resellers?name=nordwind+handel").ids == ["1000100"])
    }

    @Test func `accounts are found by any contact's address and by external id`() async {
        #expect(await caller.get("/customers?email=Faktura@jorgensen.example").ids == ["1000412"])
        #expect(await caller.get("/customers?externalId=CRM-0412").ids == ["1000412"])
        #expect(await caller.get("/customers?externalId=CRM-04").total == 0)
    }

    @Test func `customers of a reseller are the same by filter and by path`() async {
        let byPath = await caller.get("/resellers/1000101/customers?limit=1000")
        let byFilter = await caller.get("/customers?resellerId=1000101&limit=1000")
        #expect(byPath.ids == byFilter.ids)
        #expect(byPath.ids.contains("1000414"))
        #expect(!byPath.ids.contains("1000412"))
    }

    @Test func `all resellers together have all customers`() async {
        var total = 0
        for place in 0..<12 { total += await caller.get("/resellers/\(1_000_100 + place)/customers?limit=1").total }
        #expect(total == 400)
    }

    @Test func `accounts have all that the API promises`() async {
        let needed = ["id", "status", "name", "address", "contactPersons", "language", "resellerId"]
        for row in await caller.get("/customers?limit=1000").rows {
            #expect(Set(needed).isSubset(of: row.names))
            #expect(row["name"]?.text?.isEmpty == false)
            #expect(row.at("address", "countryCode")?.text?.count == 2)
            for contact in row["contactPersons"]?.items ?? [] {
                let email = contact["email"]?.text ?? ""
                #expect(email.hasSuffix(".example") && email.allSatisfy(\.isASCII), "\(email)")
            }
        }
    }
}
