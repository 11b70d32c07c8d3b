import AsyncHTTPClient
import Glibc
import HTTPTypes
import NIOCore
import NIOHTTP1

/// The real network. Redirects are not followed: they would carry the subscription key to another host.
///
/// Connections are kept alive and shared by all copies; the last copy to go closes them.
public struct HTTPTransport: Transport {
    /// Bytes of an answer's body, unpacked.
    public static let responseLimit = 64 * 1_048_576

    private let clients: Clients

    /// - Parameter environment: Where the proxy settings are read from, usually that of the process.
    public init(environment: [String: String] = [:]) {
        clients = Clients(proxies: ProxySettings(environment: environment))
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
        let client = clients.client(scheme: scheme, authority: authority)
        do {
            return try await Self.within(timeout) { [message] in
                // The client's own time-out ends with the head; a body that drips is ours to end.
                let response = try await client.execute(message, timeout: TimeAmount(timeout))
                let bytes = try await response.body.collect(upTo: Self.responseLimit)
                var head = HTTPResponse(status: .init(code: Int(response.status.code)))
                for (name, value) in response.headers {
                    if let name = HTTPField.Name(name) { head.headerFields.append(HTTPField(name: name, value: value)) }
                }
                return (head, Array(bytes.readableBytesView))
            }
        } catch {
            throw TransportError(error)
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
    private let direct: HTTPClient
    private let http: HTTPClient?
    private let https: HTTPClient?

    init(proxies: ProxySettings) {
        self.proxies = proxies
        direct = Self.makeClient(nil)
        http = proxies.forHTTP.map(Self.makeClient)
        https = proxies.forHTTPS.map(Self.makeClient)
    }

    deinit {
        for client in [direct, http, https] { _ = client?.shutdown() }
    }

    func client(scheme: String, authority: String) -> HTTPClient {
        guard proxies.proxy(scheme: scheme, authority: authority) != nil else { return direct }
        return (scheme == "https" ? https : http) ?? direct
    }

    private static func makeClient(_ proxy: ProxySettings.Proxy?) -> HTTPClient {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.timeout.connect = .seconds(10)
        configuration.decompression = .enabled(limit: .size(HTTPTransport.responseLimit))
        // Otherwise an untrusted certificate is tried again and again until the request's time is over.
        configuration.connectionPool.retryConnectionEstablishment = false
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
    fileprivate init(_ error: any Error) {
        switch error {
        case is CancellationError:
            self = .cancelled
        case let error as HTTPClientError:
            self = Self(error)
        case is NIOTooManyBytesError:
            self = .tooLarge(limit: HTTPTransport.responseLimit)
        case ChannelError.connectTimeout:
            self = .unreachable("no connection within 10 s")
        case let error as IOError where error.errnoCode == ECONNREFUSED:
            self = .unreachable("the connection was refused")
        case let error as IOError where error.errnoCode == EHOSTUNREACH || error.errnoCode == ENETUNREACH:
            self = .unreachable("there is no way to the host")
        default:
            self = Self(kind: String(describing: type(of: error)), words: String(describing: error))
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
        } else if words.contains("CERTIFICATE_VERIFY_FAILED") || words.contains("failedToValidateHostname")
            || words.contains("unableToValidateCertificate")
        {
            self = .unreachable("its certificate is not trusted")
        } else if words.contains("handshakeFailed") {
            self = .unreachable("no secure connection: TLS failed")
        } else if kind.contains("Decompression") {
            let isTooLarge = words.contains("limit")
            self =
                isTooLarge
                ? .tooLarge(limit: HTTPTransport.responseLimit) : .connectionLost("the answer cannot be unpacked")
        } else {
            self = .connectionLost(words)
        }
    }
}
