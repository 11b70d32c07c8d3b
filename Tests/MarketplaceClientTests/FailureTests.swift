import HTTPTypes
import Marketplace
import Testing

@testable import MarketplaceClient

@Suite struct FailureTests {
    private let transport = StubTransport()
    private let clock = ManualClock()
    private static let correlationID = "a8n-00000000-1111-2222-3333-444444444444"

    private func readError() async -> MarketplaceError? {
        let client = makeClient(transport, clock: clock)
        return await failure { () async throws(MarketplaceError) in try await client.orders.value(for: "1") }
    }

    @Test(
        arguments: [
            (
                400, Examples.ambiguousMPN,
                .rejected(
                    message: "Product FAKE-MPN-E1-ANNUAL is not unique. Provide additional parameters: vendor, "
                        + "subscriptionPeriod, billingPeriod", status: 400, correlationID: correlationID)
            ),
            (400, Examples.notFoundAs400, .notFound(what: "order 1", correlationID: correlationID)),
            (404, Examples.notFound, .notFound(what: "order 1", correlationID: correlationID)),
            (404, "", .notFound(what: "order 1", correlationID: nil)),
            (
                404, "<html>",
                .unreadable(what: "order 1", reason: "it is a web page, not JSON", status: 404, correlationID: nil)
            ),
            (
                401, Examples.keyMissing,
                .wrongSubscriptionKey(
                    message:
                        "Access denied due to missing subscription key. Make sure to include subscription key when "
                        + "making requests to an API.")
            ),
            (403, Examples.quota, .quotaExhausted(retryAfter: 18764)),
            (409, #"{"error":"conflict"}"#, .rejected(message: "conflict", status: 409, correlationID: nil)),
            (418, "<html>", .rejected(message: "", status: 418, correlationID: nil)),
            (
                200, "<html>",
                .unreadable(what: "order 1", reason: "it is a web page, not JSON", status: 200, correlationID: nil)
            ),
            (200, "", .unreadable(what: "order 1", reason: "it is empty", status: 200, correlationID: nil)),
            (
                200, #"{"id":"1","#,
                .unreadable(what: "order 1", reason: "it ends in the middle", status: 200, correlationID: nil)
            ),
            (
                200, "{}",
                .unreadable(what: "order 1", reason: "it is not the order 1 asked for", status: 200, correlationID: nil)
            ),
            (501, "", .serverFailed(status: 501, message: "", correlationID: nil)),
            (
                301, "",
                .unreadable(what: "order 1", reason: "it sends us to another address", status: 301, correlationID: nil)
            ),
        ] as [(Int, String, MarketplaceError)])
    func `an answer that is no success means one thing, at once`(
        status: Int, body: String, error: MarketplaceError
    ) async {
        transport.expect("GET /orders/1", .answer(status, body))
        #expect(await readError() == error)
        #expect(clock.sleeps.isEmpty)
        transport.verify()
    }

    @Test func `the correlation id is read from the header first`() async {
        transport.expect("GET /orders/1", .answer(404, Examples.notFound, headers: ["X-Correlation-ID": "a8n-1"]))
        #expect(await readError() == .notFound(what: "order 1", correlationID: "a8n-1"))
    }

    @Test(arguments: [429, 502, 503, 504])
    func `a read is tried six times, each wait twice the one before`(status: Int) async {
        for _ in 0..<6 { transport.expect("GET /orders/1", .answer(status, "<html>")) }
        let error: MarketplaceError =
            status == 429
            ? .rateLimited(retryAfter: nil) : .serverFailed(status: status, message: "", correlationID: nil)
        #expect(await readError() == error)
        // With the jitter at its least, half of 1, 2, 4, 8 and 16 s.
        #expect(clock.sleeps == [0.5, 1, 2, 4, 8])
        transport.verify()
    }

    @Test func `a broken connection is tried again until it holds`() async {
        transport.expect(
            "GET /orders/1", .failure(.unreachable("refused")), .failure(.connectionLost("reset")), .ok(Examples.order))
        #expect(await readError() == nil)
        #expect(clock.sleeps == [0.5, 1])
    }

    @Test func `Retry-After is honoured as seconds, as a date and in the gateway's words`() async {
        let date = "Tue, 17 Mar 2030 17:47:00 GMT"
        transport.expect(
            "GET /orders/1", .answer(429, "", headers: ["Retry-After": "7"]), .answer(429, Examples.rateLimit),
            .answer(503, "", headers: ["Retry-After": date]), .ok(Examples.order))
        #expect(await readError() == nil)
        #expect(clock.sleeps == [7, 13, 0])
        #expect(Instant(httpDate: date) == Instant("2030-03-17T17:47:00Z"))
    }

    @Test func `a wait longer than two minutes is reported instead of waited`() async {
        transport.expect("GET /orders/1", .answer(429, "", headers: ["Retry-After": "3600"]))
        #expect(await readError() == .rateLimited(retryAfter: 3600))
        #expect(clock.sleeps.isEmpty)
    }

    @Test func `an internal error is tried once more`() async {
        transport.expect("GET /orders/1", .answer(500, Examples.internalError), .answer(500, Examples.internalError))
        #expect(
            await readError()
                == .serverFailed(
                    status: 500, message: "Internal Server Error", correlationID: Self.correlationID))
        transport.verify()
    }

    @Test func `a time-out is tried once more`() async {
        transport.expect("GET /orders/1", .failure(.timedOut), .failure(.timedOut))
        #expect(await readError() == .timedOut(seconds: 60))
        transport.verify()
    }

    @Test func `an answer beyond the limit is unreadable`() async {
        transport.expect("GET /orders/1", .failure(.tooLarge(limit: 67_108_864)))
        #expect(
            await readError()
                == .unreadable(what: "order 1", reason: "it is larger than 64 MiB", status: 200, correlationID: nil))
    }

    @Test(
        arguments: [
            (
                "{\"id\":\"Jørgen\"}", "application/json; charset=\"ISO-8859-1\"", "",
                "it is written in iso-8859-1, not in UTF-8"
            ),
            ("\u{1F}\u{8}", "", "br", "it is packed in a way this program does not know (br)"),
            ("{\u{0}\"\u{0}", "", "", "it is written in UTF-16, not in UTF-8"),
        ])
    func `a body in other characters or another packing is unreadable, with status and correlation id`(
        body: String, type: String, coding: String, reason: String
    ) async {
        transport.expect(
            "GET /orders/1",
            .answer(
                200, body, headers: ["Content-Type": type, "Content-Encoding": coding, "X-Correlation-ID": "a8n-1"]))
        #expect(
            await readError() == .unreadable(what: "order 1", reason: reason, status: 200, correlationID: "a8n-1"))
    }

    @Test func `plain text that calls itself Latin 1 is read all the same`() async {
        transport.expect(
            "GET /orders/1", .answer(200, Examples.order, headers: ["Content-Type": "text/plain; charset=iso-8859-1"]))
        #expect(await readError() == nil)
    }

    @Test func `a body packed without saying so is distinguished from broken JSON`() {
        let answer = Answer(HTTPResponse(status: .ok), body: [0x1F, 0x8B, 8, 0])
        #expect(answer.json == nil)
        #expect(answer.problem == "it is packed (gzip) without saying so")
    }

    @Test func `a body that the transport cannot unpack is unreadable and not asked for again`() async {
        let head = HTTPResponse(
            status: .badGateway, headerFields: [HTTPField.Name.correlationID: "a8n-2"])
        transport.expect("GET /orders/1", .failure(.garbled("it cannot be unpacked", answer: head)))
        #expect(
            await readError()
                == .unreadable(
                    what: "order 1", reason: "it cannot be unpacked", status: 502, correlationID: "a8n-2"))
        transport.verify()
    }

    @Test(arguments: [#"{"data":5}"#, #"{"data":"rows"}"#, "5", #""text""#, "{}", "null"])
    func `a list of the wrong type is unreadable`(body: String) async {
        transport.expect("GET /orders?*", .ok(body))
        let client = makeClient(transport, clock: clock)
        let error = await failure { () async throws(MarketplaceError) in
            try await client.orderLists.value(for: OrderQuery())
        }
        #expect(
            error
                == .unreadable(
                    what: "list of orders", reason: "it is not the list of orders asked for", status: 200,
                    correlationID: nil))
    }

    @Test func `an estimate that breaks a rule is rejected with the marketplace's words`() async {
        transport.expect("POST /orders/estimate", .answer(500, Examples.conflictingOrder))
        let client = makeClient(transport, clock: clock)
        let error = await failure { () async throws(MarketplaceError) in try await client.estimate(.sample) }
        guard case .rejected(let message, 500, Self.correlationID) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(message.hasPrefix("Cannot Upgrade/Downgrade Resources"))
        #expect(clock.sleeps.isEmpty)
    }

    @Test func `while a read is tried again its snapshot keeps loading`() async {
        transport.expect("GET /orders/1", .answer(503, ""), .ok(Examples.order))
        let client = makeClient(transport, clock: clock)
        for await snapshot in client.orders.snapshots(for: "1") {
            #expect(snapshot.failure == nil)
            if !snapshot.isLoading {
                #expect(snapshot.value != nil)
                break
            }
        }
    }
}
