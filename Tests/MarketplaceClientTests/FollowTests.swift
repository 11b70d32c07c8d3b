import Marketplace
import MarketplaceClient
import Testing

@Suite(.timeLimit(.minutes(30))) struct FollowTests {
    private let transport = StubTransport()
    private let clock = ManualClock()

    private func order(_ status: String) -> StubTransport.Reply {
        .ok(#"{"id":"9","customerId":"7","status":"\#(status)","subscriptionId":"12"}"#)
    }

    @Test func `an order is read at growing distances until it ends`() async {
        for _ in 0..<9 { transport.expect("GET /orders/9", order("processing")) }
        transport.expect("GET /orders/9", order("completed"))
        let client = makeClient(transport, clock: clock)
        var last: Snapshot<Order>?
        for await snapshot in client.follow("9") { last = snapshot }
        #expect(last?.value?.status == .completed)
        #expect(clock.sleeps == [1, 2, 4, 8, 16, 32, 60, 60, 60])
        transport.verify()
    }

    @Test func `its end makes the customer's lists stale`() async throws {
        transport.expect("GET /orders?customerId=7*", .ok(page([], total: 0)), .ok(page([], total: 0)))
        transport.expect("GET /subscriptions?customerId=7*", .ok(page([], total: 0)), .ok(page([], total: 0)))
        transport.expect("GET /orders/9", order("error"))
        let client = makeClient(transport, clock: clock)
        for round in 1...2 {
            _ = try await client.orderLists.value(for: OrderQuery(customer: "7"))
            _ = try await client.subscriptionLists.value(for: SubscriptionQuery(customer: "7"))
            if round == 1 { for await _ in client.follow("9") {} }
        }
        transport.verify()
    }

    @Test func `an order that does not end within a day is given up`() async {
        let clock = clock
        // Half a day passes with each look.
        let transport = StubTransport { line in if line == "GET /orders/9" { clock.advance(seconds: 43_200) } }
        transport.expect("GET /orders/9", order("processing"), order("processing"))
        transport.expect("POST /token", .ok(Examples.token))
        let client = makeClient(transport, clock: clock)
        var last: Snapshot<Order>?
        for await snapshot in client.follow("9") { last = snapshot }
        #expect(last?.value?.status == .processing)
        transport.verify()
    }

    @Test func `a failing read is reported and tried again`() async {
        transport.expect("GET /orders/9", .answer(404, Examples.notFound), order("completed"))
        let client = makeClient(transport, clock: clock)
        var last: Snapshot<Order>?
        for await snapshot in client.follow("9") { last = snapshot }
        #expect(last?.value?.status == .completed)
        #expect(last?.failure == nil)
    }

    @Test func `a failure that waiting cannot resolve ends it`() async {
        transport.expect("POST /token", .answer(401, Examples.tokenRefused))
        let client = Client(profile: .test(), transport: transport, clock: clock)
        var last: Snapshot<Order>?
        for await snapshot in client.follow("9") { last = snapshot }
        #expect(last?.failure == .wrongPassword(status: 401))
    }

    @Test func `a read that a person stops ends nothing, and is made again after the longest pause`() async {
        let gate = Gate()
        transport.expect("GET /orders/9", .after(gate, order("processing")), order("completed"))
        let client = makeClient(transport, clock: clock)
        let following = Task {
            var seen: [Snapshot<Order>] = []
            for await snapshot in client.follow("9") { seen.append(snapshot) }
            return seen
        }
        await gate.isReached()
        client.orders.stopReading("9")
        let seen = await following.value
        #expect(seen.last?.value?.status == .completed)
        #expect(clock.sleeps == [60])
    }

    @Test func `who leaves stops the reading`() async {
        let gate = Gate()
        transport.expect("GET /orders/9", .after(gate, order("processing")))
        let client = makeClient(transport, clock: clock)
        let reader = Task { for await _ in client.follow("9") {} }
        await gate.isReached()
        reader.cancel()
        await reader.value
        #expect(transport.lines == ["GET /orders/9"])
    }

    @Test func `others who watch the order see it move`() async {
        let gate = Gate()
        transport.expect("GET /orders/9", order("submitted"), .after(gate, order("completed")))
        let client = makeClient(transport, clock: clock)
        var watched = client.orders.snapshots(for: "9").makeAsyncIterator()
        while let snapshot = await watched.next(), snapshot.isLoading {}
        let following = Task { for await _ in client.follow("9") {} }
        await gate.isReached()
        gate.open()
        await following.value
        var status: OrderStatus?
        while status != .completed, let snapshot = await watched.next() { status = snapshot.value?.status }
        #expect(status == .completed)
    }
}

/// A subscription, as one that a person watches.
@Suite(.timeLimit(.minutes(30))) struct `A row that is watched` {
    private let transport = StubTransport()
    private let clock = ManualClock()

    private func subscription(_ status: String) -> StubTransport.Reply {
        .ok(#"{"id":"9","customerId":"7","status":"\#(status)"}"#)
    }

    @Test func `is read at once and every five minutes, also after a failure`() async {
        transport.expect(
            "GET /subscriptions/9", subscription("active"), .answer(404, Examples.notFound), subscription("hold"),
            .answer(403, Examples.forbidden), .answer(403, Examples.forbidden))
        let client = makeClient(transport, clock: clock)
        // Refused with a new token too, it is refused for good.
        transport.expect("POST /token", .ok(Examples.token))
        var last: Snapshot<SubscriptionDetail>?
        for await snapshot in client.follow("9", in: client.subscriptions) {
            last = snapshot
            if clock.sleeps.count > 3 { break }
        }
        #expect(last?.value?.subscription.status == .hold)
        #expect(last?.failure != nil)
        #expect(clock.sleeps == [300, 300, 300])
        transport.verify()
    }
}
