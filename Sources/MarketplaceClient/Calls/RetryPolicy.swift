import Marketplace

/// The retry policy for calls that change nothing: how often, and after which back-off, they are made again (REFERENCE 13).
///
/// It is repeated after a rate limit, a failing gateway or a broken connection, up to six tries in all; an internal error
/// or a time-out is tried once more. What becomes of a change is the write gate's: see ``Sending``.
struct RetryPolicy {
    private static let mostTries = 6

    private let clock: any ClientClock
    private var tries = 1
    private var hasTriedOnceMore = false

    init(clock: any ClientClock) { self.clock = clock }

    /// Seconds until the next try.
    /// - Throws: `error` when there is none, or when it is so far that a person should know at once.
    mutating func delay(
        after error: MarketplaceError, retryAfter: Double?
    ) throws(MarketplaceError) -> Double {
        guard mayRepeat(after: error), tries < Self.mostTries, (retryAfter ?? 0) <= SlidingWindow.longestWait else {
            throw error
        }
        let delay = pause(retryAfter: retryAfter)
        tries += 1
        return delay
    }

    /// Exponential back-off with jitter: seconds for which to leave the marketplace alone, what it asked for or twice the
    /// last pause.
    func pause(retryAfter: Double?) -> Double {
        let backOff = min(60, Double(1 << (tries - 1)))
        return retryAfter.map { $0 + clock.jitter() } ?? backOff * (1 + clock.jitter()) / 2
    }

    private mutating func mayRepeat(after error: MarketplaceError) -> Bool {
        switch error {
        case .rateLimited: return true
        case .unreachable, .serverFailed(status: 502...504, _, _): return true
        case .timedOut, .serverFailed(status: 500, _, _):
            defer { hasTriedOnceMore = true }
            return !hasTriedOnceMore
        default: return false
        }
    }
}
