import Testing

@testable import MarketplaceSandbox

@Suite struct PassingDaysTests {
    let caller = Caller()

    private func get(_ path: String) async -> Reply {
        await Caller(caller, user: "demo.api").get(path)
    }

    @Test func `a change at renewal is carried out on that day, and not a day before`() async {
        _ = await caller.get("/orders")
        caller.clock.advance(by: 75 * 86_400)
        #expect(await get("/orders/1000703").json["statusCode"]?.text == "AS")
        #expect(await get("/subscriptions/1000921").json.at("products", "0", "quantity")?.number == 40)
        caller.clock.advance(by: 86_400)
        #expect(await get("/orders/1000703").json["statusCode"]?.text == "CP")
        let after = await get("/subscriptions/1000921").json
        #expect(after.at("products", "0", "quantity")?.number == 35)
        #expect(after["expirationDate"]?.text == "2032-05-19")
    }

    @Test func `a term ends in a renewal order, or in the end where renewal is off`() async {
        _ = await caller.get("/orders")
        caller.clock.advance(by: 6 * 86_400)
        #expect(await get("/subscriptions/1000920").json["status"]?.text == "terminated")
        caller.clock.advance(by: 7 * 86_400)
        let renewed = await get("/subscriptions/1000917").json
        #expect(renewed["status"]?.text == "active")
        #expect(renewed["expirationDate"]?.text == "2032-03-16")
        let order = await get("/orders?subscriptionId=1000917&limit=1").rows.first
        #expect(order?["type"]?.text == "renewal")
        #expect(order?["creationDate"]?.text == "2031-03-16T00:00:00Z")
    }

    @Test func `a change at renewal of what does not renew is withdrawn`() async {
        _ = await caller.send(.patch, "/subscriptions/1000921", #"{"renewalStatus":false}"#)
        caller.clock.advance(by: 80 * 86_400)
        #expect(await get("/orders/1000703").json["statusCode"]?.text == "CL")
        #expect(await get("/subscriptions/1000921").json["status"]?.text == "terminated")
    }

    @Test(arguments: [3.0, 400, 4_000, -4_000])
    func `lists stay in order however far the clock leaps`(days: Double) async {
        _ = await caller.get("/orders")
        caller.clock.advance(by: days * 86_400)
        let times = await get("/orders?limit=1000").rows.compactMap { $0["creationDate"]?.text }
        #expect(times == times.sorted(by: >))
        let ends = await get("/subscriptions?status=active&limit=1000").rows.compactMap { $0["expirationDate"]?.text }
        let today = Moment(seconds: Int64(caller.clock.now.timeIntervalSince1970)).day.text
        #expect(days < 0 || ends.allSatisfy { $0 > today })
    }
}
