import FoundationEssentials

/// What can still be undone of a subscription, by the rule of its vendor: units lot by lot, the whole of it, and by when
/// its renewal is to be decided. Counted by its orders, the only record of when units came (REFERENCE 10.2).
public struct SubscriptionWindows: Hashable, Sendable {
    /// The end of a window.
    public struct Deadline: Hashable, Sendable, Comparable {
        public var at: Instant
        /// Whether the time of day is known. Where only a day began it, the window ends no earlier than this.
        public var isExact: Bool

        public init(at: Instant, isExact: Bool) { (self.at, self.isExact) = (at, isExact) }

        public static func < (left: Self, right: Self) -> Bool { left.at < right.at }

        /// The last day on which something is possible for certain.
        public func lastDay(_ day: (Instant) -> CalendarDate) -> CalendarDate {
            day(isExact ? at : at.adding(seconds: -1))
        }
    }

    /// Units that came together.
    public struct Lot: Hashable, Sendable {
        public var units: Int
        /// Until when they can be taken away.
        public var until: Deadline

        public init(units: Int, until: Deadline) { (self.units, self.until) = (units, until) }
    }

    public enum Units: Hashable, Sendable {
        /// Those that can be taken away, the soonest end first, and how many of those that cannot.
        case lots([Lot], locked: Int)
        /// Orders that decide it were not read.
        case notRead
        /// An order does not state what it changed.
        case unclear

        /// How many units can be taken away at most; nil where nobody can say.
        public var removable: Int? {
            guard case .lots(let lots, _) = self else { return nil }
            return lots.reduce(0) { $0 + $1.units }
        }
    }

    public enum Cancellation: Hashable, Sendable {
        case open(until: Deadline)
        case closed(since: Deadline)
        case notRead
    }

    public let rule: VendorRule
    /// Nil where the rule does not say, or several products are held.
    public private(set) var units: Units?
    /// Nil where the rule does not say, or nothing says when it was bought.
    public private(set) var cancellation: Cancellation?
    /// The last day on which what becomes of it can be decided.
    public let decideBy: CalendarDate?
    /// The day it renews or ends: when locked units can be taken away.
    public let turnsOn: CalendarDate?

    /// - Parameters:
    ///   - orders: All of the subscription, recent changes with their lines; nil where they were not read.
    ///   - now: By the marketplace's clock.
    /// - Returns: Nil where no rule is about it, or it has ended.
    public init?(
        of detail: SubscriptionDetail, orders: [Order]?, rules: VendorRules, now: Instant, today: CalendarDate
    ) {
        let row = detail.subscription
        guard let rule = rules[detail], row.status == .active || row.status == .hold else { return nil }
        self.rule = rule
        decideBy = rule.decideBy(row, today: today)
        turnsOn = row.comingDate(from: today)
        let done = orders?.filter { $0.status == .completed }
        let opened = Self.opening(of: row, done)
        if let hours = rule.hoursToCancel {
            cancellation = opened.flatMap {
                let end = $0.adding(hours: hours)
                if end.at > now { return orders == nil ? .notRead : .open(until: end) }
                // Where only the day is known, a later hour of it may count.
                let isOver = end.isExact || end.at.adding(seconds: 86_400) <= now
                return orders == nil && !isOver ? .notRead : .closed(since: end)
            }
        }
        if let hours = rule.hoursToTakeAway, let held = detail.quantity {
            units = Self.units(held: held, done, opened: opened, hours: hours, now: now)
        }
    }

    /// When the current term was bought or began: by the order of it, or the first day of the term.
    private static func opening(of row: Subscription, _ orders: [Order]?) -> Deadline? {
        let start = row.termStart.map { Instant(startOf: $0) }
        let ordered = (orders ?? []).filter { $0.kind == .sales || $0.kind == .renewal || $0.kind == .migration }
            .compactMap(\.carriedOut).max()
        // An order of a day before the term's first one is that of the term: dates have no zone.
        if let ordered, start.map({ ordered >= $0.adding(seconds: -86_400) }) ?? true {
            return Deadline(at: ordered, isExact: true)
        }
        return start.map { Deadline(at: $0, isExact: false) }
    }

    private static func units(
        held: Int, _ orders: [Order]?, opened: Deadline?, hours: Int, now: Instant
    ) -> Units {
        guard let orders else { return .notRead }
        let first = now.adding(seconds: Double(-hours) * 3600)
        guard !orders.contains(where: { $0.kind == .change && $0.carriedOut == nil }) else { return .unclear }
        let changes = orders.filter { order in
            guard order.kind == .change, let moment = order.carriedOut else { return false }
            return moment > first && opened.map { moment > $0.at } ?? true
        }.sorted { ($0.carriedOut ?? now, $0.number) < ($1.carriedOut ?? now, $1.number) }
        var moves: [(at: Instant, units: Int)] = []
        for order in changes {
            guard !order.lines.isEmpty else { return .notRead }
            // What a switch of the plan does to the windows, the rule does not say.
            guard order.lines.count == 1,
                case .difference(let difference)? = order.meaning(ofQuantityIn: order.lines[0]),
                let units = Int(difference.units.description)
            else { return .unclear }
            moves.append((order.carriedOut ?? now, units))
        }
        let base = held - moves.reduce(0) { $0 + $1.units }
        guard base >= 0 else { return .unclear }
        var locked = base
        var lots: [Lot] = []
        if let opened, opened.at > first {
            lots.append(Lot(units: base, until: opened.adding(hours: hours)))
            locked = 0
        }
        for move in moves {
            if move.units > 0 {
                lots.append(
                    Lot(units: move.units, until: Deadline(at: move.at, isExact: true).adding(hours: hours)))
            }
            // What is taken away is taken from what came last: that can be given back longest.
            var rest = max(0, -move.units)
            while rest > 0, let last = lots.last {
                let taken = min(rest, last.units)
                lots[lots.count - 1].units -= taken
                if lots[lots.count - 1].units == 0 { lots.removeLast() }
                rest -= taken
            }
            locked -= rest
        }
        guard locked >= 0 else { return .unclear }
        return .lots(lots.filter { $0.units > 0 && $0.until.at > now }.sorted { $0.until < $1.until }, locked: locked)
    }
}

extension SubscriptionWindows.Deadline {
    fileprivate func adding(hours: Int) -> Self {
        Self(at: at.adding(seconds: Double(hours) * 3600), isExact: isExact)
    }
}

extension Order {
    /// When what it asks for came into force.
    public var carriedOut: Instant? { provisioned ?? created }
}

extension Subscription {
    /// The first day of the current term; nil without an end, or for a term that is not made of days.
    var termStart: CalendarDate? {
        guard let end = expires?.real, let period = subscriptionPeriod, period.count > 0,
            let first = end.adding(Period(-period.count, period.unit))
        else { return nil }
        return max(first, created ?? first)
    }
}
