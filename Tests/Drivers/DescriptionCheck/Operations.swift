import FoundationEssentials
import Marketplace
import MarketplaceClient

/// One way to call an operation, and what the client makes of the answer.
struct Ask: Sendable {
    /// What its input is.
    let name: String
    /// Whether the row of the example answers it; the client leaves out rows that do not.
    let isAnswered: Bool
    let run: @Sendable (Client) async throws(MarketplaceError) -> Facts

    init(
        _ name: String, isAnswered: Bool = true,
        _ run: @escaping @Sendable (Client) async throws(MarketplaceError) -> Facts
    ) {
        self.name = name
        self.isAnswered = isAnswered
        self.run = run
    }
}

/// An operation of the description with all the ways in which the client can call it. The first leaves out what can be
/// left out; its answer is not filtered.
struct Operation: Sendable {
    enum Effect { case signIn, read, question, change }

    let id: String
    let effect: Effect
    /// The kind of value that its answer becomes, as ``Comparison`` names it.
    let kind: String
    let asks: [Ask]

    static let all: [Operation] =
        [
            Operation(
                id: "generateAuthToken", effect: .signIn, kind: "Token",
                asks: [
                    Ask("sign-in") { client async throws(MarketplaceError) in
                        try await client.signIn()
                        return Facts()
                    }
                ])
        ] + accounts + catalogue + orders + subscriptions + reports

    // MARK: Accounts

    private static func accounts(_ query: AccountQuery, isAnswered: Bool = true) -> Ask {
        Ask("\(query)", isAnswered: isAnswered) { client async throws(MarketplaceError) in
            try await client.accountLists.value(for: query).facts(\.facts)
        }
    }

    private static func account(_ kind: Account.Kind, _ id: Account.ID) -> Ask {
        Ask("one") { client async throws(MarketplaceError) in
            try await client.accounts.value(for: AccountKey(kind: kind, id: id)).facts
        }
    }

    private static func create(_ draft: AccountDraft) -> Ask {
        Ask("\(draft.externalID == nil ? "small" : "full") draft") { client async throws(MarketplaceError) in
            try await client.create(draft).facts
        }
    }

    private static func change(
        _ kind: Account.Kind, _ id: Account.ID, _ changes: AccountChanges, isAnswered: Bool = true
    ) -> Ask {
        Ask("\(changes.address == nil ? "small" : "full") changes", isAnswered: isAnswered) {
            client async throws(MarketplaceError) in
            try await client.change(AccountKey(kind: kind, id: id), to: changes).facts
        }
    }

    private static let accounts = [
        Operation(
            id: "getCustomers", effect: .read, kind: "Account",
            asks: [
                accounts(.customers), accounts(.customersNamed("Bakery")),
                accounts(.customersNamed("a&b=ü / ?#%+"), isAnswered: false),
                accounts(.customersWithEmail("ada.sample@example.com")), accounts(.customersWithExternalID("CRM-0042")),
            ]),
        Operation(
            id: "createCustomer", effect: .change, kind: "Account",
            asks: [create(.small(.customer)), create(.full(.customer))]),
        Operation(id: "getCustomerById", effect: .read, kind: "Account", asks: [account(.customer, "1000412")]),
        Operation(
            id: "updateCustomer", effect: .change, kind: "Account",
            asks: [
                change(.customer, "1000412", AccountChanges(status: .creditHold)),
                change(.customer, "1000412", .full),
                // Its answer shows the state before, so it is looked up instead.
                change(.customer, "1000412", AccountChanges(status: .active), isAnswered: false),
            ]),
        Operation(
            id: "getResellers", effect: .read, kind: "Account",
            asks: [
                accounts(.resellers), accounts(.resellersNamed("Sample")),
                accounts(.resellersWithEmail("ada.sample@example.com")), accounts(.resellersWithExternalID("R-1")),
            ]),
        Operation(
            id: "createReseller", effect: .change, kind: "Account",
            asks: [create(.small(.reseller(currency: "EUR"))), create(.full(.reseller(currency: "EUR")))]),
        Operation(
            id: "getResellerCustomerById", effect: .read, kind: "Account", asks: [account(.reseller, "1000100")]),
        Operation(
            id: "updateReseller", effect: .change, kind: "Account",
            asks: [
                change(.reseller, "1000100", AccountChanges(name: "Sample Reseller Two")),
                change(.reseller, "1000100", .full),
            ]),
        Operation(
            id: "getResellerCustomers", effect: .read, kind: "Account", asks: [accounts(.customersOf("1000100"))]),
        Operation(
            id: "createCustomerForReseller", effect: .change, kind: "Account",
            asks: [create(.small(.customerOf("1000100"))), create(.full(.customerOf("1000100")))]),
    ]

    // MARK: Catalogue

    private static let catalogue = [
        Operation(
            id: "getCatalog", effect: .read, kind: "Product",
            asks: [
                ProductQuery(),
                ProductQuery(
                    mpn: "AUR-365-BP", name: "Aurora 365", vendor: "aurora", serviceName: "AURORA_365"),
            ].map { query in
                Ask("\(query)") { client async throws(MarketplaceError) in
                    try await client.productLists.value(for: query).facts(\.facts)
                }
            }),
        Operation(
            id: "getServicePlans", effect: .read, kind: "Plan",
            asks: [
                Ask("all") { client async throws(MarketplaceError) in
                    try await client.planLists.value(for: PlanQuery()).facts(\.facts)
                }
            ]),
        Operation(
            id: "getServicePlanById", effect: .read, kind: "Plan",
            asks: [
                Ask("one") { client async throws(MarketplaceError) in
                    try await client.plans.value(for: "10001").facts
                }
            ]),
    ]

    // MARK: Orders

    private static func orders(_ query: OrderQuery) -> Ask {
        Ask("\(query)") { client async throws(MarketplaceError) in
            try await client.orderLists.value(for: query).facts(\.facts)
        }
    }

    private static func fullQuery(reseller: Account.ID?) -> OrderQuery {
        OrderQuery(
            customer: "1000412", subscription: "1000917", status: .completed,
            number: reseller == nil ? "SO000701" : nil, reseller: reseller, statusCode: reseller == nil ? "CP" : nil,
            createdFrom: Instant("2031-01-01T00:00:00Z"), createdTo: Instant("2031-01-31T23:59:59.5Z"))
    }

    private static let orders = [
        Operation(
            id: "getOrders", effect: .read, kind: "Order",
            asks: [orders(OrderQuery()), orders(fullQuery(reseller: nil))]),
        Operation(
            id: "getResellerOrders", effect: .read, kind: "Order",
            asks: [orders(OrderQuery(reseller: "1000100")), orders(fullQuery(reseller: "1000100"))]),
        Operation(
            id: "createOrder", effect: .change, kind: "Order",
            asks: OrderDraft.samples.map { name, draft in
                Ask(name) { client async throws(MarketplaceError) in try await client.place(draft).facts }
            }),
        Operation(
            id: "estimateOrder", effect: .question, kind: "Estimate",
            asks: OrderDraft.samples.map { name, draft in
                Ask(name) { client async throws(MarketplaceError) in try await client.estimate(draft).facts }
            }),
        Operation(
            id: "getOrderDetails", effect: .read, kind: "Order",
            asks: [
                Ask("one") { client async throws(MarketplaceError) in
                    try await client.orders.value(for: "1000701").facts
                }
            ]),
        Operation(
            id: "updateOrder", effect: .change, kind: "Order",
            asks: [
                Ask("withdrawal") { client async throws(MarketplaceError) in
                    try await client.withdraw(.sample).facts
                },
                Ask("credit check") { client async throws(MarketplaceError) in
                    try await client.setCreditCheck(false, of: .sample).facts
                },
            ]),
        Operation(
            id: "validateParameters", effect: .question, kind: "Verdict",
            asks: [SalesOrder.needingNothing, .needingADomain].map { order in
                Ask("\(order.lines.count) lines") { client async throws(MarketplaceError) in
                    try await client.validate(order).facts
                }
            }),
    ]

    // MARK: Subscriptions

    private static func change(_ name: String, _ changes: SubscriptionChanges) -> Ask {
        Ask(name) { client async throws(MarketplaceError) in try await client.change(.sample, to: changes).facts }
    }

    private static func price(_ name: String, _ prices: [SpecialPrice]) -> Ask {
        Ask(name) { client async throws(MarketplaceError) in
            try await client.setSpecialPrices(prices, of: .sample).facts
        }
    }

    private static let subscriptions = [
        Operation(
            id: "getSubscriptions", effect: .read, kind: "Subscription",
            asks: [
                SubscriptionQuery(),
                SubscriptionQuery(
                    customer: "1000412", status: .active, createdFrom: CalendarDate("2031-01-01"),
                    createdTo: CalendarDate("2031-01-31")),
            ].map { query in
                Ask("\(query)") { client async throws(MarketplaceError) in
                    try await client.subscriptionLists.value(for: query).facts(\.facts)
                }
            }),
        Operation(
            id: "getSubscription", effect: .read, kind: "Subscription",
            asks: [
                Ask("one") { client async throws(MarketplaceError) in
                    try await client.subscriptions.value(for: "1000917").facts
                }
            ]),
        Operation(
            id: "updateSubscription", effect: .change, kind: "Subscription",
            asks: [
                change("small", SubscriptionChanges(autoRenews: false)),
                change(
                    "full",
                    SubscriptionChanges(
                        autoRenews: true, attributes: ["cost centre": "42 \"ü\""], prices: SpecialPrice.full)),
            ]),
        Operation(
            id: "updateSubscriptionSpecialPricing", effect: .change, kind: "Subscription",
            asks: [
                price(
                    "small",
                    [SpecialPrice(product: .mpn("AUR-365-BP"), unitPrice: TieredMoney(Money(Decimal(79) / 10, "EUR")))]),
                price("full", SpecialPrice.full),
            ]),
    ]

    // MARK: Reports

    private static let reports = [
        Operation(
            id: "getReports", effect: .read, kind: "Report",
            asks: [
                ReportQuery(),
                ReportQuery(
                    name: "Daily report", status: .completed, kind: .periodic, format: .json,
                    from: CalendarDate("2031-01-01"), to: CalendarDate("2031-01-31")),
            ].map { query in
                Ask("\(query)") { client async throws(MarketplaceError) in
                    try await client.reportLists.value(for: query).facts(\.facts)
                }
            }),
        Operation(
            id: "createReport", effect: .change, kind: "Report",
            asks: [ReportDraft.small, .full, .named].map { draft in
                Ask(draft.name) { client async throws(MarketplaceError) in try await client.schedule(draft).facts }
            }),
        Operation(
            id: "getReportById", effect: .read, kind: "Report",
            asks: [
                Ask("one") { client async throws(MarketplaceError) in
                    try await client.reports.value(for: "00000000-0000-4000-8000-000000000001").facts
                }
            ]),
    ]
}
