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
    /// A subscription or account that is read again every few minutes, for as long as it is watched.
    case followedSubscription(Subscription.ID)
    case followedAccount(AccountKey)
    case products(ProductQuery)
    case plans(PlanQuery)
    case plan(Plan.ID)
    case reports(ReportQuery)
    /// A report that is read again and again until it has ended.
    case report(Report.ID)
    /// What needs a person now, of those in scope.
    case overview(OverviewQuery)
    /// What was sent and answered. Kept in memory, and no call at the marketplace.
    case requestLog
    /// What the subscriptions bring and cost whose details were read. Kept in memory, and no call at the marketplace.
    case charges
    /// Every write of this profile. Kept on this disk, and no call at the marketplace.
    case journal
}

extension DataQuery {
    /// Whether it is read again and again by itself.
    var isFollowed: Bool {
        switch self {
        case .followedOrder, .followedSubscription, .followedAccount, .report: true
        default: false
        }
    }
}
