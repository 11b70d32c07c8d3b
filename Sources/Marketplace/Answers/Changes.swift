import FoundationEssentials

/// What changed from a moment or a day on: orders that came, ended or failed, subscriptions that were made, modified or
/// ended, customers that were made. The changes of a customer stand together.
///
/// It rests on what lists carry. Orders carry the moments of their creation and provisioning, subscriptions only days, and
/// customers no date at all (REFERENCE 7, 10 and 11). What has no date is counted apart, and never guessed.
public struct Changes: Hashable, Sendable {
    /// From when on.
    public enum Start: Hashable, Sendable {
        case moment(Instant)
        /// From the beginning of a day, in the zone in which days are counted.
        case day(CalendarDate)
    }

    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case newOrder, completedOrder, failedOrder, withdrawnOrder
        case newSubscription, modifiedSubscription, endedSubscription
        /// Made by this program: its journal knows when.
        case newCustomer
        /// Listed before every customer of whom anything older is known, newest first.
        case perhapsNewCustomer
    }

    /// What changed, as its list has it now.
    public enum Row: Hashable, Sendable {
        case order(Order)
        case subscription(Subscription)
        case customer(Account)
    }

    /// All that happened to one order, subscription or customer.
    public struct Change: Hashable, Sendable, Identifiable {
        public let row: Row
        /// In the order in which they came about.
        public let kinds: [Kind]
        /// The day of the latest of them, in the zone in which days are counted; nil where none is reported.
        public let day: CalendarDate?
        /// The moment of it; nil where only a day is reported, or nothing.
        public let at: Instant?

        public var id: Overview.Subject {
            switch row {
            case .order(let order): .order(order.id)
            case .subscription(let subscription): .subscription(subscription.id)
            case .customer(let account): .account(account.id)
            }
        }

        public var customer: Account.ID {
            switch row {
            case .order(let order): order.customer
            case .subscription(let subscription): subscription.customer
            case .customer(let account): account.id
            }
        }
    }

    public let start: Start
    /// Those of one customer together, the customer with the latest change first, and of each customer the latest first.
    public let changes: [Change]
    /// How many customers they are of.
    public let customers: Int
    /// How many orders, subscriptions and customers each happened to.
    public let counts: [Kind: Int]
    /// Orders from before that are failed, withdrawn or completed, and do not say when that came about.
    public let undatedEnds: [Kind: Int]
    /// Orders and subscriptions without any date.
    public let undated: Int
    public let ordersRead: ReadExtent
    public let subscriptionsRead: ReadExtent
    public let customersRead: ReadExtent
    /// Whether it can be said which customers may be new: only when all orders and subscriptions were read, and a
    /// customer in the list has something from before.
    public let knowsNewCustomers: Bool

    public typealias ReadExtent = CustomerCard.ReadExtent

    /// - Parameters:
    ///   - orders: Of all or some customers, as far as they were read; nil when they were not. So with the others.
    ///   - customers: Newest first, as the marketplace lists them.
    ///   - made: Customers that this program made, and when.
    ///   - now: By the marketplace's clock. What lies more than a day ahead of it is no date of something that happened.
    ///   - zone: In which days are counted.
    ///   - counts: Whether the rows of a customer count.
    public init(
        since start: Start, orders: Listing<Order>?, subscriptions: Listing<Subscription>?,
        customers: Listing<Account>?, made: [Account.ID: Instant] = [:], now: Instant, zone: Zone,
        of isMember: (Account.ID) -> Bool = { _ in true }
    ) {
        let reckoning = Reckoning(start: start, now: now, zone: zone)
        var (changes, ends, undated): ([Change], [Kind: Int], Int) = ([], [:], 0)
        /// Customers of whom something from before is known.
        var earlier: Set<Account.ID> = []
        for order in orders?.rows ?? [] where isMember(order.customer) {
            let found = reckoning.change(of: order)
            if let change = found.change { changes.append(change) }
            if let end = found.undatedEnd { ends[end, default: 0] += 1 }
            if found.isUndated { undated += 1 }
            if found.isEarlier { earlier.insert(order.customer) }
        }
        for subscription in subscriptions?.rows ?? [] where isMember(subscription.customer) {
            let found = reckoning.change(of: subscription)
            if let change = found.change { changes.append(change) }
            if found.isUndated { undated += 1 }
            if found.isEarlier { earlier.insert(subscription.customer) }
        }
        ordersRead = ReadExtent(orders)
        subscriptionsRead = ReadExtent(subscriptions)
        customersRead = ReadExtent(customers)
        let accounts = (customers?.rows ?? []).filter { isMember($0.id) }
        let ahead = accounts.prefix { !earlier.contains($0.id) }
        knowsNewCustomers = ordersRead.isComplete && subscriptionsRead.isComplete && ahead.count < accounts.count
        var mayBeNew = knowsNewCustomers ? Array(ahead) : []
        for (id, moment) in made.sorted(by: { $0.key.rawValue < $1.key.rawValue }) where isMember(id) {
            mayBeNew.removeAll { $0.id == id }
            guard reckoning.includes(moment) else { continue }
            let account =
                accounts.first { $0.id == id } ?? Account(id: id, kind: .customer, name: "", status: .other(""))
            changes.append(
                Change(row: .customer(account), kinds: [.newCustomer], day: zone.date(of: moment), at: moment))
        }
        changes += mayBeNew.map { Change(row: .customer($0), kinds: [.perhapsNewCustomer], day: nil, at: nil) }
        (self.start, self.undated, undatedEnds) = (start, undated, ends)
        let groups = Dictionary(grouping: changes, by: \.customer).mapValues { $0.sorted(by: Change.precedes) }
        self.customers = groups.count
        self.changes = groups.values.sorted { Change.precedes($0[0], $1[0]) }.flatMap(\.self)
        counts = changes.reduce(into: [:]) { counts, change in
            for kind in change.kinds { counts[kind, default: 0] += 1 }
        }
    }

    /// Whether all three lists were read to their ends.
    public var isComplete: Bool { ordersRead.isComplete && subscriptionsRead.isComplete && customersRead.isComplete }
}

extension JournalEntry {
    /// The customer that it made; nil where it made none, or another user made it.
    private var madeCustomer: Account.ID? {
        guard sender.isOwn, method == "POST", path.split(separator: "/").last == "customers" else { return nil }
        return outcome.made.map { Account.ID($0) }
    }

    /// The customers that the profile's user made, and when.
    public static func customersMade(in entries: [JournalEntry]) -> [Account.ID: Instant] {
        entries.reduce(into: [:]) { made, entry in
            if let id = entry.madeCustomer { made[id] = entry.endedAt ?? entry.at }
        }
    }
}

extension Changes.Change {
    /// The latest first; of one day those with a time first; what has no date comes last.
    fileprivate static func precedes(_ left: Self, _ right: Self) -> Bool { left.rank < right.rank }

    private var rank: (Int, Int64, String, String) {
        let day = self.day.map { -Int($0.daysSince1970) } ?? .max
        let moment = at.map { -$0.millisecondsSince1970 } ?? .max
        return switch row {
        case .order(let order): (day, moment, customer.rawValue, "1 \(order.id)")
        case .subscription(let subscription): (day, moment, customer.rawValue, "2 \(subscription.id)")
        case .customer: (day, moment, customer.rawValue, "0")
        }
    }
}

/// What is after the start, and what is a date at all.
private struct Reckoning {
    let start: Changes.Start
    let zone: Zone
    private let latest: Instant
    private let lastDay: CalendarDate
    /// From which days on what carries only days counts. Nobody says in which zone those are (REFERENCE 16): of a moment it
    /// is the earlier of its days here and in UTC.
    private let firstDay: CalendarDate

    struct Found {
        var change: Changes.Change?
        /// Ended, and nobody says when.
        var undatedEnd: Changes.Kind?
        var isUndated = false
        /// Whether it is from before the start.
        var isEarlier = false
    }

    init(start: Changes.Start, now: Instant, zone: Zone) {
        (self.start, self.zone) = (start, zone)
        latest = now.adding(seconds: 86_400)
        lastDay = zone.date(of: now).adding(days: 1)
        switch start {
        case .day(let day): firstDay = day
        case .moment(let moment): firstDay = min(zone.date(of: moment), moment.utcDate)
        }
    }

    func includes(_ moment: Instant) -> Bool {
        switch start {
        case .moment(let start): moment >= start
        case .day(let day): zone.date(of: moment) >= day
        }
    }

    private func known(_ moment: Instant?) -> Instant? {
        moment.flatMap { $0.utcDate.standsForNone || $0 > latest ? nil : $0 }
    }

    private func known(_ day: CalendarDate?) -> CalendarDate? {
        day.flatMap { $0.standsForNone || $0 > lastDay ? nil : $0 }
    }

    func change(of order: Order) -> Found {
        let created = known(order.created)
        let ended = order.status.isFinal ? known(order.provisioned) : nil
        let isNew = created.map(includes) ?? false
        let end: Changes.Kind? =
            switch order.status {
            case .completed: .completedOrder
            case .error: .failedOrder
            case .cancelled: .withdrawnOrder
            case .submitted, .processing, .other: nil
            }
        var found = Found()
        found.isEarlier = !isNew && created != nil
        var kinds: [Changes.Kind] = isNew ? [.newOrder] : []
        if let end {
            // What came after the start has ended after it as well.
            if isNew || ended.map(includes) == true {
                kinds.append(end)
            } else if ended == nil {
                found.undatedEnd = end
            }
        } else if created == nil {
            found.isUndated = true
        }
        guard !kinds.isEmpty else { return found }
        let moment = [isNew ? created : nil, ended].compactMap(\.self).max()
        found.change = Changes.Change(row: .order(order), kinds: kinds, day: moment.map(zone.date), at: moment)
        return found
    }

    func change(of subscription: Subscription) -> Found {
        let (created, modified) = (known(subscription.created), known(subscription.modified))
        let expires = subscription.hasEnded ? known(subscription.expires) : nil
        func counts(_ day: CalendarDate?) -> CalendarDate? { day.flatMap { $0 >= firstDay ? $0 : nil } }
        let (new, end) = (counts(created), counts(expires))
        var change = counts(modified)
        // Being set up, and being ended, is no further change.
        if let made = created, let day = change, day <= made { change = nil }
        if let end, let day = change, day >= end { change = nil }
        var kinds: [Changes.Kind] = []
        if new != nil { kinds.append(.newSubscription) }
        if change != nil { kinds.append(.modifiedSubscription) }
        if end != nil { kinds.append(.endedSubscription) }
        var found = Found()
        found.isEarlier = created.map { $0 < firstDay } ?? false
        found.isUndated = created == nil && modified == nil && expires == nil
        guard !kinds.isEmpty else { return found }
        let day = [new, change, end].compactMap(\.self).max()
        found.change = Changes.Change(row: .subscription(subscription), kinds: kinds, day: day, at: nil)
        return found
    }
}
