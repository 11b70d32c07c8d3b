import Glibc
import Synchronization
import Testing

@testable import Threads

@Suite(.timeLimit(.minutes(10))) struct `Timers on a thread` {
    @Test(arguments: [CLOCK_BOOTTIME, CLOCK_MONOTONIC])
    func `what is due goes by its time, and at one time as it was asked for`(clock: clockid_t) async {
        let timers = Timers(clock: clock)
        let order = Mutex<[String]>([])
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            // On the timers' thread, which looks for more only after this.
            timers.at(0) {
                for (name, deadline) in [("c", 30), ("a", 10), ("d", 40), ("b", 20), ("also b", 20)] {
                    timers.at(Int64(deadline)) { order.withLock { $0.append(name) } }
                }
                timers.at(50) { continuation.resume() }
            }
        }
        #expect(order.withLock { $0 } == ["a", "b", "also b", "c", "d"])
    }

    @Test func `what is sooner overtakes what would never come`() async {
        let timers = Timers(clock: CLOCK_BOOTTIME)
        timers.at(.max) { Issue.record("the end of time") }
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            timers.at(.min) { continuation.resume() }
        }
        // The thread sleeps for the other one now, or is about to.
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            timers.at(1) { continuation.resume() }
        }
    }

    @Test func `spans are told in nanoseconds, rounded up, as far as they fit`() {
        #expect(Duration.zero.nanoseconds == 0)
        #expect(Duration.milliseconds(1500).nanoseconds == 1_500_000_000)
        #expect(Duration(secondsComponent: 0, attosecondsComponent: 1).nanoseconds == 1)
        #expect(Duration.seconds(Int64.max).nanoseconds == .max)
        #expect(Duration.seconds(Int64.min).nanoseconds == .min)
    }
}
