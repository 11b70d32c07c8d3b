import HTTPTypes

/// The network, and nothing else: one HTTP exchange at a time, without retries and without meaning. A served
/// marketplace and an embedded one both enter here.
public protocol Transport: Sendable {
    /// Sends `request` with `body` and returns the whole answer.
    ///
    /// The request carries scheme, authority and path. Cancelling the task ends the exchange promptly.
    /// - Throws: `.unreachable` or `.untrusted` only when the request surely did not leave; everything that might have
    ///   reached the server is one of the other cases. Writes stand on this promise.
    func send(
        _ request: HTTPRequest, body: [UInt8], timeout: Duration
    ) async throws(TransportError) -> (HTTPResponse, [UInt8])

    /// As ``send(_:body:timeout:)``.
    /// - Parameter isSafe: Whether the request changes nothing, whatever its method (RFC 9110, 9.2.1). Only such a request
    ///   may leave a second time, where its connection is silent.
    func send(
        _ request: HTTPRequest, body: [UInt8], timeout: Duration, isSafe: Bool
    ) async throws(TransportError) -> (HTTPResponse, [UInt8])

    /// Sends a request that changes nothing, and hands its answer on as it comes: the head, then the parts of the body.
    ///
    /// When it throws, what was handed on is the beginning of the body.
    /// - Parameter take: Returns whether more is wanted; without it the exchange ends at once, as if it were whole.
    func receive(
        _ request: HTTPRequest, timeout: Duration, _ take: @escaping @Sendable (AnswerPart) -> Bool
    ) async throws(TransportError)
}

/// A part of an answer that is handed on as it comes.
public enum AnswerPart: Sendable {
    case head(HTTPResponse)
    case bytes([UInt8])
}

extension Transport {
    /// For networks that have an answer as a whole.
    public func receive(
        _ request: HTTPRequest, timeout: Duration, _ take: @escaping @Sendable (AnswerPart) -> Bool
    ) async throws(TransportError) {
        let (response, bytes) = try await send(request, body: [], timeout: timeout, isSafe: true)
        if take(.head(response)), !bytes.isEmpty { _ = take(.bytes(bytes)) }
    }

    /// For networks that send everything once.
    public func send(
        _ request: HTTPRequest, body: [UInt8], timeout: Duration, isSafe: Bool
    ) async throws(TransportError) -> (HTTPResponse, [UInt8]) {
        try await send(request, body: body, timeout: timeout)
    }
}

public enum TransportError: Error, Hashable, Sendable {
    /// No connection could be made: no such host, refused. Nothing was sent.
    case unreachable(String)
    /// The server's certificate is not trusted: why, as a sentence says it. Nothing was sent, and trying again is no use.
    case untrusted(String)
    /// No whole answer came within the time-out.
    case timedOut
    /// The connection broke after the request may have left.
    case connectionLost(String)
    /// The answer is larger than `limit` bytes; its head, where there is one.
    case tooLarge(limit: Int, answer: HTTPResponse? = nil)
    /// An answer came whose body cannot be unpacked: why, as a sentence says it, and its head, where there is one.
    case garbled(String, answer: HTTPResponse? = nil)
    case cancelled
}
