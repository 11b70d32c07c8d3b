import Marketplace
import MarketplaceClient
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(30))) struct WriteGateTests {
    private let clock = ManualClock()

    /// Looks for an order of the customer.
    private static let look = "GET /orders?customerId=1000101&offset=0&limit=100"

    /// - Parameter looks: How often the orders of the customer are read, and found to be none.
    private func place(
        _ replies: StubTransport.Reply..., looks: Int = 0, journal: any Journal = MemoryJournal(),
        isReadOnly: Bool = false
    ) async -> (Result<Order, MarketplaceError>, StubTransport) {
        let transport = StubTransport()
        for reply in replies { transport.expect("POST /orders", reply) }
        for _ in 0..<looks { transport.expect(Self.look, .ok(page([], total: 0))) }
        let client = makeClient(transport, clock: clock, isReadOnly: isReadOnly, journal: journal)
        do throws(MarketplaceError) {
            return (.success(try await client.place(.sample)), transport)
        } catch {
            return (.failure(error), transport)
        }
    }

    @Test func `the intent is in the journal before the order leaves, the outcome after`() async throws {
        let diary = Diary()
        let transport = StubTransport { diary.add($0) }
        transport.expect("POST /orders", .ok(Examples.placedOrder))
        let client = makeClient(transport, clock: clock, journal: DiaryJournal(diary: diary))
        let order = try await client.place(.sample)
        #expect(order.number == "SO000012")
        #expect(diary.lines == ["POST /token", "journal intended", "POST /orders", "journal ended"])
    }

    @Test func `the journal holds the request and what came of it, and no secret`() async throws {
        let journal = MemoryJournal()
        let (result, transport) = await place(.ok(Examples.placedOrder), journal: journal)
        #expect(try result.get().id == "1000701")
        let records = await journal.records()
        #expect(records.count == 2)
        guard case .intended(let intent) = records.first?.event else {
            Issue.record("no intent")
            return
        }
        #expect(intent.profile == "test")
        #expect(intent.method == "POST" && intent.path == "/orders")
        #expect(intent.customer == "1000101" && intent.poNumber == "PO-2031-001")
        #expect(intent.request == transport.sent.last?.body)
        #expect(records.last?.event == .ended(.taken(id: "1000701")))
        #expect(records.first?.id == records.last?.id)
        #expect(!"\(records)".contains("pass-word") && !"\(records)".contains("fake.jwt.token"))
    }

    @Test func `an order gets three minutes`() async {
        let (_, transport) = await place(.ok(Examples.placedOrder))
        #expect(transport.sent.last?.timeout == .seconds(180))
    }

    @Test func `a read-only profile sends nothing`() async throws {
        let journal = MemoryJournal()
        let (result, transport) = await place(journal: journal, isReadOnly: true)
        #expect(result == .failure(.writeRefused(reason: "the profile test is read-only.")))
        #expect(transport.sent.isEmpty)
        #expect(await journal.records().isEmpty)
    }

    @Test func `a journal that cannot be written stops the order`() async {
        let (result, transport) = await place(journal: BrokenJournal())
        #expect(result == .failure(.writeRefused(reason: "the journal cannot be written: the disk is full.")))
        #expect(transport.lines.isEmpty)
    }

    @Test(
        arguments: [
            (.failure(.timedOut), "The marketplace did not answer within 3 min."),
            (.failure(.connectionLost("reset")), "The connection broke before the answer came (reset)."),
            (
                .answer(504, Examples.gatewayPage),
                "The marketplace answered HTTP 504, which does not say what became of it."
            ),
            (
                .answer(502, Examples.gatewayTimeout),
                "The marketplace answered HTTP 502 (Gateway Timeout), which does not say what became of it."
            ),
            (.answer(503, ""), "The marketplace answered HTTP 503, which does not say what became of it."),
            (
                .answer(500, "<html>"),
                "The marketplace answered HTTP 500, which does not say what became of it."
            ),
            (
                .answer(200, "<html>"),
                "The marketplace answered, but its answer cannot be read: it is a web page, not JSON."
            ),
            (
                .answer(200, "{}"),
                "The answer holds no order."
            ),
            (.failure(.tooLarge(limit: 1)), "The answer was too large to be read."),
        ] as [(StubTransport.Reply, String)])
    func `without a clear answer the outcome is unknown, and the order is sent once`(
        reply: StubTransport.Reply, reason: String
    ) async {
        let journal = MemoryJournal()
        // A success that proves nothing is looked into at once.
        let looks = if case .answer(200, _, _) = reply { 1 } else { 0 }
        let (result, transport) = await place(reply, looks: looks, journal: journal)
        #expect(result == .failure(.outcomeUnknown(of: "sales order", reason: reason, correlationID: nil)))
        #expect(transport.lines == ["POST /orders"] + Array(repeating: Self.look, count: looks))
        #expect(await journal.records().last?.event == .ended(.unknown(reason: reason)))
        #expect(clock.sleeps.isEmpty)
    }

    @Test func `a bare internal error proves nothing either`() async {
        let (result, _) = await place(.answer(500, Examples.internalError))
        guard case .failure(.outcomeUnknown(_, _, "a8n-00000000-1111-2222-3333-444444444444")) = result else {
            Issue.record("\(result)")
            return
        }
    }

    @Test(arguments: [(400, Examples.ambiguousMPN), (500, Examples.conflictingOrder)])
    func `a refusal with a reason is a refusal`(status: Int, body: String) async {
        let journal = MemoryJournal()
        let (result, transport) = await place(.answer(status, body), looks: 1, journal: journal)
        #expect(transport.lines == ["POST /orders", Self.look])
        guard case .failure(.rejected(let message, status, _)) = result else {
            Issue.record("\(result)")
            return
        }
        #expect(!message.isEmpty)
        guard case .ended(.refused) = await journal.records().last?.event else {
            Issue.record("no refusal in the journal")
            return
        }
    }

    @Test func `an order that could not leave is not unknown`() async {
        let (result, transport) = await place(.failure(.unreachable("refused")))
        #expect(result == .failure(.unreachable(host: "api.example", reason: "refused")))
        #expect(transport.lines == ["POST /orders"])
    }

    @Test func `a rate limit and an expired token are the only reasons to send again`() async throws {
        let transport = StubTransport()
        transport.expect(
            "POST /orders", .answer(429, Examples.rateLimit), .answer(401, Examples.tokenRefused),
            .ok(Examples.placedOrder))
        let client = makeClient(transport, clock: clock)
        transport.expect("POST /token", .ok(#"{"token":"second","expiresInSeconds":1500}"#))
        transport.expect(Self.look, .ok(page([], total: 0)), .ok(page([], total: 0)))
        #expect(try await client.place(.sample).id == "1000701")
        #expect(transport.lines == ["POST /orders", Self.look, "POST /orders", Self.look, "POST /orders"])
        #expect(clock.sleeps == [13])
        transport.verify()
    }

    @Test func `a forbidden order is not sent again`() async {
        let (result, transport) = await place(.answer(403, Examples.forbidden), looks: 1)
        guard case .failure(.forbidden) = result else {
            Issue.record("\(result)")
            return
        }
        #expect(transport.lines == ["POST /orders", Self.look])
    }

    @Test(arguments: [StubTransport.Reply.ok(Examples.placedOrder), .failure(.timedOut)])
    func `however it ends, the customer's lists are read again and others are not`(
        reply: StubTransport.Reply
    ) async throws {
        let transport = StubTransport()
        transport.expect("GET /orders?customerId=1000101*", .ok(page([], total: 0)), .ok(page([], total: 0)))
        transport.expect("GET /orders?customerId=7*", .ok(page([], total: 0)))
        transport.expect("GET /orders?offset*", .ok(page([], total: 0)), .ok(page([], total: 0)))
        transport.expect("GET /subscriptions?customerId=1000101*", .ok(page([], total: 0)), .ok(page([], total: 0)))
        transport.expect("POST /orders", reply)
        let client = makeClient(transport, clock: clock)
        func readAll() async throws {
            for query in [OrderQuery(customer: "1000101"), OrderQuery(customer: "7"), OrderQuery()] {
                _ = try await client.orderLists.value(for: query)
            }
            _ = try await client.subscriptionLists.value(for: SubscriptionQuery(customer: "1000101"))
        }
        try await readAll()
        try await readAll()
        _ = await failure { () async throws(MarketplaceError) in try await client.place(.sample) }
        try await readAll()
        transport.verify()
    }

    @Test func `who stops waiting does not leave the order without its outcome`() async throws {
        let gate = Gate()
        let journal = MemoryJournal()
        let transport = StubTransport()
        transport.expect("POST /orders", .after(gate, .ok(Examples.placedOrder)))
        let client = makeClient(transport, clock: clock, journal: journal)
        let placing = Task { () -> Order? in try? await client.place(.sample) }
        await gate.isReached()
        placing.cancel()
        gate.open()
        #expect(await placing.value?.id == "1000701")
        #expect(await journal.records().last?.event == .ended(.taken(id: "1000701")))
    }

    @Test func `a failed sign-in leaves no trace in the journal`() async {
        let journal = MemoryJournal()
        let transport = StubTransport()
        transport.expect("POST /token", .answer(401, Examples.tokenRefused))
        let client = Client(profile: .test(), transport: transport, clock: clock, journal: journal)
        #expect(
            await failure { () async throws(MarketplaceError) in try await client.place(.sample) }
                == .wrongPassword(status: 401))
        #expect(await journal.records().isEmpty)
    }
}

/// What happened, in order.
private final class Diary: Sendable {
    private let kept = Mutex<[String]>([])

    var lines: [String] { kept.withLock { $0 } }
    func add(_ line: String) { kept.withLock { $0.append(line) } }
}

private struct DiaryJournal: Journal {
    let diary: Diary

    func append<Objection: Sendable>(
        _ record: JournalRecord, unless objection: @Sendable ([JournalRecord]) -> Objection?
    ) -> Objection? {
        switch record.event {
        case .intended: diary.add("journal intended")
        case .ended: diary.add("journal ended")
        case .checked, .noticed, .damaged: diary.add("journal checked")
        }
        return nil
    }

    func records() -> [JournalRecord] { [] }
    func isUnderWay(_ id: String) -> Bool { false }
    func changes() -> AsyncStream<Void> { AsyncStream { $0.finish() } }
}

private struct BrokenJournal: Journal {
    func append<Objection: Sendable>(
        _ record: JournalRecord, unless objection: @Sendable ([JournalRecord]) -> Objection?
    ) throws(JournalError) -> Objection? { throw JournalError("the disk is full") }
    func records() throws(JournalError) -> [JournalRecord] { throw JournalError("the disk is full") }
    func isUnderWay(_ id: String) -> Bool { false }
    func changes() -> AsyncStream<Void> { AsyncStream { $0.finish() } }
}
