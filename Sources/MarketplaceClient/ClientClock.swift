import FoundationEssentials
import Marketplace

/// The time, as the client needs it. Tests move a clock of their own, so that none of them sleeps.
public protocol ClientClock: Sendable {
    func now() -> Instant
    func sleep(seconds: Double) async throws(CancellationError)
    /// A number from 0 up to 1, which spreads the retries of many callers.
    func jitter() -> Double
}

extension ClientClock {
    public func jitter() -> Double { Double.random(in: 0..<1) }
}

/// The time of this computer.
public struct SystemClock: ClientClock {
    public init() {}

    public func now() -> Instant { Instant(secondsSince1970: Date().timeIntervalSince1970) }

    public func sleep(seconds: Double) async throws(CancellationError) {
        do {
            try await Task.sleep(for: .seconds(max(0, seconds)))
        } catch {
            throw CancellationError()
        }
    }
}
