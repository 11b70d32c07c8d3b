import Marketplace
import Synchronization

/// How far the marketplace's clock is from this computer's, by the `Date` header of its answers (RFC 9110, 6.6.1).
///
/// The difference is in seconds, positive where the marketplace's clock is ahead, and nil until an answer has said
/// something. Answers out of some cache on the way (`Age`) say nothing of now.
final class ServerClock: Sendable {
    /// Dates are whole seconds, and an answer takes its time: below this many seconds the clocks agree.
    private static let resolution = 5.0

    /// Seconds from when the last request left, and from when its answer was there, to the date in the answer. Both are
    /// of the steady time, so that they hold when the time of day steps.
    private let distance = Mutex<(early: Double, late: Double)?>(nil)

    /// - Parameter step: Seconds by which the time of day is ahead of the steady time.
    func secondsAhead(step: Double) -> Double? {
        guard let (early, late) = distance.withLock({ $0 }) else { return nil }
        // The date lies between the two, as far as both clocks agree.
        return early - step < -Self.resolution
            ? early - step : late - step > Self.resolution ? late - step : 0
    }

    /// - Parameters:
    ///   - sent: When the request left, in steady time.
    ///   - received: When its answer was there, in steady time.
    func note(_ answer: Answer, sent: Instant, received: Instant) {
        guard let date = answer.date, answer.fields[.age] == nil else { return }
        distance.withLock { $0 = (date.seconds(since: sent), date.seconds(since: received)) }
    }
}
