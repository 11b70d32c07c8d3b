import FoundationEssentials

/// What one wants of a customer who is on the phone: how it stands, whom to call, what it holds and what that comes to, which
/// orders are open or failed and what to say of them, what renews or ends next, and what was written from here.
public struct CustomerCard: Hashable, Sendable {
    public let account: Account
    /// The one to call first comes first: an administrator, then a technical contact, then billing; those with a telephone
    /// before those without.
    public let contacts: [Contact]
    /// What it holds, what is wrong first; nil while the list was not read. What has ended is counted alone.
    public let holdings: [Holding]?
    /// Subscriptions that have ended.
    public let ended: Int
    /// What its holdings come to in a month, for each state that any of them is in.
    public let parts: [Part]
    /// The same of all of them.
    public let money: MonthlyMoney
    /// Orders that failed, then those that are open, the oldest first, then those that wait for their date; nil while the list
    /// was not read.
    public let orders: [Order]?
    /// What renews or ends from today on, the soonest first.
    public let next: [Holding]
    /// Writes that this program sent about it, the newest first.
    public let writes: [JournalEntry]
    /// What each list behind it lacks.
    public let subscriptionsRead: ReadExtent
    public let ordersRead: ReadExtent

    /// - Parameters:
    ///   - subscriptions: Of this customer; nil when they were not read. So with its orders.
    ///   - detail: A subscription in full, as far as it was read.
    ///   - order: An order in full, as far as it was read.
    ///   - writes: Of the whole journal, in any order.
    public init(
        of account: Account, subscriptions: Listing<Subscription>?, detail: (Subscription.ID) -> SubscriptionDetail?,
        orders: Listing<Order>?, order: (Order.ID) -> Order?, writes: [JournalEntry], today: CalendarDate
    ) {
        self.account = account
        contacts = account.contacts.enumerated().map { Contact(place: $0.offset, person: $0.element) }.sorted {
            ($0.person.callRank, $0.place) < ($1.person.callRank, $1.place)
        }
        let open = orders.map { Self.open(in: $0.rows, of: account.id, order) }
        let rows = subscriptions?.rows.filter { $0.customer == account.id }
        let held = rows?.filter { !$0.hasEnded }
        let waiting = Dictionary(
            (open ?? []).compactMap { order in order.subscription.map { ($0, order) } },
            uniquingKeysWith: { first, _ in first })
        holdings = held.map { held in
            held.map { Holding($0, detail: detail($0.id), order: waiting[$0.id], today: today) }.sorted {
                ($0.state.rawValue, $0.rank, $0.id.rawValue) < ($1.state.rawValue, $1.rank, $1.id.rawValue)
            }
        }
        ended = (rows?.count ?? 0) - (held?.count ?? 0)
        var parts: [Part] = []
        var money = MonthlyMoney()
        for status in Part.Status.allCases {
            let own = (holdings ?? []).filter { $0.part == status }
            guard !own.isEmpty else { continue }
            var sum = MonthlyMoney()
            for holding in own { sum.add(holding.detail) }
            parts.append(Part(status: status, money: sum))
            money.add(sum)
        }
        (self.parts, self.money) = (parts, money)
        self.orders = open
        next = (holdings ?? []).filter { $0.next != nil }.sorted {
            ($0.rank, $0.id.rawValue) < ($1.rank, $1.id.rawValue)
        }
        self.writes = writes.filter { $0.sender.isOwn && $0.customer == account.id }.sorted {
            ($0.at, $0.id.rawValue) > ($1.at, $1.id.rawValue)
        }
        subscriptionsRead = ReadExtent(subscriptions)
        ordersRead = ReadExtent(orders)
    }

    private static func open(in rows: [Order], of customer: Account.ID, _ full: (Order.ID) -> Order?) -> [Order] {
        let open = rows.filter { $0.customer == customer && (!$0.status.isFinal || $0.status == .error) }
        // What was read alone has lines; how it stands is said by the list, which was asked for that.
        let latest = open.map { row in
            guard var order = full(row.id) else { return row }
            (order.status, order.statusCode) = (row.status, row.statusCode)
            return order
        }
        let never = Instant(millisecondsSince1970: .max)
        return latest.sorted { left, right in
            (left.cardRank, left.created ?? never, left.id.rawValue)
                < (right.cardRank, right.created ?? never, right.id.rawValue)
        }
    }

    public var failedOrders: Int? { orders.map { $0.count { $0.status == .error } } }
    public var openOrders: Int? { orders.map { $0.count { $0.status != .error } } }

    /// How it stands, to be read aloud: `ACTIVE, may order`.
    public var standing: String { account.status.standing }

    /// Whether everything that it rests on was read.
    public var isComplete: Bool { subscriptionsRead.isComplete && ordersRead.isComplete && money.isComplete }

    /// What is missing, as a sentence; nil when nothing is.
    public var lackWords: String? {
        var lacks = [subscriptionsRead.lack(of: "subscriptions"), ordersRead.lack(of: "orders")].compactMap(\.self)
        if !money.isComplete {
            let read = money.subscriptions - money.unread
            lacks.append("units and money of \(read) of \(money.subscriptions) subscriptions read")
        }
        return lacks.isEmpty ? nil : lacks.joined(separator: "; ") + "."
    }
}

extension CustomerCard {
    public struct Contact: Hashable, Sendable {
        /// Its place among the contacts of the account.
        public let place: Int
        public let person: ContactPerson
    }

    /// How far a list was read.
    public struct ReadExtent: Hashable, Sendable {
        public let isRead: Bool
        public let isComplete: Bool
        public let rows: Int
        public let total: Int?
        public let unreadable: Int

        init(_ listing: Listing<some Sendable>?) {
            isRead = listing != nil
            unreadable = listing?.problems.count ?? 0
            isComplete = listing?.isComplete == true && unreadable == 0
            rows = listing?.rows.count ?? 0
            total = listing?.total
        }

        func lack(of what: String) -> String? {
            if !isRead { return "\(what) not read" }
            if isComplete { return nil }
            func count(_ number: Int) -> String { Decimal(number).grouped(fractionDigits: 0) }
            if unreadable > 0 { return "\(count(unreadable)) of the \(what) unreadable" }
            return "\(count(rows)) of \(total.map(count) ?? "more") \(what) read"
        }
    }

    /// What holdings of one state come to in a month.
    public struct Part: Hashable, Sendable {
        public enum Status: String, Hashable, Sendable, CaseIterable {
            case active, onHold, pending, other

            public var word: String {
                switch self {
                case .active: "active"
                case .onHold: "on hold"
                case .pending: "pending"
                case .other: "of another state"
                }
            }
        }

        public let status: Status
        public let money: MonthlyMoney
    }

    /// A currency's amounts a month by state, and their sum.
    public struct CurrencySum: Hashable, Sendable {
        public struct Amount: Hashable, Sendable {
            public let status: Part.Status
            public let rate: Money
        }

        public let parts: [Amount]
        public let total: Money

        /// `601.60 active + 82.00 on hold = 683.60 EUR/mo`; of one state alone `601.60 EUR/mo active`.
        public var words: String {
            if parts.count == 1 { return "\(total)/mo \(parts[0].status.word)" }
            return parts.map { "\($0.rate.bare) \($0.status.word)" }.joined(separator: " + ") + " = \(total)/mo"
        }
    }

    /// The sums of each currency, the largest first. Amounts of two currencies are never added.
    public var sums: [CurrencySum] {
        money.sums.map { sum in
            CurrencySum(
                parts: parts.compactMap { part in
                    part.money[sum.currency].map {
                        .init(status: part.status, rate: Money($0.rate, sum.currency))
                    }
                }, total: Money(sum.rate, sum.currency))
        }
    }

    /// A subscription that has not ended.
    public struct Holding: Hashable, Sendable, Identifiable {
        /// What is wrong, or ends, comes first.
        public enum State: Int, Hashable, Sendable {
            case onHold, pending, ending
            /// Whether it renews was not reported.
            case turning
            case renewing
            /// It has no date on which anything happens.
            case lasting
            case other
        }

        public let subscription: Subscription
        /// Nil when it was not read: then units and money are not.
        public let detail: SubscriptionDetail?
        public let state: State
        /// The order that failed, or that it waits for.
        public let order: Order?
        /// The day on which it renews or ends, from today on; nil where it does neither, or is not active or on hold.
        public let next: CalendarDate?

        public var id: Subscription.ID { subscription.id }

        init(_ row: Subscription, detail: SubscriptionDetail?, order: Order?, today: CalendarDate) {
            subscription = row
            self.detail = detail
            self.order = order
            next = row.comingDate(from: today).flatMap { $0.standsForNone ? nil : $0 }
            let turning = row.turningDate.flatMap { $0.standsForNone ? nil : $0 }
            state =
                switch row.status {
                case .hold: .onHold
                case .pending: .pending
                case .active:
                    switch row.autoRenews {
                    case _ where turning == nil: .lasting
                    case true: .renewing
                    case false: .ending
                    case nil: .turning
                    }
                case .terminated, .removed, .other: .other
                }
        }

        /// `ON HOLD`, `PENDING`, `ends`, `renews`.
        public var word: String {
            switch state {
            case .onHold: "ON HOLD"
            case .pending: "PENDING"
            case .ending: "ends"
            case .turning: "term ends"
            case .renewing: "renews"
            case .lasting: "active"
            case .other: subscription.status.word
            }
        }

        /// When and why, in words: `01 Dec 2026, auto-renew off`.
        public var why: String {
            switch state {
            case .onHold: subscription.modified.map { "changed last on \($0.spoken)" } ?? ""
            case .pending: order?.reason ?? subscription.created.map { "since \($0.spoken)" } ?? ""
            case .ending: (day?.spoken ?? "") + ", auto-renew off"
            case .turning: (day?.spoken ?? "") + ", auto-renew not reported"
            case .renewing: (day?.spoken ?? "") + ", auto-renew on"
            case .lasting: "no end reported"
            case .other: ""
            }
        }

        /// The day it renews or ends.
        public var day: CalendarDate? { next ?? subscription.turningDate.flatMap { $0.standsForNone ? nil : $0 } }

        /// Whether what comes on ``next`` is a renewal.
        public var renews: Bool { subscription.autoRenews == true }

        /// Units, where it has exactly one product.
        public var units: Int? { detail?.quantity }

        public var rate: Money? { detail?.monthlyRate }

        var part: Part.Status {
            switch subscription.status {
            case .hold: .onHold
            case .pending: .pending
            case .active: .active
            case .terminated, .removed, .other: .other
            }
        }

        /// By day; those that are pending by the day they were ordered.
        var rank: Int {
            let date = state == .pending ? subscription.created : state == .onHold ? next : day
            return date.map { Int($0.daysSince1970) } ?? .max
        }
    }
}

extension ContactPerson {
    /// Whom to call first.
    fileprivate var callRank: Int {
        let rank =
            switch role {
            case .administrator: 0
            case .technical: 1
            case .billing: 2
            case .other: 3
            }
        return (phoneNumber.isEmpty ? 4 : 0) + rank
    }
}

extension Order {
    /// Those that failed, those that are open, those that wait for their date.
    fileprivate var cardRank: Int { status == .error ? 0 : isWaiting ? 2 : 1 }
}

extension AccountStatus {
    /// What it means, to be read aloud to somebody who asks (REFERENCE 7).
    public var standing: String {
        switch self {
        case .pending: "PENDING: not verified yet, cannot order"
        case .active: "ACTIVE, may order"
        case .creditHold: "CREDIT HOLD: cannot order; what it holds goes on"
        case .adminHold: "ADMIN HOLD: cannot order; its services are suspended"
        case .cancelled: "CANCELLED: its services are stopped"
        case .error: "ERROR: something failed on the platform"
        case .other(let text): text.isEmpty ? "status not reported" : "\(text): a status that souk does not know"
        }
    }
}
