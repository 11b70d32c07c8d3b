import FoundationEssentials
import Marketplace

/// A filter that cannot be understood: what is wrong, and where.
public struct FilterProblem: Hashable, Sendable, Error {
    /// The wrong part, in characters from 0.
    public var place: Range<Int>
    /// Where the word begins that it is part of.
    public var word: Int
    public var reason: String

    public init(place: Range<Int>, word: Int = 0, reason: String) {
        self.place = place
        self.word = word
        self.reason = reason
    }

    /// A sentence with the place and the reason.
    public var message: String { "Filter, character \(place.lowerBound + 1): \(reason)" }
}

/// A column as the filter language sees it.
public struct FilterColumn: Hashable, Sendable {
    public enum Kind: Hashable, Sendable { case text, number, money, date }

    public var name: String
    public var kind: Kind

    public init(name: String, kind: Kind) {
        self.name = name
        self.kind = kind
    }
}

/// Reads the filter language: words in any order, `"two words"`, `!not`, `~fuzzy`, `column:words`, and comparisons
/// with `<`, `<=`, `=`, `>=`, `>` and `!=`. A comparison without a column means the list's first column of numbers,
/// or of dates when a date follows the sign.
public struct FilterParser: Sendable {
    let columns: [FilterColumn]
    let today: CalendarDate
    private let takesBegunNames: Bool

    /// - Parameters:
    ///   - columns: In the order of the list; the first of a kind is the one that a comparison without a name means.
    ///   - today: What `today`, `+30d` and `-7d` count from.
    ///   - takesBegunNames: Whether the beginning of a column's name stands for it. Scripts need names that mean the same
    ///     when there are more columns.
    public init(columns: [FilterColumn], today: CalendarDate, takesBegunNames: Bool = true) {
        self.columns = columns
        self.today = today
        self.takesBegunNames = takesBegunNames
    }

    /// - Returns: An expression that every row meets, for a text that is empty or all spaces.
    /// - Throws: The first problem of the text, with its place.
    public func parse(_ text: String) throws(FilterProblem) -> FilterExpression {
        FilterExpression(terms: try terms(of: text).map { $0.term })
    }

    /// The terms of a text, each with the part of the text that it was read from.
    /// - Throws: The first problem of the text, with its place.
    public func terms(of text: String) throws(FilterProblem) -> [(term: FilterTerm, text: String)] {
        var reader = Reader(characters: Array(text))
        var terms: [(term: FilterTerm, text: String)] = []
        while reader.skipSpaces() {
            let start = reader.place
            do {
                let term = try term(&reader)
                terms.append((term, String(reader.characters[start..<reader.place])))
            } catch {
                throw FilterProblem(place: error.place, word: start, reason: error.reason)
            }
        }
        return terms
    }

    private func term(_ reader: inout Reader) throws(FilterProblem) -> FilterTerm {
        let start = reader.place
        let isNegated = reader.take("!")
        if isNegated, reader.isAtWordEnd {
            throw FilterProblem(place: start..<reader.place, reason: "! wants words after it that a row must not have.")
        }
        var term = try condition(&reader)
        if isNegated { term.isNegated.toggle() }
        return term
    }

    private func condition(_ reader: inout Reader) throws(FilterProblem) -> FilterTerm {
        let start = reader.place
        if reader.take("~") {
            let words = reader.words()
            guard !words.isEmpty else {
                throw FilterProblem(
                    place: start..<reader.place, reason: "~ wants letters after it, which a row must have in order.")
            }
            return FilterTerm(condition: .fuzzy(Folding.folded(words), column: nil))
        }
        if let sign = reader.sign() { return try bare(sign, from: start, &reader) }
        if let name = reader.columnName() {
            let column = try column(named: name, at: start)
            if reader.take(":") { return try within(column, from: start, &reader) }
            if let sign = reader.sign() { return try compare(column, sign, from: start, &reader) }
        }
        return FilterTerm(condition: .holds(Folding.folded(reader.words()), column: nil))
    }

    // MARK: Columns

    private func column(named typed: String, at place: Int) throws(FilterProblem) -> FilterColumn {
        let name = typed.lowercased()
        if let exact = columns.first(where: { $0.name == name }) { return exact }
        let found = takesBegunNames ? columns.filter { $0.name.hasPrefix(name) } : []
        if found.count == 1 { return found[0] }
        let range = place..<place + typed.count
        if found.isEmpty {
            throw FilterProblem(
                place: range,
                reason: "there is no column \u{201C}\(typed)\u{201D}. Columns: \(Self.list(columns.map(\.name)))."
                    + " Quote it to look for the text.")
        }
        throw FilterProblem(
            place: range, reason: "\u{201C}\(typed)\u{201D} may be \(Self.list(found.map(\.name), last: " or "))."
        )
    }

    private static func list(_ names: [String], last: String = ", ") -> String {
        guard let end = names.last, names.count > 1 else { return names.first ?? "none" }
        return names.dropLast().joined(separator: ", ") + last + end
    }

    /// `column:` and what follows.
    private func within(
        _ column: FilterColumn, from start: Int, _ reader: inout Reader
    ) throws(FilterProblem) -> FilterTerm {
        if column.kind == .date || column.kind == .number || column.kind == .money {
            return try compare(column, .is(.equal), from: start, &reader)
        }
        let isFuzzy = reader.take("~")
        let words = reader.words()
        guard !words.isEmpty else {
            throw FilterProblem(
                place: start..<reader.place, reason: "\(column.name): wants words after it, to be found in that column."
            )
        }
        let folded = Folding.folded(words)
        return FilterTerm(
            condition: isFuzzy ? .fuzzy(folded, column: column.name) : .holds(folded, column: column.name))
    }

    // MARK: Comparisons

    /// A sign without a column before it: the form of the value decides whether numbers or dates are meant.
    private func bare(
        _ sign: Sign, from start: Int, _ reader: inout Reader
    ) throws(FilterProblem) -> FilterTerm {
        let value = reader.upcomingWord
        let wantsDate = value.contains("-") || value.hasPrefix("+") || value == "today"
        let kinds: [FilterColumn.Kind] = wantsDate ? [.date] : [.number, .money]
        guard !value.isEmpty else {
            throw FilterProblem(
                place: start..<reader.place,
                reason: "\(sign.text) wants a number or a date after it, for example >5 or <2026-12-01.")
        }
        guard let column = columns.first(where: { kinds.contains($0.kind) }) else {
            throw FilterProblem(
                place: start..<reader.place,
                reason: "this list has no column of \(wantsDate ? "dates" : "numbers") to compare.")
        }
        return try compare(column, sign, from: start, &reader)
    }

    private func compare(
        _ column: FilterColumn, _ sign: Sign, from start: Int, _ reader: inout Reader
    ) throws(FilterProblem) -> FilterTerm {
        let valueStart = reader.place
        let value = reader.words()
        let place = value.isEmpty ? start..<reader.place : valueStart..<reader.place
        var term: FilterTerm
        switch column.kind {
        case .text:
            guard sign.comparison == .equal else {
                throw FilterProblem(
                    place: start..<reader.place,
                    reason: "\(column.name) is words; \(sign.text) compares numbers, money and dates."
                        + " \(column.name):\(value.isEmpty ? "word" : value) looks for words.")
            }
            guard reader.place > valueStart else {
                throw FilterProblem(
                    place: start..<reader.place, reason: "\(column.name)\(sign.text) wants the whole word after it.")
            }
            term = FilterTerm(condition: .line(Folding.folded(value), column: column.name))
        case .number:
            try refuseDoubt(of: value, at: place)
            guard let number = TypedNumber(value).decimal else {
                throw FilterProblem(
                    place: place, reason: "\(column.name) is compared with a number, for example \(column.name)>5.")
            }
            term = FilterTerm(condition: .number(sign.comparison, number, column: column.name))
        case .money:
            try refuseDoubt(of: String(Self.digits(of: value)), at: place)
            guard let (amount, currency) = Self.amount(value) else {
                throw FilterProblem(
                    place: place,
                    reason: "\(column.name) is compared with an amount, for example \(column.name)>=100 or"
                        + " \(column.name)>=100EUR.")
            }
            term = FilterTerm(condition: .money(sign.comparison, amount, currency: currency, column: column.name))
        case .date:
            guard let days = days(value) else {
                throw FilterProblem(
                    place: place,
                    reason: "\(column.name) is compared with a date, for example 2026-12-01, 2026-12, today or +30d.")
            }
            term = FilterTerm(condition: .date(sign.comparison, days, column: column.name))
        }
        term.isNegated = sign.isNegated
        return term
    }

    private func refuseDoubt(of text: String, at place: Range<Int>) throws(FilterProblem) {
        if let how = TypedNumber(text).howToWrite {
            throw FilterProblem(place: place, reason: "\u{201C}\(text)\u{201D} \(how)")
        }
    }

    private static func digits(of amount: String) -> Substring { amount.prefix { !$0.isLetter && $0 != " " } }

    private static func amount(_ text: String) -> (Decimal, currency: String?)? {
        let digits = digits(of: text)
        let currency = text.dropFirst(digits.count).drop { $0 == " " }.uppercased()
        guard let amount = TypedNumber(String(digits)).decimal, currency.isEmpty || currency.count == 3 else {
            return nil
        }
        return (amount, currency.isEmpty ? nil : currency)
    }

    /// `2026-12-01`, the month `2026-12`, the year `2026`, `today`, and days from today: `+30d`, `-7d`.
    private func days(_ text: String) -> ClosedRange<CalendarDate>? {
        if text == "today" { return today...today }
        if let last = text.last, last == "d", let sign = text.first, "+-".contains(sign),
            let count = Int(text.dropFirst().dropLast()), count < 100_000
        {
            let day = today.adding(days: sign == "-" ? -count : count)
            return day...day
        }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { part in part.allSatisfy(\.isNumber) ? Int(part) : nil }
        guard numbers.count == parts.count, parts[0].count == 4, parts.dropFirst().allSatisfy({ $0.count == 2 }) else {
            return nil
        }
        let year = numbers[0]
        switch numbers.count {
        case 1:
            guard let first = CalendarDate(year: year, month: 1, day: 1),
                let last = CalendarDate(year: year, month: 12, day: 31)
            else { return nil }
            return first...last
        case 2:
            let month = numbers[1]
            guard let first = CalendarDate(year: year, month: month, day: 1) else { return nil }
            let next = CalendarDate(year: month == 12 ? year + 1 : year, month: month == 12 ? 1 : month + 1, day: 1)
            return first...(next ?? first.adding(days: 31)).adding(days: -1)
        case 3:
            return CalendarDate(year: year, month: numbers[1], day: numbers[2]).map { $0...$0 }
        default: return nil
        }
    }
}

/// `<`, `<=`, `=`, `>=`, `>` or `!=`.
private struct Sign {
    var comparison: FilterTerm.Comparison
    var isNegated = false
    var text: String

    static func `is`(_ comparison: FilterTerm.Comparison) -> Sign { Sign(comparison: comparison, text: ":") }
}

/// The text of a filter and how far it was read.
private struct Reader {
    let characters: [Character]
    var place = 0

    private func character(_ offset: Int = 0) -> Character? {
        place + offset < characters.count ? characters[place + offset] : nil
    }

    /// - Returns: whether anything is left.
    mutating func skipSpaces() -> Bool {
        while character() == " " { place += 1 }
        return place < characters.count
    }

    var isAtWordEnd: Bool { character() == nil || character() == " " }

    mutating func take(_ expected: Character) -> Bool {
        guard character() == expected else { return false }
        place += 1
        return true
    }

    mutating func sign() -> Sign? {
        let signs: [(String, FilterTerm.Comparison, Bool)] = [
            ("<=", .lessOrEqual, false), (">=", .greaterOrEqual, false), ("!=", .equal, true), ("<", .less, false),
            (">", .greater, false), ("=", .equal, false),
        ]
        for (text, comparison, isNegated) in signs where characters[place...].starts(with: text) {
            place += text.count
            return Sign(comparison: comparison, isNegated: isNegated, text: text)
        }
        return nil
    }

    /// Letters with a colon or a sign right after them, which then come next.
    mutating func columnName() -> String? {
        var end = place
        while end < characters.count, characters[end].isLetter || characters[end] == "-" { end += 1 }
        guard end > place, end < characters.count, characters[place].isLetter else { return nil }
        let isSign =
            ":<>=".contains(characters[end])
            || (characters[end] == "!" && end + 1 < characters.count && characters[end + 1] == "=")
        guard isSign else { return nil }
        defer { place = end }
        return String(characters[place..<end])
    }

    /// The characters up to the next space.
    var upcomingWord: String { String(characters[place...].prefix { $0 != " " }) }

    /// A word, or what is between quotes; the last quote may be missing while it is being typed.
    mutating func words() -> String {
        if take("\"") {
            let start = place
            while place < characters.count, characters[place] != "\"" { place += 1 }
            let text = String(characters[start..<place])
            _ = take("\"")
            return text
        }
        let word = upcomingWord
        place += word.count
        return word
    }
}
