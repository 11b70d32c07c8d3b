import Dashboard

/// The tasks that read queries, numbered in the order in which they began: of several readers of one query only the
/// newest may post its states, so that a slow one never overwrites what a newer one has read.
struct Readers {
    private struct Watcher {
        var number: Int
        var task: Task<Void, Never>
    }

    private var watchers: [DataQuery: Watcher] = [:]
    private var count = 0
    /// The number of the reader whose state of a query was posted last.
    private var latest: [DataQuery: Int] = [:]

    /// The number of a reader that begins now.
    mutating func next() -> Int {
        count += 1
        return count
    }

    func isWatched(_ query: DataQuery) -> Bool { watchers[query] != nil }

    /// From now on the watcher `number` alone posts states of `query`.
    /// - Returns: The watcher before, to be cancelled.
    mutating func replaceWatcher(
        of query: DataQuery, by number: Int, _ task: Task<Void, Never>
    ) -> Task<Void, Never>? {
        watchers.updateValue(Watcher(number: number, task: task), forKey: query)?.task
    }

    /// - Returns: The watcher, to be cancelled.
    mutating func removeWatcher(of query: DataQuery) -> Task<Void, Never>? {
        watchers.removeValue(forKey: query)?.task
    }

    /// - Returns: All watchers, to be cancelled.
    mutating func removeAll() -> [Task<Void, Never>] {
        defer { watchers = [:] }
        return watchers.values.map(\.task)
    }

    /// Whether a state that the watcher `number` has read may be posted.
    mutating func mayPost(_ query: DataQuery, fromWatcher number: Int) -> Bool {
        guard watchers[query]?.number == number else { return false }
        latest[query] = number
        return true
    }

    /// Whether a state that was read once, by the reader `number`, may be posted. A watcher gets the same state, or a
    /// newer one.
    mutating func mayPost(_ query: DataQuery, readOnceBy number: Int) -> Bool {
        guard !isWatched(query), number > latest[query] ?? 0 else { return false }
        latest[query] = number
        return true
    }
}
