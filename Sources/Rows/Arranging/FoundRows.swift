/// What a filter found among the rows of an answer.
struct FoundRows {
    var filter: FilterExpression
    /// The places of the rows that pass, ascending; nil for all.
    var places: [Int32]?
    /// The places of rows that were not read and on whose sparse values it depends whether they pass, ascending.
    var unread: [Int32] = []
    /// Whether those were looked for.
    var countsUnread = false

    /// How many places are kept.
    var count: Int { (places?.count ?? 0) + unread.count }
    /// Every row that a filter that narrows this one can pass or leave in doubt.
    var candidates: [Int32] { (places ?? []).merged(with: unread) }
}

/// Which terms of a filter look into sparse columns. These are evaluated last, so that only rows that pass all others are
/// in doubt.
struct FilterDoubts {
    /// The filter's terms, those without doubt first.
    private(set) var terms: [FilterTerm]
    /// Where those with doubt begin.
    private(set) var begin: Int
    private var columns: [String] = []
    /// Whether a row may pass only because it was not read.
    private var mayPassUnread = false

    init<Row>(_ query: RowQuery<Row>) {
        terms = query.filter.terms
        begin = terms.count
        guard query.countsUnread else { return }
        let doubtful = terms.filter { !query.sparseColumns(of: $0).isEmpty }
        terms = terms.filter { query.sparseColumns(of: $0).isEmpty } + doubtful
        begin = terms.count - doubtful.count
        columns = Array(Set(doubtful.flatMap { term in query.sparseColumns(of: term).map { $0.name } }))
        mayPassUnread = doubtful.contains { $0.isNegated }
    }

    /// Adds those of the rows that pass the terms without doubt of which a column with doubt was not read.
    /// - Parameter passing: Those of `possible` that pass all terms.
    func add(_ possible: [Int32], passing: [Int32], _ coded: [String: EncodedColumn], to unread: inout [Int32]) {
        if columns.isEmpty { return }
        let reads = columns.map { coded[$0]?.isRead ?? [] }
        let isAllUnread = reads.contains { $0.isEmpty }
        var next = 0
        for row in possible {
            let passes = next < passing.count && passing[next] == row
            if passes { next += 1 }
            guard !passes || mayPassUnread else { continue }
            if isAllUnread || reads.contains(where: { !$0[Int(row)] }) { unread.append(row) }
        }
    }
}

extension [Int32] {
    /// Both, each element once; both are ascending, and so is the result.
    func merged(with other: [Int32]) -> [Int32] {
        if other.isEmpty { return self }
        if isEmpty { return other }
        var merged: [Int32] = []
        merged.reserveCapacity(count + other.count)
        var (left, right) = (0, 0)
        while left < count || right < other.count {
            if right == other.count || (left < count && self[left] < other[right]) {
                merged.append(self[left])
                left += 1
            } else {
                if left < count, self[left] == other[right] { left += 1 }
                merged.append(other[right])
                right += 1
            }
        }
        return merged
    }
}
