import Glibc
import HTTPTypes
import NIOCore
import NIOHTTP1

/// A request that has come in over a connection, and the way of its answer.
struct IncomingRequest: Sendable {
    var head: HTTPRequestHead
    var body: [UInt8]
    var channel: any Channel

    /// Answers shorter than this, in bytes, gain nothing from compression.
    private static let shortestCompressed = 1_024

    /// Returns when the answer has been sent, or the connection is gone.
    func answer(from sandbox: Sandbox) async {
        guard let request else {
            try? await channel.close()
            return
        }
        switch await sandbox.exchange(request, body: body) {
        case .answer(let response, let bytes):
            begin(response, announcing: bytes.count, isCompressible: isCompressible(response, bytes))
            if hasBody(response) { write(bytes[...]) }
            await end()
        case .reset(_, _, afterBytes: 0):
            await tearDown()
        case .reset(let response, let bytes, let count):
            begin(response, announcing: bytes.count)
            if hasBody(response) { write(bytes.prefix(count)) }
            await flush()
            await tearDown()
        case .truncated(let response, let bytes, let announced):
            begin(response, announcing: announced)
            if hasBody(response) { write(bytes[...]) }
            await flush()
            try? await channel.close()
        case .drip(let response, let bytes, let secondsPerByte):
            begin(response, announcing: bytes.count)
            if hasBody(response) { await drip(bytes, secondsPerByte) }
            await end()
        }
    }

    /// Nil when its method is no word.
    private var request: HTTPRequest? {
        guard let method = HTTPRequest.Method(head.method.rawValue) else { return nil }
        var request = HTTPRequest(
            method: method, scheme: "http", authority: head.headers.first(name: "Host"), path: Self.path(head.uri))
        request.headerFields.reserveCapacity(head.headers.count)
        for (name, value) in head.headers where name.lowercased() != "host" {
            if let name = HTTPField.Name(name) { request.headerFields.append(HTTPField(name: name, value: value)) }
        }
        return request
    }

    /// A target may name scheme and host as well (RFC 9112, 3.2.2).
    private static func path(_ target: String) -> String {
        guard target.hasPrefix("http://") else { return target }
        return target.dropFirst(7).firstIndex { $0 == "/" || $0 == "?" }.map { start in
            (target[start] == "?" ? "/" : "") + target[start...]
        } ?? "/"
    }

    // MARK: The parts of an answer

    private func hasBody(_ response: HTTPResponse) -> Bool {
        head.method != .HEAD && ![204, 304].contains(response.status.code)
    }

    /// Files of reports go out as they are, as from a storage service; so do the parts that were asked for of one.
    private func isCompressible(_ response: HTTPResponse, _ bytes: [UInt8]) -> Bool {
        bytes.count >= Self.shortestCompressed && hasBody(response)
            && response.headerFields[.contentType] == Answer.Content.json.rawValue
            && !response.headerFields.contains(.contentEncoding) && !response.headerFields.contains(.acceptRanges)
    }

    /// - Parameter isCompressible: Whether the body is compressed where the caller takes that; the compressor goes by `Vary`.
    private func begin(_ response: HTTPResponse, announcing count: Int, isCompressible: Bool = false) {
        var headers = HTTPHeaders()
        headers.reserveCapacity(response.headerFields.count + 3)
        for field in response.headerFields { headers.add(name: field.name.rawName, value: field.value) }
        headers.add(name: "Content-Length", value: String(count))
        if isCompressible { headers.add(name: "Vary", value: "Accept-Encoding") }
        let status = HTTPResponseStatus(
            statusCode: response.status.code, reasonPhrase: response.status.reasonPhrase)
        let head = HTTPResponseHead(version: .http1_1, status: status, headers: headers)
        channel.write(HTTPServerResponsePart.head(head), promise: nil)
    }

    private func write(_ bytes: ArraySlice<UInt8>) {
        channel.write(HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(bytes: bytes))), promise: nil)
    }

    private func end() async {
        let sent = channel.eventLoop.makePromise(of: Void.self)
        channel.writeAndFlush(HTTPServerResponsePart.end(nil), promise: sent)
        // Most of the time the system has taken everything, and there is nothing to wait for.
        if (try? channel.syncOptions?.getOption(.bufferedWritableBytes)) != 0 { try? await sent.futureResult.get() }
    }

    /// Sends what has been written.
    private func flush() async {
        try? await channel.writeAndFlush(HTTPServerResponsePart.body(.byteBuffer(ByteBuffer()))).get()
    }

    private func drip(_ bytes: [UInt8], _ secondsPerByte: Double) async {
        // No shorter waits than a clock can keep: a few bytes at a time where a byte takes less.
        let step = max(1, Int(min(0.02 / max(secondsPerByte, 1e-9), 65_536)))
        var start = 0
        while start < bytes.count, channel.isActive {
            let end = min(bytes.count, start + step)
            write(bytes[start..<end])
            await flush()
            guard (try? await Task.sleep(for: .seconds(secondsPerByte * Double(end - start)))) != nil else {
                try? await channel.close()
                return
            }
            start = end
        }
    }

    /// Ends the connection with a reset instead of a farewell.
    private func tearDown() async {
        if let socket = channel as? any SocketOptionProvider {
            try? await socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        }
        try? await channel.close()
    }
}
