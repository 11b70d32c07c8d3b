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

    public let planLists: Cache<PlanQuery, Listing<Plan>>
    /// With the switches that a plan allows (REFERENCE 9).
    public let plans: Cache<Plan.ID, PlanDetail>
    public let reportLists: Cache<ReportQuery, Listing<Report>>
    public let reports: Cache<Report.ID, Report>
    /// Everything that the signed-in person may see, read ahead within a share of the budget.
    public let index: BackgroundIndex

    let book: ChargesBook
    let connection: Connection
    let gate: WriteGate
    let history: WriteHistory
    let settlements = Settlements()
    let transport: any Transport
    let clock: any ClientClock
    /// Whose day is today in what it sums up.
    let zone: Zone

    /// - Parameters:
    ///   - pacing: How many calls may be made; `.unlimited` for an embedded marketplace.
    ///   - calls: Where they are counted together with those of other programs of this machine.
    ///   - refusal: Whether a write may still go, when it is about to.
    ///   - cacheLimit: Bytes that all caches together may take for what nobody watches.
    ///   - readTimeout: Seconds for the answer to a read; nil for the usual. A write always waits as long as it does.
    public init(
        profile: Profile, transport: any Transport, clock: any ClientClock = SystemClock(),
        journal: any Journal = MemoryJournal(), pacing: Pacing = .standard, calls: SharedCalls? = nil,
        refusal: @escaping WriteRefusal = { nil }, cacheLimit: Int = 64 * 1_048_576, zone: Zone = .utc,
        readTimeout: Double? = nil
    ) {
        self.profile = profile
        self.zone = zone
        self.transport = transport
        self.clock = clock
        let connection = Connection(
            profile: profile, transport: transport, clock: clock, pacing: pacing, calls: calls, refusal: refusal,
            readTimeout: readTimeout)
        self.connection = connection
        history = WriteHistory(journal, of: profile, clock: clock)
        gate = WriteGate(profile: profile, connection: connection, history: history, clock: clock)

        let caches = Caches(connection: connection, clock: clock, memory: CacheMemory(limit: cacheLimit))
        accountLists = caches.lists(freshFor: 300, Lists.accounts)
        accounts = caches.details(freshFor: 120, Account.read) { Account($0, kind: $1.kind) }
        let (book, listed) = (ChargesBook(clock: clock), Broadcast<Void>())
        self.book = book
        subscriptionLists = caches.lists(freshFor: 120, onValue: { _, _ in listed.send(()) }, Lists.subscriptions)
        subscriptions = caches.details(
            freshFor: 120, SubscriptionDetail.read, onValue: { _, detail in book.note(detail) },
            { json, _ in SubscriptionDetail(json) })
        orderLists = caches.lists(freshFor: 60, Lists.orders)
        orders = caches.details(freshFor: 15, Order.read) { json, _ in Order(json) }
        productLists = caches.lists(freshFor: 1800, Lists.products)
        planLists = caches.lists(freshFor: 1800, Lists.plans)
        plans = caches.details(freshFor: 1800, PlanDetail.read) { json, _ in PlanDetail(json) }
        reportLists = caches.lists(freshFor: 60, Lists.reports)
        reports = caches.details(freshFor: 15, Report.read) { json, _ in Report(json) }
        index = BackgroundIndex(
            connection: connection, clock: clock, subscriptionLists: subscriptionLists, subscriptions: subscriptions,
            orderLists: orderLists, book: book, listed: listed)
    }

    // MARK: What calls cost

    /// The calls that may still be made, and what waits for them, now.
    public func budget() -> Budget { connection.pacer.budget() }

    /// The budget now, then every change of it until the reader leaves. Only the newest is kept for a slow reader.
    public func budgets() -> AsyncStream<Budget> { connection.pacer.budgets() }

    /// What the subscriptions bring and cost whose details were read, and were not changed from here since.
    public var charges: ReadCharges { book.charges }

    /// Something now, then something whenever ``charges`` changed, until the reader leaves. Many changes may come as one.
    public func chargesChanges() -> AsyncStream<Void> { book.changes() }

    /// Lets one call leave at once although the marketplace asked for a pause: a person insists.
    public func allowTry() { connection.pacer.allowTry() }

    /// Publishes every cached value again, with its times by the present clock: for when the time of day
    /// has stepped. What is fresh, and what waits, is not touched by that.
    public func publishTimesAgain() {
        accountLists.publishAgain()
        accounts.publishAgain()
        subscriptionLists.publishAgain()
        subscriptions.publishAgain()
        orderLists.publishAgain()
        orders.publishAgain()
        productLists.publishAgain()
        planLists.publishAgain()
        plans.publishAgain()
        reportLists.publishAgain()
        reports.publishAgain()
        connection.pacer.publishAgain()
    }

    /// Runs `body`, and reports what its calls wait for, whenever that changes; nil for nothing. For questions that no cache
    /// answers.
    public func reportingWaits<Value: Sendable>(
        _ report: @escaping @Sendable (Waiting?) -> Void, of body: @Sendable () async -> Value
    ) async -> Value {
        let context = CallContext(priority: .onScreen) { [clock] waiting in
            report(waiting.map { Waiting(until: clock.wall($0.until), reason: $0.reason) })
        }
        return await CallContext.$current.withValue(context) { await body() }
    }

    /// Seconds by which the marketplace's clock is ahead of this computer's; nil when no answer has said so.
    public var secondsAhead: Double? { connection.secondsAhead }

    /// The last 1,000 exchanges, and the last values served without one; oldest first.
    public var requestLog: [LoggedExchange] { connection.log.exchanges }

    /// Something now, then something whenever the request log changed. Many changes may come as one.
    public func requestLogChanges() -> AsyncStream<Void> { connection.log.changes() }

    /// Signs in now, and says at the first try which of password, subscription key, marketplace and base URL is wrong.
    /// Nothing else needs it: every call signs in by itself.
    public func signIn() async throws(MarketplaceError) { try await connection.signInAnew() }
}
