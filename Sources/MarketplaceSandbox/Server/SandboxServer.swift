import Glibc
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOPosix

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

    /// Serves on 127.0.0.1 until the task is cancelled. Requests that are being answered then get their answers.
    /// - Parameter onListening: called with the port once requests are taken; with port 0 it is one that was free.
    /// - Throws: `Failure` when the port cannot be had.
    public static func run(
        _ sandbox: Sandbox, port: Int, onListening: @escaping @Sendable (Int) -> Void
    ) async throws {
        guard (0...65_535).contains(port) else { throw Failure.invalidPort(port) }
        await sandbox.keepWrittenRows()
        // A sandbox answers one request after the other. One thread that also reads and writes them saves handing over.
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let requests = AsyncStream<IncomingRequest>.makeStream()
        do {
            let listener = try await listen(on: port, group, requests.continuation)
            onListening(listener.localAddress?.port ?? port)
            await withTaskExecutorPreference(EventLoopExecutor(loop: group.next())) {
                await withDiscardingTaskGroup { tasks in
                    for await request in requests.stream {
                        tasks.addImmediateTask { await request.answer(from: sandbox) }
                    }
                }
            }
        } catch {
            try await group.shutdownGracefully()
            switch (error as? IOError)?.errnoCode {
            case EADDRINUSE: throw Failure.portInUse(port)
            case EACCES: throw Failure.portNotAllowed(port)
            default: throw error
            }
        }
        try await group.shutdownGracefully()
    }

    private static func listen(
        on port: Int, _ group: any EventLoopGroup, _ requests: AsyncStream<IncomingRequest>.Continuation
    ) async throws -> any Channel {
        try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 256)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            // Who has sent the last request may say so and still gets the answer.
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    // Header fields are checked when they are made (HTTPTypes), and a connection keeps its requests in order.
                    try pipeline.configureHTTPServerPipeline(
                        withPipeliningAssistance: false, withOutboundHeaderValidation: false)
                    try pipeline.addHandler(Negotiation())
                    try pipeline.addHandler(
                        HTTPResponseCompressor { head, _ in
                            head.headers.contains(name: "Vary") ? .compressIfPossible : .doNotCompress
                        })
                    try pipeline.addHandler(ServerConnection(requests))
                }
            }
            .bind(host: "127.0.0.1", port: port).get()
    }
}

/// Runs tasks on the thread of an event loop.
private final class EventLoopExecutor: TaskExecutor {
    private let loop: any EventLoop

    init(loop: any EventLoop) { self.loop = loop }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
