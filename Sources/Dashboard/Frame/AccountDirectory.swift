import HashTreeCollections
import Marketplace

/// Names, states and sellers of accounts, learned from lists and from single reads. A list is kept as it came, with an
/// index beside it; nothing is copied row by row, and a copy of the directory costs nothing.
struct AccountDirectory: Sendable {
    struct Entry: Equatable, Sendable {
        var name: String
        var kind: Account.Kind
        var status: AccountStatus
        var vendorAccount: Account.ID?
    }

    /// A list of accounts that can be asked for one of them.
    struct List: Sendable {
        var rows: [Account]
        var index: RowIndex<Account>

        init(_ rows: [Account]) {
            self.rows = rows
            index = RowIndex(rows)
        }
    }

    /// How often something was learned that was not known before.
    private(set) var version = 0
    private var lists: [AccountQuery: (list: List, learned: Int)] = [:]
    private var single: TreeDictionary<Account.ID, Single> = [:]
    /// Searches, oldest first: each word typed is one, and only the latest are worth keeping.
    private var searches: [AccountQuery] = []

    private struct Single {
        var entry: Entry
        var learned: Int
    }

    private static let searchesKept = 8

    /// What was learned last, with the seller from whatever told it.
    subscript(_ id: Account.ID) -> Entry? {
        var best = single[id].map { ($0.entry, $0.learned) }
        for (query, kept) in lists {
            guard let place = kept.list.index.place(of: id, in: kept.list.rows) else { continue }
            let account = kept.list.rows[place]
            var entry = Entry(
                name: account.name, kind: account.kind, status: account.status, vendorAccount: account.vendorAccount)
            if case .customersOf(let reseller) = query { entry.vendorAccount = entry.vendorAccount ?? reseller }
            let isNewer = kept.learned > best?.1 ?? -1
            let vendor = (isNewer ? entry.vendorAccount : best?.0.vendorAccount) ?? best?.0.vendorAccount
            if isNewer {
                best = (entry, kept.learned)
                best?.0.vendorAccount = vendor ?? entry.vendorAccount
            } else if best?.0.vendorAccount == nil {
                best?.0.vendorAccount = entry.vendorAccount
            }
        }
        return best?.0
    }

    /// The name that was learned last.
    func name(of id: Account.ID) -> String? {
        var best = single[id].map { ($0.entry.name, $0.learned) }
        for kept in lists.values where kept.learned > best?.1 ?? -1 {
            guard let place = kept.list.index.place(of: id, in: kept.list.rows) else { continue }
            best = (kept.list.rows[place].name, kept.learned)
        }
        return best.flatMap { $0.0.isEmpty ? nil : $0.0 }
    }

    mutating func learn(_ account: Account) {
        let before = self[account.id]
        let entry = Entry(
            name: account.name, kind: account.kind, status: account.status,
            vendorAccount: account.vendorAccount ?? before?.vendorAccount)
        if entry == before { return }
        version += 1
        single[account.id] = Single(entry: entry, learned: version)
    }

    /// Whether the list of `query` is this one already.
    func knows(_ rows: [Account], of query: AccountQuery) -> Bool { lists[query]?.list.rows.isSame(as: rows) == true }

    /// - Returns: The list that it takes the place of.
    mutating func learn(_ list: List, of query: AccountQuery) -> List? {
        version += 1
        let old = lists.updateValue((list, version), forKey: query)?.list
        switch query {
        case .resellers, .customers, .customersOf: break
        default:
            searches.removeAll { $0 == query }
            searches.append(query)
            if searches.count > Self.searchesKept { lists[searches.removeFirst()] = nil }
        }
        return old
    }
}

extension Array {
    /// Whether both are the same storage, so that nothing can differ. Takes the same time for any length.
    func isSame(as other: [Element]) -> Bool {
        guard count == other.count else { return false }
        return withUnsafeBufferPointer { left in
            other.withUnsafeBufferPointer { right in left.baseAddress == right.baseAddress }
        }
    }
}
