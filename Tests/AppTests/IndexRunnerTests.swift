import Marketplace
import MarketplaceClient
import MarketplaceSandbox
import Synchronization
import Testing

@testable import App

@Suite struct `Running the background index` {
    @Test func `it begins after the first screen, goes on after a failure and ends when all is read`() async throws {
        let clock = SkippingClock()
        var configuration = SandboxConfiguration()
        configuration.faults = [try FaultRule(fault: "GET /orders: 503 first 8")]
        let client = client(configuration, clock)
        await IndexRunner(client: client, clock: clock, plan: IndexPlan()).run()
        #expect(client.index.progress.phase == .complete)
        #expect(client.index.progress.rows == 4500)
        #expect(clock.slept.first == 2)
        #expect(clock.slept.contains(60))
    }

    @Test func `switched off it makes no call`() async {
        let clock = SkippingClock()
        let client = client(SandboxConfiguration(), clock)
        await IndexRunner(client: client, clock: clock, plan: .off).run()
        #expect(client.index.progress.phase == .notBegun)
        #expect(client.requestLog.isEmpty)
    }

    @Test func `a wrong password ends it`() async {
        let clock = SkippingClock()
        let client = client(SandboxConfiguration(), clock, password: "wrong")
        await IndexRunner(client: client, clock: clock, plan: IndexPlan()).run()
        #expect(client.index.progress.phase != .complete)
    }

    private func client(
        _ configuration: SandboxConfiguration, _ clock: SkippingClock, password: String = "demo"
    ) -> Client {
        Client(
            profile: Profile(
                name: "test", baseURL: "http://sandbox.invalid/marketplace/us", marketplace: "us", user: "demo.api",
                password: Secret(password), subscriptionKey: Secret(String(repeating: "0", count: 32))),
            transport: SandboxTransport(sandbox: Sandbox(configuration)), clock: clock, pacing: .unlimited)
    }
}

/// A clock whose sleeps are over at once and move it.
private final class SkippingClock: ClientClock {
    private let state = Mutex((now: Instant(secondsSince1970: 1_795_183_452), slept: [Double]()))

    var slept: [Double] { state.withLock { $0.slept } }

    func now() -> Instant { state.withLock { $0.now } }

    func sleep(seconds: Double) async throws(CancellationError) {
        state.withLock { state in
            state.now = state.now.adding(seconds: seconds)
            state.slept.append(seconds)
        }
        await Task.yield()
    }
}
