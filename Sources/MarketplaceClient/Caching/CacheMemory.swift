import Synchronization

/// The memory that all caches of one client share, as one LRU cache: what was used least recently is evicted first.
///
/// What somebody watches stays, so the limit can be passed by what is on screen alone. Even then the rest keeps a
/// quarter of the limit: what is on screen does not push out what was just seen, at each page anew. Bytes are estimates,
/// and the fixed cost of each entry is counted with it.
public final class CacheMemory: Sendable {
    /// One entry of one cache.
    final class Cell: Sendable {
        fileprivate let cost: Atomic<Int> = Atomic(0)
        fileprivate let lastUse: Atomic<Int> = Atomic(0)
        fileprivate let isWatched: Atomic<Bool> = Atomic(false)
        /// Forgets the entry, unless somebody reads it. Called without any lock held.
        fileprivate let evict: @Sendable () -> Void

        init(evict: @escaping @Sendable () -> Void) { self.evict = evict }
    }

    private struct State {
        var cells: [ObjectIdentifier: Cell] = [:]
        var bytes = 0
        /// Those of entries that somebody watches.
        var watchedBytes = 0
        /// How often entries were sorted by age: that costs as many steps as there are entries.
        var sortings = 0

        /// How much the entries that nobody watches may take.
        func share(_ limit: Int) -> Int { max(limit - watchedBytes, limit / 4) }
    }

    private static let entryCost = 300

    /// In bytes.
    public let limit: Int
    private let state = Mutex(State())
    private let uses = Atomic(0)

    /// - Parameter limit: In bytes.
    public init(limit: Int = 64 * 1_048_576) { self.limit = limit }

    /// What is kept now, in bytes, by estimate.
    public var bytes: Int { state.withLock { $0.bytes } }

    var sortings: Int { state.withLock { $0.sortings } }

    /// Notes whether somebody watches the entry. The caller may hold its own lock.
    func setWatched(_ cell: Cell, _ isWatched: Bool) {
        state.withLock { state in
            guard cell.isWatched.exchange(isWatched, ordering: .relaxed) != isWatched else { return }
            let cost = cell.cost.load(ordering: .relaxed)
            state.watchedBytes += isWatched ? cost : -cost
        }
    }

    /// Notes that the entry is used.
    func touch(_ cell: Cell) {
        cell.lastUse.store(uses.add(1, ordering: .relaxed).newValue, ordering: .relaxed)
    }

    /// Takes an entry in, or notes its new size. The caller may hold its own lock, and calls ``shrink()`` without it.
    func keep(_ cell: Cell, bytes: Int) {
        touch(cell)
        let cost = bytes + Self.entryCost
        state.withLock { state in
            state.cells[ObjectIdentifier(cell)] = cell
            let more = cost - cell.cost.exchange(cost, ordering: .relaxed)
            state.bytes += more
            if cell.isWatched.load(ordering: .relaxed) { state.watchedBytes += more }
        }
    }

    func release(_ cell: Cell) {
        state.withLock { state in
            if state.cells.removeValue(forKey: ObjectIdentifier(cell)) == nil { return }
            let cost = cell.cost.exchange(0, ordering: .relaxed)
            state.bytes -= cost
            if cell.isWatched.load(ordering: .relaxed) { state.watchedBytes -= cost }
        }
    }

    /// Evicts what was used least recently until a tenth of the limit for it is free. Not to be called with a lock held.
    func shrink() {
        let victims: [Cell] = state.withLock { state in
            guard state.bytes - state.watchedBytes > state.share(limit) else { return [] }
            state.sortings += 1
            let byAge = state.cells.values.lazy.filter { !$0.isWatched.load(ordering: .relaxed) }
                .map { ($0, $0.lastUse.load(ordering: .relaxed)) }.sorted { $0.1 < $1.1 }
            return byAge.map(\.0)
        }
        for victim in victims {
            let isEnough = state.withLock { $0.bytes - $0.watchedBytes <= $0.share(limit) / 10 * 9 }
            if isEnough { return }
            victim.evict()
        }
    }
}
