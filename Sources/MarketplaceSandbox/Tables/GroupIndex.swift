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
