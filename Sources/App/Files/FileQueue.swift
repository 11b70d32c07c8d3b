import Dispatch

/// Work on files, one piece after the other on a dispatch queue of its own: what blocks (a slow disk, another program's
/// lock) takes none of the threads that all tasks share.
final class FileQueue: Sendable {
    private let queue = DispatchQueue(label: "souk.files")

    /// Does `work` after everything that was added before.
    func add(_ work: @escaping @Sendable () -> Void) { queue.async(execute: work) }

    /// Does `work` after everything that was added before, while the calling thread waits.
    /// - Returns: Nil when it was not done in time; it may still be done later.
    func finish<Value: Sendable>(
        within limit: DispatchTimeInterval, _ work: @escaping @Sendable () -> Value
    ) -> Value? {
        let slot = Mailslot<Value>()
        let semaphore = DispatchSemaphore(value: 0)
        queue.async {
            slot.put(work())
            semaphore.signal()
        }
        return semaphore.wait(timeout: .now() + limit) == .success ? slot.take() : nil
    }
}
