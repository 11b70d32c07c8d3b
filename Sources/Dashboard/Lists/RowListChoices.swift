import Rows
import Screen

// Sorting, columns and marks: what a person does to a list as a whole.
extension RowList {
    // MARK: Sorting

    /// Sorts by the column, or in the other direction when it is the one in force; empty goes back to the list's own.
    mutating func sort(by column: String) {
        if column.isEmpty {
            order = nil
        } else if order?.column == column {
            order?.isDescending.toggle()
        } else {
            order = SortOrder(column: column)
        }
    }

    /// What the person chose of how it is shown.
    var choices: ViewChoices {
        get {
            var choices = ViewChoices()
            choices.columns = chosenColumns
            choices.columnOrder = columnOrder
            choices.sort = order?.column
            choices.sortsDescending = order?.isDescending ?? false
            choices.hidesPreview = hidesPreview
            return choices
        }
        set {
            chosenColumns = newValue.columns
            columnOrder = newValue.columnOrder
            order = newValue.sort.map { SortOrder(column: $0, isDescending: newValue.sortsDescending) }
            hidesPreview = newValue.hidesPreview
        }
    }

    /// `by state, soonest first`; a column that has no place is named as such. The list's own order gives way to a filter.
    /// - Parameter own: The list's own order in words.
    func sortingWords(_ columns: @autoclosure () -> [ListColumn<Row>], own: String = "") -> String {
        guard let order else {
            if own.isEmpty || isEmpty || filter.isActive || filter.isEditing { return "" }
            return own + (snapshot.value?.isComplete == true ? "" : ", so far")
        }
        let column = columns().first { $0.name == order.column }
        if column?.tableColumn != nil, placedColumns?.contains(order.column) == false {
            return "by \(order.column), not shown"
        }
        return "by \(order.column)" + (column.map { ", " + $0.direction(isDescending: order.isDescending) } ?? "")
    }

    /// The columns in the person's order.
    func arranged(_ columns: [ListColumn<Row>]) -> [ListColumn<Row>] {
        if columnOrder.isEmpty { return columns }
        let named = columnOrder.compactMap { name in columns.first { $0.name == name } }
        return named + columns.filter { !columnOrder.contains($0.name) }
    }

    /// Moves a column before or after its neighbour.
    mutating func moveColumn(_ name: String, by step: Int, _ columns: [ListColumn<Row>]) {
        var names = arranged(columns).filter { $0.tableColumn != nil }.map(\.name)
        guard let place = names.firstIndex(of: name), names.indices.contains(place + step) else { return }
        names.swapAt(place, place + step)
        columnOrder = names
    }

    /// Moves the sorting to the column shown `step` places further, from none to the first.
    mutating func moveSorting(by step: Int, _ columns: [ListColumn<Row>]) {
        let shown = arranged(columns).filter(isShown).map(\.name)
        let names = placedColumns ?? shown
        guard !names.isEmpty else { return }
        guard let order, let place = names.firstIndex(of: order.column) else {
            self.order = SortOrder(column: step > 0 ? names[0] : names[names.count - 1])
            return
        }
        let next = place + step
        if names.indices.contains(next) {
            self.order = SortOrder(column: names[next], isDescending: order.isDescending)
        }
    }

    // MARK: Columns

    func isShown(_ column: ListColumn<Row>) -> Bool {
        column.tableColumn != nil && (chosenColumns[column.name] ?? column.isShown)
    }

    /// Shows a hidden column or hides a shown one, but never the last.
    mutating func toggle(_ name: String, _ columns: [ListColumn<Row>]) {
        guard let column = columns.first(where: { $0.name == name }) else { return }
        let isShown = isShown(column)
        if isShown, columns.count(where: self.isShown) == 1 { return }
        chosenColumns[name] = !isShown
    }

    /// The columns that are shown, in their order, where the person chose them; empty where they are as usual.
    func namedColumns(_ columns: [ListColumn<Row>]) -> [String] {
        chosenColumns.isEmpty && columnOrder.isEmpty ? [] : arranged(columns).filter(isShown).map(\.name)
    }

    /// Shows these columns and no others, in this order.
    mutating func show(_ names: [String], of columns: [ListColumn<Row>]) {
        chosenColumns = [:]
        for column in columns where column.tableColumn != nil && column.isShown != names.contains(column.name) {
            chosenColumns[column.name] = !column.isShown
        }
        columnOrder = names
    }

    // MARK: Menus

    /// - Parameter own: The list's own order in words.
    mutating func openMenu(_ purpose: ListMenu.Purpose, _ columns: [ListColumn<Row>], own: String = "") {
        let columns = arranged(columns)
        let first = columns.first { $0.tableColumn != nil }?.name ?? ""
        menu = ListMenu(purpose, columns, own: own, selected: purpose == .sorting ? order?.column ?? "" : first)
    }

    /// Takes a key while a menu is open.
    mutating func takeInMenu(_ key: Key, _ setting: ListSetting<Row>) {
        guard let purpose = menu?.purpose, let outcome = menu?.take(key) else { return }
        switch (outcome, purpose) {
        case (.left, _): menu = nil
        case (.chosen(let column), .sorting):
            menu = nil
            sort(by: column)
            arrange(setting)
        case (.chosen(let column), .columns): toggle(column, setting.columns)
        case (.moved(let column, let step), _):
            moveColumn(column, by: step, setting.columns)
            menu = ListMenu(purpose, arranged(setting.columns), selected: column)
        }
    }

    func drawMenu(_ columns: [ListColumn<Row>], read: Int?, on canvas: inout Canvas, in rect: Rect) {
        guard let menu else { return }
        let pictures = RowPictures(of: table(columns), width: rect.width, longest: settled?.longest)
        func note(on item: ListMenu.Item) -> String {
            let column = columns.first { $0.name == item.column }
            switch menu.purpose {
            case .columns: return pictures.lack(of: item.column).map { "no room: \($0)" } ?? ""
            case .sorting:
                if let order, order.column == item.column {
                    return column?.direction(isDescending: order.isDescending) ?? ""
                }
                if !item.column.isEmpty, !pictures.shown.contains(item.column) { return "not shown" }
                guard column?.isSparse == true, let read, read < count else { return "" }
                return "read of \(grouped(read))"
            }
        }
        menu.draw(on: &canvas, in: rect, sign: { sign(of: $0, columns) }, note: note)
    }

    private func sign(of item: ListMenu.Item, _ columns: [ListColumn<Row>]) -> String {
        switch menu?.purpose {
        case .columns: return columns.first { $0.name == item.column }.map(isShown) == true ? "[x]" : "[ ]"
        default:
            guard let order else { return item.column.isEmpty ? "*" : "" }
            return order.column == item.column ? order.isDescending ? "v" : "^" : ""
        }
    }

    // MARK: Marks

    var markCount: Int { marks.count }

    /// The marked rows in the order the list came in, whether the filter shows them or not. Takes time in proportion
    /// to them, or to the list when all of a long one was marked: ask `markCount` first.
    var marked: [Row] { marks.rows(of: shown) }

    /// Whether the row shown at `place` is marked, or would be when the range under way ends here.
    func isMarked(_ place: Int) -> Bool { rangePlaces?.contains(place) == true || marks.holds(place, of: shown) }

    /// Marks the row on the cursor or takes its mark away, and goes on to the next.
    mutating func toggleMark() {
        guard let selected else { return }
        if marks.isEmpty { markGap = nil }
        marks.set(selected.id, !marks.holds(cursor.index, of: shown))
        move(.down)
    }

    /// Marks every row shown. Where rows were not read that may pass too, it is noted how many.
    mutating func markAll() {
        mark(0..<count)
        markGap = unreadMatches == 0 ? nil : MarkGap(asked: asked, unread: unreadMatches)
    }

    /// Begins a range at the cursor, or marks the one under way up to the cursor.
    mutating func markRange() {
        if rangePlaces == nil {
            rangeStart = selected.map { ($0.id, cursor.index) }
        } else {
            endRange()
        }
    }

    /// Marks the rows of the range under way, if there is one.
    mutating func endRange() {
        guard let places = rangePlaces else { return }
        if marks.isEmpty { markGap = nil }
        rangeStart = nil
        mark(places)
    }

    mutating func clearMarks() {
        rangeStart = nil
        markGap = nil
        post(marks.clear())
    }

    /// What an action takes: the marked rows and those of the range under way. Takes the time that `marked` takes.
    var chosen: [Row] {
        guard let places = rangePlaces else { return marked }
        var marks = marks
        for place in places { marks.set(shown.row(at: place).id, true) }
        return marks.rows(of: shown)
    }

    /// How many rows those are.
    var chosenCount: Int {
        guard let places = rangePlaces else { return markCount }
        // More are never acted on at one go; then it need not be exact.
        if places.count > 4000 || marks.isEmpty { return max(markCount, places.count) }
        return markCount + places.count { !marks.holds($0, of: shown) }
    }

    /// Takes back the last thing that narrows or marks the list: a range, the filter, the marks.
    /// - Returns: whether there was one.
    mutating func takeBack() -> Bool {
        if rangeStart != nil {
            rangeStart = nil
        } else if filter.isActive {
            filter = Filter()
        } else if !marks.isEmpty {
            clearMarks()
        } else {
            return false
        }
        return true
    }

    var rangePlaces: Range<Int>? {
        guard let start = rangeStart?.place, start < count else { return nil }
        return min(start, cursor.index)..<max(start, cursor.index) + 1
    }

    /// `3 marked`; empty without marks.
    var markWords: String {
        if marks.isWaiting { return "marking…" }
        if rangePlaces != nil { return "\(grouped(chosenCount)) selected" }
        return markCount == 0 ? "" : "\(grouped(markCount)) marked"
    }
}

// MARK: - Keys

extension RowList {
    /// Whether letters are not commands just now.
    var isTyping: Bool { filter.isEditing || menu != nil }

    /// Takes a key that belongs to every list: one that edits the filter, is meant for a menu, or moves.
    /// - Returns: whether it was one of those.
    mutating func take(_ key: Key, _ setting: ListSetting<Row>) -> Bool {
        if menu != nil {
            takeInMenu(key, setting)
            return true
        }
        if filter.isEditing {
            if filter.take(key) { arrange(setting) }
            return true
        }
        return takeMotion(key)
    }

    /// Takes a key that moves, unless it is meant for the filter or a menu.
    /// - Returns: whether it was one.
    mutating func takeMotion(_ key: Key) -> Bool {
        guard !isTyping, let motion = ListCursor<Row.ID>.Motion(key) else { return false }
        move(motion)
        return true
    }
}
