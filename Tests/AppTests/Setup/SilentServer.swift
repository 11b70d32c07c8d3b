import Glibc
import Testing

/// Takes connections and never says a word.
final class SilentServer {
    let baseURL: String
    private let socket: Int32

    init() throws {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(socket, pointer, size) == 0 && listen(socket, 8) == 0 && getsockname(socket, pointer, &size) == 0
            }
        }
        self.socket = socket
        baseURL = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))/marketplace/us"
        try #require(isListening)
    }

    /// - Returns: whether somebody has connected.
    func wait(seconds: Int32 = 30) -> Bool {
        var source = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
        return poll(&source, 1, seconds * 1000) == 1
    }

    deinit { close(socket) }
}
