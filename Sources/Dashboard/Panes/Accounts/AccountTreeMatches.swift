import Marketplace
import Rows

// What a filter finds in the tree: among every customer whose name was read, whether its reseller is unfolded or not.
extension AccountTree {
    /// Whether a filter lets only some accounts pass.
    var isNarrowed: Bool { !filter.isEmpty }

    /// Found customers that are shown at most; more words find fewer.
    static var foundShown: Int { 200 }

    /// Whether what is shown is not yet what the filter asks for.
    var isWaiting: Bool {
        resellers.arranger.isWaiting || allCustomers.arranger.isWaiting || found.arranger.isWaiting
    }

    /// Whether the filter looked through every account.
    private var isLookedThrough: Bool {
        (isFlat || resellers.isComplete) && allCustomers.isComplete && !isWaiting
    }

    /// Customers that pass the filter, by resellers that are folded; and those of no reseller in the tree, as far as the
    /// rows say whose they are. Nothing without a filter.
    var foundByReseller: (groups: [Account.ID: [Account]], strays: [Account]) {
        guard isNarrowed else { return ([:], []) }
        var (groups, strays, seen): ([Account.ID: [Account]], [Account], Set<Account.ID>) = ([:], [], [])
        for rows in [allCustomers.rows, found.rows] {
            for place in 0..<rows.count {
                guard seen.count < Self.foundShown else { return (groups, strays) }
                let account = rows.row(at: place)
                guard seen.insert(account.id).inserted else { continue }
                if let reseller = account.vendorAccount, open.contains(reseller) { continue }
                if let reseller = account.vendorAccount,
                    resellers.rows.base(of: reseller) != nil || !resellers.rows.canFindAll
                {
                    groups[reseller, default: []].append(account)
                } else {
                    strays.append(account)
                }
            }
        }
        return (groups, strays)
    }

    /// How many accounts pass: of every customer and reseller, and what only the marketplace found.
    private var matchCount: Int {
        let customers = max(allCustomers.rows.count, found.rows.count)
        return customers + (isFlat ? 0 : resellers.rows.count)
    }

    private var accountCount: Int {
        (allCustomers.snapshot.value?.count ?? 0) + (isFlat ? 0 : resellers.snapshot.value?.count ?? 0)
    }

    /// What the tree's head says of a filter: `3 match of 412`, or how many names were looked through so far.
    var extent: String {
        guard isNarrowed else { return "" }
        guard isLookedThrough else { return ExtentWords.matches(matchCount, namesRead) }
        if matchCount == 0 {
            return tenants.coverage == nil ? ExtentWords.nothingMatches(of: grouped(accountCount)) : "0 match"
        }
        let shown = matchCount > Self.foundShown ? ", the first \(grouped(Self.foundShown)) shown" : ""
        return ExtentWords.matches(matchCount, of: grouped(accountCount)) + shown
    }

    /// `names of 500 of 1,200 customers read`.
    private var namesRead: String {
        guard let listing = allCustomers.snapshot.value else {
            return allCustomers.snapshot.failure == nil ? "names are being read" : "names of all not read"
        }
        return ExtentWords.read(listing.count ?? 0, among: listing.total, of: "names", what: "customers")
    }

    /// Why a filter shows nothing, a line each; nil when it shows something.
    /// - Parameter text: The filter as typed.
    func emptiness(_ text: String) -> String? {
        guard isNarrowed, isRootOpen, matchCount == 0, filterProblem == nil else { return nil }
        if let failure = allCustomers.snapshot.failure {
            return "Nothing read so far matches \u{201C}\(text)\u{201D}; the names of all customers were not read.\n"
                + failure.message
        }
        guard isLookedThrough else { return "Nothing read so far matches \u{201C}\(text)\u{201D}; \(namesRead)." }
        if tenants.coverage != nil { return "Nothing read so far matches \u{201C}\(text)\u{201D}." }
        return "No account matches \u{201C}\(text)\u{201D}.\nEsc shows all \(grouped(accountCount))."
    }
}
