import Dispatch
import Glibc
import Synchronization

/// Reads a descriptor on a thread of its own while the one that made it does something else.
final class ReaderAside: Sendable {
    private let bytes = Mutex<[UInt8]>([])
    private let queue = DispatchQueue(label: "souk.tests.reader")
    /// A byte in it ends the reading.
    private let ends: (whenToStop: Int32, toStop: Int32)

    init(of descriptor: Int32) {
        var ends: [Int32] = [-1, -1]
        precondition(pipe(&ends) == 0, "no pipe can be made")
        self.ends = (ends[0], ends[1])
        queue.async { self.read(descriptor) }
    }

    /// Ends the reading; to be called once.
    /// - Returns: what was read.
    func stop() -> ArraySlice<UInt8> {
        var byte: UInt8 = 0
        _ = write(ends.toStop, &byte, 1)
        queue.sync {}
        close(ends.toStop)
        close(ends.whenToStop)
        return bytes.withLock { $0[...] }
    }

    private func read(_ descriptor: Int32) {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            var sources = [
                pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
                pollfd(fd: ends.whenToStop, events: Int16(POLLIN), revents: 0),
            ]
            if poll(&sources, 2, -1) < 0, errno == EINTR { continue }
            guard sources[1].revents == 0, sources[0].revents & Int16(POLLIN) != 0 else { return }
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            guard count > 0 else { return }
            bytes.withLock { $0 += buffer[..<count] }
        }
    }
}
