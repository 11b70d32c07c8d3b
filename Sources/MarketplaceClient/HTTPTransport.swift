import AsyncHTTPClient
import Glibc
import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// The real network. Redirects are not followed: they would carry the subscription key to another host. Nothing is sent to
/// another machine in the clear unless that is allowed.
///
/// Connections are kept alive and shared by all copies; the last copy to go closes them.
public struct HTTPTransport: Transport {
    /// Bytes of an answer's body, unpacked, where no other limit is given.
    public static let responseLimit = 64 * 1_048_576

    private let generations: Generations<Clients>
    private let responseLimit: Int
    private let proxies: ProxySettings
    private let allowsPlainHTTP: Bool
    /// How long a kept connection may be silent before what changes nothing is sent once more on a new one.
    private let silence: Duration

    /// - Parameters:
    ///   - trust: Which certificate authorities are trusted.
    ///   - allowsPlainHTTP: Whether other machines may be asked without encryption.
    ///   - responseLimit: Bytes of an answer's body, unpacked, beyond which it is given up.
    public init(
        proxies: ProxySettings = ProxySettings(), trust: TrustRoots = TrustRoots(), allowsPlainHTTP: Bool = false,
        responseLimit: Int = HTTPTransport.responseLimit
    ) {
        self.init(
            proxies: proxies, trust: trust, allowsPlainHTTP: allowsPlainHTTP, responseLimit: responseLimit,
            silence: .seconds(6))
    }

    /// - Parameters:
    ///   - silence: How long a kept connection may be silent.
    ///   - idleSeconds: How long a connection is kept that nothing is asked on. What lies between forgets silent ones
    ///     without a word.
    init(
        proxies: ProxySettings = ProxySettings(), trust: TrustRoots = TrustRoots(), allowsPlainHTTP: Bool = false,
        responseLimit: Int = HTTPTransport.responseLimit, silence: Duration, idleSeconds: Int64 = 30
    ) {
        generations = Generations {
            Clients(proxies: proxies, trust: trust, responseLimit: responseLimit, idleSeconds: idleSeconds)
        }
        self.proxies = proxies
        self.allowsPlainHTTP = allowsPlainHTTP
        self.responseLimit = responseLimit
        self.silence = silence
    }

    public func send(
        _ request: HTTPRequest, body: [UInt8], timeout: Duration
    ) async throws(TransportError) -> (HTTPResponse, [UInt8]) {
        try await send(request, body: body, timeout: timeout, isSafe: request.method == .get)
    }

    public func send(
        _ request: HTTPRequest, body: [UInt8], timeout: Duration, isSafe: Bool
    ) async throws(TransportError) -> (HTTPResponse, [UInt8]) {
        let (plain, route) = try message(for: request)
        var message = plain
        message.headers.replaceOrAdd(name: "accept-encoding", value: "gzip")
        let watched = WatchedBody(bytes: body)
        if !body.isEmpty { message.body = .stream(watched, length: .known(Int64(body.count))) }
        do {
            return try await Self.within(timeout) { [self, message] in
                guard let clients = generations.current else { throw TransportError.unreachable("it is closing") }
                // Only what changes nothing may be sent a second time.
                return isSafe
                    ? try await ask(message, on: route, with: clients, timeout)
                    : try await exchange(message, on: route, with: clients, timeout)
            }
        } catch {
            let error = TransportError(error, limit: responseLimit, head: nil)
            throw body.isEmpty || watched.isAskedFor ? error : error.whenNothingWasSent
        }
    }

    public func receive(
        _ request: HTTPRequest, timeout: Duration, _ take: @escaping @Sendable (AnswerPart) -> Bool
    ) async throws(TransportError) {
        let (plain, route) = try message(for: request)
        var message = plain
        // Bytes are counted as they lie at the server.
        message.headers.replaceOrAdd(name: "accept-encoding", value: "identity")
        do {
            try await Self.within(timeout) { [self, message] in
                guard let clients = generations.current else { throw TransportError.unreachable("it is closing") }
                let client = clients.client(scheme: route.scheme, proxy: route.proxy)
                let response = try await client.execute(message, timeout: TimeAmount(timeout))
                guard take(.head(Self.head(of: response))) else { return }
                for try await part in response.body {
                    guard take(.bytes(Array(part.readableBytesView))) else { return }
                }
            }
        } catch {
            throw TransportError(error, limit: responseLimit, head: nil)
        }
    }

    /// The request without what says how its bodies travel.
    private func message(
        for request: HTTPRequest
    ) throws(TransportError) -> (message: HTTPClientRequest, route: Route) {
        let scheme = request.scheme?.lowercased() ?? "https"
        let authority = request.authority ?? ""
        guard let host = WebHost(authority) else { throw .unreachable("the address is not valid") }
        let proxy = proxies.proxy(scheme: scheme, host: host)
        guard scheme == "https" || allowsPlainHTTP || Self.staysHere(host, proxy) else {
            throw .unreachable("it is another machine, and its address is not encrypted (http://)")
        }
        // Not every resolver knows that all names below `localhost` are this machine (RFC 6761).
        let isNamedHere = scheme == "http" && proxy == nil && host.isLocalhost && host.name != "localhost"
        let target = isNamedHere ? "127.0.0.1" + (host.port.map { ":\($0)" } ?? "") : authority
        var message = HTTPClientRequest(url: "\(scheme)://\(target)\(request.path ?? "/")")
        if isNamedHere { message.headers.add(name: "host", value: authority) }
        message.method = HTTPMethod(rawValue: request.method.rawValue)
        for field in request.headerFields { message.headers.add(name: field.name.rawName, value: field.value) }
        return (message, (scheme: scheme, proxy: proxy))
    }

    private static func head(of response: HTTPClientResponse) -> HTTPResponse {
        var head = HTTPResponse(status: .init(code: Int(response.status.code)))
        for (name, value) in response.headers {
            if let name = HTTPField.Name(name) { head.headerFields.append(HTTPField(name: name, value: value)) }
        }
        return head
    }

    /// Whether plain text would be read on this machine alone. A proxy reads what goes through it.
    private static func staysHere(_ host: WebHost, _ proxy: ProxySettings.Proxy?) -> Bool {
        host.isThisMachine && proxy?.host.isThisMachine ?? true
    }

    private typealias Route = (scheme: String, proxy: ProxySettings.Proxy?)

    /// A connection that was kept may be dead without anybody having said so. When it is silent, the request, which changes
    /// nothing, is sent once more on a new one, and the first answer counts; new requests use new connections from then
    /// on.
    private func ask(
        _ message: HTTPClientRequest, on route: Route, with clients: Clients, _ timeout: Duration
    ) async throws -> (HTTPResponse, [UInt8]) {
        let made = clients.connections.value
        guard made > 0 else { return try await exchange(message, on: route, with: clients, timeout) }
        return try await withThrowingTaskGroup(of: (isFirst: Bool, answer: (HTTPResponse, [UInt8])).self) { group in
            group.addTask { (true, try await exchange(message, on: route, with: clients, timeout)) }
            group.addTask {
                try await CallExecution.pause(for: silence)
                guard clients.connections.value == made, let next = generations.successor(of: clients) else {
                    // Others were made since, or the server is slow: the first answer is waited for.
                    try await CallExecution.pause(for: timeout)
                    throw HTTPClientError.deadlineExceeded
                }
                return (false, try await exchange(message, on: route, with: next, timeout))
            }
            defer { group.cancelAll() }
            guard let winner = try await group.next() else { throw CancellationError() }
            if winner.isFirst, generations.current !== clients { generations.noteSlow() }
            return winner.answer
        }
    }

    private func exchange(
        _ message: HTTPClientRequest, on route: Route, with clients: Clients, _ timeout: Duration
    ) async throws -> (HTTPResponse, [UInt8]) {
        let client = clients.client(scheme: route.scheme, proxy: route.proxy)
        // The client's own time-out ends with the head; a body that drips is ours to end.
        let response = try await client.execute(message, timeout: TimeAmount(timeout))
        let head = Self.head(of: response)
        do {
            return (head, Array(try await response.body.collect(upTo: responseLimit).readableBytesView))
        } catch {
            throw TransportError(error, limit: responseLimit, head: head)
        }
    }

    private static func within<Value: Sendable>(
        _ limit: Duration, _ action: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value.self) { group in
            group.addTask(operation: action)
            group.addTask {
                try await CallExecution.pause(for: limit)
                throw HTTPClientError.deadlineExceeded
            }
            defer { group.cancelAll() }
            guard let value = try await group.next() else { throw CancellationError() }
            return value
        }
    }
}

/// The body of a request, which knows whether the client has come to send it. It does so once the connection is open and the
/// head of the request has left: before that no server can have taken the request.
private final class WatchedBody: AsyncSequence, Sendable {
    typealias Element = ByteBuffer

    private let bytes: [UInt8]
    private let flag = Atomic(false)

    init(bytes: [UInt8]) { self.bytes = bytes }

    var isAskedFor: Bool { flag.load(ordering: .acquiring) }

    func makeAsyncIterator() -> Iterator {
        flag.store(true, ordering: .releasing)
        return Iterator(rest: ByteBuffer(bytes: bytes))
    }

    struct Iterator: AsyncIteratorProtocol {
        fileprivate var rest: ByteBuffer?

        mutating func next() async -> ByteBuffer? {
            defer { rest = nil }
            return rest
        }
    }
}

/// One client without proxy, one for each proxy in use.
private final class Clients: Sendable {
    /// One thread for all that comes and goes: what an answer holds is read elsewhere.
    private static let eventLoops = MultiThreadedEventLoopGroup(numberOfThreads: 1)

    let connections: ConnectionCount
    private let direct: HTTPClient
    private let http: HTTPClient?
    private let https: HTTPClient?

    init(proxies: ProxySettings, trust: TrustRoots, responseLimit: Int, idleSeconds: Int64) {
        let connections = ConnectionCount()
        self.connections = connections
        func makeClient(_ proxy: ProxySettings.Proxy?) -> HTTPClient {
            Self.makeClient(proxy, trust, responseLimit, idleSeconds, connections)
        }
        direct = makeClient(nil)
        http = proxies.forHTTP.map(makeClient)
        https = proxies.forHTTPS.map(makeClient)
    }

    deinit {
        for client in [direct, http, https] { _ = client?.shutdown() }
    }

    func client(scheme: String, proxy: ProxySettings.Proxy?) -> HTTPClient {
        guard proxy != nil else { return direct }
        return (scheme == "https" ? https : http) ?? direct
    }

    private static func makeClient(
        _ proxy: ProxySettings.Proxy?, _ trust: TrustRoots, _ responseLimit: Int, _ idleSeconds: Int64,
        _ connections: ConnectionCount
    ) -> HTTPClient {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.tracing.tracer = nil
        configuration.timeout.connect = .seconds(10)
        configuration.connectionPool.idleTimeout = .seconds(idleSeconds)
        configuration.http1_1ConnectionDebugInitializer = { channel in
            connections.add()
            return channel.eventLoop.makeSucceededVoidFuture()
        }
        configuration.http2ConnectionDebugInitializer = configuration.http1_1ConnectionDebugInitializer
        configuration.decompression = .enabled(limit: .size(responseLimit))
        // Otherwise an untrusted certificate is tried again and again until the request's time is over.
        configuration.connectionPool.retryConnectionEstablishment = false
        if trust.store != nil || trust.additional != nil {
            configuration.tlsConfiguration = .makeClientConfiguration()
            if let store = trust.store { configuration.tlsConfiguration?.trustRoots = .file(store) }
            configuration.tlsConfiguration?.additionalTrustRoots = trust.additional.map { [.file($0)] } ?? []
        }
        switch proxy?.kind {
        case nil: break
        case .socks5:
            configuration.proxy = proxy.map { .socksServer(host: $0.host.name, port: $0.port) }
        case .http:
            let authorization = proxy?.user.map {
                HTTPClient.Authorization.basic(username: $0, password: proxy?.password?.revealed ?? "")
            }
            configuration.proxy = proxy.map {
                .server(host: $0.host.name, port: $0.port, authorization: authorization)
            }
        }
        return HTTPClient(eventLoopGroupProvider: .shared(eventLoops), configuration: configuration)
    }
}

extension TransportError {
    /// What an error of the HTTP client means for the promise of ``Transport/send(_:body:timeout:)``: unknown errors
    /// count as a connection lost after the request may have left.
    /// - Parameter head: That of the answer, when the body was being read.
    fileprivate init(_ error: any Error, limit: Int, head: HTTPResponse?) {
        switch error {
        case let error as TransportError:
            self = error
        case is CancellationError:
            self = .cancelled
        case let error as HTTPClientError:
            self = Self(error)
        case is NIOTooManyBytesError:
            self = .tooLarge(limit: limit, answer: head)
        case ChannelError.connectTimeout:
            self = .unreachable("no connection within 10 s")
        case let error as IOError where error.errnoCode == ECONNREFUSED:
            self = .unreachable("connection refused")
        case let error as IOError where error.errnoCode == EHOSTUNREACH || error.errnoCode == ENETUNREACH:
            self = .unreachable("there is no way to the host")
        default:
            let kind = String(describing: type(of: error))
            let words = String(describing: error)
            if kind.contains("Decompression") {
                self =
                    words.contains("limit")
                    ? .tooLarge(limit: limit, answer: head) : .garbled("it cannot be unpacked", answer: head)
            } else {
                self = Self(kind: kind, words: words)
            }
        }
    }

    private init(_ error: HTTPClientError) {
        switch error {
        case .cancelled: self = .cancelled
        case .deadlineExceeded, .readTimeout: self = .timedOut
        case .connectTimeout, .getConnectionFromPoolTimeout: self = .unreachable("no connection within 10 s")
        case .tlsHandshakeTimeout: self = .unreachable("no secure connection within 10 s")
        case .httpProxyHandshakeTimeout, .socksHandshakeTimeout: self = .unreachable("the proxy does not answer")
        case .proxyAuthenticationRequired: self = .unreachable("the proxy wants a user name and password")
        case .invalidProxyResponse: self = .unreachable("the proxy refuses the connection")
        case .invalidURL, .emptyHost, .emptyScheme: self = .unreachable("the address is not valid")
        default: self = .connectionLost(error.shortDescription)
        }
    }

    /// The same failure of a request of which surely nothing was taken.
    fileprivate var whenNothingWasSent: TransportError {
        switch self {
        case .connectionLost(let reason): .unreachable("no connection: \(reason)")
        case .timedOut: .unreachable("no connection in time")
        case .unreachable, .untrusted, .tooLarge, .garbled, .cancelled: self
        }
    }

    /// - Parameters:
    ///   - kind: Name of the error's type; those of connecting and of TLS belong to modules below this one.
    ///   - words: What the error says of itself.
    private init(kind: String, words: String) {
        if kind.hasPrefix("NIOConnection") {
            if words.contains("refused") {
                self = .unreachable("connection refused")
            } else {
                self = .unreachable(words.contains("UnknownHost") ? "no such host" : "no connection")
            }
        } else if words.contains("failedToValidateHostname") || words.contains("unableToValidateCertificate") {
            self = .untrusted("it is for another host")
        } else if words.contains("CERTIFICATE_VERIFY_FAILED") {
            self = .untrusted("no authority that this program trusts has signed it, or it has expired")
        } else if words.contains("handshakeFailed") {
            self = .unreachable("no secure connection: TLS failed")
        } else if words.contains("failedToLoadCertificate") || kind.hasPrefix("BoringSSL") {
            self = .unreachable("the file of trusted certificates cannot be used")
        } else if kind.hasPrefix("SOCKS") || words.contains("SOCKS") {
            self = .unreachable("the SOCKS proxy does not lead there")
        } else {
            self = .connectionLost(words)
        }
    }
}
