/// Rows as a list shows them: those that pass its filter, in its order. It never changes, and everything it is asked
/// costs the same, or little more, however many rows there are.
public struct Arrangement<Row: Identifiable & Sendable>: Sendable where Row.ID: Sendable {
    /// All rows, shown or not, in the order they were read.
    public internal(set) var rows: [Row] = []
    /// The places, among all rows, of those that pass, in the order shown; nil when all pass in their own order.
    @usableFromInline var places: [Int32]?
    /// What `places` is sorted by; nil when it is ascending.
    var sorting: ColumnSorting?
    /// Where ascending `places` begin anew, when some rows were put before the others.
    var runs: [Int] = []
    /// All rows by identity, once that was needed.
    public internal(set) var index: RowIndex<Row>?
    /// Rows that share a value, when the query asks for them.
    public internal(set) var groups: RowGroups?
    /// How many rows were evaluated: fewer than `rows` in first results.
    public internal(set) var evaluatedCount = 0
    /// How many rows have exactly the words of the query's prefix ranking.
    public internal(set) var exactCount = 0
    /// How many rows were read of those sparse columns that the query looks into, those that it names first.
    public internal(set) var coverage: [Coverage] = []
    /// The places, among all rows, of those that were not read and on whose values it depends whether they pass, or where
    /// they stand. Ascending; empty unless the query counts them.
    public internal(set) var unread: [Int32] = []
    /// How many of `unread` may pass too; the others pass, and only their place is in doubt.
    public internal(set) var doubtfulCount = 0
    /// Where nothing passes although everything was read: a term without which some rows pass, and how many.
    public internal(set) var hindrance: Hindrance?

    public init() {}

    init(rows: [Row], places: [Int32]? = nil, index: RowIndex<Row>? = nil, evaluatedCount: Int) {
        self.rows = rows
        self.places = places
        self.index = index
        self.evaluatedCount = evaluatedCount
    }

    // What loops over identities, or is called for each row that is drawn, can be inlined, so that it is specialised
    // for the rows of the module that asks.

    @inlinable public var count: Int { places?.count ?? rows.count }

    /// Whether all rows were evaluated, so that no further result follows.
    public var isWhole: Bool { evaluatedCount == rows.count }

    /// The place among all rows of the row shown at `place`.
    @inlinable
    public func base(at place: Int) -> Int { places.map { Int($0[place]) } ?? place }

    @inlinable
    public func row(at place: Int) -> Row { rows[base(at: place)] }

    /// Where the row at place `base` of all rows is shown; nil when it is not.
    public func place(ofBase base: Int) -> Int? {
        guard let places else { return base < rows.count ? base : nil }
        if let sorting {
            let rank = sorting.rank(ofRow: base)
            return places.binarySearch(in: 0..<places.count, for: base) { other in
                let otherRank = sorting.rank(ofRow: other)
                return otherRank == rank ? other < base : otherRank < rank
            }
        }
        let starts = [0] + runs
        for (number, start) in starts.enumerated() {
            let end = number + 1 < starts.count ? starts[number + 1] : places.count
            if let place = places.binarySearch(in: start..<end, for: base, precedes: { $0 < base }) { return place }
        }
        return nil
    }

    /// How many of the rows shown come before the row at place `base` of all rows. Only for rows shown in their own
    /// order.
    public func countBefore(base: Int) -> Int {
        places.map { $0.firstPlace(in: 0..<$0.count) { $0 < base } } ?? base
    }

    /// How far from its last place a row is searched before the index is asked.
    @inlinable static var nearby: Int { 2000 }

    /// Where the row is shown, searched near `hint` first. Without an index it is found only near the hint and in short
    /// lists; see `findsAll`.
    @inlinable
    public func place(of id: Row.ID, near hint: Int) -> Int? {
        if let place = placeNearby(of: id, near: hint) { return place }
        if let index { return index.place(of: id, in: rows).flatMap { place(ofBase: $0) } }
        return count <= Self.nearby * 2 ? (0..<count).first { row(at: $0).id == id } : nil
    }

    /// The place among all rows, shown or not; nil when it is not there or cannot be found without an index.
    @inlinable
    public func base(of id: Row.ID) -> Int? {
        if let index { return index.place(of: id, in: rows) }
        return rows.count <= Self.nearby * 2 ? rows.firstIndex { $0.id == id } : nil
    }

    /// Whether a nil of `base(of:)` means that the row is not here.
    public var canFindAll: Bool { index != nil || rows.count <= Self.nearby * 2 }

    /// Whether a nil of `place(of:near:)` means that the row is not shown.
    public var findsAll: Bool { index != nil || count <= Self.nearby * 2 }

    @inlinable
    func placeNearby(of id: Row.ID, near hint: Int) -> Int? {
        guard count > 0 else { return nil }
        let start = min(max(0, hint), count - 1)
        for distance in 0...Self.nearby {
            let below = start + distance
            let above = start - distance
            if below < count, row(at: below).id == id { return below }
            if above >= 0, row(at: above).id == id { return above }
            if below >= count, above < 0 { return nil }
        }
        return nil
    }

    /// How many rows were read of a sparse column.
    public struct Coverage: Hashable, Sendable {
        public var column: String
        public var rows: Int
        /// Whether the filter or the order names the column; plain words search others too.
        public var isNamed: Bool

        public init(column: String, rows: Int, isNamed: Bool = true) {
            self.column = column
            self.rows = rows
            self.isNamed = isNamed
        }
    }

    /// A term that leaves nothing of what the others let pass.
    public struct Hindrance: Hashable, Sendable {
        /// Its place among the filter's terms.
        public var term: Int
        /// The rows that pass without it.
        public var count: Int

        public init(term: Int, count: Int) {
            self.term = term
            self.count = count
        }
    }
}

/// The order of a column: the code of each row's value, and the rank of each value.
struct ColumnSorting: Sendable {
    var column: EncodedColumn
    var ranks: [UInt32]
    var isDescending: Bool

    func rank(ofRow row: Int) -> UInt32 {
        let rank = ranks[column.code(ofRow: row)]
        return isDescending && rank != .max ? .max - 1 - rank : rank
    }
}

extension [Int32] {
    /// The first place of `range` whose element no longer precedes; all that precede come first.
    fileprivate func firstPlace(in range: Range<Int>, precedes: (Int) -> Bool) -> Int {
        var low = range.lowerBound
        var high = range.upperBound
        while low < high {
            let middle = (low + high) / 2
            if precedes(Int(self[middle])) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    fileprivate func binarySearch(in range: Range<Int>, for element: Int, precedes: (Int) -> Bool) -> Int? {
        let place = firstPlace(in: range, precedes: precedes)
        return place < range.upperBound && Int(self[place]) == element ? place : nil
    }
}

/// Rows that share a value of one column.
public struct RowGroups: Sendable {
    private let column: EncodedColumn
    /// For each value where its rows begin in `members`; one more at the end.
    private var starts: [UInt32]
    private var members: [UInt32]

    /// - Parameter column: Complete, and not of unique texts.
    init(_ column: EncodedColumn) {
        self.column = column
        starts = Array(repeating: 0, count: column.valueCount + 1)
        members = Array(repeating: 0, count: column.codes.count)
        for code in column.codes { starts[Int(code) + 1] += 1 }
        for value in 1..<starts.count { starts[value] += starts[value - 1] }
        var next = starts
        for (row, code) in column.codes.enumerated() {
            members[Int(next[Int(code)])] = UInt32(row)
            next[Int(code)] += 1
        }
    }

    /// The places of the rows that share the value of the row at place `base`, itself among them, ascending.
    public func members(with base: Int) -> ArraySlice<UInt32> {
        let value = Int(column.codes[base])
        return members[Int(starts[value])..<Int(starts[value + 1])]
    }
}
