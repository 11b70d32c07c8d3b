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
