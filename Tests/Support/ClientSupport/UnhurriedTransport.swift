import HTTPTypes
import MarketplaceClient

/// The real network without the client's time limits. These are of real time, and a test beside two thousand others may
/// wait for its turn longer than a person would for an answer.
public struct UnhurriedTransport: Transport {
    private let network: HTTPTransport
    private let limit = Duration.seconds(1800)

    public init(_ network: HTTPTransport = HTTPTransport()) { self.network = network }

    public func send(
        _ request: HTTPRequest, body: [UInt8], timeout: Duration
    ) async throws(TransportError) -> (HTTPResponse, [UInt8]) {
        try await network.send(request, body: body, timeout: limit)
    }

    public func send(
        _ request: HTTPRequest, body: [UInt8], timeout: Duration, isSafe: Bool
    ) async throws(TransportError) -> (HTTPResponse, [UInt8]) {
        try await network.send(request, body: body, timeout: limit, isSafe: isSafe)
    }

    public func receive(
        _ request: HTTPRequest, timeout: Duration, _ take: @escaping @Sendable (AnswerPart) -> Bool
    ) async throws(TransportError) {
        try await network.receive(request, timeout: limit, take)
    }
}
