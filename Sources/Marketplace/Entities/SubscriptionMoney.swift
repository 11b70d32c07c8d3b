import FoundationEssentials

extension SubscriptionDetail {
    /// What its units cost the reseller in a billing period. Nil where a cost or a number of units is not reported, or the
    /// currencies differ.
    public var totalCost: Money? {
        var sum: Money?
        for product in products {
            guard let cost = product.unitCost, let quantity = product.quantity else { return nil }
            let part = cost.times(Decimal(quantity))
            guard let before = sum else {
                sum = part
                continue
            }
            guard let more = before.adding(part) else { return nil }
            sum = more
        }
        return sum
    }

    /// What it costs the reseller in a month.
    public var monthlyCost: Money? { subscription.billingPeriod.flatMap { totalCost?.perMonth(paidEach: $0) } }

    /// What is left of a month's rate after its cost.
    public var monthlyMargin: Margin? {
        monthlyRate.flatMap { rate in monthlyCost.flatMap { Margin(rate: rate, cost: $0) } }
    }
}

/// What is left of a rate after its cost.
public struct Margin: Hashable, Sendable {
    public var amount: Money
    /// In the hundred; nil of nothing.
    public var percent: Decimal?

    /// Nil where the currencies differ.
    public init?(rate: Money, cost: Money) {
        guard rate.currency == cost.currency else { return nil }
        amount = Money(rate.amount - cost.amount, rate.currency)
        guard rate.amount > 0 else { return }
        let tenths = amount.amount / rate.amount * 1000
        let rounded = Decimal(string: (tenths + (tenths < 0 ? -0.5 : 0.5)).cut(fractionDigits: 0))
        percent = rounded.map { $0 / 10 }
    }

    public var isLoss: Bool { amount.amount < 0 }

    /// `15.0 %`; nil of nothing.
    public var share: String? { percent.map { "\($0.grouped(fractionDigits: 1)) %" } }

    /// `86.52 EUR, 15.0 %`.
    public var words: String { amount.description + (share.map { ", \($0)" } ?? "") }
}
