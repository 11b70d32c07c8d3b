import FoundationEssentials
import Marketplace
import Screen

extension ListColumn where Row == Subscription {
    /// The columns of subscriptions.
    /// - Parameters:
    ///   - today: What end is near is measured from.
    ///   - isOfOneCustomer: Whether all rows are of one customer, whose name is then not shown in each.
    public static func subscriptions(
        _ entities: EntityStore, today: CalendarDate, isOfOneCustomer: Bool = false
    ) -> [ListColumn<Subscription>] {
        [
            ListColumn(
                "id", .init("ID", .whole(7), .then(2)) { ($0?.id.rawValue ?? "", .plain) }, .unique(\.id.rawValue)),
            ListColumn(
                "customer",
                .init("CUSTOMER", .name(16, 34), .first(1)) { row in
                    (row.map { entities.name(of: $0.customer) } ?? "", .plain)
                }, .account(\.customer, entities), isShown: !isOfOneCustomer),
            ListColumn(
                "reseller",
                .init("RESELLER", .name(16, 30), .then(7)) { row in
                    guard let row else { return ("", .plain) }
                    guard let customer = entities.accounts[row.customer] else { return ("…", .faint) }
                    guard let reseller = customer.vendorAccount else { return ("", .plain) }
                    return entities.accounts.name(of: reseller).map { ($0, .plain) } ?? ("…", .faint)
                },
                .lookup(key: \.customer.rawValue) { customer in
                    let reseller = entities.accounts[Account.ID(customer)]?.vendorAccount
                    return reseller.map { [entities.name(of: $0), $0.rawValue] } ?? []
                }, isSearched: false, isShown: !isOfOneCustomer),
            ListColumn(
                "product", .init("PRODUCT", .product(20, 40), .first(2)) { ($0?.title ?? "", .plain) }, .text(\.name)),
            ListColumn(
                "mpn",
                .init("MPN", .whole(10), .then(4)) { row in
                    cell(row, entities) { ($0.products.first?.mpn ?? "") + ($0.products.count > 1 ? "+" : "") }
                }, .sparse(kind: .text) { entities.details.map { ($0.key, .lines(mpns($0.value))) } }),
            ListColumn(
                "vendor", nil,
                .sparse(kind: .text) { entities.details.map { ($0.key, .lines($0.value.products.map(\.vendor))) } },
                isSearched: false, isShown: false),
            // A list names the first product of a subscription at most.
            ListColumn(
                "products", nil,
                .sparse(kind: .text) { entities.details.map { ($0.key, .lines($0.value.products.map(\.title))) } },
                isShown: false, partOf: "product"),
            ListColumn(
                "units",
                .init("UNITS", .whole(5), .first(4), alignment: .right) { cell($0, entities, units) },
                .sparse(kind: .number) {
                    entities.details.map { id, detail in (id, detail.quantity.map { .number($0) }) }
                }),
            ListColumn(
                "term", .init("TERM", .whole(5), .then(3)) { (term($0), .plain) },
                .ranked { ($0.subscriptionPeriod.days, term($0)) },
                isSearched: false),
            ListColumn(
                "auto", .init("AUTO", .whole(4), .then(5)) { (autoRenewal($0), .plain) }, .text { autoRenewal($0) },
                isSearched: false),
            ListColumn(
                "status",
                .init("STATUS", .whole(10), .then(10)) { ($0?.status.word ?? "", $0?.status.style ?? .plain) },
                .ranked { ($0.status.rank, $0.status.word) }, isShown: false),
            ListColumn(
                "state",
                .init(
                    "STATE", .forms(15, 18), .first(3),
                    short: { row in row.map { SubscriptionState($0, today: today).short } ?? "" },
                    text: { row in
                        guard let state = row.map({ SubscriptionState($0, today: today) }) else { return ("", .plain) }
                        return (state.words, state.style)
                    }),
                .ranked { row in
                    let state = SubscriptionState(row, today: today)
                    return (state.rank, state.words)
                }, isSearched: false),
            ListColumn("next", nil, .date { $0.comingDate(from: today) }, isSearched: false, isShown: false),
            date("renews", "RENEWS", \.turningDate, .then(11)), date("ends", "TERM ENDS", \.expires, .then(12)),
            ListColumn(
                "rate",
                .init("RATE/MO", .whole(12), .then(1), alignment: .right) { row in
                    cell(row, entities) { $0.monthlyRate?.description ?? "" }
                },
                .sparse(kind: .money) {
                    entities.details.map { id, detail in (id, detail.monthlyRate.map { .money($0) }) }
                }),
            // As it is billed: a year's price where a year is paid at once.
            ListColumn(
                "price",
                .init("PRICE", .whole(12), .then(14), alignment: .right) { row in
                    cell(row, entities) { $0.totalPrice?.description ?? "" }
                },
                .sparse(kind: .money) {
                    entities.details.map { id, detail in (id, detail.totalPrice.map { .money($0) }) }
                }, isSearched: false, isShown: false),
            ListColumn(
                "cost",
                .init("COST/MO", .whole(12), .then(13), alignment: .right) { row in
                    cell(row, entities) { $0.monthlyCost?.description ?? "" }
                },
                .sparse(kind: .money) {
                    entities.details.map { id, detail in (id, detail.monthlyCost.map { .money($0) }) }
                }, isSearched: false, isShown: false),
            ListColumn(
                "margin",
                .init("MARGIN", .whole(7), .then(6), alignment: .right) { row in
                    let (text, style) = cell(row, entities) { $0.monthlyMargin?.share ?? "" }
                    let tone = row.flatMap { entities.details[$0.id]?.monthlyMargin }?.style
                    return (text, tone ?? style)
                },
                .sparse(kind: .money) {
                    entities.details.map { id, detail in
                        (id, detail.monthlyMargin?.percent.map { .money(Money($0, "%")) })
                    }
                }, isSearched: false),
            date("created", "CREATED", \.created, .then(15)),
            date("changed", "CHANGED", \.modified, .then(8), isShown: true),
            ListColumn(
                "po",
                .init("LAST PO", .whole(14), .then(9)) { row in
                    guard let row, let number = entities.lastOrders[row.id]?.poNumber else { return ("", .plain) }
                    return (number, .plain)
                },
                .sparse(kind: .text) {
                    entities.details.map { id, _ in (id, entities.lastOrders[id]?.poNumber.map { .lines([$0]) }) }
                }, isSearched: false),
        ]
    }

    private static func date(
        _ name: String, _ title: String, _ date: @escaping @Sendable (Subscription) -> CalendarDate?,
        _ rank: ColumnLayout.Rank, isShown: Bool = false
    ) -> ListColumn<Subscription> {
        ListColumn(
            name, .init(title, .whole(11), rank) { ($0.flatMap(date)?.spoken ?? "", .plain) }, .date(date),
            isSearched: false, isShown: isShown)
    }

    /// A cell of what only details have: `…` as long as they were not read.
    private static func cell(
        _ row: Subscription?, _ entities: EntityStore, _ text: (SubscriptionDetail) -> String
    ) -> (String, Style) {
        guard let row else { return ("", .plain) }
        guard let detail = entities.details[row.id] else { return ("…", .faint) }
        return (text(detail), .plain)
    }

    /// `27+` when it has more products than one: the units of the first.
    @Sendable private static func units(_ detail: SubscriptionDetail) -> String {
        guard let units = detail.products.first?.quantity else { return detail.products.count > 1 ? "+" : "" }
        return Decimal(units).grouped(fractionDigits: 0) + (detail.products.count > 1 ? "+" : "")
    }

    private static func term(_ row: Subscription?) -> String {
        termAndBilling(term: row?.subscriptionPeriod, billing: row?.billingPeriod)
    }

    @Sendable private static func autoRenewal(_ row: Subscription?) -> String {
        switch row?.autoRenews {
        case true?: "on"
        case false?: "off"
        case nil: ""
        }
    }

    private static func mpns(_ detail: SubscriptionDetail) -> [String] { detail.products.map(\.mpn) }
}
