import Synchronization

/// How often a connection was made: a request on which none was made uses one that was kept.
final class ConnectionCount: Sendable {
    private let made = Atomic(0)

    var value: Int { made.load(ordering: .relaxed) }
    func add() { made.add(1, ordering: .relaxed) }
}

/// Clients that follow each other: where kept connections turn out to be dead, a new client with none takes over. Those
/// before live on for what is on its way, above all for writes.
final class Generations<Client: AnyObject & Sendable>: Sendable {
    private struct State {
        var clients: [Client]
        /// Whether a silent connection once answered after all: then the server is slow, and nothing is dead.
        var isSlow = false
    }

    private let make: @Sendable () -> Client
    private let state: Mutex<State>

    init(_ make: @escaping @Sendable () -> Client) {
        self.make = make
        state = Mutex(State(clients: [make()]))
    }

    var current: Client? { state.withLock { $0.clients.last } }

    /// The client after `old`; nil when silence means nothing here.
    func successor(of old: Client) -> Client? {
        state.withLock { state in
            guard !state.isSlow else { return nil }
            if let last = state.clients.last, last !== old { return last }
            let next = make()
            state.clients.append(next)
            return next
        }
    }

    func noteSlow() { state.withLock { $0.isSlow = true } }
}
