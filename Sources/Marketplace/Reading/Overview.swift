/// What needs a person now, worked out from the lists read so far.
public struct Overview: Hashable, Sendable {
    /// Why something needs a person, most urgent first.
    public enum Lane: Int, Hashable, Sendable, CaseIterable {
        /// Orders in error.
        case failed
        /// Open orders that take longer than usual.
        case stuck
        /// Customers on hold.
        case held
        /// Subscriptions that renew by themselves within a week.
        case renewing
        /// Subscriptions that end within a week.
        case ending
    }

    public enum Subject: Hashable, Sendable {
        case order(Order.ID)
        case subscription(Subscription.ID)
        case account(Account.ID)
    }

    public struct Item: Hashable, Sendable {
        public var subject: Subject
        public var customer: Account.ID
        /// Order number, product or status.
        public var label: String
        /// Of orders: when it was created.
        public var since: Instant?
        /// Of subscriptions: the day it renews or ends.
        public var on: CalendarDate?
        /// Of subscriptions whose renewal date is more than a month before their end: that end.
        public var ends: CalendarDate?

        public init(
            subject: Subject, customer: Account.ID, label: String, since: Instant? = nil, on: CalendarDate? = nil
        ) {
            self.subject = subject
            self.customer = customer
            self.label = label
            self.since = since
            self.on = on
        }
    }

    /// What it is worked out from; nil is not read yet.
    public struct Sources: Sendable {
        public var failed: Listing<Order>?
        public var submitted: Listing<Order>?
        public var processing: Listing<Order>?
        /// Orders of all states, which show how long they usually take.
        public var orders: Listing<Order>?
        public var subscriptions: Listing<Subscription>?
        public var customers: Listing<Account>?

        public init() {}

        /// Whether no list is read yet.
        public var isEmpty: Bool {
            failed == nil && submitted == nil && processing == nil && orders == nil && subscriptions == nil
                && customers == nil
        }
    }

    /// By lane, most urgent first; nil where the list it comes from is not read yet.
    public private(set) var items: [Lane: [Item]] = [:]
    /// Rows of the lists behind a lane that could not be read, where there are any: nothing is said of these.
    public private(set) var unreadable: [Lane: Int] = [:]
    /// Subscriptions that renew or end, for each of the 28 days from `firstDay` on.
    public private(set) var turning = [Int](repeating: 0, count: 28)
    /// The Monday of this week.
    public private(set) var firstDay: CalendarDate
    public private(set) var customers: Int?
    public private(set) var subscriptions: Int?
    /// How many subscriptions there are, when they are not all read yet.
    public private(set) var subscriptionsInAll: Int?
    /// Seconds after which an open order counts as stuck.
    public private(set) var overdueAfter: Double

    /// The same while too few orders were read to show what is usual.
    public static let standardOverdueAfter = 24 * 3600.0
    private static let leastOverdueAfter = 3600.0
    private static let minimumSample = 20
    private static let week = 7
    /// Days after its renewal date within which a subscription usually ends; a later end is worth a word.
    private static let month = 31

    /// - Parameter zone: Whose day is today.
    public init(_ sources: Sources, now: Instant, zone: Zone = .utc) {
        let today = zone.date(of: now)
        // Day 0 of the calendar, 1 January 1970, was a Thursday.
        let weekday = (Int(today.daysSince1970) + 3) % 7
        firstDay = today.adding(days: -weekday)
        overdueAfter = Self.overdueAfter(sources.orders?.rows ?? [])
        countUnreadable(in: sources)
        if let failed = sources.failed { items[.failed] = Self.items(of: failed.rows) }
        if let submitted = sources.submitted, let processing = sources.processing {
            let overdueAfter = overdueAfter
            items[.stuck] = Self.items(
                of: (submitted.rows + processing.rows).filter { order in
                    // One that waits for its date, such as a renewal, is not late (REFERENCE 10.4: AS).
                    guard !order.isWaiting, let created = order.created else {
                        return false
                    }
                    return now.seconds(since: created) > overdueAfter
                })
        }
        if let list = sources.customers {
            customers = list.total ?? list.rows.count
            items[.held] = list.rows.filter { [.creditHold, .adminHold, .error].contains($0.status) }.map {
                Item(subject: .account($0.id), customer: $0.id, label: $0.status.word)
            }
        }
        if let list = sources.subscriptions { take(list, today: today) }
    }

    private mutating func countUnreadable(in sources: Sources) {
        let open = (sources.submitted?.problems.count ?? 0) + (sources.processing?.problems.count ?? 0)
        let subscriptions = sources.subscriptions?.problems.count ?? 0
        let counts: [Lane: Int] = [
            .failed: sources.failed?.problems.count ?? 0, .stuck: open, .held: sources.customers?.problems.count ?? 0,
            .renewing: subscriptions, .ending: subscriptions,
        ]
        unreadable = counts.filter { $0.value > 0 }
    }

    private mutating func take(_ list: Listing<Subscription>, today: CalendarDate) {
        subscriptions = list.rows.count
        subscriptionsInAll = list.isComplete ? nil : list.total
        var renewing: [Item] = []
        var ending: [Item] = []
        for row in list.rows where row.status == .active || row.status == .hold {
            guard let day = row.nextDate(from: today) else { continue }
            let place = day.days(since: firstDay)
            if place >= 0, place < turning.count { turning[place] += 1 }
            let ahead = day.days(since: today)
            guard ahead >= 0, ahead <= Self.week else { continue }
            var item = Item(subject: .subscription(row.id), customer: row.customer, label: row.title, on: day)
            if let end = row.expires, day == row.renews, end.days(since: day) > Self.month { item.ends = end }
            if row.autoRenews == true { renewing.append(item) } else { ending.append(item) }
        }
        items[.renewing] = renewing.sorted { ($0.on ?? today, $0.label) < ($1.on ?? today, $1.label) }
        items[.ending] = ending.sorted { ($0.on ?? today, $0.label) < ($1.on ?? today, $1.label) }
    }

    /// Oldest first: they have waited longest.
    private static func items(of orders: [Order]) -> [Item] {
        let items = orders.map { order in
            Item(
                subject: .order(order.id), customer: order.customer,
                label: order.number.isEmpty ? order.id.rawValue : order.number, since: order.created)
        }
        let never = Instant(millisecondsSince1970: .max)
        return items.sorted { ($0.since ?? never) < ($1.since ?? never) }
    }

    /// Twice the time within which 95 of 100 orders were done, but an hour at least.
    private static func overdueAfter(_ orders: [Order]) -> Double {
        let times = orders.compactMap { order -> Double? in
            guard order.status == .completed, let created = order.created, let done = order.provisioned else {
                return nil
            }
            return done.seconds(since: created)
        }.sorted()
        guard times.count >= minimumSample else { return standardOverdueAfter }
        return max(leastOverdueAfter, 2 * times[(times.count - 1) * 95 / 100])
    }
}
