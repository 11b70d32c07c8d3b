import Marketplace

extension Client {
    /// What can be known of `intent` now, from fresh answers. Sends nothing that changes anything.
    /// - Throws: As any read. What the marketplace says against the intent is no error but a refused check.
    public func dryRun(_ intent: WriteIntent) async throws(MarketplaceError) -> DryRun {
        var run = DryRun(intent: intent, at: clock.now())
        switch intent {
        case .place(let order):
            if let id = order.subscription { run.subscription = try await subscriptions.currentValue(for: id) }
            run.account = try await accounts.currentValue(for: AccountKey(kind: .customer, id: order.customer))
            do {
                run.estimate = try await estimate(order)
            } catch {
                guard case .rejected = error else { throw error }
                run.checks.append(DryRun.Check(.refused, error.message))
            }
            if let reason = run.account?.orderingRefusal { run.checks.append(DryRun.Check(.refused, reason)) }
        case .withdraw(let order): run.order = try await orders.currentValue(for: order.id)
        case .change(let subscription, _):
            run.subscription = try await subscriptions.currentValue(for: subscription.id)
        case .create: break
        case .edit(let account, _):
            run.account = try await accounts.currentValue(for: AccountKey(kind: account.kind, id: account.id))
        }
        run.at = clock.now()
        return run
    }

    /// Sends `intent` once, if everything still is as in `agreed`, which the person has seen.
    public func send(_ intent: WriteIntent, agreed: DryRun) async -> WriteEnding {
        do {
            switch intent {
            case .place(let order): return .done(.order(try await place(order)))
            case .withdraw(let order): return .done(.order(try await withdraw(order)))
            case .change(let subscription, let changes):
                return .done(.subscription(try await change(subscription, to: changes)))
            case .create(let draft): return .done(.account(try await create(draft)))
            case .edit(let account, let changes):
                return .done(
                    .account(try await change(AccountKey(kind: account.kind, id: account.id), to: changes)))
            }
        } catch {
            return .failed(error)
        }
    }
}
