import Dashboard

/// Queries that are watched only after a delay (debounce): while the cursor passes rows by, no call is begun for them.
struct DebouncedQueries {
    static let delay = Duration.milliseconds(200)

    /// Ascending by time.
    private var waiting: [(query: DataQuery, until: ContinuousClock.Instant)] = []
    private var isTimed = false

    /// The delay of `query` begins at `now`, even if it has begun before.
    /// - Returns: When ``takeDue(at:)`` is to be called; nil when that call is already arranged.
    mutating func add(_ query: DataQuery, at now: ContinuousClock.Instant) -> ContinuousClock.Instant? {
        remove(query)
        waiting.append((query, now + Self.delay))
        if isTimed { return nil }
        isTimed = true
        return now + Self.delay
    }

    mutating func remove(_ query: DataQuery) { waiting.removeAll { $0.query == query } }

    mutating func removeAll() { waiting = [] }

    /// - Returns: The queries whose delay is over, and when this is to be called again, if at all.
    mutating func takeDue(at now: ContinuousClock.Instant) -> (due: [DataQuery], next: ContinuousClock.Instant?) {
        let due = waiting.prefix { $0.until <= now }.map(\.query)
        waiting.removeFirst(due.count)
        isTimed = !waiting.isEmpty
        return (due, waiting.first?.until)
    }
}
