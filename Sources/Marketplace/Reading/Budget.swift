/// The calls that may be made at the marketplace, and what waits for them (REFERENCE 14). All counts are of this
/// program alone: other programs that use the same subscription key show only by the marketplace's refusals.
public struct Budget: Hashable, Sendable {
    /// Calls in a minute that are made now; lower than agreed after the marketplace said "too many". Nil: no limit.
    public var perMinute: Int?
    /// Calls that may leave at once; nil without a limit.
    public var left: Int?
    /// When the whole minute's calls are there again; nil when they are.
    public var refillsAt: Instant?
    /// Calls that wait, by priority; a priority for which nothing waits is left out.
    public var waiting: [CallPriority: Int]
    /// Calls sent whose answer has not come.
    public var inFlight: Int
    /// Until when nothing is sent because the marketplace asked for it, and why.
    public var paused: Waiting?
    /// Calls that this program has sent since it began.
    public var sent: Int
    /// Calls made since the day began, for this program the moment of its first call or of the last refill; those of other
    /// programs of this machine with the same key are among them.
    public var usedToday: Int
    /// Calls of a day; nil without a limit.
    public var perDay: Int?

    public init(
        perMinute: Int? = nil, left: Int? = nil, refillsAt: Instant? = nil, waiting: [CallPriority: Int] = [:],
        inFlight: Int = 0, paused: Waiting? = nil, sent: Int = 0, usedToday: Int = 0, perDay: Int? = nil
    ) {
        self.perMinute = perMinute
        self.left = left
        self.refillsAt = refillsAt
        self.waiting = waiting
        self.inFlight = inFlight
        self.paused = paused
        self.sent = sent
        self.usedToday = usedToday
        self.perDay = perDay
    }

    public var waitingInAll: Int { waiting.values.reduce(0, +) }
}
