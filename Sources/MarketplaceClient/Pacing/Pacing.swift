/// How many calls a client may make (REFERENCE 14). What the marketplace itself refuses is waited for in any case.
public struct Pacing: Hashable, Sendable {
    /// Calls in any minute; all of them may leave at once after a quiet minute. Nil: no limit.
    public var perMinute: Int?
    /// Calls of a day after which nothing is read ahead any more; what a person asks for is sent until the marketplace
    /// refuses it. Nil: no limit.
    public var perDay: Int?
    /// Calls whose answer is awaited at the same time; those that wait keep their order. Nil: no limit.
    public var atOnce: Int?

    public init(perMinute: Int?, perDay: Int?, atOnce: Int? = 8) {
        self.perMinute = perMinute.map { max(1, $0) }
        self.perDay = perDay.map { max(1, $0) }
        self.atOnce = atOnce.map { max(1, $0) }
    }

    /// What providers are recommended to allow: 60 calls a minute and 5,000 a day.
    public static let standard = Pacing(perMinute: 60, perDay: 5000)
    /// For the embedded marketplace.
    public static let unlimited = Pacing(perMinute: nil, perDay: nil, atOnce: nil)
}
