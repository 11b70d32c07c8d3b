import Testing

@testable import MarketplaceSandbox

/// What lists and short examples never show: a client that loses it would not be noticed.
@Suite struct OrderTraitTests {
    private let caller = Caller()

    private func sale(_ mpn: String, quantity: Int, _ more: String = "", customer: String = #""1000412""#) async
        -> Reply
    {
        let periods =
            #""subscriptionPeriod":{"type":"year","duration":1},"billingPeriod":{"type":"month","duration":1}"#
        return await caller.post(
            "/orders",
            #"{"customerId":\#(customer),"products":[{"mpn":"\#(mpn)","quantity":\#(quantity),\#(periods)\#(more)}]}"#
        )
    }

    @Test func `line parameters come back as they were sent`() async {
        let given = #","parameters":[{"name":"seats","value":5},{"name":"map","structured_value":{"a":[1]}}]"#
        let placed = await sale("AUR-365-BP", quantity: 2, given)
        #expect(placed.status == 200)
        let order = await caller.get("/orders/\(placed.json["id"]?.text ?? "")")
        let parameters = order.json.at("products", "0", "parameters")?.items ?? []
        #expect(parameters.map { $0["name"]?.text } == ["seats", "map"])
        #expect(parameters.first?["value"] == .number("5"))
        #expect(parameters.last?["structured_value"] != nil)
    }

    private func backup(_ quantity: Int) async -> Reply {
        await caller.post(
            "/orders", #"{"customerId":"1000412","products":[{"mpn":"KST-BKP-SRV","quantity":\#(quantity)}]}"#)
    }

    @Test func `charges have tiers, discount and tax`() async {
        // The first charge is the setup fee.
        let charge = await backup(60).json.at("details", "1")
        #expect(charge?.at("unitPrice", "priceTiers")?.items.count == 3)
        #expect(charge?.at("discount", "type")?.text == "percent")
        #expect(charge?.at("discount", "value")?.text == "8")
        #expect(charge?.at("discount", "amountCode")?.text == "EUR")
        #expect(charge?.at("taxAmount", "currency")?.text == "EUR")
        let few = await backup(5)
        #expect(few.json.at("details", "1", "discount") == nil)
        #expect(few.json.at("details", "0", "taxAmount", "amount")?.text == "22.8")
    }

    @Test func `subscriptions have the tiers of their prices`() async {
        let id = await backup(60).json["subscriptionId"]?.text ?? ""
        let tiers = await caller.get("/subscriptions/\(id)").json.at("products", "0", "unitPrice", "priceTiers")
        #expect(tiers?.items.compactMap { $0["lowerLimit"]?.text } == ["1", "50", "250"])
    }

    @Test func `orders of the past have the parameters of their lines`() async {
        let sales = await caller.get("/orders?subscriptionId=1000917&limit=50")
        let id = sales.rows.first { $0["type"]?.text == "sales" }?["id"]?.text ?? ""
        let order = await caller.get("/orders/\(id)")
        #expect(order.json.at("products", "0", "parameters", "0", "name")?.text == "microsoft_domain")
    }

    @Test func `ids may come as numbers, unless that is switched off`() async {
        #expect(await sale("AUR-365-BP", quantity: 1, customer: "1000412").status == 200)
        let strict = Caller { $0.takesNumericIDs = false }
        let refused = await strict.post(
            "/orders", #"{"customerId":1000412,"products":[{"mpn":"AUR-365-BP","quantity":1}]}"#)
        #expect(refused.status == 400)
        #expect(refused.message == "customerId: must be a text")
        #expect(await sale("AUR-365-BP", quantity: 1, customer: "10004.5").status == 400)
    }

    @Test func `a limit of 0 is refused, or answers the total alone where it is switched on`() async {
        #expect(await caller.get("/orders?limit=0").status == 400)
        let lenient = Caller { $0.takesLimitZero = true }
        let reply = await lenient.get("/orders?limit=0")
        #expect(reply.status == 200)
        #expect(reply.rows.isEmpty)
        #expect(reply.json.at("pagination", "total") == .number("3000"))
    }

    @Test(arguments: [("short1!", false), ("Sh1!", false), ("Fake-Passw0rd!", true), ("alllower1!", false)])
    func `a new login needs a password of the usual rule, unless that is switched off`(
        password: String, isStrong: Bool
    ) async {
        let body = """
            {"name":"N","language":"en_US","address":{"streetAddress":"S 1","postalCode":"1","city":"C","countryCode":"DE"},
            "contactPersons":[{"type":"admin","firstName":"A","lastName":"B","email":"a@b.example","phoneNumber":"1",
            "login":"a@b.example","password":"\(password)"}]}
            """
        let strict = await caller.post("/customers", body).status
        #expect(strict == (isStrong ? 200 : 400))
        #expect(await Caller { $0.takesAnyPassword = true }.post("/customers", body).status == 200)
    }
}
