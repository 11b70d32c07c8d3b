import Testing

@testable import MarketplaceSandbox

@Suite struct PlanTests {
    let caller = Caller()

    private func order(_ more: String, subscription: String = "1000917") -> String {
        #"{"type":"change","customerId":"1000412","subscriptionId":"\#(subscription)"\#(more)}"#
    }

    @Test func `plans are listed page by page, each once`() async {
        var seen: [String] = []
        let total = await caller.get("/plans").total
        while seen.count < total {
            let rows = await caller.get("/plans?limit=70&offset=\(seen.count)").ids
            guard !rows.isEmpty else { break }
            seen += rows
        }
        #expect(seen.count == total)
        #expect(Set(seen).count == total)
        for id in seen.prefix(20) { #expect(await caller.get("/plans/\(id)").status == 200) }
    }

    @Test func `a plan lists the plans its subscriptions can switch to`() async {
        let plan = await caller.get("/plans/10001").json
        #expect(plan["name"]?.text == "Aurora 365, 1 year, billed every month")
        let ways = plan["planSwitches"]?.items ?? []
        #expect(ways.compactMap { $0["planId"]?.number } == [10_000, 10_002])
        #expect(ways.compactMap { $0["whenEffective"]?.text } == ["next_subscription_period", "next_billing_period"])
        #expect(await caller.get("/subscriptions/1000917").json["planId"]?.number == 10_001)
        for id in ["10003", "9999", "99999999", "x"] { #expect(await caller.get("/plans/\(id)").status == 404) }
    }

    @Test func `a switch to a longer term happens at once, for money`() async {
        let sale = #"{"customerId":"1000412","products":[{"id":"CAT-000001","quantity":2}]}"#
        let subscription = await caller.post("/orders", sale).json["subscriptionId"]?.text ?? ""
        caller.clock.advance(by: 10 * 86_400)
        let body = order(
            #","planId":"10001","subscriptionPeriod":{"type":"year","duration":1},"upgradeStartType":"FROM_DATE_OF_UPGRADE""#,
            subscription: subscription)
        let caller = Caller(caller, user: "demo.api")
        let estimate = await caller.post("/orders/estimate", body).json
        #expect(estimate["details"]?.items.compactMap { $0["type"]?.text } == ["recurringRefund", "recurring"])
        let placed = await caller.post("/orders", body).json
        #expect(placed["planId"]?.text == "10001")
        #expect(placed["upgradeStartType"]?.text == "from_date_of_upgrade")
        #expect(placed["total"] == estimate["total"])
        caller.clock.advance(by: 2)
        let after = await caller.get("/subscriptions/\(subscription)").json
        #expect(after["planId"]?.number == 10_001)
        #expect(after["expirationDate"]?.text == "2032-03-14")
        #expect(after.at("products", "0", "quantity")?.number == 2)
        #expect(after.at("products", "0", "id")?.text == "CAT-000002")
    }

    @Test func `a switch to a shorter term waits for the renewal`() async {
        let placed = await caller.post("/orders", order(#","planId":"10000""#)).json
        #expect(placed["statusCode"]?.text == "AS")
        #expect(placed["scheduledOn"]?.text == "renewal")
        caller.clock.advance(by: 13 * 86_400)
        let later = Caller(caller, user: "demo.api")
        let after = await later.get("/subscriptions/1000917").json
        #expect(after["planId"]?.number == 10_000)
        #expect(after["expirationDate"]?.text == "2031-04-16")
        #expect(await later.get("/orders/\(placed["id"]?.text ?? "")").json["statusCode"]?.text == "CP")
    }

    @Test func `a switch to another rhythm waits for the next bill`() async {
        let placed = await caller.post("/orders", order(#","subscriptionPeriod":{"type":"year","duration":1}"#)).json
        #expect(placed["planId"]?.text == "10002")
        #expect(placed["statusCode"]?.text == "AS")
        #expect(placed["scheduledOn"] == nil)
        caller.clock.advance(by: 12 * 86_400)
        #expect(
            await Caller(caller, user: "demo.api").get("/subscriptions/1000917").json["planId"]?.number == 10_002)
    }

    @Test(arguments: [
        (#","planId":"9999""#, 400, "planId: Plan 9999 has not been found"),
        (#","planId":10001"#, 500, "there is no such plan switch"),
        (#","planId":"10001""#, 500, "there is no such plan switch"),
        (#","planId":"10006""#, 400, "planId: Plan 10006 has not been found"),
        (#","planId":"10002","upgradeStartType":"later""#, 400, "upgradeStartType: must be one of"),
        (
            #","planId":"10002","products":[{"mpn":"AUR-365-BP","quantity":3}]"#, 400,
            "products[0].quantity: a plan switch keeps"
        ),
        (#","subscriptionPeriod":{"type":"year","duration":3}"#, 500, "there is no such plan switch"),
    ])
    func `switches that are not offered are refused`(more: String, status: Int, words: String) async {
        let reply = await caller.post("/orders", order(more))
        #expect(reply.status == status)
        #expect(reply.message.contains(words), "\(reply.message)")
    }
}
