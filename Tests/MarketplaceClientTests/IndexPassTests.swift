import Marketplace
import Testing

@testable import MarketplaceClient

/// What the index reads once everything was read.
@Suite(.timeLimit(.minutes(30))) struct `An index that goes on` {
    private let clock = ManualClock()

    /// Some subscriptions and 10 orders: 3 calls for the lists.
    private func world(of subscriptions: Int = 600) -> IndexWorld {
        let world = IndexWorld(subscriptions: subscriptions, orders: 10, clock: clock)
        describe(world, moved: [:])
        return world
    }

    private func describe(_ world: IndexWorld, moved: [Int: CalendarDate]) {
        let old = CalendarDate("2030-01-10")!
        world.describe { number in
            #""status":"active","customerId":"\#(number % 9)","lastModifiedDate":"\#(moved[number] ?? old)""#
        }
    }

    private func client(_ world: IndexWorld, _ clock: (any ClientClock)? = nil, perMinute: Int? = 60) -> Client {
        Client(
            profile: .test(), transport: world, clock: clock ?? self.clock,
            pacing: Pacing(perMinute: perMinute, perDay: nil))
    }

    private func calls(_ world: IndexWorld, _ body: () async throws -> Void) async rethrows -> [String] {
        let before = world.lines.count
        try await body()
        return world.lines.dropFirst(before).map { line in
            line.hasPrefix("GET /subscriptions?") ? "subscriptions" : line.hasPrefix("GET /orders?") ? "orders" : line
        }
    }

    private let lists = ["subscriptions", "subscriptions", "orders"]

    @Test func `nothing that moved costs the lists alone, twice an hour`() async throws {
        let world = world(of: 1500)
        let client = client(world)
        try await client.index.run(details: true)
        #expect(world.count("GET") == 1504)
        for _ in 1...4 {
            // Reading everything took longer than half an hour: the first is due at once.
            clock.advance(seconds: 1800)
            let read = try await calls(world) { try await client.index.run(details: true) }
            #expect(read == ["subscriptions"] + lists)
            #expect(try await calls(world) { try await client.index.run(details: true) } == [])
        }
        #expect(world.mostInAMinute <= 20)
        #expect(client.index.progress.phase == .complete && client.index.progress.calls == 4)
    }

    @Test func `a subscription that moved costs one detail more`() async throws {
        let world = world()
        let client = client(world)
        try await client.index.run(details: true)
        clock.advance(seconds: 86_400)
        describe(world, moved: [7: clock.now().utcDate])
        let read = try await calls(world) { try await client.index.run(details: true) }
        #expect(read == lists + ["GET /subscriptions/7"])
        clock.advance(seconds: 1800)
        #expect(try await calls(world) { try await client.index.run(details: true) } == lists)
        // It may have moved once more on that day, which no list shows: it is read once more when the day is over.
        clock.advance(seconds: 86_400)
        #expect(try await calls(world) { try await client.index.run(details: true) } == read)
        clock.advance(seconds: 86_400)
        #expect(try await calls(world) { try await client.index.run(details: true) } == lists)
        #expect(world.mostInAMinute <= 20)
    }

    @Test func `those that moved are read in the order of the first time`() async throws {
        let world = world()
        let client = client(world, perMinute: nil)
        try await client.index.run(details: true)
        clock.advance(seconds: 86_400)
        let today = clock.now().utcDate
        world.describe { number in
            let moved = [3, 5, 500].contains(number) ? today : CalendarDate("2030-01-10")!
            let renews = number == 500 ? today.adding(days: 3) : today.adding(days: 200)
            // Customer 1 holds all but one.
            return #""status":"active","renewalStatus":true,"renewalDate":"\#(renews)","lastModifiedDate":"\#(moved)","#
                + #""customerId":"\#(number == 3 ? 2 : 1)""#
        }
        let read = try await calls(world) { try await client.index.run(details: true) }
        #expect(read.suffix(3) == [500, 5, 3].map { "GET /subscriptions/\($0)" } && read.count == 6)
    }

    @Test func `a detail that the marketplace does not have is not asked for with every pass`() async throws {
        let world = world()
        world.lose("9")
        let client = client(world, perMinute: nil)
        try await client.index.run(details: true)
        clock.advance(seconds: 1800)
        #expect(try await calls(world) { try await client.index.run(details: true) } == lists)
        clock.advance(seconds: 86_400)
        describe(world, moved: [9: clock.now().utcDate])
        let read = try await calls(world) { try await client.index.run(details: true) }
        #expect(read == lists + ["GET /subscriptions/9"])
    }

    @Test func `a list that somebody reads shows at once what moved, at the cost of its detail`() async throws {
        let held = HeldClock()
        let world = IndexWorld(subscriptions: 30, orders: 10, clock: held)
        describe(world, moved: [:])
        let client = client(world, held, perMinute: nil)
        try await client.index.run(details: true)
        held.advance(seconds: 600)
        let waiting = Task { try await client.index.waitForChanges() }
        describe(world, moved: [7: held.now().utcDate.adding(days: 1)])
        _ = try await client.subscriptionLists.value(for: SubscriptionQuery(customer: "7"))
        try await waiting.value
        #expect(try await calls(world) { try await client.index.run(details: true) } == ["GET /subscriptions/7"])
    }

    @Test func `who waits makes no call, and ends with a pause`() async throws {
        let held = HeldClock()
        let world = IndexWorld(subscriptions: 3, orders: 0, clock: held)
        let client = client(world, held, perMinute: nil)
        try await client.index.run(details: true)
        let read = await calls(world) {
            let waiting = Task {
                await failure { () async throws(MarketplaceError) in try await client.index.waitForChanges() }
            }
            waiting.cancel()
            #expect(await waiting.value == .cancelled)
        }
        #expect(read == [])
    }

    @Test(
        arguments: [
            // 1,500 subscriptions and 3,000 orders; 50,000 and 100,000, of which 833 calls a day pay for 2.8 passes.
            (9, 1.0 / 3, 5000, 1800.0), (300, 1.0 / 3, 5000, 31_104.0), (300, 1, 5000, 10_368),
            (300, 1.0 / 3, nil, 1800),
            (0, 1.0 / 3, 5000, 1800), (9, 1.0 / 3, 1, 1_555_200),
        ] as [(Int, Double, Int?, Double)])
    func `the lists come again as often as half of its share pays for, twice an hour at most`(
        calls: Int, share: Double, perDay: Int?, seconds: Double
    ) {
        #expect(BackgroundIndex.pause(afterCalls: calls, share: share, perDay: perDay).rounded() == seconds)
    }
}
