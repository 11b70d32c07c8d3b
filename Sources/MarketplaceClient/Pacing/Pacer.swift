import Marketplace
import Synchronization

/// The rate limiter of one profile with its priority queue: the most urgent calls leave first, never more than the
/// marketplace takes (``SlidingWindow``).
///
/// Promises:
/// - Calls of a higher priority leave first; within a priority the kinds of calls take turns, each in order of arrival.
/// - A call that waits can be cancelled at once, and moved to another priority.
/// - Nobody but the index waits longer than two minutes for a pause: it gets the marketplace's refusal instead.
/// - Who insists may try one call at once, even during a pause (``allowTry()``).
/// - The time of day may step: all that is waited for is counted in steady time. Even where that is stopped, time
///   passes at least while the pacer sleeps.
final class Pacer: Sendable {
    /// Leave to send one call. Whoever has it says what came of it, once.
    struct Permit: Sendable {
        fileprivate let number: Int
        fileprivate let priority: CallPriority
        /// Seconds that the call waited.
        let waited: Double
    }

    enum Outcome: Sendable {
        /// An answer, or none, that says nothing about limits.
        case answered, lost
        /// 429; seconds for which nothing should be sent.
        case refused(pauseFor: Double)
        /// 403 because the day's calls are used up.
        case usedUp(pauseFor: Double)
    }

    fileprivate typealias Answer = Result<Permit, MarketplaceError>

    fileprivate struct Ticket {
        let id: Int
        let context: CallContext
        var priority: CallPriority
        let kind: String
        /// Which turn of its kind this is; lower turns leave first.
        var turn: Int
        let since: Instant
        let continuation: CheckedContinuation<Answer, Never>
    }

    fileprivate struct State {
        var window: SlidingWindow
        var now: Instant
        /// What other programs of this machine send with the same key is counted there.
        let shared: SharedCalls?
        /// Seconds by which the time of day is ahead of `now`.
        var wallAhead = 0.0
        var tickets: [Ticket] = []
        var lastID = 0
        var inFlight = 0
        var indexInFlight = 0
        /// The turn that left last, and the last turn given to each kind, by priority.
        var turns: [CallPriority: (now: Int, last: [String: Int])] = [:]
        var timer: (due: Instant, task: Task<Void, Never>)?
        var watchers: [Int: AsyncStream<Budget>.Continuation] = [:]
        /// As it was published last.
        var published: Budget?
    }

    /// What must happen once the lock is free.
    private struct Aftermath {
        var answers: [(CheckedContinuation<Answer, Never>, Answer)] = []
        var notices: [(CallContext, Waiting)] = []
    }

    private let clock: any ClientClock
    private let state: Mutex<State>

    /// - Parameter shared: Where calls are counted together with other programs of this machine.
    init(_ pacing: Pacing, clock: any ClientClock, shared: SharedCalls? = nil) {
        self.clock = clock
        // Without a limit there is nothing to keep together.
        let shared = pacing.perMinute == nil ? nil : shared
        state = Mutex(State(window: SlidingWindow(pacing), now: clock.steady(), shared: shared))
    }

    deinit { state.withLock { $0.timer?.task.cancel() } }

    // MARK: Leaving

    /// Waits until a call may leave.
    /// - Parameter kind: Calls of one kind take turns with those of another.
    /// - Throws: `.cancelled`; `.rateLimited` or `.quotaExhausted` when the wait would be too long.
    func permit(for context: CallContext, kind: String) async throws(MarketplaceError) -> Permit {
        if let answer = change({ $0.leaveAtOnce(context.priority) }) { return try answer.get() }
        if Task.isCancelled { throw .cancelled }
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        context.onMove { [weak self] in self?.move(id) }
        let answer = await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: CheckedContinuation<Answer, Never>) in
                change { state in
                    if Task.isCancelled {
                        continuation.resume(returning: .failure(.cancelled))
                    } else {
                        state.queue(context, id: id, kind: kind, continuation)
                    }
                }
            }
        } onCancel: {
            // In a task: whoever cancels holds the runtime's lock on the task, and what is done under ours may wait for it.
            Task { self.change { $0.drop(id)?.resume(returning: .failure(.cancelled)) } }
        }
        context.onMove(nil)
        context.setWaiting(nil)
        return try answer.get()
    }

    /// Whether there is room for a call that is made before it is its turn: nobody waits, nothing pauses, and what is kept
    /// for others stays free, of the minute and of the calls in flight.
    func mayCallAhead() -> Bool {
        change { state in
            let most = state.window.pacing.atOnce ?? .max
            return state.tickets.isEmpty && state.inFlight < max(1, most / 2)
                && state.window.mayLeave(.likelyNext, now: state.now)
        }
    }

    func finished(_ permit: Permit, _ outcome: Outcome) {
        change { state in
            state.inFlight -= 1
            if permit.priority == .index { state.indexInFlight -= 1 }
            switch outcome {
            case .lost: break
            case .answered: state.window.answered(permit.number)
            case .refused(let seconds): state.window.refused(permit.number, pauseFor: seconds, now: state.now)
            case .usedUp(let seconds): state.window.usedUp(permit.number, pauseFor: seconds, now: state.now)
            }
        }
    }

    private func move(_ id: Int) {
        change { state in
            guard let index = state.tickets.firstIndex(where: { $0.id == id }) else { return }
            state.tickets[index].priority = state.tickets[index].context.priority
            state.tickets[index].turn = state.nextTurn(state.tickets[index].priority, state.tickets[index].kind)
        }
    }

    // MARK: The budget

    func budget() -> Budget {
        change { _ in }
        return onWall(state.withLock { $0.budget() })
    }

    /// The budget now, then every change of it; a slow reader misses steps between, never the newest one.
    func budgets() -> AsyncStream<Budget> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            let id = change { state in
                state.lastID += 1
                continuation.yield(onWall(state.budget()))
                state.watchers[state.lastID] = continuation
                return state.lastID
            }
            // In a task: whoever cancels the reader holds the runtime's lock on it, and watchers are notified under ours.
            continuation.onTermination = { [weak self] _ in
                Task { self?.state.withLock { $0.watchers[id] = nil } }
            }
        }
    }

    /// The part of the budget that the index may use, from 0 to 1.
    func setIndexShare(_ share: Double) { change { $0.window.indexShare = min(1, max(0, share)) } }

    /// Lets one call that a person asks for leave at once, whatever pause there is: who insists may always try.
    func allowTry() { change { $0.window.allowTry() } }

    /// Publishes the budget again, because the time of day has stepped.
    func publishAgain() { change { $0.published = nil } }

    private func onWall(_ budget: Budget) -> Budget {
        var budget = budget
        budget.refillsAt = budget.refillsAt.map(clock.wall)
        if let until = budget.paused?.until { budget.paused?.until = clock.wall(until) }
        return budget
    }

    // MARK: The machine

    /// Changes the state, lets leave what may, and does outside the lock what follows.
    @discardableResult
    private func change<Value: Sendable>(_ action: (inout State) -> Value) -> Value {
        var after = Aftermath()
        let value = state.withLock { state in
            state.pass(to: clock.steady())
            if state.shared != nil { state.wallAhead = clock.now().seconds(since: state.now) }
            let value = action(&state)
            pump(&state, &after)
            return value
        }
        for (continuation, answer) in after.answers { continuation.resume(returning: answer) }
        for (context, waiting) in after.notices { context.setWaitingInQueue(waiting) }
        return value
    }

    private func pump(_ state: inout State, _ after: inout Aftermath) {
        while let index = state.nextInQueue {
            let ticket = state.tickets[index]
            if let refusal = state.refusal(for: ticket.priority) {
                state.tickets.remove(at: index)
                after.answers.append((ticket.continuation, .failure(refusal)))
            } else if let permit = state.depart(ticket.priority, since: ticket.since) {
                state.turns[ticket.priority]?.now = ticket.turn
                state.tickets.remove(at: index)
                after.answers.append((ticket.continuation, .success(permit)))
            } else {
                break
            }
        }
        setTimer(&state)
        noteWaiting(state, &after)
        if !state.watchers.isEmpty {
            let budget = state.budget()
            if budget != state.published {
                state.published = budget
                let shown = onWall(budget)
                for watcher in state.watchers.values { watcher.yield(shown) }
            }
        }
    }

    /// Wakes up when the first in the queue may leave, or, while somebody watches the budget, when it is full again.
    private func setTimer(_ state: inout State) {
        var due: Instant?
        if let index = state.nextInQueue {
            let chance = state.window.chance(state.tickets[index].priority, ahead: 0, now: state.now)
            // Without a moment to wait for it is the calls in flight that must end first.
            if chance.until > state.now { due = chance.until }
        }
        if due == nil, !state.watchers.isEmpty { due = state.window.refillsAt ?? state.window.pause?.until }
        if let timer = state.timer, timer.due == due { return }
        state.timer?.task.cancel()
        state.timer = nil
        guard let due else { return }
        let seconds = due.seconds(since: state.now)
        state.timer = (
            due,
            Task { [weak self, clock] in
                do { try await clock.sleep(seconds: seconds) } catch { return }
                self?.change { state in
                    state.timer = nil
                    state.pass(to: due)
                }
            }
        )
    }

    private func noteWaiting(_ state: State, _ after: inout Aftermath) {
        if state.tickets.isEmpty { return }
        let order = state.tickets.indices.sorted { state.isBefore(state.tickets[$0], state.tickets[$1]) }
        for (ahead, index) in order.enumerated() {
            let ticket = state.tickets[index]
            let chance = state.window.chance(ticket.priority, ahead: ahead, now: state.now)
            let last = ticket.context.waiting
            // A wait of a blink, or a change of one, is not worth a frame.
            if chance.until.seconds(since: state.now) < 1 { continue }
            if let last, last.reason == chance.reason, abs(last.until.seconds(since: chance.until)) < 2 { continue }
            after.notices.append((ticket.context, chance))
        }
    }
}

extension Pacer.State {
    fileprivate mutating func pass(to time: Instant) {
        now = max(now, time)
        window.pass(to: now)
    }

    fileprivate mutating func leaveAtOnce(_ priority: CallPriority) -> Pacer.Answer? {
        if let refusal = refusal(for: priority) { return .failure(refusal) }
        if tickets.contains(where: { $0.priority >= priority }) { return nil }
        return depart(priority, since: now).map { .success($0) }
    }

    fileprivate mutating func depart(_ priority: CallPriority, since: Instant) -> Pacer.Permit? {
        // Writes take long, and sign-ins are waited for by others: neither is held up by reads in flight.
        if priority < .write, let most = window.pacing.atOnce {
            if inFlight >= most { return nil }
            if priority == .index, indexInFlight >= max(1, most / 4) { return nil }
        }
        guard mayLeave(priority) else { return nil }
        inFlight += 1
        if priority == .index { indexInFlight += 1 }
        let number = window.depart(priority, now: now)
        return Pacer.Permit(number: number, priority: priority, waited: max(0, now.seconds(since: since)))
    }

    /// Whether a call may leave, by one's own calls and those of other programs, for which it is counted then.
    private mutating func mayLeave(_ priority: CallPriority) -> Bool {
        guard let shared else { return window.mayLeave(priority, now: now) }
        let ahead = wallAhead
        return shared.leave(now: now.adding(seconds: ahead)) { others in
            window.take(
                others: others.calls.map { min(now, $0.adding(seconds: -ahead)) },
                day: others.day.map { (min(now, $0.began.adding(seconds: -ahead)), $0.used) })
            return window.mayLeave(priority, now: now)
        }
    }

    /// Why a call of this priority is not worth waiting.
    fileprivate func refusal(for priority: CallPriority) -> MarketplaceError? {
        if priority == .index || window.mayLeave(priority, now: now) { return nil }
        let waiting = window.chance(priority, ahead: 0, now: now)
        let seconds = waiting.until.seconds(since: now)
        guard seconds > SlidingWindow.longestWait else { return nil }
        return waiting.reason == .dailyQuota ? .quotaExhausted(retryAfter: seconds) : .rateLimited(retryAfter: seconds)
    }

    fileprivate mutating func queue(
        _ context: CallContext, id: Int, kind: String, _ continuation: CheckedContinuation<Pacer.Answer, Never>
    ) {
        let priority = context.priority
        tickets.append(
            Pacer.Ticket(
                id: id, context: context, priority: priority, kind: kind, turn: nextTurn(priority, kind), since: now,
                continuation: continuation))
    }

    fileprivate mutating func nextTurn(_ priority: CallPriority, _ kind: String) -> Int {
        var turns = turns[priority] ?? (0, [:])
        let turn = max(turns.now, (turns.last[kind] ?? -1) + 1)
        turns.last[kind] = turn
        self.turns[priority] = turns
        return turn
    }

    fileprivate mutating func drop(_ id: Int) -> CheckedContinuation<Pacer.Answer, Never>? {
        guard let index = tickets.firstIndex(where: { $0.id == id }) else { return nil }
        return tickets.remove(at: index).continuation
    }

    fileprivate func isBefore(_ one: Pacer.Ticket, _ other: Pacer.Ticket) -> Bool {
        (-one.priority.rawValue, one.turn, one.id) < (-other.priority.rawValue, other.turn, other.id)
    }

    fileprivate var nextInQueue: Int? {
        tickets.indices.min { isBefore(tickets[$0], tickets[$1]) }
    }

    fileprivate func budget() -> Budget {
        Budget(
            perMinute: window.limit, left: window.left, refillsAt: window.refillsAt,
            waiting: tickets.reduce(into: [:]) { $0[$1.priority, default: 0] += 1 }, inFlight: inFlight,
            paused: window.pause, sent: window.sent, usedToday: window.usedToday, perDay: window.pacing.perDay)
    }
}
