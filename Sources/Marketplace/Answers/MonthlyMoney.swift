import FoundationEssentials

/// What subscriptions come to in a month, a sum for each currency, and how many of them the sums rest on. Amounts of two
/// currencies are never added.
public struct MonthlyMoney: Hashable, Sendable {
    /// The subscriptions that are paid in one currency.
    public struct Sum: Hashable, Sendable {
        public let currency: String
        public fileprivate(set) var subscriptions = 0
        /// What their customers pay.
        public fileprivate(set) var rate = Decimal(0)
        /// How many of them have a reported cost in this currency: margins are of these alone.
        public fileprivate(set) var withCost = 0
        /// What those with a reported cost cost the reseller, and what their customers pay.
        public fileprivate(set) var cost = Decimal(0)
        public fileprivate(set) var rateWithCost = Decimal(0)

        fileprivate init(_ currency: String) { self.currency = currency }

        init(
            _ currency: String, subscriptions: Int, rate: Decimal, withCost: Int, cost: Decimal, rateWithCost: Decimal
        ) {
            self.currency = currency
            self.subscriptions = subscriptions
            self.rate = rate
            self.withCost = withCost
            self.cost = cost
            self.rateWithCost = rateWithCost
        }

        public var isCostComplete: Bool { withCost == subscriptions }

        /// Of those whose cost is reported; nil when there are none.
        public var margin: Margin? {
            withCost == 0 ? nil : Margin(rate: Money(rateWithCost, currency), cost: Money(cost, currency))
        }

        fileprivate mutating func add(_ other: Sum) {
            subscriptions += other.subscriptions
            rate += other.rate
            withCost += other.withCost
            cost += other.cost
            rateWithCost += other.rateWithCost
        }
    }

    private var byCurrency: [String: Sum] = [:]
    /// All subscriptions that were added.
    public private(set) var subscriptions = 0
    /// Those whose detail was not read: their money is in no sum.
    public private(set) var unread = 0
    /// Those that were read and have no price by the month: one-time charges, periods of days, prices not reported.
    public private(set) var withoutRate = 0

    public init() {}

    /// One sum a currency, the largest amount first.
    public var sums: [Sum] {
        byCurrency.values.sorted { ($0.rate, $1.currency) > ($1.rate, $0.currency) }
    }

    public subscript(currency: String) -> Sum? { byCurrency[currency] }

    public var isComplete: Bool { unread == 0 }

    /// - Parameter detail: Nil when it was not read.
    public mutating func add(_ detail: SubscriptionDetail?) { add(charges: detail.map { SubscriptionCharges($0) }) }

    /// - Parameter charges: Nil when they were not read.
    public mutating func add(charges: SubscriptionCharges?) {
        subscriptions += 1
        guard let charges else {
            unread += 1
            return
        }
        guard let rate = charges.rate else {
            withoutRate += 1
            return
        }
        var sum = Sum(rate.currency)
        sum.subscriptions = 1
        sum.rate = rate.amount
        if let cost = charges.cost {
            sum.withCost = 1
            sum.cost = cost.amount
            sum.rateWithCost = rate.amount
        }
        byCurrency[rate.currency, default: Sum(rate.currency)].add(sum)
    }

    public mutating func add(_ other: MonthlyMoney) {
        subscriptions += other.subscriptions
        unread += other.unread
        withoutRate += other.withoutRate
        for (currency, sum) in other.byCurrency { byCurrency[currency, default: Sum(currency)].add(sum) }
    }
}
