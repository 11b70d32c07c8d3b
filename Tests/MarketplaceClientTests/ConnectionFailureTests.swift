import ClientSupport
import HTTPTypes
import Marketplace
import NIOCore
import NIOPosix
import Testing

@testable import MarketplaceClient

/// A connection that fails before the request left. A write ended so was surely not sent, and is never unknown.
@Suite(.timeLimit(.minutes(30))) struct `A connection that never stood` {
    /// What a server does with every connection, once something came in where it waits for that.
    enum Manner: Sendable {
        case closesAtOnce
        case answers(String)
        case closesAfterRequest
    }

    private static func write(
        to url: String, proxies: ProxySettings = ProxySettings(), body: [UInt8] = Array("{}".utf8)
    ) async throws -> TransportError? {
        let base = try BaseURL(url)
        let request = HTTPRequest(method: .post, scheme: base.scheme, authority: base.authority, path: "/orders")
        let transport = HTTPTransport(proxies: proxies)
        do throws(TransportError) {
            _ = try await transport.send(request, body: body, timeout: .seconds(900))
            return nil
        } catch {
            return error
        }
    }

    private static func isUnreachable(_ error: TransportError?) -> Bool {
        if case .unreachable = error { true } else { false }
    }

    @Test(arguments: [
        "http://no-such-host.localhost.:1/", "https://no-such-host.invalid/", "http://127.0.0.1:1/",
        "https://127.0.0.1:1/",
        "https://[::1]:1/",
    ])
    func `to no host or a closed door is unreachable`(url: String) async throws {
        for body in [[], Array("{}".utf8)] {
            let error = try await Self.write(to: url, body: body)
            #expect(Self.isUnreachable(error), "\(String(describing: error))")
        }
    }

    @Test(arguments: [
        Manner.closesAtOnce, .answers("HTTP/1.1 400 Bad Request\r\n\r\n"),
        .answers("\u{15}\u{3}\u{1}\u{0}\u{2}\u{2}\u{28}"),
        .closesAfterRequest,
    ])
    func `for want of a TLS handshake is unreachable`(manner: Manner) async throws {
        let server = try await RawServer.start(manner)
        let error = try await Self.write(to: "https://127.0.0.1:\(server.port)/")
        #expect(Self.isUnreachable(error), "\(String(describing: error))")
    }

    @Test(
        arguments: [
            Manner.answers("HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n"),
            .answers("HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n"),
            .answers("HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n"), .answers("nonsense\r\n\r\n"),
            .closesAtOnce,
            .closesAfterRequest,
        ], ["http", "socks5"])
    func `for want of a proxy's tunnel is unreachable`(manner: Manner, kind: String) async throws {
        let server = try await RawServer.start(manner)
        let proxies = try ProxySettings(environment: ["ALL_PROXY": "\(kind)://127.0.0.1:\(server.port)"])
        for url in ["https://api.invalid/", "http://127.0.0.9:9/"] {
            let error = try await Self.write(to: url, proxies: proxies)
            #expect(Self.isUnreachable(error), "\(String(describing: error))")
        }
    }

    @Test(arguments: ["http", "socks5"]) func `to a proxy that is not there is unreachable`(kind: String) async throws {
        let proxies = try ProxySettings(environment: ["ALL_PROXY": "\(kind)://127.0.0.1:1"])
        #expect(Self.isUnreachable(try await Self.write(to: "https://api.invalid/", proxies: proxies)))
    }

    @Test(arguments: [Manner.closesAfterRequest, .answers("nonsense\r\n\r\n")])
    func `is distinguished from one that broke after the request left`(manner: Manner) async throws {
        let server = try await RawServer.start(manner)
        let error = try await Self.write(to: "http://127.0.0.1:\(server.port)/")
        guard case .connectionLost = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `leaves a write refused and not unknown`() async throws {
        let server = try await RawServer.start(.closesAfterRequest)
        // Sign-in fails in the same way; what counts is what the write itself is called.
        let client = Client(
            profile: .test(baseURL: "https://127.0.0.1:\(server.port)/marketplace/us"), transport: SignedIn(),
            clock: ManualClock(), pacing: .unlimited)
        let error = await failure { () async throws(MarketplaceError) in try await client.place(.sample) }
        guard case .unreachable = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    /// Signs in by itself, and leads everything else to the network.
    private struct SignedIn: Transport {
        private let network = UnhurriedTransport()

        func send(
            _ request: HTTPRequest, body: [UInt8], timeout: Duration
        ) async throws(TransportError) -> (HTTPResponse, [UInt8]) {
            guard request.path?.hasSuffix("/token") == true else {
                return try await network.send(request, body: body, timeout: timeout)
            }
            return (HTTPResponse(status: .ok), Array(Examples.token.utf8))
        }
    }

    // MARK: Plain HTTP

    @Test(arguments: [
        "http://192.0.2.1/", "http://127.evil.example/", "http://localhost.evil.example/", "HTTP://a.invalid/",
    ])
    func `to another machine in the clear is not even tried`(url: String) async throws {
        let error = try await Self.write(to: url)
        guard case .unreachable(let reason) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(reason.contains("not encrypted"))
    }

    @Test func `to this machine through a proxy elsewhere is not tried in the clear`() async throws {
        let proxies = try ProxySettings(environment: ["http_proxy": "http://proxy.invalid:1"])
        guard case .unreachable(let reason) = try await Self.write(to: "http://127.0.0.1:1/", proxies: proxies) else {
            Issue.record("it was tried")
            return
        }
        #expect(reason.contains("not encrypted"))
    }

    @Test func `below localhost it is this machine, whatever a resolver says`() async throws {
        let server = try await LoopbackServer.start { _ in LoopbackServer.answer("{}") }
        let request = HTTPRequest(
            method: .get, scheme: "HTTP", authority: "Souk.LocalHost.:\(server.port)", path: "/orders")
        let (response, _) = try await HTTPTransport().send(request, body: [], timeout: .seconds(900))
        #expect(response.status == .ok)
    }

    @Test func `a redirect is handed back and not followed`() async throws {
        let elsewhere = try await LoopbackServer.start { _ in LoopbackServer.answer("{}") }
        let server = try await LoopbackServer.start { _ in
            "HTTP/1.1 307 Temporary Redirect\r\nlocation: http://127.0.0.1:\(elsewhere.port)/x\r\ncontent-length: 0\r\n\r\n"
        }
        let request = HTTPRequest(
            method: .post, scheme: "http", authority: "127.0.0.1:\(server.port)", path: "/orders",
            headerFields: [.authorization: "Bearer x"])
        let (response, _) = try await HTTPTransport().send(request, body: Array("{}".utf8), timeout: .seconds(900))
        #expect(response.status.code == 307)
        elsewhere.stop()
        #expect(await elsewhere.event() == nil)
    }
}

/// A server that speaks no protocol.
private final class RawServer: Sendable {
    let port: Int
    private let listener: any Channel

    static func start(_ manner: `A connection that never stood`.Manner) async throws -> RawServer {
        let listener = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Handler(manner))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return RawServer(listener)
    }

    private init(_ listener: any Channel) {
        self.listener = listener
        port = listener.localAddress?.port ?? 0
    }

    deinit { listener.close(promise: nil) }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let manner: `A connection that never stood`.Manner

        init(_ manner: `A connection that never stood`.Manner) { self.manner = manner }

        func channelActive(context: ChannelHandlerContext) {
            if case .closesAtOnce = manner { context.close(promise: nil) }
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            if case .answers(let text) = manner {
                context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
            }
            context.close(promise: nil)
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
    }
}
