/// Columns of a list and how they share the width of a pane; see ``ColumnLayout``.
public struct Table<Row> {
    public struct Column: Sendable {
        /// What it is called where it is not drawn.
        public var name: String
        public var title: String
        public var alignment: Canvas.Alignment
        public var cells: ColumnLayout.Cells
        public var rank: ColumnLayout.Rank
        public var text: @Sendable (Row) -> (String, Style)
        /// The short form of cells that have two.
        public var short: (@Sendable (Row) -> String)?
        /// How the rows are sorted by it, when they are.
        public var sorting: Sorting?
        /// Whether its cells keep their look in the selected row, because that says what matters.
        public var keepsTone = false

        public enum Sorting: Sendable { case ascending, descending }

        @inlinable
        public init(
            _ title: String, _ cells: ColumnLayout.Cells, _ rank: ColumnLayout.Rank,
            alignment: Canvas.Alignment = .left, short: (@Sendable (Row) -> String)? = nil,
            text: @escaping @Sendable (Row) -> (String, Style)
        ) {
            name = title
            self.title = title
            self.alignment = alignment
            self.cells = cells
            self.rank = rank
            self.short = short
            self.text = text
        }

        /// The title, with a sign when the rows are sorted by the column.
        @usableFromInline var heading: String {
            switch sorting {
            case .ascending: title + "^"
            case .descending: title + "v"
            case nil: title
            }
        }
    }

    public var columns: [Column]
    /// Whether the row at a place of the list is marked.
    public var isMarked: (Int) -> Bool = { _ in false }
    /// Columns before the first, for the selection's mark.
    @inlinable public static var margin: Int { 3 }

    @inlinable
    public init(_ columns: [Column]) { self.columns = columns }

    /// Draws the titles on the first row of `rect` and rows from `cursor.top` on below it. `row` is asked only for rows
    /// in view that are not among `pictures`, which must be of these columns and as wide as `rect`.
    /// - Parameter longest: The longest cells that were in view before, where there are no pictures.
    @inlinable
    public func draw<ID>(
        on canvas: inout Canvas, in rect: Rect, count: Int, cursor: ListCursor<ID>, focused: Bool,
        pictures: RowPictures<Row>? = nil, longest: [Int]? = nil, row: (Int) -> Row
    ) {
        guard !rect.isEmpty else { return }
        let body = rect.droppingTop(1)
        let inView = cursor.top..<(cursor.top + max(0, min(body.height, count - cursor.top)))
        var drawn = pictures
        if drawn == nil {
            var own = RowPictures(of: self, width: rect.width, longest: longest)
            own.draw(inView, inView: inView, row: row)
            drawn = own
        }
        guard let drawn else { return }
        canvas.put(drawn.titles, x: rect.x, y: rect.y)
        for index in inView {
            let isSelected = index == cursor.index && cursor.selected != nil
            let y = body.y + index - inView.lowerBound
            if let line = drawn.line(of: index) { canvas.put(line, x: rect.x, y: y) }
            // Where the whole row shows the selection, a look of its own for the mark would only cost bytes.
            if isSelected { canvas.write(">", x: rect.x + 1, y: y, style: focused ? .plain : .faint) }
            if isMarked(index) { canvas.write("*", x: rect.x + 2, y: y, style: Style(.accent, strong: true)) }
            if isSelected, focused { Self.select(on: &canvas, rect, y: y, drawn.tones) }
        }
    }

    /// Rows without titles, such as totals, as lines of cells. They stand in the columns of a table of the same width whose
    /// longest cells in view are `longest`, as long as none of their own is longer.
    public func lines(of rows: [Row], alignedWith longest: [Int]?, width: Int) -> [[Cell]] {
        var pictures = RowPictures(of: self, width: width, longest: longest)
        pictures.draw(rows.indices, inView: rows.indices) { rows[$0] }
        return rows.indices.compactMap { pictures.line(of: $0) }
    }

    /// Gives a line the selection's look, but for the columns that keep theirs.
    @usableFromInline
    static func select(on canvas: inout Canvas, _ rect: Rect, y: Int, _ tones: [Range<Int>]) {
        var x = rect.x
        for tone in tones {
            canvas.select(Rect(x: x, y: y, width: rect.x + tone.lowerBound - x, height: 1))
            x = rect.x + tone.upperBound
        }
        canvas.select(Rect(x: x, y: y, width: rect.maxX - x, height: 1))
    }

    /// A column of the table, and where it is drawn from the first one on.
    public struct Place: Sendable, Equatable {
        /// Its number among the columns.
        public let column: Int
        public let x: Int
        public let width: Int
        /// Whether its cells are written in their short form.
        public let isShort: Bool

        @usableFromInline
        init(column: Int, x: Int, width: Int, isShort: Bool) {
            self.column = column
            self.x = x
            self.width = width
            self.isShort = isShort
        }
    }

    /// The columns that fit into `width`, each with its place and width.
    /// - Parameter longest: The width of the longest cell in view of each column, 0 where all are empty.
    public func layout(width: Int, longest: [Int]) -> [Place] {
        let needs = needs(longest: longest)
        var places: [Place] = []
        var x = 0
        for (column, columns) in ColumnLayout.widths(needs, in: width).enumerated() {
            guard let columns else { continue }
            var isShort = false
            if case .forms = needs[column].cells { isShort = columns < longest[column] }
            places.append(Place(column: column, x: x, width: columns, isShort: isShort))
            x += columns + ColumnLayout.gap
        }
        return places
    }

    func needs(longest: [Int]) -> [ColumnLayout.Need] {
        columns.enumerated().map { place, column in
            ColumnLayout.Need(
                column.cells, column.rank, title: TerminalText.width(of: column.heading), longest: longest[place])
        }
    }

    @usableFromInline
    func drawTitles(_ places: [Place], on canvas: inout Canvas, x: Int, y: Int) {
        for place in places {
            let column = columns[place.column]
            canvas.write(
                column.heading, x: x + Self.margin + place.x, y: y, width: place.width,
                style: column.sorting == nil ? .faint : .title, alignment: column.alignment)
        }
    }

    /// - Parameter texts: The texts of all columns, where they were made already.
    @inlinable
    func draw(
        _ row: Row, texts: [(String, Style)]?, _ places: [Place], on canvas: inout Canvas, x: Int, y: Int
    ) {
        for place in places {
            let column = columns[place.column]
            var (text, style) = texts?[place.column] ?? column.text(row)
            if place.isShort, let short = column.short { text = short(row) }
            if case .product = column.cells { text = TerminalText.cutKeepingLastWord(text, to: place.width) }
            canvas.write(
                text, x: x + Self.margin + place.x, y: y, width: place.width, style: style, alignment: column.alignment)
        }
    }
}
