import Dispatch
import Glibc
import Synchronization
import Testing

/// Runs tests on threads that are not those of Swift's pool.
///
/// The pool has a thread for each core. A test that waits for a program, or computes for long, without suspending keeps one
/// of them from everything that is asynchronous: on two cores, two such tests stop every client and every server of the
/// other tests, until their time-outs pass.
public struct OwnThreads: TestTrait, SuiteTrait, TestScoping {
    public let isRecursive = true

    private static let waiting = Executors("waiting")
    private static let computing = Executors("computing")

    fileprivate enum Kind {
        case waiting, computing
    }

    fileprivate let kind: Kind

    public func scopeProvider(for test: Test, testCase: Test.Case?) -> OwnThreads? { testCase == nil ? nil : self }

    public func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        let executors = kind == .waiting ? Self.waiting : Self.computing
        try await withTaskExecutorPreference(executors.next()) {
            let watch = Self.endAll(ifStillRunning: test.name)
            defer { watch.cancel() }
            try await function()
        }
    }

    /// A test that waits without suspending cannot be stopped: its time limit would only be reported when it ends.
    private static func endAll(ifStillRunning name: String) -> DispatchWorkItem {
        let watch = DispatchWorkItem {
            let words = "The test \"\(name)\" has not ended within 30 minutes; the run ends here.\n"
            _ = words.withCString { write(STDERR_FILENO, $0, strlen($0)) }
            abort()
        }
        DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(1800), execute: watch)
        return watch
    }

    /// As many as there are cores where these tests run.
    private final class Executors: Sendable {
        private let all: [QueueExecutor]
        private let nextPlace = Atomic(0)

        init(_ label: String) { all = (1...2).map { QueueExecutor(label: "souk.tests.\(label).\($0)") } }

        func next() -> QueueExecutor { all[nextPlace.wrappingAdd(1, ordering: .relaxed).oldValue % all.count] }
    }
}

extension Trait where Self == OwnThreads {
    /// For tests that wait without suspending.
    public static var onOwnThreads: OwnThreads { OwnThreads(kind: .waiting) }

    /// For tests that compute, of which there are many: whatever is asynchronous elsewhere would wait behind all of them.
    public static var onComputingThreads: OwnThreads { OwnThreads(kind: .computing) }
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
