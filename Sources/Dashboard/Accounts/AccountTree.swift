import Marketplace
import Screen

/// The account tree as far as it has been opened: the marketplace, its resellers, their customers.
struct AccountTree {
    /// A row of the tree, by identity.
    enum Node: Hashable, Sendable {
        case root
        case account(Account.ID)
        /// Says what is loading, missing or failed below an account.
        case note(under: Account.ID?)
    }

    struct Row: Equatable {
        var node: Node
        var depth: Int
        var account: Account?
        var text: String
        /// Nil when the row cannot be unfolded.
        var isOpen: Bool?
        var style: Style
    }

    var resellers = Snapshot<Listing<Account>>()
    /// Customers seen without a reseller above them: what a reseller without resellers of its own gets.
    var ownCustomers = Snapshot<Listing<Account>>()
    var customers: [Account.ID: Snapshot<Listing<Account>>] = [:]
    /// Customers that the marketplace found for the filter's words, whether their reseller is unfolded or not.
    var found: [Account] = []
    var open: Set<Account.ID> = []
    var isRootOpen = true
    private(set) var rows: [Row] = []
    /// Why a part of the tree that is unfolded cannot be read.
    private(set) var problem: MarketplaceError?

    /// Whether the person has no resellers below, so that its own customers are the whole tree.
    var isFlat: Bool {
        if let listing = resellers.value { return listing.isComplete && listing.rows.isEmpty }
        switch resellers.failure {
        case .forbidden, .notFound: return true
        default: return false
        }
    }

    mutating func rebuild(filter: Filter) {
        let words = filter.words
        problem = nil
        var built = [
            Row(node: .root, depth: 0, account: nil, text: rootText, isOpen: isRootOpen, style: .strong)
        ]
        if isRootOpen {
            if isFlat {
                append(ownCustomers, to: &built, depth: 1, under: nil, what: "customers", words: words)
            } else {
                for reseller in resellers.value?.rows ?? [] {
                    appendReseller(reseller, to: &built, words: words)
                }
                appendNote(resellers, to: &built, depth: 1, under: nil, what: "resellers")
            }
        }
        rows = built
    }

    private var rootText: String {
        let snapshot = isFlat ? ownCustomers : resellers
        guard let listing = snapshot.value else { return "Marketplace" }
        return "Marketplace, " + counted(listing.total ?? listing.rows.count, isFlat ? "customer" : "reseller")
    }

    private mutating func appendReseller(_ reseller: Account, to built: inout [Row], words: [String]) {
        let isOpen = open.contains(reseller.id)
        let matches = words.isEmpty || Filter.matches(AccountTree.searchText(reseller), words: words)
        var below: [Row] = []
        if isOpen {
            append(
                customers[reseller.id] ?? Snapshot(isLoading: true), to: &below, depth: 2, under: reseller.id,
                what: "customers", words: matches ? [] : words)
        }
        let hasMatchBelow = below.contains { $0.account != nil }
        guard matches || hasMatchBelow else { return }
        built.append(
            Row(
                node: .account(reseller.id), depth: 1, account: reseller, text: reseller.name, isOpen: isOpen,
                style: .plain))
        built += below
    }

    private mutating func append(
        _ snapshot: Snapshot<Listing<Account>>, to built: inout [Row], depth: Int, under: Account.ID?, what: String,
        words: [String]
    ) {
        for customer in snapshot.value?.rows ?? []
        where words.isEmpty || Filter.matches(AccountTree.searchText(customer), words: words) {
            built.append(
                Row(
                    node: .account(customer.id), depth: depth, account: customer, text: customer.name, isOpen: nil,
                    style: .plain))
        }
        appendNote(snapshot, to: &built, depth: depth, under: under, what: what)
    }

    /// A line that says what is not there: loading, failed, or nothing at all. A complete list has none.
    private mutating func appendNote(
        _ snapshot: Snapshot<Listing<Account>>, to built: inout [Row], depth: Int, under: Account.ID?, what: String
    ) {
        var note: (String, Style)?
        if let failure = snapshot.failure {
            note = ("cannot be read", .bad)
            problem = failure
        } else if let listing = snapshot.value {
            if !listing.isComplete {
                let total = listing.total.map { " of \(grouped($0))" } ?? ""
                note = ("\(grouped(listing.rows.count))\(total) loaded…", .faint)
            } else if listing.rows.isEmpty {
                note = ("no \(what)", .faint)
            }
        } else {
            note = ("loading \(what)…", .faint)
        }
        guard let note else { return }
        built.append(
            Row(node: .note(under: under), depth: depth, account: nil, text: note.0, isOpen: nil, style: note.1))
    }

    static func searchText(_ account: Account) -> String {
        [account.name, account.id.rawValue, account.status.word, account.externalID ?? ""].joined(separator: " ")
    }
}
