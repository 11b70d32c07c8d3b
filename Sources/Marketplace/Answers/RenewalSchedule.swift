/// Whether a subscription renews by itself or ends. Never one number: the one costs without a word, the other is lost
/// without one.
public enum TurnKind: Hashable, Sendable, CaseIterable {
    case renews
    /// Automatic renewal is off, or not reported.
    case ends
}

extension Subscription {
    public var turnKind: TurnKind { autoRenews == true ? .renews : .ends }

    /// The day from `today` on when it renews by itself or ends, of one that runs; nil when it does neither any more. One
    /// that renews does so on its renewal date, and at the end of its term once that date is over; the others go by their
    /// end. Years 1, 1970 and 9999 are no date.
    public func comingDate(from today: CalendarDate) -> CalendarDate? {
        guard status == .active || status == .hold else { return nil }
        let end = expires.flatMap { $0.standsForNone ? nil : $0 }
        let renewal = renews.flatMap { $0.standsForNone ? nil : $0 }
        let days = turnKind == .renews ? [renewal, end] : [end ?? renewal]
        return days.compactMap(\.self).filter { $0 >= today }.min()
    }
}

/// Which subscriptions renew by themselves or end in the coming 90 days, and on which day. The one rule of when that is:
/// lanes, calendars, filters and commands all count by it.
public struct RenewalSchedule: Hashable, Sendable {
    /// A subscription that renews or ends on a day.
    public struct Turn: Hashable, Sendable {
        public let on: CalendarDate
        public let subscription: Subscription
        public var kind: TurnKind { subscription.turnKind }
    }

    /// How many renew, and how many end.
    public struct Count: Hashable, Sendable {
        public var renewing = 0
        public var ending = 0

        public init(renewing: Int = 0, ending: Int = 0) {
            self.renewing = renewing
            self.ending = ending
        }

        public var isEmpty: Bool { renewing == 0 && ending == 0 }

        static func + (left: Count, right: Count) -> Count {
            Count(renewing: left.renewing + right.renewing, ending: left.ending + right.ending)
        }
    }

    public static let weeks = 12
    /// How many days ahead are looked at.
    public static let daysAhead = 90

    public let today: CalendarDate
    /// The Monday of this week, where the first of the twelve weeks begins.
    public let firstDay: CalendarDate
    /// Soonest first; on one day by name.
    public let turns: [Turn]
    /// Of the days from `firstDay` on.
    private let counts: [Count]

    /// - Parameter rows: Of all subscriptions that count, in any order.
    public init(_ rows: some Sequence<Subscription>, today: CalendarDate) {
        self.today = today
        firstDay = today.adding(days: -today.daysSinceMonday)
        let last = today.adding(days: Self.daysAhead)
        var byDay = [[Turn]](repeating: [], count: last.days(since: firstDay) + 1)
        for row in rows {
            guard let day = row.comingDate(from: today), day <= last else { continue }
            byDay[day.days(since: firstDay)].append(Turn(on: day, subscription: row))
        }
        turns = byDay.flatMap { day in
            day.sorted {
                ($0.subscription.title, $0.subscription.id.rawValue) < (
                    $1.subscription.title, $1.subscription.id.rawValue
                )
            }
        }
        counts = byDay.map { day in
            let renewing = day.count { $0.kind == .renews }
            return Count(renewing: renewing, ending: day.count - renewing)
        }
    }

    /// The last day that is looked at.
    public var lastDay: CalendarDate { today.adding(days: Self.daysAhead) }

    public func count(on day: CalendarDate) -> Count {
        let place = day.days(since: firstDay)
        return counts.indices.contains(place) ? counts[place] : Count()
    }

    /// - Parameter week: From 0, the week of today, to 11.
    public func count(inWeek week: Int) -> Count {
        counts.dropFirst(week * 7).prefix(7).reduce(Count(), +)
    }

    /// From today to so many days later.
    public func count(within days: Int) -> Count {
        counts.prefix(today.adding(days: days).days(since: firstDay) + 1).reduce(Count(), +)
    }

    /// The first day from today on when something renews or ends.
    public var next: (on: CalendarDate, count: Count)? { turns.first.map { ($0.on, count(on: $0.on)) } }
}
