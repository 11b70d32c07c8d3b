import Marketplace
import Screen

extension SubscriptionsPane: OpeningPane {
    func setting(_ model: Model) -> ListSetting<Subscription> {
        ListSetting(columns(model), scope: Self.scope(model), model)
    }

    /// A reseller in view has no query of its own at the marketplace: its customers' rows are picked here.
    private static func scope(_ model: Model) -> [FilterTerm] {
        guard let scope = model.scope, model.customer == nil else { return [] }
        return [FilterTerm(condition: .line(Folding.folded(scope.rawValue), column: "reseller"))]
    }

    func columns(_ model: Model) -> [ListColumn<Subscription>] {
        [
            ListColumn(
                "id", .init("ID", width: 8, leaves: 4) { ($0?.id.rawValue ?? "", .plain) }, .unique(\.id.rawValue)),
            ListColumn(
                "customer",
                .init("CUSTOMER", width: 14, grows: 2, upTo: 34) { row in
                    (row.map { model.name(of: $0.customer) } ?? "", .plain)
                }, .account(\.customer, model), isShown: model.customer == nil),
            ListColumn(
                "product",
                .init("PRODUCT", width: model.customer == nil ? 24 : 20, grows: 3, upTo: 44) {
                    ($0?.title ?? "", .plain)
                },
                .text(\.name)),
            ListColumn(
                "units",
                .init("UNITS", width: 5, alignment: .right) { (Self.units($0, model), .plain) },
                .told(kind: .number) {
                    model.details.compactMap { id, detail in detail.quantity.map { (id, .number($0)) } }
                }),
            ListColumn(
                "status", .init("STATUS", width: 10) { ($0?.status.word ?? "", $0?.status.style ?? .plain) },
                .ranked { ($0.status.rank, $0.status.word) }),
            ListColumn(
                "term", .init("TERM", width: 5, leaves: 3) { (Self.term($0), .plain) },
                .ranked { ($0.subscriptionPeriod.days, Self.term($0)) },
                isSearched: false),
            ListColumn(
                "auto", .init("AUTO", width: 4, leaves: 5, text: Self.auto), .text { Self.auto($0).0 },
                isSearched: false),
            ListColumn(
                "renews", .init("RENEWS/ENDS", width: 11, leaves: 2) { Self.turning($0, model) }, .date(\.turningDate),
                isSearched: false),
        ] + moreColumns(model)
    }

    /// Columns that are shown when the person asks for them.
    private func moreColumns(_ model: Model) -> [ListColumn<Subscription>] {
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
                    (row.flatMap { model.details[$0.id] }.map { Self.mpns($0).joined(separator: " ") } ?? "", .plain)
                }, .told(kind: .text) { model.details.map { ($0.key, .lines(Self.mpns($0.value))) } }, isShown: false),
            ListColumn(
                "price",
                .init("PRICE", width: 14, leaves: 6, alignment: .right) { row in
                    (row.flatMap { model.details[$0.id]?.totalPrice?.description } ?? "", .plain)
                },
                .told(kind: .money) {
                    model.details.compactMap { id, detail in detail.totalPrice.map { (id, .money($0)) } }
                }, isShown: false),
            ListColumn(
                "reseller",
                .init("RESELLER", width: 14, grows: 1, upTo: 30, leaves: 6) { row in
                    let seller = row.flatMap { model.accounts[$0.customer]?.vendorAccount }
                    return (seller.map { model.name(of: $0) } ?? "", .plain)
                },
                .linked(key: \.customer.rawValue) { customer in
                    model.accounts[Account.ID(customer)]?.vendorAccount.map { [model.name(of: $0), $0.rawValue] } ?? []
                }, isSearched: false, isShown: false),
            date("created", "SINCE", \.created), date("changed", "CHANGED", \.modified),
            date("ends", "ENDS", \.expires),
        ]
    }

    private static func units(_ row: Subscription?, _ model: Model) -> String {
        guard let row else { return "" }
        guard let detail = model.details[row.id] else { return "…" }
        if detail.products.count > 1 { return "\(detail.products.count) pr." }
        return detail.quantity.map(grouped) ?? ""
    }

    private static func term(_ row: Subscription?) -> String {
        termAndBilling(term: row?.subscriptionPeriod, billing: row?.billingPeriod)
    }

    @Sendable private static func auto(_ row: Subscription?) -> (String, Style) {
        switch row?.autoRenews {
        case true: ("on", .plain)
        case false: ("off", .warning)
        case nil: ("", .plain)
        }
    }

    private static func turning(_ row: Subscription?, _ model: Model) -> (String, Style) {
        guard let row, let date = row.turningDate else { return ("", .plain) }
        let days = date.days(since: model.today)
        return (date.spoken, (0...30).contains(days) && row.autoRenews == false ? .warning : .plain)
    }

    private static func mpns(_ detail: SubscriptionDetail) -> [String] { detail.products.map(\.mpn) }
}
