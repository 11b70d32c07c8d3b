import Marketplace

/// The marketplace, as one signed-in person sees it: what panes and commands read, and the few things they may ask it
/// to do. Its caches die with it, so that no profile ever sees another's answers.
public final class Client: Sendable {
    public let profile: Profile

    /// Accounts by query. Rows may be short: everything but id, name and status can be missing (REFERENCE 7).
    public let accountLists: Cache<AccountQuery, Listing<Account>>
    public let accounts: Cache<AccountKey, Account>
    /// Rows without products, prices and quantity; only the detail has them (REFERENCE 11).
    public let subscriptionLists: Cache<SubscriptionQuery, Listing<Subscription>>
    public let subscriptions: Cache<Subscription.ID, SubscriptionDetail>
    /// Rows without lines, total and PO number; only the detail has them (REFERENCE 10.3).
    public let orderLists: Cache<OrderQuery, Listing<Order>>
    public let orders: Cache<Order.ID, Order>
    public let productLists: Cache<ProductQuery, Listing<Product>>

    private let connection: Connection
    private let gate: WriteGate
    private let clock: any ClientClock

    public init(
        profile: Profile, transport: any Transport, clock: any ClientClock = SystemClock(),
        journal: any Journal = MemoryJournal()
    ) {
        self.profile = profile
        self.clock = clock
        let connection = Connection(profile: profile, transport: transport, clock: clock)
        self.connection = connection
        gate = WriteGate(profile: profile, connection: connection, journal: journal, clock: clock)

        accountLists = .listing(freshness: Freshness.accountLists, clock) { Lists.accounts($0, connection) }
        subscriptionLists = .listing(freshness: Freshness.subscriptionLists, clock) {
            Lists.subscriptions($0, connection)
        }
        orderLists = .listing(freshness: Freshness.orderLists, clock) { Lists.orders($0, connection) }
        productLists = .listing(freshness: Freshness.productLists, clock) { Lists.products($0, connection) }
        accounts = Cache(freshness: Freshness.accounts, clock: clock) { key, _ throws(MarketplaceError) in
            let (collection, word) = key.kind == .customer ? ("customers", "customer") : ("resellers", "reseller")
            return try await connection.value(for: .read("\(word) \(key.id)", at: collection, key.id.rawValue)) {
                Account($0, kind: key.kind)
            }
        }
        subscriptions = Cache(freshness: Freshness.subscriptions, clock: clock) { id, _ throws(MarketplaceError) in
            let call = Call.read("subscription \(id)", at: "subscriptions", id.rawValue)
            return try await connection.value(for: call) { SubscriptionDetail($0) }
        }
        orders = Cache(freshness: Freshness.orders, clock: clock) { id, _ throws(MarketplaceError) in
            try await connection.value(for: .read("order \(id)", at: "orders", id.rawValue)) { Order($0) }
        }
    }

    /// Signs in now, and says at the first try which of password, subscription key, marketplace and base URL is wrong.
    /// Nothing else needs it: every call signs in by itself.
    public func signIn() async throws(MarketplaceError) { try await connection.signInAnew() }

    /// What `order` would cost. Places nothing.
    /// - Throws: `.rejected` with the marketplace's reason when it would not take such an order.
    /// - Source: REFERENCE 10.6.
    public func estimate(_ order: SalesOrder) async throws(MarketplaceError) -> Estimate {
        try await connection.value(for: .question("estimate", at: "orders", "estimate", body: order.json)) {
            Estimate($0)
        }
    }

    /// The marketplace's verdicts on the parameters of all lines of `order`, in its order. Places nothing.
    /// - Source: REFERENCE 12.
    public func validate(_ order: SalesOrder) async throws(MarketplaceError) -> [ParameterVerdict] {
        let call = Call.question("validation", at: "validation", "parameters", body: order.validationJSON)
        return try await connection.value(for: call) { ParameterVerdict.all(in: $0) }
    }

    /// Places `order`, once. However it ends, the customer's order and subscription lists are read again.
    ///
    /// Cancelling the calling task after the order has begun to leave does not call it back.
    /// - Throws: `.writeRefused` when this program did not send it; `.outcomeUnknown` when it was sent and no answer
    ///   tells what became of it: look it up, never place it again. Every other error says that it was not taken.
    /// - Source: REFERENCE 10.1 and 10.5.
    public func place(_ order: SalesOrder) async throws(MarketplaceError) -> Order {
        let write = Write(
            method: .post, path: ["orders"], body: order.json, what: "order", customer: order.customer,
            poNumber: order.poNumber, timeout: 180)
        let placed = try await gate.send(
            write, read: { Order($0) }, made: { $0.id.rawValue },
            stale: { await self.makeOrdersStale(of: order.customer) })
        await orders.store(placed, for: placed.id)
        return placed
    }

    /// `order` as it moves to its end: read now, then after 1, 2, 4, 8… seconds, at most 60 apart, past the cache and
    /// into it. Ends when the order has ended, and then makes its customer's lists and its subscription stale. A read
    /// that fails is told and tried again; the stream ends early when waiting cannot mend the failure.
    public func follow(_ order: Order.ID) -> AsyncStream<Snapshot<Order>> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            let following = Task {
                var pause = 1.0
                while true {
                    let end = await look(at: order, telling: continuation)
                    if end || Task.isCancelled { break }
                    do { try await clock.sleep(seconds: pause) } catch { break }
                    pause = min(60, pause * 2)
                }
                continuation.finish()
            }
            continuation.onTermination = { _ in following.cancel() }
        }
    }

    /// Reads an order that is followed.
    /// - Returns: Whether there is nothing more to wait for.
    private func look(
        at id: Order.ID, telling reader: AsyncStream<Snapshot<Order>>.Continuation
    ) async -> Bool {
        do throws(MarketplaceError) {
            let order = try await orders.currentValue(for: id)
            if order.status.isFinal {
                await makeOrdersStale(of: order.customer)
                if let subscription = order.subscription {
                    await subscriptions.makeStale { $0 == subscription }
                }
            }
            reader.yield(await orders.known(id))
            return order.status.isFinal
        } catch {
            var snapshot = await orders.known(id)
            snapshot.failure = error
            reader.yield(snapshot)
            switch error {
            case .wrongPassword, .wrongSubscriptionKey, .wrongMarketplace, .forbidden, .cancelled: return true
            default: return false
            }
        }
    }

    /// Makes stale what an order of `customer` may have changed in lists.
    private func makeOrdersStale(of customer: Account.ID) async {
        await orderLists.makeStale { $0.customer == nil || $0.customer == customer }
        await subscriptionLists.makeStale { $0.customer == nil || $0.customer == customer }
    }
}

/// Seconds for which an answer is served without asking again: long where little changes and reading costs much.
private enum Freshness {
    static let accountLists = 300.0
    static let accounts = 120.0
    static let subscriptionLists = 120.0
    static let subscriptions = 120.0
    static let orderLists = 60.0
    static let orders = 15.0
    static let productLists = 1800.0
}

extension Cache {
    /// A cache of lists, which grow on the way. A partial list takes the place of a longer partial one never, and of a
    /// complete one never.
    fileprivate static func listing<Row>(
        freshness: Double, _ clock: any ClientClock, reader: @escaping @Sendable (Key) -> ListReader<Row>
    ) -> Cache where Value == Listing<Row> {
        Cache(
            freshness: freshness, clock: clock,
            replaces: { partial, known in !known.isComplete && partial.rows.count >= known.rows.count },
            load: { key, publish throws(MarketplaceError) in try await reader(key).read(publish: publish) })
    }
}
