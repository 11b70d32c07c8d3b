import Marketplace

/// A moment by a clock that never steps: for what the dashboard itself measures. ``Model/now`` is the time of day, which
/// somebody may set; a time of day that is kept and subtracted later is wrong by that.
struct Moment: Hashable, Comparable, Sendable {
    /// In the steady time of the session.
    fileprivate let steady: Instant

    func seconds(since other: Moment) -> Double { steady.seconds(since: other.steady) }
    func adding(seconds: Double) -> Moment { Moment(steady: steady.adding(seconds: seconds)) }

    static func < (left: Self, right: Self) -> Bool { left.steady < right.steady }
}

/// How the clocks are to each other.
public struct ClockOffsets: Equatable, Sendable {
    /// Seconds by which the time of day has stepped ahead since the session began.
    public var step: Double
    /// Seconds by which the marketplace's clock is ahead of the time of day, as far as that is known.
    public var marketplaceAhead: Double

    public init(step: Double = 0, marketplaceAhead: Double = 0) {
        self.step = step
        self.marketplaceAhead = marketplaceAhead
    }
}

extension ClockOffsets {
    /// The moment of a time of day as the clock has it now.
    func moment(of time: Instant) -> Moment { Moment(steady: time.adding(seconds: -step)) }
}

extension Model {
    /// Now, to measure from.
    var moment: Moment { moment(of: now) }

    /// The moment of a time of day as the clock has it now.
    func moment(of time: Instant) -> Moment { offsets.moment(of: time) }

    /// The moment as the clock has it now, for people.
    func timeOfDay(_ moment: Moment) -> Instant { moment.steady.adding(seconds: offsets.step) }

    /// Now by the marketplace's clock, for the ages of what bears its times.
    var marketplaceNow: Instant { now.adding(seconds: offsets.marketplaceAhead) }
}
