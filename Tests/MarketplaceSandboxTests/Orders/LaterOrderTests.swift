import Testing

@testable import MarketplaceSandbox

@Suite struct LaterOrderTests {
    let caller = Caller()

    private func change(to total: Int, of subscription: String = "1000917", more: String = "") -> String {
        #"""
        {"type":"change","customerId":"1000412","products":[{"subscriptionId":"\#(subscription)","mpn":"AUR-365-BP",
         "quantity":\#(total)}]\#(more)}
        """#
    }

    @Test func `a change is asked for as a total and answered as a signed difference`() async {
        let placed = await caller.post("/orders", change(to: 22))
        #expect(placed.json.at("products", "0", "quantity")?.number == -3)
        #expect(placed.json.at("details", "0", "type")?.text == "recurringRefund")
        #expect(placed.json["orderNumber"]?.text?.hasPrefix("CH") == true)
        caller.clock.advance(by: 2)
        let subscription = await caller.get("/subscriptions/1000917").json
        #expect(subscription.at("products", "0", "quantity")?.number == 22)
        #expect(subscription["lastModifiedDate"]?.text == "2031-03-04")
    }

    @Test func `a second change is refused while the first is being provisioned`() async {
        let number = await caller.post("/orders", change(to: 26)).json["orderNumber"]?.text ?? ""
        caller.clock.advance(by: 1)
        let refused = await caller.post("/orders", change(to: 27))
        #expect(refused.status == 500)
        #expect(
            refused.message
                == "Cannot Upgrade/Downgrade Resources for Subscription #1000917: there is already an Upgrade/Downgrade "
                + "Order #\(number) in status Provisioning is in progress(LO).")
        caller.clock.advance(by: 1)
        #expect(await caller.post("/orders", change(to: 27)).status == 200)
    }

    @Test func `a change at renewal answers its total and waits`() async {
        let placed = await caller.post("/orders", change(to: 30, more: #","scheduledOn":"renewal""#)).json
        #expect(placed.at("products", "0", "quantity")?.number == 30)
        #expect(placed["scheduledOn"]?.text == "renewal")
        caller.clock.advance(by: 1_000)
        #expect(await caller.get("/orders/\(placed["id"]?.text ?? "")").json["statusCode"]?.text == "AS")
        #expect(await caller.get("/subscriptions/1000917").json.at("products", "0", "quantity")?.number == 25)
    }

    @Test func `a change of what is not active, or not that customer's, is refused`() async {
        let pending =
            #"{"type":"change","customerId":"1000412","products":[{"subscriptionId":"1000919","id":"CAT-000004","quantity":5}]}"#
        let refused = await caller.post("/orders", pending)
        #expect(refused.status == 500)
        #expect(refused.message.hasSuffix("its status is pending."))
        #expect(await caller.post("/orders", change(to: 5, of: "1000921")).status == 404)
        #expect(await caller.post("/orders", change(to: 5, of: "")).status == 400)
    }

    @Test func `a customer on credit hold may have less, not more`() async {
        func body(_ total: Int) -> String {
            #"{"type":"change","customerId":"1000414","products":[{"subscriptionId":"1000923","mpn":"AUR-365-BP","quantity":\#(total)}]}"#
        }
        #expect(await caller.post("/orders", body(13)).status == 500)
        #expect(await caller.post("/orders", body(11)).status == 200)
    }

    @Test func `a renewal extends by a term and has no products`() async {
        let body = #"{"type":"renewal","customerId":"1000412","subscriptionId":"1000920"}"#
        let placed = await caller.post("/orders", body).json
        #expect(placed["products"] == nil)
        #expect(placed["subscriptionId"]?.text == "1000920")
        caller.clock.advance(by: 2)
        #expect(await caller.get("/subscriptions/1000920").json["expirationDate"]?.text == "2032-03-09")
    }

    @Test func `a cancellation ends the subscription, which still answers by id`() async {
        let body = #"{"type":"cancellation","customerId":"1000412","products":[{"subscriptionId":"1000918"}]}"#
        #expect(await caller.post("/orders", body).json["orderNumber"]?.text?.hasPrefix("CL") == true)
        caller.clock.advance(by: 2)
        #expect(await caller.get("/subscriptions/1000918").json["status"]?.text == "terminated")
        #expect(await caller.get("/subscriptions?customerId=1000412&status=terminated").ids == ["1000918"])
        #expect(await caller.post("/orders", body).status == 500)
    }
}
