import FoundationEssentials

/// What is to change of a subscription; nil leaves a part as it is. Quantity and end come by orders (REFERENCE 11).
public struct SubscriptionChanges: Hashable, Codable, Sendable {
    public var autoRenews: Bool?
    /// All that it shall have. Whether those that are left out stay, the API does not say.
    public var attributes: Attributes?
    /// Those it had when `attributes` were made of them; nil where that is not compared before sending.
    public var attributesBefore: Attributes?
    public var prices: [SpecialPrice]?

    public init(
        autoRenews: Bool? = nil, attributes: Attributes? = nil, attributesBefore: Attributes? = nil,
        prices: [SpecialPrice]? = nil
    ) {
        self.autoRenews = autoRenews
        self.attributes = attributes
        self.attributesBefore = attributesBefore
        self.prices = prices
    }

    public var isEmpty: Bool { self == SubscriptionChanges() }

    /// Whether nothing but prices changes: the API has a request of its own for these.
    public var isOnlyPrices: Bool { prices != nil && self == SubscriptionChanges(prices: prices) }
}

/// Prices of one product in one subscription, other than the catalogue's (REFERENCE 11).
public struct SpecialPrice: Hashable, Codable, Sendable {
    public enum Target: Hashable, Codable, Sendable {
        case mpn(String)
        case product(Product.ID)
    }

    public var product: Target
    /// What the customer pays for a unit.
    public var unitPrice: TieredMoney?
    /// What the reseller pays for a unit.
    public var unitCost: TieredMoney?
    /// What the provider pays for a unit.
    public var unitProviderCost: TieredMoney?

    public init(
        product: Target, unitPrice: TieredMoney? = nil, unitCost: TieredMoney? = nil,
        unitProviderCost: TieredMoney? = nil
    ) {
        self.product = product
        self.unitPrice = unitPrice
        self.unitCost = unitCost
        self.unitProviderCost = unitProviderCost
    }
}

/// An amount for a unit, or one for each range of quantities.
public struct TieredMoney: Hashable, Codable, Sendable {
    public struct Tier: Hashable, Codable, Sendable {
        /// First quantity of the tier.
        public var from: Decimal
        /// For a unit, in the currency of the whole.
        public var amount: Decimal

        public init(from: Decimal, amount: Decimal) {
            self.from = from
            self.amount = amount
        }
    }

    public var amount: Money
    public var tiers: [Tier]

    public init(_ amount: Money, tiers: [Tier] = []) {
        self.amount = amount
        self.tiers = tiers
    }
}
