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

    @Test(arguments: steps) func `the age of what is known stays right in words`(step: Double) async throws {
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

    @Test func `the clock of the computer keeps two times that agree`() {
        let clock = SystemClock()
        #expect(abs(clock.now().seconds(since: clock.steady())) < 5)
        #expect(clock.steady() <= clock.steady())
    }
}
