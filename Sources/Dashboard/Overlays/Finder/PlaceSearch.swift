import Marketplace

/// Searches everything read so far for what a person types. It visits every row, so it runs off the screen's thread.
public enum PlaceSearch {
    /// No more are shown of one kind, so that none hides the others.
    static let limitOfKind = 12

    /// The best places for `text`, best first.
    /// - Parameter isOver: Asked now and then; true when nobody waits for the answer any more.
    public static func places(
        for text: String, in lists: CachedLists, isOver: () -> Bool = { false }
    ) -> SearchResults {
        let needle = Needle(text)
        var results = SearchResults(text: text)
        results.hasAllCustomers = lists.hasAllCustomers
        results.hasCatalogue = lists.hasCatalogue
        results.hasAllResellers = lists.hasAllResellers
        results.hasAllNumbers = lists.hasAllOrders && lists.everySubscription?.isComplete == true
        guard !needle.isEmpty else { return results }
        var best: [FoundPlace] = []
        search(lists.accounts, isOver, into: &best) { place(of: $0, needle) }
        search(lists.products, isOver, into: &best) { place(of: $0, needle) }
        search(lists.subscriptions, isOver, into: &best) { place(of: $0, needle) }
        search([lists.details], isOver, into: &best) { place(of: $0, needle) }
        search(lists.orders, isOver, into: &best) { place(of: $0, needle) }
        best.sort(by: FoundPlace.precedes)
        // A domain can be typed without its dots: then it matters only when nothing else was meant.
        if needle.mayBeParameter || (needle.isOneWord && best.isEmpty) { results.coverage = lists.detailCoverage }
        let wanted = Set(best.compactMap(\.account))
        var accounts: [Account.ID: Account] = [:]
        for list in lists.accounts {
            if isOver() || accounts.count == wanted.count { break }
            for account in list where wanted.contains(account.id) { accounts[account.id] = account }
        }
        results.places = best
        results.accounts = Array(accounts.values)
        return results
    }

    /// Adds the best of `lists`; what several of them hold is added once.
    private static func search<Row>(
        _ lists: [[Row]], _ isOver: () -> Bool, into best: inout [FoundPlace], _ fit: (Row) -> FoundPlace?
    ) {
        var found: [FoundPlace.Target: FoundPlace] = [:]
        var worst: FoundPlace.Rank?
        for list in lists {
            for (number, row) in list.enumerated() {
                if number & 0xFFF == 0, isOver() { return }
                guard let place = fit(row) else { continue }
                // More than enough that fit as well are there already.
                if found.count >= limitOfKind * 40, let worst, place.rank >= worst { continue }
                worst = max(worst ?? place.rank, place.rank)
                if let best = found[place.target], !FoundPlace.precedes(place, best) { continue }
                found[place.target] = place
            }
        }
        best += found.values.sorted(by: FoundPlace.precedes).prefix(limitOfKind)
    }

    static func place(of account: Account, _ needle: Needle) -> FoundPlace? {
        let ranks = [
            needle.rank(inCode: account.id.rawValue), needle.rank(inName: account.name),
            account.externalID.flatMap { needle.rank(inCode: $0) },
            account.taxRegistration.flatMap { needle.rank(inCode: $0) },
        ]
        let contact = account.contacts.lazy.compactMap { person in
            [needle.rank(inEmail: person.email), needle.rank(inPhone: person.phone)].compactMap(\.self).min().map {
                (rank: $0, person: person)
            }
        }.min { $0.rank < $1.rank }
        guard let rank = (ranks + [contact?.rank]).compactMap({ $0 }).min() else { return nil }
        let status = account.status == .active ? "" : ", \(account.status.word)"
        let why = contact.map { $0.rank == rank ? ", \($0.person.email)" : "" } ?? ""
        let kind = account.kind == .customer ? "customer" : "reseller"
        return FoundPlace(
            target: .account(account.id), title: account.title, detail: "\(account.id)  \(kind)\(status)\(why)",
            rank: rank)
    }

    /// By what was given when ordering or made by provisioning, such as a domain or a tenant id.
    static func place(of detail: SubscriptionDetail, _ needle: Needle) -> FoundPlace? {
        let parameters = detail.orderParameters + detail.fulfillmentParameters
        let fitting = parameters.lazy.compactMap { parameter in
            needle.rank(inCode: parameter.value).map { (rank: $0, parameter: parameter) }
        }.min { $0.rank < $1.rank }
        guard let fitting else { return nil }
        let subscription = detail.subscription
        return FoundPlace(
            target: .subscription(subscription.id, of: subscription.customer),
            title: "\(subscription.id)  \(subscription.name)",
            detail: "\(fitting.parameter.name) \(fitting.parameter.value)", rank: fitting.rank)
    }

    /// Rows of one MPN are one place: the catalogue shows them side by side.
    static func place(of product: Product, _ needle: Needle) -> FoundPlace? {
        let ranks = [needle.rank(inCode: product.mpn), needle.rank(inName: product.title)]
        guard let rank = ranks.compactMap({ $0 }).min() else { return nil }
        return FoundPlace(
            target: .product(mpn: product.mpn, vendor: product.vendor), title: "\(product.mpn)  \(product.title)",
            detail: product.vendor, rank: rank)
    }

    static func place(of subscription: Subscription, _ needle: Needle) -> FoundPlace? {
        guard let rank = needle.rank(inCode: subscription.id.rawValue) else { return nil }
        return FoundPlace(
            target: .subscription(subscription.id, of: subscription.customer),
            title: "\(subscription.id)  \(subscription.name)", detail: subscription.status.word, rank: rank)
    }

    static func place(of order: Order, _ needle: Needle) -> FoundPlace? {
        let ranks = [
            needle.rank(inCode: order.number), needle.rank(inCode: order.id.rawValue),
            order.poNumber.flatMap { needle.rank(inCode: $0) },
        ]
        guard let rank = ranks.compactMap({ $0 }).min() else { return nil }
        return FoundPlace(
            target: .order(order.id, of: order.customer), title: "\(order.label)  \(order.kind.word)",
            detail: order.status.word, rank: rank)
    }
}
