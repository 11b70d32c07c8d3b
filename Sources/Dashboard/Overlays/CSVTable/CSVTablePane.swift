import Marketplace
import Rows
import Screen

/// The lines of a csv file: filtered, sorted and scrolled as every list, and sideways by column. A line opens with all its
/// cells.
struct CSVTablePane: OpeningPane {
    let path: String
    var list = RowList<CSVTable.Row>(.csvTable)
    var scroll = 0
    private(set) var table: CSVTable
    /// The column drawn after the first one.
    private(set) var firstColumn = 1
    /// Whether the rows of the table were given to the list.
    private var isShown = false

    init(_ table: CSVTable, path: String) {
        self.table = table
        self.path = path
    }

    /// Of the file, without its folder.
    var name: String { String(path.split(separator: "/").last ?? "") }
    var crumb: String? { name }
    static var hasPreview: Bool { false }
    static var ownOrderWords: String { "" }
    func queries(_ model: Model) -> [DataQuery] { [] }
    func freshness(_ model: Model) -> Freshness { Freshness(Snapshot<Int>()) }
    func subject(_ model: Model) -> String? { row.map { "line \(grouped($0.id))" } }
    func focused(_ model: Model) -> CSVTable.Row? { row }

    /// The line that is open, or on the cursor.
    var row: CSVTable.Row? { opened.flatMap { list.row($0) } ?? list.selected }

    /// Gives the rows to the list, once, and again when the first line is read otherwise.
    mutating func show(_ model: Model) {
        guard !isShown else { return }
        isShown = true
        let table = table
        let extent = ListExtent(count: table.rowCount, total: table.rowCount, isComplete: true)
        list.receive(Snapshot(value: extent), from: table.rowCount, isNew: true, setting(model)) { table.rows() }
    }

    mutating func update(_ event: Event, _ model: Model) -> [Reaction] {
        switch event {
        case .arranged(let result): list.take(result)
        case .key(let key): return take(key, model)
        default: break
        }
        return []
    }

    func columns(_ model: Model) -> [ListColumn<CSVTable.Row>] { table.columns(from: firstColumn) }

    /// What was looked for costs the same wherever one has scrolled to.
    mutating func prepare(in area: PaneArea, _ model: Model, ahead: Int) {}

    // MARK: Keys

    static let bindings = ownBindings + listBindings

    private static let ownBindings: [Binding<CSVTablePane>] = [
        Binding(
            .open, .enter, title: "open the line: all its cells", hint: "open",
            unavailable: { pane, _ in pane.row == nil || pane.opened != nil ? "Nothing to open." : nil },
            action: { pane, _ in
                pane.opened = pane.list.selected?.id
                pane.scroll = 0
                return []
            }),
        filterBinding("filter: words of any cell; column:words, column>5"),
        Binding(
            .columnsRight, .right, "l", title: "columns further right", hint: "columns", topic: .list,
            unavailable: { pane, _ in
                pane.listRefusal ?? (pane.firstColumn + 1 < pane.table.columnCount ? nil : "This is the last column.")
            },
            action: { pane, _ in
                pane.firstColumn += 1
                return []
            }),
        Binding(
            .columnsLeft, .left, "h", title: "columns further left", topic: .list,
            unavailable: { pane, _ in
                pane.listRefusal ?? (pane.firstColumn > 1 ? nil : "This is the first column.")
            },
            action: { pane, _ in
                pane.firstColumn -= 1
                return []
            }),
        Binding(
            .tableHeader, "H", title: "the first line names the columns, or is a line as others", topic: .list,
            unavailable: { pane, _ in pane.listRefusal },
            action: { pane, _ in pane.toggleHeader() }),
        backBinding("one step back"),
    ]

    private mutating func toggleHeader() -> [Reaction] {
        table = CSVTable(table.file, hasHeader: !table.hasHeader)
        list.clear()
        list.order = nil
        isShown = false
        return [
            .say(
                Notice(
                    .info,
                    table.hasHeader ? "The first line names the columns." : "The first line is a line as others."))
        ]
    }

    func copies(of row: CSVTable.Row, _ model: Model) -> [CopyOffer] {
        let cells = (0..<row.count).map { TerminalText.safe(row[$0]) }
        return [
            CopyOffer("y", "line, its cells apart by tabs", cells.joined(separator: "\t")),
            CopyOffer("n", "first cell", cells.first),
        ]
        .compactMap(\.self)
    }

    // MARK: Drawing

    func draw(on canvas: inout Canvas, in area: PaneArea, _ model: Model, focused: Bool) {
        if opened != nil, let row {
            return page(of: row, width: area.whole.width).draw(on: &canvas, in: area.whole, from: scroll)
        }
        let rect = area.whole
        drawListHead(
            name, filter: list.filter, problem: list.problem, sorting: sortingWords(model), extent: extent,
            on: &canvas, in: rect)
        list.drawRows(
            columns(model), orWhyEmpty: emptiness, on: &canvas, in: rect.droppingTop(1), focused: focused)
    }

    /// How many lines there are, and where one is sideways: `1,200 lines; column 4 of 11`.
    private var extent: String {
        let columns =
            firstColumn == 1
            ? counted(table.columnCount, "column") : "column \(firstColumn + 1) of \(table.columnCount)"
        let hidden = table.hiddenColumns == 0 ? "" : ", \(grouped(table.hiddenColumns)) more not shown"
        return "\(list.extent)\(list.isNarrowed ? "" : " lines"); \(columns)\(hidden)"
    }

    private var emptiness: String {
        if table.file.count == 0 { return "The file is empty." }
        return table.rowCount == 0
            ? "The file has no line but the one that names its columns." : list.emptiness(of: "lines")
    }

    /// A line with all its cells, also those beyond the columns.
    private func page(of row: CSVTable.Row, width: Int) -> Page {
        var page = Page(width: width)
        page.labelWidth = min(26, max(14, width / 3))
        page.heading("LINE \(grouped(row.id))", right: name)
        for column in 0..<max(row.count, table.columnCount) {
            let title = column < table.columnCount ? table.titles[column] : "column \(grouped(column + 1))"
            let cell = row[column]
            page.field(TerminalText.safe(title), TerminalText.safe(cell), style: .plain)
        }
        return page
    }

    func summary(_ model: Model) -> PaneSummary {
        if opened != nil, let row { return PaneSummary(page: page(of: row, width: Page.spokenWidth).sentences) }
        var summary = list.summary("lines", columns(model), model.zone)
        if list.isEmpty, !list.isNarrowed { summary.extent = emptiness }
        return summary
    }
}
