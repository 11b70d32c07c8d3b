import FoundationEssentials
import Marketplace
import Testing

@Suite struct `A typed number` {
    @Test(arguments: [
        ("12", "12"), ("-3", "-3"), ("+3", "3"), ("12.50", "12.5"), ("12,50", "12.5"), ("12,5", "12.5"),
        ("0.125", "0.125"),
        ("0,125", "0.125"), ("1234.567", "1234.567"), ("1234,567", "1234.567"), ("1,234.50", "1234.5"),
        ("1.234,50", "1234.5"), ("1,000,000", "1000000"), ("1.000.000", "1000000"), ("1.0000", "1"),
        ("1,234.567", "1234.567"),
        ("-1,5", "-1.5"), ("1.000,5", "1000.5"), ("000", "0"),
    ])
    func `is read where it can be read in one way`(_ text: String, _ expected: String) {
        #expect(TypedNumber(text).decimal == Decimal(string: expected))
        #expect(TypedNumber(text).howToWrite == nil)
    }

    @Test(arguments: [
        ("1.000", "1000", "1.0000"), ("1,000", "1000", "1.0000"), ("12,500", "12500", "12.5000"),
        ("-1.234", "-1234", "-1.2340"), ("999,999", "999999", "999.9990"),
    ])
    func `that may be two numbers is refused with the way to write either`(
        _ text: String, _ whole: String, _ fraction: String
    ) {
        let number = TypedNumber(text)
        #expect(number.decimal == nil)
        #expect(number.howToWrite == "may be two numbers: write \(whole) or \(fraction).")
        #expect(TypedNumber(whole).decimal == Decimal(string: whole))
        #expect(TypedNumber(fraction).decimal == Decimal(string: fraction))
    }

    @Test(arguments: [
        "", "-", "+", ".", ",", "1.", ",5", "1..2", "1,2,3", "12,34,567", "1,2345,678", "1.2.3,4", "1,234.5,6", "1 000",
        "1'000", "1e3", "0x10", "١٢", "12€", "--1", "+-1", "1-2", "1,000.000.000",
        String(repeating: "9", count: 40),
    ])
    func `is nothing else`(_ text: String) {
        #expect(TypedNumber(text) == .notANumber)
    }

    @Test func `is whole or not`() {
        #expect(TypedNumber("12,0").whole == 12)
        #expect(TypedNumber("12,5").whole == nil)
        #expect(TypedNumber("99999999999999999999").whole == nil)
        #expect(TypedNumber("9223372036854775807").whole == .max)
    }
}
