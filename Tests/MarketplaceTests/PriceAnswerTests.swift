import FoundationEssentials
import Marketplace
import Testing

/// What prices of its own make of a subscription, by hand.
@Suite struct `Special prices of a subscription` {
    private static let (month, year) = (Period(1, .month), Period(1, .year))

    private static func product(
        _ mpn: String = "A", units: Int? = 25, price: Decimal? = 20.6, cost: Decimal? = 17.51,
        currency: String = "EUR", costCurrency: String? = nil
    ) -> SubscriptionProduct {
        SubscriptionProduct(
            product: .init("id-\(mpn)"), mpn: mpn, vendor: "v", name: mpn, quantity: units,
            unitPrice: price.map { Money(exact($0), currency) },
            extendedPrice: price.flatMap { price in units.map { Money(exact(price) * Decimal($0), currency) } },
            unitCost: cost.map { Money(exact($0), costCurrency ?? currency) })
    }

    /// To the hundredth: a literal of a decimal passes through binary.
    private static func exact(_ value: Decimal) -> Decimal {
        let half: Decimal = value < 0 ? -0.5 : 0.5
        return (Decimal(string: (value * 100 + half).cut(fractionDigits: 0)) ?? 0) / 100
    }

    private static func detail(
        _ products: [SubscriptionProduct], term: Period? = year, billing: Period? = month
    ) -> SubscriptionDetail {
        SubscriptionDetail(
            subscription: Subscription(
                id: "917", name: "A", customer: "7", status: .active, billingPeriod: billing,
                subscriptionPeriod: term),
            products: products)
    }

    private static func euros(_ amount: Decimal) -> TieredMoney { TieredMoney(Money(exact(amount), "EUR")) }

    private static func set(
        _ mpn: String = "A", price: TieredMoney? = nil, cost: TieredMoney? = nil, provider: TieredMoney? = nil
    ) -> SpecialPrice {
        SpecialPrice(product: .mpn(mpn), unitPrice: price, unitCost: cost, unitProviderCost: provider)
    }

    struct Case: Sendable {
        var products: [SubscriptionProduct]
        var term: Period? = year
        var billing: Period? = month
        var asked: [SpecialPrice]
        /// Before and after: what is charged a month and a term, and the margin of a month with its per cent.
        var monthly: (Decimal?, Decimal?)
        var whole: (Decimal?, Decimal?)
        var margin: (Decimal?, Decimal?)
        var percent: (Decimal?, Decimal?)
    }

    private static let cases: [Case] = [
        // 25 x 20.60 = 515.00 becomes 25 x 20.00 = 500.00; cost 437.75, so 77.25 (15.0 %) becomes 62.25 (12.45 -> 12.5 %).
        Case(
            products: [product()], asked: [set(price: euros(20))], monthly: (515, 500), whole: (6180, 6000),
            margin: (77.25, 62.25), percent: (15, 12.5)),
        // Only the cost: 25 x 16.00 = 400.00, 115.00 of 515.00 is 22.33 %.
        Case(
            products: [product()], asked: [set(cost: euros(16))], monthly: (515, 515), whole: (6180, 6180),
            margin: (77.25, 115), percent: (15, 22.3)),
        // A year paid at once: 3 x 247.20 = 741.60, a month 61.80; 3 x 240.00 = 720.00, a month 60.00; cost 3 x 210.12 =
        // 630.36, a month 52.53.
        Case(
            products: [product(units: 3, price: 247.2, cost: 210.12)], billing: year, asked: [set(price: euros(240))],
            monthly: (61.8, 60), whole: (741.6, 720), margin: (9.27, 7.47), percent: (15, 12.5)),
        // Three years billed monthly: 36 times.
        Case(
            products: [product(units: 1, price: 10, cost: 5)], term: Period(3, .year), asked: [set(price: euros(12))],
            monthly: (10, 12), whole: (360, 432), margin: (5, 7), percent: (50, 58.3)),
        // Free, and below cost.
        Case(
            products: [product(units: 2, price: 10, cost: 5)], asked: [set(price: euros(0))], monthly: (20, 0),
            whole: (240, 0), margin: (10, -10), percent: (50, nil)),
        // No units: nothing is charged.
        Case(
            products: [product(units: 0)], asked: [set(price: euros(20))], monthly: (0, 0), whole: (0, 0),
            margin: (0, 0), percent: (nil, nil)),
        // Two products, one of them with another price: 515.00 + 4 x 10.00 = 555.00 becomes 540.00.
        Case(
            products: [product(), product("B", units: 4, price: 10, cost: 5)], asked: [set(price: euros(20))],
            monthly: (555, 540), whole: (6660, 6480), margin: (97.25, 82.25), percent: (17.5, 15.2)),
        // The cost is not reported, and is given now.
        Case(
            products: [product(cost: nil)], asked: [set(cost: euros(16))], monthly: (515, 515), whole: (6180, 6180),
            margin: (nil, 115), percent: (nil, 22.3)),
        // Neither cost nor price reported.
        Case(
            products: [product(price: nil, cost: nil)], asked: [set(price: euros(20))], monthly: (nil, 500),
            whole: (nil, 6000), margin: (nil, nil), percent: (nil, nil)),
        // Units not reported.
        Case(
            products: [product(units: nil)], asked: [set(price: euros(20))], monthly: (nil, nil), whole: (nil, nil),
            margin: (nil, nil), percent: (nil, nil)),
        // Two currencies: nothing is added or taken away across them.
        Case(
            products: [product(costCurrency: "USD")], asked: [set(price: euros(20))], monthly: (515, 500),
            whole: (6180, 6000), margin: (nil, nil), percent: (nil, nil)),
        Case(
            products: [product(), product("B", currency: "USD")], asked: [set(price: euros(20))], monthly: (nil, nil),
            whole: (nil, nil), margin: (nil, nil), percent: (nil, nil)),
        // No billing period; days; a term that is no whole number of billing periods; no term.
        Case(
            products: [product()], billing: nil, asked: [set(price: euros(20))], monthly: (nil, nil), whole: (nil, nil),
            margin: (nil, nil), percent: (nil, nil)),
        Case(
            products: [product()], term: Period(60, .day), billing: Period(30, .day), asked: [set(price: euros(20))],
            monthly: (nil, nil), whole: (1030, 1000), margin: (nil, nil), percent: (nil, nil)),
        Case(
            products: [product()], term: Period(7, .month), billing: Period(3, .month), asked: [set(price: euros(24))],
            monthly: (171.67, 200), whole: (nil, nil), margin: (25.75, 54.08), percent: (15, 27)),
        Case(
            products: [product()], term: nil, asked: [set(price: euros(20))], monthly: (515, 500), whole: (nil, nil),
            margin: (77.25, 62.25), percent: (15, 12.5)),
    ]

    @Test(arguments: cases) func `are stated a month, a term and with what is left`(given: Case) {
        let answer = PriceAnswer(given.asked, of: Self.detail(given.products, term: given.term, billing: given.billing))
        #expect(answer.month.before.price?.amount == given.monthly.0.map(Self.exact))
        #expect(answer.month.after.price?.amount == given.monthly.1.map(Self.exact))
        #expect(answer.wholeTerm.before.price?.amount == given.whole.0.map(Self.exact))
        #expect(answer.wholeTerm.after.price?.amount == given.whole.1.map(Self.exact))
        #expect(answer.month.before.margin?.amount.amount == given.margin.0.map(Self.exact))
        #expect(answer.month.after.margin?.amount.amount == given.margin.1.map(Self.exact))
        #expect(answer.month.before.margin?.percent == given.percent.0.map(Self.exact))
        #expect(answer.month.after.margin?.percent == given.percent.1.map(Self.exact))
    }

    @Test func `count for as many units as are held where they have tiers`() {
        let tiers = TieredMoney(
            Money(20, "EUR"),
            tiers: [.init(from: 1, amount: 20), .init(from: 25, amount: 18), .init(from: 50, amount: 16)])
        let answer = PriceAnswer([Self.set(price: tiers)], of: Self.detail([Self.product()]))
        #expect(answer.month.after.price == Money(450, "EUR"))
        #expect(answer.parts.first?.difference == Money(Self.exact(-2.6), "EUR"))
        #expect(answer.parts.map(\.words) == ["unit price of A 20.60 EUR → 1-24: 20.00, 25-49: 18.00, 50-: 16.00 EUR"])
        #expect(
            answer.lines.map { "\($0.label): \($0.text)" } == [
                "a month: 515.00 EUR → 450.00 EUR, -65.00",
                "margin: 77.25 EUR, 15.0 % → 12.25 EUR, 2.7 % a month, -65.00",
                "a term: 6,180.00 EUR → 5,400.00 EUR, -780.00",
                "margin: 927.00 EUR, 15.0 % → 147.00 EUR, 2.7 % a term, -780.00",
            ])
    }

    @Test func `that are there already are no change`() {
        let detail = Self.detail([Self.product(), Self.product("B")])
        let wanted = [
            PriceAnswer.Wanted(place: 0, kind: .price, amount: Self.euros(20.6)),
            .init(place: 1, kind: .price, amount: Self.euros(20)),
            .init(place: 1, kind: .cost, amount: Self.euros(17.51)),
        ]
        #expect(PriceAnswer.prices(wanted, of: detail) == [Self.set("B", price: Self.euros(20))])
        #expect(PriceAnswer.prices(Array(wanted.prefix(1)), of: detail).isEmpty)
        #expect(PriceAnswer([Self.set(price: Self.euros(20.6))], of: detail).parts.isEmpty)
    }

    @Test func `of one amount in the place of tiers are sent as one tier`() {
        var product = Self.product()
        product.priceTiers = [.init(from: 1, amount: 20.6), .init(from: 50, amount: 19)]
        let wanted = [PriceAnswer.Wanted(place: 0, kind: .price, amount: Self.euros(20.6))]
        #expect(
            PriceAnswer.prices(wanted, of: Self.detail([product])) == [
                Self.set(price: TieredMoney(Money(20.6, "EUR"), tiers: [.init(from: 1, amount: 20.6)]))
            ])
    }

    @Test func `name a product by its id where several have its MPN`() {
        var other = Self.product()
        other.product = "id-2"
        let detail = Self.detail([Self.product(), other])
        let wanted = [PriceAnswer.Wanted(place: 1, kind: .price, amount: Self.euros(20))]
        #expect(PriceAnswer.prices(wanted, of: detail).map(\.product) == [.product("id-2")])
        other.product = nil
        #expect(PriceAnswer.prices(wanted, of: Self.detail([Self.product(), other])).isEmpty)
    }

    private static let warned: [(SpecialPrice, [String])] = [
        (set(price: euros(17)), ["A unit of A would be sold at 17.00 EUR, below its cost of 17.51 EUR"]),
        (set(cost: euros(30)), ["A unit of A would be sold at 20.60 EUR, below its cost of 30.00 EUR"]),
        (set(price: euros(17.51)), []),
        (
            set(
                price: TieredMoney(
                    Money(20, "EUR"), tiers: [.init(from: 1, amount: 20), .init(from: 100, amount: 16)])),
            ["A unit of A would be sold at 16.00 EUR, below its cost of 17.51 EUR where 100 are held"]
        ),
        (
            set(price: TieredMoney(Money(20, "USD"))),
            [
                "The unit price of A would be in USD; it is in EUR",
                "The unit price of A would be in USD and its cost in EUR",
            ]
        ),
        // What the provider pays says nothing of the reseller's margin.
        (set(provider: euros(30)), []),
    ]

    @Test(arguments: warned) func `below their cost or in another currency ask for a word more`(
        asked: SpecialPrice, words: [String]
    ) {
        #expect(PriceAnswer([asked], of: Self.detail([Self.product()])).warnings.map(\.text) == words)
    }

    private static let unknown: [([SubscriptionProduct], Period?, [String])] = [
        ([product()], month, []),
        ([product(cost: nil)], month, ["What A costs now is not reported, so the margin is not known"]),
        (
            [product(units: nil)], month,
            ["How many units of A are held is not reported, so neither charge nor margin is known"]
        ),
        (
            [product(price: nil)], month, ["What A is charged now is not reported, so the charge before is not known"]
        ),
        (
            [product(costCurrency: "USD")], month,
            ["Price and cost are in two currencies, so the margin is not known"]
        ),
        (
            [product()], Period(30, .day),
            [
                "The billing period is no number of months, so a month is not known",
                "The term is no whole number of billing periods, so a term is not known",
            ]
        ),
        ([product()], nil, ["The billing period is not reported, so neither a month nor a term is known"]),
    ]

    @Test(arguments: unknown) func `say what is not known`(
        products: [SubscriptionProduct], billing: Period?, gaps: [String]
    ) {
        let answer = PriceAnswer([Self.set(price: Self.euros(20))], of: Self.detail(products, billing: billing))
        #expect(answer.gaps == gaps)
    }

    @Test func `claim no charge where what is charged is not the units times the price`() {
        var product = Self.product()
        product.extendedPrice = Money(500, "EUR")
        let answer = PriceAnswer([Self.set(price: Self.euros(20))], of: Self.detail([product]))
        #expect(answer.month.before.price == Money(500, "EUR"))
        #expect(answer.month.after.price == nil)
        #expect(answer.gaps.contains { $0.hasPrefix("What A is charged now is not its units times its unit price") })
    }

    // MARK: The checks of the write

    private func checks(
        _ changes: SubscriptionChanges, _ detail: SubscriptionDetail, _ verdict: DryRun.Check.Verdict
    ) -> [String] {
        let run = DryRun(
            .change(detail.subscription, changes), at: Instant(millisecondsSince1970: 0),
            WriteFacts(subscription: detail))
        return run.checks.filter { $0.verdict == verdict }.map(\.text)
    }

    @Test func `are refused where nothing changes or the product is not held`() {
        let detail = Self.detail([Self.product()])
        let words = ["Subscription 917 has these prices already"]
        #expect(checks(.init(prices: []), detail, .refused) == words)
        #expect(checks(.init(prices: [Self.set(price: Self.euros(20.6))]), detail, .refused) == words)
        #expect(
            checks(.init(prices: [Self.set("Z", price: Self.euros(20))]), detail, .refused)
                == ["Subscription 917 holds no MPN Z"])
        #expect(checks(.init(prices: [Self.set(price: Self.euros(20))]), detail, .refused).isEmpty)
    }

    @Test func `that moved since they were seen are named`() {
        let intent = WriteIntent.change(
            Self.detail([]).subscription, SubscriptionChanges(prices: [Self.set(price: Self.euros(20))]))
        func run(_ price: Decimal) -> DryRun {
            DryRun(
                intent, at: Instant(millisecondsSince1970: 0),
                WriteFacts(subscription: Self.detail([Self.product(price: price)])))
        }
        #expect(
            run(21).differences(since: run(20.6))
                == ["The unit price of A is 21.00 EUR now; you saw 20.60 EUR."])
        #expect(intent.name == "special pricing of subscription 917")
    }

    @Test func `and attributes are compared with those they were made of`() {
        var detail = Self.detail([Self.product()])
        detail.attributes = ["a": "1", "b": "2"]
        func refused(_ attributes: Attributes, of before: Attributes) -> [String] {
            checks(.init(attributes: attributes, attributesBefore: before), detail, .refused)
        }
        #expect(refused(["a": "1", "b": "3"], of: ["a": "1", "b": "2"]).isEmpty)
        #expect(
            refused(["a": "1", "b": "2"], of: ["a": "1", "b": "2"])
                == ["Subscription 917 has these attributes already"])
        #expect(
            refused(["a": "5"], of: ["a": "1"])
                == ["The attributes of subscription 917 were changed meanwhile: begin again"])
        #expect(refused(["a": "1", "b": "2", "api_token": "x"], of: detail.attributes).count == 1)
        let changes = SubscriptionChanges(
            attributes: ["a": "1", "b": "3", "c": "4"], attributesBefore: detail.attributes)
        let intent = WriteIntent.change(detail.subscription, changes)
        #expect(intent.changes() == ["attribute b 2 → 3", "attribute c none → 4"])
    }
}
