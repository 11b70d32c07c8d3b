import ClientSupport
import HTTPTypes
import Marketplace
import MarketplaceClient
import Testing

/// What becomes of a connection when nobody waits for its answer any more. A test that hangs here has failed.
@Suite(.timeLimit(.minutes(30))) struct `Cancelling on a live connection` {
    private static let line = "GET /marketplace/us/orders/1000701 HTTP/1.1"

    /// Signs in whoever asks, and lets every other request wait.
    private static func token(_ line: String) -> String? {
        line.hasPrefix("POST") ? LoopbackServer.answer(Examples.token) : nil
    }

    private func client(_ server: LoopbackServer) -> Client {
        Client(
            profile: .test(baseURL: "http://127.0.0.1:\(server.port)/marketplace/us"), transport: UnhurriedTransport(),
            pacing: .unlimited)
    }

    @Test func `the connection ends before the server has answered`() async throws {
        let server = try await LoopbackServer.start { _ in nil }
        let transport = HTTPTransport()
        let request = HTTPRequest(
            method: .get, scheme: "http", authority: "127.0.0.1:\(server.port)", path: "/orders")
        let sending = Task { () async -> TransportError? in
            do throws(TransportError) {
                _ = try await transport.send(request, body: [], timeout: .seconds(900))
                return nil
            } catch {
                return error
            }
        }
        #expect(await server.event() == .connected)
        #expect(await server.event() == .request("GET /orders HTTP/1.1"))
        sending.cancel()
        #expect(await server.event() == .disconnected(after: "GET /orders HTTP/1.1"))
        #expect(await sending.value == .cancelled)
    }

    @Test func `the last reader to leave ends the request`() async throws {
        let server = try await LoopbackServer.start(answer: Self.token)
        let client = client(server)
        let reading = Task {
            await failure { () async throws(MarketplaceError) in
                try await client.orders.value(for: "1000701")
            }
        }
        #expect(await server.sees(.request(Self.line)))
        reading.cancel()
        #expect(await server.sees(.disconnected(after: Self.line)))
        #expect(await reading.value == .cancelled)
    }

    @Test func `who leaves does not end the request of another`() async throws {
        let server = try await LoopbackServer.start(answer: Self.token)
        let client = client(server)
        let staying = Task { try await client.orders.value(for: "1000701") }
        #expect(await server.sees(.request(Self.line)))
        let leaving = Task {
            await failure { () async throws(MarketplaceError) in
                try await client.orders.value(for: "1000701")
            }
        }
        leaving.cancel()
        #expect(await leaving.value == .cancelled)
        server.send(LoopbackServer.answer(Examples.order))
        #expect(try await staying.value.number == "SO000012")
    }
}
