import AsyncHTTPClient
import Glibc
import HTTPTypes
import NIOCore
import NIOHTTP1

/// The real network. Redirects are not followed: they would carry the subscription key to another host.
///
/// Connections are kept alive and shared by all copies; the last copy to go closes them.
public struct HTTPTransport: Transport {
    /// Bytes of an answer's body, unpacked, where no other limit is given.
    public static let responseLimit = 64 * 1_048_576

    private let generations: Generations<Clients>
    private let responseLimit: Int
    /// How long a kept connection may be silent before a read is sent once more on a new one.
    private let silence: Duration

    /// - Parameters:
    ///   - environment: Where the proxy settings are read from, usually that of the process.
    ///   - trustRoots: Certificate authorities to trust besides the system's.
    ///   - responseLimit: Bytes of an answer's body, unpacked, beyond which it is given up.
    public init(
        environment: [String: String] = [:], trustRoots: TrustRoots? = nil,
        responseLimit: Int = HTTPTransport.responseLimit
    ) {
        self.init(
            environment: environment, trustRoots: trustRoots, responseLimit: responseLimit, silence: .seconds(6))
    }

    /// - Parameter silence: How long a kept connection may be silent.
    init(environment: [String: String], trustRoots: TrustRoots?, responseLimit: Int, silence: Duration) {
        let proxies = ProxySettings(environment: environment)
        generations = Generations {
            Clients(proxies: proxies, trustRoots: trustRoots, responseLimit: responseLimit)
        }
        self.responseLimit = responseLimit
        self.silence = silence
    }

    public func send(
        _ request: HTTPRequest, body: [UInt8], timeout: Duration
    ) async throws(TransportError) -> (HTTPResponse, [UInt8]) {
        let scheme = request.scheme ?? "https"
        let authority = request.authority ?? ""
        var message = HTTPClientRequest(url: "\(scheme)://\(authority)\(request.path ?? "/")")
        message.method = HTTPMethod(rawValue: request.method.rawValue)
        for field in request.headerFields { message.headers.add(name: field.name.rawName, value: field.value) }
        message.headers.replaceOrAdd(name: "accept-encoding", value: "gzip")
        if !body.isEmpty { message.body = .bytes(ByteBuffer(bytes: body)) }
        let address = (scheme: scheme, authority: authority)
        do {
            return try await Self.within(timeout) { [self, message] in
                guard let clients = generations.current else { throw TransportError.unreachable("it is closing") }
                // Only a read may be sent a second time.
                return request.method == .get
                    ? try await read(message, from: address, with: clients, timeout)
                    : try await exchange(message, with: clients, address, timeout)
            }
        } catch {
            throw TransportError(error, limit: responseLimit, head: nil)
        }
    }

    private typealias Address = (scheme: String, authority: String)

    /// A connection that was kept may be dead without anybody having said so. When it is silent, the read is sent once
    /// more on a new one, and the first answer counts; new requests use new connections from then on.
    private func read(
        _ message: HTTPClientRequest, from address: Address, with clients: Clients, _ timeout: Duration
    ) async throws -> (HTTPResponse, [UInt8]) {
        let made = clients.connections.value
        return try await withThrowingTaskGroup(of: (isFirst: Bool, answer: (HTTPResponse, [UInt8])).self) { group in
            group.addTask { (true, try await exchange(message, with: clients, address, timeout)) }
            group.addTask {
                try await Task.sleep(for: silence)
                guard clients.connections.value == made, let next = generations.successor(of: clients) else {
                    // Connections were made since, or the server is slow: the first answer is waited for.
                    try await Task.sleep(for: timeout)
                    throw HTTPClientError.deadlineExceeded
                }
                return (false, try await exchange(message, with: next, address, timeout))
            }
            defer { group.cancelAll() }
            guard let winner = try await group.next() else { throw CancellationError() }
            if winner.isFirst, generations.current !== clients { generations.noteSlow() }
            return winner.answer
        }
    }

    private func exchange(
        _ message: HTTPClientRequest, with clients: Clients, _ address: Address, _ timeout: Duration
    ) async throws -> (HTTPResponse, [UInt8]) {
        let client = clients.client(scheme: address.scheme, authority: address.authority)
        // The client's own time-out ends with the head; a body that drips is ours to end.
        let response = try await client.execute(message, timeout: TimeAmount(timeout))
        var head = HTTPResponse(status: .init(code: Int(response.status.code)))
        for (name, value) in response.headers {
            if let name = HTTPField.Name(name) { head.headerFields.append(HTTPField(name: name, value: value)) }
        }
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
                try await Task.sleep(for: limit)
                throw HTTPClientError.deadlineExceeded
            }
            defer { group.cancelAll() }
            guard let value = try await group.next() else { throw CancellationError() }
            return value
        }
    }
}

/// One client without proxy, one for each proxy in use.
private final class Clients: Sendable {
    private let proxies: ProxySettings
    let connections: ConnectionCount
    private let direct: HTTPClient
    private let http: HTTPClient?
    private let https: HTTPClient?

    init(proxies: ProxySettings, trustRoots: TrustRoots?, responseLimit: Int) {
        self.proxies = proxies
        let connections = ConnectionCount()
        self.connections = connections
        func makeClient(_ proxy: ProxySettings.Proxy?) -> HTTPClient {
            Self.makeClient(proxy, trustRoots, responseLimit, connections)
        }
        direct = makeClient(nil)
        http = proxies.forHTTP.map(makeClient)
        https = proxies.forHTTPS.map(makeClient)
    }

    deinit {
        for client in [direct, http, https] { _ = client?.shutdown() }
    }

    func client(scheme: String, authority: String) -> HTTPClient {
        guard proxies.proxy(scheme: scheme, authority: authority) != nil else { return direct }
        return (scheme == "https" ? https : http) ?? direct
    }

    private static func makeClient(
        _ proxy: ProxySettings.Proxy?, _ trustRoots: TrustRoots?, _ responseLimit: Int, _ connections: ConnectionCount
    ) -> HTTPClient {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.timeout.connect = .seconds(10)
        // What lies between forgets silent connections without a word.
        configuration.connectionPool.idleTimeout = .seconds(30)
        configuration.http1_1ConnectionDebugInitializer = { channel in
            connections.add()
            return channel.eventLoop.makeSucceededVoidFuture()
        }
        configuration.http2ConnectionDebugInitializer = configuration.http1_1ConnectionDebugInitializer
        configuration.decompression = .enabled(limit: .size(responseLimit))
        // Otherwise an untrusted certificate is tried again and again until the request's time is over.
        configuration.connectionPool.retryConnectionEstablishment = false
        if let trustRoots {
            configuration.tlsConfiguration = .makeClientConfiguration()
            configuration.tlsConfiguration?.additionalTrustRoots = [.file(trustRoots.path)]
        }
        if let proxy {
            let authorization = proxy.user.map {
                HTTPClient.Authorization.basic(username: $0, password: proxy.password?.revealed ?? "")
            }
            configuration.proxy = .server(host: proxy.host, port: proxy.port, authorization: authorization)
        }
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
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
            self = .unreachable("the connection was refused")
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

    /// - Parameters:
    ///   - kind: Name of the error's type; those of connecting and of TLS belong to modules below this one.
    ///   - words: What the error says of itself.
    private init(kind: String, words: String) {
        if kind.hasPrefix("NIOConnection") {
            if words.contains("refused") {
                self = .unreachable("the connection was refused")
            } else {
                self = .unreachable(words.contains("UnknownHost") ? "no such host" : "no connection")
            }
        } else if words.contains("failedToValidateHostname") || words.contains("unableToValidateCertificate") {
            self = .untrusted("it is for another host")
        } else if words.contains("CERTIFICATE_VERIFY_FAILED") {
            self = .untrusted("no authority that this program trusts has signed it, or it has expired")
        } else if words.contains("handshakeFailed") {
            self = .unreachable("no secure connection: TLS failed")
        } else if words.contains("failedToLoadCertificate") {
            self = .unreachable("the file of trusted certificates cannot be used")
        } else {
            self = .connectionLost(words)
        }
    }
}
