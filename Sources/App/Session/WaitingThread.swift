import CNCurses
import Glibc
import MarketplaceClient
import Synchronization

/// Runs asynchronous work on the thread that waits for its end: a command that lives for some milliseconds starts no others
/// for it. What the work does not wait for itself, such as tasks of its own, runs where it always does.
final class WaitingThread: CallExecution.Executor {
    private struct State {
        var jobs: [UnownedJob] = []
        /// What is to be done later, with the time of the monotonic clock; few, in no order.
        var timers: [Int: (due: ContinuousClock.Instant, action: @Sendable () -> Void)] = [:]
        var lastTimer = 0
    }

    private let state = Mutex(State())
    private let thread = pthread_self()
    /// Readable when there is something to do. Where the system has no more of them, the thread looks again and again.
    private let wakeups = cn_wakeups()

    private init() {}

    deinit { if wakeups >= 0 { close(wakeups) } }

    /// Runs `body` to its end. It must not block: nothing else is done meanwhile.
    /// - Parameter isInterruptible: Whether ^C cancels it, where ^C is not ignored. Afterwards ^C does nothing.
    static func run<Value: Sendable>(
        isInterruptible: Bool = false, _ body: @escaping @Sendable () async -> Value
    ) -> Value {
        let thread = WaitingThread()
        let answer = Mailslot<Value>()
        let task = CallExecution.$executor.withValue(thread) {
            Task(executorPreference: thread) { answer.put(await body()) }
        }
        let isCaught = isInterruptible && cn_catch_interrupts(thread.wakeups)
        defer { if isCaught { cn_ignore_interrupts() } }
        while true {
            if let value = answer.take() { return value }
            thread.serve { task.cancel() }
        }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        state.withLock { $0.jobs.append(job) }
        wake()
    }

    func schedule(after time: Duration, _ action: @escaping @Sendable () -> Void) -> ScheduledAction {
        let due = ContinuousClock.now + time
        let id = state.withLock { state in
            state.lastTimer += 1
            state.timers[state.lastTimer] = (due, action)
            return state.lastTimer
        }
        wake()
        return ScheduledAction { [weak self] in self?.state.withLock { _ = $0.timers.removeValue(forKey: id) } }
    }

    private func wake() { if pthread_equal(thread, pthread_self()) == 0 { cn_notify(wakeups) } }

    /// Does what is to be done now, and waits where that is nothing.
    private func serve(onInterrupt: () -> Void) {
        let jobs = state.withLock { state in
            defer { state.jobs = [] }
            return state.jobs
        }
        for job in jobs { job.runSynchronously(on: asUnownedTaskExecutor()) }
        if cn_take_interrupts() > 0 { onInterrupt() }
        if jobs.isEmpty { wait() }
    }

    /// Waits for jobs, interrupts and timers, and does what is due.
    private func wait() {
        let next = state.withLock { $0.timers.values.map(\.due).min() }
        let left = next.map { Int32(clamping: max(0, Int64(($0 - .now) / .milliseconds(1)) + 1)) } ?? -1
        var source = pollfd(fd: wakeups, events: Int16(POLLIN), revents: 0)
        if poll(&source, 1, wakeups < 0 ? 1 : left) > 0 { cn_rest(wakeups) }
        guard let next, next <= .now else { return }
        let due = state.withLock { state in
            let due = state.timers.filter { $0.value.due <= next }.sorted { $0.key < $1.key }
            for (id, _) in due { state.timers[id] = nil }
            return due.map(\.value.action)
        }
        for action in due { action() }
    }
}
