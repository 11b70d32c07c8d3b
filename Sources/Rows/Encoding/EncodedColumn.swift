import FoundationEssentials
import Marketplace

/// What the rows of a list have in one column, dictionary-encoded: each different value is kept once, and for each row
/// the code of its value. Code 0 means that the row has none. A column whose values hardly repeat keeps value `n` for
/// row `n` and no codes.
struct EncodedColumn: Sendable {
    enum Values: Sendable {
        case texts(StringPool)
        /// Texts found by keys; both have the same codes.
        case lookup(keys: StringPool, texts: StringPool)
        case numbers([Int])
        case dates([CalendarDate])
        case money([Money])
        /// Milliseconds since 1970, one for each row.
        case instants([Int64])
        /// While a local variable owns them and changes them in place.
        case moved
    }

    /// What a column is made for.
    enum Kind: Sendable {
        case texts, uniqueTexts, rankedTexts, lookup, instants
        case values(FilterColumn.Kind)
    }

    /// Stands for an absent instant.
    static let noInstant = Int64.min

    let isUnique: Bool
    /// Whether every row has its code here; until then rows are added in their order.
    private(set) var isComplete = false
    /// One for each row; none at all when no row has a value.
    private(set) var codes: [UInt32] = []
    /// The rows that were read, in a sparse column, whether they have a value or not.
    private(set) var readRows: [Int] = []
    /// The same for each row; empty when none was read.
    private(set) var isRead: [Bool] = []
    private(set) var values: Values
    /// The rank of each value, when the column has an order of its own.
    private(set) var ownRanks: [Int] = []
    /// Which bytes occur in the texts, where each row has its own text; empty for other columns.
    private(set) var usedBytes: [Bool] = []
    private var interner = FoldedInterner()
    private var numberCodes: [Int: UInt32] = [:]
    private var moneyCodes: [Money: UInt32] = [:]
    private var keyInterner = StringInterner()
    /// The `lookupVersion` of the query when the texts were looked up.
    private var lookupVersion = -1

    init(_ kind: Kind) {
        switch kind {
        case .uniqueTexts, .instants: isUnique = true
        default: isUnique = false
        }
        values =
            switch kind {
            case .uniqueTexts, .texts, .rankedTexts: .texts(StringPool())
            case .lookup: .lookup(keys: StringPool(), texts: StringPool())
            case .instants: .instants([])
            case .values(let kind): Self.noValues(kind)
            }
        if case .rankedTexts = kind { ownRanks = [.max] }
        if case .uniqueTexts = kind { usedBytes = Array(repeating: false, count: 256) }
        // The empty text has code 0.
        if !isUnique, case .texts(var texts) = values {
            _ = interner.number(of: "", in: &texts)
            values = .texts(texts)
        }
        if case .lookup(var keys, var texts) = values {
            _ = keyInterner.number(of: "", in: &keys)
            texts.append { _ in }
            values = .lookup(keys: keys, texts: texts)
        }
    }

    /// Values of a kind: only the one that stands for none.
    private static func noValues(_ kind: FilterColumn.Kind) -> Values {
        switch kind {
        case .text: .texts(StringPool())
        case .number: .numbers([0])
        case .money: .money([Money(0, "")])
        case .date: .dates([CalendarDate(daysSince1970: 0)])
        }
    }

    /// How many values there are, "none" included.
    var valueCount: Int {
        switch values {
        case .texts(let texts): texts.count
        case .lookup(_, let texts): texts.count
        case .numbers(let numbers): numbers.count
        case .dates(let dates): dates.count
        case .money(let money): money.count
        case .instants(let instants): instants.count
        case .moved: 0
        }
    }

    var rowCount: Int { isUnique ? valueCount : codes.count }

    @inline(__always)
    func code(ofRow row: Int) -> Int { isUnique ? row : codes.isEmpty ? 0 : Int(codes[row]) }

    /// Bytes kept, by the sizes of the arrays.
    var bytes: Int {
        var total = codes.capacity * 4 + readRows.capacity * 8 + isRead.capacity + ownRanks.capacity * 8
        switch values {
        case .texts(let texts): total += texts.bytes.capacity + texts.ends.capacity * 4
        case .lookup(let keys, let texts):
            total += keys.bytes.capacity + texts.bytes.capacity + (keys.ends.capacity + texts.ends.capacity) * 4
        case .numbers(let numbers): total += numbers.capacity * 8
        case .dates(let dates): total += dates.capacity * 4
        case .money(let money): total += money.capacity * MemoryLayout<Money>.stride
        case .instants(let instants): total += instants.capacity * 8
        case .moved: break
        }
        return total
    }

    // MARK: Building

    /// Makes space for `count` rows before the first of them is added.
    mutating func reserve(_ count: Int) {
        switch values {
        case .texts(var texts) where isUnique:
            values = .moved
            texts.reserve(texts: count, bytes: count * 8)
            values = .texts(texts)
        case .instants(var instants):
            values = .moved
            instants.reserveCapacity(count)
            values = .instants(instants)
        default: codes.reserveCapacity(count)
        }
    }

    /// Every row has its code: what was needed only to give codes is freed.
    mutating func complete() {
        isComplete = true
        interner = FoldedInterner()
        keyInterner = StringInterner()
        numberCodes = [:]
        moneyCodes = [:]
    }

    /// Replaces all values of a sparse column. Costs nothing for rows without a value: details are read all the time,
    /// of some rows in a million.
    mutating func replace(_ read: [(row: Int, value: ColumnValue?)], count: Int, kind: Kind) {
        var (codes, isRead): ([UInt32], [Bool]) = ([], [])
        swap(&codes, &self.codes)
        swap(&isRead, &self.isRead)
        for row in readRows { (codes[row], isRead[row]) = (0, false) }
        if codes.isEmpty, !read.isEmpty {
            codes = Array(repeating: 0, count: count)
            isRead = Array(repeating: false, count: count)
        }
        self = EncodedColumn(kind)
        readRows.reserveCapacity(read.count)
        for (row, value) in read {
            codes[row] = code(value)
            isRead[row] = true
            readRows.append(row)
        }
        (self.codes, self.isRead) = (codes, isRead)
        complete()
    }

    /// Marks a sparse column as outdated, so that `replace` is due.
    mutating func makeOutdated() { isComplete = false }

    /// Looks all texts up again when what they are looked up in has changed.
    mutating func refresh(_ lines: (String) -> [String], version: Int) {
        guard case .lookup(let keys, _) = values, version != lookupVersion else { return }
        lookupVersion = version
        var texts = StringPool()
        texts.append { _ in }
        for number in 1..<max(1, keys.count) { texts.append { Self.append(lines(keys.text(number)), to: &$0) } }
        values = .lookup(keys: keys, texts: texts)
    }

    // Each of these adds rows after those that are here. The functions give the value of a row by its place: they are
    // called once for each row, in order.

    mutating func addUniqueTexts(_ rows: Range<Int>, _ text: (Int) -> String) {
        guard case .texts(var texts) = values else { return }
        values = .moved
        let start = texts.count
        for row in rows { texts.append(folded: text(row)) }
        texts.addBytes(from: start, to: &usedBytes)
        values = .texts(texts)
    }

    mutating func addTexts(_ rows: Range<Int>, _ text: (Int) -> String) {
        guard case .texts(var texts) = values else { return }
        values = .moved
        for row in rows { codes.append(interner.number(of: text(row), in: &texts)) }
        values = .texts(texts)
    }

    mutating func addRankedTexts(_ rows: Range<Int>, _ word: (Int) -> (rank: Int, word: String)) {
        guard case .texts(var texts) = values else { return }
        values = .moved
        for row in rows {
            let (rank, word) = word(row)
            let code = interner.number(of: word, in: &texts)
            codes.append(code)
            if Int(code) == ownRanks.count { ownRanks.append(rank) }
        }
        values = .texts(texts)
    }

    mutating func addLookups(_ rows: Range<Int>, _ key: (Int) -> String, _ lines: (String) -> [String]) {
        guard case .lookup(var keys, var texts) = values else { return }
        values = .moved
        for row in rows {
            let key = key(row)
            let number = keyInterner.number(of: key, in: &keys)
            if number == texts.count { texts.append { Self.append(lines(key), to: &$0) } }
            codes.append(UInt32(number))
        }
        values = .lookup(keys: keys, texts: texts)
    }

    mutating func addInstants(_ rows: Range<Int>, _ instant: (Int) -> Instant?) {
        guard case .instants(var instants) = values else { return }
        values = .moved
        for row in rows { instants.append(instant(row)?.millisecondsSince1970 ?? Self.noInstant) }
        values = .instants(instants)
    }

    mutating func addValues(_ rows: Range<Int>, _ value: (Int) -> ColumnValue?) {
        for row in rows { codes.append(code(value(row))) }
    }

    private mutating func code(_ value: ColumnValue?) -> UInt32 {
        switch value {
        case nil: return 0
        case .lines(let lines):
            guard case .texts(var texts) = values else { return 0 }
            values = .moved
            defer { values = .texts(texts) }
            return interner.number(in: &texts) { Self.append(lines, to: &$0) }
        case .number(let number):
            guard case .numbers(var numbers) = values else { return 0 }
            if let code = numberCodes[number] { return code }
            values = .moved
            defer { values = .numbers(numbers) }
            numberCodes[number] = UInt32(numbers.count)
            numbers.append(number)
            return UInt32(numbers.count - 1)
        case .date(let date):
            guard case .dates(var dates) = values else { return 0 }
            if let code = numberCodes[Int(date.daysSince1970)] { return code }
            values = .moved
            defer { values = .dates(dates) }
            numberCodes[Int(date.daysSince1970)] = UInt32(dates.count)
            dates.append(date)
            return UInt32(dates.count - 1)
        case .money(let amount):
            guard case .money(var money) = values else { return 0 }
            if let code = moneyCodes[amount] { return code }
            values = .moved
            defer { values = .money(money) }
            moneyCodes[amount] = UInt32(money.count)
            money.append(amount)
            return UInt32(money.count - 1)
        }
    }

    private static func append(_ lines: [String], to bytes: inout [UInt8]) {
        for (number, line) in lines.enumerated() {
            if number > 0 { bytes.append(StringPool.lineEnd) }
            Folding.appendSearchable(line, to: &bytes)
        }
    }
}
