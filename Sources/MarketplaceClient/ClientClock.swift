import FoundationEssentials
import Glibc
import Marketplace

/// The time, as the client needs it. Tests move a clock of their own, so that none of them sleeps.
public protocol ClientClock: Sendable {
    /// The time of day, for people, for the journal and beside times of the marketplace. It may step: somebody sets
    /// it, or the network corrects it.
    func now() -> Instant
    /// A time that passes evenly and never steps, also while the computer sleeps: for ages, waits and ends of life.
    /// It agrees with `now()` until that steps for the first time; ``wall(_:)`` converts it to the time of day.
    func steady() -> Instant
    /// Whether this is the time in which a person waits, so that silence is measured in it.
    var isReal: Bool { get }
    func sleep(seconds: Double) async throws(CancellationError)
    /// A number from 0 up to 1, which spreads the retries of many callers.
    func jitter() -> Double
}

extension ClientClock {
    public func steady() -> Instant { now() }
    public var isReal: Bool { false }

    /// Seconds by which the time of day is ahead of the steady time: what it has stepped by. In whole seconds, so that
    /// two readings of the clocks make no difference.
    public var step: Double { now().seconds(since: steady()).rounded() }

    /// A moment of the steady time, as the time of day has it now.
    public func wall(_ moment: Instant) -> Instant {
        let step = step
        return step == 0 ? moment : moment.adding(seconds: step)
    }

    public func jitter() -> Double { Double.random(in: 0..<1) }
}

/// The time of this computer.
public struct SystemClock: ClientClock {
    /// Both clocks, read together once.
    private static let start = (wall: Date().timeIntervalSince1970, sinceBoot: secondsSinceBoot())

    public init() {}

    public var isReal: Bool { true }

    /// The seconds since the computer started, those in which it slept included.
    private static func secondsSinceBoot() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_BOOTTIME, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    public func steady() -> Instant {
        let start = Self.start
        return Instant(secondsSince1970: start.wall + Self.secondsSinceBoot() - start.sinceBoot)
    }

    public func now() -> Instant { Instant(secondsSince1970: Date().timeIntervalSince1970) }

    public func sleep(seconds: Double) async throws(CancellationError) {
        do {
            try await Task.sleep(for: .seconds(max(0, seconds)))
        } catch {
            throw CancellationError()
        }
    }
}
