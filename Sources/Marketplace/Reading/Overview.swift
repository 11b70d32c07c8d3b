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
        /// Of orders: why it has not come to a good end.
        public var reason: String?
        /// Of orders: when it was created.
        public var since: Instant?
        /// Of subscriptions: the day it renews or ends.
        public var on: CalendarDate?

        public init(
            subject: Subject, customer: Account.ID, label: String, reason: String? = nil, since: Instant? = nil,
            on: CalendarDate? = nil
        ) {
            self.subject = subject
            self.customer = customer
            self.label = label
            self.reason = reason
            self.since = since
            self.on = on
        }
    }

    /// Whose rows are counted.
    public enum Scope: Hashable, Sendable {
        case all
        case customer(Account.ID)
        case customersOf(Account.ID)
    }

    /// A reason, and how many rows of a lane have it.
    public struct ReasonCount: Hashable, Sendable {
        public var reason: String
        public var count: Int

        public init(reason: String, count: Int) {
            self.reason = reason
            self.count = count
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
        /// The customers of the reseller whose rows are counted.
        public var members: Listing<Account>?

        public init() {}

        /// Whether no list is read yet.
        public var isEmpty: Bool {
            failed == nil && submitted == nil && processing == nil && orders == nil && subscriptions == nil
                && customers == nil && members == nil
        }
    }

    /// By lane, most urgent first; nil where the list it comes from is not read yet.
    public private(set) var items: [Lane: [Item]] = [:]
    /// The reasons of a lane's rows, the most frequent first.
    public private(set) var reasons: [Lane: [ReasonCount]] = [:]
    /// Rows of the lists behind a lane that could not be read, where there are any: nothing is said of these.
    public private(set) var unreadable: [Lane: Int] = [:]
    /// Lanes whose lists are not read to their end: they may hold more.
    public private(set) var partlyRead: Set<Lane> = []
    /// What renews and ends in the coming 90 days; nil while the subscriptions are not read.
    public private(set) var schedule: RenewalSchedule?
    /// The running subscriptions of the customers on hold.
    public private(set) var heldSubscriptions: [Subscription] = []
    public private(set) var customers: Int?
    public private(set) var subscriptions: Int?
    /// How many subscriptions there are, when they are not all read yet.
    public private(set) var subscriptionsInAll: Int?
    public let orderTimes: OrderTimes
    /// Seconds after which an open order counts as stuck.
    public var overdueAfter: Double { orderTimes.overdueAfter }

    /// Days from today within which renewals and ends need a person.
    public static let daysAhead = 7

    private let today: CalendarDate

    /// - Parameter zone: Whose day is today.
    public init(_ sources: Sources, of scope: Scope = .all, now: Instant, zone: Zone = .utc) {
        today = zone.date(of: now)
        orderTimes = OrderTimes(of: sources.orders?.rows ?? [])
        guard let isInScope = Self.filter(scope, sources) else { return }
        countUnreadable(in: sources)
        if let failed = sources.failed {
            items[.failed] = Self.items(of: failed.rows.filter { isInScope($0.customer) })
        }
        if let submitted = sources.submitted, let processing = sources.processing {
            let overdueAfter = overdueAfter
            items[.stuck] = Self.items(
                of: (submitted.rows + processing.rows).filter { order in
                    // One that waits for its date, such as a renewal, is not late (REFERENCE 10.4: AS).
                    guard isInScope(order.customer), !order.isWaiting, let created = order.created else {
                        return false
                    }
                    return now.seconds(since: created) > overdueAfter
                })
        }
        if let list = scope.reseller == nil ? sources.customers : sources.members {
            let rows = scope == .all ? list.rows : list.rows.filter { isInScope($0.id) }
            customers = scope == .all ? list.total ?? rows.count : rows.count
            items[.held] = rows.filter { [.creditHold, .adminHold, .error].contains($0.status) }.map {
                Item(subject: .account($0.id), customer: $0.id, label: $0.status.word, reason: $0.status.word)
            }
        }
        if let list = sources.subscriptions { take(list, isInScope, isWhole: scope == .all) }
        for lane in [Lane.failed, .stuck, .held] { reasons[lane] = Self.reasons(of: items[lane] ?? []) }
    }

    /// Whether a row of this customer counts; nil while it is not read which customers do.
    private static func filter(_ scope: Scope, _ sources: Sources) -> ((Account.ID) -> Bool)? {
        switch scope {
        case .all: return { _ in true }
        case .customer(let id): return { $0 == id }
        case .customersOf:
            guard let members = sources.members else { return nil }
            let ids = Set(members.rows.map(\.id))
            return { ids.contains($0) }
        }
    }

    private mutating func countUnreadable(in sources: Sources) {
        let open = (sources.submitted?.problems.count ?? 0) + (sources.processing?.problems.count ?? 0)
        let subscriptions = sources.subscriptions?.problems.count ?? 0
        let counts: [Lane: Int] = [
            .failed: sources.failed?.problems.count ?? 0, .stuck: open, .held: sources.customers?.problems.count ?? 0,
            .renewing: subscriptions, .ending: subscriptions,
        ]
        unreadable = counts.filter { $0.value > 0 }
        if sources.failed?.isComplete == false { partlyRead.insert(.failed) }
        if sources.submitted?.isComplete == false || sources.processing?.isComplete == false {
            partlyRead.insert(.stuck)
        }
        if (sources.members ?? sources.customers)?.isComplete == false { partlyRead.insert(.held) }
        if sources.subscriptions?.isComplete == false { partlyRead.formUnion([.renewing, .ending]) }
        // Without all customers of a reseller, rows of its others are missing in every lane.
        if sources.members?.isComplete == false { partlyRead.formUnion(Lane.allCases) }
    }

    private mutating func take(_ list: Listing<Subscription>, _ isInScope: (Account.ID) -> Bool, isWhole: Bool) {
        let rows = isWhole ? list.rows : list.rows.filter { isInScope($0.customer) }
        let schedule = RenewalSchedule(rows, today: today)
        self.schedule = schedule
        subscriptions = rows.count
        subscriptionsInAll = list.isComplete || !isWhole ? nil : list.total
        let soon = schedule.turns.prefix { $0.on.days(since: today) <= Self.daysAhead }
        func items(_ kind: TurnKind) -> [Item] {
            soon.filter { $0.kind == kind }.map { turn in
                let row = turn.subscription
                return Item(subject: .subscription(row.id), customer: row.customer, label: row.title, on: turn.on)
            }
        }
        self.items[.renewing] = items(.renews)
        self.items[.ending] = items(.ends)
        let held = Set((self.items[.held] ?? []).map(\.customer))
        guard !held.isEmpty else { return }
        heldSubscriptions = rows.filter { held.contains($0.customer) && ($0.status == .active || $0.status == .hold) }
    }

    /// Oldest first: they have waited longest.
    private static func items(of orders: [Order]) -> [Item] {
        let items = orders.map { order in
            Item(
                subject: .order(order.id), customer: order.customer,
                label: order.number.isEmpty ? order.id.rawValue : order.number, reason: order.reason,
                since: order.created)
        }
        let never = Instant(millisecondsSince1970: .max)
        return items.sorted { ($0.since ?? never) < ($1.since ?? never) }
    }

    private static func reasons(of items: [Item]) -> [ReasonCount] {
        var counts: [String: Int] = [:]
        for item in items {
            // That it failed is said by the lane.
            let reason = item.reason.flatMap { $0 == "failed" ? nil : $0 }
            counts[reason ?? "other", default: 0] += 1
        }
        if counts.count == 1, counts["other"] != nil { return [] }
        return counts.map { ReasonCount(reason: $0.key, count: $0.value) }.sorted {
            ($0.reason == "other" ? 1 : 0, -$0.count, $0.reason) < ($1.reason == "other" ? 1 : 0, -$1.count, $1.reason)
        }
    }
}

extension Overview.Scope {
    /// The reseller whose customers' rows are counted.
    public var reseller: Account.ID? { if case .customersOf(let id) = self { id } else { nil } }
}

extension Order {
    /// Why it stands where it stands, in few words (REFERENCE 10.4); nil where nothing is to be said.
    public var reason: String? {
        switch (status, statusCode) {
        case (.error, "PF"): "provisioning failed"
        case (.error, _): "failed"
        case (_, _) where !status.isFinal && scheduledOn != nil: "at the renewal"
        case (.submitted, "NP"), (.submitted, "WP"): "waits for payment"
        case (.submitted, "HL"): "held"
        case (.submitted, "PD"): "paid, waits"
        case (.processing, "LO"): "at the vendor"
        case (.processing, "AS"), (.processing, "PR"), (.processing, "I4"): "waits for its date"
        default: nil
        }
    }
}
