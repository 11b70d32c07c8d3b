import Marketplace

extension Client {
    /// Everything that is known just now, however old. Nothing is asked for it.
    public var knownLists: KnownLists {
        let details = subscriptions.knownValues
        return KnownLists(
            accounts: accountLists.knownValues.map(\.rows) + [accounts.knownValues],
            subscriptions: subscriptionLists.knownValues.map(\.rows) + [details.map(\.subscription)],
            details: details,
            orders: orderLists.knownValues.map(\.rows) + [orders.knownValues],
            products: productLists.knownValues.map(\.rows),
            hasAllCustomers: accountLists.known(.customers).value?.isComplete == true,
            hasCatalogue: productLists.known(ProductQuery()).value?.isComplete == true,
            everySubscription: subscriptionLists.known(SubscriptionQuery()).value)
    }
}
