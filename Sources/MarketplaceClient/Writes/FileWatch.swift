import Dispatch
import Glibc

/// Tells when a file is written to, by whomever, or comes to be. The system tells it; nothing is polled. On file systems
/// of other computers it tells of this computer's programs alone.
///
/// Unchecked, because a dispatch source, which may be cancelled from anywhere, is not marked as sendable.
final class FileWatch: @unchecked Sendable {
    private let source: any DispatchSourceRead

    /// Nil when the system has no more watches to give, or the file's directory cannot be made.
    init?(path: String, onChange: @escaping @Sendable () -> Void) {
        let name = path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
        guard StateDirectory.make(above: path) else { return nil }
        let descriptor = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
        guard descriptor >= 0 else { return nil }
        let events = UInt32(IN_MODIFY | IN_CREATE | IN_MOVED_TO)
        guard inotify_add_watch(descriptor, StateDirectory.directory(of: path), events) >= 0 else {
            close(descriptor)
            return nil
        }
        source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: .global())
        source.setEventHandler { if Self.drain(descriptor, name) { onChange() } }
        source.setCancelHandler { close(descriptor) }
        source.activate()
    }

    func end() { source.cancel() }

    /// Takes what has been told so far.
    /// - Returns: Whether any of it is about the file called `name`.
    private static func drain(_ descriptor: Int32, _ name: String) -> Bool {
        var isMeant = false
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0 else { return isMeant }
            buffer.withUnsafeBytes { bytes in
                var place = 0
                let head = MemoryLayout<inotify_event>.size
                while place + head <= count {
                    let length = Int(bytes.loadUnaligned(fromByteOffset: place + 12, as: UInt32.self))
                    let text = bytes[(place + head)..<min(count, place + head + length)].prefix { $0 != 0 }
                    if text.elementsEqual(name.utf8) { isMeant = true }
                    place += head + length
                }
            }
        }
    }
}
