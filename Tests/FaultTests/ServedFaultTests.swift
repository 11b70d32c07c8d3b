import ClientSupport
import FoundationEssentials
import HTTPTypes
import Marketplace
import MarketplaceClient
import MarketplaceSandbox
import Testing

/// Connections that the served sandbox breaks, over TCP and with the real transport.
@Suite(.timeLimit(.minutes(30))) struct `Torn connections` {
    @Test(arguments: [
        ("reset", "lost"), ("reset after-effect", "lost"), ("reset 100", "lost"), ("truncate", "lost"),
        ("truncate 0", "lost"), ("truncate 100", "lost"), ("slow 60", "timed out"), ("slow 0.05", "whole"),
        ("delay 60", "timed out"), ("delay 0.05", "whole"),
    ])
    func `an answer is whole or an error, and the next one comes`(fault: String, outcome: String) async throws {
        try await Self.serve("GET /subscriptions/*: \(fault) first 1") { base, _ in
            let transport = HTTPTransport()
            var request = HTTPRequest(
                method: .get, scheme: "http", authority: base, path: "/marketplace/us/subscriptions/1000917")
            request.headerFields[.authorization] = "Bearer \(try await Self.token(transport, base))"
            request.headerFields[.subscriptionKey] = String(repeating: "0", count: 32)
            // Only what would take a minute is not waited for.
            let limit = Duration.seconds(outcome == "timed out" ? 0.2 : 900)
            #expect(await Self.outcome(of: request, transport, limit) == outcome)
            #expect(await Self.outcome(of: request, transport, .seconds(900)) == "whole")
        }
    }

    @Test(arguments: ["reset first 1", "reset 50 first 2", "truncate first 1", "truncate 3000 every 2"])
    func `a list is read again until it is whole`(fault: String) async throws {
        try await Self.serve("GET /customers: \(fault)") { base, _ in
            let listing = try await Self.client(base).accountLists.value(for: .customers)
            #expect(listing.rows.count == 400)
            #expect(listing.isComplete)
        }
    }

    @Test(arguments: [
        ("reset", 0), ("reset after-effect", 1), ("reset 10", 1), ("truncate", 1), ("truncate 0", 1),
    ])
    func `an order without a whole answer is unknown and was placed at most once`(
        fault: String, placed: Int
    ) async throws {
        try await Self.serve("POST /orders: \(fault)") { base, sandbox in
            let client = Self.client(base)
            let products = try await client.productLists.value(for: ProductQuery(mpn: "ZX-1000")).rows
            let order = SalesOrder(
                customer: "1000412", lines: [SalesOrder.Line(product: try #require(products.first), quantity: 1)],
                poNumber: "PO-TORN")
            do throws(MarketplaceError) {
                _ = try await client.place(order)
                Issue.record("confirmed without an answer")
            } catch {
                guard case .outcomeUnknown = error else {
                    Issue.record("\(fault): \(error)")
                    return
                }
            }
            let rows = try await Self.client(base).orderLists.value(for: OrderQuery(customer: "1000412")).rows
            var count = 0
            for row in rows where try await client.orders.value(for: row.id).poNumber == "PO-TORN" { count += 1 }
            #expect(count == placed)
        }
    }

    @Test func `an answer that comes in gzip is read as it was written`() async throws {
        try await Self.serve("GET /orders: 503") { base, sandbox in
            let transport = HTTPTransport()
            var request = HTTPRequest(
                method: .get, scheme: "http", authority: base, path: "/marketplace/us/customers?limit=400")
            request.headerFields[.authorization] = "Bearer \(try await Self.token(transport, base))"
            request.headerFields[.subscriptionKey] = String(repeating: "0", count: 32)
            let (response, body) = try await transport.send(request, body: [], timeout: .seconds(900))
            #expect(response.headerFields[.contentEncoding] == "gzip")
            let (_, written) = await sandbox.respond(to: request, body: [])
            #expect(body == written)
        }
    }

    // MARK: The server and what it answers

    /// - Parameter action: Is given host and port of the served sandbox.
    private static func serve(
        _ rule: String, _ action: (_ authority: String, Sandbox) async throws -> Void
    ) async throws {
        var configuration = SandboxConfiguration()
        configuration.faults = [try FaultRule(fault: rule)]
        let sandbox = Sandbox(configuration)
        let ports = AsyncStream<Int>.makeStream()
        let server = Task {
            defer { ports.continuation.finish() }
            try await SandboxServer.run(sandbox, port: 0) { ports.continuation.yield($0) }
        }
        var iterator = ports.stream.makeAsyncIterator()
        let port = try #require(await iterator.next())
        try await action("127.0.0.1:\(port)", sandbox)
        server.cancel()
        _ = await server.result
    }

    private static func client(_ authority: String) -> Client {
        Client(
            profile: Profile(
                name: "test", baseURL: "http://\(authority)/marketplace/us", marketplace: "us", user: "demo.api",
                password: Secret("demo"), subscriptionKey: Secret(String(repeating: "0", count: 32))),
            transport: UnhurriedTransport(), clock: HastyClock(), pacing: .unlimited)
    }

    private static func token(_ transport: HTTPTransport, _ authority: String) async throws -> String {
        struct Answer: Decodable { var token: String }
        var request = HTTPRequest(method: .post, scheme: "http", authority: authority, path: "/marketplace/us/token")
        request.headerFields[.authorization] = "Basic \(Data("demo.api:demo".utf8).base64EncodedString())"
        request.headerFields[.subscriptionKey] = String(repeating: "0", count: 32)
        request.headerFields[.contentType] = "application/json"
        let (_, body) = try await transport.send(
            request, body: Array(#"{"marketplace":"us"}"#.utf8), timeout: .seconds(900))
        return try JSONDecoder().decode(Answer.self, from: Data(body)).token
    }

    private static func outcome(of request: HTTPRequest, _ transport: HTTPTransport, _ limit: Duration) async -> String
    {
        struct Answer: Decodable { var id: String }
        do throws(TransportError) {
            let (response, body) = try await transport.send(request, body: [], timeout: limit)
            let id = try? JSONDecoder().decode(Answer.self, from: Data(body)).id
            return response.status == .ok && id == "1000917"
                ? "whole" : "status \(response.status.code), \(body.count) bytes"
        } catch {
            switch error {
            case .connectionLost: return "lost"
            case .timedOut: return "timed out"
            default: return "\(error)"
            }
        }
    }
}

extension HTTPField.Name {
    fileprivate static let subscriptionKey = HTTPField.Name("X-Subscription-Key")!
}
