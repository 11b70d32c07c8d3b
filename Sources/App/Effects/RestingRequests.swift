import Dashboard

/// Requests of which each is asked once it has been wanted for a while: where the cursor only passes by, nothing is
/// begun that would have to be ended again.
struct RestingRequests {
    /// How long a request must be wanted.
    static let rest = Duration.milliseconds(200)

    /// In the order in which they were wanted, so the earliest comes first.
    private var waiting: [(request: DataQuery, until: ContinuousClock.Instant)] = []
    private var isTimed = false

    /// `request` is wanted from `now` on, even if it was before.
    /// - Returns: when to ask with ``rested(at:)``; nil when somebody does already.
    mutating func add(_ request: DataQuery, at now: ContinuousClock.Instant) -> ContinuousClock.Instant? {
        remove(request)
        waiting.append((request, now + Self.rest))
        if isTimed { return nil }
        isTimed = true
        return now + Self.rest
    }

    mutating func remove(_ request: DataQuery) { waiting.removeAll { $0.request == request } }

    mutating func removeAll() { waiting = [] }

    /// The time asked for has come.
    /// - Returns: those that rested long enough, and when to ask again, if at all.
    mutating func rested(at now: ContinuousClock.Instant) -> (due: [DataQuery], next: ContinuousClock.Instant?) {
        let due = waiting.prefix { $0.until <= now }.map(\.request)
        waiting.removeFirst(due.count)
        isTimed = !waiting.isEmpty
        return (due, waiting.first?.until)
    }
}
