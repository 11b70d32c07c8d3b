import Synchronization

/// Deallocates large values in a task: freeing a long list takes as long as making it did, and falls to whoever releases
/// it last, which must not be the screen's thread.
final class DeallocationQueue: Sendable {
    private let values = Mutex<[any Sendable]>([])

    func add(_ value: some Sendable) { values.withLock { $0.append(value) } }

    /// Releases in a task what was added. Called between two turns of the screen's loop, when no turn holds any of it.
    @discardableResult
    func drain() -> Task<Void, Never>? {
        if values.withLock({ $0.isEmpty }) { return nil }
        return Task {
            let old = self.values.withLock { values in
                defer { values = [] }
                return values
            }
            _ = consume old
        }
    }
}
