import Glibc

/// Reading and writing whatever a descriptor takes at a time, also when signals interrupt it, and when somebody who shares
/// it has made it non-blocking.
public enum FileBytes {
    /// Everything until the end; nil with `errno` when it cannot be read.
    /// - Parameter start: Where to begin in a file that can be read at any place; nil goes on where reading ended.
    public static func read(_ descriptor: Int32, from start: off_t? = nil) -> [UInt8]? {
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count =
                if let start {
                    pread(descriptor, &part, part.count, start + off_t(bytes.count))
                } else {
                    Glibc.read(descriptor, &part, part.count)
                }
            if count < 0, isPassing(errno, descriptor, POLLIN) { continue }
            guard count >= 0 else { return nil }
            if count == 0 { return bytes }
            bytes += part[..<count]
        }
    }

    /// Writes all of `bytes`. False with `errno` when that cannot be done; some may be written then.
    public static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, isPassing(errno, descriptor, POLLOUT) { continue }
            guard count > 0 else {
                if count == 0 { errno = EIO }
                return false
            }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// Whether it is worth trying again. Where the descriptor does not block, this waits until it is ready.
    private static func isPassing(_ code: Int32, _ descriptor: Int32, _ event: Int32) -> Bool {
        switch code {
        case EINTR: return true
        case EAGAIN:
            var wanted = pollfd(fd: descriptor, events: Int16(event), revents: 0)
            let answer = poll(&wanted, 1, -1)
            return answer > 0 || answer < 0 && errno == EINTR
        default: return false
        }
    }
}
