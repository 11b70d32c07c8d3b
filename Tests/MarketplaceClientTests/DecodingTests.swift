import FoundationEssentials
import Marketplace
import MarketplaceClient
import Testing

@Suite struct DecodingTests {
    private let transport = StubTransport()

    @Test func `a customer is read whole`() async throws {
        transport.expect("GET /customers/1000101", .ok(Examples.customer))
        let account = try await makeClient(transport).accounts.value(for: AccountKey(kind: .customer, id: "1000101"))
        #expect(
            account
                == Account(
                    id: "1000101", kind: .customer, name: "Sample Bakery Ltd", status: .active,
                    vendorAccount: "1000001", externalID: "CRM-0042",
                    address: Address(
                        street: "1 Sample Street", addition: "Floor 2", postalCode: "00000", city: "Sampleton",
                        state: "CA", country: "US"),
                    contacts: [
                        ContactPerson(
                            role: .administrator, firstName: "Ada", lastName: "Sample",
                            email: "ada.sample@example.com", phone: "1#555#5550100#")
                    ], language: "en_US", taxRegistration: "00-0000000"))
    }

    @Test(arguments: [
        (#""2026-11-26T02:20:00 -0800""#, "2026-11-26T10:20:00Z"), ("1795688400", "2026-11-26T10:20:00Z"),
        ("1795688400000", "2026-11-26T10:20:00Z"), (#""1795688400""#, "2026-11-26T10:20:00Z"),
        ("1795688400.250000000", "2026-11-26T10:20:00Z"), (#""2026-11-26T02:20:00""#, nil), (#""2026-11-26""#, nil),
        ("[2026,11,26,2,20]", nil), ("0", nil), ("-1", nil), ("1", nil), ("20261126", nil), ("true", nil),
        (#""""#, nil),
        ("99999999999999999999", nil), (#""1970-01-01T00:00:00Z""#, nil), (#""0001-01-01T00:00:00Z""#, nil),
        (#""9999-12-31T23:59:59Z""#, nil), (#""1970-01-01T01:00:00+01:00""#, nil), ("1.7956884e9", nil),
    ])
    func `the time of an order is the right moment or not reported`(_ written: String, _ read: String?) async throws {
        transport.expect(
            "GET /orders/1", .ok(#"{"id":"1","type":"sales","creationDate":\#(written),"provisioningDate":null}"#))
        let order = try await makeClient(transport).orders.value(for: "1")
        #expect(order.created?.description == read)
    }

    @Test(arguments: [
        ("2026-11-26", "2026-11-26"), ("2026-11-26T00:00:00Z", "2026-11-26"), ("0001-01-01", nil), ("1970-01-01", nil),
        ("9999-12-31", nil), ("9999-12-31T00:00:00Z", nil), ("1970-01-01 00:00:00", nil),
    ])
    func `a date that stands for none is none`(_ written: String, _ read: String?) async throws {
        transport.expect(
            "GET /subscriptions/1",
            .ok(#"{"id":"1","creationDate":"\#(written)","renewalDate":"\#(written)","expirationDate":"\#(written)"}"#))
        let row = try await makeClient(transport).subscriptions.value(for: "1").subscription
        #expect(row.created?.description == read)
        #expect(row.renews?.description == read)
        #expect(row.expires?.description == read)
    }

    @Test func `a reseller is read whole`() async throws {
        transport.expect("GET /resellers/1000001", .ok(Examples.reseller))
        let account = try await makeClient(transport).accounts.value(for: AccountKey(kind: .reseller, id: "1000001"))
        #expect(account.kind == .reseller)
        #expect(account.name == "Sample Reseller")
        #expect(account.currency == "USD")
        #expect(account.vendorAccount == nil)
    }

    @Test func `lists of accounts are read`() async throws {
        transport.expect("GET /customers?offset=0&limit=100", .ok(Examples.customers))
        transport.expect("GET /resellers?offset=0&limit=100", .ok(Examples.resellers))
        transport.expect("GET /resellers/1000001/customers?offset=0&limit=100", .ok(Examples.resellerCustomers))
        let client = makeClient(transport)
        let customers = try await client.accountLists.value(for: .customers)
        #expect(customers.rows.map(\.id) == ["1000101"])
        #expect(customers.isComplete && customers.total == 1)
        #expect(try await client.accountLists.value(for: .resellers).rows.map(\.kind) == [.reseller])
        #expect(try await client.accountLists.value(for: .customersOf("1000001")).rows.map(\.id) == ["1000101"])
        transport.verify()
    }

    @Test func `a product is read whole`() async throws {
        let one = Examples.products.replacing("4211", with: "1")
        transport.expect("GET /products?offset=0&limit=100", .ok(one))
        let product = try #require(
            try await makeClient(transport).productLists.value(for: ProductQuery()).rows.first)
        #expect(product.id == "SKU-000123")
        #expect(product.mpn == "FAKE-MPN-E1-ANNUAL")
        #expect(product.vendor == "SampleVendor")
        #expect(product.serviceName == "SAMPLE_SERVICE")
        #expect(product.minimumQuantity == 0)
        #expect(product.maximumQuantity == 5000)
        #expect(try product.price == Money("8.15", "USD"))
        #expect(try product.cost == Money("7.05", "USD"))
        #expect(product.billingPeriod == Period(1, .month))
        #expect(product.subscriptionPeriod == Period(1, .year))
        #expect(product.billingModel == "chargeBeforeBillingPeriod")
        #expect(product.dependsOn.isEmpty)
        #expect(product.coterming == "ALLOWED")
    }

    @Test func `a subscription is read whole`() async throws {
        transport.expect("GET /subscriptions/1000501", .ok(Examples.subscription))
        let detail = try await makeClient(transport).subscriptions.value(for: "1000501")
        #expect(
            detail.subscription
                == Subscription(
                    id: "1000501", name: "Sample Office E1", customer: "1000101", status: .active, autoRenews: true,
                    created: CalendarDate("2031-01-05"), renews: CalendarDate("2032-01-03"),
                    modified: CalendarDate("2031-01-05"), expires: CalendarDate("2032-01-05"),
                    billingPeriod: Period(1, .month), subscriptionPeriod: Period(1, .year)))
        #expect(
            try detail.products == [
                SubscriptionProduct(
                    product: "SKU-000123", mpn: "FAKE-MPN-E1-ANNUAL", vendor: "SampleVendor",
                    name: "Sample Office E1", quantity: 10, unitPrice: Money("8.15", "USD"),
                    extendedPrice: Money("81.5", "USD"), vendorSubscriptionID: "vendor-sub-0001",
                    unitCost: Money("7.05", "USD"))
            ])
        #expect(try detail.totalPrice == Money("81.5", "USD"))
        #expect(try detail.termPrice == Money("978", "USD"))
        #expect(try detail.termCost == Money("846", "USD"))
        #expect(detail.plan == "10005")
        #expect(detail.orderParameters == [Parameter(name: "microsoft_domain", value: "sample-bakery.example")])
        #expect(
            detail.fulfillmentParameters == [
                Parameter(name: "ms_customer_id", value: "00000000-0000-4000-8000-00000000cafe")
            ])
    }

    @Test func `an order is read whole`() async throws {
        transport.expect("GET /orders/1000701", .ok(Examples.order))
        var order = try await makeClient(transport).orders.value(for: "1000701")
        #expect(order.charges.first?.others.map(\.name) == ["mpn", "productId", "duration"])
        order.charges[0].others = []
        #expect(
            try order
                == Order(
                    id: "1000701", number: "SO000012", kind: .sales, customer: "1000101", status: .completed,
                    statusCode: "CP", created: Instant("2031-01-05T10:00:00Z"),
                    provisioned: Instant("2031-01-05T10:02:11Z"), poNumber: "PO-2031-001", subscription: "1000501",
                    total: Money("81.5", "USD"),
                    lines: [
                        OrderLine(
                            product: "SKU-000123", mpn: "FAKE-MPN-E1-ANNUAL", vendor: "SampleVendor",
                            name: "Sample Office E1", quantity: 10, extendedPrice: Money("81.5", "USD"),
                            subscription: "1000501")
                    ],
                    charges: [
                        OrderCharge(
                            kind: "recurring",
                            description: "Sample Office E1 Recurring (1 Month(s) term) from 2031-01-05 through "
                                + "2031-02-04", quantity: 10, unitPrice: Money("8.15", "USD"),
                            extendedPrice: Money("81.5", "USD"))
                    ], checksCredit: true))
    }

    @Test func `lists of orders and subscriptions are read`() async throws {
        transport.expect("GET /orders?customerId=1000101&offset=0&limit=100", .ok(page(orderExample, total: 1)))
        transport.expect("GET /resellers/1000001/orders?offset=0&limit=100", .ok(Examples.resellerOrders))
        transport.expect("GET /subscriptions?customerId=1000101&offset=0&limit=100", .ok(Examples.subscriptions))
        let client = makeClient(transport)
        let orders = try await client.orderLists.value(for: OrderQuery(customer: "1000101"))
        #expect(orders.rows.map(\.number) == ["SO000012"])
        #expect(orders.rows.map(\.total) == [nil])
        #expect(try await client.orderLists.value(for: OrderQuery(reseller: "1000001")).rows.count == 1)
        let subscriptions = try await client.subscriptionLists.value(for: SubscriptionQuery(customer: "1000101"))
        #expect(subscriptions.rows.map(\.expires) == [CalendarDate("2032-01-05")])
        transport.verify()
    }

    private let orderExample = [
        #"{"id": "1000701", "orderNumber": "SO000012", "type": "sales", "customerId": "1000101","#
            + #""status": "completed", "statusCode": "CP", "creationDate": "2031-01-05T10:00:00Z"}"#
    ]

    @Test func `an estimate and a validation are read`() async throws {
        transport.expect("POST /orders/estimate", .ok(Examples.estimate))
        transport.expect("POST /validation/parameters", .ok(Examples.validation))
        let client = makeClient(transport)
        let estimate = try await client.estimate(.sample)
        #expect(try estimate.total == Money("81.5", "USD"))
        #expect(estimate.lines.map(\.quantity) == [10])
        #expect(
            try await client.validate(.sample) == [
                ParameterVerdict(name: "domain", isAccepted: true, message: "Domain is available")
            ])
    }

    @Test func `verdicts are read flat and with choices too`() async throws {
        transport.expect(
            "POST /validation/parameters",
            .ok(#"{"data":[{"name":"domain","result":"ERROR","message":"taken"}]}"#),
            .ok(
                #"{"data":[{"mpn":"A","parameters":[{"name":"size","result":"error","valueError":"choose","#
                    + #""valueChoices":[{"label":"Small","value":"s"},{"label":"Large"}]}]}]}"#),
            .ok(#"{"data":[{"mpn":"A"},{"mpn":"B","parameters":[{"result":"error","message":"sold out"}]}]}"#),
            .ok(#"{"data":null}"#))
        let client = makeClient(transport)
        #expect(
            try await client.validate(.sample) == [
                ParameterVerdict(name: "domain", isAccepted: false, message: "taken")
            ])
        #expect(
            try await client.validate(.sample) == [
                ParameterVerdict(name: "size", isAccepted: false, message: "choose", choices: ["s", "Large"])
            ])
        // A refusal that names no parameter is one all the same.
        #expect(
            try await client.validate(.sample) == [ParameterVerdict(name: "", isAccepted: false, message: "sold out")])
        #expect(try await client.validate(.sample) == [])
    }

    @Test func `products of older providers are keyed by MPN, vendor and both periods`() async throws {
        func row(_ vendor: String, _ term: Int, id: String = "") -> String {
            #"{"mpn":"ZX-1","vendor":"\#(vendor)",\#(id)"subscriptionPeriod":{"type":"year","duration":\#(term)}}"#
        }
        let rows = [
            row("a", 1), row("b", 1), row("a", 3), row("a", 1), row("a", 1, id: #""id":"5","#), #"{"name":"x"}"#,
            #"{"mpn":"ZX-2"}"#,
        ]
        transport.expect("GET /products?offset=0&limit=100", .ok(page(rows, total: 7)))
        transport.expect("GET /products?offset=0&limit=500", .ok(page(rows, total: 7)))
        let client = makeClient(transport)
        let listing = try await client.productLists.value(for: ProductQuery())
        #expect(listing.rows.map(\.id) == ["ZX-1/a/1 year/", "ZX-1/b/1 year/", "ZX-1/a/3 years/", "5", "ZX-2///"])
        #expect(listing.rows.map(\.hasCatalogueID) == [false, false, false, true, false])
        #expect(listing.rows.map(\.title) == ["ZX-1", "ZX-1", "ZX-1", "ZX-1", "ZX-2"])
        #expect(listing.problems.map(\.index) == [5])
        transport.expect("POST /orders/estimate", .ok("{}"))
        let line = SalesOrder.Line(product: listing.rows[0], quantity: 1)
        _ = try await client.estimate(SalesOrder(customer: "1", lines: [line], poNumber: "P"))
        let sent = try #require(transport.sent.last?.body)
        #expect(!sent.contains(#""id""#))
        #expect(sent.contains(#""mpn":"ZX-1""#) && sent.contains(#""vendor":"a""#))
    }

    @Test func `odd types, unknown words and missing fields cost no row`() async throws {
        let rows = [
            #"{"id":1000501,"name":null,"customerId":1000101,"status":"Active","renewalStatus":"false"}"#,
            #"{"id":"2","status":"frozen","creationDate":"","expirationDate":7,"billingPeriod":"month"}"#,
            #"{"id":"3","subscriptionPeriod":{"type":"YEAR","duration":"3"},"attributes":[]}"#,
            #"{"name":"no id"}"#, "null", #"{"id":""}"#, #"{"id":"4","status":{}}"#,
        ]
        transport.expect("GET /subscriptions?offset=0&limit=100", .ok(page(rows, total: 7)))
        let listing = try await makeClient(transport).subscriptionLists.value(for: SubscriptionQuery())
        #expect(
            listing.rows == [
                Subscription(id: "1000501", name: "", customer: "1000101", status: .active, autoRenews: false),
                Subscription(id: "2", name: "", customer: "", status: .other("frozen")),
                Subscription(id: "3", name: "", customer: "", status: .other(""), subscriptionPeriod: Period(3, .year)),
                Subscription(id: "4", name: "", customer: "", status: .other("")),
            ])
        #expect(
            listing.problems == [
                RowProblem(index: 3, reason: "it has no id"), RowProblem(index: 4, reason: "it is no object"),
                RowProblem(index: 5, reason: "it has no id"),
            ])
        #expect(listing.isComplete)
    }

    @Test func `odd orders and products are read as far as they go`() async throws {
        transport.expect(
            "GET /orders/9",
            .ok(
                #"{"id":9,"type":"MOVE","customerId":7,"status":"COMPLETED","statusCode":"cp","provisioningDate":"","#
                    + #""creationDate":"2031-01-05 10:00:00.123Z","total":{"currency":"EUR","amount":22.1},"#
                    + #""products":[{"mpn":5,"quantity":"2.0","subscriptionId":12},null]}"#))
        transport.expect(
            "GET /products?offset=0&limit=100",
            .ok(
                page(
                    [
                        #"{"id":12,"maximumQuantity":"-1","prices":[{"amount":"1","currency":"EUR","type":"RECURRING","#
                            + #""lowerLimit":10.0},{"amount":"x","currency":"EUR"}],"dependsOn":[{"mpn":"A"},{"id":3}]}"#
                    ], total: 1)))
        let client = makeClient(transport)
        let order = try await client.orders.value(for: "9")
        #expect(order.kind == .other("MOVE"))
        #expect(order.status == .completed)
        #expect(order.statusCode == "CP")
        #expect(order.created == Instant("2031-01-05T10:00:00.123Z"))
        #expect(order.provisioned == nil)
        #expect(try order.total == Money("22.1", "EUR"))
        #expect(order.lines.map(\.quantity) == [2])
        #expect(order.subscription == "12")
        let product = try #require(try await client.productLists.value(for: ProductQuery()).rows.first)
        #expect(product.id == "12")
        #expect(product.maximumQuantity == nil)
        #expect(product.prices.map(\.kind) == [.recurring])
        #expect(product.prices.map(\.fromQuantity) == [10])
        #expect(product.dependsOn == ["A", "3"])
    }

    @Test func `nothing that an order holds is lost`() async throws {
        transport.expect(
            "GET /orders/9",
            .ok(
                #"{"id":"9","type":"sales","customerId":"7","status":"completed","attributes":{"region":"north"},"#
                    + #""placementType":"MOVE","alignExpirationDate":{"alignmentType":"MATCH_END_OF_CALENDAR_MONTH"},"#
                    + #""subscriptions":[{"planId":"3","alignedExpirationDate":"2031-06-30"}],"nothing":null,"#
                    + #""products":[{"mpn":"M","quantity":2,"type":"CREATE","newProductId":"5","#
                    + #""billingPeriod":{"type":"month","duration":1},"subscriptionPeriod":{"type":"year","duration":1},"#
                    + #""parameters":[{"name":"domain","value":"x.example"},{"name":"seats","value":5},"#
                    + #"{"name":"map","structured_value":{"b":1}},{"name":"admin_password","value":"p"}]}],"#
                    + #""details":[{"type":"recurring","description":"D","taxAmount":{"currency":"EUR","amount":"1.9"},"#
                    + #""discount":{"type":"percent","value":"8","amount":"1.64","amountCode":"EUR"},"mpn":"M","#
                    + #""unitPrice":{"currency":"EUR","amount":"9.2","priceTiers":[{"lowerLimit":"1","amount":"10"},"#
                    + #"{"lowerLimit":"50","amount":"9.2"}]},"salesExtendedPrice":{"currency":"USD","amount":"11"}}]}"#)
        )
        let order = try await makeClient(transport).orders.value(for: "9")
        #expect(order.alignment == "MATCH_END_OF_CALENDAR_MONTH")
        #expect(order.alignedEnd == CalendarDate("2031-06-30"))
        #expect(order.others.map(\.name) == ["attributes", "placementType", "alignExpirationDate", "subscriptions"])
        let line = try #require(order.lines.first)
        #expect(
            line.parameters == [
                Parameter(name: "domain", value: "x.example"), Parameter(name: "seats", value: "5", form: .json),
                Parameter(name: "map", value: #"{"b":1}"#, form: .structured),
                Parameter(name: "admin_password", value: "p"),
            ])
        #expect(line.parameters.map(\.isSecret) == [false, false, false, true])
        #expect(line.subscriptionPeriod == Period(1, .year) && line.billingPeriod == Period(1, .month))
        #expect(
            line.others == [Parameter(name: "type", value: "CREATE"), Parameter(name: "newProductId", value: "5")])
        let charge = try #require(order.charges.first)
        #expect(charge.discount?.words == "8 %, 1.64 EUR")
        #expect(try charge.tax == Money("1.9", "EUR"))
        #expect(charge.priceTiers.map(\.from) == [1, 50])
        #expect(
            charge.others == [
                Parameter(name: "mpn", value: "M"), Parameter(name: "salesExtendedPrice", value: "11.00 USD"),
            ])
    }

    @Test func `a parameter goes to the marketplace in the form in which it came`() async throws {
        transport.expect("POST /orders/estimate", .ok("{}"))
        let client = makeClient(transport)
        let parameters = [
            Parameter(name: "a", value: "5"), Parameter(name: "b", value: "5", form: .json),
            Parameter(name: "c", value: #"{"x":[1]}"#, form: .structured),
            Parameter(name: "d", value: "{", form: .json),
        ]
        let product = Product(id: "1", mpn: "M", vendor: "v", name: "n")
        let line = SalesOrder.Line(product: product, quantity: 1, parameters: parameters)
        _ = try await client.estimate(SalesOrder(customer: "7", lines: [line], poNumber: "P"))
        let sent = try #require(transport.sent.last?.body)
        #expect(
            sent.contains(
                #""parameters":[{"name":"a","value":"5"},{"name":"b","value":5},"#
                    + #"{"name":"c","structured_value":{"x":[1]}},{"name":"d","value":"{"}]"#))
    }

    @Test func `a parameter that is no text is shown as JSON`() async throws {
        transport.expect(
            "GET /subscriptions/1",
            .ok(
                #"{"id":"1","orderParameters":[{"name":"a","value":{"y":1,"x":[true]}},{"name":"b","value":5},"#
                    + #"{"name":"c","structured_value":{"k":"v"}},{"name":"d"},{"value":"e"}]}"#))
        let detail = try await makeClient(transport).subscriptions.value(for: "1")
        #expect(
            detail.orderParameters == [
                Parameter(name: "a", value: #"{"x":[true],"y":1}"#, form: .json),
                Parameter(name: "b", value: "5", form: .json),
                Parameter(name: "c", value: #"{"k":"v"}"#, form: .structured), Parameter(name: "d", value: ""),
            ])
    }
}
