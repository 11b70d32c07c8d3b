import Marketplace
import Synchronization

/// One thing that is being fetched, as those who want it and the pacer share it: how urgent it is, which may change
/// while it waits, and what it waits for.
final class Errand: Sendable {
    /// The errand on which the current task's calls are made; a cache sets it for its reads.
    @TaskLocal static var current: Errand?

    private struct State {
        var priority: CallPriority
        var waiting: Waiting?
        var onMove: (@Sendable () -> Void)?
    }

    private let state: Mutex<State>
    private let onWaiting: @Sendable () -> Void

    /// - Parameter onWaiting: Called, without any lock held, when `waiting` has changed.
    init(priority: CallPriority, onWaiting: @escaping @Sendable () -> Void = {}) {
        state = Mutex(State(priority: priority))
        self.onWaiting = onWaiting
    }

    var priority: CallPriority { state.withLock { $0.priority } }
    var waiting: Waiting? { state.withLock { $0.waiting } }

    /// Changes its urgency; a call that waits takes its new place in the queue. Not to be called with a lock held.
    func move(to priority: CallPriority) {
        let onMove = state.withLock { state in
            if state.priority == priority { return nil as (@Sendable () -> Void)? }
            state.priority = priority
            return state.onMove
        }
        onMove?()
    }

    /// Says what it waits for, nil for nothing. Not to be called with a lock held.
    func tell(_ waiting: Waiting?) {
        let changed = state.withLock { state in
            defer { state.waiting = waiting }
            return state.waiting != waiting
        }
        if changed { onWaiting() }
    }

    /// Tells, some seconds after `start`, that no answer came yet. To be cancelled when one is there.
    func tellOfSilence(since start: Instant) -> Task<Void, Never> {
        Task { [weak self] in
            // In real time, whatever clock the client has: the person waits in it.
            guard (try? await Task.sleep(for: .seconds(3))) != nil, let self else { return }
            let told = Waiting(until: start, reason: .silence)
            self.tell(told)
            while !Task.isCancelled { try? await Task.sleep(for: .seconds(600)) }
            if self.waiting == told { self.tell(nil) }
        }
    }

    /// As `tell`, but says nothing any more once the call has left the queue.
    func tellInQueue(_ waiting: Waiting) {
        let changed = state.withLock { state in
            guard state.onMove != nil else { return false }
            defer { state.waiting = waiting }
            return state.waiting != waiting
        }
        if changed { onWaiting() }
    }

    /// Calls `action` whenever the urgency changes, while the call stands in a queue; nil takes it out.
    func onMove(_ action: (@Sendable () -> Void)?) { state.withLock { $0.onMove = action } }
}
