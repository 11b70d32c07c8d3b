import Glibc
import HTTPTypes
import MarketplaceClient
import Synchronization

/// A server that never answers, and reports when a request has come and when its connection has ended.
private final class SilentServer: Sendable {
    enum Event: Sendable {
        case request
        case end(ContinuousClock.Instant)
    }

    let port: Int
    let events = AsyncStream<Event>.makeStream()
    private let listener: Int32

    init() throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let port: Int? = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                guard bind(listener, address, length) == 0, listen(listener, 16) == 0,
                    getsockname(listener, address, &length) == 0
                else { return false }
                return true
            } ? Int(in_port_t(bigEndian: pointer.pointee.sin_port)) : nil
        }
        guard let port else { throw ServedSandbox.Failure.notStarted }
        self.listener = listener
        self.port = port
    }

    /// Takes one connection after the other, on a thread of its own.
    func start() {
        var thread = pthread_t()
        let context = Unmanaged.passRetained(self).toOpaque()
        pthread_create(
            &thread, nil,
            { context in
                guard let context else { return nil }
                Unmanaged<SilentServer>.fromOpaque(context).takeRetainedValue().serve()
                return nil
            }, context)
    }

    private func serve() {
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let connection = accept(listener, nil, nil)
            guard connection >= 0 else { return }
            while true {
                let count = read(connection, &buffer, buffer.count)
                if count <= 0 {
                    events.continuation.yield(.end(ContinuousClock().now))
                    break
                }
                // The head of a GET comes in one piece.
                events.continuation.yield(.request)
            }
            close(connection)
        }
    }
}

/// From the cancelling of a request that waits for its answer to its return, and to the end of its connection.
@concurrent func measureCancelling() async throws {
    let server = try SilentServer()
    server.start()
    let transport = HTTPTransport()
    let request = HTTPRequest(method: .get, scheme: "http", authority: "127.0.0.1:\(server.port)", path: "/orders")
    var returned: [Double] = []
    var ended: [Double] = []
    var events = server.events.stream.makeAsyncIterator()
    let clock = ContinuousClock()
    for _ in 0..<500 {
        let sending = Task.detached {
            _ = try? await transport.send(request, body: [], timeout: .seconds(60))
            return ContinuousClock().now
        }
        guard case .request = await events.next() else { break }
        let begin = clock.now
        sending.cancel()
        returned.append(begin.duration(to: await sending.value).inSeconds)
        guard case .end(let end) = await events.next() else { break }
        ended.append(begin.duration(to: end).inSeconds)
    }
    print("cancelled request returns: \(spread(returned)), at most \(Int((returned.max() ?? 0) * 1e6)) us")
    print("and its connection ends: \(spread(ended)), at most \(Int((ended.max() ?? 0) * 1e6)) us")
}
