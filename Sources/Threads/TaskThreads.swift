@_spi(ExperimentalCustomExecutors) @_spi(ExperimentalScheduling) import _Concurrency

/// The threads that all of Swift's tasks in this process run on.
public enum TaskThreads {
    static let pool = WorkerPool()

    /// Has tasks run on threads of this room instead of the runtime's. To be called once, before the first task.
    ///
    /// While nothing happens none of them wakes. The runtime's own do, once a second: libdispatch counts its busy threads
    /// so, and has no switch for it.
    public static func use() { _createExecutors(factory: Factory.self) }

    private enum Factory: ExecutorFactory {
        static var mainExecutor: any MainExecutor { PlatformExecutorFactory.mainExecutor }
        static var defaultExecutor: any TaskExecutor { pool }
    }
}

extension WorkerPool: TaskExecutor, SchedulingExecutor {
    func enqueue(_ job: consuming ExecutorJob) {
        let priority = job.priority.rawValue
        add(UnownedJob(job), priority: priority)
    }

    func enqueue<C: Clock>(
        _ job: consuming ExecutorJob, at instant: C.Instant, tolerance: C.Duration?, clock: C
    ) {
        let priority = job.priority.rawValue
        let job = UnownedJob(job)
        at(instant, tolerance: tolerance, clock: clock) { self.add(job, priority: priority) }
    }
}
