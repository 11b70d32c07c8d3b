import FoundationEssentials
import Marketplace
import Testing

/// What so many units would cost, by hand.
@Suite struct `The cost of units before an order` {
    private static func product(
        _ price: Decimal?, cost: Decimal? = nil, term: Period?, billing: Period?, setup: Decimal? = nil,
        currency: String = "EUR", costCurrency: String = "EUR"
    ) -> Product {
        var prices = price.map { [Charge(kind: .recurring, amount: Money($0, currency))] } ?? []
        if let setup { prices.append(Charge(kind: .setup, amount: Money(setup, currency))) }
        return Product(
            id: "1", mpn: "A", vendor: "v", name: "A", minimumQuantity: 2, maximumQuantity: 300, prices: prices,
            costs: cost.map { [Charge(kind: .recurring, amount: Money($0, costCurrency))] } ?? [],
            billingPeriod: billing, subscriptionPeriod: term)
    }

    struct Case: Sendable {
        var price: Decimal?
        var term: Period?
        var billing: Period?
        var units: Int
        var month: Decimal?
        var overTerm: Decimal?
    }

    private static let (month, year) = (Period(1, .month), Period(1, .year))

    @Test(arguments: [
        // A month's term: the term is the month.
        Case(price: 24.72, term: month, billing: month, units: 25, month: 618, overTerm: 618),
        // A year billed monthly: twelve months.
        Case(price: 20.6, term: year, billing: month, units: 25, month: 515, overTerm: 6180),
        // A year billed at once: the twelfth part a month.
        Case(price: 247.2, term: year, billing: year, units: 25, month: 515, overTerm: 6180),
        // Three years billed yearly, and monthly.
        Case(price: 100, term: Period(3, .year), billing: year, units: 3, month: 25, overTerm: 900),
        Case(price: 10, term: Period(3, .year), billing: month, units: 1, month: 10, overTerm: 360),
        // A year of 100.00 a month is 8.33, to the hundredth.
        Case(price: 100, term: year, billing: year, units: 1, month: 8.33, overTerm: 100),
        // Free units, and none.
        Case(price: 0, term: year, billing: month, units: 25, month: 0, overTerm: 0),
        Case(price: 20.6, term: year, billing: month, units: 0, month: 0, overTerm: 0),
        // No whole number of billing periods in the term; no billing; no term; days; no price.
        Case(price: 10, term: Period(7, .month), billing: Period(3, .month), units: 3, month: 10, overTerm: nil),
        Case(price: 10, term: year, billing: nil, units: 1, month: nil, overTerm: nil),
        Case(price: 10, term: nil, billing: month, units: 1, month: 10, overTerm: nil),
        Case(price: 10, term: Period(30, .day), billing: Period(30, .day), units: 2, month: nil, overTerm: 20),
        Case(price: nil, term: year, billing: month, units: 1, month: nil, overTerm: nil),
    ]) func `is a month's and the term's`(given: Case) {
        let product = Self.product(given.price, term: given.term, billing: given.billing)
        let simulation = CostSimulation(product, units: given.units)
        #expect(simulation.rate == given.month.map { Money($0, "EUR") })
        #expect(simulation.overTerm == given.overTerm.map { Money($0, "EUR") })
    }

    @Test func `leaves a margin where the cost is reported in the same currency`() {
        let simulation = CostSimulation(
            Self.product(247.2, cost: 210.12, term: Self.year, billing: Self.year), units: 25)
        // 6,180.00 / 12 = 515.00; 5,253.00 / 12 = 437.75; 77.25 of 515.00 are 15.0 %.
        #expect(simulation.monthlyCost == Money(437.75, "EUR"))
        #expect(simulation.margin?.amount == Money(77.25, "EUR"))
        #expect(simulation.margin?.percent == 15)
        #expect(CostSimulation(Self.product(10, term: Self.year, billing: Self.month), units: 1).margin == nil)
        let mixed = Self.product(10, cost: 5, term: Self.year, billing: Self.month, costCurrency: "USD")
        #expect(CostSimulation(mixed, units: 1).margin == nil)
    }

    @Test func `is unsaid where the unit price depends on the number, and what comes once stands apart`() {
        var product = Self.product(10, term: Self.year, billing: Self.month, setup: 99)
        #expect(CostSimulation(product, units: 2).overTerm == Money(240, "EUR"))
        #expect(CostSimulation(product, units: 2).setup == [Money(99, "EUR")])
        #expect(!CostSimulation(product, units: 2).hasTiers)
        product.prices.append(Charge(kind: .recurring, amount: Money(8, "EUR"), fromQuantity: 10))
        #expect(CostSimulation(product, units: 2).hasTiers)
        #expect(CostSimulation(product, units: 2).price == nil)
        #expect(CostSimulation(product, units: 2).rate == nil)
    }

    @Test func `is by the subscription's own prices where it holds the offer`() {
        let product = Self.product(20.6, cost: 17, term: Self.year, billing: Self.month)
        var held = SubscriptionProduct(
            mpn: "A", vendor: "v", name: "A", quantity: 25, unitPrice: Money(19, "EUR"))
        held.unitCost = Money(16, "EUR")
        let simulation = CostSimulation(product, units: 30, held: held)
        #expect(simulation.isHeld)
        #expect(simulation.rate == Money(570, "EUR"))
        #expect(simulation.overTerm == Money(6840, "EUR"))
        #expect(simulation.margin?.amount == Money(90, "EUR"))
        held.unitPrice = nil
        #expect(CostSimulation(product, units: 30, held: held).rate == nil)
    }

    @Test(arguments: [(0, "Order at least 1 unit."), (1, "from 2 units."), (301, "up to 300 units.")])
    func `says what is not sold`(units: Int, words: String) {
        let product = Self.product(10, term: Self.year, billing: Self.month)
        #expect(CostSimulation(product, units: units).refusal?.hasSuffix(words) == true)
        #expect(CostSimulation(product, units: 2).refusal == nil)
    }
}
