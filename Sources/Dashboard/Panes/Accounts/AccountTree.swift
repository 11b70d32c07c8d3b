import Marketplace
import Rows
import Screen

/// The account tree as far as it has been opened: the marketplace, its resellers, their customers. Rows are made when
/// they are asked for, so a reseller with a million customers costs what one with ten costs.
struct AccountTree {
    /// A row of the tree, by identity.
    enum Node: Hashable, Sendable {
        case root
        case account(Account.ID)
        /// Says what is loading, missing or failed below an account.
        case note(under: Account.ID?)
        /// Says that the resellers above these customers cannot be read.
        case lackOfResellers
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

    /// One list of accounts, with how much of it there is.
    struct Branch {
        var snapshot = Snapshot<ListExtent>()
        var arranger: Arranger<Account>

        init(_ name: ListName) { arranger = Arranger(name) }

        var rows: Arrangement<Account> { arranger.shown }
        var isComplete: Bool { snapshot.value?.isComplete == true }
        /// Whether rows may come that are not here yet.
        var mayGrow: Bool {
            snapshot.failure == nil && (!isComplete || snapshot.isLoading || arranger.isWaiting)
        }

        mutating func receive(_ latest: Snapshot<Listing<Account>>) -> [Effect] {
            snapshot = latest.map { ListExtent($0) }
            let rows = latest.value?.rows ?? []
            return arranger.has(rows) ? [] : arranger.receive(rows).map(Effect.init)
        }
    }

    private(set) var resellers = Branch(.resellers)
    /// Every customer: the whole tree of a reseller without resellers of its own, and what a filter looks through.
    private(set) var allCustomers = Branch(.customers)
    private(set) var customers: [Account.ID: Branch] = [:]
    /// Customers that were found for the filter's words, whether their reseller is unfolded or not.
    private(set) var found = Branch(.foundCustomers)
    private var search = FoundCustomers()
    private(set) var tenants = TenantLookup()
    var open: Set<Account.ID> = []
    var isRootOpen = true
    private var hasUnfoldedLone = false
    /// What is wrong with the filter; the last good one stays in force.
    private(set) var filterProblem: FilterProblem?
    private(set) var filter = FilterExpression()
    /// The first row that passes the filter itself, and does not only stand above one that does.
    private(set) var firstMatch: Int?

    private var segments: [Segment] = []
    /// Where each segment begins.
    private var starts: [Int] = []
    private(set) var count = 0

    /// Rows that stand together and are made in the same way.
    private enum Segment {
        case row(Row)
        /// Folded resellers, by their places among those shown.
        case resellers(Range<Int>)
        case customers(of: Account.ID?)
        /// Some customers of a reseller that is folded, or of one that is not in the tree.
        case found([Account], isUnderRow: Bool)
    }

    init() { layOut() }

    /// Whether the person has no resellers below, so that its own customers are the whole tree; or none can be read,
    /// so that customers can be shown only without them.
    var isFlat: Bool {
        if let listing = resellers.snapshot.value {
            return listing.isComplete && listing.count == 0 && listing.problems == 0
        }
        return resellersAreRefused
    }

    /// Whether the marketplace answered, but without a list of resellers; its other lists may still be read.
    private var resellersAreRefused: Bool {
        guard resellers.snapshot.value == nil else { return false }
        switch resellers.snapshot.failure {
        case .forbidden, .notFound, .serverFailed, .rejected, .unreadable: return true
        default: return false
        }
    }

    // MARK: Answers

    mutating func receive(_ query: AccountQuery, _ latest: Snapshot<Listing<Account>>) -> [Effect] {
        switch query {
        case .resellers:
            unfoldLone(latest.value)
            return resellers.receive(latest)
        case .customers: return allCustomers.receive(latest)
        case .customersOf(let reseller):
            return customers[reseller, default: Branch(.customersOf(reseller))].receive(latest)
        case .customersNamed, .customersWithEmail, .customersWithExternalID: return receiveFound(query, latest)
        default: return []
        }
    }

    /// A reseller without others beside it is unfolded when it first comes: there is nothing to choose from.
    private mutating func unfoldLone(_ listing: Listing<Account>?) {
        guard !hasUnfoldedLone, let listing, listing.isComplete, listing.rows.count == 1 else { return }
        hasUnfoldedLone = true
        open.insert(listing.rows[0].id)
    }

    /// What was found belongs to other words now.
    mutating func forgetFound() -> [Effect] {
        search.clear()
        return found.receive(search.snapshot)
    }

    private mutating func receiveFound(_ query: AccountQuery, _ latest: Snapshot<Listing<Account>>) -> [Effect] {
        search.receive(query, latest)
        return found.receive(search.snapshot)
    }

    mutating func take(_ latest: TenantHolders, _ model: Model) -> [Effect] {
        let effects = tenants.take(latest)
        let accounts = tenants.holders?.accounts.values.map { account in
            var account = account
            account.vendorAccount = account.vendorAccount ?? model.accounts[account.id]?.vendorAccount
            return account
        }
        return effects + hold(accounts ?? [])
    }

    private mutating func hold(_ accounts: [Account]) -> [Effect] {
        search.hold(accounts) ? found.receive(search.snapshot) : []
    }

    /// More was read that the filter may look for.
    mutating func searchTenantsAgain() -> [Effect] { tenants.searchAgain() }

    mutating func take(_ result: ListResult) -> [Effect] {
        var work = resellers.arranger.take(result) ?? allCustomers.arranger.take(result) ?? found.arranger.take(result)
        for reseller in customers.keys where work == nil { work = customers[reseller]?.arranger.take(result) }
        return (work ?? []).map(Effect.init)
    }

    // MARK: Rows

    /// Applies the filter and lays the rows out. The account on the cursor can be found again afterwards.
    /// - Parameter isTyping: Whether the filter's text may change at any moment.
    mutating func arrange(
        _ text: String, isTyping: Bool, keeping selected: Account.ID?, at place: Int, _ model: Model
    ) -> [Effect] {
        let columns =
            ListColumn.accounts(model.entities) + [
                ListColumn.tenants(
                    model.entities,
                    found: (tenants.holders?.values ?? [:]).merging(search.addresses, uniquingKeysWith: +))
            ]
        do {
            filter = try FilterParser(columns: columns.filterColumns(), today: model.today).parse(text)
            filterProblem = nil
        } catch {
            filterProblem = error
        }
        var query = RowQuery(columns: columns)
        query.lookupVersion = model.accounts.version
        query.sparseVersion = model.detailsVersion + tenants.version
        query.followedVersion = query.sparseVersion
        let plain = query
        query.filter = filter
        let offset = place - (segment(at: place).map { starts[$0] } ?? 0)
        // Unfolded resellers, and those of which something was found, must be found among all.
        var effects = tenants.want(filter)
        if tenants.holders == nil { effects += hold([]) }
        var work = resellers.arranger.arrange(
            query, keeping: selected, at: offset, findsAll: !open.isEmpty || isNarrowed,
            isTyping: isTyping, isComplete: resellers.isComplete)
        if isFlat || isNarrowed || isTyping {
            work += allCustomers.arranger.arrange(
                query, keeping: selected, at: offset, isTyping: isTyping, isComplete: allCustomers.isComplete)
        }
        for reseller in open where customers[reseller] != nil {
            let isComplete = customers[reseller]?.isComplete == true
            let matches = resellers.rows.base(of: reseller).flatMap { resellers.rows.place(ofBase: $0) } != nil
            work +=
                customers[reseller]?.arranger.arrange(
                    matches ? plain : query, keeping: selected, at: offset, isTyping: isTyping,
                    isComplete: isComplete) ?? []
        }
        work += found.arranger.arrange(query, keeping: nil, at: 0)
        layOut()
        return effects + work.map(Effect.init)
    }

    private mutating func layOut() {
        segments = []
        starts = []
        count = 0
        firstMatch = nil
        let root = Row(node: .root, depth: 0, account: nil, text: rootText, isOpen: isRootOpen, style: .strong)
        append(.row(root), count: 1)
        guard isRootOpen else { return }
        if isFlat {
            if resellersAreRefused {
                let text = "resellers cannot be read; these are the customers of all"
                let row = Row(
                    node: .lackOfResellers, depth: 1, account: nil, text: text, isOpen: nil, style: .faint)
                append(.row(row), count: 1)
            }
            append(.customers(of: nil), count: allCustomers.rows.count, areMatches: true)
            appendNote(allCustomers, depth: 1, under: nil, what: "customers")
        } else {
            layOutResellers()
            appendNote(resellers, depth: 1, under: nil, what: "resellers")
        }
    }

    private mutating func append(_ segment: Segment, count more: Int, areMatches: Bool = false) {
        guard more > 0 else { return }
        if areMatches, isNarrowed, firstMatch == nil { firstMatch = count }
        segments.append(segment)
        starts.append(count)
        count += more
    }

    private mutating func layOutResellers() {
        let shown = resellers.rows
        let (found, strays) = foundByReseller
        let special = open.union(found.keys).compactMap { id in shown.base(of: id).map { (base: $0, id: id) } }
            .sorted { $0.base < $1.base }
        var next = 0
        for (base, id) in special {
            let place = shown.place(ofBase: base)
            let isOpen = open.contains(id)
            let below = isOpen ? customers[id]?.rows.count ?? 0 : found[id]?.count ?? 0
            guard place != nil || below > 0 else { continue }
            let here = place ?? shown.countBefore(base: base)
            append(.resellers(next..<here), count: here - next, areMatches: true)
            next = place == nil ? here : here + 1
            append(.row(row(ofReseller: shown.rows[base], isOpen: isOpen)), count: 1, areMatches: place != nil)
            if isOpen {
                append(.customers(of: id), count: below, areMatches: true)
                appendNote(customers[id] ?? Branch(.customersOf(id)), depth: 2, under: id, what: "customers")
            } else {
                append(.found(found[id] ?? [], isUnderRow: true), count: below, areMatches: true)
            }
        }
        append(.resellers(next..<shown.count), count: shown.count - next, areMatches: true)
        append(.found(strays, isUnderRow: false), count: strays.count, areMatches: true)
    }

    private var rootText: String {
        let snapshot = isFlat ? allCustomers.snapshot : resellers.snapshot
        guard let listing = snapshot.value else { return "Marketplace" }
        return "Marketplace, " + counted(listing.total ?? listing.count ?? 0, isFlat ? "customer" : "reseller")
    }

    private func row(ofReseller account: Account, isOpen: Bool) -> Row {
        Row(
            node: .account(account.id), depth: 1, account: account, text: account.title, isOpen: isOpen, style: .plain)
    }

    private func row(ofCustomer account: Account, depth: Int) -> Row {
        Row(
            node: .account(account.id), depth: depth, account: account, text: account.title, isOpen: nil,
            style: .plain)
    }

    /// A line that says what is not there: loading, failed, unreadable, or nothing at all. A complete list has none.
    private mutating func appendNote(_ branch: Branch, depth: Int, under: Account.ID?, what: String) {
        if branch.snapshot.failure != nil {
            appendNote("cannot be read", .bad, depth: depth, under: under)
        } else if let listing = branch.snapshot.value {
            let unreadable = listing.problems > 0 ? "\(grouped(listing.problems)) unreadable" : nil
            if !listing.isComplete {
                let total = listing.total.map { " of \(grouped($0))" } ?? ""
                let more = unreadable.map { ", \($0)" } ?? ""
                appendNote("\(grouped(listing.count ?? 0))\(total) loaded…\(more)", .faint, depth: depth, under: under)
            } else if let unreadable {
                appendNote("\(unreadable) \(what)", .warning, depth: depth, under: under)
            } else if listing.count == 0 {
                appendNote("no \(what)", .faint, depth: depth, under: under)
            }
        } else {
            appendNote("loading \(what)…", .faint, depth: depth, under: under)
        }
    }

    private mutating func appendNote(_ text: String, _ style: Style, depth: Int, under: Account.ID?) {
        let row = Row(node: .note(under: under), depth: depth, account: nil, text: text, isOpen: nil, style: style)
        append(.row(row), count: 1)
    }

    /// Whether the row of an account that is not here may still come.
    func mayGet(_ account: Account.ID, under reseller: Account.ID?) -> Bool {
        if isFlat { return allCustomers.mayGrow }
        if resellers.mayGrow { return true }
        guard let reseller, reseller != account else { return false }
        return customers[reseller]?.mayGrow ?? open.contains(reseller)
    }

    /// Why a part of the tree that is unfolded cannot be read.
    var problem: MarketplaceError? {
        guard isRootOpen else { return nil }
        let top = isFlat ? allCustomers : resellers
        if let failure = top.snapshot.failure { return failure }
        if isFlat { return resellersProblem }
        return open.lazy.compactMap { customers[$0]?.snapshot.failure }.first
    }

    /// Why the resellers cannot be read. Who has none may not read them: that is no problem.
    private var resellersProblem: MarketplaceError? {
        switch resellers.snapshot.failure {
        case .forbidden, .notFound, nil: nil
        case let failure: failure
        }
    }

    // MARK: Asking

    /// The last segment that begins at `place` or before it.
    private func segment(at place: Int) -> Int? {
        guard place >= 0, place < count else { return nil }
        var low = 0
        var high = starts.count
        while low + 1 < high {
            let middle = (low + high) / 2
            if starts[middle] <= place { low = middle } else { high = middle }
        }
        return low
    }

    func row(at place: Int) -> Row? {
        guard let number = segment(at: place) else { return nil }
        let offset = place - starts[number]
        switch segments[number] {
        case .row(let row): return row
        case .resellers(let places):
            return row(ofReseller: resellers.rows.row(at: places.lowerBound + offset), isOpen: false)
        case .customers(let reseller?):
            return customers[reseller].map { row(ofCustomer: $0.rows.row(at: offset), depth: 2) }
        case .customers(nil): return row(ofCustomer: allCustomers.rows.row(at: offset), depth: 1)
        case .found(let accounts, let isUnderRow):
            return row(ofCustomer: accounts[offset], depth: isUnderRow ? 2 : 1)
        }
    }

    /// Where a row is, looked for near `hint` first; nil when it is not there.
    func place(of node: Node, near hint: Int) -> Int? {
        if row(at: hint)?.node == node { return hint }
        for (number, start) in starts.enumerated() {
            switch (segments[number], node) {
            case (.row(let row), _): if row.node == node { return start }
            case (.resellers(let places), .account(let id)):
                let near = places.lowerBound + max(0, hint - start)
                if let place = resellers.rows.place(of: id, near: near), places.contains(place) {
                    return start + place - places.lowerBound
                }
            case (.customers(let reseller), .account(let id)):
                let branch = reseller.map { customers[$0] } ?? .some(allCustomers)
                if let place = branch?.rows.place(of: id, near: hint - start) { return start + place }
            case (.found(let accounts, _), .account(let id)):
                if let place = accounts.firstIndex(where: { $0.id == id }) { return start + place }
            default: break
            }
        }
        return nil
    }

    /// The row above that the row at `place` belongs to.
    func parent(of place: Int) -> Int? {
        guard let number = segment(at: place), place > 0 else { return nil }
        switch segments[number] {
        case .customers(nil), .resellers, .found(_, isUnderRow: false): return 0
        case .customers, .found: return starts[number] - 1
        case .row(let row):
            if case .note(let reseller?) = row.node { return self.place(of: .account(reseller), near: place - 1) }
            return 0
        }
    }
}
