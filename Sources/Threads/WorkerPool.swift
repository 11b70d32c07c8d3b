import Glibc
import NIOConcurrencyHelpers
import Synchronization

/// Runs the jobs of Swift's tasks on threads of its own.
///
/// - As many threads as wanted at once, made when there is work for them. A thread without work sleeps until it is called,
///   however long that takes; the one that slept last is called first.
/// - One thread is called at a time, and calls the next if there is still work when it comes: however many jobs threads
///   take that were awake anyway, one at most is woken in vain.
/// - Jobs may block (a file on a slow disk, another program's lock). When jobs wait and none was begun for
///   `patience`, one more thread is made, up to `mostThreads`. It leaves when it finds nothing to do, or when as many as
///   wanted are moving again.
/// - The highest priority goes first, whatever waits below it.
final class WorkerPool: Sendable {
    /// How long jobs may wait for threads that are all busy before there is one more. Less than a person notices, more
    /// than most jobs take.
    static let patience = Duration.milliseconds(20)
    /// Far more jobs than this program ever blocks at once, far fewer than the system refuses.
    static let mostThreads = 64

    /// How many threads there are unless jobs block.
    let threads: Int
    /// A lock that the first to come gets. `Mutex` hands itself on to whoever waits, so that threads that need it often
    /// go in step, a switch of threads for each job.
    private let state = NIOLockedValueBox(State())
    private let continuous = Timers(clock: CLOCK_BOOTTIME)
    private let suspending = Timers(clock: CLOCK_MONOTONIC)

    private struct State: Sendable {
        var jobs = JobQueue<UnownedJob>()
        var threads = 0
        /// Those asleep, the last one on top.
        var asleep: [Worker] = []
        /// Whether a thread was called, or made, and has not come yet.
        var isOneComing = false
        /// Whether somebody will look whether jobs wait too long, and how often that was done.
        var isLookedAfter = false
        var looks: UInt64 = 0
        /// Threads that took a job since the last look.
        var moving = 0
        /// Threads that are to leave although jobs wait.
        var tooMany = 0
    }

    /// What is to be done for jobs that wait, once the lock is free.
    private enum Help {
        case none, make, look
        case call(Worker)
    }

    private enum Turn {
        case run(UnownedJob, Help)
        case leave(Help)
        case sleep
    }

    /// - Parameter threads: As many as there are processors, at least two: one job that blocks must not stop the others
    ///   even for as long as `patience`.
    init(threads: Int = max(2, sysconf(Int32(_SC_NPROCESSORS_ONLN)))) { self.threads = threads }

    /// How many there are now.
    var threadCount: Int { state.withLockedValue { $0.threads } }

    func add(_ job: UnownedJob, priority: UInt8) {
        give(
            state.withLockedValue { state in
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
        if state.isLookedAfter { return .none }
        state.isLookedAfter = true
        startLooking(&state)
        return .look
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
            let isNoneLeft = state.withLockedValue { state in
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

    private func startLooking(_ state: inout State) {
        state.looks &+= 1
        state.moving = 0
    }

    /// Looks whether jobs wait for threads that are all blocked, and whether there are more threads than need be.
    private func look() {
        let help = state.withLockedValue { state -> Help? in
            if state.jobs.isEmpty {
                state.isLookedAfter = false
                state.tooMany = 0
                return nil
            }
            defer { startLooking(&state) }
            // Threads in excess hold each other up wherever they need the same lock.
            state.tooMany = max(0, min(state.moving, state.threads) - threads)
            let isStuck = state.moving == 0 && !state.isOneComing && state.threads < Self.mostThreads
            return isStuck ? make(&state) : Help.none
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
            case .leave(let help): return give(help)
            }
        }
    }

    private func takeTurn(_ worker: Worker, _ wasCalled: Bool) -> Turn {
        state.withLockedValue { state in
            if wasCalled { state.isOneComing = false }
            if state.tooMany > 0, state.threads > threads {
                state.tooMany -= 1
                state.threads -= 1
                return .leave(state.jobs.isEmpty ? .none : help(&state))
            }
            if let job = state.jobs.popFirst() {
                if worker.look != state.looks {
                    worker.look = state.looks
                    state.moving += 1
                }
                return .run(job, state.jobs.isEmpty ? .none : help(&state))
            }
            if state.threads > threads {
                state.threads -= 1
                return .leave(.none)
            }
            state.asleep.append(worker)
            return .sleep
        }
    }
}

/// What a thread without work waits on. Being called before it waits is kept for when it does.
///
/// Unchecked, because the system's semaphore, which is made for several threads, is a pointer, and one value has another's
/// lock.
private final class Worker: @unchecked Sendable {
    /// How often a thread gives way to others before it sleeps: 15 microseconds or so. The next job often comes within
    /// them, and a processor that has gone to sleep takes longer than that to wake.
    private static let rounds = 60
    private enum State {
        static let awake = 0, called = 1, asleep = 2
    }

    /// The pool's count of looks when it last took a job; the pool's lock guards it.
    var look: UInt64 = 0
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
