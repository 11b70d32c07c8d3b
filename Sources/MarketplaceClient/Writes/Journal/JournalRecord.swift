import Marketplace

/// One line of the journal. The intent, its outcome and what was found out about it later are records with the same
/// `id`; an intent without an outcome is unsettled. Holds no secret.
public struct JournalRecord: Hashable, Sendable {
    public enum Event: Hashable, Sendable {
        case intended(Intent)
        case ended(Outcome)
        /// What was asked for was compared with what then was there.
        case checked(Verification)
        /// What a person must know besides, such as a second order like this one; whole sentences.
        case noticed(String)
        /// A whole line of the journal's file that cannot be read as it was written.
        case damaged(DamagedLine)
    }

    /// What was about to be sent.
    public struct Intent: Hashable, Sendable {
        public var profile: String
        /// The address and code of the marketplace it is sent to; nil in lines of older versions.
        public var place: String?
        /// The API user that sends it; nil in lines of older versions.
        public var user: String?
        /// Whether it was taken over from the file of an older version, which did not write the user down: then somebody
        /// else may have sent it.
        public var isTakenOver: Bool
        /// `POST` or `PATCH`.
        public var method: String
        /// Below the base URL, for example `/orders`.
        public var path: String
        /// As ``Marketplace/WriteIntent/name`` says it; nil in lines of older versions.
        public var name: String?
        public var customer: Account.ID?
        public var subscription: Subscription.ID?
        public var poNumber: String?
        /// The body as JSON text with its keys sorted.
        public var request: String
        /// What it changes, one part a line, for people.
        public var changes: [String]
        /// Common to the rows of one bulk run.
        public var group: String?
        /// Ids of the orders, or accounts of the same name, that were there before it was sent, so that none of them is
        /// taken for what it made; nil when they were not read.
        public var existing: [String]?
        /// The day on which the subscription ended before, where the order is to move it.
        public var endedOn: CalendarDate?
        /// The intent that a command kept of its review; it is sent once.
        public var intentID: String?

        public init(
            profile: String, place: String? = nil, user: String? = nil, isTakenOver: Bool = false, method: String,
            path: String, name: String? = nil, customer: Account.ID? = nil,
            subscription: Subscription.ID? = nil, poNumber: String? = nil, request: String, changes: [String] = [],
            group: String? = nil, existing: [String]? = nil, endedOn: CalendarDate? = nil,
            intentID: String? = nil
        ) {
            self.profile = profile
            self.place = place
            self.user = user
            self.isTakenOver = isTakenOver
            self.method = method
            self.path = path
            self.name = name
            self.customer = customer
            self.subscription = subscription
            self.poNumber = poNumber
            self.request = request
            self.changes = changes
            self.group = group
            self.existing = existing
            self.endedOn = endedOn
            self.intentID = intentID
        }
    }

    public enum Outcome: Hashable, Sendable {
        /// The marketplace took it; `id` is what it made, when it said so.
        case taken(id: String?)
        /// Surely not taken.
        case refused(reason: String)
        /// It may or may not have been taken.
        case unknown(reason: String)
    }

    public var id: String
    public var at: Instant
    public var event: Event
    /// Of the answer that reported the outcome.
    public var correlationID: String?
    /// How the outcome was found, when no answer reported it.
    public var settledBy: String?
    /// Seconds by which the marketplace's clock was ahead of this computer's; nil when that was not known.
    public var secondsAhead: Double?
    /// Of an unknown outcome: whether the marketplace answered about this very write, which had not come about yet.
    public var isAccepted = false

    public init(
        id: String, at: Instant, event: Event, correlationID: String? = nil, settledBy: String? = nil,
        secondsAhead: Double? = nil, isAccepted: Bool = false
    ) {
        self.id = id
        self.at = at
        self.event = event
        self.correlationID = correlationID
        self.settledBy = settledBy
        self.secondsAhead = secondsAhead
        self.isAccepted = isAccepted
    }

    /// Seconds from this record until `now`, by the marketplace's clock, which must have been read both times: this computer's
    /// may have been set since. Nil where it was not known, for then nothing says how long ago that is.
    /// - Parameter secondsAheadNow: As ``secondsAhead``, now.
    func age(at now: Instant, secondsAheadNow: Double?) -> Double? {
        guard let secondsAhead, let secondsAheadNow else { return nil }
        return now.seconds(since: at) + secondsAheadNow - secondsAhead
    }
}
