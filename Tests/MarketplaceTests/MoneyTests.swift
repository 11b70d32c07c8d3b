import FoundationEssentials
import Marketplace
import Testing

@Suite struct `An amount of money` {
    @Test(arguments: [
        ("0", "0.00"), ("5", "5.00"), ("1234.5", "1,234.50"), ("999", "999.00"), ("1000", "1,000.00"),
        ("1234567890.129", "1,234,567,890.129"), ("-1234.5", "-1,234.50"), ("-0.05", "-0.05"), ("0.1", "0.10"),
        ("007", "7.00"), ("12345678901234567890.12", "12,345,678,901,234,567,890.12"),
    ])
    func `is read and grouped digit by digit`(_ text: String, _ expected: String) {
        #expect(Money(text: text, currency: "EUR")?.bare == expected)
        #expect(Money(text: text, currency: "EUR")?.description == expected + " EUR")
    }

    @Test(arguments: [
        "", "-", ".", "1.", ".5", "1.2.3", "1,5", "1e3", "+1", " 1", "1 ", "0x10", "NaN", "inf", "--1", "١٢",
        String(repeating: "9", count: 32),
    ])
    func `is not made of anything but a plain decimal number`(_ text: String) {
        #expect(Money(text: text, currency: "EUR") == nil)
    }

    @Test func `never passes through binary fractions`() {
        let tenth = Money(text: "0.1", currency: "USD")!
        let fifth = Money(text: "0.2", currency: "USD")!
        #expect(tenth.adding(fifth) == Money(text: "0.3", currency: "USD"))
        #expect(tenth.times(3) == Money(text: "0.3", currency: "USD"))
        var sum = Money(text: "0", currency: "USD")!
        for _ in 0..<1000 { sum = sum.adding(tenth)! }
        #expect(sum.bare == "100.00")
        #expect(Money(text: "8.005", currency: "USD")!.times(100).bare == "800.50")
    }

    @Test func `of two currencies is not added`() {
        #expect(Money(text: "1", currency: "USD")!.adding(Money(text: "1", currency: "EUR")!) == nil)
    }

    @Test func `has as many digits after the point as asked for, or more when it has them`() {
        #expect(Decimal(plain: "25")!.grouped(fractionDigits: 0) == "25")
        #expect(Decimal(plain: "2500.5")!.grouped(fractionDigits: 0) == "2,500.5")
        #expect(Decimal(plain: "2500.5")!.grouped(fractionDigits: 3) == "2,500.500")
    }
}

@Suite struct `A period` {
    @Test func `is said in words`() {
        #expect(Period(1, .year).spoken == "1 year")
        #expect(Period(3, .month).spoken == "3 months")
        #expect(Period(1, .other("week")).spoken == "1 week")
        #expect(Period(2, .statementDay).spoken == "2 statement days")
    }

    @Test func `is said shortly for columns`() {
        #expect([Period(1, .year), Period(3, .month), Period(30, .day)].map(\.short) == ["1Y", "3M", "30D"])
    }

    @Test func `is a rhythm of bills`() {
        let periods = [Period(1, .month), Period(1, .year), Period(1, .day), Period(3, .month)]
        #expect(periods.map(\.rhythm) == ["monthly", "yearly", "daily", "every 3 months"])
    }
}

@Suite struct `Money of a period as that of a month and of a year` {
    @Test(arguments: [
        ("120.84", Period(1, .year), "10.07", "120.84"), ("64.15", Period(3, .year), "1.78", "21.38"),
        ("30.00", Period(3, .month), "10.00", "120.00"), ("5.60", Period(1, .month), "5.60", "67.20"),
    ])
    func `it is shared by months, to the hundredth`(paid: String, each: Period, month: String, year: String) throws {
        let money = Money(try #require(Decimal(plain: paid)), "EUR")
        #expect(money.perMonth(paidEach: each)?.bare == month)
        #expect(money.perYear(paidEach: each)?.bare == year)
    }

    @Test func `a period that is not made of months has neither`() {
        let money = Money(1, "EUR")
        #expect(money.perMonth(paidEach: Period(30, .day)) == nil)
        #expect(money.perYear(paidEach: Period(30, .day)) == nil)
        #expect(money.perYear(paidEach: Period(0, .year)) == nil)
    }
}
