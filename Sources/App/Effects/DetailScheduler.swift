import Dashboard

/// Which details of the rows in the viewport are read when: a few at a time, and none while the rows scroll by.
struct DetailScheduler {
    /// How long the rows must stay in the viewport before the new ones among them are read.
    static let delay = Duration.milliseconds(200)
    /// Details that are read at the same time.
    static let atOnce = 4

    enum Step: Equatable {
        case read([DataQuery])
        /// Call `resume` at this time. No other call is arranged.
        case wait(until: ContinuousClock.Instant)
        case nothing
    }

    private var latest: [DataQuery] = []
    private var waiting: [DataQuery] = []
    private var inFlight: Set<DataQuery> = []
    private var movedAt: ContinuousClock.Instant?
    private var isDelayed = false

    /// The details missing in the viewport are now those of `queries`. They replace what waits; reads in flight go on.
    mutating func schedule(_ queries: [DataQuery], at now: ContinuousClock.Instant) -> Step {
        // Answers make the list shorter; only a row that was not there before means that the viewport moved.
        let hasMoved = !Self.isPart(queries, of: latest)
        latest = queries
        guard hasMoved else {
            if !isDelayed { waiting = queries.filter { !inFlight.contains($0) } }
            return isDelayed ? .nothing : start()
        }
        let isScrolling = movedAt.map { now - $0 < Self.delay } ?? false
        movedAt = now
        waiting = []
        if isDelayed { return .nothing }
        guard isScrolling else { return begin() }
        isDelayed = true
        return .wait(until: now + Self.delay)
    }

    /// The time asked for with `.wait` has come.
    mutating func resume(at now: ContinuousClock.Instant) -> Step {
        if let movedAt, now - movedAt < Self.delay { return .wait(until: movedAt + Self.delay) }
        isDelayed = false
        return begin()
    }

    /// `query` was answered.
    /// - Returns: what to read next.
    mutating func finish(_ query: DataQuery) -> DataQuery? {
        inFlight.remove(query)
        return takeNext()
    }

    /// Reads nothing more.
    mutating func clear() {
        latest = []
        waiting = []
    }

    private mutating func begin() -> Step {
        waiting = latest.filter { !inFlight.contains($0) }
        return start()
    }

    private mutating func start() -> Step {
        var starting: [DataQuery] = []
        while inFlight.count < Self.atOnce, let next = takeNext() { starting.append(next) }
        return starting.isEmpty ? .nothing : .read(starting)
    }

    private mutating func takeNext() -> DataQuery? {
        guard !waiting.isEmpty else { return nil }
        let next = waiting.removeFirst()
        inFlight.insert(next)
        return next
    }

    /// Whether `queries` are some of `whole`, in its order.
    private static func isPart(_ queries: [DataQuery], of whole: [DataQuery]) -> Bool {
        var rest = whole[...]
        for query in queries {
            guard let place = rest.firstIndex(of: query) else { return false }
            rest = rest[(place + 1)...]
        }
        return true
    }
}
