/// An order, subscription or customer that a person watches: what they saw of it last, and what it is now.
public struct WatchedRow: Hashable, Codable, Sendable, Identifiable {
    public enum Kind: String, Codable, Sendable, CaseIterable {
        case order, subscription, customer
    }

    public struct ID: Hashable, Codable, Sendable {
        public var kind: Kind
        public var id: String

        public init(_ kind: Kind, _ id: String) { (self.kind, self.id) = (kind, id) }

        public init(_ order: Order.ID) { self.init(.order, order.rawValue) }
        public init(_ subscription: Subscription.ID) { self.init(.subscription, subscription.rawValue) }
        public init(_ customer: Account.ID) { self.init(.customer, customer.rawValue) }
    }

    /// What is compared, in the order in which changes are named.
    public enum Fact: String, Sendable, CaseIterable {
        case status, units, rate, autoRenew, renews, ends
    }

    /// A fact that is another one than the person saw.
    public struct Change: Hashable, Sendable {
        public var fact: Fact
        public var before: String
        public var after: String
    }

    public let id: ID
    /// Order number, product or name.
    public var title: String
    public var customer: Account.ID
    /// By the names of the facts: what an older or newer version knows besides is kept as it is.
    private var seen: [String: String]
    private var now: [String: String]
    /// When the latest of the changes was found.
    public private(set) var changedAt: Instant?

    private init(_ id: ID, title: String, customer: Account.ID, _ facts: [Fact: String]) {
        (self.id, self.title, self.customer) = (id, title, customer)
        seen = Dictionary(uniqueKeysWithValues: facts.map { ($0.key.rawValue, $0.value) })
        now = seen
    }

    public init(_ order: Order) {
        let title = order.number.isEmpty ? order.id.rawValue : order.number
        self.init(ID(order.id), title: title, customer: order.customer, order.watchedFacts)
    }

    public init(_ row: Subscription, _ detail: SubscriptionDetail?) {
        self.init(
            ID(row.id), title: row.title, customer: row.customer, detail?.watchedFacts ?? row.watchedFacts)
    }

    public init(customer id: Account.ID, name: String, _ status: AccountStatus) {
        self.init(ID(id), title: name, customer: id, status.watchedFacts)
    }

    /// What differs from what the person saw; what came back to what it was is no change.
    public var changes: [Change] {
        Fact.allCases.compactMap { fact in
            guard let before = seen[fact.rawValue], let after = now[fact.rawValue], before != after else { return nil }
            return Change(fact: fact, before: before, after: after)
        }
    }

    public var hasChanged: Bool { seen != now && !changes.isEmpty }

    public subscript(fact: Fact) -> String? { now[fact.rawValue] }

    /// Whether it is an order that has ended, of which nothing more is to be expected.
    public var isEnded: Bool {
        id.kind == .order
            && [OrderStatus.completed, .error, .cancelled].contains { $0.isFinal && $0.word == self[.status] }
    }

    /// Takes in what was read. Facts that were not read before are no change.
    /// - Returns: Whether there is a change that was not there before.
    mutating func take(_ facts: [Fact: String], at instant: Instant) -> Bool {
        let before = changes
        for (fact, value) in facts {
            now[fact.rawValue] = value
            if seen[fact.rawValue] == nil { seen[fact.rawValue] = value }
        }
        let after = changes
        if after.isEmpty { changedAt = nil }
        guard after != before, !Set(after).isSubset(of: before) else { return false }
        changedAt = instant
        return true
    }

    /// The person has seen what it is now.
    mutating func acknowledge() { (seen, changedAt) = (now, nil) }
}

extension WatchedRow {
    /// `failed`; `units 25 > 28, auto-renew on > off`; empty without a change.
    public var changeWords: String {
        changes.map { change in
            guard change.fact != .status else { return word(change.after, of: change.fact) }
            return "\(change.fact.word) \(word(change.before, of: change.fact)) > "
                + word(change.after, of: change.fact)
        }.joined(separator: ", ")
    }

    /// What it is now, in a few words: its status, of a subscription its next date.
    public var standing: String {
        let status = self[.status].map { word($0, of: .status) }
        guard id.kind == .subscription, self[.status] == "active" else { return status ?? "" }
        let renews = self[.autoRenew] == "on"
        guard let date = (renews ? self[.renews] : nil) ?? self[.ends], date != Self.none else { return status ?? "" }
        return
            "\(renews ? "renews" : "ends") \(word(date, of: .ends)), auto-renew \(self[.autoRenew] ?? "not reported")"
    }

    /// A fact that was read, and is not set.
    static let none = "none"

    private func word(_ value: String, of fact: Fact) -> String {
        switch fact {
        case .status where id.kind == .order && value == OrderStatus.error.word: "failed"
        case .status where id.kind == .order && value == OrderStatus.cancelled.word: "withdrawn"
        case .renews, .ends: CalendarDate(value)?.spoken ?? value
        default: value
        }
    }
}

extension WatchedRow.Fact {
    fileprivate var word: String {
        switch self {
        case .status: "status"
        case .units: "units"
        case .rate: "rate"
        case .autoRenew: "auto-renew"
        case .renews: "renews"
        case .ends: "term ends"
        }
    }
}

extension Order {
    fileprivate var watchedFacts: [WatchedRow.Fact: String] {
        [.status: status.word]
    }
}

extension Subscription {
    fileprivate var watchedFacts: [WatchedRow.Fact: String] {
        func day(_ date: CalendarDate?) -> String {
            date.flatMap { $0.standsForNone ? nil : $0.description } ?? WatchedRow.none
        }
        var facts: [WatchedRow.Fact: String] = [.status: status.word, .renews: day(renews), .ends: day(expires)]
        if let autoRenews { facts[.autoRenew] = autoRenews ? "on" : "off" }
        return facts
    }
}

extension SubscriptionDetail {
    fileprivate var watchedFacts: [WatchedRow.Fact: String] {
        var facts = subscription.watchedFacts
        if let quantity { facts[.units] = String(quantity) }
        if let monthlyRate { facts[.rate] = "\(monthlyRate)/mo" }
        return facts
    }
}

extension AccountStatus {
    fileprivate var watchedFacts: [WatchedRow.Fact: String] { [.status: word] }
}

/// The rows that a person watches, in the order in which they were added.
public struct WatchList: Hashable, Sendable {
    /// More are not watched: each is read again every few minutes.
    public static let most = 20

    public private(set) var rows: [WatchedRow] = []

    public init() {}

    public subscript(id: WatchedRow.ID) -> WatchedRow? { rows.first { $0.id == id } }

    /// Those that changed since the person saw them, the latest change first.
    public var changed: [WatchedRow] {
        rows.filter(\.hasChanged).sorted {
            ($0.changedAt?.millisecondsSince1970 ?? 0, $1.id.id) > ($1.changedAt?.millisecondsSince1970 ?? 0, $0.id.id)
        }
    }

    /// Those that changed, the latest first, then the others as they were added.
    public var ordered: [WatchedRow] { changed + rows.filter { !$0.hasChanged } }

    /// What a person or an answer does to the list.
    public enum Edit: Hashable, Sendable {
        case add(WatchedRow)
        case remove(WatchedRow.ID)
        /// In the place of what is there; nothing when it was removed meanwhile.
        case replace(WatchedRow)
    }

    public mutating func apply(_ edit: Edit) {
        switch edit {
        case .add(let row):
            guard self[row.id] == nil, rows.count < Self.most else { return }
            rows.append(row)
        case .remove(let id): rows.removeAll { $0.id == id }
        case .replace(let row):
            guard let place = rows.firstIndex(where: { $0.id == row.id }) else { return }
            rows[place] = row
        }
    }

    /// What an order that was read makes of the row that watches it.
    /// - Returns: The row as it is now, and whether it changed as never before; nil where nothing is to be kept.
    public func news(of order: Order, at instant: Instant) -> (row: WatchedRow, isNew: Bool)? {
        news(WatchedRow.ID(order.id), order.watchedFacts, at: instant)
    }

    /// The same of a subscription.
    public func news(of detail: SubscriptionDetail, at instant: Instant) -> (row: WatchedRow, isNew: Bool)? {
        news(WatchedRow.ID(detail.subscription.id), detail.watchedFacts, at: instant)
    }

    /// The same of a customer.
    public func news(of account: Account, at instant: Instant) -> (row: WatchedRow, isNew: Bool)? {
        news(WatchedRow.ID(account.id), account.status.watchedFacts, at: instant)
    }

    private func news(
        _ id: WatchedRow.ID, _ facts: [WatchedRow.Fact: String], at instant: Instant
    ) -> (row: WatchedRow, isNew: Bool)? {
        guard let before = self[id] else { return nil }
        var row = before
        let isNew = row.take(facts, at: instant)
        return row == before ? nil : (row, isNew)
    }

    /// The row as the person has seen it now; nil when there was nothing to see.
    public func acknowledged(_ id: WatchedRow.ID) -> WatchedRow? {
        guard var row = self[id], row.hasChanged else { return nil }
        row.acknowledge()
        return row
    }
}

extension WatchList: Codable {
    /// One row after the other: a row that this version does not understand is left out, and the others stay.
    public init(from decoder: any Decoder) throws {
        struct Lenient: Decodable {
            var row: WatchedRow?
            init(from decoder: any Decoder) throws { row = try? WatchedRow(from: decoder) }
        }
        rows = try decoder.singleValueContainer().decode([Lenient].self).compactMap(\.row)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rows)
    }
}
