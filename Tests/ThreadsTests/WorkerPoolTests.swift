import Glibc
import Synchronization
import TerminalSupport
import Testing

@testable import Threads

@Suite(.timeLimit(.minutes(10))) struct `A pool of threads` {
    /// Runs `body` on the pool.
    private func run<Value: Sendable>(on pool: WorkerPool, _ body: @escaping @Sendable () async -> Value) async -> Value
    {
        await Task(executorPreference: pool) { await body() }.value
    }

    @Test func `runs tasks on its own threads`() async {
        let name = await run(on: WorkerPool(threads: 1)) { ProcessThreads.ownName }
        #expect(name == "souk-work")
    }

    @Test func `one thread is enough for tasks that wait for each other`() async {
        let pool = WorkerPool(threads: 1)
        let sum = await run(on: pool) {
            await withTaskGroup(of: Int.self) { group in
                for number in 0..<100 {
                    group.addTask {
                        await Task.yield()
                        return number
                    }
                }
                return await group.reduce(0, +)
            }
        }
        #expect(sum == 4950)
        #expect(pool.threadCount == 1)
    }

    @Test func `makes more threads while all are blocked, and lets them go`() async {
        let pool = WorkerPool(threads: 2)
        let gate = Gate()
        let blocked = (0..<5).map { _ in Task(executorPreference: pool) { gate.block() } }
        // Runs only when there are more threads than those that block.
        await run(on: pool) {}
        #expect(pool.threadCount >= 5)
        gate.open(5)
        for task in blocked { await task.value }
        while pool.threadCount > 2 { await Task.yield() }
    }

    @Test func `lets threads go that are too many, also while jobs wait`() async {
        let pool = WorkerPool(threads: 1)
        let gate = Gate()
        let blocked = Task(executorPreference: pool) { gate.block() }
        await run(on: pool) {}
        // Some of them wait at any time, until one thread is left.
        let yielding = (0..<3).map { _ in
            Task(executorPreference: pool) {
                repeat { await Task.yield() } while pool.threadCount > 1
            }
        }
        gate.open(1)
        await blocked.value
        for task in yielding { await task.value }
        #expect(pool.threadCount == 1)
    }

    @Test func `other clocks are asked when their time comes`() async {
        struct Sand: Clock {
            struct Instant: InstantProtocol {
                func advanced(by duration: Duration) -> Instant { self }
                func duration(to other: Instant) -> Duration { .zero }
                static func < (one: Instant, other: Instant) -> Bool { false }
            }
            let asked: @Sendable () -> Void
            var now: Instant { Instant() }
            var minimumResolution: Duration { .zero }
            func sleep(until deadline: Instant, tolerance: Duration?) async throws { asked() }
        }
        let pool = WorkerPool(threads: 1)
        let order = Mutex<[String]>([])
        let clock = Sand { order.withLock { $0.append("asked") } }
        await withCheckedContinuation { continuation in
            pool.at(Sand.Instant(), tolerance: nil, clock: clock) {
                order.withLock { $0.append("told") }
                continuation.resume()
            }
        }
        #expect(order.withLock { $0 } == ["asked", "told"])
    }
}

/// Blocks threads, as a slow disk would.
private final class Gate: @unchecked Sendable {
    /// Unchecked, because the system's semaphore, which is made for several threads, is a pointer.
    private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

    init() { sem_init(semaphore, 0, 0) }

    deinit {
        sem_destroy(semaphore)
        semaphore.deallocate()
    }

    func block() { while sem_wait(semaphore) != 0 {} }
    func open(_ count: Int) { for _ in 0..<count { sem_post(semaphore) } }
}
