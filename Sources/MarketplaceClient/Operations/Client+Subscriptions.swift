import Marketplace

extension Client {
    /// Changes what a subscription lets be changed: automatic renewal, attributes, prices. However it ends, the
    /// subscription and its customer's lists of subscriptions are read again.
    /// - Throws: As ``place(_:)``.
    /// - Source: REFERENCE 11: PATCH /subscriptions/{id}.
    package func change(
        _ subscription: Subscription, to changes: SubscriptionChanges
    ) async throws(MarketplaceError) -> SubscriptionDetail {
        try await perform(.change(subscription, changes), \.subscription)
    }

    /// Gives products of a subscription prices of their own.
    /// - Throws: As ``place(_:)``.
    /// - Source: REFERENCE 11: POST /subscriptions/{id}/specialPricing.
    package func setSpecialPrices(
        _ prices: [SpecialPrice], of subscription: Subscription
    ) async throws(MarketplaceError) -> SubscriptionDetail {
        try await perform(.change(subscription, SubscriptionChanges(prices: prices)), \.subscription)
    }
}
