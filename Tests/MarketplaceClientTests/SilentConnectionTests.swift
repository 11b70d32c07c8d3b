import HTTPTypes
import Marketplace
import Synchronization
import Testing

@testable import MarketplaceClient

/// What lies between forgets a connection, and neither side is notified. A test that hangs here has failed.
@Suite(.timeLimit(.minutes(30))) struct `A kept connection that is silent` {
    /// Answers every request but those of the given numbers, counted from 1.
    private func server(silentAt silent: Set<Int>) async throws -> LoopbackServer {
        let count = Mutex(0)
        return try await LoopbackServer.start { _ in
            let number = count.withLock { count in
                count += 1
                return count
            }
            return silent.contains(number) ? nil : LoopbackServer.answer("{}")
        }
    }

    private let transport = HTTPTransport(
        responseLimit: 1 << 20, silence: .milliseconds(50), idleSeconds: 3600)

    private func send(
        _ method: HTTPRequest.Method, _ path: String, to server: LoopbackServer, timeout: Duration = .seconds(300),
        isSafe: Bool? = nil
    ) async -> Result<Int, TransportError> {
        let request = HTTPRequest(method: method, scheme: "http", authority: "127.0.0.1:\(server.port)", path: path)
        do throws(TransportError) {
            let body = method == .post ? Array("{}".utf8) : []
            guard let isSafe else {
                return .success(try await transport.send(request, body: body, timeout: timeout).0.status.code)
            }
            return .success(
                try await transport.send(request, body: body, timeout: timeout, isSafe: isSafe).0.status.code)
        } catch {
            return .failure(error)
        }
    }

    @Test func `is left for a new one, on which the read is sent once more`() async throws {
        let server = try await server(silentAt: [2])
        #expect(await send(.get, "/a", to: server) == .success(200))
        #expect(await send(.get, "/b", to: server) == .success(200))
        #expect(await server.event() == .connected)
        #expect(await server.event() == .request("GET /a HTTP/1.1"))
        #expect(await server.event() == .request("GET /b HTTP/1.1"))
        #expect(await server.event() == .connected)
        #expect(await server.sees(.request("GET /b HTTP/1.1")))
    }

    @Test func `is left for a new one by a question that changes nothing, whatever its method`() async throws {
        let server = try await server(silentAt: [2])
        #expect(await send(.get, "/a", to: server) == .success(200))
        #expect(await send(.post, "/orders/estimate", to: server, isSafe: true) == .success(200))
        #expect(await server.event() == .connected)
        #expect(await server.event() == .request("GET /a HTTP/1.1"))
        #expect(await server.event() == .request("POST /orders/estimate HTTP/1.1"))
        #expect(await server.event() == .connected)
        #expect(await server.sees(.request("POST /orders/estimate HTTP/1.1")))
    }

    @Test func `is never left by what may change something, whatever its method`() async throws {
        let server = try await server(silentAt: [2])
        #expect(await send(.get, "/a", to: server) == .success(200))
        let sent = await send(.get, "/b", to: server, timeout: .milliseconds(400), isSafe: false)
        #expect(sent == .failure(.timedOut))
        #expect(await server.event() == .connected)
        #expect(await server.event() == .request("GET /a HTTP/1.1"))
        #expect(await server.event() == .request("GET /b HTTP/1.1"))
        #expect(await server.event() == .disconnected(after: "GET /b HTTP/1.1"))
    }

    @Test func `is never left by a write, nor is the write sent twice`() async throws {
        let server = try await server(silentAt: [2])
        #expect(await send(.get, "/a", to: server) == .success(200))
        #expect(await send(.post, "/orders", to: server, timeout: .milliseconds(400)) == .failure(.timedOut))
        #expect(await server.event() == .connected)
        #expect(await server.event() == .request("GET /a HTTP/1.1"))
        #expect(await server.event() == .request("POST /orders HTTP/1.1"))
        #expect(await server.event() == .disconnected(after: "POST /orders HTTP/1.1"))
    }

    @Test func `that is new is waited for`() async throws {
        let server = try await server(silentAt: [1])
        #expect(await send(.get, "/a", to: server, timeout: .milliseconds(400)) == .failure(.timedOut))
        #expect(await server.event() == .connected)
        #expect(await server.event() == .request("GET /a HTTP/1.1"))
        #expect(await server.event() == .disconnected(after: "GET /a HTTP/1.1"))
    }

    @Test func `says nothing any more once a slow server has answered on it`() {
        let generations = Generations { ConnectionCount() }
        let first = generations.current
        #expect(first != nil)
        guard let first else { return }
        let second = generations.successor(of: first)
        #expect(second != nil && second !== first)
        #expect(generations.successor(of: first) === second)
        generations.noteSlow()
        #expect(generations.successor(of: first) == nil)
    }
}
