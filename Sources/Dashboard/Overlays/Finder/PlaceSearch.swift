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
        results.orderCoverage = lists.orderCoverage
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

    /// By its id and name, and by what else callers give; then it says what that was: `tax number DK12345678`.
    static func place(of account: Account, _ needle: Needle) -> FoundPlace? {
        var best = Fit.best([
            needle.rank(inCode: account.id.rawValue).map { Fit($0) }, needle.rank(inName: account.name).map { Fit($0) },
            account.externalID.flatMap { id in needle.rank(inCode: id).map { Fit($0, "your id \(id)") } },
            account.taxRegistration.flatMap { number in
                needle.rank(inNumber: number).map { Fit($0, "tax number \(number)") }
            },
        ])
        for person in account.contacts {
            best = Fit.best([
                best, needle.rank(inEmail: person.email).map { Fit($0, "e-mail \(person.email)") },
                needle.rank(inPhone: person.phone).map { Fit($0, "phone \(person.phoneNumber), \(person.name)") },
            ])
        }
        guard let best else { return nil }
        let status = account.status == .active ? "" : ", \(account.status.word)"
        let kind = account.kind == .customer ? "customer" : "reseller"
        return FoundPlace(
            target: .account(account.id), title: account.title,
            detail: "\(account.id)  " + (best.what.isEmpty ? kind + status : best.what + status), rank: best.rank)
    }

    /// How well something fits, and what of it does where that is not its id or name.
    private struct Fit {
        var rank: FoundPlace.Rank
        var what: String

        init(_ rank: FoundPlace.Rank, _ what: String = "") { (self.rank, self.what) = (rank, what) }

        /// The best; of several as good the first.
        static func best(_ fits: [Fit?]) -> Fit? {
            fits.reduce(nil) { best, fit in
                guard let fit else { return best }
                return best.map { fit.rank < $0.rank ? fit : $0 } ?? fit
            }
        }
    }

    /// By what was given when ordering or made by provisioning, such as a domain or a tenant id, and by the vendor's own
    /// id.
    static func place(of detail: SubscriptionDetail, _ needle: Needle) -> FoundPlace? {
        let parameters = detail.orderParameters + detail.fulfillmentParameters
        let fits =
            parameters.map { parameter in
                needle.rank(inCode: parameter.value).map { Fit($0, "\(parameter.name) \(parameter.value)") }
            }
            + detail.products.map { product in
                product.vendorSubscriptionID.flatMap { id in
                    needle.rank(inCode: id).map { Fit($0, "vendor's id \(id)") }
                }
            }
        guard let fitting = Fit.best(fits) else { return nil }
        let subscription = detail.subscription
        return FoundPlace(
            target: .subscription(subscription.id, of: subscription.customer),
            title: "\(subscription.id)  \(subscription.name)", detail: fitting.what, rank: fitting.rank)
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

    /// By its number and id, and by its PO number, which only orders have that were read in full.
    static func place(of order: Order, _ needle: Needle) -> FoundPlace? {
        let fit = Fit.best([
            needle.rank(inCode: order.number).map { Fit($0) }, needle.rank(inCode: order.id.rawValue).map { Fit($0) },
            order.poNumber.flatMap { number in needle.rank(inNumber: number).map { Fit($0, "PO number \(number)") } },
        ])
        guard let fit else { return nil }
        return FoundPlace(
            target: .order(order.id, of: order.customer), title: "\(order.label)  \(order.kind.word)",
            detail: [order.status.word, fit.what].filter { !$0.isEmpty }.joined(separator: ", "), rank: fit.rank)
    }
}
