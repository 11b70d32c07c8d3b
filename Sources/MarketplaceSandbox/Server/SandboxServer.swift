import Glibc
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// Serves a sandbox over HTTP on this machine only.
public enum SandboxServer {
    /// Why the server did not start.
    public enum Failure: Error, Equatable, Sendable, CustomStringConvertible {
        case portInUse(Int)
        case portNotAllowed(Int)
        case invalidPort(Int)

        public var description: String {
            switch self {
            case .portInUse(let port):
                "Port \(port) is in use by another program. Choose another one, or 0 for any that is free."
            case .portNotAllowed(let port):
                "Port \(port) may not be used by this user. Choose one above 1023."
            case .invalidPort(let port):
                "\(port) is not a port. Ports are numbers from 0 (any that is free) to 65535."
            }
        }
    }

    /// Serves on 127.0.0.1 until the task is cancelled.
    /// - Parameter onListening: called with the port once requests are taken; with port 0 it is one that was free.
    /// - Throws: `Failure` when the port cannot be had.
    public static func run(
        _ sandbox: Sandbox, port: Int, onListening: @escaping @Sendable (Int) -> Void
    ) async throws {
        guard (0...65_535).contains(port) else { throw Failure.invalidPort(port) }
        // Errors of a client are answered to that client. They are not logged, so this program's output stays clean.
        let logger = Logger(label: "sandbox") { _ in SwiftLogNoOpLogHandler() }
        let application = Application(
            responder: Responder(sandbox: sandbox),
            configuration: .init(address: .hostname("127.0.0.1", port: port)),
            onServerRunning: { channel in onListening(channel.localAddress?.port ?? port) },
            logger: logger)
        do {
            try await application.run()
        } catch let error as IOError {
            switch error.errnoCode {
            case EADDRINUSE: throw Failure.portInUse(port)
            case EACCES: throw Failure.portNotAllowed(port)
            default: throw error
            }
        }
    }

    /// Keeps the connection that a request came on, so that a fault can tear it down.
    private struct Context: RequestContext {
        var coreContext: CoreRequestContextStorage
        let channel: any Channel

        init(source: ApplicationRequestContextSource) {
            coreContext = .init(source: source)
            channel = source.channel
        }

        /// Ends the connection with a reset instead of a farewell.
        func tearDown() async {
            if let socket = channel as? any SocketOptionProvider {
                try? await socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
            }
            try? await channel.close()
        }
    }

    /// Ends a connection in the middle of an answer.
    private struct BrokenOff: Error {}

    private struct Responder: HTTPResponder {
        let sandbox: Sandbox

        func respond(to request: Request, context: Context) async throws -> Response {
            let longest = 1 << 20
            let body: [UInt8]
            do {
                body = Array(try await request.body.collect(upTo: longest).readableBytesView)
            } catch {
                // Too long, or broken off: the sandbox refuses it in its own words.
                body = Array(repeating: 0, count: longest + 1)
            }
            switch await sandbox.exchange(request.head, body: body) {
            case .answer(let response, let bytes):
                return Responder.response(response, .init(byteBuffer: ByteBuffer(bytes: bytes)))
            case .reset(let response, _, afterBytes: 0):
                await context.tearDown()
                return Responder.response(response, .init())
            case .reset(let response, let bytes, let count):
                return Responder.response(
                    response,
                    .init(contentLength: bytes.count) { writer in
                        try await writer.write(ByteBuffer(bytes: bytes.prefix(count)))
                        await context.tearDown()
                        throw BrokenOff()
                    })
            case .truncated(let response, let bytes, let announced):
                return Responder.response(
                    response,
                    .init(contentLength: announced) { writer in
                        try await writer.write(ByteBuffer(bytes: bytes))
                        throw BrokenOff()
                    })
            case .drip(let response, let bytes, let secondsPerByte):
                return Responder.response(
                    response,
                    .init(contentLength: bytes.count) { writer in
                        // No shorter waits than a clock can keep: a few bytes at a time where a byte takes less.
                        let step = max(1, Int(min(0.02 / max(secondsPerByte, 1e-9), 65_536)))
                        var start = 0
                        while start < bytes.count {
                            let end = min(bytes.count, start + step)
                            try await writer.write(ByteBuffer(bytes: bytes[start..<end]))
                            try await Task.sleep(for: .seconds(secondsPerByte * Double(end - start)))
                            start = end
                        }
                        try await writer.finish(nil)
                    })
            }
        }

        private static func response(_ head: HTTPResponse, _ body: ResponseBody) -> Response {
            Response(status: head.status, headers: head.headerFields, body: body)
        }
    }
}
