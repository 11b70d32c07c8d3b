import FoundationEssentials

/// What so many units of a product would cost by its prices, before anything is ordered: a month, over the term, and
/// what is left of it. What would be charged at once only the marketplace can say, by an estimate.
public struct CostSimulation: Hashable, Sendable, Identifiable {
    public let product: Product
    public let units: Int
    /// Whether the prices are those of a subscription that holds it, and not the catalogue's.
    public let isHeld: Bool
    /// What all units are charged each billing period. Nil where no price is reported, or where it depends on the number
    /// of units.
    public let price: Money?
    /// What they cost the reseller each billing period, under the same conditions.
    public let cost: Money?

    public var id: Product.ID { product.id }

    /// - Parameter held: The product as a subscription with the same term and billing holds it, with its own prices.
    public init(_ product: Product, units: Int, held: SubscriptionProduct? = nil) {
        self.product = product
        self.units = units
        isHeld = held != nil
        let rates = product.rates(for: units)
        guard let held else {
            (price, cost) = (rates.price, rates.cost)
            return
        }
        func own(_ amount: Money?, _ tiers: [TieredMoney.Tier]) -> Money? {
            tiers.count > 1 ? nil : amount?.times(Decimal(units))
        }
        price = own(held.unitPrice, held.priceTiers)
        cost = own(held.unitCost, held.costTiers)
    }

    /// Whether the price depends on the number of units, so that only an estimate can say it.
    public var hasTiers: Bool { product.prices.count { $0.kind == .recurring } > 1 }

    /// What the customer pays a month; of a yearly price the twelfth part. Nil for a period that is not made of months.
    public var rate: Money? { product.billingPeriod.flatMap { price?.perMonth(paidEach: $0) } }

    /// What the reseller pays a month.
    public var monthlyCost: Money? { product.billingPeriod.flatMap { cost?.perMonth(paidEach: $0) } }

    /// What is left of a month; nil where the currencies differ.
    public var margin: Margin? { rate.flatMap { rate in monthlyCost.flatMap { Margin(rate: rate, cost: $0) } } }

    /// What the customer pays over the term, without charges that come once. Nil where the term is no whole number of
    /// billing periods.
    public var overTerm: Money? {
        guard let price, let billing = product.billingPeriod,
            let count = product.subscriptionPeriod?.count(of: billing)
        else { return nil }
        return price.times(Decimal(count))
    }

    /// What the catalogue charges once, beside these.
    public var setup: [Money] { product.prices.filter { $0.kind == .setup }.map(\.amount) }

    /// Why so many units cannot be ordered, as a sentence; nil when they can.
    public var refusal: String? { product.refusal(ofQuantity: units) }
}
