import FoundationEssentials
import Marketplace
import Testing

@Suite struct MonthlyMoneyTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var billing: Period?
        var price: Money?
        var rate: Money?
    }

    @Test(arguments: [
        Case(testDescription: "paid monthly", billing: Period(1, .month), price: eur("576.80"), rate: eur("576.80")),
        Case(
            testDescription: "a year is twelve months", billing: Period(1, .year), price: eur("247.20"),
            rate: eur("20.60")),
        Case(testDescription: "a quarter", billing: Period(3, .month), price: eur("100"), rate: eur("33.33")),
        Case(
            testDescription: "three years are 36", billing: Period(3, .year), price: eur("360.18"), rate: eur("10.01")),
        Case(
            testDescription: "half a hundredth goes up", billing: Period(1, .year), price: eur("0.06"),
            rate: eur("0.01")),
        Case(
            testDescription: "a free one is paid nothing", billing: Period(1, .month), price: eur("0"), rate: eur("0")),
        Case(testDescription: "charged once", billing: nil, price: eur("99"), rate: nil),
        Case(
            testDescription: "no periods of the calendar", billing: Period(1, .statementDay), price: eur("9"), rate: nil
        ),
        Case(testDescription: "thirty days are no month", billing: Period(30, .day), price: eur("9"), rate: nil),
        Case(testDescription: "no price reported", billing: Period(1, .month), price: nil, rate: nil),
    ])
    func `a price comes to so much a month`(_ one: Case) {
        let priced = Priced(id: "1", billing: one.billing, price: one.price)
        var sum = MonthlyMoney()
        sum.add(priced.detail)
        #expect(sum["EUR"]?.rate == one.rate?.amount)
        #expect(sum.subscriptions == 1 && sum.unread == 0 && sum.withoutRate == (one.rate == nil ? 1 : 0))
    }

    @Test func `currencies are apart, the largest first, and margins are of those whose cost is reported`() {
        var sum = MonthlyMoney()
        sum.add(
            Priced(id: "1", price: money("50", "USD"), products: [product("A", units: 5, cost: money("8", "USD"))])
                .detail)
        sum.add(Priced(id: "2", price: eur("100"), products: [product("A", units: 4, cost: eur("20"))]).detail)
        sum.add(Priced(id: "3", price: eur("11"), products: [product("A", units: 4)]).detail)
        sum.add(nil)
        #expect(sum.sums.map(\.currency) == ["EUR", "USD"])
        #expect(sum["EUR"]?.rate == 111 && sum["EUR"]?.cost == 80 && sum["EUR"]?.rateWithCost == 100)
        #expect(sum["EUR"]?.margin?.words == "20.00 EUR, 20.0 %")
        #expect(sum["EUR"]?.isCostComplete == false && sum["USD"]?.isCostComplete == true)
        #expect(sum.subscriptions == 4 && sum.unread == 1 && !sum.isComplete)
    }

    @Test func `a cost in another currency gives no margin`() {
        var sum = MonthlyMoney()
        sum.add(Priced(id: "1", price: eur("50"), products: [product("A", cost: money("8", "USD"))]).detail)
        #expect(sum["EUR"]?.withCost == 0 && sum["EUR"]?.margin == nil)
    }

    @Test func `sums of parts are the sum of the whole`() {
        let rows = (0..<40).map { Priced(id: "\($0)", price: money("\($0).35", $0 % 3 == 0 ? "USD" : "EUR")).detail }
        var (whole, first, second) = (MonthlyMoney(), MonthlyMoney(), MonthlyMoney())
        for (place, row) in rows.enumerated() {
            let detail = place % 7 == 0 ? nil : row
            whole.add(detail)
            if place < 15 { first.add(detail) } else { second.add(detail) }
        }
        first.add(second)
        #expect(first == whole)
    }
}
