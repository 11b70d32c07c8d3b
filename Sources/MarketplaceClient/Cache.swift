import Marketplace

/// What the marketplace said lately, shared by every pane and command of one signed-in person.
///
/// Promises:
/// - One read per key is in flight, however many readers wait for it.
/// - A reader who leaves cancels nobody else's read; the last one to leave cancels it.
/// - A failed read keeps the last good value, with the failure beside it.
/// - A read begun before a write is never kept as fresh: the write ends it, and it begins again while somebody waits.
/// - A value is never newer in name than in fact: its age counts from the moment its read began.
/// - A partial value is never fresh, and never takes the place of a known one that holds more.
public actor Cache<Key: Hashable & Sendable, Value: Sendable> {
    /// Reads a value whole. On the way it may publish what it has; watchers see that marked as loading.
    public typealias Load =
        @Sendable (_ key: Key, _ publish: @escaping @Sendable (Value) async -> Void) async throws(MarketplaceError) ->
        Value

    private struct Flight {
        let id: Int
        let startedAt: Instant
        let task: Task<Void, Never>
        /// Whether the entry's value came from this flight.
        var hasPublished = false
    }

    private struct Entry {
        var value: Value?
        var readAt: Instant?
        var failure: MarketplaceError?
        /// When the read of the whole value began; nil once a write made it stale, and for a partial value.
        var freshFrom: Instant?
        var flight: Flight?
        var watchers: [Int: AsyncStream<Snapshot<Value>>.Continuation] = [:]
        var waiters: [Int: CheckedContinuation<Result<Value, MarketplaceError>, Never>] = [:]

        var hasReaders: Bool { !watchers.isEmpty || !waiters.isEmpty }
        var snapshot: Snapshot<Value> {
            Snapshot(value: value, readAt: readAt, failure: failure, isLoading: flight != nil)
        }
    }

    private let load: Load
    private let freshness: @Sendable (Value) -> Double
    private let replaces: @Sendable (_ partial: Value, _ known: Value) -> Bool
    private let clock: any ClientClock
    private var entries: [Key: Entry] = [:]
    private var lastID = 0

    /// - Parameters:
    ///   - freshness: Seconds for which a value read whole is served without asking again.
    ///   - replaces: Whether a partial value may be shown in the place of one known from an earlier read.
    public init(
        freshness: Double, clock: any ClientClock = SystemClock(),
        replaces: @escaping @Sendable (_ partial: Value, _ known: Value) -> Bool = { _, _ in false },
        load: @escaping Load
    ) {
        self.init(freshness: { _ in freshness }, clock: clock, replaces: replaces, load: load)
    }

    /// As above, with a freshness that the value itself tells, in seconds.
    init(
        freshness: @escaping @Sendable (Value) -> Double, clock: any ClientClock,
        replaces: @escaping @Sendable (_ partial: Value, _ known: Value) -> Bool = { _, _ in false },
        load: @escaping Load
    ) {
        self.freshness = freshness
        self.clock = clock
        self.replaces = replaces
        self.load = load
    }

    // MARK: Reading

    /// The value for `key`, for commands: the known one while it is fresh, otherwise read whole.
    /// - Throws: The failure of the read, or `.cancelled` when the calling task was.
    public func value(for key: Key) async throws(MarketplaceError) -> Value {
        if let entry = entries[key], let value = entry.value, isFresh(entry) { return value }
        return try await nextAnswer(for: key)
    }

    /// The value as the marketplace has it now, however fresh the known one is. Joins a read in flight.
    func currentValue(for key: Key) async throws(MarketplaceError) -> Value { try await nextAnswer(for: key) }

    /// What is known of `key` now, then every change of it: marked loading while it is read, growing when the read
    /// publishes parts, at last the end state. The stream stays open for later refreshes until its reader leaves. A
    /// slow reader misses steps between, never the newest one.
    public nonisolated func snapshots(for key: Key) -> AsyncStream<Snapshot<Value>> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            Task { await self.attach(continuation, to: key) }
        }
    }

    /// Reads `key` again for everybody watching, however fresh it is. With nobody watching, the next reader will.
    public func refresh(_ key: Key) {
        guard let entry = entries[key], entry.hasReaders else {
            forgetFreshness(of: key)
            return
        }
        startFlight(for: key)
    }

    /// Marks what a write may have changed. Reads that began before are not kept; what is watched is read again.
    public func makeStale(where matches: @Sendable (Key) -> Bool) {
        for key in entries.keys where matches(key) {
            entries[key]?.freshFrom = nil
            guard let entry = entries[key], entry.hasReaders else { continue }
            entry.flight?.task.cancel()
            entries[key]?.flight = nil
            startFlight(for: key)
        }
    }

    /// Keeps a value that came by another way, for example in the answer to a write: known, but not fresh.
    func store(_ value: Value, for key: Key) {
        entries[key, default: Entry()].value = value
        entries[key]?.readAt = clock.now()
        entries[key]?.freshFrom = nil
        entries[key]?.failure = nil
        tellWatchers(of: key)
    }

    /// Makes the next reader of `key` read it; who reads it now is left alone.
    func forgetFreshness(of key: Key) { entries[key]?.freshFrom = nil }

    /// The last known value for `key`, however old.
    func known(_ key: Key) -> Snapshot<Value> { entries[key]?.snapshot ?? Snapshot() }

    // MARK: Readers

    private func isFresh(_ entry: Entry) -> Bool {
        guard let value = entry.value, let from = entry.freshFrom else { return false }
        let age = clock.now().seconds(since: from)
        return age >= 0 && age < freshness(value)
    }

    private func nextAnswer(for key: Key) async throws(MarketplaceError) -> Value {
        if Task.isCancelled { throw .cancelled }
        let id = nextID()
        let answer = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                entries[key, default: Entry()].waiters[id] = continuation
                startFlight(for: key)
            }
        } onCancel: {
            Task { await self.dismiss(waiter: id, of: key) }
        }
        return try answer.get()
    }

    private func attach(_ continuation: AsyncStream<Snapshot<Value>>.Continuation, to key: Key) {
        var entry = entries[key] ?? Entry()
        let mustRead = entry.flight == nil && !isFresh(entry)
        var first = entry.snapshot
        first.isLoading = first.isLoading || mustRead
        if case .terminated = continuation.yield(first) { return }
        let id = nextID()
        if mustRead { startFlight(for: key) }
        entry = entries[key] ?? entry
        entry.watchers[id] = continuation
        entries[key] = entry
        continuation.onTermination = { _ in Task { await self.dismiss(watcher: id, of: key) } }
    }

    private func dismiss(watcher id: Int, of key: Key) {
        entries[key]?.watchers[id] = nil
        tidy(key)
    }

    private func dismiss(waiter id: Int, of key: Key) {
        entries[key]?.waiters.removeValue(forKey: id)?.resume(returning: .failure(.cancelled))
        tidy(key)
    }

    /// Ends a read that nobody waits for, and forgets an entry that holds nothing.
    private func tidy(_ key: Key) {
        guard let entry = entries[key], !entry.hasReaders else { return }
        entry.flight?.task.cancel()
        entries[key]?.flight = nil
        if entry.value == nil { entries[key] = nil }
    }

    // MARK: Flights

    private func nextID() -> Int {
        lastID += 1
        return lastID
    }

    private func startFlight(for key: Key) {
        guard entries[key]?.flight == nil else { return }
        let id = nextID()
        let task = Task {
            let outcome: Result<Value, MarketplaceError>
            do throws(MarketplaceError) {
                outcome = .success(
                    try await self.load(key) { partial in await self.publish(partial, for: key, flight: id) })
            } catch {
                outcome = .failure(error)
            }
            self.land(outcome, for: key, flight: id)
        }
        entries[key, default: Entry()].flight = Flight(id: id, startedAt: clock.now(), task: task)
        tellWatchers(of: key)
    }

    private func publish(_ partial: Value, for key: Key, flight id: Int) {
        guard var entry = entries[key], let flight = entry.flight, flight.id == id else { return }
        if !flight.hasPublished, let known = entry.value, !replaces(partial, known) { return }
        entry.value = partial
        entry.readAt = flight.startedAt
        entry.freshFrom = nil
        entry.failure = nil
        entry.flight?.hasPublished = true
        entries[key] = entry
        tellWatchers(of: key)
    }

    private func land(_ outcome: Result<Value, MarketplaceError>, for key: Key, flight id: Int) {
        guard var entry = entries[key], let flight = entry.flight, flight.id == id else { return }
        entry.flight = nil
        switch outcome {
        case .success(let value):
            entry.value = value
            entry.readAt = flight.startedAt
            entry.freshFrom = flight.startedAt
            entry.failure = nil
        case .failure(let error):
            entry.failure = error
        }
        let waiters = entry.waiters
        entry.waiters = [:]
        entries[key] = entry
        for waiter in waiters.values { waiter.resume(returning: outcome) }
        tellWatchers(of: key)
        tidy(key)
    }

    private func tellWatchers(of key: Key) {
        guard let entry = entries[key] else { return }
        for watcher in entry.watchers.values { watcher.yield(entry.snapshot) }
    }
}
