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
                "id", .init("ID", width: 8, leaves: 4) { ($0?.id.rawValue ?? "", .plain) }, .unique(\.id.rawValue)),
            ListColumn(
                "customer",
                .init("CUSTOMER", width: 14, grows: 2, upTo: 34) { row in
                    (row.map { entities.name(of: $0.customer) } ?? "", .plain)
                }, .account(\.customer, entities), isShown: !isOfOneCustomer),
            ListColumn(
                "product",
                .init("PRODUCT", width: isOfOneCustomer ? 20 : 24, grows: 3, upTo: 44) { ($0?.title ?? "", .plain) },
                .text(\.name)),
            ListColumn(
                "units",
                .init("UNITS", width: 5, alignment: .right) { (units($0, entities), .plain) },
                .sparse(kind: .number) {
                    entities.details.map { id, detail in (id, detail.quantity.map { .number($0) }) }
                }),
            ListColumn(
                "status", .init("STATUS", width: 10) { ($0?.status.word ?? "", $0?.status.style ?? .plain) },
                .ranked { ($0.status.rank, $0.status.word) }),
            ListColumn(
                "term", .init("TERM", width: 5, leaves: 3) { (term($0), .plain) },
                .ranked { ($0.subscriptionPeriod.days, term($0)) },
                isSearched: false),
            ListColumn(
                "auto", .init("AUTO", width: 4, leaves: 5, text: autoRenewal), .text { autoRenewal($0).0 },
                isSearched: false),
            ListColumn(
                "renews", .init("RENEWS/ENDS", width: 11, leaves: 2) { turningDate($0, today) }, .date(\.turningDate),
                isSearched: false),
        ] + moreSubscriptionColumns(entities)
    }

    /// Columns that are shown when the person asks for them.
    private static func moreSubscriptionColumns(_ entities: EntityStore) -> [ListColumn<Subscription>] {
        func date(_ name: String, _ title: String, _ date: @escaping @Sendable (Subscription) -> CalendarDate?)
            -> ListColumn<Subscription>
        {
            ListColumn(
                name, .init(title, width: 11, leaves: 6) { ($0.flatMap(date)?.spoken ?? "", .plain) }, .date(date),
                isSearched: false, isShown: false)
        }
        return [
            ListColumn(
                "mpn",
                .init("MPN", width: 12, grows: 1, upTo: 24, leaves: 6) { row in
                    (row.flatMap { entities.details[$0.id] }.map { mpns($0).joined(separator: " ") } ?? "", .plain)
                }, .sparse(kind: .text) { entities.details.map { ($0.key, .lines(mpns($0.value))) } }, isShown: false),
            // A list names the first product of a subscription at most.
            ListColumn(
                "products", nil,
                .sparse(kind: .text) { entities.details.map { ($0.key, .lines($0.value.products.map(\.title))) } },
                isShown: false, partOf: "product"),
            ListColumn(
                "price",
                .init("PRICE", width: 14, leaves: 6, alignment: .right) { row in
                    (row.flatMap { entities.details[$0.id]?.totalPrice?.description } ?? "", .plain)
                },
                .sparse(kind: .money) {
                    entities.details.map { id, detail in (id, detail.totalPrice.map { .money($0) }) }
                }, isShown: false),
            ListColumn(
                "reseller",
                .init("RESELLER", width: 14, grows: 1, upTo: 30, leaves: 6) { row in
                    let reseller = row.flatMap { entities.accounts[$0.customer]?.vendorAccount }
                    return (reseller.map { entities.name(of: $0) } ?? "", .plain)
                },
                .lookup(key: \.customer.rawValue) { customer in
                    let reseller = entities.accounts[Account.ID(customer)]?.vendorAccount
                    return reseller.map { [entities.name(of: $0), $0.rawValue] } ?? []
                }, isSearched: false, isShown: false),
            date("created", "SINCE", \.created), date("changed", "CHANGED", \.modified),
            date("ends", "ENDS", \.expires),
        ]
    }

    private static func units(_ row: Subscription?, _ entities: EntityStore) -> String {
        guard let row else { return "" }
        guard let detail = entities.details[row.id] else { return "…" }
        if detail.products.count > 1 { return "\(detail.products.count) pr." }
        return detail.quantity.map { Decimal($0).grouped(fractionDigits: 0) } ?? ""
    }

    private static func term(_ row: Subscription?) -> String {
        termAndBilling(term: row?.subscriptionPeriod, billing: row?.billingPeriod)
    }

    @Sendable private static func autoRenewal(_ row: Subscription?) -> (String, Style) {
        switch row?.autoRenews {
        case true: ("on", .plain)
        case false: ("off", .warning)
        case nil: ("", .plain)
        }
    }

    private static func turningDate(_ row: Subscription?, _ today: CalendarDate) -> (String, Style) {
        guard let row, let date = row.turningDate else { return ("", .plain) }
        let days = date.days(since: today)
        return (date.spoken, (0...30).contains(days) && row.autoRenews == false ? .warning : .plain)
    }

    private static func mpns(_ detail: SubscriptionDetail) -> [String] { detail.products.map(\.mpn) }
}
