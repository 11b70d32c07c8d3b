import Marketplace
import Screen

/// A list as a pane holds it: what was read, the filter on it, and the selected row by identity. Keys cost the same
/// whatever the number of rows; only a new answer or a changed filter walks through them.
struct RowList<Row: Identifiable & Sendable> where Row.ID: Sendable {
    private(set) var snapshot = Snapshot<Listing<Row>>()
    var filter = Filter()
    private(set) var cursor = ListCursor<Row.ID>()
    /// Rows of the screen that the list has, set by the layout.
    var visible = 20
    /// Places of the rows that pass the filter; nil when all do.
    private var shown: [Int]?

    var rows: [Row] { snapshot.value?.rows ?? [] }
    var count: Int { shown?.count ?? rows.count }
    var isEmpty: Bool { count == 0 }
    var selected: Row? { cursor.selected == nil || isEmpty ? nil : row(cursor.index) }

    func row(_ place: Int) -> Row? {
        let index = shown.map { place < $0.count ? $0[place] : -1 } ?? place
        return rows.indices.contains(index) ? rows[index] : nil
    }

    /// The rows on the screen now.
    var inView: [Row] {
        (cursor.top..<max(cursor.top, min(count, cursor.top + visible))).compactMap(row)
    }

    mutating func receive(_ latest: Snapshot<Listing<Row>>, passes: (Row, [String]) -> Bool) {
        snapshot = latest
        refilter(passes: passes)
    }

    /// Applies the filter's words, and keeps the selection on its row if the row is still there.
    mutating func refilter(passes: (Row, [String]) -> Bool) {
        let words = filter.words
        if words.isEmpty {
            shown = nil
        } else {
            shown = rows.indices.filter { passes(rows[$0], words) }
        }
        settle()
    }

    /// Shows exactly these places of `rows`, in this order: for panes that search in their own way.
    mutating func show(_ places: [Int]?) {
        shown = places
        settle()
    }

    mutating func clear() {
        snapshot = Snapshot()
        shown = nil
        cursor = ListCursor()
    }

    mutating func settle() {
        cursor.settle(in: ids)
        cursor.scroll(count: count, visible: visible)
    }

    mutating func select(_ id: Row.ID) {
        cursor.select(id: id, in: ids)
        cursor.scroll(count: count, visible: visible)
    }

    /// - Returns: whether the key moved within the list.
    mutating func move(_ key: Key) -> Bool {
        guard let motion = ListCursor<Row.ID>.Motion(key) else { return false }
        cursor.move(motion, in: ids, visible: visible)
        return true
    }

    private var ids: LazyMapCollection<Range<Int>, Row.ID> {
        let rows = rows
        let shown = shown
        return (0..<count).lazy.map { rows[shown?[$0] ?? $0].id }
    }

    /// `3 of 1,500`; nil in an empty list.
    var position: String? { isEmpty ? nil : "\(grouped(cursor.index + 1)) of \(grouped(count))" }

    /// How much of the list is here: `1,500`, `500 of 1,500 loaded`, `12 of 1,500 match`.
    var extent: String {
        guard let listing = snapshot.value else { return snapshot.isLoading ? "loading" : "" }
        var text: String
        if let total = listing.total, !listing.isComplete {
            text = "\(grouped(listing.rows.count)) of \(grouped(total)) loaded"
        } else if listing.isComplete {
            text = grouped(listing.rows.count)
        } else {
            text = "\(grouped(listing.rows.count)) loaded, more exist"
        }
        if filter.isActive { text = "\(grouped(count)) match of " + text }
        if !listing.problems.isEmpty { text += ", \(listing.problems.count) unreadable" }
        return text
    }

    /// What stands in an empty list: why it is empty and what to do.
    func emptiness(of what: String) -> String {
        if let failure = snapshot.failure { return failure.message }
        guard let listing = snapshot.value else { return "Loading \(what)…" }
        if filter.isActive, !listing.rows.isEmpty {
            return "No \(what) match \u{201C}\(filter.field.text)\u{201D}"
                + (listing.isComplete ? ". Esc shows all." : " among those loaded so far.")
        }
        return listing.isComplete ? "There are no \(what)." : "Loading \(what)…"
    }
}
