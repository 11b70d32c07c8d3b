import HTTPTypes
import Testing

@testable import MarketplaceSandbox

@Suite struct LimitTests {
    private func retryAfter(_ reply: Reply) -> String? {
        HTTPField.Name("Retry-After").flatMap { reply.headers[$0] }
    }

    @Test func `a minute's calls may come at once, then one by one`() async {
        let caller = Caller { $0.callsPerMinute = 30 }
        for _ in 0..<29 { #expect(await caller.get("/customers?limit=1").status == 200) }
        let refused = await caller.get("/customers")
        #expect(refused.status == 429)
        #expect(refused.json.names == ["statusCode", "message"])
        #expect(refused.message == "Rate limit is exceeded. Try again in 2 seconds.")
        #expect(retryAfter(refused) == "2")
        caller.clock.advance(by: 2)
        #expect(await caller.get("/customers").status == 200)
        #expect(await caller.get("/customers").status == 429)
    }

    @Test func `a burst can be smaller than a minute, and the gateway can keep silent`() async {
        let caller = Caller {
            $0.callsPerMinute = 60
            $0.burst = 3
            $0.sendsRetryAfter = false
        }
        for _ in 0..<2 { #expect(await caller.get("/orders?limit=1").status == 200) }
        let refused = await caller.get("/orders")
        #expect(refused.status == 429)
        #expect(retryAfter(refused) == nil)
    }

    @Test func `a day's quota answers 403 with the time that is left`() async {
        let caller = Caller { $0.callsPerDay = 3 }
        for _ in 0..<2 { #expect(await caller.get("/orders?limit=1").status == 200) }
        caller.clock.advance(by: 600)
        let refused = await caller.get("/orders")
        #expect(refused.status == 403)
        #expect(refused.message == "Out of call volume quota. Quota will be replenished in 23:50:00.")
        #expect(retryAfter(refused) == "85800")
        caller.clock.advance(by: 85_800)
        #expect(await caller.signIn().status == 200)
    }

    @Test func `an order that is refused for the rate is not taken`() async {
        let caller = Caller { $0.callsPerMinute = 3 }
        let body = #"{"customerId":"1000412","products":[{"mpn":"FAIL-1","quantity":1}]}"#
        #expect(await caller.post("/orders", body).status == 200)
        _ = await caller.get("/orders")
        #expect(await caller.post("/orders", body).status == 429)
        caller.clock.advance(by: 60)
        #expect(await caller.get("/orders").total == 3_001)
    }

    @Test func `an expired token can be 403, a wrong one is 401 still`() async {
        let caller = Caller { $0.expiredTokenStatus = 403 }
        #expect(await caller.get("/orders").status == 200)
        caller.clock.advance(by: 1_500)
        #expect(await caller.get("/orders").status == 403)
        var headers = HTTPFields()
        headers[.authorization] = "Bearer x.y.z"
        #expect(await caller.raw(.get, "/marketplace/us/orders", headers).status == 401)
    }

    @Test(arguments: ["/orders/9", "/customers/9", "/plans/9", "/reports/9", "/subscriptions/9"])
    func `an unknown id can be 400`(path: String) async {
        let caller = Caller { $0.notFoundStatus = 400 }
        let reply = await caller.get(path)
        #expect(reply.status == 400)
        #expect(reply.message == "No entity has been found")
        #expect(reply.json["status"]?.number == 400)
        #expect(await caller.get("/nowhere").status == 404)
    }

    @Test func `unknown filters can be refused`() async {
        let caller = Caller { $0.ignoresUnknownFilters = false }
        #expect(await caller.get("/orders?custmerId=1").message == "Unknown parameter custmerId")
        #expect(await caller.get("/orders?customerId=1000412&limit=1").status == 200)
    }
}
