import Glibc

/// Reading and writing whatever a descriptor takes at a time, also when signals interrupt it, and when another program
/// that shares it has made it non-blocking.
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
            if count < 0, errno == EINTR || waits(for: POLLIN, descriptor) { continue }
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
            if count < 0, errno == EINTR || waits(for: POLLOUT, descriptor) { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// Where a call failed because it would have had to wait, waits until it need not.
    /// - Returns: whether it failed because of that; `errno` is as it was otherwise.
    private static func waits(for event: Int32, _ descriptor: Int32) -> Bool {
        guard errno == EAGAIN else { return false }
        var state = pollfd(fd: descriptor, events: Int16(event), revents: 0)
        return poll(&state, 1, -1) > 0 || errno == EINTR
    }
}
