import FoundationEssentials
import Marketplace

/// What the rows of a list have in one column: each different value once, and for each row the number of its value.
/// Number 0 means that the row tells none. A column whose values hardly repeat keeps value `n` for row `n`.
struct CodedColumn: Sendable {
    enum Values: Sendable {
        case texts(PackedTexts)
        /// Texts looked up by keys; both have the same numbers.
        case linked(keys: PackedTexts, texts: PackedTexts)
        case numbers([Int])
        case dates([CalendarDate])
        case money([Money])
        /// Milliseconds since 1970, one for each row.
        case instants([Int64])
        /// While another owner changes them in place.
        case taken
    }

    /// In place of an instant that is not told.
    static let noInstant = Int64.min

    let isUnique: Bool
    /// Whether every row has its code here; until then rows are added in their order.
    private(set) var isComplete = false
    /// One for each row; none at all when no row tells a value.
    private(set) var codes: [UInt32] = []
    /// The rows that tell a value, where values are told by something else than the list.
    private(set) var toldRows: [Int] = []
    private(set) var values: Values
    /// The place of each value in an order of its own, when it has one.
    private(set) var ownRanks: [Int] = []
    /// Which bytes the texts hold, where each row has its own; of other columns nothing is said.
    private(set) var heldBytes: [Bool] = []
    private var spellings = Spellings()
    private var plainNumbers: [Int: UInt32] = [:]
    private var moneyNumbers: [Money: UInt32] = [:]
    private var keyNumbers = TextNumbers()
    /// What `accountsVersion` was when linked texts were looked up.
    private var linkedVersion = -1

    init<Row>(_ content: ListColumn<Row>.Content) {
        switch content {
        case .unique, .instant: isUnique = true
        default: isUnique = false
        }
        values =
            switch content {
            case .unique, .text, .ranked: .texts(PackedTexts())
            case .linked: .linked(keys: PackedTexts(), texts: PackedTexts())
            case .instant: .instants([])
            case .number: Self.none(.number)
            case .money: Self.none(.money)
            case .date: Self.none(.date)
            case .told(let kind, _): Self.none(kind)
            }
        if case .ranked = content { ownRanks = [.max] }
        if case .unique = content { heldBytes = Array(repeating: false, count: 256) }
        // The empty text has number 0.
        if !isUnique, case .texts(var texts) = values {
            _ = spellings.number(of: "", in: &texts)
            values = .texts(texts)
        }
        if case .linked(var keys, var texts) = values {
            _ = keyNumbers.number(of: "", in: &keys)
            texts.append { _ in }
            values = .linked(keys: keys, texts: texts)
        }
    }

    /// Values of a kind, with the one that stands for none.
    private static func none(_ kind: FilterColumn.Kind) -> Values {
        switch kind {
        case .text: .texts(PackedTexts())
        case .number: .numbers([0])
        case .money: .money([Money(0, "")])
        case .date: .dates([CalendarDate(daysSince1970: 0)])
        }
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
        case .taken: 0
        }
    }

    var rowCount: Int { isUnique ? valueCount : codes.count }

    @inline(__always)
    func code(ofRow row: Int) -> Int { isUnique ? row : codes.isEmpty ? 0 : Int(codes[row]) }

    /// Bytes kept, by the sizes of the arrays.
    var bytes: Int {
        var total = codes.capacity * 4 + toldRows.capacity * 8 + ownRanks.capacity * 8
        switch values {
        case .texts(let texts): total += texts.bytes.capacity + texts.ends.capacity * 4
        case .linked(let keys, let texts):
            total += keys.bytes.capacity + texts.bytes.capacity + (keys.ends.capacity + texts.ends.capacity) * 4
        case .numbers(let numbers): total += numbers.capacity * 8
        case .dates(let dates): total += dates.capacity * 4
        case .money(let money): total += money.capacity * MemoryLayout<Money>.stride
        case .instants(let instants): total += instants.capacity * 8
        case .taken: break
        }
        return total
    }

    // MARK: Building

    /// Adds the rows after those that are here, up to `end`.
    mutating func add<Row>(_ rows: [Row], upTo end: Int, of column: ListColumn<Row>) {
        let start = rowCount
        guard start < end else { return }
        if start == 0 { reserve(rows.count) }
        rows.withUnsafeBufferPointer { rows in
            let added = UnsafeBufferPointer(rebasing: rows[start..<end])
            switch column.content {
            case .unique(let text): addUnique(added, text)
            case .text(let text): addTexts(added, text)
            case .ranked(let word): addRanked(added, word)
            case .linked(let key, let lines): addLinked(added, key, lines)
            case .number(let number):
                for place in added.indices { codes.append(code(number(added[place]).map { .number($0) })) }
            case .money(let money):
                for place in added.indices { codes.append(code(money(added[place]).map { .money($0) })) }
            case .date(let date):
                for place in added.indices { codes.append(code(date(added[place]).map { .date($0) })) }
            case .instant(let instant): addInstants(added, instant)
            case .told: break
            }
        }
        if end == rows.count { complete() }
    }

    /// What is needed only until every value has its number goes.
    private mutating func complete() {
        isComplete = true
        spellings = Spellings()
        keyNumbers = TextNumbers()
        plainNumbers = [:]
        moneyNumbers = [:]
    }

    /// Takes what is told of some of `count` rows in place of what was told before. Costs nothing for the other rows:
    /// details come all the time, of some rows in a million.
    mutating func set<Row>(
        _ told: [(row: Int, value: ColumnValue)], count: Int, as content: ListColumn<Row>.Content
    ) {
        var codes: [UInt32] = []
        swap(&codes, &self.codes)
        for row in toldRows { codes[row] = 0 }
        if codes.isEmpty, !told.isEmpty { codes = Array(repeating: 0, count: count) }
        self = CodedColumn(content)
        for (row, value) in told {
            codes[row] = code(value)
            if codes[row] != 0 { toldRows.append(row) }
        }
        self.codes = codes
        complete()
    }

    /// Notes that something else is told now, so that `set` is due.
    mutating func makeOutdated() { isComplete = false }

    /// Looks linked texts up again when accounts were learned since.
    mutating func refresh(_ lines: (String) -> [String], version: Int) {
        guard case .linked(let keys, _) = values, version != linkedVersion else { return }
        linkedVersion = version
        var texts = PackedTexts()
        texts.append { _ in }
        for number in 1..<max(1, keys.count) { texts.append { Self.append(lines(keys.text(number)), to: &$0) } }
        values = .linked(keys: keys, texts: texts)
    }

    private mutating func addUnique<Row>(_ rows: UnsafeBufferPointer<Row>, _ text: (Row) -> String) {
        guard case .texts(var texts) = values else { return }
        values = .taken
        let start = texts.count
        for place in rows.indices { texts.append(folded: text(rows[place])) }
        texts.mark(bytesFrom: start, in: &heldBytes)
        values = .texts(texts)
    }

    private mutating func addTexts<Row>(_ rows: UnsafeBufferPointer<Row>, _ text: (Row) -> String) {
        guard case .texts(var texts) = values else { return }
        values = .taken
        for place in rows.indices { codes.append(spellings.number(of: text(rows[place]), in: &texts)) }
        values = .texts(texts)
    }

    private mutating func addRanked<Row>(
        _ rows: UnsafeBufferPointer<Row>, _ word: (Row) -> (rank: Int, word: String)
    ) {
        guard case .texts(var texts) = values else { return }
        values = .taken
        for place in rows.indices {
            let (rank, word) = word(rows[place])
            let code = spellings.number(of: word, in: &texts)
            codes.append(code)
            if Int(code) == ownRanks.count { ownRanks.append(rank) }
        }
        values = .texts(texts)
    }

    private mutating func addLinked<Row>(
        _ rows: UnsafeBufferPointer<Row>, _ key: (Row) -> String, _ lines: (String) -> [String]
    ) {
        guard case .linked(var keys, var texts) = values else { return }
        values = .taken
        for place in rows.indices {
            let key = key(rows[place])
            let number = keyNumbers.number(of: key, in: &keys)
            if number == texts.count { texts.append { Self.append(lines(key), to: &$0) } }
            codes.append(UInt32(number))
        }
        values = .linked(keys: keys, texts: texts)
    }

    private mutating func addInstants<Row>(_ rows: UnsafeBufferPointer<Row>, _ instant: (Row) -> Instant?) {
        guard case .instants(var instants) = values else { return }
        values = .taken
        for place in rows.indices { instants.append(instant(rows[place])?.millisecondsSince1970 ?? Self.noInstant) }
        values = .instants(instants)
    }

    private mutating func reserve(_ count: Int) {
        switch values {
        case .texts(var texts) where isUnique:
            values = .taken
            texts.reserve(texts: count, bytes: count * 8)
            values = .texts(texts)
        case .instants(var instants):
            values = .taken
            instants.reserveCapacity(count)
            values = .instants(instants)
        default: codes.reserveCapacity(count)
        }
    }

    private mutating func code(_ value: ColumnValue?) -> UInt32 {
        switch value {
        case nil: return 0
        case .lines(let lines):
            guard case .texts(var texts) = values else { return 0 }
            values = .taken
            defer { values = .texts(texts) }
            return spellings.number(in: &texts) { Self.append(lines, to: &$0) }
        case .number(let number):
            guard case .numbers(var numbers) = values else { return 0 }
            if let number = plainNumbers[number] { return number }
            values = .taken
            defer { values = .numbers(numbers) }
            plainNumbers[number] = UInt32(numbers.count)
            numbers.append(number)
            return UInt32(numbers.count - 1)
        case .date(let date):
            guard case .dates(var dates) = values else { return 0 }
            if let number = plainNumbers[Int(date.daysSince1970)] { return number }
            values = .taken
            defer { values = .dates(dates) }
            plainNumbers[Int(date.daysSince1970)] = UInt32(dates.count)
            dates.append(date)
            return UInt32(dates.count - 1)
        case .money(let amount):
            guard case .money(var money) = values else { return 0 }
            if let number = moneyNumbers[amount] { return number }
            values = .taken
            defer { values = .money(money) }
            moneyNumbers[amount] = UInt32(money.count)
            money.append(amount)
            return UInt32(money.count - 1)
        }
    }

    private static func append(_ lines: [String], to bytes: inout [UInt8]) {
        for (number, line) in lines.enumerated() {
            if number > 0 { bytes.append(PackedTexts.lineEnd) }
            Folding.appendSearchable(line, to: &bytes)
        }
    }
}
