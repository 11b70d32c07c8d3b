import Dashboard
import HTTPTypes
import Marketplace
import MarketplaceClient
import Synchronization
import Testing

@testable import App

/// A stopped clock, whose time of day is set by the test.
private final class SetClock: ClientClock {
    private let moment = Mutex((steady: Instant(millisecondsSince1970: 1_900_000_000_400), step: 0.0))

    func now() -> Instant { moment.withLock { $0.steady.adding(seconds: $0.step) } }
    func steady() -> Instant { moment.withLock { $0.steady } }
    func set(ahead seconds: Double) { moment.withLock { $0.step = seconds } }
    func sleep(seconds: Double) async throws(CancellationError) { throw CancellationError() }
}

/// A network that never answers.
private struct SilentTransport: Transport {
    func send(
        _ request: HTTPRequest, body: [UInt8], timeout: Duration
    ) async throws(TransportError) -> (HTTPResponse, [UInt8]) {
        let never = AsyncStream<Void>.makeStream()
        for await _ in never.stream {}
        throw .cancelled
    }
}

private func makeClient(_ transport: some Transport, _ clock: some ClientClock) -> Client {
    Client(
        profile: Profile(
            name: "test", baseURL: "http://test.invalid/marketplace/us", marketplace: "us", user: "test.api",
            password: Secret("p"), subscriptionKey: Secret("k"), isReadOnly: false), transport: transport, clock: clock)
}

@Suite struct `The time that the dashboard receives` {
    @Test func `is the time of day, and a step of it is reported once`() {
        let clock = SetClock()
        var stepping = SteppingClock(client: makeClient(SilentTransport(), clock), clock: clock)
        guard case .time(let first) = stepping.pass() else {
            Issue.record("no step was there")
            return
        }
        #expect(first == clock.now())
        for seconds in [-7200.0, 7200] {
            clock.set(ahead: seconds)
            guard case .clocks(let offsets, let now) = stepping.pass() else {
                Issue.record("the step was not told")
                return
            }
            #expect(offsets == ClockOffsets(step: seconds))
            #expect(now == clock.now())
            guard case .time = stepping.pass() else {
                Issue.record("the step was told twice")
                return
            }
        }
    }

    @Test func `is in whole seconds from the steady time, as the client reports its moments`() {
        let clock = SetClock()
        var stepping = SteppingClock(client: makeClient(SilentTransport(), clock), clock: clock)
        clock.set(ahead: 100.3)
        _ = stepping.pass()
        #expect(stepping.now == clock.wall(clock.steady()))
        #expect(stepping.now.seconds(since: clock.steady()) == 100)
    }
}

@Suite(.timeLimit(.minutes(30))) struct `Questions that a person no longer waits for` {
    @Test func `end as stopped, each with its answer`() async throws {
        let mailbox = try #require(Mailbox())
        let client = makeClient(SilentTransport(), SetClock())
        let questions = Questions(client: client, mailbox: mailbox)
        let order = SalesOrder(
            customer: "1", lines: [.init(product: Product(id: "p", mpn: "A", vendor: "", name: ""), quantity: 2)],
            poNumber: "")
        let price = Task {
            await questions.ask { () async throws(MarketplaceError) in try await client.estimate(order) }
        }
        let verdicts = Task {
            await questions.ask { () async throws(MarketplaceError) in try await client.validate(order) }
        }
        // Both wait for the sign-in, of which there is one.
        for await budget in client.budgets() where budget.inFlight == 1 { break }
        while questions.count < 2 { await Task.yield() }
        questions.stop()
        #expect(await price.value == .failure(.cancelled))
        #expect(await verdicts.value == .failure(.cancelled))
        #expect(questions.count == 0)
    }

    @Test func `say what they wait for, and nothing once they have ended`() async throws {
        let mailbox = try #require(Mailbox())
        let client = makeClient(SilentTransport(), SetClock())
        let questions = Questions(client: client, mailbox: mailbox)
        let waiting = Waiting(until: Instant(millisecondsSince1970: 5), reason: .silence)
        let answer = await questions.ask { () async throws(MarketplaceError) -> Int in
            questions.note(waiting, of: 1)
            return 7
        }
        #expect(answer == .success(7))
        questions.note(waiting, of: 1)
        let waits = mailbox.drain().compactMap { event -> Waiting?? in
            if case .asking(let waiting) = event { .some(waiting) } else { .none }
        }
        #expect(waits == [waiting, nil])
        #expect(mailbox.drain().isEmpty)
    }
}
