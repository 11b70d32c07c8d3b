/// One write of this program as its journal records it: what was intended, and what became of it.
public struct JournalEntry: Hashable, Sendable, Identifiable {
    public typealias ID = Identifier<JournalEntry>

    public enum Outcome: Hashable, Sendable {
        /// On its way just now.
        case sending
        /// `made` is the id of the order, account or subscription, when the marketplace reported it.
        case taken(made: String?)
        /// Surely not taken.
        case refused(reason: String)
        /// Nobody can say yet; it is looked up.
        case unknown(reason: String)

        public var isUnknown: Bool { if case .unknown = self { true } else { false } }

        /// The id of what was made or changed, when the marketplace reported it.
        public var made: String? { if case .taken(let made) = self { made } else { nil } }

        /// Why it was not taken, or why its outcome is unknown.
        public var reason: String? {
            switch self {
            case .refused(let reason), .unknown(let reason): reason
            case .sending, .taken: nil
            }
        }
    }

    /// Who sent a write, as the profile sees it that shows it.
    public enum Sender: Hashable, Sendable {
        /// The profile's user, at its marketplace.
        case own
        /// Another user at the same marketplace.
        case user(String)
        /// Somebody at another address or marketplace; the user where one was written down.
        case elsewhere(place: String, user: String?)
        /// A profile of another name. Older versions wrote no user down.
        case profile(String)

        public var isOwn: Bool { self == .own }
    }

    /// After so many seconds without an answer a write that cannot be found is called not taken, and not before. Orders
    /// take more than a minute and their answers are given up by gateways before (REFERENCE 10.5); nothing says how late
    /// such an order may show, so this is several times what was ever seen.
    public static let secondsToShow = 600.0

    public let id: ID
    /// When it was written down, before it was sent.
    public var at: Instant
    /// When its outcome was written down.
    public var endedAt: Instant?
    public var profile: String
    /// The API user that sent it; nil where an older version did not write it down.
    public var user: String?
    /// What others sent is shown, and nothing else: it is not looked up, counted, or repeated.
    public var sender: Sender
    /// Whether an older version wrote it down, without its user: then it may be another user's, and that it cannot be
    /// found does not say that it was not taken.
    public var isTakenOver: Bool
    /// What it is, as ``WriteIntent/name`` says it.
    public var name: String
    public var customer: Account.ID?
    public var subscription: Subscription.ID?
    public var poNumber: String?
    /// What it changes, one part a line, for people: `units 25 → 28`.
    public var changes: [String]
    public var method: String
    /// Below the base URL, for example `/orders`.
    public var path: String
    /// The body as JSON text with its keys sorted, without secrets.
    public var request: String
    public var outcome: Outcome
    public var correlationID: String?
    /// How the outcome was found afterwards, when the answer did not report it.
    public var settledBy: String?
    /// Common to the rows of one bulk run.
    public var group: String?
    /// The intent that a command kept of its review and sent; each is sent once.
    public var intent: String?
    /// What the person must know although the outcome is known: what is there is not what was asked for, or the outcome
    /// could not be written down.
    public var warning: String?
    /// What was found when what it should have made was compared last; nil before anything was compared.
    public var verification: Verification?
    /// Whether nothing more is compared.
    public var isVerified = false

    public init(
        id: ID, at: Instant, endedAt: Instant? = nil, profile: String, user: String? = nil, sender: Sender = .own,
        isTakenOver: Bool = false,
        name: String, customer: Account.ID? = nil,
        subscription: Subscription.ID? = nil, poNumber: String? = nil, changes: [String] = [], method: String,
        path: String, request: String, outcome: Outcome, correlationID: String? = nil, settledBy: String? = nil,
        group: String? = nil, intent: String? = nil, warning: String? = nil
    ) {
        self.id = id
        self.at = at
        self.endedAt = endedAt
        self.profile = profile
        self.user = user
        self.sender = sender
        self.isTakenOver = isTakenOver
        self.name = name
        self.customer = customer
        self.subscription = subscription
        self.poNumber = poNumber
        self.changes = changes
        self.method = method
        self.path = path
        self.request = request
        self.outcome = outcome
        self.correlationID = correlationID
        self.settledBy = settledBy
        self.group = group
        self.intent = intent
        self.warning = warning
    }

    /// Whether the profile's user sent it and its outcome is unknown.
    public var isUnknown: Bool { sender.isOwn && outcome.isUnknown }
}
