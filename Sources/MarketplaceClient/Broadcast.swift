import Synchronization

/// Sends values to all who listen. Each gets the newest one; a slow listener misses those between.
final class Broadcast<Value: Sendable>: Sendable {
    private struct State {
        var listeners: [Int: AsyncStream<Value>.Continuation] = [:]
        var lastID = 0
    }

    private let state = Mutex(State())

    /// Makes `value` only when somebody listens.
    func send(_ value: @autoclosure () -> Value) {
        // Outside the lock: whoever cancels a listener holds the runtime's lock on it, and then wants this one.
        let listeners = state.withLock { Array($0.listeners.values) }
        if listeners.isEmpty { return }
        let value = value()
        for listener in listeners { listener.yield(value) }
    }

    /// What is sent from now on, until the listener leaves.
    /// - Parameters:
    ///   - onEnd: Called when the listener has left.
    ///   - first: What a listener gets at once.
    func stream(
        onEnd: @escaping @Sendable () -> Void = {}, first: () -> Value? = { nil }
    ) -> AsyncStream<Value> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            let id = state.withLock { state in
                state.lastID += 1
                state.listeners[state.lastID] = continuation
                return state.lastID
            }
            continuation.onTermination = { [weak self] _ in
                self?.state.withLock { _ = $0.listeners.removeValue(forKey: id) }
                onEnd()
            }
            if let first = first() { continuation.yield(first) }
        }
    }
}
