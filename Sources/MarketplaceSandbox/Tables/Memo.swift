/// Keeps what was made last for a row, where the same is made whenever it is asked for again until the row changes.
final class Memo<Value> {
    private var values: [Int: Value] = [:]
    private let limit: Int

    /// - Parameter limit: Values that are kept at most; with one more all are forgotten. With 0 none is kept.
    init(limit: Int) { self.limit = limit }

    func value(of row: Int, make: () -> Value) -> Value {
        guard limit > 0 else { return make() }
        if let value = values[row] { return value }
        if values.count == limit { values.removeAll(keepingCapacity: true) }
        let value = make()
        values[row] = value
        return value
    }

    func forget(_ row: Int) { values[row] = nil }
}
