import FoundationEssentials
import Glibc

/// The marketplace as any other program sees it: plain requests over a socket, with nothing of the client in between.
struct PlainHTTP {
    struct Problem: Error, CustomStringConvertible {
        let description: String
    }

    private let port: UInt16
    private let base: String
    private var token = ""

    /// Signs in.
    /// - Parameter baseURL: On this machine, for example `http://127.0.0.1:8787/marketplace/us`.
    init(_ baseURL: String) throws {
        let parts = baseURL.split(separator: "/", maxSplits: 2)
        guard parts.count == 3, let port = parts[1].split(separator: ":").last.flatMap({ UInt16($0) }) else {
            throw Problem(description: "\(baseURL) is not on this machine")
        }
        self.port = port
        base = "/" + parts[2]
        struct Token: Decodable { var token: String }
        let answer = try exchange(
            "POST", "/token", #"{"marketplace":"us"}"#, authorization: "Basic ZGVtby5hcGk6ZGVtbw==")
        token = try JSONDecoder().decode(Token.self, from: Data(answer.utf8)).token
    }

    func get(_ path: String) throws -> String { try exchange("GET", path) }

    /// What a `GET` answers, as a value.
    func get<Value: Decodable>(_ path: String, as type: Value.Type) throws -> Value {
        try JSONDecoder().decode(type, from: Data(try get(path).utf8))
    }

    @discardableResult
    func send(_ method: String, _ path: String, _ body: String) throws -> String { try exchange(method, path, body) }

    /// The body of the answer.
    /// - Throws: when the status is no success.
    private func exchange(
        _ method: String, _ path: String, _ body: String = "", authorization: String? = nil
    ) throws -> String {
        let request = """
            \(method) \(base)\(path) HTTP/1.1\r
            Host: 127.0.0.1:\(port)\r
            Authorization: \(authorization ?? "Bearer \(token)")\r
            X-Subscription-Key: \(String(repeating: "0", count: 32))\r
            Content-Type: application/json\r
            Content-Length: \(body.utf8.count)\r
            Connection: close\r
            \r
            \(body)
            """
        let answer = try talk(request)
        guard let end = answer.firstRange(of: "\r\n\r\n"), answer.hasPrefix("HTTP/1.1 2") else {
            throw Problem(description: "\(method) \(path): \(answer)")
        }
        return String(answer[end.upperBound...])
    }

    private func talk(_ request: String) throws -> String {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw Problem(description: "no socket") }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { throw Problem(description: "nobody listens on port \(port)") }
        let bytes = Array(request.utf8)
        guard write(descriptor, bytes, bytes.count) == bytes.count else { throw Problem(description: "cannot send") }
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = read(descriptor, &buffer, buffer.count), count > 0 { answer += buffer[..<count] }
        return String(decoding: answer, as: UTF8.self)
    }
}
