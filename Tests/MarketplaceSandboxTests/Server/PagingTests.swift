import Testing

@testable import MarketplaceSandbox

@Suite struct PagingTests {
    let caller = Caller()

    @Test func `a list starts at 0 with 10 rows and has the total`() async {
        let reply = await caller.get("/customers")
        #expect(reply.rows.count == 10)
        #expect(reply.json.at("pagination", "offset")?.number == 0)
        #expect(reply.json.at("pagination", "limit")?.number == 10)
        #expect(reply.total == 400)
    }

    @Test(arguments: [
        "limit=0", "limit=-1", "limit=ten", "offset=-1", "offset=1.5", "limit=1,2", "limit=", "creationDateTo=",
        "limit=99999999999999999999",
    ])
    func `positions that make no sense are 400`(query: String) async {
        let reply = await caller.get("/subscriptions?" + query)
        #expect(reply.status == 400)
        #expect(reply.message.hasPrefix("Invalid value for parameter "))
    }

    @Test func `no page is longer than 1000 rows, and the answer says so`() async {
        let reply = await caller.get("/orders?limit=5000")
        #expect(reply.rows.count == 1_000)
        #expect(reply.json.at("pagination", "limit")?.number == 1_000)
    }

    @Test(arguments: ["/customers", "/resellers", "/products", "/subscriptions", "/orders", "/orders?status=completed"])
    func `pages cover the whole list once`(path: String) async {
        var seen: [String] = []
        var total = 1
        while seen.count < total {
            let reply = await caller.get(path + (path.contains("?") ? "&" : "?") + "limit=700&offset=\(seen.count)")
            total = reply.total
            guard !reply.rows.isEmpty else { break }
            seen += reply.ids
        }
        #expect(seen.count == total)
        #expect(Set(seen).count == total)
    }

    @Test func `an offset behind the end gives no rows and the total`() async {
        let reply = await caller.get("/products?offset=100000")
        #expect(reply.rows.isEmpty)
        #expect(reply.text.hasPrefix(#"{"data":[],"#))
        #expect(reply.total == 900)
    }

    @Test func `unknown query names are ignored in silence`() async {
        #expect(await caller.get("/orders?custmerId=1000412").total == 3_000)
    }

    @Test(arguments: ["/subscriptions?status=active,hold", "/orders?status=error,completed", "/orders?status=lost"])
    func `more than one status, or an unknown one, is 400`(path: String) async {
        let reply = await caller.get(path)
        #expect(reply.status == 400)
        #expect(reply.message == "Invalid value for parameter status")
    }
}
