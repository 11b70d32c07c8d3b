import Dashboard

/// Which details of the rows in view are read when: few at a time, and none for rows that only pass by.
struct WantedDetails {
    /// How long the rows in view must stay before those that came into view are read.
    static let rest = Duration.milliseconds(200)
    /// Details that are read at the same time.
    static let atOnce = 4

    /// What to do after the rows in view changed.
    enum Step: Equatable {
        case read([DataQuery])
        /// Ask again with `rested` at this time. Nobody else does.
        case rest(until: ContinuousClock.Instant)
        case nothing
    }

    private var latest: [DataQuery] = []
    private var waiting: [DataQuery] = []
    private var inFlight: Set<DataQuery> = []
    private var movedAt: ContinuousClock.Instant?
    private var isResting = false

    /// The rows in view are now those of `requests`. What waits is replaced, what is being read goes on.
    mutating func want(_ requests: [DataQuery], at now: ContinuousClock.Instant) -> Step {
        // Answers make the list shorter; only a row that was not there before means that the rows moved.
        let hasMoved = !Self.isPart(requests, of: latest)
        latest = requests
        guard hasMoved else {
            if !isResting { waiting = requests.filter { !inFlight.contains($0) } }
            return isResting ? .nothing : start()
        }
        let isPassing = movedAt.map { now - $0 < Self.rest } ?? false
        movedAt = now
        waiting = []
        if isResting { return .nothing }
        guard isPassing else { return begin() }
        isResting = true
        return .rest(until: now + Self.rest)
    }

    /// The time asked for with `.rest` has come.
    mutating func rested(at now: ContinuousClock.Instant) -> Step {
        if let movedAt, now - movedAt < Self.rest { return .rest(until: movedAt + Self.rest) }
        isResting = false
        return begin()
    }

    /// `request` was answered.
    /// - Returns: what to read next.
    mutating func finish(_ request: DataQuery) -> DataQuery? {
        inFlight.remove(request)
        return takeNext()
    }

    /// Nothing more is wanted.
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

    /// Whether `requests` are some of `whole`, in its order.
    private static func isPart(_ requests: [DataQuery], of whole: [DataQuery]) -> Bool {
        var rest = whole[...]
        for request in requests {
            guard let place = rest.firstIndex(of: request) else { return false }
            rest = rest[(place + 1)...]
        }
        return true
    }
}
