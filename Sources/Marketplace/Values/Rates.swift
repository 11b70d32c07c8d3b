import FoundationEssentials

/// What the customer pays each billing period, and what that costs the reseller. What is not reported stays nil.
public struct Rates: Hashable, Sendable {
    public var price: Money?
    public var cost: Money?

    public init(price: Money? = nil, cost: Money? = nil) {
        self.price = price
        self.cost = cost
    }

    /// Nil where one of them is not reported, or the currencies differ.
    public var margin: Margin? { price.flatMap { price in cost.flatMap { Margin(rate: price, cost: $0) } } }

    /// The sum of both, where every part is reported in one currency.
    public func adding(_ other: Rates) -> Rates {
        func sum(_ one: Money?, _ two: Money?) -> Money? { one.flatMap { first in two.flatMap { first.adding($0) } } }
        return Rates(price: sum(price, other.price), cost: sum(cost, other.cost))
    }

    public func times(_ count: Int) -> Rates {
        Rates(price: price?.times(Decimal(count)), cost: cost?.times(Decimal(count)))
    }

    public static func - (after: Rates, before: Rates) -> Rates {
        func difference(_ one: Money?, _ two: Money?) -> Money? {
            one.flatMap { first in two.flatMap { first.adding($0.times(-1)) } }
        }
        return Rates(price: difference(after.price, before.price), cost: difference(after.cost, before.cost))
    }
}

extension SubscriptionProduct {
    /// What it is charged each billing period, as reported.
    public var rates: Rates {
        Rates(
            price: extendedPrice ?? quantity.flatMap { held in unitPrice?.times(Decimal(held)) },
            cost: quantity.flatMap { held in unitCost?.times(Decimal(held)) })
    }

    /// The same for another number of units. Nil where another unit price may hold for that number, or where the price
    /// reported is not the units times the unit price.
    public func rates(for units: Int) -> Rates {
        guard let held = quantity else { return Rates() }
        func scaled(_ each: Money?, _ tiers: [TieredMoney.Tier], _ now: Money?) -> Money? {
            guard let each, Self.tier(of: units, tiers) == Self.tier(of: held, tiers) else { return nil }
            if let now, each.times(Decimal(held)) != now { return nil }
            return each.times(Decimal(units))
        }
        return Rates(
            price: scaled(unitPrice, priceTiers, extendedPrice), cost: scaled(unitCost, costTiers, nil))
    }

    private static func tier(of units: Int, _ tiers: [TieredMoney.Tier]) -> Int? {
        tiers.lastIndex { $0.from <= Decimal(units) }
    }
}

extension Product {
    /// What so many units are charged each billing period; nil where the unit price depends on the number.
    public func rates(for units: Int) -> Rates {
        func recurring(_ charges: [Charge]) -> Money? {
            let all = charges.filter { $0.kind == .recurring }
            return all.count == 1 ? all[0].amount.times(Decimal(units)) : nil
        }
        return Rates(price: recurring(prices), cost: recurring(costs))
    }
}

extension Period {
    /// Its length in months; nil where it is not made of months.
    public var months: Int? {
        switch unit {
        case .month: count
        case .year: count * 12
        case .day, .statementDay, .other: nil
        }
    }

    /// How often `billing` recurs within this period; nil where that is no whole number.
    public func count(of billing: Period) -> Int? {
        let (whole, part) =
            unit == billing.unit ? (count, billing.count) : (months ?? 0, billing.months ?? 0)
        return part > 0 && whole >= part && whole.isMultiple(of: part) ? whole / part : nil
    }
}

extension CalendarDate {
    /// The date, unless it stands for none.
    public var real: CalendarDate? { standsForNone ? nil : self }
}
