/// How urgent a call is. Calls of a higher priority leave first, and a part of the budget is kept for them.
public enum CallPriority: Int, Hashable, Comparable, Sendable, CaseIterable {
    /// For the index of everything, read in the background.
    case index
    /// For what the person is likely to open next.
    case likelyNext
    /// For what is on screen, or what a command waits for.
    case onScreen
    /// A change, and the sign-in without which nothing else can be asked.
    case write

    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    public var word: String {
        switch self {
        case .index: "index"
        case .likelyNext: "likely next"
        case .onScreen: "on screen"
        case .write: "write"
        }
    }
}

/// What a call waits for before it leaves.
public struct Waiting: Hashable, Sendable {
    public enum Reason: Hashable, Sendable {
        /// The marketplace said that there were too many calls (429).
        case rateLimit
        /// The marketplace said that the day's calls are used up (403).
        case dailyQuota
        /// This program keeps to the calls it may make in a minute.
        case pace
        /// The call failed, for the cause that is said, and is made again.
        case retry(after: String)
        /// The call was sent at ``Waiting/until``, and no answer came yet.
        case silence
    }

    /// When the call is expected to leave; others that are more urgent may delay it.
    public var until: Instant
    public var reason: Reason

    public init(until: Instant, reason: Reason) {
        self.until = until
        self.reason = reason
    }

    /// `waiting 12 s for the marketplace's limit`.
    public func words(now: Instant) -> String {
        let time = spokenDuration(seconds: until.seconds(since: now).rounded(.up))
        return switch reason {
        case .rateLimit: "waiting \(time) for the marketplace's limit"
        case .dailyQuota: "waiting \(time) for the marketplace's daily limit"
        case .pace: "waiting \(time) to keep within the calls a minute"
        case .retry(let cause): "\(cause); trying again in \(time)"
        case .silence: "no answer for \(spokenDuration(seconds: now.seconds(since: until))). Esc stops waiting"
        }
    }
}
