import CThreads
import Glibc
import HeapModule
import NIOConcurrencyHelpers

/// What is to be done at certain times of one clock, on a thread that sleeps until the next of them, and for ever when
/// there is none. The thread is made for the first.
final class Timers: Sendable {
    typealias Action = @Sendable () -> Void

    private struct Entry: Comparable, Sendable {
        /// In nanoseconds since the clock's epoch.
        let deadline: Int64
        /// Orders what is due at the same time as it was asked for.
        let number: UInt64
        let action: Action

        static func < (one: Entry, other: Entry) -> Bool {
            (one.deadline, one.number) < (other.deadline, other.number)
        }
        static func == (one: Entry, other: Entry) -> Bool { one.number == other.number }
    }

    private struct State: Sendable {
        var entries = Heap<Entry>()
        var made: UInt64 = 0
        var hasThread = false
    }

    private let clock: clockid_t
    /// The system's timer, which the thread waits for.
    private let descriptor: Int32
    private let state = NIOLockedValueBox(State())

    /// - Parameter clock: `CLOCK_BOOTTIME` or `CLOCK_MONOTONIC`; the first goes on while the machine sleeps.
    init(clock: clockid_t) {
        self.clock = clock
        descriptor = timerfd_create(clock, Int32(TFD_CLOEXEC))
        guard descriptor >= 0 else { fatalError("The system has no timer left (\(String(cString: strerror(errno)))).") }
    }

    /// Calls `action`, which must be short, on the timers' thread, once the clock says `deadline`.
    /// - Parameter deadline: In nanoseconds since the clock's epoch. What is past is due now.
    func at(_ deadline: Int64, _ action: @escaping Action) {
        let needsThread = state.withLockedValue { state in
            let isNext = state.entries.min.map { deadline < $0.deadline } ?? true
            state.made += 1
            state.entries.insert(Entry(deadline: deadline, number: state.made, action: action))
            if isNext { arm(deadline) }
            defer { state.hasThread = true }
            return !state.hasThread
        }
        guard needsThread else { return }
        // The thread lives as long as the process: nobody ends a clock.
        guard SystemThread.start(named: "souk-timer", { self.serve() }) else {
            fatalError("The system has no thread left.")
        }
    }

    private func serve() -> Never {
        while true {
            var expirations: UInt64 = 0
            _ = read(descriptor, &expirations, 8)
            for action in takeDue() { action() }
        }
    }

    /// Takes out what is due, and has the system wake the thread for the next.
    private func takeDue() -> [Action] {
        state.withLockedValue { state in
            var due: [Action] = []
            var now = self.now
            while let next = state.entries.min {
                if next.deadline > now { now = self.now }
                guard next.deadline <= now else {
                    arm(next.deadline)
                    break
                }
                state.entries.removeMin()
                due.append(next.action)
            }
            return due
        }
    }

    private var now: Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    private func arm(_ deadline: Int64) {
        // Zero would switch the timer off.
        let deadline = max(1, deadline)
        var setting = itimerspec()
        setting.it_value.tv_sec = Int(deadline / 1_000_000_000)
        setting.it_value.tv_nsec = Int(deadline % 1_000_000_000)
        timerfd_settime(descriptor, Int32(TFD_TIMER_ABSTIME), &setting, nil)
    }
}

extension Duration {
    /// In whole nanoseconds, rounded up, and at most what fits: 292 years.
    var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (whole, isTooLong) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, isLonger) = whole.addingReportingOverflow((attoseconds + 999_999_999) / 1_000_000_000)
        return isTooLong || isLonger ? (seconds < 0 ? .min : .max) : sum
    }
}
