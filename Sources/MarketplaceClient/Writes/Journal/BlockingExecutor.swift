import Dispatch

/// Runs an actor's jobs one after the other on a dispatch queue of its own, so that calls which block (`fsync` on a slow
/// disk) take none of the threads that all tasks share: there are only as many of those as processors.
final class BlockingExecutor: SerialExecutor {
    private let queue: DispatchQueue

    /// - Parameter label: For debuggers.
    init(label: String) { queue = DispatchQueue(label: label) }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
