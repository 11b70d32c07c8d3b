import Marketplace

/// What a cache holds, all of it behind the cache's lock. Its moments are in steady time; readers get them as time of day.
extension Cache {
    typealias Answer = Result<Value, MarketplaceError>

    struct State {
        var entries: [Key: Entry] = [:]
        /// When something was last made stale.
        var lastWrite: Instant?
    }

    struct Flight {
        let id: Int
        let startedAt: Instant
        let context: CallContext
        let task: Task<Void, Never>
        /// Whether the entry's value came from this flight.
        var hasPublished = false
    }

    /// Who waits for the next answer.
    struct Waiter {
        let continuation: CheckedContinuation<Answer, Never>
        let priority: CallPriority
        /// What the answer is needed for, and its place there for what the read waits for.
        let caller: (context: CallContext, place: Int)?
    }

    final class Entry {
        let cell: CacheMemory.Cell
        var value: Value?
        var readAt: Instant?
        var failure: MarketplaceError?
        /// When the read of the whole value began; nil once a write made it stale, and for a partial value.
        var freshFrom: Instant?
        var flight: Flight?
        var watchers: [Int: (stream: AsyncStream<Snapshot<Value>>.Continuation, priority: CallPriority)] = [:]
        /// Who sees changes without causing reads.
        var observers: [Int: AsyncStream<Snapshot<Value>>.Continuation] = [:]
        var waiters: [Int: Waiter] = [:]

        init(cell: CacheMemory.Cell) { self.cell = cell }

        var hasReaders: Bool { !watchers.isEmpty || !waiters.isEmpty }

        func snapshot(_ clock: any ClientClock) -> Snapshot<Value> {
            var waiting = flight?.context.waiting
            if let until = waiting?.until { waiting?.until = clock.wall(until) }
            return Snapshot(
                value: value, readAt: readAt.map(clock.wall), failure: failure, isLoading: flight != nil,
                waiting: waiting)
        }

        /// That of its most urgent reader.
        var priority: CallPriority {
            max(
                watchers.values.lazy.map(\.priority).max() ?? .index,
                waiters.values.lazy.map(\.priority).max() ?? .index)
        }

        func notifyWatchers(_ clock: any ClientClock) {
            if watchers.isEmpty, observers.isEmpty { return }
            let snapshot = snapshot(clock)
            for watcher in watchers.values { watcher.stream.yield(snapshot) }
            for observer in observers.values { observer.yield(snapshot) }
        }
    }
}
