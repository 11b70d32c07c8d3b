import HTTPTypes
import MarketplaceClient
import MarketplaceSandbox

/// The embedded marketplace as a transport: the same handler that `souk sandbox` serves, without the network.
struct SandboxTransport: Transport {
    let sandbox: Sandbox

    func send(
        _ request: HTTPRequest, body: [UInt8], timeout: Duration
    ) async throws(TransportError) -> (HTTPResponse, [UInt8]) {
        await sandbox.respond(to: request, body: body)
    }
}
