/// The whole state of the marketplace: what was made from the seed, and what has been written since.
///
/// It belongs to one `Sandbox` actor. Time passes in it only by `settle(now:)`, which every request calls first.
final class World {
    let configuration: SandboxConfiguration
    let catalogue: Catalogue
    var accounts: Accounts
    var subscriptions: Subscriptions
    var orders: Orders
    var reports: Reports
    /// The rows of lists of products, in euros.
    let writtenProducts: WrittenRows
    /// Indexes for searches; each is made when it is first needed.
    var nameIndex: NameIndex?
    var itemIndex: ItemIndex?
    /// The last day that has passed through `passDays(until:)`.
    var today: CalendarDay
    /// Ended subscriptions that are still to be removed, by the day on which they will be.
    var removals: [CalendarDay: [Int]] = [:]

    init(configuration: SandboxConfiguration, now: Moment) {
        self.configuration = configuration
        today = now.day
        writtenProducts = WrittenRows(limit: configuration.writtenRows)
        reports = Reports(seed: configuration.seed, now: now)
        catalogue = Catalogue(seed: configuration.seed, rows: configuration.products)
        accounts = Accounts(configuration: configuration)
        let offers = catalogue.offers()
        subscriptions = .seed(configuration, accounts, offers, now: now)
        orders = .seed(configuration, subscriptions, accounts, offers, now: now)
        planRemovals()
    }

    // MARK: What a viewer may see

    func isVisible(customer place: Int, to viewer: Viewer) -> Bool {
        viewer.reseller == nil || viewer.reseller == Int(accounts.owners[place])
    }

    /// - Throws: `notFound` for an id that does not exist, and for one that belongs to somebody else.
    func customer(_ id: String, for viewer: Viewer) throws(Refusal) -> Int {
        guard let place = accounts.customerPlace(id: id), isVisible(customer: place, to: viewer)
        else { throw .notFound }
        return place
    }

    func reseller(_ id: String, for viewer: Viewer) throws(Refusal) -> Int {
        guard let place = accounts.resellerPlace(id: id), viewer.reseller == nil || viewer.reseller == place
        else { throw .notFound }
        return place
    }

    func subscription(_ id: String, for viewer: Viewer) throws(Refusal) -> Int {
        guard let place = subscriptions.place(id: id),
            isVisible(customer: Int(subscriptions.rows[place].customer), to: viewer)
        else { throw .notFound }
        return place
    }

    func order(_ id: String, for viewer: Viewer) throws(Refusal) -> Int {
        guard let place = orders.place(id: id), isVisible(customer: Int(orders.rows[place].customer), to: viewer)
        else { throw .notFound }
        return place
    }

    // MARK: Subscriptions' products

    /// The products of a subscription; none for those that only bill.
    func lines(ofSubscription place: Int) -> [SubscriptionLine] {
        if let lines = subscriptions.extras(place)?.lines { return lines }
        let row = subscriptions.rows[place]
        guard row.quantity > 0 else { return [] }
        var lines = [SubscriptionLine(product: Int(row.product), quantity: Int(row.quantity))]
        let product = catalogue.product(Int(row.product))
        if let needed = product.needsRow, needed < catalogue.count {
            lines.append(SubscriptionLine(product: needed, quantity: Int(row.quantity)))
        }
        return lines
    }

    func currency(ofCustomer place: Int) -> String {
        accounts.currency(ofCustomer: place)
    }
}
