import Synchronization

/// The memory that all caches of one client share: what was used least recently goes first when there is too much.
///
/// What somebody watches stays, so the limit can be passed by what is on screen alone. Bytes are estimates, and the
/// fixed cost of each entry is counted with it.
public final class CacheMemory: Sendable {
    /// One entry of one cache.
    final class Cell: Sendable {
        fileprivate let cost: Atomic<Int> = Atomic(0)
        fileprivate let lastUse: Atomic<Int> = Atomic(0)
        /// Forgets the entry, unless somebody reads it. Called without any lock held.
        fileprivate let evict: @Sendable () -> Void

        init(evict: @escaping @Sendable () -> Void) { self.evict = evict }
    }

    private struct State {
        var cells: [ObjectIdentifier: Cell] = [:]
        var bytes = 0
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
            state.bytes += cost - cell.cost.exchange(cost, ordering: .relaxed)
        }
    }

    func release(_ cell: Cell) {
        state.withLock { state in
            if state.cells.removeValue(forKey: ObjectIdentifier(cell)) == nil { return }
            state.bytes -= cell.cost.exchange(0, ordering: .relaxed)
        }
    }

    /// Evicts what was used least recently until a tenth of the limit is free. Not to be called with a lock held.
    func shrink() {
        let victims: [Cell] = state.withLock { state in
            guard state.bytes > limit else { return [] }
            let byAge = state.cells.values.map { ($0, $0.lastUse.load(ordering: .relaxed)) }.sorted { $0.1 < $1.1 }
            return byAge.map(\.0)
        }
        for victim in victims {
            if bytes <= limit / 10 * 9 { return }
            victim.evict()
        }
    }
}
