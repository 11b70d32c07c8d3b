import NIOCore
import NIOEmbedded
import NIOHTTP1
import NIOHTTPCompression
import NIOPosix

@testable import MarketplaceSandbox

/// A sandbox over HTTP, and a caller that writes and reads what goes over the wire.
struct Served {
    let port: Int
    private let token: String
    private let server: Task<Void, any Error>
    private let waits: AsyncStream<Void>

    /// Serves a sandbox whose clock stands still while the action runs, and awaits the server's end.
    static func run(_ fault: String? = nil, _ action: (Served) async throws -> Void) async throws {
        let waits = AsyncStream<Void>.makeStream()
        let caller = Caller { configuration in
            configuration.sleep = { seconds, _ in
                waits.continuation.yield()
                try? await Task.sleep(for: .seconds(seconds))
            }
        }
        let token = await caller.signIn().json["token"]?.text ?? ""
        if let fault { await caller.sandbox.setFaults([try FaultRule(fault: fault)]) }
        let ports = AsyncStream<Int>.makeStream()
        let server = Task {
            defer { ports.continuation.finish() }
            try await SandboxServer.run(caller.sandbox, port: 0) { ports.continuation.yield($0) }
        }
        var iterator = ports.stream.makeAsyncIterator()
        let port = await iterator.next() ?? 0
        try await action(Served(port: port, token: token, server: server, waits: waits.stream))
        server.cancel()
        try await server.value
    }

    func stop() { server.cancel() }

    /// Returns when the sandbox begins to wait before an answer.
    func waitsForAnswer() async {
        var iterator = waits.makeAsyncIterator()
        await iterator.next()
    }

    /// The answer to one request, after which the connection ends.
    func get(_ target: String, _ header: String = "", method: String = "GET") async throws -> PlainAnswer {
        let headers = header.isEmpty ? "Connection: close" : header + "\r\nConnection: close"
        return try PlainAnswer(try await send(request(target, headers, method: method)))
    }

    /// A request without its body.
    func request(_ target: String, _ header: String = "", method: String = "GET", length: Int? = nil) -> String {
        var lines = [
            "\(method) \(target) HTTP/1.1", "Host: 127.0.0.1:\(port)", "Authorization: Bearer \(token)",
            "X-Subscription-Key: \(String(repeating: "0", count: 32))", "Content-Type: application/json",
        ]
        if !header.isEmpty { lines.append(header) }
        if let length { lines.append("Content-Length: \(length)") }
        return lines.joined(separator: "\r\n") + "\r\n\r\n"
    }

    /// Sends the text over a connection of its own, and returns what comes until the other side ends it.
    func send(_ text: String, closesOutput: Bool = false) async throws -> [UInt8] {
        let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                        wrappingChannelSynchronously: channel,
                        configuration: .init(isOutboundHalfClosureEnabled: true))
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: text))
            if closesOutput { outbound.finish() }
            var bytes: [UInt8] = []
            do {
                for try await part in inbound { bytes += part.readableBytesView }
            } catch is IOError {
                // Torn down.
            }
            return bytes
        }
    }
}

/// An answer as it came over the wire.
struct PlainAnswer {
    struct Problem: Error {}

    let status: Int
    let body: [UInt8]
    private let headers: [(name: String, value: String)]

    init(_ bytes: [UInt8]) throws {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { throw Problem() }
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
        status = lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        headers = lines.dropFirst().map { line in
            let parts = line.split(separator: ":", maxSplits: 1)
            return (parts[0].lowercased(), String(parts.dropFirst().first?.trimmingPrefix(" ") ?? ""))
        }
        body = Array(bytes[end.upperBound...])
    }

    /// The value of the header, its name in small letters.
    subscript(name: String) -> String? { headers.first { $0.name == name }?.value }

    /// The body as a client reads it.
    func unpacked() throws -> [UInt8] {
        let channel = EmbeddedChannel(handler: NIOHTTPResponseDecompressor(limit: .none))
        let fields = HTTPHeaders(headers.map { ($0.name, $0.value) })
        try channel.writeInbound(
            HTTPClientResponsePart.head(HTTPResponseHead(version: .http1_1, status: .ok, headers: fields)))
        try channel.writeInbound(HTTPClientResponsePart.body(ByteBuffer(bytes: body)))
        try channel.writeInbound(HTTPClientResponsePart.end(nil))
        var bytes: [UInt8] = []
        while let part = try channel.readInbound(as: HTTPClientResponsePart.self) {
            if case .body(let some) = part { bytes += some.readableBytesView }
        }
        _ = try? channel.finish()
        return bytes
    }
}
