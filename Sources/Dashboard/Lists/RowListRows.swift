import Rows

// The rows of a list, by their places and identities.
extension RowList {
    func row(_ place: Int) -> Row? { place >= 0 && place < count ? shown.row(at: place) : nil }

    /// The row of that identity, when it can be found without walking through the rows.
    func row(_ id: Row.ID) -> Row? { shown.place(of: id, near: cursor.index).map { shown.row(at: $0) } }

    /// The rows on the screen now.
    var inView: [Row] {
        (cursor.top..<max(cursor.top, min(count, cursor.top + visible))).compactMap { row($0) }
    }

    /// The first rows shown, at most `limit`.
    func first(_ limit: Int) -> [Row] { (0..<min(limit, count)).map { shown.row(at: $0) } }

    /// Whether no row is on the cursor, because another is open that the list does not show.
    var hidesCursor: Bool { opened.map { row(cursor.index)?.id != $0 } ?? false }

    /// The rows on whose details it depends what passes, or where it stands.
    var unread: [Row.ID] { shown.unread.map { shown.rows[Int($0)].id } }
}
