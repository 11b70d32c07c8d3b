/// Where the calls of a task are executed, and by whose timers. A program that lives for one answer may do all of it on the
/// thread that waits for the answer, and start no others.
public enum CallExecution {
    /// Runs jobs, some of them later.
    public protocol Executor: TaskExecutor {
        /// Does `action` after so much real time, unless what is returned was cancelled before.
        func schedule(after time: Duration, _ action: @escaping @Sendable () -> Void) -> ScheduledAction
    }

    /// That of the current task; nil for Swift's own, which has a thread for each core and two for its timers.
    @TaskLocal public static var executor: (any Executor)?

    /// Does `action` after so much real time, unless what is returned was cancelled before.
    static func schedule(after time: Duration, _ action: @escaping @Sendable () -> Void) -> ScheduledAction {
        if let executor { return executor.schedule(after: time, action) }
        let task = Task { if (try? await Task.sleep(for: time)) != nil { action() } }
        return ScheduledAction { task.cancel() }
    }

    /// Waits for so much real time.
    /// - Throws: `CancellationError` as soon as the task is cancelled.
    static func pause(for time: Duration) async throws {
        guard let executor else { return try await Task.sleep(for: time) }
        let (never, end) = AsyncStream.makeStream(of: Never.self)
        let timer = executor.schedule(after: time) { end.finish() }
        defer { timer.cancel() }
        for await _ in never {}
        try Task.checkCancellation()
    }
}

/// Something that is to be done later.
public struct ScheduledAction: Sendable {
    /// Has it not done any more. After it was done, and when called again, this does nothing.
    public let cancel: @Sendable () -> Void

    public init(cancel: @escaping @Sendable () -> Void) { self.cancel = cancel }
}
