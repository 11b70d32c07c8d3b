import Marketplace

/// Reads that bypass the cache and join no read in flight: a write relies on these alone.
extension Client {
    func fresh(_ id: Subscription.ID) async throws(MarketplaceError) -> SubscriptionDetail {
        let began = clock.steady()
        let detail = try await connection.value(for: SubscriptionDetail.read(id)) { SubscriptionDetail($0) }
        subscriptions.store(detail, for: id, readSince: began)
        return detail
    }

    func fresh(_ id: Order.ID) async throws(MarketplaceError) -> Order {
        let began = clock.steady()
        let order = try await connection.value(for: Order.read(id)) { Order($0) }
        orders.store(order, for: id, readSince: began)
        return order
    }

    func fresh(_ key: AccountKey) async throws(MarketplaceError) -> Account {
        let began = clock.steady()
        let account = try await connection.value(for: Account.read(key)) { Account($0, kind: key.kind) }
        accounts.store(account, for: key, readSince: began)
        return account
    }

    func fresh(_ query: OrderQuery) async throws(MarketplaceError) -> Listing<Order> {
        try await Lists.orders(query, connection).read { _ in }
    }

    func fresh(_ query: AccountQuery) async throws(MarketplaceError) -> Listing<Account> {
        try await Lists.accounts(query, connection).read { _ in }
    }

    func fresh(_ query: SubscriptionQuery) async throws(MarketplaceError) -> Listing<Subscription> {
        try await Lists.subscriptions(query, connection).read { _ in }
    }

    func fresh(_ query: ReportQuery) async throws(MarketplaceError) -> Listing<Report> {
        try await Lists.reports(query, connection).read { _ in }
    }

    /// The order with its lines and its PO number, which never change: from the cache when it has them, otherwise read.
    func full(_ row: Order) async throws(MarketplaceError) -> Order {
        if !row.lines.isEmpty, row.poNumber != nil { return row }
        if let cached = orders.cached(row.id).value, !cached.lines.isEmpty, cached.poNumber != nil { return cached }
        return try await fresh(row.id)
    }
}

extension Listing {
    /// Whether the list holds every row there is: read to its end, and each of its rows understood.
    var isWhole: Bool { isComplete && problems.isEmpty }
}
