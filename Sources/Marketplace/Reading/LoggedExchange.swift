/// One line of the request log. Holds no secret: neither headers nor bodies, and of a pre-signed address not the
/// query that opens it.
public struct LoggedExchange: Hashable, Sendable, Identifiable {
    public enum Source: Hashable, Sendable {
        /// Answered by the marketplace.
        case live
        /// Served from the cache; nothing was sent.
        case cache
        /// Answered by the marketplace, after so many seconds of waiting for the budget.
        case waited(seconds: Double)

        public var word: String {
            switch self {
            case .live: "live"
            case .cache: "cache"
            case .waited: "waited"
            }
        }
    }

    /// Counts up from 1 over the life of the client.
    public let id: Int
    /// When the request left.
    public var at: Instant
    public var method: String
    /// Below the base URL, with the query: `/orders?customerId=7&offset=0&limit=100`.
    public var path: String
    /// HTTP status; nil when no answer came.
    public var status: Int?
    /// From the first byte sent to the last received.
    public var milliseconds: Double
    /// Of the answer's body.
    public var bytes: Int
    public var source: Source
    public var correlationID: String?
    /// Why there is no answer; nil when there is one.
    public var failure: String?

    public init(
        id: Int, at: Instant, method: String, path: String, status: Int? = nil, milliseconds: Double = 0,
        bytes: Int = 0, source: Source, correlationID: String? = nil, failure: String? = nil
    ) {
        self.id = id
        self.at = at
        self.method = method
        self.path = path
        self.status = status
        self.milliseconds = milliseconds
        self.bytes = bytes
        self.source = source
        self.correlationID = correlationID
        self.failure = failure
    }
}
