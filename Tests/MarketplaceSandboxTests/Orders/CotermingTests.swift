import Testing

@testable import MarketplaceSandbox

@Suite struct CotermingTests {
    let caller = Caller()

    private func sale(_ product: String, _ alignment: String, quantity: Int = 2) -> String {
        #"""
        {"customerId":"1000412","products":[{"id":"\#(product)","quantity":\#(quantity)}],
         "alignExpirationDate":\#(alignment)}
        """#
    }

    @Test func `a sale can end together with another subscription, and costs less for it`() async {
        let body = sale("CAT-000002", #"{"alignmentType":"CO_TERM_ON_SUBSCRIPTION","subscriptionId":1000917}"#)
        let placed = await caller.post("/orders", body).json
        #expect(placed.at("alignExpirationDate", "subscriptionId")?.number == 1_000_917)
        #expect(placed.at("subscriptions", "0", "alignedExpirationDate")?.text == "2031-03-16")
        #expect(placed.at("details", "0", "description")?.text?.hasSuffix("from 2031-03-04 through 2031-03-15") == true)
        #expect(placed.at("total", "amount")?.text == "15.95")
        caller.clock.advance(by: 2)
        let made = await caller.get("/subscriptions/\(placed["subscriptionId"]?.text ?? "")").json
        #expect(made["expirationDate"]?.text == "2031-03-16")
    }

    @Test func `a sale can end with a month`() async {
        let body = sale("CAT-000019", #"{"alignmentType":"MATCH_END_OF_CALENDAR_MONTH"}"#, quantity: 5)
        let placed = await caller.post("/orders", body)
        #expect(placed.status == 200, "\(placed.message)")
        #expect(placed.json.at("subscriptions", "0", "alignedExpirationDate")?.text == "2032-02-29")
    }

    @Test func `a running subscription can be aligned`() async {
        let other = #"{"customerId":"1000412","products":[{"id":"CAT-000002","quantity":1}]}"#
        let newer = await caller.post("/orders", other).json["subscriptionId"]?.text ?? ""
        caller.clock.advance(by: 2)
        let body = #"""
            {"type":"change","customerId":"1000412","subscriptionId":"\#(newer)",
             "alignExpirationDate":{"alignmentType":"CO_TERM_ON_SUBSCRIPTION","subscriptionId":1000917}}
            """#
        let placed = await caller.post("/orders", body)
        #expect(placed.status == 200, "\(placed.message)")
        #expect(placed.json.at("details", "0", "type")?.text == "recurringRefund")
        caller.clock.advance(by: 2)
        #expect(await caller.get("/subscriptions/\(newer)").json["expirationDate"]?.text == "2031-03-16")
    }

    @Test(arguments: [
        (
            "CAT-000001", #"{"alignmentType":"CO_TERM_ON_SUBSCRIPTION","subscriptionId":1000917}"#, 400,
            "does not allow co-terming"
        ),
        (
            "CAT-000002", #"{"alignmentType":"MATCH_END_OF_CALENDAR_MONTH"}"#, 400,
            "allows alignment with SUBSCRIPTION only"
        ),
        (
            "CAT-000002", #"{"alignmentType":"CO_TERM_ON_SUBSCRIPTION"}"#, 400,
            "alignExpirationDate.subscriptionId: must not be empty"
        ),
        (
            "CAT-000002", #"{"alignmentType":"CO_TERM_ON_SUBSCRIPTION","subscriptionId":"1000917"}"#, 400,
            "alignExpirationDate.subscriptionId: must be a whole number"
        ),
        (
            "CAT-000002", #"{"alignmentType":"CO_TERM_ON_SUBSCRIPTION","subscriptionId":1000921}"#, 400,
            "no such subscription of this customer"
        ),
        (
            "CAT-000002", #"{"alignmentType":"CO_TERM_ON_SUBSCRIPTION","subscriptionId":1000918}"#, 500,
            "it is not active"
        ),
        ("CAT-000002", #"{"alignmentType":"CO_TERM_PARTIAL_UPGRADE"}"#, 400, "needs a partial upgrade"),
        ("CAT-000002", "{}", 400, "alignExpirationDate.alignmentType: must not be empty"),
    ])
    func `alignments that are not offered are refused`(
        product: String, alignment: String, status: Int, words: String
    ) async {
        let reply = await caller.post("/orders", sale(product, alignment))
        #expect(reply.status == status)
        #expect(reply.message.contains(words), "\(reply.message)")
    }
}
