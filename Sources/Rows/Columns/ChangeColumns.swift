import Marketplace
import Screen

extension ListColumn where Row == Changes.Change {
    /// The columns of what changed.
    /// - Parameters:
    ///   - now: In relation to which dates are shown in few words.
    ///   - isOfOneCustomer: Whether all rows are of one customer, whose name is then not shown in each.
    public static func changes(
        _ entities: EntityStore, now: Instant, zone: Zone, isOfOneCustomer: Bool = false
    ) -> [ListColumn<Changes.Change>] {
        [
            ListColumn(
                "customer",
                .init("CUSTOMER", .name(16, 40), .first(1)) { row in
                    (row.map { entities.name(of: $0.customer) } ?? "", .plain)
                }, .account(\.customer, entities), isShown: !isOfOneCustomer),
            ListColumn(
                "what",
                .init("WHAT CHANGED", .name(21, 34), .first(2)) { ($0?.what ?? "", $0?.style ?? .plain) },
                .ranked { ($0.rank, $0.what) }),
            ListColumn("number", .init("ID", .whole(8), .first(3)) { ($0?.label ?? "", .plain) }, .unique(\.label)),
            ListColumn("id", nil, .unique(\.rawID)),
            ListColumn(
                "when",
                .init(
                    "WHEN", .forms(6, 12), .first(4), short: { $0.map { briefest($0, now, zone) } ?? "" },
                    text: { row in (row.map { brief($0, now, zone) } ?? "", row?.day == nil ? .faint : .plain) }),
                .date(\.day)),
            ListColumn(
                "about", .init("ABOUT", .name(14, 44), .first(5)) { ($0?.about ?? "", .plain) }, .text(\.about)),
            ListColumn(
                "status", .init("STATUS", .whole(10), .then(1)) { ($0?.status ?? "", $0?.statusStyle ?? .plain) },
                .text(\.status)),
            ListColumn(
                "kind", .init("KIND", .whole(12), .then(2)) { ($0?.kind ?? "", .plain) }, .text(\.kind), isShown: false),
        ]
    }

    private static func brief(_ row: Changes.Change, _ now: Instant, _ zone: Zone) -> String {
        if let at = row.at { return zone.brief(at, now: now) }
        guard let day = row.day else { return "no date" }
        let isThisYear = day.components.year == zone.date(of: now).components.year
        return isThisYear ? day.shortSpoken : day.spoken
    }

    private static func briefest(_ row: Changes.Change, _ now: Instant, _ zone: Zone) -> String {
        row.at.map { zone.briefest($0, now: now) } ?? row.day?.shortSpoken ?? ""
    }
}

extension Changes.Change {
    /// `order`, `subscription`, `customer`.
    public var kind: String {
        switch row {
        case .order: "order"
        case .subscription: "subscription"
        case .customer: "customer"
        }
    }

    /// By what happened, in the order in which kinds are named.
    fileprivate var rank: Int {
        let kinds = Changes.Kind.allCases
        return self.kinds.reduce(0) { rank, kind in rank * (kinds.count + 1) + (kinds.firstIndex(of: kind) ?? 0) + 1 }
    }

    fileprivate var style: Style {
        if kinds.contains(.failedOrder) { return .bad }
        return kinds.contains(.endedSubscription) || kinds.contains(.withdrawnOrder) ? .warning : .plain
    }

    fileprivate var statusStyle: Style {
        switch row {
        case .order(let order): order.status.style
        case .subscription(let subscription): subscription.status.style
        case .customer(let account): account.status.style
        }
    }
}
