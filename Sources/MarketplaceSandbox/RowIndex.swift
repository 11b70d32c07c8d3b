/// Rows of a table in ascending order of their places: all of them, or those of one group. A table grows at its end,
/// so the newest row has the last place.
struct RowList {
    private let base: ArraySlice<Int32>
    private let added: [Int32]
    private let everything: Int?

    /// Every row of a table.
    init(all count: Int) {
        base = []
        added = []
        everything = count
    }

    init(_ base: ArraySlice<Int32>, added: [Int32] = []) {
        self.base = base
        self.added = added
        everything = nil
    }

    var count: Int { everything ?? base.count + added.count }

    subscript(position: Int) -> Int {
        if everything != nil { return position }
        return position < base.count ? Int(base[base.startIndex + position]) : Int(added[position - base.count])
    }

    /// The first position whose row passes; rows that pass must all lie behind those that do not.
    func firstPosition(where passes: (Int) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if passes(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// A page, newest first, and how many rows there are in all. Without a test a page costs its own length only.
    func page(
        offset: Int, limit: Int, within range: Range<Int>? = nil, where test: ((Int) -> Bool)? = nil
    ) -> (places: [Int], total: Int) {
        let range = range ?? 0..<count
        guard let test else {
            let end = max(range.upperBound - offset, range.lowerBound)
            let start = max(end - limit, range.lowerBound)
            return ((start..<end).reversed().map { self[$0] }, range.count)
        }
        var places: [Int] = []
        var total = 0
        for position in range.reversed() {
            let place = self[position]
            guard test(place) else { continue }
            if total >= offset, places.count < limit { places.append(place) }
            total += 1
        }
        return (places, total)
    }
}

/// The rows of each group (a customer, a reseller), in ascending order.
struct GroupIndex {
    private var starts: [Int32]
    private var rows: [Int32]
    private var added: [Int: [Int32]] = [:]

    /// Sorts the rows by group, keeping their order within each.
    init(groups: [Int32]) {
        let count = Int(groups.max() ?? -1) + 1
        starts = Array(repeating: 0, count: count + 1)
        rows = Array(repeating: 0, count: groups.count)
        for group in groups { starts[Int(group) + 1] += 1 }
        for group in 0..<count { starts[group + 1] += starts[group] }
        var next = starts
        for (row, group) in groups.enumerated() {
            rows[Int(next[Int(group)])] = Int32(row)
            next[Int(group)] += 1
        }
    }

    func rows(of group: Int) -> RowList {
        let inBase = group >= 0 && group + 1 < starts.count
        let base = inBase ? rows[Int(starts[group])..<Int(starts[group + 1])] : []
        return RowList(base, added: added[group] ?? [])
    }

    mutating func append(row: Int, to group: Int) {
        added[group, default: []].append(Int32(row))
    }
}

/// The rows of each status, in ascending order; a row can move to another.
struct StatusIndex {
    private var rows: [[Int32]]

    init(statuses: [UInt8], kinds: Int) {
        var counts = Array(repeating: 0, count: kinds)
        for status in statuses { counts[Int(status)] += 1 }
        rows = counts.map { count in
            var list: [Int32] = []
            list.reserveCapacity(count)
            return list
        }
        for (row, status) in statuses.enumerated() { rows[Int(status)].append(Int32(row)) }
    }

    func rows(of status: UInt8) -> RowList {
        RowList(rows[Int(status)][...])
    }

    mutating func insert(row: Int, status: UInt8) {
        let place = position(of: row, in: status)
        rows[Int(status)].insert(Int32(row), at: place)
    }

    mutating func move(row: Int, from old: UInt8, to new: UInt8) {
        guard old != new else { return }
        let place = position(of: row, in: old)
        if place < rows[Int(old)].count, rows[Int(old)][place] == Int32(row) { rows[Int(old)].remove(at: place) }
        insert(row: row, status: new)
    }

    private func position(of row: Int, in status: UInt8) -> Int {
        RowList(rows[Int(status)][...]).firstPosition { $0 >= row }
    }
}

/// Ids of a table: landmarks have theirs, all other rows are numbered in the order of their places.
struct IDSpace {
    private let first: Int
    private let landmarks: [(id: Int, place: Int)]

    /// - Parameter landmarks: in ascending order of their places.
    init(first: Int, landmarks: [(id: Int, place: Int)]) {
        self.first = first
        self.landmarks = landmarks
    }

    func id(of place: Int) -> Int {
        var before = 0
        for landmark in landmarks {
            if landmark.place == place { return landmark.id }
            if landmark.place < place { before += 1 }
        }
        return first + place - before
    }

    func place(of id: String, count: Int) -> Int? {
        guard let number = IDSpace.number(id) else { return nil }
        if let landmark = landmarks.first(where: { $0.id == number }) { return landmark.place }
        guard number >= first, number - first < count else { return nil }
        var place = number - first
        for landmark in landmarks where landmark.place <= place { place += 1 }
        return place < count ? place : nil
    }

    /// The number that an id writes in plain digits; ids have no leading zeros.
    static func number(_ id: String) -> Int? {
        id.utf8.first == UInt8(ascii: "0") ? nil : Digits.number(id.utf8)
    }
}
