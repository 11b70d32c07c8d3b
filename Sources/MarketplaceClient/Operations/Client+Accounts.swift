import Marketplace

extension Client {
    /// Creates a customer or reseller, once. However it ends, the lists of accounts are read again.
    ///
    /// There is no idempotency key: after `.outcomeUnknown` look for the account before creating it again.
    /// - Throws: As ``place(_:)``.
    /// - Source: REFERENCE 6 and 7: POST /customers, /resellers and /resellers/{id}/customers.
    public func create(_ draft: AccountDraft) async throws(MarketplaceError) -> Account {
        let word = draft.createdKind == .reseller ? "reseller" : "customer"
        let write = Write(
            method: .post, path: draft.path, body: .json(draft.json), what: "new \(word) \(draft.name)")
        let created = try await gate.send(
            write, read: { Account($0, kind: draft.createdKind) }, made: { $0.id.rawValue },
            stale: { self.accountLists.makeStale { _ in true } })
        accounts.store(created, for: AccountKey(kind: created.kind, id: created.id))
        return created
    }

    /// Changes an account. What `changes` leaves nil stays as it is; contacts are replaced as a whole, so read the
    /// account first. However it ends, the account and the lists of accounts are read again.
    /// - Throws: As ``place(_:)``.
    /// - Source: REFERENCE 7: PATCH /customers/{id} and /resellers/{id}.
    public func change(
        _ account: AccountKey, to changes: AccountChanges
    ) async throws(MarketplaceError) -> Account {
        let (collection, word) =
            account.kind == .customer ? ("customers", "customer") : ("resellers", "reseller")
        let write = Write(
            method: .patch, path: [collection, account.id.rawValue], body: .json(changes.json),
            what: "change of \(word) \(account.id)", customer: account.kind == .customer ? account.id : nil)
        let changed = try await gate.send(
            write, read: { Account($0, kind: account.kind) }, made: { $0.id.rawValue },
            stale: {
                self.accountLists.makeStale { _ in true }
                self.accounts.makeStale { $0 == account }
            })
        accounts.store(changed, for: account)
        return changed
    }
}
