/// Lists that were read lately, as they are: for looking through them without asking for anything.
public struct CachedLists: Sendable {
    public var accounts: [[Account]]
    public var subscriptions: [[Subscription]]
    /// Subscriptions read in full.
    public var details: [SubscriptionDetail]
    public var orders: [[Order]]
    public var products: [[Product]]
    /// Whether `accounts` hold every customer that there is.
    public var hasAllCustomers: Bool
    /// Whether `products` hold the whole catalogue.
    public var hasCatalogue: Bool

    public init(
        accounts: [[Account]] = [], subscriptions: [[Subscription]] = [],
        details: [SubscriptionDetail] = [], orders: [[Order]] = [],
        products: [[Product]] = [], hasAllCustomers: Bool = false, hasCatalogue: Bool = false
    ) {
        self.accounts = accounts
        self.subscriptions = subscriptions
        self.details = details
        self.orders = orders
        self.products = products
        self.hasAllCustomers = hasAllCustomers
        self.hasCatalogue = hasCatalogue
    }
}
