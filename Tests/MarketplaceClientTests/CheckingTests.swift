import Marketplace
import MarketplaceClient
import Testing

/// When a subscription is read to see what its order made, and what the journal says of it then.
@Suite(.timeLimit(.minutes(30))) struct `The comparison of an order with what it made` {
    private let clock = ManualClock()
    private let transport = StubTransport()

    private static let request =
        #"{"type":"change","customerId":"7","subscriptionId":"9","poNumber":"P","#
        + #""products":[{"mpn":"AUR","vendor":"aurora","quantity":28}]}"#

    private func taken(request: String = Self.request) async throws -> MemoryJournal {
        let journal = MemoryJournal()
        try await journal.append(
            JournalRecord(
                id: "1", at: clock.now(),
                event: .intended(
                    .init(
                        profile: "test", method: "POST", path: "/orders", name: "change order", customer: "7",
                        subscription: "9", poNumber: "P", request: request, existing: []))))
        try await journal.append(JournalRecord(id: "1", at: clock.now(), event: .ended(.taken(id: "5"))))
        return journal
    }

    private func order(_ status: String) -> StubTransport.Reply {
        .ok(
            #"{"id":"5","orderNumber":"CH5","type":"change","customerId":"7","status":"\#(status)","#
                + #""subscriptionId":"9"}"#)
    }

    private func subscription(_ units: Int) -> StubTransport.Reply {
        .ok(
            #"{"id":"9","customerId":"7","status":"active","products":[{"mpn":"AUR","vendor":"aurora","quantity":"#
                + "\(units)}]}")
    }

    private func entry(_ client: Client) async throws -> JournalEntry {
        try #require(try await client.journalEntries().first)
    }

    @Test func `waits for the order's end and then reads the subscription, whatever the cache has of it`() async throws
    {
        transport.expect("GET /subscriptions/9", subscription(25))
        transport.expect("GET /orders/5", order("processing"), order("processing"), order("completed"))
        let client = makeClient(transport, clock: clock, journal: try await taken())
        _ = try await client.subscriptions.value(for: "9")
        transport.expect("GET /subscriptions/9", subscription(28))
        await client.settleUnknowns()
        let entry = try await entry(client)
        #expect(entry.verification?.words == "Order CH5 completed: subscription 9 holds 28 units now.")
        #expect(entry.isVerified && entry.warning == nil)
        transport.verify()
    }

    @Test func `warns in the journal of what is there instead`() async throws {
        transport.expect("GET /orders/5", order("completed"))
        transport.expect("GET /subscriptions/9", subscription(53))
        let client = makeClient(transport, clock: clock, journal: try await taken())
        await client.settleUnknowns()
        let entry = try await entry(client)
        #expect(entry.verification?.verdict == .differs)
        #expect(
            entry.warning?.hasPrefix("Order CH5 completed, but subscription 9 holds 53 units of AUR, not the 28")
                == true)
    }

    @Test func `does not take a subscription that cannot be read for changed, and reads it again`() async throws {
        transport.expect("GET /orders/5", order("completed"))
        transport.expect("GET /subscriptions/9", .answer(404, Examples.notFound))
        let journal = try await taken()
        let client = makeClient(transport, clock: clock, journal: journal)
        await client.verifyEndedOrders()
        #expect(try await entry(client).verification?.verdict == .unread)
        #expect(try await entry(client).isVerified == false)
        #expect(
            try await entry(client).warning?.hasPrefix(
                "Order CH5 completed, but subscription 9 could not be read to see it:") == true)
        // The same is not written down twice.
        transport.expect("GET /subscriptions/9", .answer(404, Examples.notFound))
        await client.verifyEndedOrders()
        #expect(await journal.records().count == 3)
        transport.expect("GET /subscriptions/9", subscription(28))
        await client.verifyEndedOrders()
        #expect(try await entry(client).verification?.verdict == .met)
        #expect(try await entry(client).warning == nil)
        transport.verify()
    }

    @Test(arguments: ["error", "cancelled"]) func `reads nothing where the order was not carried out`(status: String)
        async throws
    {
        transport.expect("GET /orders/5", order(status))
        let client = makeClient(transport, clock: clock, journal: try await taken())
        await client.settleUnknowns()
        #expect(try await entry(client).verification?.verdict == .notCarriedOut)
        #expect(try await entry(client).warning == nil)
        #expect(transport.lines == ["GET /orders/5"])
    }

    @Test func `is made once`() async throws {
        transport.expect("GET /orders/5", order("completed"))
        transport.expect("GET /subscriptions/9", subscription(28))
        let journal = try await taken()
        let client = makeClient(transport, clock: clock, journal: journal)
        for _ in 0..<3 { await client.verifyEndedOrders() }
        await client.settleUnknowns()
        #expect(await journal.records().count == 3)
        transport.verify()
    }

    @Test func `is made at once when somebody who follows the order sees its end`() async throws {
        transport.expect("GET /orders/5", order("processing"), order("completed"))
        transport.expect("GET /subscriptions/9", subscription(28))
        let client = makeClient(transport, clock: clock, journal: try await taken())
        for await _ in client.follow("5") {}
        for await entries in client.journalUpdates() where entries.first?.isVerified == true { break }
        #expect(try await entry(client).verification?.verdict == .met)
        #expect(clock.sleeps == [1])
    }

    @Test func `is not made while the change waits for the renewal`() async throws {
        let request = Self.request.replacing(#""poNumber""#, with: #""scheduledOn":"renewal","poNumber""#)
        let client = makeClient(transport, clock: clock, journal: try await taken(request: request))
        await client.settleUnknowns()
        #expect(transport.lines.isEmpty)
    }

    @Test func `is not made of orders that are older than a week`() async throws {
        let journal = try await taken()
        clock.advance(seconds: 7 * 86_400 + 1)
        let client = makeClient(transport, clock: clock, journal: journal)
        await client.settleUnknowns()
        #expect(transport.lines.isEmpty)
    }
}
