import Testing

@testable import MarketplaceSandbox

@Suite struct OrderUpdateTests {
    let caller = Caller()

    @Test func `an open order can be withdrawn, and its pending subscription goes with it`() async {
        let body = #"{"customerId":"1000412","products":[{"mpn":"SLOW-1","quantity":1}]}"#
        let placed = await caller.post("/orders", body).json
        let id = placed["id"]?.text ?? ""
        caller.clock.advance(by: 1)
        let withdrawn = await caller.send(.patch, "/orders/\(id)", #"{"statusCode":"CL"}"#)
        #expect(withdrawn.json["status"]?.text == "cancelled")
        #expect(withdrawn.json["statusCode"]?.text == "CL")
        let subscription = await caller.get("/subscriptions/\(placed["subscriptionId"]?.text ?? "")")
        #expect(subscription.json["status"]?.text == "removed")
        caller.clock.advance(by: 1_200)
        #expect(await caller.get("/orders/\(id)").json["status"]?.text == "cancelled")
    }

    @Test func `orders in error and those that wait can be withdrawn, those that ended cannot`() async {
        #expect(await caller.send(.patch, "/orders/1000705", #"{"statusCode":"CL"}"#).status == 200)
        #expect(await caller.send(.patch, "/orders/1000703", #"{"statusCode":"CL"}"#).status == 200)
        let refused = await caller.send(.patch, "/orders/1000701", #"{"statusCode":"CL"}"#)
        #expect(refused.status == 500)
        #expect(refused.message == "Cannot cancel Order #SO000701: its status is Completed(CP).")
    }

    @Test func `no other status may be asked for`() async {
        #expect(
            await caller.send(.patch, "/orders/1000705", #"{"statusCode":"CP"}"#).message
                == "statusCode: only CL may be requested, not CP")
        #expect(
            await caller.send(.patch, "/orders/1000705", #"{"statusCode":1}"#).message == "statusCode: must be a text")
    }

    @Test func `the credit check can be switched`() async {
        #expect(
            await caller.send(.patch, "/orders/1000704", #"{"creditCheck":false}"#).json["creditCheck"] == .bool(false))
        #expect(await caller.get("/orders/1000704").json["creditCheck"] == .bool(false))
    }
}
