import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A server on this machine that reports what happens on its connections, and gives the answers that it is set to.
final class LoopbackServer: Sendable {
    enum Event: Equatable, Sendable {
        case connected
        /// The first line of a request whose head is complete.
        case request(String)
        /// The connection ended; the first line of its last request, where it had one.
        case disconnected(after: String?)
    }

    /// The certificate chain and key to serve with, as files in PEM form.
    struct Identity: Sendable {
        var certificate: String
        var key: String
    }

    let port: Int
    private let listener: any Channel
    private let stage: Stage

    /// - Parameter answer: The whole answer to the first line of a request; nil to keep the caller waiting.
    static func start(
        _ identity: Identity? = nil, answer: @escaping @Sendable (String) -> String?
    ) async throws -> LoopbackServer {
        let context = try identity.map { identity in
            try NIOSSLContext(
                configuration: .makeServerConfiguration(
                    certificateChain: NIOSSLCertificate.fromPEMFile(identity.certificate).map { .certificate($0) },
                    privateKey: .privateKey(NIOSSLPrivateKey(file: identity.key, format: .pem))))
        }
        let stage = Stage(answer: answer)
        let listener = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let context {
                        try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
                    }
                    try channel.pipeline.syncOperations.addHandler(Handler(stage: stage))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return LoopbackServer(listener, stage)
    }

    private init(_ listener: any Channel, _ stage: Stage) {
        self.listener = listener
        self.stage = stage
        port = listener.localAddress?.port ?? 0
    }

    deinit { stop() }

    /// Takes no more connections; nothing happens any more when the last one has ended.
    func stop() {
        listener.close(promise: nil)
        stage.events.continuation.finish()
    }

    /// The next thing that happens.
    func event() async -> Event? {
        for await event in stage.events.stream { return event }
        return nil
    }

    /// Waits until that happens, whatever else does.
    /// - Returns: False when nothing can happen any more.
    func sees(_ wanted: Event) async -> Bool {
        for await event in stage.events.stream where event == wanted { return true }
        return false
    }

    /// Answers the request that came last.
    func send(_ text: String) {
        stage.last.withLock { $0 }?.writeAndFlush(ByteBuffer(string: text), promise: nil)
    }

    static func answer(_ body: String) -> String {
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    private final class Stage: Sendable {
        let answer: @Sendable (String) -> String?
        let events = AsyncStream<Event>.makeStream()
        let last = Mutex<(any Channel)?>(nil)

        init(answer: @escaping @Sendable (String) -> String?) { self.answer = answer }
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let stage: Stage
        private var text = ""
        private var line: String?

        init(stage: Stage) { self.stage = stage }

        func channelActive(context: ChannelHandlerContext) { stage.events.continuation.yield(.connected) }
        func channelInactive(context: ChannelHandlerContext) {
            stage.events.continuation.yield(.disconnected(after: line))
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            text += String(buffer: unwrapInboundIn(data))
            // A body may come later than its head, and is waited for.
            guard let end = text.firstRange(of: "\r\n\r\n") else { return }
            let fields = text[..<end.lowerBound].lowercased().split(separator: "\r\n")
            let length = fields.lazy.compactMap { field in
                field.hasPrefix("content-length:") ? Int(field.dropFirst(15).filter(\.isNumber)) : nil
            }.first
            guard text[end.upperBound...].utf8.count >= length ?? 0 else { return }
            let line = String(text.prefix { $0 != "\r\n" })
            text = ""
            self.line = line
            stage.last.withLock { $0 = context.channel }
            if let answer = stage.answer(line) {
                context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: answer)), promise: nil)
            }
            stage.events.continuation.yield(.request(line))
        }
    }
}
