/// What is found out about a ``WriteIntent`` before it is sent: its price, the present state of what it acts on, and
/// what speaks against it. Made from fresh answers; changes nothing at the marketplace.
public struct DryRun: Hashable, Codable, Sendable {
    public struct Check: Hashable, Codable, Sendable {
        // What the rule book says of it holds whole orders, which differ from day to day.
        private enum CodingKeys: String, CodingKey { case verdict, text, name }

        public enum Verdict: Hashable, Codable, Sendable {
            case passed
            /// Worth knowing; asks for nothing.
            case note
            /// May be meant, but asks for one more word from the person.
            case warning
            /// It cannot be sent.
            case refused
        }

        public var verdict: Verdict
        /// A sentence without its full stop; a few words when it passed.
        public var text: String
        /// What the rule book says; nil for what the marketplace or the journal reported.
        public var reason: Objection.Reason?
        /// What it is about, for scripts; nil where nothing but its text says so.
        public var name: Name?

        public init(_ verdict: Verdict, _ text: String, _ name: Name? = nil) {
            self.verdict = verdict
            self.text = text
            self.name = name
        }

        public init(_ objection: Objection) {
            verdict =
                switch objection.weight {
                case .refused: .refused
                case .warned: .warning
                case .noted: .note
                }
            text = objection.reason.words
            reason = objection.reason
            name = Name(objection.reason)
        }

        /// ``text`` where the subscription is named beside it, as in its own row.
        public var textInRow: String { reason?.wordsInRow ?? text }
    }

    public var intent: WriteIntent
    /// When the last of its answers came.
    public var at: Instant
    /// Nil where the marketplace estimates nothing.
    public var estimate: Estimate?
    /// The present state of the subscription that the intent acts on.
    public var subscription: SubscriptionDetail?
    /// The present state of the customer, or of the account that is edited.
    public var account: Account?
    /// The present state of the order that shall be withdrawn.
    public var order: Order?
    /// Orders of the last 24 hours that ask for the same, in the journal or at the marketplace (customer, kind, lines).
    public var equalOrders: [EqualOrder]
    public var checks: [Check]

    /// An order that may be the same one.
    public struct EqualOrder: Hashable, Codable, Sendable {
        /// Nil when only the journal knows it.
        public var order: Order.ID?
        public var number: String
        public var at: Instant
        public var poNumber: String?
        /// In the journal; nil when only the marketplace knows it.
        public var entry: JournalEntry.ID?

        public init(
            order: Order.ID?, number: String, at: Instant, poNumber: String?, entry: JournalEntry.ID? = nil
        ) {
            self.order = order
            self.number = number
            self.at = at
            self.poNumber = poNumber
            self.entry = entry
        }
    }

    /// Accounts that have the name of the one to be made.
    public var namesakes: [Account.ID]

    /// Orders that were there when it was looked; none of them can be what comes of the write.
    public var seenOrders: [Order.ID]

    public init(
        intent: WriteIntent, at: Instant, estimate: Estimate? = nil, subscription: SubscriptionDetail? = nil,
        account: Account? = nil, order: Order? = nil, equalOrders: [EqualOrder] = [], checks: [Check] = [],
        namesakes: [Account.ID] = [], seenOrders: [Order.ID] = []
    ) {
        self.intent = intent
        self.at = at
        self.estimate = estimate
        self.subscription = subscription
        self.account = account
        self.order = order
        self.equalOrders = equalOrders
        self.checks = checks
        self.namesakes = namesakes
        self.seenOrders = seenOrders
    }

    /// Why it cannot be sent; nil when it can.
    public var refusal: String? { checks.first { $0.verdict == .refused }?.text }

    /// Whether one more word must be typed than usual.
    public var asksForMore: Bool { checks.contains { $0.verdict == .warning } }
}

/// What a write made or changed, as the marketplace answered.
public enum WriteResult: Hashable, Sendable {
    case order(Order)
    case subscription(SubscriptionDetail)
    case account(Account)
    case report(Report)
}

/// How the sending of a ``WriteIntent`` ended.
public enum WriteEnding: Hashable, Sendable {
    case done(WriteResult)
    /// Nothing was sent: what the person agreed to is no longer so. `differences` says in sentences what changed since.
    case movedOn(DryRun, differences: [String])
    /// `.outcomeUnknown` when that cannot be decided; every other error says that nothing was taken.
    case failed(MarketplaceError)
}
