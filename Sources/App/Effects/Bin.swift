import Synchronization

/// Where big values go that the screen's thread lets go of. Freeing a long list takes as long as making it did, and
/// falls to whoever holds it last: a task, once the turn that still knew the values is over.
final class Bin: Sendable {
    private let values = Mutex<[any Sendable]>([])

    func add(_ value: some Sendable) { values.withLock { $0.append(value) } }

    /// Frees what is in it, in a task. Called between two turns of the screen's loop, when no turn holds any of it.
    @discardableResult
    func empty() -> Task<Void, Never>? {
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
