import Testing

@testable import MarketplaceSandbox

@Suite struct ParameterTests {
    let caller = Caller()

    private func body(_ parameters: String) -> String {
        #"{"customerId":"1000412","products":[{"mpn":"CIT-MAIL-1","quantity":1,"parameters":\#(parameters)}]}"#
    }

    @Test func `a domain that exists passes, and the draft can be continued`() async {
        let reply = await caller.post(
            "/validation/parameters", body(#"[{"name":"domain","value":"jorgensen.example"}]"#))
        #expect(reply.status == 200)
        let result = reply.rows.first
        #expect(result?["mpn"]?.text == "CIT-MAIL-1")
        let draft = result?["draftRequestId"]?.text ?? ""
        #expect(draft.count == 36)
        let next = await caller.post(
            "/validation/parameters",
            #"{"customerId":"1000412","products":[{"mpn":"CIT-MAIL-1","draftRequestId":"kept","parameters":[]}]}"#)
        #expect(next.rows.first?["draftRequestId"]?.text == "kept")
        #expect(result?.at("parameters", "0", "result")?.text == "success")
        #expect(result?.at("parameters", "0", "value")?.text == "jorgensen.example")
    }

    @Test(arguments: [
        "[]", #"[{"name":"domain","value":"jorgensen.com"}]"#, #"[{"name":"domain","value":""}]"#,
        #"[{"name":"domain","value":"a..example"}]"#, #"[{"name":"domain","value":7}]"#, #"[{"name":"domain"}]"#,
        #"[{"name":"Domain","value":"jorgensen.example"}]"#,
    ])
    func `a missing, unknown or misnamed domain fails, in validation and in the order`(parameters: String) async {
        let reply = await caller.post("/validation/parameters", body(parameters))
        let verdicts = reply.rows.first?["parameters"]?.items ?? []
        let domain = verdicts.first { $0["name"]?.text == "domain" }
        #expect(domain?["result"]?.text == "error")
        let order = await caller.post("/orders", body(parameters))
        #expect(order.status == 400)
        #expect(order.message.hasPrefix("products[0].parameters: domain:"))
    }

    @Test func `an order with a domain that exists is taken and the subscription keeps it`() async {
        let order = await caller.post("/orders", body(#"[{"name":"domain","value":"new.example"}]"#)).json
        let subscription = await caller.get("/subscriptions/\(order["subscriptionId"]?.text ?? "")").json
        #expect(subscription.at("orderParameters", "0", "value")?.text == "new.example")
    }

    @Test func `an estimate does not ask for parameters`() async {
        #expect(await caller.post("/orders/estimate", body("[]")).status == 200)
    }

    @Test func `a product without needs accepts whatever is given`() async {
        let body =
            #"{"customerId":"1000412","products":[{"mpn":"SLOW-1","parameters":[{"name":"colour","value":"red"}]}]}"#
        let reply = await caller.post("/validation/parameters", body)
        #expect(reply.rows.first?.at("parameters", "0", "result")?.text == "success")
    }
}
