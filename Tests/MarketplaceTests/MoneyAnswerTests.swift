import FoundationEssentials
import Marketplace
import TestSupport
import Testing

@Suite struct MoneyAnswerTests {
    // MARK: Committed

    struct Term: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var ends: String?
        var term: Period?
        var billing: Period
        /// Billing periods to come after 26 November 2026.
        var left: Int?
    }

    @Test(arguments: [
        Term(
            testDescription: "all is billed", ends: "2026-12-08", term: Period(1, .year), billing: Period(1, .month),
            left: 0),
        Term(
            testDescription: "a year by the month", ends: "2027-11-08", term: Period(1, .year),
            billing: Period(1, .month), left: 11),
        Term(
            testDescription: "one begins today", ends: "2027-11-26", term: Period(1, .year), billing: Period(1, .month),
            left: 11),
        Term(
            testDescription: "one begins tomorrow", ends: "2026-12-27", term: Period(1, .year),
            billing: Period(1, .month), left: 1),
        Term(
            testDescription: "a month", ends: "2026-12-20", term: Period(1, .month), billing: Period(1, .month), left: 0
        ),
        Term(
            testDescription: "a year paid at once", ends: "2027-11-08", term: Period(1, .year),
            billing: Period(1, .year), left: 0),
        Term(
            testDescription: "three years by the year", ends: "2029-03-01", term: Period(3, .year),
            billing: Period(1, .year), left: 2),
        Term(
            testDescription: "three years by the month", ends: "2029-11-20", term: Period(3, .year),
            billing: Period(1, .month), left: 35),
        Term(
            testDescription: "by the quarter", ends: "2027-10-01", term: Period(1, .year), billing: Period(3, .month),
            left: 3),
        Term(
            testDescription: "ends on a leap day", ends: "2028-02-29", term: Period(3, .year),
            billing: Period(1, .month), left: 15),
        Term(
            testDescription: "years back from a leap day", ends: "2028-02-29", term: Period(3, .year),
            billing: Period(1, .year), left: 1),
        Term(
            testDescription: "begins later than today", ends: "2028-01-01", term: Period(1, .year),
            billing: Period(1, .month), left: 12),
        Term(testDescription: "over", ends: "2026-11-01", term: Period(1, .year), billing: Period(1, .month), left: 0),
        Term(
            testDescription: "ends today", ends: "2026-11-26", term: Period(1, .year), billing: Period(1, .month),
            left: 0),
        Term(
            testDescription: "no end", ends: "9999-12-31", term: Period(1, .year), billing: Period(1, .month), left: nil
        ),
        Term(testDescription: "1970 is no end", ends: "1970-01-01", term: nil, billing: Period(1, .month), left: nil),
        Term(testDescription: "no date", ends: nil, term: Period(1, .year), billing: Period(1, .month), left: nil),
        Term(testDescription: "days", ends: "2026-12-26", term: nil, billing: Period(10, .day), left: 2),
    ])
    func `billing periods that begin after today are still to be paid`(_ term: Term) throws {
        let priced = Priced(id: "1", ends: term.ends, term: term.term, billing: term.billing)
        #expect(
            priced.row.billingPeriodsLeft(after: try #require(CalendarDate("2026-11-26")), of: term.billing)
                == term.left)
    }

    @Test func `from a month that is longer than the next no period is lost`() throws {
        // 31 January back by months: 31 December, 30 November, 31 October.
        let row = Priced(id: "1", ends: "2027-01-31").row
        #expect(row.billingPeriodsLeft(after: try #require(CalendarDate("2026-11-29")), of: Period(1, .month)) == 2)
        #expect(row.billingPeriodsLeft(after: try #require(CalendarDate("2026-11-30")), of: Period(1, .month)) == 1)
    }

    // MARK: Sums

    static let scene: [Priced] = [
        // 20.60 a month for 11 months, its cost 17.51.
        Priced(
            id: "1", customer: "1", ends: "2027-11-08", price: eur("515.00"),
            products: [product("AUR-365-BP", units: 25, at: eur("20.60"), cost: eur("17.51"))]),
        // A year at once: 20.60 a month, nothing to come.
        Priced(
            id: "2", customer: "1", ends: "2027-11-08", billing: Period(1, .year), price: eur("247.20"),
            products: [product("AUR-365-BP", at: eur("247.20"), cost: eur("210.12"))]),
        // Two products and no cost of the second.
        Priced(
            id: "3", customer: "2", ends: "2027-01-08", price: eur("30.00"),
            products: [
                product("A", by: "zenix", units: 2, at: eur("5.00"), cost: eur("4.00")),
                product("B", by: "xylo", units: 4, at: eur("5.00")),
            ]),
        Priced(
            id: "4", customer: "6", ends: "9999-12-31", price: money("12.00", "USD"),
            products: [product("A", by: "xylo", units: 3, at: money("4.00", "USD"), cost: money("5.00", "USD"))]),
        // Free.
        Priced(
            id: "5", customer: "6", price: money("0", "USD"),
            products: [product("FREE", units: 9, at: money("0", "USD"))]),
        // Charged once.
        Priced(id: "6", customer: "2", billing: nil, price: eur("99.00"), products: [product("SETUP")]),
        Priced(id: "7", customer: "2", status: .terminated, ends: "2027-11-08", price: eur("1000.00")),
        Priced(id: "8", customer: "6", status: .removed, price: eur("1000.00")),
        Priced(id: "9", customer: "9", status: .hold, price: eur("5.00"), products: [product("A", by: "zenix")]),
    ]

    @Test func `customers come to this`() throws {
        let answer = MoneyAnswer(Self.scene, by: .customer)
        let first = try #require(answer[.customer("1")])
        #expect(first.month.subscriptions == 2 && first.month.rate == amount("535.60"))
        #expect(first.month.cost == amount("455.26") && first.committed == amount("5665.00"))
        #expect(first.month.margin?.words == "80.34 EUR, 15.0 %")
        let second = try #require(answer[.customer("2")])
        #expect(second.month.rate == 30 && second.committed == 30 && second.month.withCost == 0)
        #expect(answer.rows.first { $0.group == .customer("2") }?.withoutRate == 1)
        let third = try #require(answer[.customer("6"), "USD"])
        #expect(third.month.rate == 12 && third.month.margin?.isLoss == true)
        // Neither has an end: nothing says what is committed.
        #expect(third.committed == 0 && third.withoutEnd == 2)
        #expect(answer.rows.map(\.group) == [.customer("1"), .customer("2"), .customer("9"), .customer("6")])
        #expect(answer.subscriptions == 7 && answer.withoutRate == 1 && answer.isComplete)
    }

    @Test func `totals are one a currency, and never of both`() {
        let answer = MoneyAnswer(Self.scene, by: .term)
        #expect(answer.totals.map(\.month.currency) == ["EUR", "USD"])
        #expect(answer.totals.map(\.month.rate) == [amount("570.60"), 12])
        #expect(answer.totals.map(\.committed) == [amount("5695.00"), 0])
    }

    @Test func `resellers, those not read apart`() {
        let answer = MoneyAnswer(Self.scene, by: .reseller)
        #expect(answer[.reseller("100")]?.month.rate == amount("565.60"))
        #expect(answer[.reseller("200"), "USD"]?.month.rate == 12)
        #expect(answer[.unknown]?.month.rate == 5)
    }

    @Test func `terms with how they are paid`() {
        let answer = MoneyAnswer(Self.scene, by: .term)
        #expect(answer[.term(Period(1, .year), billing: Period(1, .year))]?.month.rate == amount("20.60"))
        #expect(answer[.term(Period(1, .year), billing: Period(1, .month))]?.month.rate == 550)
        #expect(answer.rows.last?.group == .term(Period(1, .year), billing: nil))
        #expect(answer.rows.last?.figures == nil)
    }

    @Test func `a subscription with several products is split between their vendors`() throws {
        let answer = MoneyAnswer(Self.scene, by: .vendor)
        #expect(answer[.vendor("zenix")]?.month.rate == 15)
        #expect(answer[.vendor("xylo")]?.month.rate == 20)
        // One cost of two is not reported: no part has a margin, as the whole has none.
        #expect(answer[.vendor("zenix")]?.month.withCost == 0)
        #expect(answer[.vendor("xylo"), "USD"]?.month.rate == 12)
        #expect(answer.rows.last?.group == .unpriced)
        let products = MoneyAnswer(Self.scene, by: .product)
        #expect(products[.product("A", vendor: "zenix")]?.month.rate == 15)
        #expect(products[.product("A", vendor: "xylo"), "USD"]?.month.rate == 12)
        #expect(products.rows.first?.title == "AUR-365-BP of aurora")
    }

    @Test func `products whose prices are not together the price of the whole stay together`() {
        let one = Priced(
            id: "1", price: eur("25.00"),
            products: [product("A", by: "zenix", at: eur("20")), product("B", by: "xylo", at: eur("10"))])
        #expect(MoneyAnswer([one], by: .vendor)[.several]?.month.rate == 25)
        var other = one
        other.products[1].vendor = "zenix"
        #expect(MoneyAnswer([other], by: .vendor)[.vendor("zenix")]?.month.rate == 25)
        #expect(MoneyAnswer([other], by: .product)[.several]?.month.rate == 25)
    }

    @Test func `parts of a yearly price are rounded so that they are the whole together`() {
        let one = Priced(
            id: "1", billing: Period(1, .year), price: eur("100"),
            products: [
                product("A", by: "a", at: eur("33.33")), product("B", by: "b", at: eur("33.33")),
                product("C", by: "c", at: eur("33.34")),
            ])
        let answer = MoneyAnswer([one], by: .vendor)
        let parts = ["a", "b", "c"].compactMap { answer[.vendor($0)]?.month.rate }
        #expect(parts == [amount("2.78"), amount("2.78"), amount("2.77")])
        #expect(answer.totals[0].month.rate == amount("8.33"))
    }

    @Test func `what is not read is in no sum, and every row says how much it lacks`() {
        let byCustomer = MoneyAnswer(Self.scene, by: .customer, unread: ["2", "9"])
        #expect(byCustomer.unread == 2 && byCustomer.read == 5 && !byCustomer.isComplete)
        #expect(byCustomer[.customer("1")]?.month.rate == 515)
        #expect(byCustomer.rows.first { $0.group == .customer("1") }?.unread == 1)
        #expect(byCustomer.rows.first { $0.group == .customer("2") }?.unread == 0)
        let nothing = byCustomer.rows.first { $0.group == .customer("9") }
        #expect(nothing?.figures == nil && nothing?.unread == 1)
        // Whose vendor's the others are nobody can say.
        let byVendor = MoneyAnswer(Self.scene, by: .vendor, unread: ["2", "9"])
        #expect(byVendor.rows.first { $0.group == .vendor("aurora") }?.unread == nil)
        #expect(byVendor.rows.last?.group == .unread && byVendor.rows.last?.unread == 2)
    }

    @Test func `amounts of twenty digits are added exactly`() {
        let large = (1...3).map { Priced(id: "\($0)", price: eur("100000000000000000000.01")) }
        let total = MoneyAnswer(large, by: .customer).totals.first?.month.rate
        #expect(total == amount("300000000000000000000.03"))
    }

    // MARK: Any grouping

    @Test(arguments: 1...20) func `sums over any grouping are equal, and equal to the sum of all`(seed: UInt64) {
        var dice = Dice(seed: seed)
        let all = (0..<300).map { Priced.random($0, &dice) }
        let unread = Set(all.filter { _ in dice.below(5) == 0 }.map(\.id))
        var whole = MonthlyMoney()
        for one in all where one.status != .terminated && one.status != .removed {
            whole.add(unread.contains(one.id) ? nil : one.detail)
        }
        let first = MoneyAnswer(all, by: .customer, unread: unread)
        #expect(first.totals.map(\.month) == whole.sums)
        #expect(first.unread == whole.unread && first.withoutRate == whole.withoutRate)
        for grouping in MoneyAnswer.Grouping.allCases {
            let answer = MoneyAnswer(all, by: grouping, unread: unread)
            #expect(answer.totals == first.totals)
            for total in answer.totals {
                let rows = answer.rows.filter { $0.currency == total.month.currency }.compactMap(\.figures)
                #expect(rows.reduce(0) { $0 + $1.month.rate } == total.month.rate)
                #expect(rows.reduce(0) { $0 + $1.month.cost } == total.month.cost)
                #expect(rows.reduce(0) { $0 + $1.month.rateWithCost } == total.month.rateWithCost)
                #expect(rows.reduce(0) { $0 + $1.committed } == total.committed)
            }
        }
    }
}

extension Priced {
    fileprivate static func random(_ number: Int, _ dice: inout Dice) -> Priced {
        let currency = dice.below(3) == 0 ? "USD" : "EUR"
        func price(_ dice: inout Dice) -> Money {
            Money(Decimal(dice.below(9) == 0 ? 0 : dice.below(90_000)) / 100, currency)
        }
        var one = Priced(id: "\(number)", customer: "\(1 + dice.below(9))")
        one.status = [.active, .active, .active, .hold, .pending, .terminated, .removed][dice.below(7)]
        one.ends =
            [nil, "9999-12-31", "2026-11-26", "2028-02-29", "2027-03-31", "2029-05-15", "2026-12-01"][dice.below(7)]
        one.term = [Period(1, .month), Period(1, .year), Period(3, .year), nil][dice.below(4)]
        one.billing =
            [Period(1, .month), Period(1, .year), Period(3, .month), Period(3, .year), Period(30, .day), nil][
                dice.below(6)]
        one.products = (0..<dice.below(4)).map { _ in
            product(
                "M\(dice.below(6))", by: "v\(dice.below(4))", units: 1 + dice.below(30), at: price(&dice),
                cost: dice.below(6) == 0 ? nil : price(&dice))
        }
        let sum = one.products.compactMap(\.rates.price).reduce(Decimal(0)) { $0 + $1.amount }
        one.price = dice.below(12) == 0 ? nil : dice.below(8) == 0 ? price(&dice) : Money(sum, currency)
        return one
    }
}
