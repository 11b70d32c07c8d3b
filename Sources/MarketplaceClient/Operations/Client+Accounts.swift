import Marketplace

extension Client {
    /// Creates a customer or reseller, once. However it ends, the lists of accounts are read again.
    ///
    /// There is no idempotency key: after `.outcomeUnknown` look for the account before creating it again.
    /// - Throws: As ``place(_:)``.
    /// - Source: REFERENCE 6 and 7: POST /customers, /resellers and /resellers/{id}/customers.
    package func create(_ draft: AccountDraft) async throws(MarketplaceError) -> Account {
        try await perform(.create(draft), \.account)
    }

    /// Changes an account. What `changes` leaves nil stays as it is; contacts are replaced as a whole, so read the
    /// account first. However it ends, the account and the lists of accounts are read again.
    /// - Throws: As ``place(_:)``.
    /// - Source: REFERENCE 7: PATCH /customers/{id} and /resellers/{id}.
    package func change(
        _ account: AccountKey, to changes: AccountChanges
    ) async throws(MarketplaceError) -> Account {
        let changed = try await gate.send(
            Write(account, changes), lookups: lookups { _ in try? await self.fresh(account) },
            read: { Account($0, kind: account.kind) }, stale: { self.makeStale(account) }
        ).result()
        accounts.store(changed, for: account)
        return changed
    }
}
