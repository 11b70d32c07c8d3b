import Marketplace
import MarketplaceClient
import Rows
import Screen

enum SubscriptionsNoun: Noun {
    typealias Row = Subscription

    static let words = NounWords(
        plural: "subscriptions", singular: "subscription", argument: "ID",
        listSummary: "List subscriptions: product, status, term, renewal.",
        showSummary: "Show one subscription with its products, units and prices.", listCalls: "p+n", showCalls: "2-4",
        examples: [
            "souk subscriptions list --customer 'jørgensen'",
            "souk subscriptions list --filter 'renews<+30d auto:off' --sort renews",
        ],
        showExamples: ["souk subscriptions show 1000917", "souk subscriptions show 1000917 --json"])

    static let statuses = ["pending", "active", "hold", "terminated", "removed"]

    static let filters: [NounFilter<SubscriptionQuery>] = [
        NounFilter("customer", "CUSTOMER", "Of this customer: id or name.", .account(.customer)) {
            $0.customer = $1.account
        },
        NounFilter("status", "STATUS", values: statuses, "In this state.") {
            $0.status = $1.text.map { SubscriptionStatus(wire: $0) }
        },
        NounFilter("created-from", "DAY", "Made on this day or later.", .day) { $0.createdFrom = $1.day },
        NounFilter("created-to", "DAY", "Made on this day or before.", .day) { $0.createdTo = $1.day },
    ]

    static let everything = SubscriptionQuery()
    static let names = NamedAccounts.customers
    static let hasDetails = true

    private static let products = Shape<SubscriptionProduct>([
        Shape.part("productId", .id) { .id($0.product) },
        Shape.part("mpn", .text) { .text($0.mpn.isEmpty ? nil : $0.mpn) },
        Shape.part("vendor", .text) { .text($0.vendor.isEmpty ? nil : $0.vendor) },
        Shape.part("name", .text) { .text($0.name.isEmpty ? nil : $0.name) },
        Shape.part("units", .integer) { .count($0.quantity) },
        Shape.part("unitPrice", .money) { .money($0.unitPrice) },
        Shape.part("unitCost", .money) { .money($0.unitCost) },
        Shape.part("price", .money) { .money($0.extendedPrice) },
        Shape.part("vendorSubscriptionId", .text) { .text($0.vendorSubscriptionID) },
    ])

    static let fields: [Field<Subscription>] = [
        Field("id", .id, null: false, .always, .init("id", usual: true, screen: true)) { row, _ in .id(row.id) },
        Field("name", .text, null: false, .always, .init("product", usual: true, screen: true)) { row, _ in
            .string(row.name)
        },
        Field("status", .word(statuses), null: false, .always, .init("status", usual: true, screen: true)) { row, _ in
            .word(wire: row.status.wire, spoken: row.status.word, tone: row.status.style.tone)
        },
        Field("customerId", .id, null: false, .always, .init("customer-id", usual: true)) { row, _ in
            .id(row.customer)
        },
        Field(
            "customerName", .text, .whenRead,
            .init("customer", usual: true, screen: true) { row, facts in
                (facts.entities.name(of: row.customer), .plain)
            }
        ) { row, facts in facts.name(of: row.customer) },
        Field("resellerId", .id, .whenRead) { row, facts in
            facts.hasNames ? .id(facts.reseller(of: row.customer)) : .absent
        },
        Field("resellerName", .text, .whenRead, .init("reseller")) { row, facts in
            facts.hasResellers ? facts.name(of: facts.reseller(of: row.customer)) : .absent
        },
        Field(
            "term", .period, .always,
            .init("term", usual: true, screen: true) { row, _ in
                (termAndBilling(term: row.subscriptionPeriod, billing: row.billingPeriod), .plain)
            }
        ) { row, _ in .period(row.subscriptionPeriod) },
        Field("billing", .period, .always, .init("billing", usual: true)) { row, _ in .period(row.billingPeriod) },
        Field("billingModel", .word([]), .withDetails) { detail($0, $1) { .plainWord($0.billingModel) } },
        Field(
            "autoRenew", .flag, .always,
            .init(
                "auto", usual: true, screen: true,
                shown: { row, _ in (autoRenewal(row).plain, row.autoRenews == false ? .warning : .plain) },
                plain: { row, _ in autoRenewal(row) })
        ) { row, _ in .truth(row.autoRenews) },
        Field(
            "renewsOn", .date, .always,
            .init("renews", "RENEWS/ENDS", usual: true, screen: true) { row, _ in
                (row.turningDate?.spoken ?? "", .plain)
            }
        ) { row, _ in .date(row.renews) },
        Field("endsOn", .date, .always, .init("ends", usual: true)) { row, _ in .date(row.expires) },
        Field("createdOn", .date, .always, .init("created")) { row, _ in .date(row.created) },
        Field("modifiedOn", .date, .always, .init("changed")) { row, _ in .date(row.modified) },
        Field("units", .integer, .withDetails, .init("units", right: true)) { detail($0, $1) { .count($0.quantity) } },
        Field("price", .money, .withDetails, .init("price", right: true)) { detail($0, $1) { .money($0.totalPrice) } },
        Field("termPrice", .money, .withDetails) { detail($0, $1) { .money($0.termPrice) } },
        Field("termCost", .money, .withDetails) { detail($0, $1) { .money($0.termCost) } },
        Field("planId", .id, .withDetails) { detail($0, $1) { .id($0.plan) } },
        Field(.init("mpn"), needsDetails: true) { detail($0, $1) { .texts($0.products.map(\.mpn)) } },
        Field("products", .list(products.type), null: false, .withDetails) {
            detail($0, $1) { products.list($0.products) }
        },
        Field("orderParameters", .list(ParameterFields.all.type), null: false, .withDetails) {
            detail($0, $1) { ParameterFields.list($0.orderParameters) }
        },
        Field("fulfillmentParameters", .list(ParameterFields.all.type), null: false, .withDetails) {
            detail($0, $1) { ParameterFields.list($0.fulfillmentParameters) }
        },
        Field("attributes", .attributes, null: false, .withDetails) { detail($0, $1) { .attributes($0.attributes) } },
        decision,
        Field("windows", WindowFields.all.type, .whenRead) { row, facts in
            facts.windows[row.id].map { $0.map(WindowFields.all.object) ?? .null } ?? .absent
        },
    ]

    /// By when it is to be decided what becomes of it, by the rule of its vendor.
    static let decision: Field<Subscription> = {
        var column = Field<Subscription>.Column("decide-by")
        column.needsDetails = true
        return Field("decideBy", .date, .whenRead, column) { row, facts in
            guard let rules = facts.rules else { return .absent }
            return detail(row, facts) { .date(rules[$0]?.decideBy(row, today: facts.today)) }
        }
    }()

    static func detail(
        _ row: Subscription, _ facts: Facts, _ value: (SubscriptionDetail) -> FieldValue
    ) -> FieldValue {
        facts.entities.details[row.id].map(value) ?? .absent
    }

    @Sendable static func autoRenewal(_ row: Subscription) -> FieldValue {
        .text(row.autoRenews.map { $0 ? "on" : "off" })
    }

    static func paneColumns(_ facts: Facts) -> [ListColumn<Subscription>] {
        ListColumn<Subscription>.subscriptions(facts.entities, today: facts.today)
    }
    static func open(_ query: SubscriptionQuery, _ client: Client, limit: Int?) -> [PageStream<Subscription>] {
        [PageStream(client.pages(of: .subscriptions(query), limit: limit))]
    }
    static func answers(_ row: Subscription, _ query: SubscriptionQuery, _ client: Client) -> Bool {
        client.answers(row, .subscriptions(query))
    }
    static func id(of row: Subscription) -> String { row.id.rawValue }
    static func changed(_ row: Subscription) -> String? { row.modified?.description }
    static func owner(_ query: SubscriptionQuery) -> Account.ID? { query.customer }

    static func readDetail(of row: Subscription, _ client: Client) async throws(MarketplaceError) -> Detail? {
        .subscription(try await client.subscriptions.value(for: row.id))
    }

    static func find(
        _ argument: String, _ session: ReadSession
    ) async throws -> (row: Subscription, details: [Detail]) {
        let id = try session.id(argument, of: words)
        let detail = try await session.client.subscriptions.value(for: .init(id))
        let windows = try await session.client.windows(of: detail)
        return (detail.subscription, [.subscription(detail), .windows(windows, of: detail.subscription.id)])
    }
}

/// What can still be undone of a subscription, and whose rule says so.
enum WindowFields {
    private static let lot = Shape<SubscriptionWindows.Lot>([
        Shape.part("units", .integer, null: false) { .count($0.units) },
        Shape.part("until", .moment, null: false) { .instant($0.until.at) },
    ])

    static let all = Shape<SubscriptionWindows>([
        Shape.part("vendor", .text, null: false) { .string($0.rule.vendor) },
        Shape.part("source", .text, null: false) { .string($0.rule.source) },
        Shape.part("ruleOf", .date, null: false) { .day($0.rule.date) },
        Shape.part("removableUnits", .list(lot.type)) { windows in
            if case .lots(let lots, _)? = windows.units { lot.list(lots) } else { .null }
        },
        Shape.part("lockedUnits", .integer) { windows in
            if case .lots(_, let locked)? = windows.units { .count(locked) } else { .null }
        },
        Shape.part("lockedUntil", .date) { .date($0.turnsOn) },
        Shape.part("cancelUntil", .moment) { windows in
            switch windows.cancellation {
            case .open(let end)?, .closed(let end)?: .instant(end.at)
            case .notRead?, nil: .null
            }
        },
        Shape.part("decideBy", .date) { .date($0.decideBy) },
    ])
}

/// Named values of orders and subscriptions. One whose name speaks of a secret is never printed.
enum ParameterFields {
    static let all = Shape<Parameter>([
        Shape.part("name", .text, null: false) { .string($0.name) },
        Shape.part("value", .text) { $0.isSecret ? .null : .string($0.value) },
    ])

    static func list(_ parameters: [Parameter]) -> FieldValue { all.list(parameters) }
}
