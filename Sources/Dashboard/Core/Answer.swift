import Marketplace

/// How far the answer to a query has come.
struct Answer {
    var query: DataQuery
    var hasValue: Bool
    var isLoading: Bool
    var failure: MarketplaceError?
    /// What the read waits for.
    var waiting: Waiting?

    init<Value>(_ query: DataQuery, _ snapshot: Snapshot<Value>) {
        self.query = query
        hasValue = snapshot.value != nil
        isLoading = snapshot.isLoading
        failure = snapshot.failure
        waiting = snapshot.waiting
    }
}

extension Event {
    /// The answer that the event brings; nil for other events.
    var answer: Answer? {
        switch self {
        case .accounts(let query, let latest): Answer(.accounts(query), latest)
        case .account(let key, let latest): Answer(.account(key), latest)
        case .subscriptions(let query, let latest): Answer(.subscriptions(query), latest)
        case .subscription(let id, let latest): Answer(.subscription(id), latest)
        case .orders(let query, let latest): Answer(.orders(query), latest)
        case .order(let id, let latest): Answer(.order(id), latest)
        case .products(let query, let latest): Answer(.products(query), latest)
        case .plans(let query, let latest): Answer(.plans(query), latest)
        case .plan(let id, let latest): Answer(.plan(id), latest)
        case .overview(let query, let latest): Answer(.overview(query), latest)
        case .reports(let query, let latest): Answer(.reports(query), latest)
        case .report(let id, let latest): Answer(.report(id), latest)
        case .requestLog: Answer(.requestLog, Snapshot(value: ()))
        case .charges: Answer(.charges, Snapshot(value: ()))
        case .journal, .journalUnreadable: Answer(.journal, Snapshot(value: ()))
        case .key, .keysRepeat, .resized, .focused, .resumed, .typeAheadDropped, .time, .clocks, .budget, .index,
            .found, .foundTenants,
            .estimated, .validated, .dryRan, .asking, .sent, .lookedUp, .exported, .copied, .arranged, .drafts,
            .download, .table, .draftsKept, .draftsLost, .watched, .watchLost, .lastSession, .sessionLost, .savedViews,
            .readOnly, .choices, .setup, .setupRefused:
            nil
        }
    }
}

extension DataQuery {
    /// The queries that an answer to this one answers: a row that is followed is read as any other.
    var answered: [DataQuery] {
        switch self {
        case .order(let id): [self, .followedOrder(id)]
        case .subscription(let id): [self, .followedSubscription(id)]
        case .account(let key): [self, .followedAccount(key)]
        default: [self]
        }
    }
}
