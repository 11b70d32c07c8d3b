/// Lists that were read lately, as they are: for searches that send nothing.
public struct CachedLists: Sendable {
    public var accounts: [[Account]]
    public var subscriptions: [[Subscription]]
    /// Subscriptions read in full.
    public var details: [SubscriptionDetail]
    public var orders: [[Order]]
    public var products: [[Product]]
    /// Whether `accounts` hold every customer that there is.
    public var hasAllCustomers: Bool
    /// Whether `accounts` hold every reseller, and `orders` every order.
    public var hasAllResellers: Bool
    public var hasAllOrders: Bool
    /// Whether `products` hold the whole catalogue.
    public var hasCatalogue: Bool
    /// Orders read in full, and the list of every order, as far as it was read; nil when it was not asked for.
    public var ordersInFull: Int
    public var everyOrder: Listing<Order>?
    /// The list of every subscription, as far as it was read; nil when it was not asked for.
    public var everySubscription: Listing<Subscription>?

    public init(
        accounts: [[Account]] = [], subscriptions: [[Subscription]] = [],
        details: [SubscriptionDetail] = [], orders: [[Order]] = [],
        products: [[Product]] = [], hasAllCustomers: Bool = false, hasCatalogue: Bool = false,
        everySubscription: Listing<Subscription>? = nil, hasAllResellers: Bool = false, hasAllOrders: Bool = false,
        ordersInFull: Int = 0, everyOrder: Listing<Order>? = nil
    ) {
        self.accounts = accounts
        self.subscriptions = subscriptions
        self.details = details
        self.orders = orders
        self.products = products
        self.hasAllCustomers = hasAllCustomers
        self.hasCatalogue = hasCatalogue
        self.everySubscription = everySubscription
        self.hasAllResellers = hasAllResellers
        self.hasAllOrders = hasAllOrders
        self.ordersInFull = ordersInFull
        self.everyOrder = everyOrder
    }

    /// Of how many orders the PO numbers are there, which lists do not have.
    public var orderCoverage: DetailCoverage {
        DetailCoverage(
            read: ordersInFull, total: everyOrder.flatMap { $0.total ?? ($0.isComplete ? $0.rows.count : nil) })
    }

    /// How many of all subscriptions are among `details`.
    public var detailCoverage: DetailCoverage {
        guard let everySubscription else { return DetailCoverage(read: details.count) }
        guard everySubscription.isComplete else {
            let total = everySubscription.total.flatMap { $0 > details.count ? $0 : nil }
            return DetailCoverage(read: details.count, total: total)
        }
        let read = Set(details.lazy.map(\.subscription.id))
        return DetailCoverage(
            read: everySubscription.rows.count { read.contains($0.id) },
            total: everySubscription.rows.count + everySubscription.problems.count)
    }
}
