import FoundationEssentials
import Marketplace

/// What a dry run asks the marketplace.
extension Client {
    /// Orders that are read one by one to be compared; more are said to be too many.
    private static let mostCompared = 30
    /// Subscriptions of the customer that are read one by one to see whether they hold what is bought.
    private static let mostOwned = 10

    func marketplaceFacts(of intent: WriteIntent) async throws(MarketplaceError) -> WriteFacts {
        switch intent {
        case .place(let order): return try await facts(of: order)
        case .withdraw(let order), .creditCheck(_, let order): return WriteFacts(order: try await fresh(order.id))
        case .change(let subscription, _):
            let orders = try await fresh(OrderQuery(customer: subscription.customer, subscription: subscription.id))
            return WriteFacts(
                subscription: try await fresh(subscription.id),
                openOrders: try await open(orders, of: subscription.id))
        case .create(let draft):
            let query: AccountQuery =
                draft.createdKind == .reseller ? .resellersNamed(draft.name) : .customersNamed(draft.name)
            let name = draft.name.lowercased()
            return WriteFacts(namesakes: try await fresh(query).rows.filter { $0.name.lowercased() == name })
        case .schedule: return WriteFacts()
        case .edit(let account, _):
            return WriteFacts(account: try await fresh(AccountKey(kind: account.kind, id: account.id)))
        }
    }

    private func facts(of order: OrderDraft) async throws(MarketplaceError) -> WriteFacts {
        // The sign-in's answer says what the marketplace's clock is.
        try await connection.prepare()
        let since = twinsSince
        // The server may keep its times in another zone than it says: it is asked for a day more than is compared.
        let query = OrderQuery(
            customer: order.customer, subscription: order.subscription,
            createdFrom: order.subscription == nil ? since.adding(seconds: -86_400) : nil)
        async let account = attempt { () async throws(MarketplaceError) in
            try await self.fresh(AccountKey(kind: .customer, id: order.customer))
        }
        async let subscription = attempt { () async throws(MarketplaceError) in
            try await self.held(by: order)
        }
        async let estimate = attempt { () async throws(MarketplaceError) in try await self.estimate(order) }
        async let verdicts = attempt { () async throws(MarketplaceError) in try await self.verdicts(on: order) }
        async let list = attempt { () async throws(MarketplaceError) in try await self.fresh(query) }
        async let owned = attempt { () async throws(MarketplaceError) in try await self.owned(order) }
        async let products = attempt { () async throws(MarketplaceError) in try await self.products(of: order) }

        var facts = WriteFacts()
        facts.account = try await account.get()
        facts.subscription = try await subscription.get()
        (facts.estimate, facts.estimateRefusal) = try await Self.refusable(estimate)
        let verdict = try await Self.refusable(verdicts)
        (facts.verdicts, facts.validationRefusal) = (verdict.value ?? [], verdict.refusal)
        facts.products = try await products.get()
        facts.owned = try await owned.get()
        let orders = try await list.get()
        try await addOrders(orders, alike: order, since: since, to: &facts)
        if order.kind == .cancellation || order.kind == .change, let detail = facts.subscription {
            facts.windows = try await windows(of: detail, orders)
        }
        return facts
    }

    /// Since when equal orders count, by whichever clock is behind. Where nothing is known of the marketplace's, a day is
    /// added.
    private var twinsSince: Instant {
        clock.now().adding(seconds: min(0, connection.secondsAhead ?? -86_400) - WriteGate.twinWindow)
    }

    /// What the marketplace refuses is no failure but the answer.
    private static func refusable<Value>(
        _ result: Result<Value, MarketplaceError>
    ) throws(MarketplaceError) -> (value: Value?, refusal: String?) {
        do throws(MarketplaceError) {
            return (try result.get(), nil)
        } catch {
            switch error {
            case .rejected, .notFound: return (nil, error.message)
            default: throw error
            }
        }
    }

    private func held(by order: OrderDraft) async throws(MarketplaceError) -> SubscriptionDetail? {
        guard let id = order.subscription else { return nil }
        return try await fresh(id)
    }

    private func verdicts(on order: OrderDraft) async throws(MarketplaceError) -> [ParameterVerdict] {
        guard case .sales(let sale) = order else { return [] }
        return try await validate(sale)
    }

    /// The catalogue rows of what a change is about, as far as the catalogue has them; cached ones will do.
    private func products(of order: OrderDraft) async throws(MarketplaceError) -> [Product] {
        guard case .change(let change) = order else { return [] }
        var found: [Product] = []
        for mpn in Set(change.lines.map(\.product.mpn)).sorted() where !mpn.isEmpty {
            found += try await productLists.value(for: ProductQuery(mpn: mpn)).rows
        }
        return found
    }

    // MARK: Orders

    private func addOrders(
        _ list: Listing<Order>, alike order: OrderDraft, since: Instant, to facts: inout WriteFacts
    ) async throws(MarketplaceError) {
        if let id = order.subscription { facts.openOrders = try await open(list, of: id) }
        let asked = AskedOrder(order.json)
        facts.seenOrders = list.rows.map(\.id)
        // A withdrawn order has no effect; one in error may still be carried out (REFERENCE 10.4).
        let recent = list.rows.filter { row in
            row.status != .cancelled && asked.mayBe(row) && row.created.map { $0 >= since } ?? true
        }
        facts.uncompared = max(0, recent.count - Self.mostCompared)
        for row in recent.prefix(Self.mostCompared) {
            let full = try await full(row)
            let use = DryRun.EqualOrder(
                order: full.id, number: full.number, at: full.created ?? clock.now(), poNumber: full.poNumber)
            if asked.matches(full, held: facts.subscription) { facts.equalOrders.append(use) }
            if full.poNumber == order.poNumber, !order.poNumber.isEmpty { facts.poNumberUses.append(use) }
        }
    }

    /// What the rule of its vendor lets be undone of a subscription; nothing is read where there is none.
    package func windows(of detail: SubscriptionDetail) async throws(MarketplaceError) -> SubscriptionWindows? {
        guard profile.vendorRules[detail] != nil else { return nil }
        let row = detail.subscription
        let orders = try await orderLists.value(for: OrderQuery(customer: row.customer, subscription: row.id))
        return try await windows(of: detail, orders)
    }

    /// The same by orders that were read. Only the changes that count are read one by one.
    private func windows(
        of detail: SubscriptionDetail, _ list: Listing<Order>
    ) async throws(MarketplaceError) -> SubscriptionWindows? {
        guard let rule = profile.vendorRules[detail] else { return nil }
        let now = clock.now().adding(seconds: connection.secondsAhead ?? 0)
        let first = now.adding(seconds: Double(-(rule.hoursToTakeAway ?? 0)) * 3600)
        var orders: [Order] = []
        for row in list.rows {
            let counts = row.kind == .change && row.status == .completed && row.carriedOut.map { $0 > first } ?? false
            orders.append(counts ? try await full(row) : row)
        }
        return SubscriptionWindows(
            of: detail, orders: orders, rules: profile.vendorRules, now: now, today: zone.date(of: clock.now()))
    }

    /// The orders on a subscription that have not ended, with what only their details hold.
    private func open(
        _ list: Listing<Order>, of id: Subscription.ID
    ) async throws(MarketplaceError) -> [Order] {
        var open: [Order] = []
        for row in list.rows where !row.status.isFinal {
            let order = try await fresh(row.id)
            if !order.status.isFinal, order.subscription == nil || order.subscription == id { open.append(order) }
        }
        return open
    }

    // MARK: What the customer has

    /// Subscriptions of the customer that hold what a sales order buys. It only adds a note, so the cached lists will do.
    private func owned(_ order: OrderDraft) async throws(MarketplaceError) -> [SubscriptionDetail] {
        guard case .sales(let sale) = order else { return [] }
        let rows = try await subscriptionLists.value(for: SubscriptionQuery(customer: sale.customer)).rows
        let names = Set(sale.lines.map { $0.product.name.lowercased() })
        let live = rows.filter { $0.status == .active || $0.status == .hold || $0.status == .pending }
        let likely = live.filter { row in
            names.contains(row.name.lowercased()) || subscriptions.cached(row.id).value?.holds(sale) ?? false
        }
        var owned: [SubscriptionDetail] = []
        for row in likely.prefix(Self.mostOwned) {
            let detail = try await subscriptions.value(for: row.id)
            if detail.holds(sale) { owned.append(detail) }
        }
        return owned
    }
}

/// The result of what throws, for what runs beside other things.
private func attempt<Value: Sendable>(
    _ body: @Sendable () async throws(MarketplaceError) -> Value
) async -> Result<Value, MarketplaceError> {
    do throws(MarketplaceError) {
        return .success(try await body())
    } catch {
        return .failure(error)
    }
}

extension SubscriptionDetail {
    fileprivate func holds(_ sale: SalesOrder) -> Bool {
        products.contains { product in
            sale.lines.contains { $0.product.mpn == product.mpn && $0.product.vendor == product.vendor }
        }
    }
}
