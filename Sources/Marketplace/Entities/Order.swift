import FoundationEssentials

/// A request to the marketplace to sell, change, renew or end something, and what became of it (REFERENCE 10).
/// Lists hold only the first part; lines, total, PO number and charges come with the detail.
public struct Order: Hashable, Codable, Sendable, Identifiable {
    public typealias ID = Identifier<Order>

    public enum Kind: Hashable, Codable, Sendable {
        case sales, change, renewal, cancellation, migration
        case other(String)

        public var word: String {
            switch self {
            case .sales: "sales"
            case .change: "change"
            case .renewal: "renewal"
            case .cancellation: "cancellation"
            case .migration: "migration"
            case .other(let text): text.isEmpty ? "not reported" : text
            }
        }
    }

    /// How long an order is looked at by itself: who waits longer asks the marketplace's support.
    public static let secondsFollowed = 86_400.0

    public let id: ID
    /// `SO000012`; the prefix names the kind. Empty when the marketplace gave none.
    public var number: String
    public var kind: Kind
    public var customer: Account.ID
    public var status: OrderStatus
    /// Two-letter billing code, for example `CP`.
    public var statusCode: String?
    public var created: Instant?
    public var provisioned: Instant?
    public var poNumber: String?
    public var subscription: Subscription.ID?
    public var total: Money?
    public var lines: [OrderLine]
    public var charges: [OrderCharge]
    /// `renewal` when the change waits for the end of the term.
    public var scheduledOn: String?
    /// Whether credit is checked while the order is processed; nil when that is not reported.
    public var checksCredit: Bool?
    /// The plan to which a change moves the subscription.
    public var plan: Plan.ID?
    /// With what its end is aligned, in the marketplace's own word, and the day to which it is.
    public var alignment: String?
    public var alignedEnd: CalendarDate?
    /// Other attributes that the marketplace reported, in its own words.
    public var others: [Parameter] = []

    public init(
        id: ID, number: String, kind: Kind, customer: Account.ID, status: OrderStatus, statusCode: String? = nil,
        created: Instant? = nil, provisioned: Instant? = nil, poNumber: String? = nil,
        subscription: Subscription.ID? = nil, total: Money? = nil, lines: [OrderLine] = [],
        charges: [OrderCharge] = [], scheduledOn: String? = nil, checksCredit: Bool? = nil, plan: Plan.ID? = nil
    ) {
        self.id = id
        self.number = number
        self.kind = kind
        self.customer = customer
        self.status = status
        self.statusCode = statusCode
        self.created = created
        self.provisioned = provisioned
        self.poNumber = poNumber
        self.subscription = subscription
        self.total = total
        self.lines = lines
        self.charges = charges
        self.scheduledOn = scheduledOn
        self.checksCredit = checksCredit
        self.plan = plan
    }

    /// `on`, `off`, or that it is not reported.
    public var creditCheckWord: String { checksCredit.map(Self.creditCheckWord) ?? "not reported" }
    public static func creditCheckWord(_ isOn: Bool) -> String { isOn ? "on" : "off" }

    /// What the credit check means, in words; nil when it is not reported.
    public var creditCheckWords: String? {
        checksCredit.map { checks in
            if status == .completed || status == .cancelled { return checks ? "on" : "off" }
            return checks ? "on: credit is checked while it is processed" : "off: it is processed without a check"
        }
    }

    /// What the status and its code mean, in words (REFERENCE 10.4).
    public var explanation: String {
        switch (status, statusCode) {
        case (.processing, _) where scheduledOn != nil: "Waits for the renewal of the subscription; nothing is wrong."
        case (.submitted, "NP"), (.submitted, "WP"): "Accepted; waits for payment."
        case (.submitted, "HL"): "Accepted, but held; someone at the marketplace must release it."
        case (.submitted, "PD"): "Accepted and paid; waits to be fulfilled."
        case (.submitted, _): "Accepted; waits to be fulfilled."
        case (.processing, "LO"): "Being provisioned at the vendor; this can take hours."
        case (.processing, "AS"), (.processing, "PR"), (.processing, "I4"): "Waits for its date or its next step."
        case (.processing, _): "Being fulfilled."
        case (.completed, _): "Done."
        case (.error, "PF"):
            "Provisioning failed at the vendor."
        case (.error, _): "Failed."
        case (.cancelled, _): "Withdrawn; nothing was changed."
        case (.other, _): "A status that souk does not know."
        }
    }
}

public enum OrderStatus: Hashable, Codable, Sendable {
    case submitted, processing, completed, error, cancelled
    /// A status this program does not know, as the marketplace wrote it; empty when it wrote none.
    case other(String)

    public var word: String {
        switch self {
        case .submitted: "submitted"
        case .processing: "processing"
        case .completed: "completed"
        case .error: "error"
        case .cancelled: "cancelled"
        case .other(let text): text.isEmpty ? "not reported" : text
        }
    }

    /// Whether the order has come to its end. An unknown status has not: it may still move.
    public var isFinal: Bool { self == .completed || self == .error || self == .cancelled }
}

public struct OrderLine: Hashable, Codable, Sendable {
    public var product: Product.ID?
    public var mpn: String
    public var vendor: String?
    public var name: String?
    /// As the answer wrote it. Sales: units bought. Change: the signed difference, or the new total when the order
    /// waits for the renewal (REFERENCE 10.2).
    public var quantity: Decimal?
    public var extendedPrice: Money?
    public var subscription: Subscription.ID?
    /// What was given for it when it was ordered.
    public var parameters: [Parameter] = []
    public var billingPeriod: Period?
    public var subscriptionPeriod: Period?
    /// Other attributes that the marketplace reported, in its own words.
    public var others: [Parameter] = []

    public init(
        product: Product.ID? = nil, mpn: String, vendor: String? = nil, name: String? = nil, quantity: Decimal? = nil,
        extendedPrice: Money? = nil, subscription: Subscription.ID? = nil
    ) {
        self.product = product
        self.mpn = mpn
        self.vendor = vendor
        self.name = name
        self.quantity = quantity
        self.extendedPrice = extendedPrice
        self.subscription = subscription
    }
}

/// A priced charge that billing computed for an order.
public struct OrderCharge: Hashable, Codable, Sendable {
    public var kind: String
    public var description: String
    public var quantity: Decimal?
    public var unitPrice: Money?
    public var extendedPrice: Money?
    /// Unit prices by quantity, where there is more than one.
    public var priceTiers: [TieredMoney.Tier] = []
    public var discount: Discount?
    public var tax: Money?
    /// Other attributes that the marketplace reported, in its own words.
    public var others: [Parameter] = []

    /// What is taken off: a share, or an amount.
    public struct Discount: Hashable, Codable, Sendable {
        /// `percent` or `fixed`, in the marketplace's own word.
        public var kind: String
        public var value: String
        public var amount: Money?

        public init(kind: String, value: String, amount: Money? = nil) {
            self.kind = kind
            self.value = value
            self.amount = amount
        }

        /// `8 %, 1.64 EUR`.
        public var words: String {
            let share = value.isEmpty || kind == "fixed" ? "" : value + (kind == "percent" ? " %" : " (\(kind))")
            return [share, amount?.description ?? (kind == "fixed" ? value : "")].filter { !$0.isEmpty }
                .joined(separator: ", ")
        }
    }

    public init(
        kind: String, description: String, quantity: Decimal? = nil, unitPrice: Money? = nil,
        extendedPrice: Money? = nil
    ) {
        self.kind = kind
        self.description = description
        self.quantity = quantity
        self.unitPrice = unitPrice
        self.extendedPrice = extendedPrice
    }
}
