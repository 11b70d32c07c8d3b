/// What an account has bought and still holds, as lists report it: no products, no quantity (REFERENCE 11).
public struct Subscription: Hashable, Codable, Sendable, Identifiable {
    public typealias ID = Identifier<Subscription>

    public let id: ID
    /// Plan or product name.
    public var name: String
    public var customer: Account.ID
    public var status: SubscriptionStatus
    /// Nil when the row does not say.
    public var autoRenews: Bool?
    public var created: CalendarDate?
    /// The day automatic renewal starts; before `expires`.
    public var renews: CalendarDate?
    public var modified: CalendarDate?
    public var expires: CalendarDate?
    public var billingPeriod: Period?
    public var subscriptionPeriod: Period?

    public init(
        id: ID, name: String, customer: Account.ID, status: SubscriptionStatus, autoRenews: Bool? = nil,
        created: CalendarDate? = nil, renews: CalendarDate? = nil, modified: CalendarDate? = nil,
        expires: CalendarDate? = nil, billingPeriod: Period? = nil, subscriptionPeriod: Period? = nil
    ) {
        self.id = id
        self.name = name
        self.customer = customer
        self.status = status
        self.autoRenews = autoRenews
        self.created = created
        self.renews = renews
        self.modified = modified
        self.expires = expires
        self.billingPeriod = billingPeriod
        self.subscriptionPeriod = subscriptionPeriod
    }
}

extension Subscription {
    /// The name, for people; the marketplace may give none.
    public var title: String { name.isEmpty ? "no name" : name }

    /// Whether it has ended: such a one holds nothing.
    public var hasEnded: Bool { status == .terminated || status == .removed }

    /// The day that matters next: renewal when it renews by itself, else the end.
    public var turningDate: CalendarDate? { autoRenews == true ? renews ?? expires : expires ?? renews }

    /// Its dates, each by its name and the nearer one first: on the one auto-renew acts, on the other the term ends.
    public var namedDates: [(name: String, date: CalendarDate?)] {
        let isOver = status == .terminated || status == .removed
        let renewal = (autoRenews == true && !isOver ? "renews" : "renewal date", renews)
        let end = (isOver || autoRenews == false ? "ends" : "term ends", expires)
        guard let renews, let expires else {
            if renews != nil, autoRenews == true { return [renewal] }
            // An end is what one asks for where nothing renews by itself.
            return [(end.0, expires ?? renews)]
        }
        // One line where the renewal is the end of the term, or nothing renews.
        if renews == expires { return autoRenews == true ? [renewal, end] : [end] }
        return renews < expires ? [renewal, end] : [end, renewal]
    }
}

public enum SubscriptionStatus: Hashable, Codable, Sendable {
    case pending, active, hold, terminated, removed
    /// A status this program does not know, as the marketplace wrote it; empty when it wrote none.
    case other(String)

    public var word: String {
        switch self {
        case .pending: "pending"
        case .active: "active"
        case .hold: "hold"
        case .terminated: "terminated"
        case .removed: "removed"
        case .other(let text): text.isEmpty ? "not reported" : text
        }
    }

    public var meaning: String {
        switch self {
        case .pending: "Being set up."
        case .active: "In use."
        case .hold: "Its services are disabled."
        case .terminated: "Ended; its services are disabled."
        case .removed: "Ended and taken down."
        case .other: "A status that souk does not know."
        }
    }
}

/// A subscription with what only the detail call reports.
public struct SubscriptionDetail: Hashable, Codable, Sendable {
    public var subscription: Subscription
    public var products: [SubscriptionProduct]
    /// Charged each billing period.
    public var totalPrice: Money?
    public var orderParameters: [Parameter]
    public var fulfillmentParameters: [Parameter]
    public var plan: Plan.ID?
    public var attributes: Attributes
    /// What the customer pays, and what it costs the reseller, for the whole term.
    public var termPrice: Money?
    public var termCost: Money?
    /// When charges are raised, in the marketplace's own word (REFERENCE 9).
    public var billingModel: String?
    /// Other attributes that the marketplace reported, in its own words.
    public var others: [Parameter] = []

    public init(
        subscription: Subscription, products: [SubscriptionProduct] = [], totalPrice: Money? = nil,
        orderParameters: [Parameter] = [], fulfillmentParameters: [Parameter] = [], plan: Plan.ID? = nil,
        attributes: Attributes = [:], termPrice: Money? = nil, termCost: Money? = nil,
        billingModel: String? = nil
    ) {
        self.subscription = subscription
        self.products = products
        self.totalPrice = totalPrice
        self.orderParameters = orderParameters
        self.fulfillmentParameters = fulfillmentParameters
        self.plan = plan
        self.attributes = attributes
        self.termPrice = termPrice
        self.termCost = termCost
        self.billingModel = billingModel
    }

    /// What the customer pays in a month: of a yearly price the twelfth part. Nil where that is not reported, or not paid
    /// by the month.
    public var monthlyRate: Money? {
        subscription.billingPeriod.flatMap { totalPrice?.perMonth(paidEach: $0) }
    }

    /// Units held, when the subscription has exactly one product; several products have no one quantity.
    public var quantity: Int? { products.count == 1 ? products[0].quantity : nil }
}

public struct SubscriptionProduct: Hashable, Codable, Sendable {
    /// The name, for people; the MPN where the marketplace gives none.
    public var title: String { name.isEmpty ? mpn : name }

    public var product: Product.ID?
    public var mpn: String
    public var vendor: String
    public var name: String
    public var quantity: Int?
    public var unitPrice: Money?
    public var extendedPrice: Money?
    /// The vendor's own id of this subscription.
    public var vendorSubscriptionID: String?
    /// What a unit costs the reseller.
    public var unitCost: Money?
    /// Unit prices and costs by quantity, where there is more than one.
    public var priceTiers: [TieredMoney.Tier] = []
    public var costTiers: [TieredMoney.Tier] = []
    /// What a unit costs the provider; only some users are shown it.
    public var unitProviderCost: TieredMoney?
    /// Other attributes that the marketplace reported, in its own words.
    public var others: [Parameter] = []

    public init(
        product: Product.ID? = nil, mpn: String, vendor: String, name: String, quantity: Int? = nil,
        unitPrice: Money? = nil, extendedPrice: Money? = nil, vendorSubscriptionID: String? = nil,
        unitCost: Money? = nil
    ) {
        self.product = product
        self.mpn = mpn
        self.vendor = vendor
        self.name = name
        self.quantity = quantity
        self.unitPrice = unitPrice
        self.extendedPrice = extendedPrice
        self.vendorSubscriptionID = vendorSubscriptionID
        self.unitCost = unitCost
    }
}

/// A named value given when ordering or made by provisioning. Names are case-sensitive.
public struct Parameter: Hashable, Codable, Sendable {
    /// How the marketplace writes the value.
    public enum Form: String, Hashable, Codable, Sendable {
        case text
        /// `value` is the JSON of a number, a truth value, a list or an object.
        case json
        /// As `json`, in the member for structured values.
        case structured
    }

    public var name: String
    public var value: String
    public var form: Form

    public init(name: String, value: String, form: Form = .text) {
        self.name = name
        self.value = value
        self.form = form
    }

    /// Whether its name speaks of a secret, such as a password: such a value is never copied.
    public var isSecret: Bool { name.speaksOfSecret }
}

extension String {
    /// Whether a field of this name holds a secret.
    public var speaksOfSecret: Bool {
        var name = self
        return name.withUTF8 { bytes in
            bytes.indices.contains { start in
                Self.wordsOfSecrets.contains { word in
                    start + word.count <= bytes.count
                        && word.indices.allSatisfy { bytes[start + $0] | 0x20 == word[$0] }
                }
            }
        }
    }

    /// In small letters, as bytes with the bit that makes letters small.
    private static let wordsOfSecrets = [
        "password", "passwd", "secret", "token", "apikey", "api_key", "credential",
    ].map { $0.utf8.map { $0 | 0x20 } }
}
