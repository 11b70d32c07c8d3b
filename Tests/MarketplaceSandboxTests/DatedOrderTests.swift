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

@Suite struct MigrationTests {
    let caller = Caller()

    private func migration(_ more: String) -> String {
        #"{"type":"migration","customerId":"1000412","products":[{"id":"CAT-000002","quantity":3}]\#(more)}"#
    }

    @Test func `a running subscription is brought over with its dates`() async {
        let placed = await caller.post(
            "/orders",
            migration(
                #","autorenewal":false,"startDate":"2030-09-10","migrationDate":"2031-03-01","expirationDate":"2031-09-10","migrationProgram":"count_migration_billing_period""#
            )
        ).json
        #expect(placed["type"]?.text == "migration")
        #expect(placed["startDate"]?.text == "2030-09-10")
        #expect(placed["lastBillingDate"]?.text == "2031-02-10")
        #expect(placed["nextBillingDate"]?.text == "2031-03-10")
        #expect(placed["migrationProgram"]?.text == "count_migration_billing_period")
        caller.clock.advance(by: 2)
        let subscription = await caller.get("/subscriptions/\(placed["subscriptionId"]?.text ?? "")").json
        #expect(subscription["status"]?.text == "active")
        #expect(subscription["expirationDate"]?.text == "2031-09-10")
        #expect(subscription["renewalStatus"] == .bool(false))
    }

    @Test(arguments: [
        (#","startDate":"2031-04-01","migrationDate":"2031-03-01""#, "migrationDate: must not be before startDate"),
        (
            #","startDate":"2029-01-01","expirationDate":"2030-01-01","migrationDate":"2029-02-01""#,
            "expirationDate: must be in the future"
        ),
        (#","startDate":"yesterday""#, "startDate: must be a day (YYYY-MM-DD)"),
        (#","autorenewal":"no""#, "autorenewal: must be true or false"),
    ])
    func `dates that make no sense are 400`(more: String, message: String) async {
        let reply = await caller.post("/orders", migration(more))
        #expect(reply.status == 400)
        #expect(reply.message == message)
    }
}

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
