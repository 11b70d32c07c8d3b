import NIOCore
import NIOHTTP1

/// Puts the requests of a connection together, hands each on when the one before has been answered, and ends the connection
/// after the last.
final class ServerConnection: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// In bytes. A longer body is not read to its end before it is refused.
    private static let longestBody = 1 << 20
    /// Requests that may wait behind one another on a connection. Who sends more without an answer is cut off.
    private static let mostWaiting = 1_000

    private let requests: AsyncStream<IncomingRequest>.Continuation
    /// The request that is being read.
    private var head: HTTPRequestHead?
    private var body: [UInt8] = []
    /// The request that is being answered, and those that have come in behind it.
    private var waiting: [IncomingRequest] = []
    private var isInputClosed = false

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
        guard waiting.count < Self.mostWaiting else { return context.close(promise: nil) }
        waiting.append(IncomingRequest(head: head, body: body, channel: context.channel))
        if waiting.count == 1 { requests.yield(waiting[0]) }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event as? ChannelEvent == .inputClosed {
            isInputClosed = true
            if waiting.isEmpty { context.close(promise: nil) }
        }
        context.fireUserInboundEventTriggered(event)
    }

    /// What is no HTTP has been answered by then; see `HTTPServerProtocolErrorHandler`.
    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var head) where waiting.first?.head.isKeepAlive == false:
            head.headers.add(name: "Connection", value: "close")
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .end:
            context.writeAndFlush(data, promise: promise)
            let answered = waiting.isEmpty ? nil : waiting.removeFirst()
            if answered?.head.isKeepAlive == false || waiting.isEmpty && isInputClosed {
                context.close(promise: nil)
            } else if let next = waiting.first {
                requests.yield(next)
            }
        default: context.write(data, promise: promise)
        }
    }
}
