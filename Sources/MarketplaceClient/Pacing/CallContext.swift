import Marketplace
import Synchronization

/// The context of one read or question, shared by those who need its answer and the pacer: its priority, which may change
/// while it waits, and what it waits for.
final class CallContext: Sendable {
    /// That of the calls of the current task; a cache sets it for its reads.
    @TaskLocal static var current: CallContext?

    private struct State {
        var priority: CallPriority
        /// What its own call waits for: its turn, or the next try.
        var waiting: Waiting?
        /// What else it waits for, by who says so: calls without an answer, and others' calls whose answer it needs, such
        /// as a sign-in.
        var others: [Int: Waiting?] = [:]
        var lastID = 0
        var onMove: (@Sendable () -> Void)?

        /// The most important wait of several calls: the longest without an answer, else the one that ends last.
        var foremost: Waiting? {
            let all = others.values.compactMap { $0 } + [waiting].compactMap { $0 }
            return all.filter { $0.reason == .silence }.min { $0.until < $1.until } ?? all.max { $0.until < $1.until }
        }
    }

    private let state: Mutex<State>
    private let onWaiting: @Sendable (Waiting?) -> Void

    /// - Parameter onWaiting: Called, without any lock held, when `waiting` has changed.
    init(priority: CallPriority, onWaiting: @escaping @Sendable (Waiting?) -> Void = { _ in }) {
        state = Mutex(State(priority: priority))
        self.onWaiting = onWaiting
    }

    var priority: CallPriority { state.withLock { $0.priority } }
    /// In steady time.
    var waiting: Waiting? { state.withLock { $0.foremost } }

    /// Changes its priority; a call that waits takes its new place in the queue. Not to be called with a lock held.
    func move(to priority: CallPriority) {
        let onMove = state.withLock { state in
            if state.priority == priority { return nil as (@Sendable () -> Void)? }
            state.priority = priority
            return state.onMove
        }
        onMove?()
    }

    /// Says what it waits for, nil for nothing. Not to be called with a lock held.
    func setWaiting(_ waiting: Waiting?) { change { $0.waiting = waiting } }

    private func change(_ action: (inout State) -> Void) {
        let (before, after) = state.withLock { state in
            let before = state.foremost
            action(&state)
            return (before, state.foremost)
        }
        if before != after { onWaiting(after) }
    }

    // MARK: What else it waits for

    /// Runs `action` with a context of its own, of the same priority; what it waits for is passed on to the current one.
    static func joined<Value: Sendable>(_ action: @Sendable () async -> Value) async -> Value {
        guard let current else { return await action() }
        let id = current.join()
        let own = CallContext(priority: current.priority) { current.setWaiting($0, of: id) }
        let value = await $current.withValue(own) { await action() }
        current.leave(id)
        return value
    }

    /// Makes a place for what somebody else's call waits for, until ``leave(_:)``.
    func join() -> Int {
        state.withLock { state in
            state.lastID += 1
            state.others[state.lastID] = .some(nil)
            return state.lastID
        }
    }

    /// Says what the other call waits for. After ``leave(_:)`` it says nothing any more. Not to be called with a lock held.
    func setWaiting(_ waiting: Waiting?, of id: Int) {
        change { state in if state.others.keys.contains(id) { state.others[id] = .some(waiting) } }
    }

    /// Not to be called with a lock held.
    func leave(_ id: Int) { change { $0.others[id] = nil } }

    /// Reports, some seconds after `start`, that no answer came yet. To be cancelled when one is there.
    func reportSilence(since start: Instant) -> ScheduledAction {
        let id = join()
        // In real time, whatever clock the client has: the person waits in it.
        let timer = CallExecution.schedule(after: .seconds(3)) { [weak self] in
            self?.setWaiting(Waiting(until: start, reason: .silence), of: id)
        }
        return ScheduledAction { [weak self] in
            timer.cancel()
            self?.leave(id)
        }
    }

    /// As ``setWaiting(_:)``, but without effect once the call has left the queue.
    func setWaitingInQueue(_ waiting: Waiting) {
        change { state in if state.onMove != nil { state.waiting = waiting } }
    }

    /// Calls `action` whenever the priority changes, while the call is in a queue; nil takes it out.
    func onMove(_ action: (@Sendable () -> Void)?) { state.withLock { $0.onMove = action } }
}
