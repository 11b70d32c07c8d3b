import FoundationEssentials
import Marketplace

/// What the rows of a list have in one column: each different value once, and for each row the number of its value.
/// Number 0 means that the row tells none. A column whose values hardly repeat keeps value `n` for row `n`.
struct CodedColumn: Sendable {
    private enum Values: Sendable {
        case texts(PackedTexts)
        /// Texts looked up by keys; both have the same numbers.
        case linked(keys: PackedTexts, texts: PackedTexts)
        case numbers([Int])
        case dates([CalendarDate])
        case money([Money])
        /// Milliseconds since 1970, one for each row.
        case instants([Int64])
    }

    /// In place of an instant that is not told.
    private static let noInstant = Int64.min

    let isUnique: Bool
    /// Whether every row has its code here; until then rows are added in their order.
    private(set) var isComplete = false
    private(set) var codes: [UInt32] = []
    private var values: Values
    /// The place of each value in an order of its own, when it has one.
    private var ownRanks: [Int] = []
    private var textNumbers = TextNumbers()
    private var valueNumbers: [ColumnValue: UInt32] = [:]
    /// What `accountsVersion` was when linked texts were looked up.
    private var linkedVersion = -1

    init<Row>(_ content: ListColumn<Row>.Content) {
        var none = PackedTexts()
        none.append { _ in }
        switch content {
        case .unique, .instant: isUnique = true
        default: isUnique = false
        }
        values =
            switch content {
            case .unique: .texts(PackedTexts())
            case .instant: .instants([])
            case .text, .ranked: .texts(none)
            case .linked: .linked(keys: none, texts: none)
            case .number: .numbers([0])
            case .money: .money([Money(0, "")])
            case .date: .dates([CalendarDate(daysSince1970: 0)])
            case .told(let kind, _):
                switch kind {
                case .text: .texts(none)
                case .number: .numbers([0])
                case .money: .money([Money(0, "")])
                case .date: .dates([CalendarDate(daysSince1970: 0)])
                }
            }
        if case .ranked = content { ownRanks = [.max] }
        // The empty text has number 0 already.
        if case .texts(var texts) = values, texts.count == 1 { _ = textNumbers.number(lastOf: &texts) }
        if case .linked(var keys, _) = values { _ = textNumbers.number(lastOf: &keys) }
    }

    /// How many values there are, "none" included.
    var valueCount: Int {
        switch values {
        case .texts(let texts): texts.count
        case .linked(_, let texts): texts.count
        case .numbers(let numbers): numbers.count
        case .dates(let dates): dates.count
        case .money(let money): money.count
        case .instants(let instants): instants.count
        }
    }

    var rowCount: Int { isUnique ? valueCount : codes.count }

    /// Bytes kept, by the sizes of the arrays.
    var bytes: Int {
        var total = codes.capacity * 4 + ownRanks.capacity * 8
        switch values {
        case .texts(let texts): total += texts.bytes.capacity + texts.ends.capacity * 4
        case .linked(let keys, let texts):
            total += keys.bytes.capacity + texts.bytes.capacity + (keys.ends.capacity + texts.ends.capacity) * 4
        case .numbers(let numbers): total += numbers.capacity * 8
        case .dates(let dates): total += dates.capacity * 4
        case .money(let money): total += money.capacity * MemoryLayout<Money>.stride
        case .instants(let instants): total += instants.capacity * 8
        }
        return total
    }

    // MARK: Building

    /// Adds the rows after those that are here, up to `end`.
    mutating func add<Row>(_ rows: [Row], upTo end: Int, of column: ListColumn<Row>) {
        let start = rowCount
        guard start < end else { return }
        if start == 0 { reserve(rows.count) }
        switch column.content {
        case .unique(let text): addUnique(rows[start..<end], text)
        case .text(let text): for row in rows[start..<end] { codes.append(code([text(row)])) }
        case .ranked(let word):
            for row in rows[start..<end] {
                let (rank, word) = word(row)
                let code = code([word])
                codes.append(code)
                if Int(code) == ownRanks.count { ownRanks.append(rank) }
            }
        case .linked(let key, let lines): for row in rows[start..<end] { codes.append(code(key: key(row), lines)) }
        case .number(let number): for row in rows[start..<end] { codes.append(code(number(row).map { .number($0) })) }
        case .money(let money): for row in rows[start..<end] { codes.append(code(money(row).map { .money($0) })) }
        case .date(let date): for row in rows[start..<end] { codes.append(code(date(row).map { .date($0) })) }
        case .instant(let instant): addInstants(rows[start..<end], instant)
        case .told: break
        }
        if end == rows.count {
            isComplete = true
            textNumbers = TextNumbers()
            valueNumbers = [:]
        }
    }

    /// Values told of some of `count` rows.
    mutating func set(_ told: [(row: Int, value: ColumnValue)], count: Int) {
        codes = Array(repeating: 0, count: count)
        for (row, value) in told { codes[row] = code(value) }
        isComplete = true
    }

    /// Looks linked texts up again when accounts were learned since.
    mutating func refresh(_ lines: (String) -> [String], version: Int) {
        guard case .linked(let keys, _) = values, version != linkedVersion else { return }
        linkedVersion = version
        var texts = PackedTexts()
        texts.append { _ in }
        for number in 1..<max(1, keys.count) { texts.append { Self.append(lines(keys.text(number)), to: &$0) } }
        values = .linked(keys: keys, texts: texts)
    }

    private mutating func addUnique<Row>(_ rows: ArraySlice<Row>, _ text: (Row) -> String) {
        guard case .texts(var texts) = values else { return }
        values = .numbers([])
        for row in rows { texts.append(folded: text(row)) }
        values = .texts(texts)
    }

    private mutating func addInstants<Row>(_ rows: ArraySlice<Row>, _ instant: (Row) -> Instant?) {
        guard case .instants(var instants) = values else { return }
        values = .numbers([])
        for row in rows { instants.append(instant(row)?.millisecondsSince1970 ?? Self.noInstant) }
        values = .instants(instants)
    }

    private mutating func reserve(_ count: Int) {
        switch values {
        case .texts(var texts) where isUnique:
            values = .numbers([])
            texts.reserve(texts: count, bytes: count * 8)
            values = .texts(texts)
        case .instants(var instants):
            values = .numbers([])
            instants.reserveCapacity(count)
            values = .instants(instants)
        default: codes.reserveCapacity(count)
        }
    }

    private mutating func code(_ lines: [String]) -> UInt32 {
        guard case .texts(var texts) = values else { return 0 }
        // Taken out and put back, so that it is changed in place.
        values = .numbers([])
        defer { values = .texts(texts) }
        texts.append { Self.append(lines, to: &$0) }
        return UInt32(textNumbers.number(lastOf: &texts))
    }

    private mutating func code(key: String, _ lines: (String) -> [String]) -> UInt32 {
        guard case .linked(var keys, var texts) = values else { return 0 }
        values = .numbers([])
        defer { values = .linked(keys: keys, texts: texts) }
        keys.append { $0.append(contentsOf: key.utf8) }
        let number = textNumbers.number(lastOf: &keys)
        if number == texts.count { texts.append { Self.append(lines(key), to: &$0) } }
        return UInt32(number)
    }

    private mutating func code(_ value: ColumnValue?) -> UInt32 {
        guard let value else { return 0 }
        if case .lines(let lines) = value { return code(lines) }
        if let known = valueNumbers[value] { return known }
        let number = UInt32(valueCount)
        valueNumbers[value] = number
        switch (value, values) {
        case (.number(let new), .numbers(var numbers)):
            values = .texts(PackedTexts())
            numbers.append(new)
            values = .numbers(numbers)
        case (.date(let new), .dates(var dates)):
            values = .texts(PackedTexts())
            dates.append(new)
            values = .dates(dates)
        case (.money(let new), .money(var money)):
            values = .texts(PackedTexts())
            money.append(new)
            values = .money(money)
        default: return 0
        }
        return number
    }

    private static func append(_ lines: [String], to bytes: inout [UInt8]) {
        for (number, line) in lines.enumerated() {
            if number > 0 { bytes.append(PackedTexts.lineEnd) }
            Folding.append(line, to: &bytes)
        }
    }

    // MARK: Asking

    @inline(__always)
    func code(ofRow row: Int) -> Int { isUnique ? row : Int(codes[row]) }

    /// Whether the value meets the condition; nil when there is no value and the condition compares one.
    func meets(_ condition: FilterTerm.Condition, value: Int) -> Bool? {
        switch (condition, values) {
        case (.number(let sign, let wanted, _), .numbers(let numbers)):
            return value == 0 ? nil : sign.holds(Decimal(numbers[value]), wanted)
        case (.date(let sign, let days, _), .dates(let dates)):
            return value == 0 ? nil : sign.holds(dates[value], days)
        case (.money(let sign, let wanted, let currency, _), .money(let money)):
            guard value != 0, currency == nil || money[value].currency == currency else { return nil }
            return sign.holds(money[value].amount, wanted)
        case (_, .texts(let texts)), (_, .linked(_, let texts)):
            return texts.withText(value) { Self.meets(condition, text: $0) }
        case (.date(let sign, let days, _), .instants(let instants)):
            guard instants[value] != Self.noInstant else { return nil }
            return sign.holds(Instant(millisecondsSince1970: instants[value]).utcDate, days)
        case (.holds(let words, _), .dates(let dates)):
            return value != 0 && Self.holds(dates[value], words)
        case (.holds(let words, _), .instants(let instants)):
            return instants[value] != Self.noInstant
                && Self.holds(Instant(millisecondsSince1970: instants[value]).utcDate, words)
        default: return false
        }
    }

    /// Whether words are part of the date as it is written, `2026-11-20`. Most words are not even digits.
    private static func holds(_ date: CalendarDate, _ words: [UInt8]) -> Bool {
        guard let first = words.first, first == UInt8(ascii: "-") || (48...57).contains(first) else { return false }
        return Array(date.description.utf8).holds(words)
    }

    private static func meets(_ condition: FilterTerm.Condition, text: some Sequence<UInt8>) -> Bool {
        switch condition {
        case .holds(let words, _): text.holds(words)
        case .fuzzy(let letters, _): text.holdsInOrder(letters)
        case .line(let line, _): text.holdsLine(line)
        case .number, .money, .date: false
        }
    }

    /// How the text of a row stands to words: 0 is them, 1 begins with them, 2 neither.
    func standing(of words: [UInt8], inRow row: Int) -> Int {
        guard case .texts(let texts) = values else { return 2 }
        return texts.withText(code(ofRow: row)) { text in
            text.starts(with: words) ? (text.count == words.count ? 0 : 1) : 2
        }
    }

    // MARK: Order

    /// For each value its place in the column's order, equal for equal ones; `UInt32.max` for none.
    func ranks() -> [UInt32] {
        switch values {
        case .numbers(let numbers): ranks(of: numbers.indices.dropFirst()) { numbers[$0] < numbers[$1] }
        case .dates(let dates): ranks(of: dates.indices.dropFirst()) { dates[$0] < dates[$1] }
        case .money(let money):
            ranks(of: money.indices.dropFirst()) { left, right in
                money[left].currency == money[right].currency
                    ? money[left].amount < money[right].amount : money[left].currency < money[right].currency
            }
        case .instants(let instants):
            ranks(of: instants.indices.lazy.filter { instants[$0] != Self.noInstant }) { instants[$0] < instants[$1] }
        case .texts(let texts), .linked(_, let texts): ranks(of: texts)
        }
    }

    private func ranks(of numbers: some Sequence<Int>, by precedes: (Int, Int) -> Bool) -> [UInt32] {
        var ranks = Array(repeating: UInt32.max, count: valueCount)
        var rank: UInt32 = 0
        var before: Int?
        for number in numbers.sorted(by: precedes) {
            if let before, precedes(before, number) { rank += 1 }
            ranks[number] = rank
            before = number
        }
        return ranks
    }

    private func ranks(of texts: PackedTexts) -> [UInt32] {
        let told = (0..<texts.count).filter { !texts.range($0).isEmpty }
        // The first eight bytes as one number settle most comparisons.
        var keys: [(own: Int, head: UInt64, number: Int)] = []
        keys.reserveCapacity(told.count)
        for number in told {
            let own = ownRanks.isEmpty ? (isUnique ? texts.digitCount(number) : 0) : ownRanks[number]
            keys.append((own, texts.head(number), number))
        }
        keys.sort { left, right in
            if left.own != right.own { return left.own < right.own }
            if left.head != right.head { return left.head < right.head }
            return texts.precedes(left.number, right.number)
        }
        var ranks = Array(repeating: UInt32.max, count: texts.count)
        var rank: UInt32 = 0
        for place in keys.indices {
            let number = keys[place].number
            if place > 0, !texts.areEqual(keys[place - 1].number, number) { rank += 1 }
            ranks[number] = rank
        }
        return ranks
    }
}

extension PackedTexts {
    /// The first eight bytes, most important first.
    fileprivate func head(_ number: Int) -> UInt64 {
        withText(number) { text in
            var head: UInt64 = 0
            for place in 0..<8 { head = head << 8 | (place < text.count ? UInt64(text[place]) : 0) }
            return head
        }
    }

    /// How many digits a text of digits alone has; texts with anything else come after all of them.
    fileprivate func digitCount(_ number: Int) -> Int {
        withText(number) { text in text.allSatisfy { (48...57).contains($0) } ? text.count : Int.max }
    }

    fileprivate func precedes(_ left: Int, _ right: Int) -> Bool {
        withText(left) { one in withText(right) { other in one.lexicographicallyPrecedes(other) } }
    }
}
