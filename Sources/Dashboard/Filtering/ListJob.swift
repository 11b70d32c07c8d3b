import Marketplace

/// The lists of the dashboard. A job of a list replaces the one before.
public enum ListName: Hashable, Sendable {
    case subscriptions, orders, products, people, requests, resellers, customers, foundCustomers, journal
    case customersOf(Account.ID)
    /// Lists beside another: of the account on the cursor, and the customers and products of an order form.
    case previewedSubscriptions, previewedOrders, chosenCustomers, chosenProducts
    /// Names learned from a list of accounts.
    case names(AccountQuery)
}

/// Work on a long list, to be done off the screen's thread. A plain value: what it is about tells two jobs apart.
public struct ListJob: Equatable, Sendable {
    /// What a later job replaces this one in.
    public struct Slot: Hashable, Sendable {
        public let list: ListName
        /// Whether it marks rows; that waits for nothing else.
        var isMarking = false
    }

    public let slot: Slot
    /// Counts the jobs of a list, so that a late result is known as one.
    let ticket: Int
    private let work: @Sendable (_ isCancelled: () -> Bool, _ post: (Event) -> Void) -> Void

    init(
        _ slot: Slot, ticket: Int,
        work: @escaping @Sendable (_ isCancelled: () -> Bool, _ post: (Event) -> Void) -> Void
    ) {
        self.slot = slot
        self.ticket = ticket
        self.work = work
    }

    /// Does the work. Asks every few thousand rows whether it is still wanted, and posts first results before the last.
    public func run(isCancelled: () -> Bool, post: (Event) -> Void) { work(isCancelled, post) }

    public static func == (left: ListJob, right: ListJob) -> Bool {
        left.slot == right.slot && left.ticket == right.ticket
    }
}

/// What a job of a list came to.
public struct ListResult: Sendable {
    let slot: ListJob.Slot
    let ticket: Int
    /// An `Arrangement` or whatever else the list asked for.
    let content: any Sendable
}

/// Values that are no longer shown and are big enough that freeing them would be seen. Whoever holds this last frees
/// them: off the screen's thread.
public struct Discarded: Equatable, Sendable {
    private let values: [any Sendable]

    init(_ values: [any Sendable]) { self.values = values }

    /// All discarded things are alike: nobody asks what they were.
    public static func == (left: Discarded, right: Discarded) -> Bool { left.values.count == right.values.count }
}
