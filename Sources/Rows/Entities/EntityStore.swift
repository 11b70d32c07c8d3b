import HashTreeCollections
import Marketplace

/// Accounts, details of subscriptions, orders and plans by identity, as far as they were read: what columns and
/// sentences look values up in. A value: a copy costs nothing and never changes under a job that uses it.
public struct EntityStore: Sendable {
    public private(set) var accounts = AccountDirectory()
    /// Accounts as their own answer has them, with contacts and address.
    public private(set) var accountsInFull: [Account.ID: Account] = [:]
    public private(set) var details: TreeDictionary<Subscription.ID, SubscriptionDetail> = [:]
    /// Changes whenever `details` or `lastOrders` does.
    public private(set) var detailsVersion = 0
    public private(set) var plans: [Plan.ID: PlanDetail] = [:]
    public private(set) var orders: [Order.ID: Order] = [:]
    /// The orders of a subscription, newest first, where they were asked for.
    public private(set) var subscriptionOrders: [Subscription.ID: [Order]] = [:]
    /// The newest of the orders of a subscription that were read in full.
    public private(set) var lastOrders: TreeDictionary<Subscription.ID, Order> = [:]
    private var heldBy: TreeDictionary<Account.ID, TreeSet<Subscription.ID>> = [:]
    /// Long lists of accounts that jobs are indexing.
    private var pending: [AccountQuery: Pending] = [:]
    private var jobCount = 0

    private struct Pending {
        var ticket: JobTicket<AccountDirectory.List>
        var rows: [Account]
    }

    /// Lists up to this length are indexed at once.
    private static let rowsAtOnce = 4000

    public init() {}

    // MARK: Asking

    /// The account's name; its id as long as no name was read.
    public func name(of account: Account.ID) -> String { accounts.name(of: account) ?? "account \(account)" }

    /// The details of a customer's subscriptions that were read, by their ids.
    public func details(heldBy customer: Account.ID) -> [SubscriptionDetail] {
        (heldBy[customer] ?? []).compactMap { details[$0] }
            .sorted { $0.subscription.id.rawValue < $1.subscription.id.rawValue }
    }

    /// A running subscription of `customer` that holds the MPN, the first of several; only among those whose details
    /// were read.
    public func subscription(of customer: Account.ID?, with mpn: String, by vendor: String?) -> SubscriptionDetail? {
        customer.map(details(heldBy:))?.first { detail in
            detail.subscription.status == .active
                && detail.products.contains { $0.mpn == mpn && (vendor == nil || $0.vendor == vendor) }
        }
    }

    // MARK: What was read

    public mutating func insert(_ account: Account) { accounts.insert(account) }

    /// Takes an account with all it has.
    public mutating func insertInFull(_ account: Account) {
        insert(account)
        accountsInFull[account.id] = account
    }

    /// Takes a list of accounts. A long one can be asked only when it has been indexed by the job that is returned.
    /// - Returns: What is to be done elsewhere; the result of its job belongs to `take(_:)`.
    public mutating func insert(_ rows: [Account], of query: AccountQuery) -> [BackgroundWork] {
        if accounts.has(rows, of: query) || pending[query]?.rows.isSame(as: rows) == true { return [] }
        pending[query] = nil
        if rows.count <= Self.rowsAtOnce { return replace(AccountDirectory.List(rows), of: query) }
        jobCount += 1
        let ticket = JobTicket<AccountDirectory.List>(ListJob.Slot(.names(query), .indexing), number: jobCount)
        pending[query] = Pending(ticket: ticket, rows: rows)
        return [
            .run(
                ListJob(ticket) { isCancelled, post in
                    let list = AccountDirectory.List(rows)
                    if !isCancelled() { post(list) }
                })
        ]
    }

    /// Takes a list of accounts, and indexes it however long it is: for callers that wait, such as commands.
    public mutating func insertAtOnce(_ rows: [Account], of query: AccountQuery) {
        pending[query] = nil
        _ = accounts.insert(AccountDirectory.List(rows), of: query)
    }

    /// Takes the result of a job that indexed a list of accounts.
    /// - Returns: What is to be done elsewhere; nil when it is no such result, or one of an older list.
    public mutating func take(_ result: ListResult) -> [BackgroundWork]? {
        for (query, job) in pending {
            guard let list = job.ticket.content(of: result) else { continue }
            pending[query] = nil
            return replace(list, of: query)
        }
        return nil
    }

    private mutating func replace(_ list: AccountDirectory.List, of query: AccountQuery) -> [BackgroundWork] {
        guard let old = accounts.insert(list, of: query), old.rows.count > Self.rowsAtOnce else { return [] }
        return [.free(Discarded([old]))]
    }

    public mutating func insert(_ detail: SubscriptionDetail) {
        let row = detail.subscription
        detailsVersion += 1
        details[row.id] = detail
        heldBy[row.customer, default: []].insert(row.id)
    }

    /// Removes details, so that they are read again when they are needed.
    public mutating func removeDetails(of subscriptions: [Subscription.ID]) {
        for id in subscriptions { details[id] = nil }
        if !subscriptions.isEmpty { detailsVersion += 1 }
    }

    public mutating func insert(_ order: Order) {
        orders[order.id] = order
        if let id = order.subscription {
            let last = lastOrders[id]
            if last == nil || last?.id == order.id || last?.created ?? .never < order.created ?? .never {
                lastOrders[id] = order
                detailsVersion += 1
            }
        }
        guard let id = order.subscription, var rows = subscriptionOrders[id] else { return }
        if let place = rows.firstIndex(where: { $0.id == order.id }) {
            rows[place] = order
        } else {
            rows.insert(order, at: 0)
        }
        subscriptionOrders[id] = rows
    }

    /// Takes the orders of a subscription, newest first. What was read of single ones stays.
    public mutating func insert(_ orders: [Order], of subscription: Subscription.ID) {
        subscriptionOrders[subscription] = orders.map { self.orders[$0.id] ?? $0 }
    }

    public mutating func insert(_ plan: PlanDetail, as id: Plan.ID) { plans[id] = plan }
}

extension ListName {
    /// The accounts of a query, as the directory of accounts keeps them.
    public static func names(_ query: AccountQuery) -> ListName { ListName("names of \(query)") }
}

extension Instant {
    /// Before every other.
    fileprivate static let never = Instant(millisecondsSince1970: .min)
}
