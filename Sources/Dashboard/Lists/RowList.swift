import Marketplace
import Rows
import Screen

/// How much of a list there is, beside its rows.
struct ListExtent: Equatable, Sendable {
    /// Rows read so far; nil where the rows are made of something else, and are as many as that gives.
    var count: Int?
    /// Rows the marketplace says it has; nil when it did not say.
    var total: Int?
    var isComplete: Bool
    /// Rows that could not be read.
    var problems = 0

    init(count: Int? = nil, total: Int? = nil, isComplete: Bool, problems: Int = 0) {
        self.count = count
        self.total = total
        self.isComplete = isComplete
        self.problems = problems
    }

    init<Row>(_ listing: Listing<Row>) {
        self.init(
            count: listing.rows.count, total: listing.total, isComplete: listing.isComplete,
            problems: listing.problems.count)
    }
}

/// A list as a pane holds it: what was read, the filter and the order it is shown in, and the selected row by identity.
/// Keys, answers and drawing cost the same whatever the number of rows: walking through a long list is a job.
struct RowList<Row: Identifiable & Sendable>: Sendable where Row.ID: Sendable {
    private(set) var snapshot = Snapshot<ListExtent>()
    /// When it was read. A time of day that is kept would be another moment once the clock has stepped.
    private(set) var readMoment: Moment?
    var filter = Filter()
    /// What is wrong with the filter's text; the last good filter stays in force.
    private(set) var problem: FilterProblem?
    /// By which column the person has it sorted; nil in the list's own order.
    var order: SortOrder? { didSet { if order != oldValue { ask(fromTop: true) } } }
    private(set) var cursor = ListCursor<Row.ID>()
    /// Rows of the screen that the list has, set by the layout.
    var visible = 20

    /// A choice that is open over the list.
    var menu: ListMenu?
    /// Columns that the person showed or hid; kept whatever the list holds.
    var chosenColumns: [String: Bool] = [:]
    /// The order of the columns, when the person moved them.
    var columnOrder: [String] = []
    /// Whether nothing is shown beside the list.
    var hidesPreview = false
    var marks = ListMarks<Row>()
    /// Where a range of marks begins: a row, and where it is shown.
    var rangeStart: (id: Row.ID, place: Int)?

    /// The row that is open over the list. It is the row on the cursor, in view, as soon as the list shows it.
    var opened: Row.ID? {
        didSet {
            guard let opened else { return }
            touch()
            select(opened)
        }
    }
    /// The details of its rows that are being read one by one.
    var rest: RestReading?
    /// What was marked without looking at every row.
    var markGap: MarkGap?

    /// Rows drawn ahead.
    var prepared: Prepared?
    /// How the columns are laid out.
    var settled: Settled?

    private var arranger: Arranger<Row>
    /// The last good filter, and its text.
    private var understood = FilterExpression() {
        // Whoever takes a filter back goes on with the row that it found.
        didSet { if understood != oldValue { ask(fromTop: !understood.isEmpty) } }
    }
    private var understoodText = ""
    /// The texts of its terms, and whether each is plain words.
    private(set) var understoodTerms: [(text: String, isPlain: Bool)] = []
    /// How many terms come before them that are not the person's.
    private(set) var scopeCount = 0
    /// Whether the rest may be read without asking: not again after it failed.
    var mayReadUnasked = true
    /// How many rows were not read when that began last.
    var triedUnread = 0
    /// Counts the filters and orders that were asked for.
    private(set) var asked = 0
    /// The version of the details that the rows come and go with; they do not jump with every detail that comes.
    private var followedVersion = 0
    /// The row to be found by the job under way: the selection as it was before, or one to be selected.
    private var sought: Sought?
    /// Whether the next rows shown are shown from the first on: those of another filter or order.
    private var startsAtTop = false
    /// Whether nobody has done anything with the rows since they began to come.
    private var isUntouched = true
    /// When the first of them came.
    private var firstRowsAt: Moment?
    /// Whether the job under way only takes in details that were read, so that no key has to wait for it.
    private var isFollowing = false
    private var outbox: [Effect] = []

    private struct Sought {
        var id: Row.ID
        /// Its number among the rows of that answer.
        var base: Int?
        var generation: Int
    }

    /// - Parameter atOnce: How many rows are arranged on the screen's thread; longer lists take a job.
    init(_ name: ListName, atOnce: Int = 4000) { arranger = Arranger(name, atOnce: atOnce) }

    var shown: Arrangement<Row> { arranger.shown }
    /// Counts the times that something else was shown.
    var changes: Int { arranger.changes }
    var count: Int { shown.count }
    var isEmpty: Bool { count == 0 }
    var selected: Row? { cursor.selected == nil || isEmpty ? nil : row(cursor.index) }
    var name: ListName { arranger.name }
    /// Whether a job is under way whose result will replace what is shown.
    var isWaiting: Bool { arranger.isWaiting }
    /// Whether a filter or an order that the person chose is not shown yet.
    var isSettling: Bool { arranger.isWaiting && !arranger.isOutdated && !isFollowing }
    /// Whether the filter lets only some of the rows pass.
    var isNarrowed: Bool { !understood.isEmpty }

    /// What is to be done elsewhere since this was asked last.
    mutating func takeEffects() -> [Effect] {
        defer { outbox = [] }
        return outbox
    }

    mutating func post(_ work: [BackgroundWork]) { outbox += work.map(Effect.init) }
    mutating func post(_ effect: Effect) { outbox.append(effect) }

    /// Marks the rows shown at `places`, and makes sure that marked rows can be found later.
    mutating func mark(_ places: Range<Int>) {
        outbox += marks.set(places, of: shown, in: arranger.name, atOnce: arranger.atOnce).map(Effect.init)
    }

    // MARK: Rows

    mutating func receive(_ latest: Snapshot<Listing<Row>>, _ setting: ListSetting<Row>) {
        let rows = latest.value?.rows ?? []
        if !arranger.has(rows) { outbox += arranger.receive(rows).map(Effect.init) }
        take(latest.map { ListExtent($0) }, setting)
        arrange(setting)
        if snapshot.value?.isComplete == true, count <= arranger.atOnce { marks.forgetGone(from: shown) }
    }

    /// Takes rows that are made of something else when they are needed.
    /// - Parameters:
    ///   - count: How many rows there will be, roughly.
    ///   - isNew: Whether what they are made of changed.
    mutating func receive(
        _ extent: Snapshot<ListExtent>, from count: Int, isNew: Bool, _ setting: ListSetting<Row>,
        making make: @escaping @Sendable () -> [Row]
    ) {
        if isNew { outbox += arranger.receive(count: count, making: make).map(Effect.init) }
        take(extent, setting)
        arrange(setting)
    }

    private mutating func take(_ latest: Snapshot<ListExtent>, _ setting: ListSetting<Row>) {
        if latest.readAt != snapshot.readAt { readMoment = latest.readAt.map(setting.offsets.moment(of:)) }
        snapshot = latest
    }

    /// Shows the rows as filter and order say, now or as soon as a job has arranged them. The selection stays on its
    /// row if the row is still shown.
    mutating func arrange(_ setting: ListSetting<Row>) {
        read(setting)
        scopeCount = setting.scope.count
        var query = RowQuery(columns: setting.columns)
        query.filter.terms = setting.scope + understood.terms
        query.scopeCount = setting.scope.count
        query.namesHindrance = true
        query.countsUnread = true
        query.followedVersion = followedVersion
        query.order = order ?? setting.ownOrder
        query.rankVersion = setting.rankVersion
        query.grouped = setting.grouped
        query.lookupVersion = setting.accountsVersion
        query.sparseVersion = setting.sparseVersion
        query.zone = setting.zone
        if let leads = setting.leads, order == nil { query.prefixRanking = prefixRanking(leads) }
        stayAtTop(setting)
        let sought = hiddenOpened ?? sought
        let findsAll = sought.map { $0.base == nil } ?? !marks.isEmpty
        change { [cursor, filter, snapshot] arranger in
            arranger.arrange(
                query, keeping: sought?.id ?? cursor.selected, at: cursor.index, findsAll: findsAll,
                isTyping: filter.isEditing, isComplete: snapshot.value?.isComplete == true)
        }
    }

    /// While rows come that go before those that are here, a cursor that nobody has moved stays on the first row, but only
    /// as long as nobody can have read that one. Then it stays on its row, as it does once it was moved.
    private mutating func stayAtTop(_ setting: ListSetting<Row>) {
        guard isUntouched, arranger.isOutdated else { return }
        if firstRowsAt == nil, snapshot.value?.count ?? 0 > 0 { firstRowsAt = setting.now }
        let isFresh = firstRowsAt.map { setting.now.seconds(since: $0) < Self.secondsToRead } ?? true
        if isFresh, order == nil { startsAtTop = true }
        if !isFresh || snapshot.value?.isComplete == true { isUntouched = false }
    }

    private static var secondsToRead: Double { 2 }

    /// The person does something with the rows: the cursor stays on its row from now on.
    mutating func touch() {
        startsAtTop = false
        isUntouched = false
    }

    /// The same, with the rows that the details let pass that were read meanwhile. No key waits for it.
    mutating func follow(_ setting: ListSetting<Row>) {
        followedVersion = setting.sparseVersion
        isFollowing = !isWaiting
        arrange(setting)
        isFollowing = isFollowing && isWaiting
    }

    /// Another filter or order: its rows are shown from the first on.
    private mutating func ask(fromTop: Bool) {
        asked += 1
        startsAtTop = fromTop
        isFollowing = false
        mayReadUnasked = true
        triedUnread = 0
    }

    private mutating func read(_ setting: ListSetting<Row>) {
        let parser = FilterParser(columns: setting.columns.filterColumns(), today: setting.today)
        let text = filter.field.text
        do {
            understand(try parser.terms(of: text), text)
            problem = nil
        } catch {
            problem = error
            // The name of a column was a plain word until the sign after it was typed, and found nothing.
            let before = String(text.prefix(error.word))
            if text.hasPrefix(understoodText), understoodText.hasPrefix(before),
                understoodText.dropFirst(before.count).allSatisfy(\.isLetter), let good = try? parser.terms(of: before)
            {
                understand(good, before)
            }
        }
    }

    private mutating func understand(_ terms: [(term: FilterTerm, text: String)], _ text: String) {
        understood = FilterExpression(terms: terms.map(\.term))
        understoodTerms = terms.map { ($0.text, $0.term.column == nil && !$0.term.isNegated) }
        understoodText = text
    }

    /// The plain words of the filter, when it has any.
    private func prefixRanking(_ column: String) -> RowQuery<Row>.PrefixRanking? {
        let words = understood.terms.compactMap { term -> [UInt8]? in
            if case .holds(let words, nil) = term.condition, !term.isNegated { words } else { nil }
        }
        let text = Array(words.joined(separator: [UInt8(ascii: " ")]))
        return text.isEmpty ? nil : RowQuery.PrefixRanking(column: column, words: text)
    }

    /// Takes the result of a job, if it is this list's.
    mutating func take(_ result: ListResult) {
        if let work = marks.take(result) {
            outbox += work.map(Effect.init)
        } else {
            change { $0.take(result) ?? [] }
        }
    }

    private mutating func change(_ action: (inout Arranger<Row>) -> [BackgroundWork]) {
        let (opened, wanted) = (hiddenOpened, sought ?? selection)
        let changes = arranger.changes
        outbox += action(&arranger).map(Effect.init)
        var place: Int?
        if startsAtTop {
            if arranger.changes == changes { return }
            startsAtTop = isWaiting
            place = isEmpty ? nil : 0
        } else {
            place = opened.flatMap { self.place(of: $0) } ?? wanted.flatMap { self.place(of: $0) }
        }
        if let place {
            cursor.put(on: shown.row(at: place).id, at: place)
            sought = nil
        } else {
            // First results may lack a row that still comes.
            sought = isWaiting ? opened ?? wanted : nil
        }
        if !isWaiting { isFollowing = false }
        closeMarkGap()
        if let start = rangeStart, arranger.changes != changes {
            rangeStart = shown.place(of: start.id, near: start.place).map { (start.id, $0) }
        }
        settle()
    }

    /// The row that is open, where the cursor is not on it.
    private var hiddenOpened: Sought? {
        guard let opened, row(cursor.index)?.id != opened else { return nil }
        return sought?.id == opened ? sought : Sought(id: opened, base: nil, generation: arranger.generation)
    }

    private func place(of sought: Sought) -> Int? {
        if let base = sought.base, sought.generation == arranger.generation { return shown.place(ofBase: base) }
        return shown.place(of: sought.id, near: cursor.index)
    }

    private var selection: Sought? {
        guard let id = cursor.selected else { return nil }
        let isThere = row(cursor.index)?.id == id
        return Sought(
            id: id, base: isThere ? shown.base(at: cursor.index) : nil, generation: arranger.generation)
    }

    mutating func clear() {
        outbox += arranger.clear().map(Effect.init)
        clearMarks()
        stopReadingRest()
        menu = nil
        opened = nil
        snapshot = Snapshot()
        readMoment = nil
        filter = Filter()
        understood = FilterExpression()
        understoodText = ""
        understoodTerms = []
        problem = nil
        cursor = ListCursor()
        sought = nil
        startsAtTop = false
        isUntouched = true
        firstRowsAt = nil
    }

    /// Counts the rows that a filter lets pass, beside what is shown.
    func counting(_ query: RowQuery<Row>) -> RowCounting { arranger.counting(query) }

    /// Changes with every answer.
    var received: Int { arranger.received }

    // MARK: Cursor

    /// Keeps the cursor on a row and in view.
    mutating func settle() {
        if let row = row(min(cursor.index, count - 1)), cursor.selected == nil || row.id != cursor.selected {
            cursor.put(on: row.id, at: min(cursor.index, count - 1))
        }
        cursor.scroll(count: count, visible: visible)
    }

    /// Selects a row, now or when a job has found it; nothing changes when the list lacks it.
    mutating func select(_ id: Row.ID) {
        if let place = shown.place(of: id, near: cursor.index) {
            cursor.put(on: id, at: place)
            sought = nil
        } else if !shown.findsAll {
            sought = Sought(id: id, base: nil, generation: arranger.generation)
        }
        cursor.scroll(count: count, visible: visible)
    }

    mutating func move(_ motion: ListCursor<Row.ID>.Motion) {
        sought = nil
        touch()
        let shown = shown
        cursor.move(motion, in: (0..<count).lazy.map { shown.row(at: $0).id }, visible: visible)
    }

    /// Puts the cursor on the row shown at `place`.
    /// - Returns: Whether it was there before; nil when there is no such row.
    mutating func point(at place: Int) -> Bool? {
        guard (0..<count).contains(place) else { return nil }
        let wasThere = cursor.index == place
        sought = nil
        touch()
        cursor.put(on: shown.row(at: place).id, at: place)
        return wasThere
    }
}
