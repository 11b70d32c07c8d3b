import HashTreeCollections
import Rows

/// The marked rows of a list, by identity: whatever comes, goes or is filtered, a mark stays on its row and no other row
/// gets it. Marking a million rows is a job whose result is shared; marks set one by one stand beside it.
struct ListMarks<Row: Identifiable & Sendable>: Sendable where Row.ID: Sendable {
    /// Marked in a long list at one go.
    private struct Sweep: Sendable {
        var rows: [Row]
        var index: RowIndex<Row>
        /// A bit for each of `rows`.
        var bits: [UInt64]
        var count: Int

        func holds(_ base: Int) -> Bool { bits[base >> 6] >> UInt64(base & 63) & 1 == 1 }

        mutating func insert(_ base: Int) {
            guard !holds(base) else { return }
            bits[base >> 6] |= 1 << UInt64(base & 63)
            count += 1
        }
    }

    private struct Stretch: Sendable {
        var places: Range<Int>
        var shown: Arrangement<Row>
    }

    private var sweep: Sweep?
    /// Marked beside the sweep; none of it is in there.
    private var added: TreeSet<Row.ID> = []
    /// In the sweep, but no longer marked.
    private var removed: TreeSet<Row.ID> = []
    /// What was set or taken away while a job is under way.
    private var since: TreeDictionary<Row.ID, Bool>?
    /// What the job under way marks.
    private var wanted: [Stretch] = []
    private var ticket: JobTicket<ListMarks>?
    private var jobCount = 0

    var count: Int { added.count + (sweep?.count ?? 0) - removed.count }
    var isEmpty: Bool { count == 0 && since == nil }
    /// Whether a job is marking rows.
    var isWaiting: Bool { since != nil }

    /// Whether the row shown at `place` is marked.
    func holds(_ place: Int, of shown: Arrangement<Row>) -> Bool {
        if count == 0 { return false }
        let base = shown.base(at: place)
        let id = shown.rows[base].id
        if added.contains(id) { return true }
        guard let sweep, !removed.contains(id) else { return false }
        if sweep.rows.isSame(as: shown.rows) { return sweep.holds(base) }
        return sweep.index.place(of: id, in: sweep.rows).map(sweep.holds) ?? false
    }

    mutating func set(_ id: Row.ID, _ isMarked: Bool) {
        since?[id] = isMarked
        let isSwept =
            sweep.map { sweep in sweep.index.place(of: id, in: sweep.rows).map(sweep.holds) ?? false } ?? false
        if isSwept {
            if isMarked { removed.remove(id) } else { removed.insert(id) }
        } else {
            if isMarked { added.insert(id) } else { added.remove(id) }
        }
    }

    /// Takes the marks of rows away that a short list no longer has.
    mutating func forgetGone(from shown: Arrangement<Row>) {
        guard !added.isEmpty, shown.isWhole, shown.canFindAll else { return }
        let index = shown.index ?? RowIndex(shown.rows)
        added = added.filter { index.place(of: $0, in: shown.rows) != nil }
    }

    /// Takes all marks away. A job under way comes too late.
    mutating func clear() -> [BackgroundWork] {
        let old = sweep
        self = ListMarks(jobCount: jobCount)
        return old.map { [.free(Discarded([$0]))] } ?? []
    }

    init() { self.init(jobCount: 0) }
    private init(jobCount: Int) { self.jobCount = jobCount }

    /// Marks the rows shown at `places`: a few at once, many by a job.
    mutating func set(_ places: Range<Int>, of shown: Arrangement<Row>, in list: ListName, atOnce: Int)
        -> [BackgroundWork]
    {
        if places.count <= atOnce {
            for place in places { set(shown.row(at: place).id, true) }
            return []
        }
        jobCount += 1
        let ticket = JobTicket<ListMarks>(ListJob.Slot(list, .marking), number: jobCount)
        self.ticket = ticket
        wanted.append(Stretch(places: places, shown: shown))
        // A row whose mark was taken away before is marked again.
        since = since?.filter { id, _ in shown.place(of: id, near: 0).map(places.contains) != true } ?? [:]
        return [
            .run(
                ListJob(ticket) { [before = self] isCancelled, post in
                    if let result = before.marked(isCancelled: isCancelled) { post(result) }
                })
        ]
    }

    /// Takes the result of a job, and sets again what was set meanwhile.
    /// - Returns: nil when it is no job's of these marks, or outdated.
    mutating func take(_ result: ListResult) -> [BackgroundWork]? {
        guard let since, var latest = ticket?.content(of: result) else { return nil }
        let old = sweep
        latest.since = nil
        latest.wanted = []
        for (id, isMarked) in since { latest.set(id, isMarked) }
        self = latest
        return old.map { [.free(Discarded([$0]))] } ?? []
    }

    /// These marks and what is wanted as one sweep over the rows; nil when it was cancelled.
    private func marked(isCancelled: () -> Bool) -> ListMarks? {
        guard let shown = wanted.last?.shown else { return self }
        let rows = shown.rows
        let index = shown.index ?? RowIndex(rows)
        var swept = Sweep(
            rows: rows, index: index, bits: Array(repeating: 0, count: (rows.count + 63) / 64), count: 0)
        var result = ListMarks(jobCount: jobCount)
        for stretch in wanted {
            let isSame = stretch.shown.rows.isSame(as: rows)
            for place in stretch.places {
                if place & 0xFFF == 0, isCancelled() { return nil }
                let base = stretch.shown.base(at: place)
                if isSame {
                    swept.insert(base)
                } else if let base = index.place(of: stretch.shown.rows[base].id, in: rows) {
                    swept.insert(base)
                } else {
                    result.added.insert(stretch.shown.rows[base].id)
                }
            }
        }
        for id in added {
            if let base = index.place(of: id, in: rows) { swept.insert(base) } else { result.added.insert(id) }
        }
        if let sweep {
            for (base, row) in sweep.rows.enumerated() where sweep.holds(base) && !removed.contains(row.id) {
                if base & 0xFFF == 0, isCancelled() { return nil }
                if let base = index.place(of: row.id, in: rows) {
                    swept.insert(base)
                } else {
                    result.added.insert(row.id)
                }
            }
        }
        result.sweep = swept
        return result
    }

    /// The marked rows that are in the list, shown or not, in the order the list came in. Takes time in proportion to
    /// the list when it is long: for a form that opens, not for drawing.
    func rows(of shown: Arrangement<Row>) -> [Row] {
        guard !isEmpty else { return [] }
        let index = shown.index ?? RowIndex(shown.rows)
        var bases = added.compactMap { index.place(of: $0, in: shown.rows) }
        if let sweep {
            let isSame = sweep.rows.isSame(as: shown.rows)
            for (base, row) in sweep.rows.enumerated() where sweep.holds(base) && !removed.contains(row.id) {
                if let base = isSame ? base : index.place(of: row.id, in: shown.rows) { bases.append(base) }
            }
        }
        return bases.sorted().map { shown.rows[$0] }
    }
}
