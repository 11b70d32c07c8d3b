import HTTPTypes
import Marketplace
import Synchronization
import Testing

@testable import MarketplaceClient

/// Somebody sets the clock, or the network corrects it, while the program runs.
@Suite struct `When the time of day steps` {
    private static let steps = [-90_000.0, -3600, 3600, 90_000]

    @Test(arguments: steps) func `a token lives as long as it did`(step: Double) async throws {
        let transport = StubTransport()
        let clock = ManualClock()
        transport.expect("GET /orders/1", .ok(Examples.order))
        transport.expect("GET /orders/2", .ok(Examples.order))
        transport.expect("GET /orders/3", .ok(Examples.order))
        let client = makeClient(transport, clock: clock)
        _ = try await client.orders.value(for: "1")
        clock.step(seconds: step)
        _ = try await client.orders.value(for: "2")
        transport.expect("POST /token", .ok(Examples.token))
        clock.advance(seconds: 1500)
        _ = try await client.orders.value(for: "3")
        transport.verify()
    }

    @Test(arguments: steps) func `what is fresh stays so for its time`(step: Double) async throws {
        let clock = ManualClock()
        let reads = Mutex(0)
        let cache = Cache<Int, Int>(freshness: 60, clock: clock) { _, _ in
            reads.withLock { reads in
                reads += 1
                return reads
            }
        }
        #expect(try await cache.value(for: 1) == 1)
        clock.step(seconds: step)
        #expect(try await cache.value(for: 1) == 1)
        clock.advance(seconds: 60)
        #expect(try await cache.value(for: 1) == 2)
    }

    @Test(arguments: steps) func `the age of what was read stays right in words`(step: Double) async throws {
        let clock = ManualClock()
        let cache = Cache<Int, Int>(freshness: 600, clock: clock) { key, _ in key }
        _ = try await cache.value(for: 1)
        clock.advance(seconds: 40)
        var watched = cache.snapshots(for: 1).makeAsyncIterator()
        #expect(await watched.next()?.readAt?.seconds(since: clock.now()) == -40)
        clock.step(seconds: step)
        cache.publishAgain()
        #expect(await watched.next()?.readAt?.seconds(since: clock.now()) == -40)
    }

    @Test(arguments: steps) func `a pause lasts as long as it was asked for`(step: Double) async throws {
        let clock = HeldClock()
        let pacer = Pacer(Pacing(perMinute: nil, perDay: nil), clock: clock)
        pacer.finished(try await pacer.permit(for: CallContext(priority: .onScreen), kind: "x"), .refused(pauseFor: 30))
        clock.step(seconds: step)
        #expect(pacer.budget().paused?.until.seconds(since: clock.now()) == 30)
        clock.advance(seconds: 29)
        #expect(pacer.budget().paused != nil)
        clock.advance(seconds: 1)
        #expect(pacer.budget().paused == nil)
    }

    @Test(arguments: steps) func `the calls of the minute come back after a minute`(step: Double) async throws {
        let clock = HeldClock()
        let pacer = Pacer(Pacing(perMinute: 4, perDay: nil), clock: clock)
        pacer.finished(try await pacer.permit(for: CallContext(priority: .onScreen), kind: "x"), .answered)
        clock.step(seconds: step)
        #expect(pacer.budget().left == 3)
        #expect(pacer.budget().refillsAt?.seconds(since: clock.now()) == SlidingWindow.length)
        clock.advance(seconds: SlidingWindow.length)
        #expect(pacer.budget().left == 4)
    }

    @Test(arguments: steps) func `how far the marketplace's clock is ahead follows at once`(step: Double) throws {
        let clock = ManualClock()
        let server = ServerClock()
        var response = HTTPResponse(status: .ok)
        response.headerFields[.date] = "Sun, 17 Mar 2030 17:46:40 GMT"
        server.note(Answer(response, body: []), sent: clock.steady(), received: clock.steady())
        #expect(server.secondsAhead(step: clock.step) == 0)
        clock.step(seconds: step)
        #expect(server.secondsAhead(step: clock.step) == -step)
        clock.step(seconds: -step)
        #expect(server.secondsAhead(step: clock.step) == 0)
    }

    /// Written down by a program that has ended, with the given outcome.
    private func journal(
        _ type: String, _ outcome: JournalRecord.Outcome? = nil
    ) -> LeftJournal {
        let at = ManualClock().now()
        let request =
            #"{"type":"\#(type)","customerId":"7","subscriptionId":"9","poNumber":"P","#
            + #""products":[{"mpn":"M","quantity":28}]}"#
        return LeftJournal(
            [
                JournalRecord(
                    id: "1", at: at,
                    event: .intended(
                        .init(
                            profile: "test", method: "POST", path: "/orders", customer: "7", poNumber: "P",
                            request: request, existing: [])))
            ] + (outcome.map { [JournalRecord(id: "1", at: at, event: .ended($0))] } ?? []))
    }

    @Test(arguments: steps) func `a write that nobody answered for is looked up at the same times`(step: Double)
        async throws
    {
        let clock = ManualClock()
        let transport = StubTransport { line in if line.hasPrefix("GET /orders") { clock.step(seconds: step) } }
        transport.expect("POST /token", .ok(#"{"token":"t","expiresInSeconds":1000000}"#))
        for _ in 0..<7 { transport.expect("GET /orders?customerId=7*", .ok(page([], total: 0))) }
        let client = Client(profile: .test(), transport: transport, clock: clock, journal: journal("sales"))
        await client.settleUnknowns()
        guard case .refused = try await client.journalEntries().first?.outcome else {
            Issue.record("not settled")
            return
        }
        #expect(clock.sleeps == [2, 3, 10, 45, 120, 420], "no sooner and no later than without a step")
        transport.verify()
    }

    @Test(arguments: [0.0, nil])
    func
        `a write of long unknown outcome is settled at the first look by the marketplace's clock`(
            secondsAhead: Double?
        ) async throws
    {
        let clock = ManualClock()
        let transport = StubTransport()
        let journal = journal("sales")
        _ = await journal.append(
            JournalRecord(
                id: "1", at: clock.now().adding(seconds: -601), event: .ended(.unknown(reason: "?")),
                secondsAhead: secondsAhead), unless: { _ in nil as Never? })
        for _ in 0..<(secondsAhead == nil ? 7 : 1) {
            transport.expect("GET /orders?customerId=7*", .ok(page([], total: 0)))
        }
        let client = makeClient(transport, clock: clock, journal: journal)
        await client.settleUnknowns()
        guard case .refused = try await client.journalEntries().first?.outcome else {
            Issue.record("not settled")
            return
        }
        #expect(clock.sleeps.count == (secondsAhead == nil ? 6 : 0))
        transport.verify()
    }

    @Test(arguments: steps) func `an order that was taken is looked at until its end at the same times`(step: Double)
        async throws
    {
        let clock = ManualClock()
        let transport = StubTransport { line in if line == "GET /orders/5" { clock.step(seconds: step) } }
        let order = #"{"id":"5","type":"change","customerId":"7","status":"processing","subscriptionId":"9"}"#
        transport.expect("POST /token", .ok(#"{"token":"t","expiresInSeconds":1000000}"#))
        for _ in 0..<16 { transport.expect("GET /orders/5", .ok(order)) }
        let client = Client(
            profile: .test(), transport: transport, clock: clock, journal: journal("change", .taken(id: "5")))
        await client.settleUnknowns()
        #expect(clock.sleeps == [2, 3, 5, 10, 20, 20, 60, 60, 60, 60, 300, 600, 600, 900, 900])
        #expect(try await client.journalEntries().first?.verification == nil)
    }

    @Test func `the clock of the computer keeps two times that agree`() {
        let clock = SystemClock()
        #expect(abs(clock.now().seconds(since: clock.steady())) < 5)
        #expect(clock.steady() <= clock.steady())
    }
}
