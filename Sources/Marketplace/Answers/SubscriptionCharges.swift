import FoundationEssentials

/// What a subscription is paid and costs in a month, product by product, made ready to be added up many thousand times:
/// amounts are whole hundredths.
public struct SubscriptionCharges: Hashable, Sendable {
    /// The share of one product; of the whole subscription where its prices cannot be told apart.
    public struct Part: Hashable, Sendable {
        /// Empty where none is reported, nil for several that cannot be told apart.
        public let vendor: String?
        /// Likewise. The MPN; the name where there is none.
        public let product: String?
        /// What the product is called.
        public let title: String
        /// What the customer pays in a month, and in each billing period.
        let rate: Int128
        let price: Int128
        /// What it costs the reseller in a month. Either all parts have it or none.
        let cost: Int128?
    }

    /// Nil without a price by the month: one-time charges, periods of days, prices not reported. There are no parts then.
    public let currency: String?
    public let parts: [Part]
    let billing: Period?
    /// Nil with several products, and where it is not reported.
    public let units: Int?

    public init(_ detail: SubscriptionDetail) {
        units = detail.quantity
        guard let billing = detail.subscription.billingPeriod, let price = detail.totalPrice,
            let rate = detail.monthlyRate, let whole = Self.Amounts(price.amount, rate.amount)
        else {
            (currency, parts, billing) = (nil, [], nil)
            return
        }
        self.billing = billing
        currency = rate.currency
        let cost = detail.monthlyCost.flatMap { $0.currency == rate.currency ? $0.amount.wholeHundredths : nil }
        parts =
            Self.parts(detail, price, paidEach: billing, hasCost: cost != nil)
            ?? [Self.whole(detail.products, whole, cost)]
    }

    /// What the customer pays in a month.
    public var rate: Money? { currency.map { Money(Decimal(hundredths: parts.reduce(0) { $0 + $1.rate }), $0) } }

    /// What it costs the reseller in a month; nil where that is not reported in the currency of the rate.
    public var cost: Money? {
        guard let currency, parts.first?.cost != nil else { return nil }
        return Money(Decimal(hundredths: parts.reduce(0) { $0 + ($1.cost ?? 0) }), currency)
    }

    private struct Amounts {
        var price: Int128
        var rate: Int128

        init?(_ price: Decimal, _ rate: Decimal) {
            guard let price = price.wholeHundredths, let rate = rate.wholeHundredths else { return nil }
            (self.price, self.rate) = (price, rate)
        }
    }

    private static func whole(_ products: [SubscriptionProduct], _ amounts: Amounts, _ cost: Int128?) -> Part {
        let vendors = Set(products.map(\.vendor))
        let only = products.count < 2
        return Part(
            vendor: vendors.count < 2 ? vendors.first ?? "" : nil,
            product: only ? products.first?.key ?? "" : nil, title: only ? products.first?.title ?? "" : "",
            rate: amounts.rate, price: amounts.price, cost: cost)
    }

    /// A part for each of several products. Rounding is carried from one to the next, so that the parts are together what
    /// the whole is. Nil where the reported prices are not together the price of the whole.
    private static func parts(
        _ detail: SubscriptionDetail, _ price: Money, paidEach billing: Period, hasCost: Bool
    ) -> [Part]? {
        guard detail.products.count > 1 else { return nil }
        var (parts, before) = ([Part](), (price: Int128(0), rate: Int128(0), cost: Int128(0)))
        var (prices, costs) = (Money(0, price.currency), Money(0, price.currency))
        for product in detail.products {
            let rates = product.rates
            guard let sum = prices.adding(rates.price ?? Money(0, price.currency)),
                let amounts = sum.perMonth(paidEach: billing).flatMap({ Amounts(sum.amount, $0.amount) })
            else { return nil }
            prices = sum
            var cost: Int128?
            if hasCost {
                guard let sum = rates.cost.flatMap({ costs.adding($0) }),
                    let month = sum.perMonth(paidEach: billing)?.amount.wholeHundredths
                else { return nil }
                costs = sum
                cost = month - before.cost
                before.cost = month
            }
            parts.append(
                Part(
                    vendor: product.vendor, product: product.key, title: product.title,
                    rate: amounts.rate - before.rate, price: amounts.price - before.price, cost: cost))
            (before.rate, before.price) = (amounts.rate, amounts.price)
        }
        return prices == price ? parts : nil
    }
}

extension SubscriptionProduct {
    /// What tells it from others of its vendor.
    fileprivate var key: String { mpn.isEmpty ? name : mpn }
}

extension Decimal {
    /// How many hundredths it is, to the nearest; nil beyond what many of them can be added up in.
    var wholeHundredths: Int128? {
        guard let count = Int128((hundredths * 100).cut(fractionDigits: 0)), abs(count) < Self.mostHundredths else {
            return nil
        }
        return count
    }

    /// Ten thousand millions of such amounts can be added.
    private static let mostHundredths: Int128 = 10_000_000_000_000 * 1_000_000_000_000_000

    init(hundredths: Int128) {
        self = (Decimal(string: String(hundredths)) ?? 0) / 100
    }
}

extension Subscription {
    /// Billing periods that begin after `today` and before its term ends: what is still to be paid until then. Nil where
    /// no end is reported, or the periods are none of the calendar.
    /// - Parameter billing: How long a billing period is.
    public func billingPeriodsLeft(after today: CalendarDate, of billing: Period) -> Int? {
        guard let end = expires?.real, billing.count > 0 else { return nil }
        if end <= today { return 0 }
        let left: Int
        if let months = billing.months {
            let (last, now) = (end.components, today.components)
            let most = ((last.year - now.year) * 12 + last.month - now.month) / months
            let first = end.adding(Period(-most * months, .month))
            left = first.map { $0 > today } == true ? most : most - 1
        } else if billing.unit == .day {
            left = (end.days(since: today) - 1) / billing.count
        } else {
            return nil
        }
        return max(0, min(left, subscriptionPeriod?.count(of: billing) ?? left))
    }
}
