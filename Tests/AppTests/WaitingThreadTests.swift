import Glibc
import MarketplaceClient
import Synchronization
import Testing

@testable import App

@Suite(.onOwnThreads) struct `Work on the thread that waits for it` {
    @Test func `is done on that thread, with what it waits for, and resumed there from others`() {
        let here = pthread_self()
        let places = WaitingThread.run { () async -> [Bool] in
            func isHere() -> Bool { pthread_equal(pthread_self(), here) != 0 }
            var places = [isHere()]
            places.append(
                await withCheckedContinuation { continuation in
                    Task.detached { continuation.resume(returning: isHere()) }
                })
            places.append(isHere())
            places += await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<3 { group.addTask { isHere() } }
                return await group.reduce(into: []) { $0.append($1) }
            }
            return places
        }
        #expect(places == [true, false, true, true, true, true])
    }

    @Test func `has timers, which come in their order, and not when they are cancelled`() {
        let order = Mutex<[String]>([])
        WaitingThread.run {
            guard let executor = CallExecution.executor else { return }
            func note(_ name: String, after milliseconds: Int) -> ScheduledAction {
                executor.schedule(after: .milliseconds(milliseconds)) { order.withLock { $0.append(name) } }
            }
            let cancelled = note("cancelled", after: 1)
            _ = [note("third", after: 40), note("first", after: 2), note("second", after: 20)]
            cancelled.cancel()
            await withCheckedContinuation { continuation in
                _ = executor.schedule(after: .milliseconds(60)) { continuation.resume() }
            }
        }
        #expect(order.withLock { $0 } == ["first", "second", "third"])
    }

    @Test func `has its own place for each, and none outside`() {
        #expect(CallExecution.executor == nil)
        #expect(WaitingThread.run { CallExecution.executor } != nil)
        #expect(WaitingThread.run { WaitingThread.run { 5 } } == 5)
    }
}
