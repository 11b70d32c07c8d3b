/// Rows as a list shows them: those that pass its filter, in its order. It never changes, and everything asked of it
/// costs the same however many rows there are.
struct Arrangement<Row: Identifiable & Sendable>: Sendable where Row.ID: Sendable {
    var rows: [Row] = []
    /// Places of the rows that pass, in the order shown; nil when all pass and none is moved.
    var places: [Int32]?
    /// What `places` is sorted by; nil when it rises.
    var sorting: Sorting?
    /// Where a new run of rising `places` begins, when some rows were put before the others.
    var runs: [Int] = []
    /// Where rows are by identity, once that was needed.
    var index: RowIndex<Row>?
    /// Rows that share a value, when the list asks for them.
    var groups: RowGroups?
    /// How many rows were looked at: fewer than `rows` in first results.
    var lookedAt = 0
    /// How many rows have exactly the words asked for in the column that leads.
    var exact = 0
    /// Of how many rows the values are known that the filter asks for, when they are told of some only.
    var told: [Told] = []

    struct Told: Hashable, Sendable {
        var column: String
        var rows: Int
        /// Whether the filter or the order names the column; plain words look into others too.
        var isNamed = true
    }

    /// The order of a column: for each row the number of its value, for each value its place.
    struct Sorting: Sendable {
        var column: CodedColumn
        var ranks: [UInt32]
        var isDescending: Bool

        func rank(ofRow row: Int) -> UInt32 {
            let rank = ranks[column.code(ofRow: row)]
            return isDescending && rank != .max ? .max - 1 - rank : rank
        }
    }

    var count: Int { places?.count ?? rows.count }
    var isWhole: Bool { lookedAt == rows.count }

    func base(at place: Int) -> Int { places.map { Int($0[place]) } ?? place }
    func row(at place: Int) -> Row { rows[base(at: place)] }

    /// Where the row that is number `base` of all rows is shown; nil when it is not.
    func place(ofBase base: Int) -> Int? {
        guard let places else { return base < rows.count ? base : nil }
        if let sorting {
            let rank = sorting.rank(ofRow: base)
            return Self.search(places, in: 0..<places.count, for: base) { other in
                let otherRank = sorting.rank(ofRow: other)
                return otherRank == rank ? other < base : otherRank < rank
            }
        }
        let starts = [0] + runs
        for (number, start) in starts.enumerated() {
            let end = number + 1 < starts.count ? starts[number + 1] : places.count
            if let place = Self.search(places, in: start..<end, for: base, precedes: { $0 < base }) { return place }
        }
        return nil
    }

    /// The first of `range` that no longer precedes, when it is `base`.
    private static func search(
        _ places: [Int32], in range: Range<Int>, for base: Int, precedes: (Int) -> Bool
    ) -> Int? {
        var low = range.lowerBound
        var high = range.upperBound
        while low < high {
            let middle = (low + high) / 2
            if precedes(Int(places[middle])) { low = middle + 1 } else { high = middle }
        }
        return low < range.upperBound && Int(places[low]) == base ? low : nil
    }

    /// How far from where a row was it is looked for, before the index is asked.
    static var nearby: Int { 2000 }

    /// Where the row is shown, looking near `hint` first. Without an index, only there and in short lists.
    func place(of id: Row.ID, near hint: Int) -> Int? {
        if let place = placeNearby(of: id, near: hint) { return place }
        if let index { return index.place(of: id, in: rows).flatMap { place(ofBase: $0) } }
        return count <= Self.nearby * 2 ? (0..<count).first { row(at: $0).id == id } : nil
    }

    /// Which of all rows it is, shown or not; nil when it is not there or cannot be told without an index.
    func base(of id: Row.ID) -> Int? {
        if let index { return index.place(of: id, in: rows) }
        return rows.count <= Self.nearby * 2 ? rows.firstIndex { $0.id == id } : nil
    }

    /// Whether `base(of:)` can tell that a row is not here.
    var canFindAll: Bool { index != nil || rows.count <= Self.nearby * 2 }

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

    /// Whether `place(of:near:)` can tell that a row is not here.
    var findsAll: Bool { index != nil || count <= Self.nearby * 2 }
}

/// Rows that share a value of one column.
struct RowGroups: Sendable {
    private let column: CodedColumn
    /// For each value where its rows begin in `members`; one more at the end.
    private var starts: [UInt32]
    private var members: [UInt32]

    /// - Parameter column: Complete, and not of unique texts.
    init(_ column: CodedColumn) {
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

    /// The rows that share the value of `base`, itself among them, in the list's own order.
    func members(with base: Int) -> ArraySlice<UInt32> {
        let value = Int(column.codes[base])
        return members[Int(starts[value])..<Int(starts[value + 1])]
    }
}
