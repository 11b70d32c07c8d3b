import Testing

@testable import MarketplaceSandbox

@Suite struct EstimateTests {
    let caller = Caller()

    @Test func `an estimate prices the order and places nothing`() async {
        let body = #"{"customerId":"1000412","products":[{"id":"CAT-000002","quantity":3}]}"#
        let estimate = await caller.post("/orders/estimate", body)
        #expect(estimate.status == 200)
        #expect(estimate.json["id"] == nil)
        #expect(estimate.json.at("total", "amount")?.text == "61.8")
        #expect(estimate.json.at("products", "0", "mpn")?.text == "AUR-365-BP")
        #expect(estimate.json.at("products", "0", "extendedPrice", "amount")?.text == "61.8")
        #expect(await caller.get("/orders?limit=1").total == 3_000)
    }

    @Test func `volume prices and setup fees are in the estimate`() async {
        let body = #"{"customerId":"1000412","products":[{"mpn":"KST-BKP-SRV","quantity":50}]}"#
        let estimate = await caller.post("/orders/estimate", body).json
        #expect(estimate["details"]?.items.compactMap { $0["type"]?.text } == ["setup", "recurring"])
        #expect(estimate.at("details", "1", "unitPrice", "amount")?.text == "207")
        #expect(estimate.at("total", "amount")?.text == "10470")
    }

    @Test func `more units in the middle of a bill cost the rest of it`() async {
        // The bill runs from 16 February to 15 March: 12 of its 28 days are left.
        let body = #"""
            {"type":"change","customerId":"1000412","products":[{"subscriptionId":"1000917","mpn":"AUR-365-BP","quantity":27}]}
            """#
        let estimate = await caller.post("/orders/estimate", body).json
        #expect(estimate.at("total", "amount")?.text == "17.66")
        #expect(
            estimate.at("details", "0", "description")?.text?.hasSuffix("from 2031-03-04 through 2031-03-15") == true)
        #expect(estimate.at("details", "0", "duration", "duration") == .number("0.42"))
    }

    @Test func `an ambiguous MPN cannot be priced either`() async {
        let body = #"{"customerId":"1000412","products":[{"mpn":"AUR-365-BP","quantity":3}]}"#
        #expect(await caller.post("/orders/estimate", body).status == 400)
    }
}
