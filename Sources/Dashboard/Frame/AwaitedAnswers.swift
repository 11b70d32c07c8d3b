/// Requests whose answers are awaited, so that one can tell when the screen shows all it was to show.
struct AwaitedAnswers {
    private var open: Set<DataQuery> = []

    var isEmpty: Bool { open.isEmpty }

    mutating func note(_ effects: [Effect]) {
        for effect in effects {
            switch effect {
            case .client(.watch(let request, _)): open.insert(request)
            case .client(.unwatch(let request)): open.remove(request)
            default: break
            }
        }
    }

    /// An answer that is still being completed does not count.
    mutating func note(_ event: Event) {
        switch event {
        case .accounts(let query, let latest): if !latest.isLoading { open.remove(.accounts(query)) }
        case .account(let key, let latest): if !latest.isLoading { open.remove(.account(key)) }
        case .subscriptions(let query, let latest): if !latest.isLoading { open.remove(.subscriptions(query)) }
        case .subscription(let id, let latest): if !latest.isLoading { open.remove(.subscription(id)) }
        case .orders(let query, let latest): if !latest.isLoading { open.remove(.orders(query)) }
        case .order(let id, let latest):
            // However often an order is looked at: one look is an answer.
            if !latest.isLoading { open.subtract([.order(id), .followedOrder(id)]) }
        case .products(let query, let latest): if !latest.isLoading { open.remove(.products(query)) }
        case .plan(let id, let latest): if !latest.isLoading { open.remove(.plan(id)) }
        case .overview: open.remove(.overview)
        case .requestLog: open.remove(.requestLog)
        case .journal, .journalUnreadable: open.remove(.journal)
        case .key, .resized, .focused, .resumed, .typeAheadDropped, .time, .budget, .index, .found, .estimated,
            .validated, .dryRan, .sent, .lookedUp, .exported, .copied, .arranged, .drafts, .draftsKept, .draftsLost,
            .readOnly:
            break
        }
    }
}
