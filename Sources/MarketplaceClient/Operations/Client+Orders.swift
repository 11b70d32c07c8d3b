import Marketplace

extension Client {
    /// What `order` would cost. Places nothing.
    /// - Throws: `.rejected` with the marketplace's reason when it would not take such an order.
    /// - Source: REFERENCE 10.6.
    public func estimate(_ order: OrderDraft) async throws(MarketplaceError) -> Estimate {
        try await connection.value(for: .question(.estimate, order.json)) {
            Estimate($0)
        }
    }

    /// As ``estimate(_:)`` for any order.
    public func estimate(_ order: SalesOrder) async throws(MarketplaceError) -> Estimate {
        try await estimate(.sales(order))
    }

    /// The marketplace's verdicts on the parameters of all lines of `order`, in its order. Places nothing.
    /// - Source: REFERENCE 12.
    public func validate(_ order: SalesOrder) async throws(MarketplaceError) -> [ParameterVerdict] {
        let call = Call.question(.validation, order.validationJSON)
        return try await connection.value(for: call) { ParameterVerdict.all(in: $0) }
    }

    /// Places `order`, once. However it ends, the customer's order and subscription lists and the subscription it acts
    /// on are read again.
    ///
    /// Cancelling the calling task after the order has begun to leave does not call it back.
    /// - Throws: `.writeRefused` when this program did not send it; `.outcomeUnknown` when it was sent and no answer
    ///   says what became of it: look it up, never place it again. Every other error says that it was not taken.
    /// - Source: REFERENCE 10.1 and 10.5.
    package func place(_ order: OrderDraft) async throws(MarketplaceError) -> Order {
        try await perform(.place(order), \.order)
    }

    /// As ``place(_:)`` for any order.
    package func place(_ order: SalesOrder) async throws(MarketplaceError) -> Order {
        try await place(.sales(order))
    }

    /// Withdraws an order that has not ended. Only the marketplace knows whether it is still early enough; it refuses
    /// otherwise. Makes stale the order, its customer's lists and its subscription.
    /// - Throws: As ``place(_:)``.
    /// - Source: REFERENCE 10.4: `statusCode` CL.
    package func withdraw(_ order: Order) async throws(MarketplaceError) -> Order {
        try await perform(.withdraw(order), \.order)
    }

    /// Says whether credit is checked while `order` is processed.
    /// - Throws: As ``place(_:)``.
    /// - Source: REFERENCE 10.4.
    package func setCreditCheck(_ checks: Bool, of order: Order) async throws(MarketplaceError) -> Order {
        try await perform(.creditCheck(checks, of: order), \.order)
    }

    /// Makes stale what an order of `customer` may have changed.
    func makeOrdersStale(of customer: Account.ID, subscription: Subscription.ID?) {
        orderLists.makeStale { $0.customer == nil || $0.customer == customer }
        subscriptionLists.makeStale { $0.customer == nil || $0.customer == customer }
        if let subscription { makeStale(subscription) }
    }
}
