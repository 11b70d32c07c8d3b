import Marketplace
import Rows

/// The terms of a filter of accounts that details of subscriptions can meet: words that may be a tenant id or a domain.
public struct TenantSearch: Equatable, Sendable {
    let terms: [FilterTerm]

    /// - Returns: nil when no term asks for what only details hold.
    init?(_ filter: FilterExpression) {
        terms = filter.terms.filter { $0.isContact || $0.column == "tenant" }
        if terms.isEmpty { return nil }
    }

    /// Looks through every subscription that was read in full. It walks through every row, so it runs beside the screen.
    /// - Parameter isOver: Asked now and then; true when nobody waits for the answer any more.
    public func holders(in lists: CachedLists, isOver: () -> Bool = { false }) -> TenantHolders {
        var holders = TenantHolders(search: self, coverage: lists.detailCoverage)
        for (number, detail) in lists.details.enumerated() {
            if number & 0xFFF == 0, isOver() { return holders }
            for parameter in detail.orderParameters + detail.fulfillmentParameters where fits(parameter.value) {
                let customer = detail.subscription.customer
                if holders.values[customer]?.contains(parameter.value) != true {
                    holders.values[customer, default: []].append(parameter.value)
                }
            }
        }
        for list in lists.accounts where !holders.values.isEmpty {
            if isOver() { return holders }
            for account in list where holders.values[account.id] != nil {
                let isBetter = account.vendorAccount != nil || holders.accounts[account.id] == nil
                if isBetter { holders.accounts[account.id] = account }
            }
        }
        // Details come in no order.
        for customer in holders.values.keys { holders.values[customer]?.sort() }
        return holders
    }

    private func fits(_ value: String) -> Bool {
        let text = Folding.searchable(value)
        return terms.contains { $0.matches(text) }
    }
}

/// Who holds subscriptions whose details fit a search.
public struct TenantHolders: Equatable, Sendable {
    var search: TenantSearch
    /// What fits, by customer.
    var values: [Account.ID: [String]] = [:]
    /// Those of the customers that were read.
    var accounts: [Account.ID: Account] = [:]
    /// Of how many subscriptions the details were looked through.
    var coverage: DetailCoverage
}

/// The search of a filter through details, repeated while more of them are read.
struct TenantLookup {
    private var search: TenantSearch?
    /// The latest answer; that for other words stays until the new one is there.
    private(set) var holders: TenantHolders?
    /// How often something else was found.
    private(set) var version = 0
    private var isSearching = false
    private var isOutdated = false

    /// Makes it the search of this filter.
    mutating func want(_ filter: FilterExpression) -> [Effect] {
        let latest = TenantSearch(filter)
        guard latest != search else { return [] }
        search = latest
        isOutdated = false
        isSearching = latest != nil
        guard let latest else {
            if holders != nil { version += 1 }
            holders = nil
            return []
        }
        return [.findTenants(latest)]
    }

    mutating func take(_ latest: TenantHolders) -> [Effect] {
        guard latest.search == search else { return [] }
        isSearching = false
        if holders?.values != latest.values || holders?.accounts != latest.accounts { version += 1 }
        holders = latest
        return isOutdated ? searchAgain() : []
    }

    /// Something was read that may be found. One search at a time: while details come fast, none would come to its end.
    mutating func searchAgain() -> [Effect] {
        guard let search else { return [] }
        isOutdated = isSearching
        guard !isSearching else { return [] }
        isSearching = true
        return [.findTenants(search)]
    }

    /// Some of the customers that match, but of which neither name nor reseller was read.
    var strangers: [Account.ID] {
        guard let holders else { return [] }
        let unknown = holders.values.keys.filter { holders.accounts[$0]?.vendorAccount == nil }
        return Array(unknown.sorted { $0.rawValue < $1.rawValue }.prefix(5))
    }

    /// What the filter did not look into, as a sentence; nil when there is no such thing.
    var coverage: String? { holders?.search == search ? holders?.coverage.words : nil }
}

extension DetailCoverage {
    /// What a search by tenant id or domain did not look into; nil when it looked into everything.
    var words: String? {
        guard !isComplete else { return nil }
        guard let total else {
            return "Tenant ids and domains of \(counted(read, "subscription")) were searched; how many there are is "
                + "not read yet."
        }
        return "Tenant ids and domains of \(grouped(read)) of \(counted(total, "subscription")) were searched; those "
            + "of the others are read when they come into view."
    }
}
