import Marketplace
import MarketplaceClient
import Testing

/// The journal as people read it.
@Suite(.timeLimit(.minutes(30))) struct JournalTests {
    private let clock = ManualClock()
    private let journal = MemoryJournal()

    private static let at = Instant(millisecondsSince1970: 1_900_000_000_000)

    private func intent(_ id: String, path: String = "/orders", request: String = "{}") -> JournalRecord {
        JournalRecord(
            id: id, at: Self.at,
            event: .intended(.init(profile: "test", method: "POST", path: path, customer: "7", request: request)))
    }

    private func ended(_ id: String, _ outcome: JournalRecord.Outcome, how: String? = nil) -> JournalRecord {
        JournalRecord(id: id, at: Self.at.adding(seconds: 1), event: .ended(outcome), settledBy: how)
    }

    private func entries(_ records: JournalRecord...) async throws -> [JournalEntry] {
        for record in records { try await journal.append(record) }
        return try await makeClient(StubTransport(), clock: clock, journal: journal).journalEntries()
    }

    @Test func `a placed order is one entry with all that was sent and answered`() async throws {
        let transport = StubTransport()
        transport.expect("POST /orders", .answer(200, Examples.placedOrder, headers: ["X-Correlation-ID": "a8n-1"]))
        let client = makeClient(transport, clock: clock, journal: journal)
        _ = try await client.place(.sample)
        let entry = try #require(try await client.journalEntries().first)
        #expect(entry.name == "sales order")
        #expect(entry.profile == "test" && entry.method == "POST" && entry.path == "/orders")
        #expect(entry.customer == "1000101" && entry.poNumber == "PO-2031-001")
        #expect(entry.outcome == .taken(made: "1000701"))
        #expect(entry.correlationID == "a8n-1")
        #expect(entry.settledBy == nil && entry.endedAt != nil)
        #expect(entry.request == transport.sent.last?.body)
    }

    @Test func `the newest entry comes first`() async throws {
        #expect(try await entries(intent("1"), intent("2"), ended("1", .taken(id: "5"))).map(\.id) == ["2", "1"])
    }

    @Test func `an intent is sending while its answer is awaited, and unknown after the end of its program`()
        async throws
    {
        try await journal.append(intent("1"))
        let client = makeClient(StubTransport(), clock: clock, journal: journal)
        #expect(try await client.journalEntries().map(\.outcome) == [.sending])
        let left = LeftJournal(await journal.records())
        let later = makeClient(StubTransport(), clock: clock, journal: left)
        #expect(
            try await later.journalEntries().map(\.outcome)
                == [.unknown(reason: "The program ended before the answer came.")])
    }

    @Test(
        arguments: [
            ([.unknown(reason: "?"), .taken(id: "5")], .taken(made: "5")),
            ([.taken(id: "5"), .unknown(reason: "?")], .taken(made: "5")),
            ([.refused(reason: "no"), .taken(id: "5")], .taken(made: "5")),
            ([.taken(id: "5"), .refused(reason: "no")], .taken(made: "5")),
            ([.taken(id: nil), .taken(id: "5")], .taken(made: nil)),
            ([.unknown(reason: "?"), .refused(reason: "no"), .unknown(reason: "!")], .refused(reason: "no")),
            ([.unknown(reason: "?"), .unknown(reason: "!")], .unknown(reason: "!")),
        ] as [([JournalRecord.Outcome], JournalEntry.Outcome)])
    func `taken outweighs refused, and refused outweighs unknown`(
        outcomes: [JournalRecord.Outcome], expected: JournalEntry.Outcome
    ) async throws {
        try await journal.append(intent("1"))
        for outcome in outcomes { try await journal.append(ended("1", outcome)) }
        #expect(try await entries().map(\.outcome) == [expected])
    }

    @Test func `how it was settled and what was found out later is reported`() async throws {
        let entry = try #require(
            try await entries(
                intent("1"), ended("1", .unknown(reason: "?")),
                ended("1", .taken(id: "5"), how: "found by its PO number"),
                JournalRecord(
                    id: "1", at: Self.at, event: .checked(Verification(.differs, writtenWords: "26 units, not 28.")))
            ).first)
        #expect(entry.settledBy == "found by its PO number")
        #expect(entry.warning == "26 units, not 28.")
    }

    @Test(arguments: [
        ("/orders", #"{"type":"change","subscriptionId":"9","products":[]}"#, "change order"),
        ("/orders", #"{"type":"change","subscriptionId":"9","planId":"4"}"#, "plan switch"),
        ("/orders", #"{"customerId":"7"}"#, "sales order"),
        ("/customers", #"{"name":"Bäckerei Süß"}"#, "new customer Bäckerei Süß"),
        ("/resellers/5/customers", #"{"name":"A"}"#, "new customer A"),
        ("/subscriptions/9/specialPricing", "{}", "special prices of subscription 9"),
        ("/something/else", "{}", "request to /something/else"),
    ])
    func `a line of an earlier version is named by its request`(path: String, request: String, name: String)
        async throws
    {
        #expect(try await entries(intent("1", path: path, request: request)).first?.name == name)
    }

    @Test func `updates yield the entries now and after each record`() async throws {
        let client = makeClient(StubTransport(), clock: clock, journal: journal)
        var updates = client.journalUpdates().makeAsyncIterator()
        #expect(await updates.next() == [])
        try await journal.append(intent("1"))
        #expect(await updates.next()?.map(\.outcome) == [.sending])
        try await journal.append(ended("1", .taken(id: "5")))
        #expect(await updates.next()?.map(\.outcome) == [.taken(made: "5")])
    }

    @Test func `an outcome that cannot be written is shown with its entry, and written when that is possible again`()
        async throws
    {
        let transport = StubTransport()
        transport.expect("POST /orders", .ok(Examples.placedOrder), .answer(400, Examples.ambiguousMPN))
        transport.expect("GET /orders?customerId=1000101*", .ok(page([], total: 0)))
        transport.expect("POST /token", .ok(Examples.token))
        let journal = FillingJournal()
        // On this clock nobody waits to an end, so that nothing is written by and by.
        let client = Client(profile: .test(), transport: transport, clock: HeldClock(), journal: journal)
        await journal.fill(after: 1)
        _ = try await client.place(.sample)
        let entry = try #require(try await client.journalEntries().first)
        #expect(entry.outcome == .taken(made: "1000701"))
        #expect(
            entry.warning
                == "This outcome is not in the journal's file, and is lost with the end of the program: the disk is full."
        )
        await journal.fill(after: nil)
        _ = await failure { () async throws(MarketplaceError) in try await client.place(.sample) }
        #expect(try await journal.records().count == 4)
        #expect(try await client.journalEntries().allSatisfy { $0.warning == nil })
    }

    @Test func `an outcome that could not be written is written when there is room again`() async throws {
        let transport = StubTransport()
        transport.expect("POST /orders", .answer(400, Examples.ambiguousMPN))
        transport.expect("GET /orders?customerId=1000101*", .ok(page([], total: 0)))
        let journal = FillingJournal()
        let client = makeClient(transport, clock: clock, journal: journal)
        await journal.fill(after: 1, tries: 3)
        _ = await failure { () async throws(MarketplaceError) in try await client.place(.sample) }
        var updates = client.journalUpdates().makeAsyncIterator()
        while let entries = await updates.next(), entries.first?.warning != nil {}
        guard case .ended(.refused) = try await journal.records().last?.event else {
            Issue.record("the refusal is not in the journal")
            return
        }
    }

    @Test func `a journal that cannot be read says so`() async {
        let journal = FillingJournal()
        await journal.hide()
        await #expect(throws: JournalError("the disk is gone")) {
            try await makeClient(StubTransport(), clock: clock, journal: journal).journalEntries()
        }
    }
}

/// A journal whose disk can be full, or gone.
actor FillingJournal: Journal {
    private var kept: [JournalRecord] = []
    private var room: Int?
    private var isHidden = false

    /// How often it still refuses a record before there is room again; nil for ever.
    private var refusals: Int?

    /// - Parameters:
    ///   - count: Records that it can still take; nil for any number.
    ///   - tries: How often it then refuses one before there is room again; nil for ever.
    func fill(after count: Int?, tries: Int? = nil) {
        room = count
        refusals = tries
    }
    func hide() { isHidden = true }

    func append<Objection: Sendable>(
        _ record: JournalRecord, unless objection: @Sendable ([JournalRecord]) -> Objection?
    ) throws(JournalError) -> Objection? {
        if let objection = objection(kept) { return objection }
        if room == 0 {
            refusals = refusals.map { $0 - 1 }
            if refusals == 0 { room = nil }
            throw JournalError("the disk is full")
        }
        room = room.map { $0 - 1 }
        kept.append(record)
        return nil
    }

    func records() throws(JournalError) -> [JournalRecord] {
        if isHidden { throw JournalError("the disk is gone") }
        return kept
    }
    func isUnderWay(_ id: String) -> Bool { false }
    nonisolated func changes() -> AsyncStream<Void> { AsyncStream { $0.finish() } }
}

/// The journal of a program that has ended.
actor LeftJournal: Journal {
    private(set) var kept: [JournalRecord]

    init(_ records: [JournalRecord]) { kept = records }

    func append<Objection: Sendable>(
        _ record: JournalRecord, unless objection: @Sendable ([JournalRecord]) -> Objection?
    ) -> Objection? {
        if let objection = objection(kept) { return objection }
        kept.append(record)
        return nil
    }

    func records() -> [JournalRecord] { kept }
    func isUnderWay(_ id: String) -> Bool { false }
    nonisolated func changes() -> AsyncStream<Void> { AsyncStream { $0.finish() } }
}
