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
        // What a client does wrong is told to the client; this program's output stays clean.
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

    private struct Responder: HTTPResponder {
        let sandbox: Sandbox

        func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
            let longest = 1 << 20
            let body: [UInt8]
            do {
                body = Array(try await request.body.collect(upTo: longest).readableBytesView)
            } catch {
                // Too long, or broken off: the sandbox refuses it in its own words.
                body = Array(repeating: 0, count: longest + 1)
            }
            let (response, bytes) = await sandbox.respond(to: request.head, body: body)
            return Response(
                status: response.status, headers: response.headerFields,
                body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
        }
    }
}
