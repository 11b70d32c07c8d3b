import Marketplace
import Synchronization
import Testing

@testable import MarketplaceClient

/// What reads and questions say that they wait for.
@Suite(.timeLimit(.minutes(30))) struct `What a call waits for` {
    private let clock = HeldClock()
    private let silence = Waiting(until: Instant(millisecondsSince1970: 1_900_000_000_000), reason: .silence)

    /// Holds until the gate is open, and says meanwhile that no answer comes.
    private func silentCache(_ gate: Gate) -> Cache<Int, Int> {
        Cache(freshness: 60, clock: clock) { [silence] (key, _) async throws(MarketplaceError) in
            let place = CallContext.current?.join()
            if let place { CallContext.current?.setWaiting(silence, of: place) }
            guard await gate.pass() else { throw .cancelled }
            if let place { CallContext.current?.leave(place) }
            return key
        }
    }

    @Test func `is what the sign-in waits for that it needs`() async {
        let gate = Gate()
        let tokens = silentCache(gate)
        let lists = Cache<Int, Int>(freshness: 60, clock: clock) { (key, _) async throws(MarketplaceError) in
            try await tokens.value(for: key)
        }
        var waits: [Waiting?] = []
        for await snapshot in lists.snapshots(for: 1) {
            if waits.last != snapshot.waiting { waits.append(snapshot.waiting) }
            if snapshot.waiting != nil { gate.open() }
            if snapshot.value != nil { break }
        }
        #expect(waits.contains(silence))
        #expect(waits.last == .some(nil))
    }

    @Test func `is reported to a reader who joins when it waits already`() async {
        let gate = Gate()
        let tokens = silentCache(gate)
        let first = Task { try? await tokens.value(for: 1) }
        await gate.isReached()
        let lists = Cache<Int, Int>(freshness: 60, clock: clock) { (_, _) async throws(MarketplaceError) in
            try await tokens.value(for: 1)
        }
        for await snapshot in lists.snapshots(for: 7) {
            if snapshot.waiting == silence { gate.open() }
            if snapshot.value != nil { break }
        }
        #expect(await first.value == 1)
    }

    @Test func `is the longest silence, whatever else it waits for`() {
        let reports = Mutex<[Waiting?]>([])
        let context = CallContext(priority: .onScreen) { waiting in reports.withLock { $0.append(waiting) } }
        let pace = Waiting(until: silence.until.adding(seconds: 30), reason: .pace)
        let later = Waiting(until: silence.until.adding(seconds: 5), reason: .silence)
        let (first, second) = (context.join(), context.join())
        context.setWaiting(later, of: first)
        context.setWaiting(silence, of: second)
        context.setWaiting(pace)
        context.setWaiting(nil)
        context.leave(second)
        context.setWaiting(silence, of: second)
        context.leave(first)
        #expect(reports.withLock { $0 } == [later, silence, later, nil])
    }

    @Test func `is reported of a question too, in the time of day`() async {
        let transport = StubTransport()
        let clock = ManualClock()
        clock.step(seconds: 7200)
        transport.expect("POST /orders/estimate", .failure(.timedOut), .ok(Examples.estimate))
        let client = makeClient(transport, clock: clock)
        let reports = Mutex<[Waiting?]>([])
        let began = clock.now()
        let price = await client.reportingWaits(
            { waiting in reports.withLock { $0.append(waiting) } }, of: { try? await client.estimate(.sample) })
        #expect(price?.total != nil)
        let told = reports.withLock { $0 }
        #expect(told.count == 2)
        #expect(told.first??.reason == .retry(after: "no answer within 1 min"))
        #expect(told.first.flatMap { $0 }.map { (0..<10).contains($0.until.seconds(since: began)) } == true)
        #expect(told.last == .some(nil))
    }
}

@Suite(.timeLimit(.minutes(30))) struct `The overview of a client` {
    private let transport = StubTransport()
    private let clock = ManualClock()

    private func client(_ failed: StubTransport.Reply) -> Client {
        transport.expect("GET /orders?status=error*", failed)
        transport.expect("GET /orders*", .ok(page([], total: 0)), .ok(page([], total: 0)))
        transport.expect("GET /customers*", .ok(page([], total: 0)))
        return makeClient(transport, clock: clock)
    }

    @Test func `is as old as its oldest list, and says when all is read`() async {
        let began = clock.now()
        var last: Snapshot<Overview>?
        for await snapshot in client(.ok(page([], total: 0))).overviews() {
            last = snapshot
            if !snapshot.isLoading, snapshot.value?.items[.failed] != nil, snapshot.value?.customers != nil,
                snapshot.value?.items[.stuck] != nil
            {
                break
            }
        }
        #expect(last?.readAt == began)
        #expect(last?.failure == nil)
    }

    @Test func `that is stopped keeps what it has and says that it was stopped`() async {
        let gate = Gate()
        let client = client(.after(gate, .ok(page([], total: 0))))
        var isStopped = false
        for await snapshot in client.overviews() {
            if !isStopped, snapshot.value?.items[.stuck] != nil {
                isStopped = true
                await gate.isReached()
                client.stopReadingOverview()
            }
            guard isStopped, !snapshot.isLoading else { continue }
            #expect(snapshot.failure == .cancelled)
            #expect(snapshot.value?.items[.failed] == nil)
            #expect(snapshot.value?.items[.stuck] != nil)
            break
        }
    }
}
