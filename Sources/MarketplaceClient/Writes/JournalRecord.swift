import Marketplace

/// One line of the journal. The intent and its outcome are two records with the same `id`; an intent without an
/// outcome is unsettled. Holds no secret.
public struct JournalRecord: Hashable, Sendable {
    public enum Event: Hashable, Sendable {
        case intended(Intent)
        case ended(Outcome)
    }

    /// What was about to be sent.
    public struct Intent: Hashable, Sendable {
        public var profile: String
        /// `POST` or `PATCH`.
        public var method: String
        /// Below the base URL, for example `/orders`.
        public var path: String
        public var customer: Account.ID?
        public var poNumber: String?
        /// The body as JSON text with its keys sorted.
        public var request: String

        public init(
            profile: String, method: String, path: String, customer: Account.ID? = nil, poNumber: String? = nil,
            request: String
        ) {
            self.profile = profile
            self.method = method
            self.path = path
            self.customer = customer
            self.poNumber = poNumber
            self.request = request
        }
    }

    public enum Outcome: Hashable, Sendable {
        /// The marketplace took it; `id` is what it made, when it said so.
        case taken(id: String?)
        /// Surely not taken.
        case refused(reason: String)
        /// It may or may not have been taken.
        case unknown(reason: String, correlationID: String?)
    }

    public var id: String
    public var at: Instant
    public var event: Event

    public init(id: String, at: Instant, event: Event) {
        self.id = id
        self.at = at
        self.event = event
    }
}
