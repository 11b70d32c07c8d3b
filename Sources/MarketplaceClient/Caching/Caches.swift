import Marketplace

/// Makes the caches of one client: all share its memory, its log and its way to the marketplace.
///
/// Freshness, in seconds, is long where little changes and reading costs much.
struct Caches {
    let connection: Connection
    let clock: any ClientClock
    let memory: CacheMemory

    /// A cache of lists, which grow on the way. A partial list takes the place of a longer partial one never, and of a
    /// complete one never. A list that took many calls to read stays fresh for half a minute more for each of them.
    func lists<Key, Row: Weighed>(
        freshFor seconds: Double, onValue: (@Sendable (Key, Listing<Row>) -> Void)? = nil,
        _ reader: @escaping @Sendable (Key, Connection) -> ListReader<Row>
    ) -> Cache<Key, Listing<Row>> {
        let rules = Cache<Key, Listing<Row>>.Rules(
            freshness: { seconds + 30 * Double($0.rows.count / Pages.laterLimit) },
            replaces: { partial, cached in !cached.isComplete && partial.rows.count >= cached.rows.count },
            cost: { Row.bytes(of: $0.rows) })
        let onHit = onHit { (key: Key) in reader(key, connection).call }
        return Cache(rules, clock: clock, memory: memory, onHit: onHit, onValue: onValue) {
            [connection] key, publish throws(MarketplaceError) in
            try await reader(key, connection).read(publish: publish)
        }
    }

    /// A cache of single answers.
    func details<Key, Value: Weighed>(
        freshFor seconds: Double, _ call: @escaping @Sendable (Key) -> Call,
        onValue: (@Sendable (Key, Value) -> Void)? = nil, _ value: @escaping @Sendable (JSONValue, Key) -> Value?
    ) -> Cache<Key, Value> {
        let rules = Cache<Key, Value>.Rules(freshness: { _ in seconds }, cost: { Value.bytes(of: [$0]) })
        return Cache(rules, clock: clock, memory: memory, onHit: onHit(call), onValue: onValue) {
            [connection] key, _ throws(MarketplaceError) in
            try await connection.value(for: call(key)) { value($0, key) }
        }
    }

    private func onHit<Key>(_ call: @escaping @Sendable (Key) -> Call) -> @Sendable (Key) -> Void
    where Key: Sendable {
        { [log = connection.log, clock] key in
            log.addHit(at: clock.now()) { BaseURL.target(below: "", of: call(key)) }
        }
    }
}

extension Account {
    @Sendable static func read(_ key: AccountKey) -> Call {
        let (collection, word) = key.kind == .customer ? ("customers", "customer") : ("resellers", "reseller")
        return .read("\(word) \(key.id)", at: collection, key.id.rawValue)
    }
}

extension SubscriptionDetail {
    @Sendable static func read(_ id: Subscription.ID) -> Call {
        .read("subscription \(id)", at: "subscriptions", id.rawValue)
    }
}

extension Order {
    @Sendable static func read(_ id: ID) -> Call { .read("order \(id)", at: "orders", id.rawValue) }
}

extension PlanDetail {
    @Sendable static func read(_ id: Plan.ID) -> Call { .read("plan \(id)", at: "plans", id.rawValue) }
}

extension Report {
    @Sendable static func read(_ id: ID) -> Call { .read("report \(id)", at: "reports", id.rawValue) }
}
