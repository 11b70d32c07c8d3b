import Testing

@testable import MarketplaceSandbox

@Suite struct ResellerUserTests {
    let caller = Caller(user: "reseller.api")

    @Test func `a reseller's user sees its own customers only`() async {
        let all = await caller.get("/customers?limit=1000")
        #expect(all.rows.allSatisfy { $0["resellerId"]?.text == "1000100" })
        #expect(all.ids.starts(with: ["1000412", "1000413"]))
        #expect(await caller.get("/customers/1000412").status == 200)
        #expect(await caller.get("/customers/1000414").status == 404)
        #expect(await caller.get("/customers?resellerId=1000101").total == 0)
    }

    @Test func `a reseller's user sees no other reseller`() async {
        #expect(await caller.get("/resellers").ids == ["1000100"])
        #expect(await caller.get("/resellers/1000100/orders").status == 200)
        for path in ["/resellers/1000101", "/resellers/1000101/customers", "/resellers/1000101/orders"] {
            #expect(await caller.get(path).status == 404)
        }
    }

    @Test func `a reseller's user sees subscriptions and orders of its customers only`() async {
        let own = Set(await caller.get("/customers?limit=1000").ids)
        let subscriptions = await caller.get("/subscriptions?limit=1000")
        #expect(subscriptions.total > 50)
        #expect(subscriptions.rows.allSatisfy { own.contains($0["customerId"]?.text ?? "") })
        let orders = await caller.get("/orders?limit=1000")
        #expect(orders.rows.allSatisfy { own.contains($0["customerId"]?.text ?? "") })
        #expect(await caller.get("/subscriptions/1000917").status == 200)
        #expect(await caller.get("/subscriptions/1000923").status == 404)
        #expect(await caller.get("/subscriptions?customerId=1000414").total == 0)
        #expect(await caller.get("/orders?customerId=1000414").total == 0)
        #expect(await caller.get("/orders?subscriptionId=1000923").total == 0)
        #expect(
            await caller.get("/orders?status=error&limit=1000").rows.allSatisfy {
                own.contains($0["customerId"]?.text ?? "")
            })
        #expect(await caller.get("/orders/1000709").status == 404)
        #expect(await caller.get("/orders?orderNumber=SO000709").total == 0)
    }

    @Test func `a reseller's user cannot order for somebody else's customer`() async {
        let body = #"{"customerId":"1000415","products":[{"mpn":"FAIL-1","quantity":1}]}"#
        #expect(await caller.post("/orders", body).status == 404)
    }
}
