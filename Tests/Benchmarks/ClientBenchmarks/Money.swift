import FoundationEssentials
import Marketplace

/// The money of very many subscriptions whose details were read: how long each grouping takes, and what keeping their
/// charges costs.
func measureMoney() {
    let count = 100_000
    let before = resident()
    var (rows, charges) = ([Subscription](), ReadCharges())
    rows.reserveCapacity(count)
    let month = Period(1, .month)
    for place in 0..<count {
        let row = Subscription(
            id: .init("\(1_000_000 + place)"), name: "Plan", customer: .init("\(place / 4)"), status: .active,
            expires: CalendarDate(daysSince1970: Int32(20_800 + place % 700)), billingPeriod: month,
            subscriptionPeriod: Period(1, .year))
        let currency = place % 5 == 0 ? "EUR" : "USD"
        let price = Money(Decimal(place % 9000) / 100, currency)
        let product = SubscriptionProduct(
            mpn: "MPN-\(place % 3000)", vendor: "vendor \(place % 40)", name: "Product", quantity: 1, unitPrice: price,
            unitCost: price)
        charges.take(SubscriptionDetail(subscription: row, products: [product], totalPrice: price))
        rows.append(row)
    }
    let kept = Double(resident() - before) / 1e6
    print("100,000 subscriptions and their charges: \(Int(kept.rounded())) MB")
    for grouping in MoneyAnswer.Grouping.allCases {
        var best = Double.infinity
        for _ in 0..<5 {
            let start = ContinuousClock.now
            let answer = MoneyAnswer(
                of: rows, by: grouping, today: CalendarDate(daysSince1970: 20_783), charges: { charges[$0] },
                reseller: { Account.ID("\($0.rawValue.count)") })
            best = min(best, (ContinuousClock.now - start).inSeconds * 1000)
            precondition(answer.subscriptions == count && answer.isComplete)
        }
        print("money of 100,000 subscriptions by \(grouping.rawValue): \(Double(Int(best * 10)) / 10) ms")
    }
}
