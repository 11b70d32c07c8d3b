import FoundationEssentials
import Marketplace
import Testing

/// Unit prices as they are typed and shown.
@Suite struct `A unit price that is typed` {
    private static func tiers(_ pairs: (Decimal, Decimal)...) -> [TieredMoney.Tier] {
        pairs.map { TieredMoney.Tier(from: $0.0, amount: $0.1) }
    }

    private func read(_ text: String, _ currency: String? = "EUR", units: Int? = 25) -> TieredMoney? {
        try? TypedPrice.read(text, currency: currency, units: units).get()
    }

    private func problem(_ text: String, _ currency: String? = "EUR") -> String {
        guard case .failure(let problem) = TypedPrice.read(text, currency: currency, units: 25) else { return "" }
        return problem.text
    }

    private static let single: [(String, Decimal, String)] = [
        ("20.00", Decimal(20), "EUR"), (" 20,50 ", 20.5, "EUR"), ("20.00 USD", 20, "USD"), ("20.00usd", 20, "USD"),
        ("0", 0, "EUR"), ("1,234.50", 1234.5, "EUR"), ("0.0001", Decimal(1) / 10000, "EUR"),
    ]

    @Test(arguments: single) func `is one amount`(text: String, amount: Decimal, currency: String) {
        #expect(read(text) == TieredMoney(Money(amount, currency)))
    }

    private static let tiered: [(String, [TieredMoney.Tier], Decimal)] = [
        ("1-9: 20.00, 10-: 18.50", tiers((1, 20), (10, 18.5)), Decimal(18.5)),
        ("1-9:20.00,10-:18.50 EUR", tiers((1, 20), (10, 18.5)), 18.5),
        // Without ends, and with a semicolon.
        ("1-: 20; 10-: 18.5; 26-: 17", tiers((1, 20), (10, 18.5), (26, 17)), 18.5),
        // A tier of one number of units.
        ("1: 20, 2-24: 19, 25-: 18", tiers((1, 20), (2, 19), (25, 18)), 18),
        ("0-49: 20, 50-: 18", tiers((0, 20), (50, 18)), 20),
        ("1-: 20", tiers((1, 20)), 20),
    ]

    @Test(arguments: tiered) func `is one by quantity, with the one for what is held beside it`(
        text: String, tiers: [TieredMoney.Tier], held: Decimal
    ) {
        #expect(read(text) == TieredMoney(Money(held, "EUR"), tiers: tiers))
    }

    @Test(arguments: [
        ("", "Write an amount"), ("EUR", "Write an amount"), ("20.00 EURO", "'EURO' is no currency"),
        ("abc", "Write an amount"), ("twenty 5", "no amount"), ("-1", "'-1' is less than nothing"),
        ("1.000", "may be two numbers: write 1000.00 or 1.0000"),
        ("1-9: 20,00, 10-: 18,50", "Tier 2, '00'"), ("1-9: 20.00, 10 18.50", "Tier 2, '10 18.50'"),
        ("1-9: 20.00, 10-: x1", "Tier 2, '10-: x1': 'x1' is no amount"),
        ("1-9: 20.00, 9-: 18.50", "an earlier tier names already"),
        ("10-: 20.00, 1-9: 18.50", "Tier 1, '10-: 20.00': nothing is said of 1 unit"),
        ("1-9: 20.00, 15-: 18.50", "Tier 2, '15-: 18.50': nothing is said of 10 units: begin with 10"),
        ("1-9: 20.00, 10-20: 18.50", "nothing is said of more than 20 units: end with 10-"),
        ("9-1: 20.00", "Tier 1"), ("1-9: 20.00,", "Tier 2, ''"), ("1-2-3: 4", "Tier 1"),
    ]) func `is refused with its place`(text: String, words: String) {
        #expect(problem(text).contains(words), "\(problem(text))")
    }

    @Test func `needs a currency where none is known`() {
        #expect(problem("20.00", nil).contains("The currency is not known here"))
        #expect(read("20.00 SEK", nil) == TieredMoney(Money(20, "SEK")))
    }

    private static let shown: [(TieredMoney, String, String)] = [
        (TieredMoney(Money(20.6, "EUR")), "20.60", "20.60 EUR"),
        (TieredMoney(Money(1234.5, "EUR")), "1234.50", "1,234.50 EUR"),
        (TieredMoney(Money(20, "EUR"), tiers: tiers((1, 20))), "20.00", "20.00 EUR"),
        (
            TieredMoney(Money(19, "EUR"), tiers: tiers((50, 19), (1, 20.6))), "1-49: 20.60, 50-: 19.00",
            "1-49: 20.60, 50-: 19.00 EUR"
        ),
        // Below the first tier the amount beside them holds.
        (
            TieredMoney(Money(7.9, "USD"), tiers: tiers((10, 7.25))), "1-9: 7.90, 10-: 7.25",
            "1-9: 7.90, 10-: 7.25 USD"
        ),
    ]

    @Test(arguments: shown) func `is shown as it is read again`(price: TieredMoney, text: String, words: String) {
        #expect(price.text == text)
        #expect(price.words == words)
        #expect(read(text, price.amount.currency)?.isSame(as: price) == true)
    }

    @Test func `is the same however it is written`() {
        let plain = TieredMoney(Money(20, "EUR"))
        #expect(plain.isSame(as: TieredMoney(Money(5, "EUR"), tiers: Self.tiers((0, 20)))))
        #expect(!plain.isSame(as: TieredMoney(Money(20, "USD"))))
        #expect(!plain.isSame(as: TieredMoney(Money(20, "EUR"), tiers: Self.tiers((1, 20), (10, 18)))))
    }

    @Test(arguments: [(nil, 19), (1, 20.6), (49, 20.6), (50, 19)] as [(Int?, Decimal)])
    func `holds for a number of units`(units: Int?, amount: Decimal) {
        let price = TieredMoney(Money(19, "EUR"), tiers: Self.tiers((1, 20.6), (50, 19)))
        #expect(price.unit(of: units) == Money(amount, "EUR"))
    }
}
