import Marketplace

extension Client {
    /// Everything in the caches just now, however old. Nothing is read for it.
    public var cachedLists: CachedLists {
        let details = subscriptions.cachedValues
        let ordersInFull = orders.cachedValues
        return CachedLists(
            accounts: accountLists.cachedValues.map(\.rows) + [accounts.cachedValues],
            subscriptions: subscriptionLists.cachedValues.map(\.rows) + [details.map(\.subscription)],
            details: details,
            orders: orderLists.cachedValues.map(\.rows) + [ordersInFull],
            products: productLists.cachedValues.map(\.rows),
            hasAllCustomers: accountLists.cached(.customers).value?.isComplete == true,
            hasCatalogue: productLists.cached(ProductQuery()).value?.isComplete == true,
            everySubscription: subscriptionLists.cached(SubscriptionQuery()).value,
            hasAllResellers: accountLists.cached(.resellers).value?.isComplete == true,
            hasAllOrders: orderLists.cached(OrderQuery()).value?.isComplete == true,
            ordersInFull: ordersInFull.count, everyOrder: orderLists.cached(OrderQuery()).value)
    }
}
