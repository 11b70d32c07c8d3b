import Marketplace

/// Customers that were found for the words of the tree's filter, by whatever they were found, as one list.
struct FoundCustomers {
    /// Those that the marketplace found by name.
    private var named = Snapshot<Listing<Account>>()
    /// Those that hold a subscription with such a tenant id or domain.
    private var holders: [Account] = []
    /// Those that the marketplace found by a whole e-mail address or external id.
    private var exact: [AccountQuery: [Account]] = [:]

    /// All of them, each once, with the state of the search by name.
    var snapshot: Snapshot<Listing<Account>> {
        let others = holders + exact.values.joined()
        guard !others.isEmpty else { return named }
        var all = named
        var ids = Set(named.value?.rows.map(\.id) ?? [])
        all.value = named.value ?? Listing(isComplete: true)
        all.value?.rows += others.filter { ids.insert($0.id).inserted }
        return all
    }

    /// Addresses that customers were found by and that their rows may not show.
    var addresses: [Account.ID: [String]] {
        var addresses: [Account.ID: [String]] = [:]
        for case (.customersWithEmail(let email), let rows) in exact {
            for account in rows { addresses[account.id, default: []].append(email) }
        }
        return addresses
    }

    mutating func receive(_ query: AccountQuery, _ latest: Snapshot<Listing<Account>>) {
        guard query.isExact else {
            named = latest
            return
        }
        exact[query] = (latest.value?.rows ?? []).map { account in
            var account = account
            if case .customersWithExternalID(let id) = query { account.externalID = account.externalID ?? id }
            return account
        }
    }

    /// What the marketplace found belongs to other words now.
    mutating func clear() {
        named = Snapshot()
        exact = [:]
    }

    /// - Returns: Whether these are others than before.
    mutating func hold(_ accounts: [Account]) -> Bool {
        let sorted = accounts.sorted { $0.id.rawValue < $1.id.rawValue }
        defer { holders = sorted }
        return sorted != holders
    }
}

extension AccountQuery {
    /// Whether it asks for an account by what only one has.
    fileprivate var isExact: Bool {
        switch self {
        case .customersWithEmail, .customersWithExternalID: true
        default: false
        }
    }
}
