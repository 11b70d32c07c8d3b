import NIOCore
import NIOHTTP1

/// Puts the requests of a connection together, and ends it after the answer to the last one. The handlers before it see
/// to it that a request comes in when the one before has been answered.
final class ServerConnection: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// In bytes. A longer body is not read to its end before it is refused.
    private static let longestBody = 1 << 20

    private let requests: AsyncStream<IncomingRequest>.Continuation
    /// The request that is being read.
    private var head: HTTPRequestHead?
    private var body: [UInt8] = []
    private var isAnswering = false
    private var isLast = false

    init(_ requests: AsyncStream<IncomingRequest>.Continuation) { self.requests = requests }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body = []
        case .body(let part):
            guard head != nil else { return }
            body += part.readableBytesView
            if body.count > Self.longestBody { handOn(context) }
        case .end: handOn(context)
        }
    }

    private func handOn(_ context: ChannelHandlerContext) {
        guard let head else { return }
        self.head = nil
        isAnswering = true
        isLast = isLast || !head.isKeepAlive
        requests.yield(IncomingRequest(head: head, body: body, channel: context.channel))
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event as? ChannelEvent == .inputClosed {
            isLast = true
            if !isAnswering { context.close(promise: nil) }
        }
        context.fireUserInboundEventTriggered(event)
    }

    /// What is no HTTP has been answered by then; see `HTTPServerProtocolErrorHandler`.
    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var head) where isLast:
            head.headers.add(name: "Connection", value: "close")
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .end:
            let ends = isLast
            isAnswering = false
            // This may bring the next request, and say that it is the last.
            context.writeAndFlush(data, promise: promise)
            if ends { context.close(promise: nil) }
        default: context.write(data, promise: promise)
        }
    }
}
