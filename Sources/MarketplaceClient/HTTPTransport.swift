import AsyncHTTPClient
import HTTPTypes
import NIOCore
import NIOHTTP1

public struct HTTPTransport: Transport {
    public init(environment: [String: String] = [:]) {}

    public func send(
        _ request: HTTPRequest, body: [UInt8], timeout: Duration
    ) async throws(TransportError) -> (HTTPResponse, [UInt8]) {
        throw .unreachable("not made yet")
    }
}
