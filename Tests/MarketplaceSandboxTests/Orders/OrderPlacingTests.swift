import Testing

@testable import MarketplaceSandbox

@Suite struct OrderPlacingTests {
    let caller = Caller()

    private let threeUnits = #"""
        {"type":"sales","customerId":"1000412","poNumber":"PO-7","products":[{"mpn":"AUR-365-BP","vendor":"aurora",
         "subscriptionPeriod":{"type":"year","duration":1},"billingPeriod":{"type":"month","duration":1},"quantity":3}]}
        """#

    private func sale(_ mpn: String, quantity: String = "1", customer: String = "1000412", more: String = "") -> String
    {
        #"{"customerId":"\#(customer)","products":[{"mpn":"\#(mpn)","quantity":\#(quantity)\#(more)}]}"#
    }

    @Test func `a sale is submitted, then processing, then completed, and its subscription becomes active`() async {
        let placed = await caller.post("/orders", threeUnits)
        #expect(placed.status == 200)
        let id = placed.json["id"]?.text ?? ""
        let subscription = placed.json["subscriptionId"]?.text ?? ""
        #expect(placed.json["status"]?.text == "submitted")
        #expect(placed.json["poNumber"]?.text == "PO-7")
        #expect(placed.json.at("total", "amount")?.text == "61.8")
        #expect(
            placed.json.at("details", "0", "description")?.text?.hasSuffix("from 2031-03-04 through 2031-04-03") == true
        )
        #expect(await caller.get("/subscriptions/\(subscription)").json["status"]?.text == "pending")
        #expect(await caller.get("/orders?limit=1").ids == [id])

        caller.clock.advance(by: 1)
        #expect(await caller.get("/orders/\(id)").json["status"]?.text == "processing")
        #expect(await caller.get("/orders?status=processing").ids.first == id)

        caller.clock.advance(by: 1)
        let done = await caller.get("/orders/\(id)").json
        #expect(done["status"]?.text == "completed")
        #expect(done["statusCode"]?.text == "CP")
        #expect(done["provisioningDate"]?.text == "2031-03-04T12:30:02Z")
        let active = await caller.get("/subscriptions/\(subscription)").json
        #expect(active["status"]?.text == "active")
        #expect(active["expirationDate"]?.text == "2032-03-04")
        #expect(active.at("products", "0", "quantity")?.number == 3)
        #expect(await caller.get("/subscriptions?customerId=1000412&limit=1").ids == [subscription])
        #expect(await caller.get("/subscriptions?status=active&limit=1").ids == [subscription])
        #expect(await caller.get("/orders?subscriptionId=\(subscription)").ids == [id])
    }

    @Test func `with a stopped clock nothing advances`() async {
        let id = await caller.post("/orders", threeUnits).json["id"]?.text ?? ""
        for _ in 0..<3 { #expect(await caller.get("/orders/\(id)").json["status"]?.text == "submitted") }
    }

    @Test func `an ambiguous MPN is refused with the fields that would settle it`() async {
        let periods = await caller.post("/orders", sale("AUR-365-BP"))
        #expect(periods.status == 400)
        #expect(
            periods.message
                == "Product AUR-365-BP is not unique. Provide additional parameters: subscriptionPeriod, billingPeriod")
        let vendors = await caller.post("/orders", sale("ZX-1000"))
        #expect(vendors.message == "Product ZX-1000 is not unique. Provide additional parameters: vendor")
        #expect(await caller.post("/orders", sale("ZX-1000", more: #","vendor":"xylo""#)).status == 200)
    }

    @Test func `a catalogue id settles an ambiguous MPN`() async {
        let body = #"{"customerId":"1000412","products":[{"id":"CAT-000003","mpn":"AUR-365-BP","quantity":1}]}"#
        let placed = await caller.post("/orders", body)
        #expect(placed.json.at("total", "amount")?.text == "247.2")
        let contradiction = #"{"customerId":"1000412","products":[{"id":"CAT-000003","mpn":"SLOW-1","quantity":1}]}"#
        #expect(await caller.post("/orders", contradiction).status == 400)
    }

    @Test(arguments: [
        (#"{"products":[]}"#, "customerId"),
        (#"{"customerId":"1000412"}"#, "products"),
        (#"{"customerId":"1000412","products":{}}"#, "products"),
        (#"{"customerId":"1000412","products":[7]}"#, "products[0]"),
        (#"{"customerId":"1000412","products":[{"quantity":1}]}"#, "products[0].mpn"),
        (#"{"customerId":"1000412","products":[{"mpn":"FAIL-1"}]}"#, "products[0].quantity"),
        (#"{"customerId":"1000412","products":[{"mpn":"FAIL-1","quantity":0}]}"#, "products[0].quantity"),
        (#"{"customerId":"1000412","products":[{"mpn":"FAIL-1","quantity":-2}]}"#, "products[0].quantity"),
        (#"{"customerId":"1000412","products":[{"mpn":"FAIL-1","quantity":1.5}]}"#, "products[0].quantity"),
        (#"{"customerId":"1000412","products":[{"mpn":"FAIL-1","quantity":1e99}]}"#, "products[0].quantity"),
        (#"{"customerId":"1000412","products":[{"mpn":"FAIL-1","quantity":99999999}]}"#, "products[0].quantity"),
        (#"{"customerId":"1000412","products":[{"mpn":"FAIL-1","quantity":"many"}]}"#, "products[0].quantity"),
        (#"{"customerId":"1000412","type":"new","products":[]}"#, "type"),
        (#"{"customerId":"1000412","poNumber":7,"products":[{"mpn":"FAIL-1","quantity":1}]}"#, "poNumber"),
        (
            #"{"customerId":"1000412","products":[{"mpn":"FAIL-1","quantity":1,"billingPeriod":{"type":"week","duration":1}}]}"#,
            "products[0].billingPeriod.type"
        ),
        (#"{"customerId":"1000412","products":[{"mpn":"NO-SUCH","quantity":1}]}"#, "products[0]"),
    ])
    func `bad input is 400 and the message names the field`(body: String, field: String) async {
        let reply = await caller.post("/orders", body)
        #expect(reply.status == 400)
        #expect(reply.message.hasPrefix(field + ":"), "\(reply.message)")
        #expect(await caller.get("/orders?limit=1").total == 3_000)
    }

    @Test func `a quantity may be decimal text`() async {
        #expect(
            await caller.post("/orders", sale("FAIL-1", quantity: "\"2.0\"")).json.at("products", "0", "quantity")?
                .number == 2)
    }

    @Test func `quantities outside the product's limits are 400`() async {
        #expect(
            await caller.post("/orders", sale("KST-BKP-SRV", quantity: "4")).message.contains("below the minimum of 5"))
        #expect(
            await caller.post("/orders", sale("KST-BKP-SRV", quantity: "301")).message.contains(
                "above the maximum of 300"))
        #expect(await caller.post("/orders", sale("KST-BKP-SRV", quantity: "300")).status == 200)
    }

    @Test func `an unknown customer is 404`() async {
        #expect(await caller.post("/orders", sale("FAIL-1", customer: "999")).status == 404)
    }

    @Test func `a customer on credit hold is refused with 500 and a reason`() async {
        let reply = await caller.post("/orders", sale("FAIL-1", customer: "1000414"))
        #expect(reply.status == 500)
        #expect(reply.message.contains("#1000414"))
        #expect(reply.message.contains("credit hold"))
        #expect(await caller.get("/orders?customerId=1000414").total == 1)
    }

    @Test func `FAIL-1 ends in error PF and its subscription stays pending`() async {
        let placed = await caller.post("/orders", sale("FAIL-1")).json
        caller.clock.advance(by: 2)
        let order = await caller.get("/orders/\(placed["id"]?.text ?? "")").json
        #expect(order["status"]?.text == "error")
        #expect(order["statusCode"]?.text == "PF")
        #expect(order["provisioningDate"] == .null)
        let subscription = await caller.get("/subscriptions/\(placed["subscriptionId"]?.text ?? "")").json
        #expect(subscription["status"]?.text == "pending")
    }

    @Test func `SLOW-1 stays processing for hours`() async {
        let id = await caller.post("/orders", sale("SLOW-1")).json["id"]?.text ?? ""
        caller.clock.advance(by: 1_000)
        #expect(await caller.get("/orders/\(id)").json["status"]?.text == "processing")
        caller.clock.advance(by: 6 * 3_600)
        let later = Caller(caller, user: "demo.api")
        #expect(await later.get("/orders/\(id)").json["status"]?.text == "completed")
    }

    @Test func `TIMEOUT-1 is taken although the answer is a 504 page`() async {
        let reply = await caller.post("/orders", sale("TIMEOUT-1"))
        #expect(reply.status == 504)
        #expect(reply.headers[.contentType] == "text/html")
        #expect(reply.text.contains("504 Gateway Time-out"))
        let newest = await caller.get("/orders?customerId=1000412&limit=1")
        #expect(newest.total == 6)
        let order = await caller.get("/orders/\(newest.ids.first ?? "")").json
        #expect(order.at("products", "0", "mpn")?.text == "TIMEOUT-1")
    }

    @Test func `the platform adds what a product depends on, to the same subscription`() async {
        let month = #","billingPeriod":{"type":"month","duration":1},"subscriptionPeriod":{"type":"year","duration":1}"#
        let placed = await caller.post("/orders", sale("AUR-CALL-INT", quantity: "4", more: month)).json
        let lines = placed["products"]?.items ?? []
        #expect(lines.compactMap { $0["mpn"]?.text } == ["AUR-CALL-INT", "AUR-365-BP"])
        #expect(Set(lines.compactMap { $0["subscriptionId"]?.text }).count == 1)
    }

    @Test func `products of different plans end in different subscriptions`() async {
        let body = #"""
            {"customerId":"1000412","products":[{"mpn":"FAIL-1","quantity":1},{"mpn":"ZX-1000","vendor":"xylo","quantity":1}]}
            """#
        let lines = await caller.post("/orders", body).json["products"]?.items ?? []
        #expect(Set(lines.compactMap { $0["subscriptionId"]?.text }).count == 2)
    }

    @Test func `a customer of another reseller pays in that reseller's currency`() async {
        let placed = await caller.post("/orders", sale("AUR-365-BP", customer: "1000415", more: #","id":"CAT-000002""#))
        #expect(placed.json.at("total", "currency")?.text == "USD")
        #expect(placed.json.at("total", "amount")?.text == "22.66")
    }

    @Test func `the same requests give the same ids and numbers`() async {
        let other = Caller()
        let first = await caller.post("/orders", threeUnits)
        let second = await other.post("/orders", threeUnits)
        #expect(first.body == second.body)
    }
}
