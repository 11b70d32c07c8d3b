import FoundationEssentials

/// What renews by itself and what ends in the coming 90 days, with what it comes to in a month, a day, a week and within
/// a number of days. Renewals and ends are apart everywhere, and so are currencies.
public struct Renewals: Hashable, Sendable {
    /// The money of those that renew and of those that end; each says how many subscriptions it rests on.
    public struct Amounts: Hashable, Sendable {
        public private(set) var renewing = MonthlyMoney()
        public private(set) var ending = MonthlyMoney()

        public init() {}

        public subscript(kind: TurnKind) -> MonthlyMoney { kind == .renews ? renewing : ending }

        public var isEmpty: Bool { renewing.subscriptions == 0 && ending.subscriptions == 0 }

        public mutating func add(_ charges: SubscriptionCharges?, _ kind: TurnKind) {
            switch kind {
            case .renews: renewing.add(charges: charges)
            case .ends: ending.add(charges: charges)
            }
        }

        mutating func add(_ other: Amounts) {
            renewing.add(other.renewing)
            ending.add(other.ending)
        }
    }

    /// A subscription of a day.
    public struct Entry: Hashable, Sendable {
        public let turn: RenewalSchedule.Turn
        /// What was read of it; nil when that was not.
        public let charges: SubscriptionCharges?
        /// What it comes to in a month; nil when it was not read, or has no price by the month.
        public let rate: Money?

        fileprivate init(_ turn: RenewalSchedule.Turn, _ charges: SubscriptionCharges?) {
            self.turn = turn
            self.charges = charges
            rate = charges?.rate
        }
    }

    public let schedule: RenewalSchedule
    /// Of the days from the schedule's first one on: their entries in the schedule's order, and their sums.
    private var days: [Day]
    /// The sums of the twelve weeks, which are looked at with every key.
    private var weeks: [Amounts] = []

    private struct Day: Hashable {
        var entries: [Entry] = []
        var amounts = Amounts()
    }

    /// - Parameter charges: What was read of a subscription; nil when it was not.
    public init(_ schedule: RenewalSchedule, charges: (Subscription) -> SubscriptionCharges?) {
        self.schedule = schedule
        days = Array(repeating: Day(), count: schedule.lastDay.days(since: schedule.firstDay) + 1)
        for turn in schedule.turns {
            let charges = charges(turn.subscription)
            let place = turn.on.days(since: schedule.firstDay)
            days[place].entries.append(Entry(turn, charges))
            days[place].amounts.add(charges, turn.kind)
        }
        weeks = (0..<RenewalSchedule.weeks).map { sum(days.dropFirst($0 * 7).prefix(7)) }
    }

    // MARK: Sums

    public func amounts(on day: CalendarDate) -> Amounts {
        let place = day.days(since: schedule.firstDay)
        return days.indices.contains(place) ? days[place].amounts : Amounts()
    }

    /// - Parameter week: From 0, the week of today, to 11.
    public func amounts(inWeek week: Int) -> Amounts { weeks.indices.contains(week) ? weeks[week] : Amounts() }

    /// From today to so many days later.
    public func amounts(within count: Int) -> Amounts {
        sum(days.prefix(schedule.today.adding(days: count).days(since: schedule.firstDay) + 1))
    }

    /// From one day to another, both counted.
    public func amounts(from first: CalendarDate, to last: CalendarDate) -> Amounts {
        let start = max(first, schedule.firstDay)
        return sum(days.dropFirst(start.days(since: schedule.firstDay)).prefix(max(0, last.days(since: start) + 1)))
    }

    private func sum(_ days: ArraySlice<Day>) -> Amounts {
        days.reduce(into: Amounts()) { $0.add($1.amounts) }
    }

    // MARK: Rows

    /// The subscriptions of a day that renew, or end: the largest rate first, those of one currency together; then those
    /// without a rate, and those that were not read.
    public func entries(on day: CalendarDate, _ kind: TurnKind) -> [Entry] {
        let place = day.days(since: schedule.firstDay)
        guard days.indices.contains(place) else { return [] }
        let currencies = days[place].amounts[kind].sums.map(\.currency)
        let rank = Dictionary(uniqueKeysWithValues: currencies.enumerated().map { ($1, $0) })
        func key(_ entry: Entry) -> (group: Int, rate: Decimal) {
            guard entry.charges != nil else { return (currencies.count + 1, 0) }
            guard let rate = entry.rate else { return (currencies.count, 0) }
            return (rank[rate.currency] ?? 0, -rate.amount)
        }
        // Those of one rate stay in the schedule's order.
        return days[place].entries.filter { $0.turn.kind == kind }.enumerated()
            .map { (key: key($1), place: $0, entry: $1) }
            .sorted { ($0.key.group, $0.key.rate, $0.place) < ($1.key.group, $1.key.rate, $1.place) }
            .map(\.entry)
    }

    // MARK: What it rests on

    /// Those that were not read, the soonest first.
    public var unread: [Subscription.ID] {
        days.flatMap { day in day.entries.lazy.filter { $0.charges == nil }.map(\.turn.subscription.id) }
    }

    /// The first day of which something was not read: what renews or ends before it is complete. Nil when all was read.
    public var firstUnreadDay: CalendarDate? {
        days.firstIndex { day in day.amounts.renewing.unread + day.amounts.ending.unread > 0 }
            .map { schedule.firstDay.adding(days: $0) }
    }
}
