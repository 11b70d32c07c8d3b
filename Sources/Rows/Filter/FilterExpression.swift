import FoundationEssentials
import Marketplace

/// A parsed filter: a row must meet every term.
public struct FilterExpression: Hashable, Sendable {
    public var terms: [FilterTerm]

    public init(terms: [FilterTerm] = []) { self.terms = terms }

    public var isEmpty: Bool { terms.isEmpty }

    /// Whether every row that meets this expression surely meets `other`, so that only the rows found by `other` need
    /// be evaluated. Says no when in doubt.
    func narrows(_ other: FilterExpression) -> Bool {
        other.terms.allSatisfy { wanted in terms.contains { $0.implies(wanted) } }
    }
}

/// One condition on a row. Words are kept folded, as UTF-8.
public struct FilterTerm: Hashable, Sendable {
    public enum Condition: Hashable, Sendable {
        /// The column contains the words; without a column, any column that plain words search.
        case holds([UInt8], column: String?)
        /// The letters are a subsequence of the text: they come in that order, with anything between them.
        case fuzzy([UInt8], column: String?)
        /// A whole line of the column's text.
        case line([UInt8], column: String)
        case number(Comparison, Decimal, column: String)
        /// Without a currency the bare amounts are compared.
        case money(Comparison, Decimal, currency: String?, column: String)
        /// Compared with a day, month or year: before its first day, after its last, or within.
        case date(Comparison, ClosedRange<CalendarDate>, column: String)
    }

    public enum Comparison: Hashable, Sendable { case less, lessOrEqual, equal, greaterOrEqual, greater }

    public var condition: Condition
    public var isNegated: Bool

    public init(condition: Condition, isNegated: Bool = false) {
        self.condition = condition
        self.isNegated = isNegated
    }

    /// The column it names; nil for those that plain words search.
    public var column: String? {
        switch condition {
        case .holds(_, let column), .fuzzy(_, let column): column
        case .line(_, let column), .number(_, _, let column), .money(_, _, _, let column), .date(_, _, let column):
            column
        }
    }

    /// Whether the words can be part of an e-mail address, a domain, a phone number, a tax number or a tenant id: these
    /// are searched by such words alone, because names repeat in them.
    public var isContact: Bool {
        switch condition {
        case .holds(let words, nil), .fuzzy(let words, nil):
            words.contains(UInt8(ascii: "@")) || words.contains(UInt8(ascii: "."))
                || words.count(where: Self.isDigit) > 4
                || (words.contains(UInt8(ascii: "-")) && words.contains(where: Self.isDigit))
        default: false
        }
    }

    /// Whether a text meets the words of the term, whichever column it names; false for numbers, money and dates.
    public func matches(_ text: some Sequence<UInt8>) -> Bool {
        switch condition {
        case .holds(let words, _): text.holds(words)
        case .fuzzy(let words, _): text.holdsInOrder(words)
        case .line(let words, _): text.holdsLine(words)
        case .number, .money, .date: false
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

    /// Whether a row that meets this term surely meets `other`. Says no when in doubt.
    func implies(_ other: FilterTerm) -> Bool {
        // Words of contacts are searched in more columns.
        guard isNegated == other.isNegated, isContact == other.isContact else { return false }
        return isNegated
            ? Self.implies(other.condition, condition) : Self.implies(condition, other.condition)
    }

    private static func implies(_ condition: Condition, _ other: Condition) -> Bool {
        if condition == other { return true }
        switch (condition, other) {
        case (.holds(let text, let column), .holds(let part, let otherColumn)):
            return column == otherColumn && text.holds(part)
        case (.fuzzy(let text, let column), .fuzzy(let part, let otherColumn)),
            (.holds(let text, let column), .fuzzy(let part, let otherColumn)):
            return column == otherColumn && text.holdsInOrder(part)
        case (.number(let sign, let value, let column), .number(let otherSign, let otherValue, let otherColumn)):
            return column == otherColumn && narrows(sign, value, otherSign, otherValue)
        case (
            .money(let sign, let value, let currency, let column),
            .money(let otherSign, let otherValue, let otherCurrency, let otherColumn)
        ):
            return column == otherColumn && (otherCurrency == nil || otherCurrency == currency)
                && narrows(sign, value, otherSign, otherValue)
        default: return false
        }
    }

    /// Whether `x sign value` implies `x otherSign otherValue`.
    private static func narrows(
        _ sign: Comparison, _ value: Decimal, _ otherSign: Comparison, _ otherValue: Decimal
    ) -> Bool {
        switch (sign, otherSign) {
        case (.greater, .greater), (.greaterOrEqual, .greaterOrEqual), (.greater, .greaterOrEqual): value >= otherValue
        case (.greaterOrEqual, .greater): value > otherValue
        case (.less, .less), (.lessOrEqual, .lessOrEqual), (.less, .lessOrEqual): value <= otherValue
        case (.lessOrEqual, .less): value < otherValue
        case (.equal, _): otherSign.holds(value, otherValue)
        default: false
        }
    }
}

extension FilterTerm.Comparison {
    func holds<Value: Comparable>(_ left: Value, _ right: Value) -> Bool {
        switch self {
        case .less: left < right
        case .lessOrEqual: left <= right
        case .equal: left == right
        case .greaterOrEqual: left >= right
        case .greater: left > right
        }
    }

    /// Compares a day with a range of days: `>` is after its last day, `<` before its first, `=` within.
    func holds(_ day: CalendarDate, _ days: ClosedRange<CalendarDate>) -> Bool {
        switch self {
        case .less: day < days.lowerBound
        case .lessOrEqual: day <= days.upperBound
        case .equal: days.contains(day)
        case .greaterOrEqual: day >= days.lowerBound
        case .greater: day > days.upperBound
        }
    }
}

extension Sequence<UInt8> {
    /// Whether these bytes contain `part`.
    func holds(_ part: [UInt8]) -> Bool {
        let found = withContiguousStorageIfAvailable { text in part.withUnsafeBufferPointer { text.holds($0) } }
        return found ?? Array(self).holds(part)
    }

    /// Whether the letters of `part` (UTF-8) are a subsequence of these bytes, each letter whole.
    func holdsInOrder(_ part: [UInt8]) -> Bool {
        let found = withContiguousStorageIfAvailable { text in
            part.withUnsafeBufferPointer { text.holdsInOrder($0) }
        }
        return found ?? Array(self).holdsInOrder(part)
    }

    /// Whether one of the lines of these bytes is `line`.
    func holdsLine(_ line: [UInt8]) -> Bool {
        let found = withContiguousStorageIfAvailable { text in
            text.split(separator: StringPool.lineEnd, omittingEmptySubsequences: false)
                .contains { $0.elementsEqual(line) }
        }
        return found ?? Array(self).holdsLine(line)
    }
}

extension UnsafeBufferPointer<UInt8> {
    func holds(_ part: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = part.first else { return true }
        guard count >= part.count else { return false }
        var start = 0
        let last = count - part.count
        while start <= last {
            if self[start] == first {
                var length = 1
                while length < part.count, self[start + length] == part[length] { length += 1 }
                if length == part.count { return true }
            }
            start += 1
        }
        return false
    }

    func holdsInOrder(_ part: UnsafeBufferPointer<UInt8>) -> Bool {
        var place = 0
        var next = 0
        while next < part.count {
            // A letter is its first byte and the continuation bytes after it.
            var length = 1
            while next + length < part.count, part[next + length] & 0xC0 == 0x80 { length += 1 }
            while true {
                guard place + length <= count else { return false }
                var same = 0
                while same < length, self[place + same] == part[next + same] { same += 1 }
                if same == length { break }
                place += 1
            }
            place += length
            next += length
        }
        return true
    }
}
