import Glibc
import Synchronization

/// Runs the jobs of Swift's tasks on threads of its own.
///
/// - As many threads as wanted at once, made when there is work for them. A thread without work sleeps until it is called,
///   however long that takes; the one that slept last is called first.
/// - One thread is called at a time, and calls the next if there is still work when it comes: however many jobs threads
///   take that were awake anyway, one at most is woken in vain.
/// - Jobs may block (a file on a slow disk, another program's lock). When jobs wait and none was begun for
///   `patience`, one more thread is made, up to `mostThreads`; it leaves when it finds nothing to do.
/// - The highest priority goes first, whatever waits below it.
final class WorkerPool: Sendable {
    /// How long jobs may wait for threads that are all busy before there is one more. Less than a person notices, more
    /// than most jobs take.
    static let patience = Duration.milliseconds(20)
    /// Far more jobs than this program ever blocks at once, far fewer than the system refuses.
    static let mostThreads = 64

    /// How many threads there are unless jobs block.
    let threads: Int
    private let state = Mutex(State())
    private let continuous = Timers(clock: CLOCK_BOOTTIME)
    private let suspending = Timers(clock: CLOCK_MONOTONIC)

    private struct State {
        var jobs = JobQueue<UnownedJob>()
        var threads = 0
        /// Those asleep, the last one on top.
        var asleep: [Worker] = []
        /// Whether a thread was called, or made, and has not come yet.
        var isOneComing = false
        /// Counts jobs that were begun.
        var begun: UInt64 = 0
        /// What `begun` was when it was last looked whether jobs wait too long; nil while nobody looks.
        var begunBefore: UInt64?
    }

    /// What is to be done for jobs that wait, once the lock is free.
    private enum Help {
        case none, make, look
        case call(Worker)
    }

    private enum Turn {
        case run(UnownedJob, Help)
        case sleep, leave
    }

    /// - Parameter threads: As many as there are processors, at least two: one job that blocks must not stop the others
    ///   even for as long as `patience`.
    init(threads: Int = max(2, sysconf(Int32(_SC_NPROCESSORS_ONLN)))) { self.threads = threads }

    /// How many there are now.
    var threadCount: Int { state.withLock { $0.threads } }

    func add(_ job: UnownedJob, priority: UInt8) {
        give(
            state.withLock { state in
                state.jobs.append(job, priority: priority)
                return help(&state)
            })
    }

    /// Calls `action`, which must be short, once `clock` says `instant`.
    func at<C: Clock>(
        _ instant: C.Instant, tolerance: C.Duration?, clock: C, _ action: @escaping @Sendable () -> Void
    ) {
        if let instant = instant as? ContinuousClock.Instant {
            continuous.at(ContinuousClock().systemEpoch.duration(to: instant).nanoseconds, action)
        } else if let instant = instant as? SuspendingClock.Instant {
            suspending.at(SuspendingClock().systemEpoch.duration(to: instant).nanoseconds, action)
        } else {
            // Such a clock alone knows when its time comes.
            Task {
                try? await clock.sleep(until: instant, tolerance: tolerance)
                action()
            }
        }
    }

    // MARK: Calling threads

    private func help(_ state: inout State) -> Help {
        if state.isOneComing { return .none }
        if let worker = state.asleep.popLast() {
            state.isOneComing = true
            return .call(worker)
        }
        if state.threads < threads { return make(&state) }
        if state.begunBefore == nil, state.threads < Self.mostThreads {
            state.begunBefore = state.begun
            return .look
        }
        return .none
    }

    private func make(_ state: inout State) -> Help {
        state.threads += 1
        state.isOneComing = true
        return .make
    }

    private func give(_ help: Help) {
        switch help {
        case .none: break
        case .call(let worker): worker.call()
        case .look: lookLater()
        case .make:
            if SystemThread.start(named: "souk-work", { self.work() }) { break }
            let isNoneLeft = state.withLock { state in
                state.threads -= 1
                state.isOneComing = false
                return state.threads == 0
            }
            if isNoneLeft { fatalError("The system has no thread left.") }
        }
    }

    private func lookLater() {
        at(.now + Self.patience, tolerance: nil, clock: .continuous) { self.look() }
    }

    /// Looks whether jobs wait for threads that are all blocked.
    private func look() {
        let help = state.withLock { state -> Help? in
            if state.jobs.isEmpty {
                state.begunBefore = nil
                return nil
            }
            let isStuck = state.begunBefore == state.begun
            state.begunBefore = state.begun
            return isStuck && !state.isOneComing && state.threads < Self.mostThreads ? make(&state) : Help.none
        }
        guard let help else { return }
        give(help)
        lookLater()
    }

    // MARK: A thread

    private func work() {
        let worker = Worker()
        let executor = asUnownedTaskExecutor()
        var wasCalled = true
        while true {
            switch takeTurn(worker, wasCalled) {
            case .run(let job, let help):
                wasCalled = false
                give(help)
                job.runSynchronously(on: executor)
            case .sleep:
                worker.waitForCall()
                wasCalled = true
            case .leave: return
            }
        }
    }

    private func takeTurn(_ worker: Worker, _ wasCalled: Bool) -> Turn {
        state.withLock { state in
            if wasCalled { state.isOneComing = false }
            if let job = state.jobs.popFirst() {
                state.begun &+= 1
                return .run(job, state.jobs.isEmpty ? .none : help(&state))
            }
            if state.threads > threads {
                state.threads -= 1
                return .leave
            }
            state.asleep.append(worker)
            return .sleep
        }
    }
}

/// What a thread without work waits on. Being called before it waits is kept for when it does.
///
/// Unchecked, because the system's semaphore, which is made for several threads, is a pointer.
private final class Worker: @unchecked Sendable {
    /// How often a thread gives way to others before it sleeps: 15 microseconds or so. The next job often comes within
    /// them, and a processor that has gone to sleep takes longer than that to wake.
    private static let rounds = 60
    private enum State {
        static let awake = 0, called = 1, asleep = 2
    }

    private let state = Atomic(State.awake)
    private let calls = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

    init() { sem_init(calls, 0, 0) }

    deinit {
        sem_destroy(calls)
        calls.deallocate()
    }

    func call() {
        if state.exchange(State.called, ordering: .acquiringAndReleasing) == State.asleep { sem_post(calls) }
    }

    func waitForCall() {
        for _ in 0..<Self.rounds where state.load(ordering: .relaxed) == State.awake { sched_yield() }
        if state.compareExchange(
            expected: State.awake, desired: State.asleep, ordering: .acquiringAndReleasing
        ).exchanged {
            while sem_wait(calls) != 0 {}
        }
        state.store(State.awake, ordering: .releasing)
    }
}
