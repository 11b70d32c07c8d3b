import Marketplace
import Synchronization

/// How far the marketplace's clock is from this computer's, by the `Date` header of its answers (RFC 9110, 6.6.1).
///
/// The difference is in seconds, positive where the marketplace's clock is ahead, and nil until an answer has said
/// something. Answers out of some cache on the way (`Age`) say nothing of now.
final class ServerClock: Sendable {
    /// Dates are whole seconds, and an answer takes its time: below this many seconds the clocks agree.
    private static let resolution = 5.0

    private let skew = Mutex<Double?>(nil)

    var secondsAhead: Double? { skew.withLock { $0 } }

    /// - Parameters:
    ///   - sent: When the request left, by this computer's clock.
    ///   - received: When its answer was there.
    func note(_ answer: Answer, sent: Instant, received: Instant) {
        guard let date = answer.date, answer.fields[.age] == nil else { return }
        let early = date.seconds(since: sent)
        let late = date.seconds(since: received)
        // The date lies between the two, as far as both clocks agree.
        let difference = early < -Self.resolution ? early : late > Self.resolution ? late : 0
        skew.withLock { $0 = difference }
    }
}
