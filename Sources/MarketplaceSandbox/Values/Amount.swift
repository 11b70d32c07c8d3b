/// An exact amount of money in ten-thousandths of the currency's unit; never a float (REFERENCE 4).
struct Amount: Comparable, Hashable, Sendable {
    var units: Int64

    static let zero = Amount(units: 0)

    static func cents(_ cents: Int) -> Amount {
        Amount(units: Int64(cents) * 100)
    }

    static func + (left: Amount, right: Amount) -> Amount {
        Amount(units: left.units &+ right.units)
    }

    static prefix func - (amount: Amount) -> Amount {
        Amount(units: 0 &- amount.units)
    }

    static func < (left: Amount, right: Amount) -> Bool {
        left.units < right.units
    }

    static func * (amount: Amount, count: Int) -> Amount {
        Amount(units: amount.units &* Int64(count))
    }

    /// This amount times `part` over `whole`, rounded half up to the cent.
    func scaled(_ part: Int, over whole: Int) -> Amount {
        guard whole > 0 else { return .zero }
        let negative = (units < 0) != (part < 0)
        let product = units.magnitude.multipliedFullWidth(by: part.magnitude == 0 ? 0 : UInt64(part.magnitude))
        let cent = UInt64(whole) * 100
        guard product.high < cent else { return .zero }
        let (quotient, rest) = cent.dividingFullWidth(product)
        let cents = quotient &+ (rest >= cent - rest ? 1 : 0)
        let value = Int64(truncatingIfNeeded: cents &* 100)
        return Amount(units: negative ? 0 &- value : value)
    }

    /// Decimal text without trailing zeros, as the platform sends it: `20.6`, `978`.
    var text: String {
        var bytes: [UInt8] = []
        write(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    func write(to bytes: inout [UInt8]) {
        let magnitude = units.magnitude
        let fraction = Int(magnitude % 10_000)
        if units < 0 { bytes.append(UInt8(ascii: "-")) }
        Digits.write(Int(magnitude / 10_000), to: &bytes)
        guard fraction > 0 else { return }
        bytes.append(UInt8(ascii: "."))
        Digits.writePair(fraction / 100, to: &bytes)
        Digits.writePair(fraction % 100, to: &bytes)
        while bytes.last == UInt8(ascii: "0") { bytes.removeLast() }
    }

    /// Reads decimal text with up to four decimals; nil for anything else.
    init?(_ text: String) {
        var rest = Substring(text)
        let negative = rest.first == "-"
        if negative { rest = rest.dropFirst() }
        let parts = rest.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, let first = parts.first, first.utf8.count <= 12, let whole = Digits.number(first.utf8)
        else { return nil }
        var fraction = 0
        if parts.count == 2 {
            let digits = parts[1].utf8
            guard digits.count <= 4, let value = Digits.number(digits) else { return nil }
            fraction = value * [1, 1_000, 100, 10, 1][digits.count]
        }
        let value = Int64(whole) * 10_000 + Int64(fraction)
        units = negative ? -value : value
    }

    init(units: Int64) {
        self.units = units
    }
}
