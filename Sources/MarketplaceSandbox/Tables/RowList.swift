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
