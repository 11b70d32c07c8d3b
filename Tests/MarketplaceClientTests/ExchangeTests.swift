import HTTPTypes
import Marketplace
import MarketplaceClient
import Testing

@Suite(.timeLimit(.minutes(30))) struct ExchangeTests {
    private let transport = StubTransport()
    private let clock = ManualClock()

    private func refusal(
        _ client: Client, _ method: String, _ path: String, writes: Bool = false
    ) async -> MarketplaceError? {
        await failure { () async throws(MarketplaceError) in
            try await client.exchange(method: method, path: path, body: Array("{}".utf8), writes: writes)
        }
    }

    @Test func `an answer comes as the server sent it, whatever its status`() async throws {
        transport.expect(
            "GET /orders/1?a=b%20c&offset=0",
            .answer(404, "<html>nothing</html>", headers: ["X-Correlation-ID": "a8n-1", "X-Other": "yes"]))
        let client = makeClient(transport, clock: clock)
        let answer = try await client.exchange(
            method: "get", path: "/orders/1/?a=b%20c", query: [("offset", "0")])
        #expect(answer.status == 404)
        #expect(answer.body == Array("<html>nothing</html>".utf8))
        #expect(answer.correlationID == "a8n-1")
        #expect(answer.headers[HTTPField.Name("X-Other") ?? .accept] == "yes")
        #expect(answer.failure != nil)
        #expect(transport.sent.last?.fields[.authorization] == "Bearer fake.jwt.token")
    }

    @Test func `it is made once, and again only with a new token`() async throws {
        transport.expect("GET /orders", .answer(503, ""), .answer(401, Examples.tokenRefused), .ok("[]"))
        let client = makeClient(transport, clock: clock)
        #expect(try await client.exchange(method: "GET", path: "orders").status == 503)
        transport.expect("POST /token", .ok(#"{"token":"second","expiresInSeconds":1500}"#))
        #expect(try await client.exchange(method: "GET", path: "orders").status == 200)
        #expect(clock.sleeps.isEmpty)
        transport.verify()
    }

    @Test func `what may change something is sent only when that is meant, and never by a read-only profile`() async {
        let client = Client(profile: .test(), transport: transport, clock: clock)
        #expect(
            await refusal(client, "POST", "/orders")
                == .writeRefused(reason: "POST may change something; say that it should."))
        let careful = Client(profile: .test(isReadOnly: true), transport: transport, clock: clock)
        #expect(
            await refusal(careful, "DELETE", "/orders/1", writes: true)
                == .writeRefused(reason: "the profile test is read-only."))
        #expect(transport.sent.isEmpty)
    }

    @Test(arguments: ["/orders/estimate", "/validation/parameters/"])
    func `an estimate and a validation change nothing, so they need no leave and leave no trace`(path: String)
        async throws
    {
        let journal = MemoryJournal()
        let line = "POST " + (path.hasSuffix("/") ? String(path.dropLast()) : path)
        transport.expect(line, .ok(Examples.estimate), .answer(500, Examples.conflictingOrder))
        transport.expect("POST /token", .ok(Examples.token))
        let client = Client(
            profile: .test(isReadOnly: true), transport: transport, clock: clock, journal: journal)
        let body = Array(Examples.salesRequest.utf8)
        #expect(try await client.exchange(method: "post", path: path, body: body).failure == nil)
        #expect(transport.sent.last?.body == Examples.salesRequest)
        guard case .rejected = try await client.exchange(method: "POST", path: path, body: body).failure else {
            Issue.record("a rule is no refusal")
            return
        }
        #expect(await journal.records().isEmpty)
    }

    @Test func `a write goes through the journal, and afterwards nothing counts as fresh`() async throws {
        let journal = MemoryJournal()
        transport.expect("GET /orders/1", .ok(Examples.order), .ok(Examples.order))
        transport.expect("PATCH /customers/7", .answer(500, Examples.conflictingOrder))
        transport.expect("GET /customers/7", .ok(Examples.customer.replacing("active", with: "creditHold")))
        let client = makeClient(transport, clock: clock, journal: journal)
        _ = try await client.orders.value(for: "1")
        let body = #"{"status": "active", "password": "hidden"}"#
        let answer = try await client.exchange(
            method: "PATCH", path: "/customers/7", body: Array(body.utf8), writes: true)
        #expect(answer.status == 500)
        let sent = transport.sent.first { $0.line == "PATCH /customers/7" }
        #expect(sent?.body == body)
        #expect(sent?.fields[.contentType] == "application/json")
        _ = try await client.orders.value(for: "1")
        let records = await journal.records()
        guard case .intended(let intent) = records.first?.event, case .ended(.refused) = records.last?.event else {
            Issue.record("\(records)")
            return
        }
        #expect(intent.method == "PATCH" && intent.path == "/customers/7")
        #expect(intent.request == #"{"password":"•••","status":"active"}"#)
        transport.verify()
    }

    @Test func `a write without an answer is unknown`() async {
        transport.expect("POST /orders", .failure(.connectionLost("reset")))
        let error = await refusal(makeClient(transport, clock: clock), "POST", "/orders", writes: true)
        guard case .outcomeUnknown = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test(arguments: ["/../other", "/orders/%2e%2e/x", "/token", "Token?x=1"])
    func `paths that lead out of the API, and the sign-in, are refused`(path: String) async {
        let client = Client(profile: .test(), transport: transport, clock: clock)
        guard case .writeRefused = await refusal(client, "GET", path) else {
            Issue.record("sent")
            return
        }
        #expect(transport.sent.isEmpty)
    }

    @Test func `the log shows what was exchanged, what was cached and what failed, without secrets`() async throws {
        transport.expect(
            "GET /orders?customerId=7*", .answer(200, page([], total: 0), headers: ["X-Correlation-ID": "a8n-7"]))
        transport.expect("GET /orders/1", .failure(.timedOut), .failure(.timedOut))
        let client = makeClient(transport, clock: clock)
        _ = try await client.orderLists.value(for: OrderQuery(customer: "7"))
        _ = try await client.orderLists.value(for: OrderQuery(customer: "7"))
        _ = await failure { () async throws(MarketplaceError) in try await client.orders.value(for: "1") }
        let log = client.requestLog
        #expect(log.map(\.id) == [1, 2, 3, 4, 5])
        #expect(
            log.map { "\($0.method) \($0.path) \($0.status ?? 0) \($0.source.word)" } == [
                "POST /token 200 live", "GET /orders?customerId=7&offset=0&limit=100 200 live",
                "GET /orders?customerId=7 0 cache", "GET /orders/1 0 live", "GET /orders/1 0 live",
            ])
        #expect(log[1].bytes == page([], total: 0).utf8.count)
        #expect(log[1].correlationID == "a8n-7")
        #expect(log[3].failure == "The marketplace did not answer within 1 min. Press r to ask again.")
        #expect(!"\(log)".contains("fake.jwt.token") && !"\(log)".contains("the-key"))
    }

    @Test func `whoever follows the log hears of it at once and after each change`() async throws {
        transport.expect("GET /orders/1", .ok(Examples.order))
        let client = makeClient(transport, clock: clock)
        var changes = client.requestLogChanges().makeAsyncIterator()
        await changes.next()
        #expect(client.requestLog.isEmpty)
        _ = try await client.orders.value(for: "1")
        await changes.next()
        #expect(client.requestLog.count == 2)
        _ = try await client.orders.value(for: "1")
        await changes.next()
        #expect(client.requestLog.last?.source == .cache)
    }

    @Test func `the log keeps the last thousand`() async throws {
        transport.expect("GET /orders/1", .ok(Examples.order))
        let client = makeClient(transport, clock: clock)
        for _ in 0..<1500 { _ = try await client.orders.value(for: "1") }
        let log = client.requestLog
        #expect(log.count == 1000)
        #expect(log.map(\.id) == Array(502...1501))
    }

    @Test func `a pane is informed that its read waits for the marketplace's limit`() async {
        let clock = HeldClock()
        transport.expect("POST /token", .ok(Examples.token))
        transport.expect("GET /orders/1", .answer(429, Examples.rateLimit), .ok(Examples.order))
        let client = Client(profile: .test(), transport: transport, clock: clock)
        for await snapshot in client.orders.snapshots(for: "1") {
            if let waiting = snapshot.waiting, snapshot.isLoading {
                #expect(waiting == Waiting(until: clock.now().adding(seconds: 13), reason: .rateLimit))
                #expect(waiting.words(now: clock.now()) == "waiting 13 s for the marketplace's limit")
                #expect(client.budget().paused == waiting)
                clock.advance(seconds: 13)
                #expect(client.budget().paused == nil)
            }
            if snapshot.value != nil {
                #expect(snapshot.waiting == nil)
                break
            }
        }
        transport.verify()
    }

    @Test func `a pane gets the reason why its read is made again`() async {
        let clock = HeldClock()
        transport.expect("POST /token", .ok(Examples.token))
        transport.expect("GET /orders/1", .answer(503, "<html>"))
        let client = Client(profile: .test(), transport: transport, clock: clock)
        for await snapshot in client.orders.snapshots(for: "1") {
            guard let waiting = snapshot.waiting else { continue }
            #expect(waiting.words(now: clock.now()) == "the marketplace failed (HTTP 503); trying again in 1 s")
            break
        }
        transport.verify()
    }

    @Test func `a read that somebody opens leaves before those that were likely`() async throws {
        let clock = HeldClock()
        let gate = Gate()
        transport.expect("POST /token", .ok(Examples.token))
        transport.expect("GET /orders/0", .after(gate, .ok(Examples.order)))
        for id in 1...3 { transport.expect("GET /orders/\(id)", .ok(Examples.order)) }
        let client = Client(
            profile: .test(), transport: transport, clock: clock,
            pacing: Pacing(perMinute: nil, perDay: nil, atOnce: 1))
        var reads = [Task { _ = try? await client.orders.value(for: "0") }]
        await gate.isReached()
        for id in 1...3 {
            reads.append(
                Task { _ = try? await client.orders.value(for: Order.ID("\(id)"), priority: .likelyNext) })
            for await budget in client.budgets() where budget.waiting[.likelyNext] == id { break }
        }
        var watched = client.orders.snapshots(for: "3").makeAsyncIterator()
        for await budget in client.budgets() where budget.waiting[.onScreen] == 1 { break }
        gate.open()
        while let snapshot = await watched.next(), snapshot.value == nil {}
        for read in reads { await read.value }
        #expect(transport.lines == ["GET /orders/0", "GET /orders/3", "GET /orders/1", "GET /orders/2"])
    }
}
