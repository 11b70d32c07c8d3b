import FoundationEssentials
import HashTreeCollections
import Marketplace
import Screen

/// What the columns of orders are made of, beside the orders.
public struct OrderContext: Sendable {
    public var entities: EntityStore
    /// Orders that were read alone, later than the list: their status, lines and amounts are shown.
    public var latest: TreeDictionary<Order.ID, Snapshot<Order>> = [:]
    /// What the age of an open order is measured to.
    public var now: Instant
    public var zone = Zone.utc
    public var times = OrderTimes()
    /// Whether all rows are of one customer, whose name is then not shown in each.
    public var isOfOneCustomer = false

    public init(_ entities: EntityStore, now: Instant) {
        self.entities = entities
        self.now = now
    }

    func current(_ row: Order) -> Order { latest[row.id]?.value ?? row }

    /// Its place in the own order of a list.
    @Sendable fileprivate func rank(of row: Order) -> Int64 {
        let state = OrderState(row, now: now, overdueAfter: times.overdueAfter)
        let group = state.isOpen ? state.rawValue : OrderState.scheduled.rawValue
        // No time of day comes near the space between two groups.
        return (Int64(group) + 1) << 52 - (row.created?.millisecondsSince1970 ?? 0)
    }

    func state(of row: Order) -> OrderState { OrderState(current(row), now: now, overdueAfter: times.overdueAfter) }

    /// The name of the order's product, or that of the subscription which it renews or ends.
    func product(of order: Order) -> String? {
        order.productName ?? order.subscription.flatMap { entities.details[$0]?.subscription.title }
    }

    /// Why it stands where it stands; with the day, where it waits for a renewal that is known, and with the time that
    /// others take, where it takes longer.
    func reason(of order: Order) -> String? {
        if OrderState(order, now: now, overdueAfter: times.overdueAfter) == .stuck {
            return OrderState.stuckWords(order.reason, usualTime: times.usual)
        }
        guard let reason = order.reason else { return nil }
        guard !order.status.isFinal, order.scheduledOn != nil,
            let day = order.subscription.flatMap({ entities.details[$0]?.subscription.renews })
        else { return reason }
        return "\(reason), \(day.spoken)"
    }

    /// A cell of what only details have: `…` as long as they were not read.
    func cell(_ row: Order?, _ text: (Order) -> String?) -> (String, Style) {
        guard let row else { return ("", .plain) }
        if let text = text(current(row)) { return (text, .plain) }
        return latest[row.id]?.value == nil ? ("…", .faint) : ("", .plain)
    }

    /// The values of a sparse column.
    func values(_ value: (Order) -> ColumnValue?) -> [(Order.ID, ColumnValue?)] {
        latest.compactMap { id, order in order.value.map { (id, value($0)) } }
    }
}

extension ListColumn where Row == Order {
    /// The columns of orders.
    public static func orders(_ context: OrderContext) -> [ListColumn<Order>] {
        [
            ListColumn("order", .init("ORDER", .whole(8), .first(1)) { ($0?.label ?? "", .plain) }, .unique(\.label)),
            ListColumn(
                "kind",
                .init(
                    "KIND", .forms(6, 12), .then(2), short: { $0?.kind.shortWord ?? "" },
                    text: { ($0?.kind.word ?? "", .plain) }), .text(\.kind.word)),
            ListColumn(
                "customer",
                .init("CUSTOMER", .name(16, 22), .first(3)) { row in
                    (row.map { context.entities.name(of: $0.customer) } ?? "", .plain)
                }, .account(\.customer, context.entities), isShown: !context.isOfOneCustomer),
            ListColumn(
                "product",
                .init("PRODUCT", .product(18, 30), .first(4)) { context.cell($0) { context.product(of: $0) } },
                .sparse(kind: .text) { context.values { order in context.product(of: order).map { .lines([$0]) } } }),
            ListColumn(
                "units",
                .init("UNITS", .whole(5), .first(5), alignment: .right) { context.cell($0, \.unitsWords) },
                .sparse(kind: .number) { context.values { units(of: $0).map { .number($0) } } }, isSearched: false),
            ListColumn(
                "total",
                .init("TOTAL", .whole(11), .then(1), alignment: .right) { context.cell($0, \.total?.description) },
                .sparse(kind: .money) { context.values { $0.total.map { .money($0) } } }, isSearched: false),
            ListColumn("status", nil, .ranked { ($0.status.rank, statusWords($0)) }),
            ListColumn(
                "state",
                .init("STATE", .whole(10), .first(2)) { row in
                    guard let row else { return ("", .plain) }
                    let state = context.state(of: row)
                    return (state.word(context.current(row).status), state.style)
                },
                .ranked { row in
                    let state = OrderState(row, now: context.now, overdueAfter: context.times.overdueAfter)
                    return (state.rawValue, state.word(row.status))
                }),
            ListColumn(
                "reason",
                .init("REASON", .name(19, 30), .then(3)) { row in
                    (row.flatMap { context.reason(of: context.current($0)) } ?? "", .plain)
                }, .text { $0.reason ?? "" }),
            ListColumn(
                "po",
                .init("PO NUMBER", .whole(14), .then(4)) { context.cell($0, \.poNumber) },
                .sparse(kind: .text) { context.values { order in order.poNumber.map { .lines([$0]) } } }),
            ListColumn(
                "created",
                .init("CREATED", .whole(12), .then(5)) { row in
                    guard let created = row?.created else { return ("not reported", .faint) }
                    return (context.zone.brief(created, now: context.now), .plain)
                }, .instant(\.created)),
            ListColumn(
                "age",
                .init("AGE", .whole(6), .first(6), alignment: .right) { row in
                    guard let row, let created = row.created, context.state(of: row).isOpen else { return ("", .plain) }
                    return (briefDuration(seconds: context.now.seconds(since: created)), .plain)
                }, .instant { $0.status.isFinal ? nil : $0.created }, isSearched: false),
        ]
    }

    /// The own order of a list of orders: failed ones, those that take too long, other open ones, then all others; the
    /// newest first among each.
    public static func ownOrder(_ context: OrderContext) -> ListColumn<Order> { ownOrder(context.rank) }

    /// The status, and the code that the marketplace gives with it: both can be searched.
    private static func statusWords(_ row: Order) -> String {
        [row.status.word, row.statusCode ?? ""].joined(separator: " ")
    }

    private static func units(of order: Order) -> Int? {
        guard order.lines.count == 1, let meaning = order.meaning(ofQuantityIn: order.lines[0]) else { return nil }
        let number: Decimal =
            switch meaning {
            case .units(let units): units
            case .difference(let difference): difference.units
            case .totalAtRenewal(let total): total
            }
        return Int(number.cut(fractionDigits: 0))
    }
}
