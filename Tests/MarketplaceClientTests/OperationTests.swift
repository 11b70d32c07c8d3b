import FoundationEssentials
import HTTPTypes
import Marketplace
import MarketplaceClient
import Testing

@Suite struct OperationTests {
    private let transport = StubTransport()
    private let held = Subscription(id: "1000501", name: "Sample Office E1", customer: "1000101", status: .active)

    private var body: String { transport.sent.last?.body ?? "" }

    // MARK: Accounts

    private func draft(_ kind: AccountDraft.Kind) -> AccountDraft {
        AccountDraft(
            kind: kind, name: "Sample Bakery Ltd",
            address: Address(
                street: "1 Sample Street", addition: "Floor 2", postalCode: "00000", city: "Sampleton", state: "CA",
                country: "US"),
            contacts: [
                NewContact(
                    ContactPerson(
                        role: .administrator, firstName: "Ada", lastName: "Sample", email: "ada.sample@example.com",
                        phone: "1#555#5550100#"),
                    login: "ada.sample@example.com", password: Secret("Fake-Passw0rd!"))
            ], language: "en_US", externalID: "CRM-0042", taxRegistration: "00-0000000")
    }

    @Test(arguments: [
        (AccountDraft.Kind.customer, "POST /customers", Examples.customer),
        (.customerOf("1000001"), "POST /resellers/1000001/customers", Examples.customer),
        (
            .reseller(currency: "USD"), "POST /resellers",
            Examples.reseller.replacing("Sample Reseller", with: "Sample Bakery Ltd").replacing("R-1", with: "CRM-0042")
        ),
    ])
    func `an account is created where its kind belongs`(
        kind: AccountDraft.Kind, line: String, answer: String
    ) async throws {
        transport.expect(line, .ok(answer))
        let journal = MemoryJournal()
        let account = try await makeClient(transport, journal: journal).create(draft(kind))
        #expect(account.name == "Sample Bakery Ltd")
        let currency = line == "POST /resellers" ? #""currency":"USD","# : ""
        let contact =
            #"{"email":"ada.sample@example.com","firstName":"Ada","lastName":"Sample","#
            + #""login":"ada.sample@example.com","password":"Fake-Passw0rd!","phoneNumber":"1#555#5550100#","#
            + #""type":"admin"}"#
        #expect(
            body
                == #"{"address":{"addressExtension":"Floor 2","city":"Sampleton","countryCode":"US","#
                + #""postalCode":"00000","state":"CA","streetAddress":"1 Sample Street"},"#
                + #""contactPersons":[\#(contact)],\#(currency)"externalId":"CRM-0042","language":"en_US","#
                + #""name":"Sample Bakery Ltd","taxRegId":"00-0000000"}"#)
        #expect(!"\(await journal.records())".contains("Fake-Passw0rd!"))
        transport.verify()
    }

    @Test func `a change of an account sends what changes and nothing else, and is read again`() async throws {
        let key = AccountKey(kind: .customer, id: "1000101")
        transport.expect("GET /customers/1000101", .ok(Examples.customer), .ok(Examples.customer))
        transport.expect("PATCH /customers/1000101", .ok(Examples.customer.replacing("active", with: "creditHold")))
        transport.expect("PATCH /resellers/1000001", .ok(Examples.reseller.replacing("Sample Reseller", with: "New")))
        let client = makeClient(transport)
        _ = try await client.accounts.value(for: key)
        _ = try await client.change(key, to: AccountChanges(status: .creditHold))
        #expect(body == #"{"status":"creditHold"}"#)
        _ = try await client.accounts.value(for: key)
        let reseller = AccountKey(kind: .reseller, id: "1000001")
        #expect(try await client.change(reseller, to: AccountChanges(name: "New")).kind == .reseller)
        #expect(body == #"{"name":"New"}"#)
        transport.verify()
    }

    // MARK: Orders

    private static let periods = #""billingPeriod":{"duration":1,"type":"month"}"#
    private static let term = #""subscriptionPeriod":{"duration":1,"type":"year"}"#
    private static let product = SubscriptionProduct(
        mpn: "FAKE-MPN-E1-ANNUAL", vendor: "SampleVendor", name: "Sample Office E1", quantity: 10)

    private static func change(waits: Bool) -> OrderDraft {
        .change(
            ChangeOrder(
                customer: "1000101", subscription: "1000501", billingPeriod: Period(1, .month),
                subscriptionPeriod: Period(1, .year),
                lines: [.init(product: product, quantity: TotalQuantity(total: 12))], poNumber: "PO-2031-002",
                waitsForRenewal: waits))
    }

    /// An answer about an order of its kind, with more of its members.
    private static func placed(_ type: String, _ members: String = "") -> String {
        #"{"id":"1000702","orderNumber":"CH000042","type":"\#(type)","customerId":"1000101","status":"submitted","#
            + #""creationDate":"2031-01-05T10:00:00Z",\#(members)"subscriptionId":"1000501"}"#
    }

    @Test(
        arguments: [
            (
                change(waits: true),
                #"{"customerId":"1000101","poNumber":"PO-2031-002","products":[{\#(periods),"mpn":"FAKE-MPN-E1-ANNUAL","#
                    + #""quantity":12,"subscriptionId":"1000501",\#(term),"vendor":"SampleVendor"}],"#
                    + #""scheduledOn":"renewal","subscriptionId":"1000501","type":"change"}"#,
                placed(
                    "change",
                    #""poNumber":"PO-2031-002","products":[{"mpn":"FAKE-MPN-E1-ANNUAL","quantity":12}],"#
                        + #""scheduledOn":"renewal","#)
            ),
            (
                .renewal(SubscriptionOrder(customer: "1000101", subscription: "1000501", poNumber: "")),
                #"{"customerId":"1000101","subscriptionId":"1000501","type":"renewal"}"#, placed("renewal")
            ),
            (
                .cancellation(SubscriptionOrder(customer: "1000101", subscription: "1000501", poNumber: "P")),
                #"{"customerId":"1000101","poNumber":"P","subscriptionId":"1000501","type":"cancellation"}"#,
                placed("cancellation", #""poNumber":"P","#)
            ),
            (
                .planSwitch(
                    PlanSwitchOrder(
                        customer: "1000101", subscription: "1000501", plan: "10006", period: Period(1, .year),
                        start: .oldStart, poNumber: "")),
                #"{"customerId":"1000101","planId":"10006","subscriptionId":"1000501",\#(term),"type":"change","#
                    + #""upgradeStartType":"from_old_start_date"}"#, placed("change", #""planId":"10006","#)
            ),
            (
                .migration(
                    MigrationOrder(
                        customer: "1000101",
                        lines: [.init(product: Product(id: "p", mpn: "A", vendor: "V", name: ""), quantity: 2)],
                        starts: CalendarDate(daysSince1970: 20_000), migrates: CalendarDate(daysSince1970: 20_100),
                        expires: CalendarDate(daysSince1970: 20_365), autoRenews: true,
                        program: "count_migration_billing_period", poNumber: "")),
                #"{"autorenewal":true,"customerId":"1000101","expirationDate":"2025-10-04","#
                    + #""migrationDate":"2025-01-12","migrationProgram":"count_migration_billing_period","#
                    + #""products":[{"id":"p","mpn":"A","quantity":2,"vendor":"V"}],"startDate":"2024-10-04","#
                    + #""type":"migration"}"#,
                placed("migration", #""products":[{"mpn":"A","vendor":"V","quantity":2}],"#)
            ),
        ] as [(OrderDraft, String, String)])
    func `each kind of order is estimated and placed with the same body`(
        order: OrderDraft, json: String, answer: String
    ) async throws {
        transport.expect("POST /orders/estimate", .ok(Examples.estimate))
        transport.expect("POST /orders", .ok(answer))
        let client = makeClient(transport)
        _ = try await client.estimate(order)
        #expect(body == json)
        _ = try await client.place(order)
        #expect(body == json)
        transport.verify()
    }

    @Test func `an end date is aligned with a subscription, whose id is a number here`() async throws {
        transport.expect("POST /orders/estimate", .ok(Examples.estimate))
        var order = SalesOrder.sample
        order.alignment = .onSubscription("1000501")
        _ = try await makeClient(transport).estimate(order)
        #expect(
            body.contains(
                #""alignExpirationDate":{"alignmentType":"CO_TERM_ON_SUBSCRIPTION","subscriptionId":1000501}"#))
    }

    @Test func `a change makes its subscription stale`() async throws {
        transport.expect("GET /subscriptions/1000501", .ok(Examples.subscription), .ok(Examples.subscription))
        transport.expect("POST /orders", .failure(.timedOut))
        let client = makeClient(transport)
        _ = try await client.subscriptions.value(for: "1000501")
        _ = await failure { () async throws(MarketplaceError) in try await client.place(Self.change(waits: false)) }
        _ = try await client.subscriptions.value(for: "1000501")
        transport.verify()
    }

    @Test func `an order is withdrawn, and its credit check switched`() async throws {
        transport.expect(
            "PATCH /orders/1000702", .ok(Examples.withdrawnOrder),
            .ok(Examples.withdrawnOrder.replacing("{\"id\"", with: "{\"creditCheck\": false, \"id\"")), .answer(503, "")
        )
        let client = makeClient(transport)
        let order = Order(id: "1000702", number: "CH000042", kind: .change, customer: "1000101", status: .processing)
        #expect(try await client.withdraw(order).status == .cancelled)
        #expect(body == #"{"statusCode":"CL"}"#)
        _ = try await client.setCreditCheck(false, of: order)
        #expect(body == #"{"creditCheck":false}"#)
        let error = await failure { () async throws(MarketplaceError) in try await client.withdraw(order) }
        #expect(
            error
                == .outcomeUnknown(
                    of: "withdrawal of order CH000042",
                    reason: "The marketplace answered HTTP 503, which does not say what became of it.",
                    correlationID: nil))
    }

    @Test func `the quantity of an answered change is a difference, and a total once it waits for the renewal`() {
        let line = OrderLine(mpn: "A", quantity: -1)
        var order = Order(id: "1", number: "", kind: .change, customer: "7", status: .completed, lines: [line])
        #expect(order.meaning(ofQuantityIn: line) == .difference(QuantityDifference(-1)))
        order.scheduledOn = "renewal"
        #expect(order.meaning(ofQuantityIn: line) == .totalAtRenewal(-1))
        order.kind = .sales
        #expect(order.meaning(ofQuantityIn: line) == .units(-1))
        order.kind = .change
        order.plan = "10005"
        #expect(order.meaning(ofQuantityIn: line) == .units(-1), "a switch of the plan keeps the units")
        #expect(TotalQuantity(total: 28).difference(from: 25).description == "+3")
        #expect(TotalQuantity(total: 2).difference(from: 25).description == "-23")
    }

    // MARK: Plans and subscriptions

    @Test func `plans are read with their switches`() async throws {
        let plan =
            #""id":"10005","name":"Sample Office Annual","shortDescription":"Fake plan","published":true,"#
            + #""subscriptionPeriods":[{"type":"year","duration":1,"trial":false,"active":true}],"#
            + #""billingPeriod":{"type":"month","duration":1},"billingModel":"chargeBeforeBillingPeriod""#
        transport.expect("GET /plans?offset=0&limit=100", .ok(page(["{\(plan)}"], total: 1)))
        transport.expect(
            "GET /plans/10005",
            .ok(
                #"{\#(plan),"planSwitches":[{"planId":10006,"subscriptionPeriod":{"type":"year","duration":1},"#
                    + #""sourceSubscriptionPeriod":{"type":"month","duration":1},"billingPolicy":"prorate_refund","#
                    + #""whenEffective":"immediately"},{"planId":10007,"billingPolicy":"lottery"}]}"#))
        let client = makeClient(transport)
        let expected = Plan(
            id: "10005", name: "Sample Office Annual", summary: "Fake plan", isPublished: true,
            terms: [.init(Period(1, .year))], billingPeriod: Period(1, .month),
            billingModel: "chargeBeforeBillingPeriod")
        #expect(try await client.planLists.value(for: PlanQuery()).rows == [expected])
        #expect(
            try await client.plans.value(for: "10005")
                == PlanDetail(
                    plan: expected,
                    switches: [
                        PlanSwitch(
                            plan: "10006", period: Period(1, .year), sourcePeriod: Period(1, .month),
                            charging: .prorateRefund, effective: .immediately),
                        PlanSwitch(plan: "10007", charging: .other("lottery"), effective: .other("")),
                    ]))
    }

    @Test func `a subscription changes its renewal, its attributes and its prices`() async throws {
        transport.expect(
            "PATCH /subscriptions/1000501",
            .ok(Examples.subscription.replacing("\"renewalStatus\": true", with: "\"renewalStatus\": false")),
            .ok(Examples.subscription.replacing("\"attributes\": {}", with: #""attributes": {"a":"1","b":"2"}"#)))
        transport.expect(
            "POST /subscriptions/1000501/specialPricing",
            .ok(
                Examples.subscription.replacing(
                    "\"8.15\"", with: #""7.9","priceTiers":[{"lowerLimit":"10","amount":"7.25"}]"#)))
        let client = makeClient(transport)
        #expect(try await client.change(held, to: SubscriptionChanges(autoRenews: false)).plan == "10005")
        #expect(body == #"{"renewalStatus":false}"#)
        _ = try await client.change(held, to: SubscriptionChanges(attributes: ["b": "2", "a": "1"]))
        #expect(body == #"{"attributes":{"a":"1","b":"2"}}"#)
        let price = SpecialPrice(
            product: .mpn("FAKE-MPN-E1-ANNUAL"),
            unitPrice: TieredMoney(
                try Money("7.9", "USD"), tiers: [.init(from: 10, amount: try #require(Decimal(plain: "7.25")))]))
        _ = try await client.setSpecialPrices([price], of: held)
        #expect(
            body
                == #"{"products":[{"mpn":"FAKE-MPN-E1-ANNUAL","unitPrice":{"amount":"7.9","currency":"USD","#
                + #""priceTiers":[{"amount":"7.25","lowerLimit":"10"}]}}]}"#)
        transport.verify()
    }

    @Test func `a write to a subscription makes it and its customer's lists stale, others not`() async throws {
        // Before, when the refusal is looked into, and after.
        for _ in 1...3 { transport.expect("GET /subscriptions/1000501", .ok(Examples.subscription)) }
        transport.expect("GET /subscriptions?customerId=1000101*", .ok(page([], total: 0)), .ok(page([], total: 0)))
        transport.expect("GET /subscriptions?customerId=7*", .ok(page([], total: 0)))
        transport.expect("PATCH /subscriptions/1000501", .answer(400, Examples.ambiguousMPN))
        let client = makeClient(transport)
        for round in 1...2 {
            _ = try await client.subscriptions.value(for: "1000501")
            _ = try await client.subscriptionLists.value(for: SubscriptionQuery(customer: "1000101"))
            _ = try await client.subscriptionLists.value(for: SubscriptionQuery(customer: "7"))
            if round == 1 {
                _ = await failure { () async throws(MarketplaceError) in
                    try await client.change(held, to: SubscriptionChanges(autoRenews: false))
                }
            }
        }
        transport.verify()
    }

    // MARK: Filters

    @Test func `every filter of the API can be asked`() async throws {
        let lines = [
            "GET /resellers?name=a*", "GET /resellers?email=a*", "GET /resellers?externalId=a*",
            "GET /customers?externalId=a*",
            "GET /subscriptions?status=hold&creationDateFrom=2024-10-04&creationDateTo=2024-10-05*",
            "GET /orders?statusCode=LO&creationTimeFrom=2030-03-17T17%3A46%3A40Z&creationTimeTo=2030-03-17T17%3A46%3A41Z*",
            "GET /products?serviceName=S*",
            "GET /reports?name=r&format=json&status=completed&type=onetime&from=2024-10-04&to=2024-10-05*",
        ]
        for line in lines { transport.expect(line, .ok(page([], total: 0))) }
        let client = makeClient(transport)
        for query in [
            AccountQuery.resellersNamed("a"), .resellersWithEmail("a"), .resellersWithExternalID("a"),
            .customersWithExternalID("a"),
        ] { _ = try await client.accountLists.value(for: query) }
        let (day, next) = (CalendarDate(daysSince1970: 20_000), CalendarDate(daysSince1970: 20_001))
        _ = try await client.subscriptionLists.value(
            for: SubscriptionQuery(status: .hold, createdFrom: day, createdTo: next))
        let moment = Instant(millisecondsSince1970: 1_900_000_000_000)
        _ = try await client.orderLists.value(
            for: OrderQuery(statusCode: "LO", createdFrom: moment, createdTo: moment.adding(seconds: 1)))
        _ = try await client.productLists.value(for: ProductQuery(serviceName: "S"))
        _ = try await client.reportLists.value(
            for: ReportQuery(name: "r", status: .completed, kind: .oneTime, format: .json, from: day, to: next))
        transport.verify()
    }

    @Test func `times that a server does not heed are asked of the rows`() async throws {
        let rows = ["2030-03-17T17:46:39Z", "2030-03-17T17:46:40Z", "2030-03-17T17:46:42Z"].enumerated().map {
            #"{"id":"\#($0)","creationDate":"\#($1)"}"#
        }
        transport.expect("GET /orders?creation*", .ok(page(rows, total: 3)))
        let moment = Instant(millisecondsSince1970: 1_900_000_000_000)
        let query = OrderQuery(createdFrom: moment, createdTo: moment.adding(seconds: 1))
        #expect(try await makeClient(transport).orderLists.value(for: query).rows.map(\.id) == ["1"])
    }

    // MARK: Reports

    private static let report = #"""
        {"id":"00000000-0000-4000-8000-000000000001","name":"Daily report","status":"completed","type":"periodic",
        "format":"JSON","creationDate":"2031-01-06T00:05:00Z","startDate":"2031-01-05T00:00:00Z",
        "endDate":"2031-01-05T23:59:59Z","downloadUrl":"https://reports.example.invalid/rde/report.json?sig=fake"}
        """#

    @Test func `reports are listed, read and scheduled, and their address is a secret`() async throws {
        transport.expect("GET /reports?offset=0&limit=100", .ok(page([Self.report], total: 1)))
        transport.expect("GET /reports/r-1", .ok(Self.report))
        transport.expect(
            "POST /reports",
            .ok(
                Self.report.replacing("Daily report", with: "One-time January").replacing(
                    "\"startDate\":\"2031-01-05T00:00:00Z\"", with: "\"startDate\":\"2031-01-01T00:00:00Z\"")))
        let client = makeClient(transport)
        let listed = try #require(try await client.reportLists.value(for: ReportQuery()).rows.first)
        #expect(listed.status == .completed && listed.kind == .periodic && listed.format == .json)
        #expect(listed.download != nil && !"\(listed)".contains("sig=fake"))
        #expect(try await client.reports.value(for: "r-1") == listed)
        let start = try #require(Instant("2031-01-01T00:00:00Z"))
        _ = try await client.schedule(ReportDraft(name: "One-time January", format: .json, from: start))
        #expect(body == #"{"format":"json","name":"One-time January","startDate":"2031-01-01T00:00:00Z"}"#)
    }
}
