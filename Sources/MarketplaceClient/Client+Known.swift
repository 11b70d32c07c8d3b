import Marketplace

extension Client {
    /// Everything that is known just now, however old. Nothing is asked for it.
    public var knownLists: KnownLists {
        KnownLists(
            accounts: accountLists.knownValues.map(\.rows) + [accounts.knownValues],
            subscriptions: subscriptionLists.knownValues.map(\.rows) + [subscriptions.knownValues.map(\.subscription)],
            orders: orderLists.knownValues.map(\.rows) + [orders.knownValues],
            products: productLists.knownValues.map(\.rows),
            hasAllCustomers: accountLists.known(.customers).value?.isComplete == true,
            hasCatalogue: productLists.known(ProductQuery()).value?.isComplete == true)
    }
}
