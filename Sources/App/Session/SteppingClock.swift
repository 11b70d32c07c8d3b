import Dashboard
import Marketplace
import MarketplaceClient

/// The time as the dashboard receives it. When the time of day steps, or the marketplace's clock turns out to be elsewhere,
/// the dashboard receives the offset, and the client publishes its times anew.
struct SteppingClock {
    /// Nil where there is no marketplace yet.
    private let client: Client?
    private let clock: any ClientClock
    private var offsets = ClockOffsets()
    private(set) var now: Instant

    /// A smaller change of how far the marketplace's clock is ahead, in seconds, is the time that its answer took.
    private static let leastDifference = 3.0

    init(client: Client?, clock: any ClientClock) {
        self.client = client
        self.clock = clock
        now = clock.now()
    }

    /// - Returns: the event for the dashboard.
    mutating func pass() -> Event {
        let step = clock.step
        // Not by the time of day itself, which is a part of a second off: the client's moments are compared with it.
        now = clock.steady().adding(seconds: step)
        let ahead = client?.secondsAhead ?? 0
        let hasStepped = step != offsets.step
        guard hasStepped || abs(ahead - offsets.marketplaceAhead) >= Self.leastDifference else { return .time(now) }
        offsets = ClockOffsets(step: step, marketplaceAhead: ahead)
        if hasStepped { client?.publishTimesAgain() }
        return .clocks(offsets, now: now)
    }
}
