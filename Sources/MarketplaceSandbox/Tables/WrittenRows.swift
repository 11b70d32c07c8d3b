/// The rows of a list as they were written last, until they change; and its last page, which is often asked for again.
final class WrittenRows {
    private struct Page {
        var places: [Int]
        var total: Int
        var place: (offset: Int, limit: Int)
        var bytes: [UInt8]
    }

    private let rows: Memo<[UInt8]>
    private let keeps: Bool
    private var last: Page?

    /// - Parameter limit: Rows that are kept at most. With 0 nothing is kept.
    init(limit: Int) {
        rows = Memo(limit: limit)
        keeps = limit > 0
    }

    /// The bytes of a page of a list.
    /// - Parameters:
    ///   - total: The rows of the whole list.
    ///   - each: Writes the fields of a row, which depend on nothing but the row.
    func page(
        _ places: [Int], total: Int, _ place: (offset: Int, limit: Int), _ each: (inout JSONWriter, Int) -> Void
    ) -> [UInt8] {
        if let last, last.total == total, last.place == place, last.places == places { return last.bytes }
        let bytes = Answer.page(places, total: total, place) { json, place in
            json.written(rows.value(of: place) { JSONWriter.object { each(&$0, place) } })
        }
        if keeps { last = Page(places: places, total: total, place: place, bytes: bytes) }
        return bytes
    }

    /// To be called when a row changes.
    func forget(_ row: Int) {
        rows.forget(row)
        last = nil
    }
}
