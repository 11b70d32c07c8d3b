import Marketplace

/// Something read from the marketplace and kept up to date while it is looked at.
public enum DataQuery: Hashable, Sendable {
    case accounts(AccountQuery)
    case account(AccountKey)
    case subscriptions(SubscriptionQuery)
    case subscription(Subscription.ID)
    case orders(OrderQuery)
    case order(Order.ID)
    /// An order polled until it ends.
    case followedOrder(Order.ID)
    case products(ProductQuery)
    case plan(Plan.ID)
    /// What needs a person now, of those in scope.
    case overview(OverviewQuery)
    /// What was sent and answered. Kept in memory, and no call at the marketplace.
    case requestLog
    /// Every write of this profile. Kept on this disk, and no call at the marketplace.
    case journal
}
