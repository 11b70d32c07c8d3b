import Marketplace
import Synchronization

/// The charges of every subscription whose detail was read, by whomever and for whatever.
final class ChargesBook: Sendable {
    private struct State {
        var charges = ReadCharges()
        var watchers: [Int: AsyncStream<Void>.Continuation] = [:]
        var lastWatcher = 0
    }

    private let state = Mutex(State())

    var charges: ReadCharges { state.withLock { $0.charges } }

    func note(_ detail: SubscriptionDetail) { change { $0.take(detail) } }

    /// Forgets what a write may have changed.
    /// - Parameter id: Nil for all.
    func drop(_ id: Subscription.ID?) { change { $0.drop(id) } }

    private func change(_ body: (inout ReadCharges) -> Void) {
        let watchers = state.withLock { state in
            body(&state.charges)
            return Array(state.watchers.values)
        }
        for watcher in watchers { watcher.yield() }
    }

    /// Something now, then something whenever they changed, until the reader leaves. Many changes may come as one.
    func changes() -> AsyncStream<Void> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            let id = state.withLock { state in
                state.lastWatcher += 1
                state.watchers[state.lastWatcher] = continuation
                return state.lastWatcher
            }
            continuation.yield()
            continuation.onTermination = { [weak self] _ in self?.state.withLock { $0.watchers[id] = nil } }
        }
    }
}
