/// What is looked at now, in the order it was asked for. A request that is needed at once and when settled is needed
/// at once.
struct Watchlist: Equatable {
    private var requests: [DataQuery] = []
    private var isSettled: [DataQuery: Bool] = [:]

    mutating func add(_ more: [DataQuery], whenSettled: Bool) {
        for request in more where isSettled[request] == nil {
            requests.append(request)
            isSettled[request] = whenSettled
        }
    }

    /// What to stop and what to begin, coming from `before`; with `again` everything begins anew except what is
    /// followed, which goes on.
    func effects(since before: Watchlist, again: Bool) -> [Effect] {
        var effects: [Effect] = before.requests.filter { isSettled[$0] == nil }.map { .unwatch($0) }
        for request in requests {
            let isNew = before.isSettled[request] == nil
            if request.isFollowed, !isNew { continue }
            if isNew || again { effects.append(.watch(request, whenSettled: isSettled[request] ?? false)) }
        }
        return effects
    }
}
