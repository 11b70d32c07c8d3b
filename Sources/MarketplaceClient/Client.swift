import Marketplace

/// The marketplace, as one signed-in person sees it. Its caches die with it.
public final class Client: Sendable {
    public let profile: Profile
    public let accountLists: Cache<AccountQuery, Listing<Account>>
    public let accounts: Cache<AccountKey, Account>
    public let subscriptionLists: Cache<SubscriptionQuery, Listing<Subscription>>
    public let subscriptions: Cache<Subscription.ID, SubscriptionDetail>
    public let orderLists: Cache<OrderQuery, Listing<Order>>
    public let orders: Cache<Order.ID, Order>
    public let productLists: Cache<ProductQuery, Listing<Product>>

    public init(
        profile: Profile, transport: any Transport, clock: any ClientClock = SystemClock(),
        journal: any Journal = MemoryJournal()
    ) {
        self.profile = profile
        accountLists = Cache(freshness: 300, clock: clock) { _, _ throws(MarketplaceError) in throw .cancelled }
        accounts = Cache(freshness: 300, clock: clock) { _, _ throws(MarketplaceError) in throw .cancelled }
        subscriptionLists = Cache(freshness: 300, clock: clock) { _, _ throws(MarketplaceError) in throw .cancelled }
        subscriptions = Cache(freshness: 300, clock: clock) { _, _ throws(MarketplaceError) in throw .cancelled }
        orderLists = Cache(freshness: 300, clock: clock) { _, _ throws(MarketplaceError) in throw .cancelled }
        orders = Cache(freshness: 300, clock: clock) { _, _ throws(MarketplaceError) in throw .cancelled }
        productLists = Cache(freshness: 300, clock: clock) { _, _ throws(MarketplaceError) in throw .cancelled }
    }

    public func signIn() async throws(MarketplaceError) { throw .cancelled }
    public func estimate(_ order: SalesOrder) async throws(MarketplaceError) -> Estimate { throw .cancelled }
    public func validate(_ order: SalesOrder) async throws(MarketplaceError) -> [ParameterVerdict] { throw .cancelled }
    public func place(_ order: SalesOrder) async throws(MarketplaceError) -> Order { throw .cancelled }
    public func follow(_ order: Order.ID) -> AsyncStream<Snapshot<Order>> { AsyncStream { $0.finish() } }
}
