import FoundationEssentials

/// An amount in one currency. Decimal all the way: it never passes through binary floating point (REFERENCE 4).
public struct Money: Hashable, Codable, Sendable, CustomStringConvertible {
    public let amount: Decimal
    /// ISO 4217 code.
    public let currency: String

    public init(_ amount: Decimal, _ currency: String) {
        self.amount = amount
        self.currency = currency
    }

    /// Nil when `text` is not a decimal number in the API's spelling, `-?digits[.digits]`.
    public init?(text: String, currency: String) {
        guard let amount = Decimal(plain: text) else { return nil }
        self.init(amount, currency)
    }

    /// `1,234.50 EUR`.
    public var description: String { "\(amount.grouped(fractionDigits: 2)) \(currency)" }

    /// `1,234.50`, for columns whose title names the currency.
    public var bare: String { amount.grouped(fractionDigits: 2) }

    /// The sum, or nil when the currencies differ: amounts of two currencies are never added.
    public func adding(_ other: Money) -> Money? {
        currency == other.currency ? Money(amount + other.amount, currency) : nil
    }

    public func times(_ count: Decimal) -> Money { Money(amount * count, currency) }

    /// What each of `count` has of it, to the hundredth; nil where that is no whole number of hundredths.
    public func divided(by count: Int) -> Money? {
        guard count > 0 else { return nil }
        let part = (amount / Decimal(count)).hundredths
        return part * Decimal(count) == amount ? Money(part, currency) : nil
    }

    /// What it comes to in a month when it is paid each `period`, to the hundredth: of a year the twelfth part. Nil for a
    /// period that is not made of months.
    public func perMonth(paidEach period: Period) -> Money? { part(months: 1, paidEach: period) }

    /// The same of a year.
    public func perYear(paidEach period: Period) -> Money? { part(months: 12, paidEach: period) }

    private func part(months: Int, paidEach period: Period) -> Money? {
        switch period.unit {
        case .month where period.count > 0: shared(months: months, of: period.count)
        case .year where period.count > 0: shared(months: months, of: period.count * 12)
        case .month, .year, .day, .statementDay, .other: nil
        }
    }

    private func shared(months: Int, of all: Int) -> Money {
        Money((amount * Decimal(months) / Decimal(all)).hundredths, currency)
    }
}

extension Decimal {
    /// A decimal from `-?digits[.digits]` (up to 30 digits) and nothing else: no exponent, no spaces, no locale.
    public init?(plain text: String) {
        let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
        let parts = digits.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard digits.count <= 31, (1...2).contains(parts.count),
            parts.allSatisfy({ part in !part.isEmpty && part.allSatisfy { (48...57).contains($0) } })
        else { return nil }
        guard let value = Decimal(string: text) else { return nil }
        self = value
    }

    /// The nearest hundredth, half of one away from zero.
    var hundredths: Decimal {
        let half: Decimal = self < 0 ? -0.5 : 0.5
        return (Decimal(string: (self * 100 + half).cut(fractionDigits: 0)) ?? self * 100) / 100
    }

    /// The value cut, not rounded up, to `fractionDigits` after the point, as text.
    public func cut(fractionDigits: Int) -> String {
        let parts = description.split(separator: ".", maxSplits: 1)
        let fraction = parts.count > 1 ? parts[1].prefix(fractionDigits) : ""
        return (parts.first ?? "0") + (fraction.isEmpty ? "" : "." + fraction)
    }

    /// Thousands grouped by commas and at least `fractionDigits` after the point; more only when the value has more.
    public func grouped(fractionDigits: Int) -> String {
        let text = description
        let negative = text.hasPrefix("-")
        let parts = text.drop { $0 == "-" }.split(separator: ".", maxSplits: 1)
        let whole = parts.first.map(String.init) ?? "0"
        var fraction = parts.count > 1 ? String(parts[1]) : ""
        while fraction.count < fractionDigits { fraction += "0" }
        var grouped = ""
        for (index, digit) in whole.enumerated() {
            if index > 0, (whole.count - index).isMultiple(of: 3) { grouped += "," }
            grouped.append(digit)
        }
        return (negative ? "-" : "") + grouped + (fraction.isEmpty ? "" : "." + fraction)
    }
}

extension Money {
    /// Without thousands and with two places at least, as scripts read it: the API leaves zeros out at will.
    public var plainAmount: String {
        let parts = amount.description.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let fraction = parts.count > 1 ? String(parts[1]) : ""
        return "\(parts[0]).\(fraction)\(String(repeating: "0", count: max(0, 2 - fraction.count)))"
    }
}
