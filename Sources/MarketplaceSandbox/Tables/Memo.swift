/// Keeps what was made last for a row, where the same is made whenever it is asked for again until the row changes.
final class Memo<Value> {
    /// Each row has one slot, which it shares with those a multiple of `limit` away.
    private var slots: [(row: Int, value: Value)?] = []
    private let limit: Int

    /// - Parameter limit: Values that are kept at most. With 0 none is kept.
    init(limit: Int) { self.limit = limit }

    func value(of row: Int, make: () -> Value) -> Value {
        guard limit > 0 else { return make() }
        let slot = row % limit
        if slot >= slots.count { slots += Array(repeating: nil, count: slot + 1 - slots.count) }
        if let kept = slots[slot], kept.row == row { return kept.value }
        let value = make()
        slots[slot] = (row, value)
        return value
    }

    func forget(_ row: Int) {
        let slot = row % max(1, limit)
        if slot < slots.count, slots[slot]?.row == row { slots[slot] = nil }
    }
}
