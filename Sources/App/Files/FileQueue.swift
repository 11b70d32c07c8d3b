import Dispatch

/// Work on files, one piece after the other on a dispatch queue of its own: what blocks (a slow disk, another program's
/// lock) takes none of the threads that all tasks share.
final class FileQueue: Sendable {
    private let queue = DispatchQueue(label: "souk.files")

    func run<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: work()) }
        }
    }
}
