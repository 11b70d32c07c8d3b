import Marketplace
import MarketplaceClient
import MarketplaceSandbox
import Synchronization
import Testing

@testable import App

@Suite struct `Running the background index` {
    @Test func `it begins after the first screen, goes on after a failure and reads the lists again and again`()
        async throws
    {
        // The last wait is cut by a pause.
        let clock = SkippingClock(passes: 3)
        var configuration = SandboxConfiguration()
        configuration.faults = [try FaultRule(fault: "GET /orders: 503 first 8")]
        let client = client(configuration, clock)
        let task = Task { await IndexRunner(client: client, clock: clock, plan: IndexPlan()).run() }
        await clock.isHeld()
        #expect(client.index.progress.phase == .complete && !client.index.progress.isRunning)
        task.cancel()
        await task.value
        #expect(client.index.progress.rows == 4500)
        #expect(clock.slept.first == 2)
        #expect(clock.slept.contains(60))
        #expect(clock.slept.count { $0 > 600 } == 3)
        let pages = client.requestLog.count { $0.path.contains("/subscriptions?") }
        #expect(pages == 3 * 3)
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

/// A clock whose sleeps are over at once and move it; of those between two passes the last one is never over.
private final class SkippingClock: ClientClock {
    private let state = Mutex((now: Instant(secondsSince1970: 1_795_183_452), slept: [Double]()))
    private let passes: Int
    private let held = AsyncStream<Void>.makeStream()

    init(passes: Int = 1) { self.passes = passes }

    var slept: [Double] { state.withLock { $0.slept } }

    /// Waits until the last sleep has begun.
    func isHeld() async { for await _ in held.stream { return } }

    func now() -> Instant { state.withLock { $0.now } }

    func sleep(seconds: Double) async throws(CancellationError) {
        let isLast = state.withLock { state in
            state.slept.append(seconds)
            if state.slept.count(where: { $0 > 600 }) >= passes { return true }
            state.now = state.now.adding(seconds: seconds)
            return false
        }
        guard isLast else { return await Task.yield() }
        held.continuation.yield()
        let never = AsyncStream<Void>.makeStream()
        for await _ in never.stream {}
        throw CancellationError()
    }
}
