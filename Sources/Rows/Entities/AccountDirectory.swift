import HashTreeCollections
import Marketplace

/// Names, statuses and resellers of accounts, from lists and from single reads. A list is kept as it was read, with an
/// index beside it; nothing is copied row by row, and a copy of the directory costs nothing.
public struct AccountDirectory: Sendable {
    public struct Entry: Equatable, Sendable {
        public var name: String
        public var kind: Account.Kind
        public var status: AccountStatus
        public var vendorAccount: Account.ID?
    }

    /// A list of accounts with an index of them.
    public struct List: Sendable {
        public let rows: [Account]
        let index: RowIndex<Account>

        /// Takes time in proportion to the rows: long lists are indexed by a job.
        public init(_ rows: [Account]) {
            self.rows = rows
            index = RowIndex(rows)
        }
    }

    /// Changes whenever an answer may be another than before.
    public private(set) var version = 0
    private var lists: [AccountQuery: (list: List, version: Int)] = [:]
    private var single: TreeDictionary<Account.ID, Single> = [:]
    /// Searches, oldest first: each word typed is one, and only the latest are worth keeping.
    private var searches: [AccountQuery] = []

    private struct Single {
        var entry: Entry
        var version: Int
    }

    private static let searchesKept = 8

    public init() {}

    /// What was read last of the account, with its reseller from whatever read named it.
    public subscript(_ id: Account.ID) -> Entry? {
        var best = single[id].map { ($0.entry, $0.version) }
        for (query, kept) in lists {
            guard let place = kept.list.index.place(of: id, in: kept.list.rows) else { continue }
            let account = kept.list.rows[place]
            var entry = Entry(
                name: account.name, kind: account.kind, status: account.status, vendorAccount: account.vendorAccount)
            if case .customersOf(let reseller) = query { entry.vendorAccount = entry.vendorAccount ?? reseller }
            let isNewer = kept.version > best?.1 ?? -1
            let vendor = (isNewer ? entry.vendorAccount : best?.0.vendorAccount) ?? best?.0.vendorAccount
            if isNewer {
                best = (entry, kept.version)
                best?.0.vendorAccount = vendor ?? entry.vendorAccount
            } else if best?.0.vendorAccount == nil {
                best?.0.vendorAccount = entry.vendorAccount
            }
        }
        return best?.0
    }

    /// The name that was read last; nil when none was.
    public func name(of id: Account.ID) -> String? {
        var best = single[id].map { ($0.entry.name, $0.version) }
        for kept in lists.values where kept.version > best?.1 ?? -1 {
            guard let place = kept.list.index.place(of: id, in: kept.list.rows) else { continue }
            best = (kept.list.rows[place].name, kept.version)
        }
        return best.flatMap { $0.0.isEmpty ? nil : $0.0 }
    }

    /// Takes an account that was read alone.
    public mutating func insert(_ account: Account) {
        let before = self[account.id]
        let entry = Entry(
            name: account.name, kind: account.kind, status: account.status,
            vendorAccount: account.vendorAccount ?? before?.vendorAccount)
        if entry == before { return }
        version += 1
        single[account.id] = Single(entry: entry, version: version)
    }

    /// Whether the list of `query` is this one already, in the same storage.
    public func has(_ rows: [Account], of query: AccountQuery) -> Bool {
        lists[query]?.list.rows.isSame(as: rows) == true
    }

    /// Takes the list that a query gave.
    /// - Returns: The list that it replaces.
    public mutating func insert(_ list: List, of query: AccountQuery) -> List? {
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
