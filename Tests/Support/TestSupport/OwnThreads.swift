import Dispatch
import Synchronization
import Testing

/// Runs tests on threads that are not those of Swift's pool.
///
/// The pool has a thread for each core. A test that waits for a program, or computes for long, without suspending keeps one
/// of them from everything that is asynchronous: on two cores, two such tests stop every client and every server of the
/// other tests, until their time-outs pass.
public struct OwnThreads: TestTrait, SuiteTrait, TestScoping {
    public let isRecursive = true

    private static let executors = (1...2).map { QueueExecutor(label: "souk.tests.\($0)") }
    private static let nextPlace = Atomic(0)

    public func scopeProvider(for test: Test, testCase: Test.Case?) -> OwnThreads? { testCase == nil ? nil : self }

    public func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        let place = Self.nextPlace.wrappingAdd(1, ordering: .relaxed).oldValue
        let executor = Self.executors[place % Self.executors.count]
        try await withTaskExecutorPreference(executor) { try await function() }
    }
}

extension Trait where Self == OwnThreads {
    /// For tests that wait without suspending, or compute for long.
    public static var onOwnThreads: OwnThreads { OwnThreads() }
}

/// One job after another, on a queue of its own.
private final class QueueExecutor: TaskExecutor {
    private let queue: DispatchQueue

    init(label: String) { queue = DispatchQueue(label: label) }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
