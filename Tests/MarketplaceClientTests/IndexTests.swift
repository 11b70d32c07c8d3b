import Marketplace
import MarketplaceClient
import Testing

@Suite(.timeLimit(.minutes(30))) struct IndexTests {
    private let clock = ManualClock()

    @Test func `a list of 50,000 rows costs 100 calls, and no minute more than its share`() async throws {
        let world = IndexWorld(subscriptions: 50_000, orders: 0, clock: clock)
        let client = Client(profile: .test(), transport: world, clock: clock)
        try await client.index.run(share: 1.0 / 3)
        #expect(world.count("GET /subscriptions") == 100)
        #expect(world.count("GET /orders") == 1)
        #expect(world.mostInAMinute <= 20)
        let progress = client.index.progress
        #expect(progress.phase == .complete && !progress.isRunning)
        #expect(progress.rows == 50_000 && progress.calls == 101 && progress.callsLeft == 0)
        // What the index read is what panes see: nothing more is asked.
        let listing = try await client.subscriptionLists.value(for: SubscriptionQuery())
        #expect(listing.rows.count == 50_000 && listing.isComplete)
        #expect(world.count("GET") == 101)
    }

    @Test func `with pacing off it takes no time`() async throws {
        let world = IndexWorld(subscriptions: 2000, orders: 700, clock: clock)
        let client = Client(profile: .test(), transport: world, clock: clock, pacing: .unlimited)
        try await client.index.run()
        #expect(clock.sleeps.isEmpty)
        #expect(world.count("GET") == 6)
    }

    @Test func `5,000 subscriptions with details are planned, shown, stopped and resumed`() async throws {
        let world = IndexWorld(subscriptions: 5000, orders: 0, clock: clock)
        let client = Client(profile: .test(), transport: world, clock: clock)
        world.fail(atCall: 300)
        let error = await failure { () async throws(MarketplaceError) in
            try await client.index.run(share: 0.5, details: true)
        }
        #expect(error == .rejected(message: "", status: 400, correlationID: nil))
        let stopped = client.index.progress
        #expect(stopped.phase == .details && !stopped.isRunning && stopped.failure == error)
        #expect(stopped.of == 5000)
        #expect(stopped.rows + (stopped.callsLeft ?? 0) == 5000)
        // 30 a minute would do in under three hours, but half of a day's calls are not enough: it takes a second day.
        #expect(try #require(stopped.secondsLeft) >= 86_400)

        try await client.index.run(share: 0.5, details: true)
        #expect(client.index.progress.phase == .complete)
        #expect(world.details.count == 5000)
        // Sign-in renewals apart: 10 pages, 1 for orders, 5,000 details, and the one that failed.
        #expect(world.count("GET") == 5012)
        #expect(world.mostInAMinute <= 31)
    }

    @Test func `what renews soon is read first, then the customers with most subscriptions`() async throws {
        let world = IndexWorld(subscriptions: 1500, orders: 0, clock: clock)
        // A hundred renew within the next 60 days, the others later; some customers hold many and others few.
        let today = clock.now().utcDate
        world.describe { number in
            let customer = Int(Double(number % 100 * (number % 97)).squareRoot())
            let days = number % 15 == 0 ? number / 15 % 60 : 100 + number % 200
            return #""customerId":"\#(customer)","renewalDate":"\#(today.adding(days: days))","#
                + #""status":"active","renewalStatus":true"#
        }
        let client = Client(
            profile: .test(), transport: world, clock: clock, pacing: Pacing(perMinute: 60, perDay: nil))
        let rows = try await client.subscriptionLists.value(for: SubscriptionQuery()).rows
        let week = Set(rows.filter { ($0.renews ?? today) <= today.adding(days: 7) }.map(\.id.rawValue))
        let month = Set(rows.filter { ($0.renews ?? today) <= today.adding(days: 30) }.map(\.id.rawValue))
        #expect(week.count == 15 && month.count == 61)
        let began = clock.now()
        try await client.index.run(share: 1.0 / 3, details: true)
        let read = world.detailsInOrder
        #expect(Set(read.prefix(week.count).map(\.id)) == week)
        #expect(Set(read.prefix(month.count).map(\.id)) == month)
        // 20 calls a minute, the pages of both lists among them: this week within two minutes, all money in 76.
        let weekRead = read[week.count - 1].at.seconds(since: began) / 60
        let allRead = try #require(read.last).at.seconds(since: began) / 60
        #expect(weekRead <= 2)
        #expect((74...77).contains(allRead), "\(weekRead) and \(allRead)")
        // The largest customers come whole, one after the other.
        let owner = Dictionary(uniqueKeysWithValues: rows.map { ($0.id.rawValue, $0.customer.rawValue) })
        let held = Dictionary(grouping: rows, by: \.customer.rawValue).mapValues(\.count)
        let sizes = read.dropFirst(month.count).map { held[owner[$0.id] ?? ""] ?? 0 }
        #expect(sizes == sizes.sorted(by: >))
    }

    @Test func `a detail is read again when the list says that it was changed since`() async throws {
        let world = IndexWorld(subscriptions: 3, orders: 0, clock: clock)
        let today = clock.now().utcDate
        world.describe { number in #""status":"active","lastModifiedDate":"\#(today.adding(days: -number))""# }
        let client = Client(profile: .test(), transport: world, clock: clock, pacing: .unlimited)
        try await client.index.run(details: true)
        #expect(world.detailsInOrder.count == 3)
        // Days later, when all of it is old, and one was changed.
        clock.advance(seconds: 5 * 86_400)
        world.describe { number in
            let day = number == 2 ? today.adding(days: 4) : today.adding(days: -number)
            return #""status":"active","lastModifiedDate":"\#(day)""#
        }
        try await client.index.run(details: true)
        #expect(world.detailsInOrder.dropFirst(3).map(\.id) == ["2"])
    }

    @Test func `it goes on where it was cancelled`() async throws {
        let world = IndexWorld(subscriptions: 3000, orders: 1000, clock: clock)
        let client = Client(profile: .test(), transport: world, clock: clock, pacing: .unlimited)
        let gate = Gate()
        world.hold(atCall: 4, gate)
        let run = Task { await failure { () async throws(MarketplaceError) in try await client.index.run() } }
        await gate.isReached()
        #expect(client.index.progress.rows == 1500)
        run.cancel()
        #expect(await run.value == .cancelled)
        #expect(client.index.progress.failure == nil)
        try await client.index.run()
        #expect(client.index.progress.rows == 4000)
        #expect(world.count("GET /subscriptions?offset=0") == 1)
        #expect(world.count("GET") == 9)
    }

    @Test func `rows that arrive while it was stopped are fetched too, at one more call`() async throws {
        let world = IndexWorld(subscriptions: 2000, orders: 0, clock: clock)
        let client = Client(profile: .test(), transport: world, clock: clock, pacing: .unlimited)
        world.fail(atCall: 3)
        _ = await failure { () async throws(MarketplaceError) in try await client.index.run() }
        world.grow(by: 3)
        try await client.index.run()
        let listing = try await client.subscriptionLists.value(for: SubscriptionQuery())
        #expect(listing.rows.count == 2003)
        #expect(Set(listing.rows.map(\.id)).count == 2003)
        #expect(listing.isComplete)
        #expect(world.count("GET /subscriptions") == 6 + 1)
    }

    @Test func `what is on screen leaves before the index`() async throws {
        let world = IndexWorld(subscriptions: 20_000, orders: 0, clock: clock)
        let client = Client(
            profile: .test(), transport: world, clock: clock, pacing: Pacing(perMinute: 8, perDay: nil))
        let gate = Gate()
        world.hold(atCall: 3, gate)
        let run = Task { try? await client.index.run(share: 1) }
        await gate.isReached()
        _ = try await client.subscriptions.value(for: "10")
        #expect(world.lines.last?.hasPrefix("GET /subscriptions/10") == true)
        gate.open()
        _ = await run.value
        #expect(client.index.progress.phase == .complete)
    }

    @Test func `a write meanwhile keeps the index's list from counting as fresh`() async throws {
        let world = IndexWorld(subscriptions: 1500, orders: 0, clock: clock)
        let client = Client(profile: .test(), transport: world, clock: clock, pacing: .unlimited)
        let gate = Gate()
        world.hold(atCall: 2, gate)
        let run = Task { try? await client.index.run() }
        await gate.isReached()
        clock.advance(seconds: 1)
        let changed = Subscription(id: "10", name: "", customer: "7", status: .active)
        _ = await failure { () async throws(MarketplaceError) in
            try await client.change(changed, to: SubscriptionChanges(autoRenews: false))
        }
        gate.open()
        _ = await run.value
        let before = world.count("GET /subscriptions?")
        _ = try await client.subscriptionLists.value(for: SubscriptionQuery())
        #expect(world.count("GET /subscriptions?") > before)
    }

    @Test func `its progress is reported as it comes`() async throws {
        let world = IndexWorld(subscriptions: 1000, orders: 10, clock: clock)
        let client = Client(profile: .test(), transport: world, clock: clock, pacing: .unlimited)
        let gate = Gate()
        world.hold(atCall: 2, gate)
        var told = client.index.progresses().makeAsyncIterator()
        #expect(await told.next() == IndexProgress())
        let run = Task { try? await client.index.run() }
        await gate.isReached()
        var last: IndexProgress?
        while last?.rows != 500, let progress = await told.next() { last = progress }
        #expect(
            last == IndexProgress(phase: .subscriptions, isRunning: true, rows: 500, of: 1000, calls: 1, callsLeft: 1))
        gate.open()
        while last?.phase != .complete || last?.isRunning == true, let progress = await told.next() { last = progress }
        #expect(last?.calls == 3)
        _ = await run.value
    }
}
