import FoundationEssentials

/// A catalogue row: one resource rate of one plan with one pair of periods (REFERENCE 8). Its key is `id`, never the MPN
/// alone. Older providers give their rows no id: there MPN, vendor and both periods together are the key.
public struct Product: Hashable, Codable, Sendable, Identifiable {
    public typealias ID = Identifier<Product>

    public let id: ID
    /// Whether `id` is the marketplace's own. One that stands for MPN, vendor and periods is never sent to it.
    public var hasCatalogueID = true
    /// Manufacturer part number. Recurs per vendor and period.
    public var mpn: String
    public var vendor: String
    public var name: String
    public var serviceName: String?
    public var minimumQuantity: Decimal?
    /// Nil when unlimited.
    public var maximumQuantity: Decimal?
    /// What the customer pays.
    public var prices: [Charge]
    /// What the reseller pays.
    public var costs: [Charge]
    public var billingPeriod: Period?
    public var subscriptionPeriod: Period?
    public var billingModel: String?
    public var dependsOn: [String]
    /// Whether its end may be brought to another's, as the marketplace writes it: `ALLOWED`, `MANDATORY`, `RESTRICTED`.
    public var coterming: String?
    /// With what: `SUBSCRIPTION` or `END_OF_MONTH`.
    public var cotermingType: String?

    public init(
        id: ID, mpn: String, vendor: String, name: String, serviceName: String? = nil,
        minimumQuantity: Decimal? = nil, maximumQuantity: Decimal? = nil, prices: [Charge] = [],
        costs: [Charge] = [], billingPeriod: Period? = nil, subscriptionPeriod: Period? = nil,
        billingModel: String? = nil, dependsOn: [String] = [], coterming: String? = nil, cotermingType: String? = nil
    ) {
        self.id = id
        self.mpn = mpn
        self.vendor = vendor
        self.name = name
        self.serviceName = serviceName
        self.minimumQuantity = minimumQuantity
        self.maximumQuantity = maximumQuantity
        self.prices = prices
        self.costs = costs
        self.billingPeriod = billingPeriod
        self.subscriptionPeriod = subscriptionPeriod
        self.billingModel = billingModel
        self.dependsOn = dependsOn
        self.coterming = coterming
        self.cotermingType = cotermingType
    }

    /// The key of a row without an id of its own; nil without an MPN.
    public static func key(mpn: String, vendor: String, subscriptionPeriod: Period?, billingPeriod: Period?) -> ID? {
        guard !mpn.isEmpty else { return nil }
        return ID([mpn, vendor, subscriptionPeriod?.spoken ?? "", billingPeriod?.spoken ?? ""].joined(separator: "/"))
    }

    /// The name, for people; the MPN where the marketplace gives none.
    public var title: String { name.isEmpty ? mpn : name }

    /// The recurring unit price of the lowest tier.
    public var price: Money? { Self.recurring(prices) }
    /// The recurring unit cost of the lowest tier.
    public var cost: Money? { Self.recurring(costs) }

    /// Why `quantity` units cannot be ordered, or nil when the product's limits allow it.
    public func refusal(ofQuantity quantity: Int) -> String? {
        if quantity < 1 { return "Order at least 1 unit." }
        if let minimum = minimumQuantity, Decimal(quantity) < minimum {
            return "This product is sold from \(minimum.grouped(fractionDigits: 0)) units."
        }
        if let maximum = maximumQuantity, Decimal(quantity) > maximum {
            return "This product is sold up to \(maximum.grouped(fractionDigits: 0)) units."
        }
        return nil
    }

    /// `1 to 300`, `from 1`, as the limits are said.
    public var quantityLimits: String {
        let minimum = max(minimumQuantity ?? 1, 1).grouped(fractionDigits: 0)
        guard let maximum = maximumQuantity else { return "from \(minimum)" }
        return "\(minimum) to \(maximum.grouped(fractionDigits: 0))"
    }

    private static func recurring(_ charges: [Charge]) -> Money? {
        charges.filter { $0.kind == .recurring }.min { ($0.fromQuantity ?? 0) < ($1.fromQuantity ?? 0) }?.amount
    }
}

/// One price or cost of a product.
public struct Charge: Hashable, Codable, Sendable {
    public enum Kind: Hashable, Codable, Sendable {
        case recurring, setup, overuse
        case other(String)

        public var word: String {
            switch self {
            case .recurring: "recurring"
            case .setup: "setup"
            case .overuse: "overuse"
            case .other(let text): text
            }
        }
    }

    public var kind: Kind
    public var amount: Money
    /// First quantity of the tier, when the price has tiers.
    public var fromQuantity: Decimal?

    public init(kind: Kind, amount: Money, fromQuantity: Decimal? = nil) {
        self.kind = kind
        self.amount = amount
        self.fromQuantity = fromQuantity
    }
}
