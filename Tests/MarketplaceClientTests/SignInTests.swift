import HTTPTypes
import Marketplace
import Testing

@testable import MarketplaceClient

@Suite(.timeLimit(.minutes(30))) struct SignInTests {
    private let transport = StubTransport()
    private let clock = ManualClock()

    private func client() -> Client { Client(profile: .test(), transport: transport, clock: clock) }

    @Test func `sign-in sends name and password, key and marketplace`() async throws {
        transport.expect("POST /token", .ok(Examples.token))
        try await client().signIn()
        let sent = try #require(transport.sent.first)
        #expect(sent.fields[.authorization] == "Basic ZGVtby5hcGk6cGFzcy13b3Jk")
        #expect(sent.fields[.subscriptionKey] == "the-key")
        #expect(sent.fields[.contentType] == "application/json")
        #expect(sent.body == #"{"marketplace":"us"}"#)
    }

    @Test func `a token serves until a minute before its end`() async throws {
        transport.expect("POST /token", .ok(Examples.token), .ok(#"{"token":"second","expiresInSeconds":"1500"}"#))
        transport.expect("GET /orders/1", .ok(Examples.order), .ok(Examples.order), .ok(Examples.order))
        let client = client()
        _ = try await client.orders.value(for: "1")
        clock.advance(seconds: 1439)
        _ = try await client.orders.value(for: "1")
        clock.advance(seconds: 15)
        _ = try await client.orders.value(for: "1")
        #expect(
            transport.sent.map(\.line) == [
                "POST /token", "GET /orders/1", "GET /orders/1", "POST /token", "GET /orders/1",
            ])
        #expect(transport.sent.last?.fields[.authorization] == "Bearer second")
    }

    @Test func `all who wait share one sign-in`() async throws {
        let gate = Gate()
        transport.expect("POST /token", .after(gate, .ok(Examples.token)))
        transport.expect("GET /orders/*", .ok(Examples.order), .ok(Examples.order), .ok(Examples.order))
        let client = client()
        async let one = client.orders.value(for: "1")
        async let two = client.orders.value(for: "2")
        async let three = client.orders.value(for: "3")
        await gate.isReached()
        gate.open()
        _ = try await (one, two, three)
        #expect(transport.sent.filter { $0.line == "POST /token" }.count == 1)
        transport.verify()
    }

    @Test(arguments: [401, 403]) func `a refused token is renewed once and the read repeated`(status: Int) async throws
    {
        transport.expect("POST /token", .ok(Examples.token), .ok(#"{"token":"second","expiresInSeconds":1500}"#))
        transport.expect("GET /orders/1", .answer(status, Examples.tokenRefused), .ok(Examples.order))
        _ = try await client().orders.value(for: "1")
        #expect(transport.sent.last?.fields[.authorization] == "Bearer second")
        transport.verify()
    }

    @Test func `a token refused to many is renewed once`() async throws {
        let gate = Gate()
        let refused = StubTransport.Reply.after(gate, .answer(401, Examples.tokenRefused))
        transport.expect("POST /token", .ok(Examples.token), .ok(#"{"token":"second","expiresInSeconds":1500}"#))
        transport.expect("GET /orders/1", refused, .ok(Examples.order))
        transport.expect("GET /orders/2", refused, .ok(Examples.order))
        let client = client()
        async let one = client.orders.value(for: "1")
        async let two = client.orders.value(for: "2")
        await gate.isReached()
        gate.open()
        gate.open()
        _ = try await (one, two)
        transport.verify()
    }

    @Test func `a call refused with a new token too is forbidden, without a loop`() async throws {
        transport.expect("POST /token", .ok(Examples.token), .ok(Examples.token))
        transport.expect("GET /orders/1", .answer(403, Examples.forbidden), .answer(403, Examples.forbidden))
        let client = client()
        #expect(
            await failure { () async throws(MarketplaceError) in try await client.orders.value(for: "1") }
                == .forbidden(
                    message: "Access to the operation is forbidden",
                    correlationID: "a8n-00000000-1111-2222-3333-444444444444"))
        transport.verify()
    }

    @Test(
        arguments: [
            (.answer(401, Examples.tokenRefused), .wrongPassword(status: 401)),
            (.answer(401, ""), .wrongPassword(status: 401)),
            (
                .answer(401, Examples.keyMissing),
                .wrongSubscriptionKey(
                    message:
                        "Access denied due to missing subscription key. Make sure to include subscription key when "
                        + "making requests to an API.")
            ),
            (
                .answer(400, #"{"status":400,"message":"Unknown marketplace xx"}"#),
                .wrongMarketplace(code: "us", message: "Unknown marketplace xx")
            ),
            (
                .ok("<html><body>Sign in</body></html>"),
                .unreadable(what: "sign-in", reason: "it is a web page, not JSON", status: 200, correlationID: nil)
            ),
            (
                .answer(404, "<html>nothing here</html>"),
                .unreadable(what: "sign-in", reason: "it is a web page, not JSON", status: 404, correlationID: nil)
            ),
            (
                .answer(404, #"{"statusCode":404,"message":"Resource not found"}"#),
                .unreadable(
                    what: "sign-in", reason: "there is no sign-in at this address", status: 404, correlationID: nil)
            ),
            (
                .answer(302, ""),
                .unreadable(what: "sign-in", reason: "it sends us to another address", status: 302, correlationID: nil)
            ),
            (.ok("{}"), .unreadable(what: "sign-in", reason: "it holds no token", status: 200, correlationID: nil)),
            (.failure(.unreachable("refused")), .unreachable(host: "api.example", reason: "refused")),
            (
                .failure(.unreachable("its certificate is not trusted")),
                .unreachable(host: "api.example", reason: "its certificate is not trusted")
            ),
            (.failure(.timedOut), .timedOut(seconds: 60)),
            (.answer(503, "<html></html>"), .serverFailed(status: 503, message: "", correlationID: nil)),
            (.answer(429, Examples.rateLimit), .rateLimited(retryAfter: 13)),
            (.answer(403, Examples.quota), .quotaExhausted(retryAfter: 18764)),
        ] as [(StubTransport.Reply, MarketplaceError)])
    func `sign-in says at the first try what is wrong`(reply: StubTransport.Reply, error: MarketplaceError) async {
        transport.expect("POST /token", reply)
        let client = client()
        #expect(await failure { () async throws(MarketplaceError) in try await client.signIn() } == error)
        #expect(transport.sent.count == 1)
        #expect(clock.sleeps.isEmpty)
    }

    @Test func `a wrong password is not tried again and again, but at once when asked to`() async throws {
        transport.expect("POST /token", .answer(401, Examples.tokenRefused), .ok(Examples.token))
        transport.expect("GET /orders/1", .ok(Examples.order))
        let client = client()
        for _ in 0..<3 {
            #expect(
                await failure { () async throws(MarketplaceError) in try await client.orders.value(for: "1") }
                    == .wrongPassword(status: 401))
        }
        #expect(transport.sent.count == 1)
        try await client.signIn()
        _ = try await client.orders.value(for: "1")
        transport.verify()
    }

    @Test func `a token that lives less than two minutes is used for half its life`() {
        #expect(Token(secret: Secret("t"), lifetime: 1500).usefulLife == 1440)
        #expect(Token(secret: Secret("t"), lifetime: 30).usefulLife == 15)
        #expect(Token(secret: Secret("t"), lifetime: 0).usefulLife == 0)
    }
}
