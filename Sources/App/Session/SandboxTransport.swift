import HTTPTypes
import MarketplaceClient
import MarketplaceSandbox

/// The embedded marketplace as a transport: the same handler that `souk sandbox` serves, without the network. Faults of
/// the connection become what a client sees of them.
struct SandboxTransport: Transport {
    let sandbox: Sandbox

    func send(
        _ request: HTTPRequest, body: [UInt8], timeout: Duration
    ) async throws(TransportError) -> (HTTPResponse, [UInt8]) {
        switch await sandbox.exchange(request, body: body) {
        case .answer(let response, let bytes): return (response, bytes)
        case .reset: throw .connectionLost("the connection was reset")
        case .truncated: throw .connectionLost("the answer ended early")
        case .drip(let response, let bytes, let secondsPerByte):
            let wait = Duration.seconds(secondsPerByte * Double(bytes.count))
            do { try await Task.sleep(for: min(wait, timeout)) } catch { throw .cancelled }
            if wait > timeout { throw .timedOut }
            return (response, bytes)
        }
    }

    func receive(
        _ request: HTTPRequest, timeout: Duration, _ take: @escaping @Sendable (AnswerPart) -> Bool
    ) async throws(TransportError) {
        switch await sandbox.exchange(request, body: []) {
        case .answer(let response, let bytes), .drip(let response, let bytes, _):
            if take(.head(response)) { _ = take(.bytes(bytes)) }
        case .reset(_, _, afterBytes: 0): throw .connectionLost("the connection was reset")
        case .reset(let response, let bytes, let count):
            if take(.head(response)) { _ = take(.bytes(Array(bytes.prefix(count)))) }
            throw .connectionLost("the connection was reset")
        case .truncated(let response, let bytes, _):
            if take(.head(response)) { _ = take(.bytes(bytes)) }
            throw .connectionLost("the answer ended early")
        }
    }
}
