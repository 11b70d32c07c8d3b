import Marketplace
import Synchronization

/// A read-through cache of the marketplace's answers, shared by every pane and command of one signed-in person. It coalesces
/// the reads of a key, serves stale values while it revalidates them, and evicts by ``CacheMemory``.
///
/// Promises:
/// - One read per key is in flight, however many readers wait for it; it is as urgent as its most urgent reader.
/// - A reader who leaves cancels nobody else's read; the last one to leave cancels it.
/// - A failed read keeps the last good value, with the failure beside it.
/// - A read begun before a write is never kept as fresh: the write ends it, and it begins again while somebody waits.
/// - A value is never newer in name than in fact: its age counts from the moment its read began.
/// - A partial value is never fresh, and never takes the place of a cached one that holds more.
/// - What is watched stays in memory; everything else may be forgotten when the memory it shares is full.
///
/// All state is behind one lock, which is held only to look and to change, never while anything is read, cancelled
/// or published to others but watchers.
public final class Cache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    /// Reads a value whole. On the way it may publish what it has; watchers see that marked as loading.
    public typealias Load =
        @Sendable (_ key: Key, _ publish: @escaping @Sendable (Value) async -> Void) async throws(MarketplaceError) ->
        Value

    let load: Load
    let rules: Rules
    let clock: any ClientClock
    let memory: CacheMemory
    /// Called for each value that is served without a read.
    private let onHit: (@Sendable (Key) -> Void)?
    /// Called for each whole value that is kept, in the order in which they come: with the lock held, so that it must not
    /// come back here.
    let onValue: (@Sendable (Key, Value) -> Void)?
    let state = Mutex(State())
    private let ids = Atomic(0)

    /// - Parameter freshness: Seconds for which a value read whole is served without asking again.
    public convenience init(
        freshness: Double, clock: any ClientClock = SystemClock(), memory: CacheMemory = CacheMemory(),
        replaces: @escaping @Sendable (_ partial: Value, _ cached: Value) -> Bool = { _, _ in false },
        load: @escaping Load
    ) {
        self.init(Rules(freshness: { _ in freshness }, replaces: replaces), clock: clock, memory: memory, load: load)
    }

    public init(
        _ rules: Rules, clock: any ClientClock, memory: CacheMemory, onHit: (@Sendable (Key) -> Void)? = nil,
        onValue: (@Sendable (Key, Value) -> Void)? = nil, load: @escaping Load
    ) {
        self.rules = rules
        self.clock = clock
        self.memory = memory
        self.onHit = onHit
        self.onValue = onValue
        self.load = load
    }

    // MARK: Reading

    /// The value for `key`, for commands: the cached one while it is fresh, otherwise read whole.
    /// - Throws: The failure of the read, or `.cancelled` when the calling task was.
    public nonisolated(nonsending) func value(
        for key: Key, priority: CallPriority = .onScreen
    ) async throws(MarketplaceError) -> Value {
        if let value = freshValue(for: key) { return value }
        return try await nextAnswer(for: key, priority)
    }

    /// The cached value for `key` while it is fresh; nil when it would have to be read.
    public func freshValue(for key: Key) -> Value? {
        let value = state.withLock { state -> Value? in
            guard let entry = state.entries[key], isFresh(entry) else { return nil }
            memory.touch(entry.cell)
            return entry.value
        }
        if value != nil { onHit?(key) }
        return value
    }

    /// The value for `key` with the time of day it was read at; read anew when the cached one is not fresh, or was read
    /// before `moment`.
    public func snapshot(
        for key: Key, readSince moment: Instant?, priority: CallPriority = .onScreen
    ) async throws(MarketplaceError) -> Snapshot<Value> {
        if let value = freshValue(for: key), let readAt = cached(key).readAt, moment.map({ readAt >= $0 }) ?? true {
            return Snapshot(value: value, readAt: readAt)
        }
        let value = try await nextAnswer(for: key, priority)
        return Snapshot(value: value, readAt: cached(key).readAt ?? clock.now())
    }

    /// The value as the marketplace has it now, however fresh the cached one is. Joins a read in flight.
    func currentValue(for key: Key, priority: CallPriority = .onScreen) async throws(MarketplaceError) -> Value {
        try await nextAnswer(for: key, priority)
    }

    /// What is cached for `key` now, then every change of it: marked loading while it is read, growing when the read
    /// publishes parts, at last the end state. The stream stays open for later refreshes until its reader leaves. A
    /// slow reader misses steps between, never the newest one.
    public func snapshots(for key: Key, priority: CallPriority = .onScreen) -> AsyncStream<Snapshot<Value>> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { attach($0, to: key, priority) }
    }

    /// What is cached for `key` now, then every change of it that others' reads bring. Reads nothing by itself, and
    /// keeps nothing from being forgotten.
    public func observations(of key: Key) -> AsyncStream<Snapshot<Value>> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { stream in
            let id = nextID()
            state.withLock { state in
                let entry = entry(for: key, in: &state)
                stream.yield(entry.snapshot(clock))
                entry.observers[id] = stream
            }
            stream.onTermination = { [weak self] _ in self?.leaveLater(key) { $0.observers[id] = nil } }
        }
    }

    /// Reads `key` again for everybody watching, however fresh it is. With nobody watching, the next reader will.
    public func refresh(_ key: Key) async {
        state.withLock { state in
            guard let entry = state.entries[key] else { return }
            if entry.hasReaders { startFlight(entry, for: key) } else { entry.freshFrom = nil }
        }
    }

    /// Marks what a write may have changed. Reads that began before are not kept; what is watched is read again.
    public func makeStale(where matches: @Sendable (Key) -> Bool) {
        let ended = state.withLock { state in
            var ended: [Task<Void, Never>] = []
            state.lastWrite = clock.steady()
            for (key, entry) in state.entries where matches(key) {
                entry.freshFrom = nil
                guard let flight = entry.flight else { continue }
                ended.append(flight.task)
                entry.flight = nil
                if entry.hasReaders { startFlight(entry, for: key) }
            }
            for (key, entry) in state.entries where matches(key) && entry.hasReaders { startFlight(entry, for: key) }
            return ended
        }
        for task in ended { task.cancel() }
    }

    /// Keeps a value that came by another way: in the answer to a write, or read by the index.
    /// - Parameter readSince: When the read of the whole value began, in steady time; nil when it is not fresh. It is not
    ///   fresh either when something was made stale since then.
    func store(_ value: Value, for key: Key, readSince: Instant? = nil) {
        state.withLock { state in
            let entry = entry(for: key, in: &state)
            entry.value = value
            entry.readAt = readSince ?? clock.steady()
            entry.freshFrom = readSince.flatMap { since in
                state.lastWrite.map { since > $0 } ?? true ? since : nil
            }
            entry.failure = nil
            memory.keep(entry.cell, bytes: rules.cost(value))
            onValue?(key, value)
            entry.notifyWatchers(clock)
        }
        memory.shrink()
    }

    /// Ends the read of `key` for everybody who waits for it. What was cached stays; who watches sees that it was
    /// stopped.
    public func stopReading(_ key: Key) {
        let (task, waiters) = state.withLock { state -> (Task<Void, Never>?, [CheckedContinuation<Answer, Never>]) in
            guard let entry = state.entries[key], let flight = entry.flight else { return (nil, []) }
            entry.flight = nil
            entry.failure = .cancelled
            let waiters = entry.waiters.values.map(\.continuation)
            entry.waiters = [:]
            memory.setWatched(entry.cell, entry.hasReaders)
            entry.notifyWatchers(clock)
            return (flight.task, waiters)
        }
        task?.cancel()
        for waiter in waiters { waiter.resume(returning: .failure(.cancelled)) }
    }

    /// Publishes every entry again, because the time of day has stepped.
    func publishAgain() {
        state.withLock { state in
            for entry in state.entries.values { entry.notifyWatchers(clock) }
        }
    }

    /// Makes the next reader of `key` read it; who reads it now is left alone.
    func forgetFreshness(of key: Key) { state.withLock { $0.entries[key]?.freshFrom = nil } }

    /// Every cached value, however old. Nothing is read for it.
    var cachedValues: [Value] { state.withLock { $0.entries.values.compactMap(\.value) } }

    /// The cached value for `key`, however old.
    func cached(_ key: Key) -> Snapshot<Value> { state.withLock { $0.entries[key]?.snapshot(clock) } ?? Snapshot() }
}

// MARK: - State

extension Cache {
    private func isFresh(_ entry: Entry) -> Bool {
        guard let value = entry.value, let from = entry.freshFrom else { return false }
        let age = clock.steady().seconds(since: from)
        return age >= 0 && age < rules.freshness(value)
    }

    private func entry(for key: Key, in state: inout State) -> Entry {
        if let entry = state.entries[key] { return entry }
        let entry = Entry(cell: CacheMemory.Cell { [weak self] in self?.evict(key) })
        state.entries[key] = entry
        return entry
    }

    /// Evicts the value of `key`, unless somebody reads it.
    private func evict(_ key: Key) {
        state.withLock { state in
            guard let entry = state.entries[key], !entry.hasReaders else { return }
            memory.release(entry.cell)
            if entry.observers.isEmpty {
                state.entries[key] = nil
            } else {
                entry.value = nil
                entry.freshFrom = nil
            }
        }
    }
}

// MARK: - Readers

extension Cache {
    private nonisolated(nonsending) func nextAnswer(
        for key: Key, _ priority: CallPriority
    ) async throws(MarketplaceError) -> Value {
        let id = nextID()
        let caller = CallContext.current.map { (context: $0, place: $0.join()) }
        defer { if let caller { caller.context.leave(caller.place) } }
        let answer = await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: CheckedContinuation<Answer, Never>) in
                let urged: CallContext? = state.withLock { state in
                    if Task.isCancelled {
                        continuation.resume(returning: .failure(.cancelled))
                        return nil
                    }
                    let entry = entry(for: key, in: &state)
                    entry.waiters[id] = Waiter(continuation: continuation, priority: priority, caller: caller)
                    memory.setWatched(entry.cell, true)
                    startFlight(entry, for: key)
                    return entry.flight?.context
                }
                urge(urged, key)
                // What is being read already may wait already.
                if let caller { caller.context.setWaiting(urged?.waiting, of: caller.place) }
            }
        } onCancel: {
            leaveLater(key) { entry in
                entry.waiters.removeValue(forKey: id)?.continuation.resume(returning: .failure(.cancelled))
            }
        }
        return try answer.get()
    }

    private func attach(
        _ stream: AsyncStream<Snapshot<Value>>.Continuation, to key: Key, _ priority: CallPriority
    ) {
        let id = nextID()
        let (urged, isHit) = state.withLock { state -> (CallContext?, Bool) in
            let entry = entry(for: key, in: &state)
            memory.touch(entry.cell)
            let isHit = isFresh(entry)
            let mustRead = entry.flight == nil && !isHit
            var first = entry.snapshot(clock)
            first.isLoading = first.isLoading || mustRead
            stream.yield(first)
            // Before the watcher is registered, so that it does not see loading twice.
            if mustRead { startFlight(entry, for: key, priority) }
            entry.watchers[id] = (stream, priority)
            memory.setWatched(entry.cell, true)
            return (entry.flight?.context, isHit)
        }
        stream.onTermination = { [weak self] _ in self?.leaveLater(key) { $0.watchers[id] = nil } }
        urge(urged, key)
        if isHit { onHit?(key) }
    }

    func nextID() -> Int { ids.add(1, ordering: .relaxed).newValue }

    /// Makes the read in flight as urgent as its readers.
    private func urge(_ context: CallContext?, _ key: Key) {
        guard let context else { return }
        let priority = state.withLock { state -> CallPriority? in
            guard let entry = state.entries[key], entry.flight?.context === context else { return nil }
            return entry.priority
        }
        if let priority { context.move(to: priority) }
    }

    /// Whoever cancels a task holds the runtime's lock on it while its handlers run, and what is done under this cache's
    /// lock may wait for that one: the two are never held together.
    private func leaveLater(_ key: Key, _ remove: @escaping @Sendable (Entry) -> Void) {
        Task { self.leave(key, remove) }
    }

    private func leave(_ key: Key, _ remove: @Sendable (Entry) -> Void) {
        let (ended, context) = state.withLock { state -> (Task<Void, Never>?, CallContext?) in
            guard let entry = state.entries[key] else { return (nil, nil) }
            remove(entry)
            memory.setWatched(entry.cell, entry.hasReaders)
            return (tidy(entry, key, &state), entry.flight?.context)
        }
        ended?.cancel()
        urge(context, key)
    }

    /// Ends a read that nobody waits for, and forgets an entry that holds nothing.
    /// - Returns: The read to cancel, once the lock is free.
    func tidy(_ entry: Entry, _ key: Key, _ state: inout State) -> Task<Void, Never>? {
        guard !entry.hasReaders else { return nil }
        let ended = entry.flight?.task
        entry.flight = nil
        if entry.value == nil, entry.observers.isEmpty { state.entries[key] = nil }
        return ended
    }
}
