/// Columns of a list and how they share the width of a pane.
public struct Table<Row> {
    public struct Column: Sendable {
        public var title: String
        public var alignment: Canvas.Alignment
        /// Columns of the screen it needs at least.
        public var minimum: Int
        /// Its share of what is left over; 0 keeps it at `minimum`.
        public var grows: Int
        /// A growing column becomes no wider than this.
        public var maximum: Int
        /// Columns with a higher number leave first when the pane is narrow. Zero never leaves.
        public var leaves: Int
        public var text: @Sendable (Row) -> (String, Style)
        /// How the rows are sorted by it, when they are.
        public var sorting: Sorting?

        public enum Sorting: Sendable { case ascending, descending }

        @inlinable
        public init(
            _ title: String, width minimum: Int, grows: Int = 0, upTo maximum: Int = .max, leaves: Int = 0,
            alignment: Canvas.Alignment = .left, text: @escaping @Sendable (Row) -> (String, Style)
        ) {
            self.title = title
            self.alignment = alignment
            self.minimum = minimum
            self.grows = grows
            self.maximum = maximum
            self.leaves = leaves
            self.text = text
        }

        /// The same column with the sign of the sorting, and wide enough for it.
        public func sorted(_ sorting: Sorting) -> Column {
            var column = self
            column.sorting = sorting
            column.minimum = max(minimum, title.count + 1)
            return column
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
    /// Blank columns between two columns.
    @inlinable public static var gap: Int { 2 }
    /// Columns before the first, for the selection's mark.
    @inlinable public static var margin: Int { 3 }

    @inlinable
    public init(_ columns: [Column]) { self.columns = columns }

    /// Draws the titles on the first row of `rect` and rows from `cursor.top` on below it. `row` is asked only for rows
    /// in view that are not among `pictures`, which must be of these columns and as wide as `rect`.
    @inlinable
    public func draw<ID>(
        on canvas: inout Canvas, in rect: Rect, count: Int, cursor: ListCursor<ID>, focused: Bool,
        pictures: RowPictures<Row>? = nil, row: (Int) -> Row
    ) {
        guard !rect.isEmpty else { return }
        let columns = pictures == nil ? layout(width: rect.width - Self.margin - 1) : []
        if let pictures {
            canvas.put(pictures.titles, x: rect.x, y: rect.y)
        } else {
            drawTitles(columns, on: &canvas, x: rect.x, y: rect.y)
        }
        let body = rect.droppingTop(1)
        for line in 0..<max(0, min(body.height, count - cursor.top)) {
            let index = cursor.top + line
            let y = body.y + line
            let isSelected = index == cursor.index && cursor.selected != nil
            if let pictures {
                if let line = pictures.line(of: index) { canvas.put(line, x: rect.x, y: y) }
            } else {
                Self.draw(row(index), columns, on: &canvas, x: rect.x, y: y)
            }
            // Where the whole row shows the selection, a look of its own for the mark would only cost bytes.
            if isSelected { canvas.write(">", x: rect.x + 1, y: y, style: focused ? .plain : .faint) }
            if isMarked(index) { canvas.write("*", x: rect.x + 2, y: y, style: Style(.accent, strong: true)) }
            if isSelected, focused { canvas.select(Rect(x: rect.x, y: y, width: rect.width, height: 1)) }
        }
    }

    /// A column of the table, and where it is drawn from the first one on.
    @usableFromInline typealias Place = (column: Column, x: Int, width: Int)

    @inlinable
    func drawTitles(_ columns: [Place], on canvas: inout Canvas, x: Int, y: Int) {
        for (column, place, width) in columns {
            canvas.write(
                column.heading, x: x + Self.margin + place, y: y, width: width,
                style: column.sorting == nil ? .faint : .title, alignment: column.alignment)
        }
    }

    @inlinable
    static func draw(_ row: Row, _ columns: [Place], on canvas: inout Canvas, x: Int, y: Int) {
        for (column, place, width) in columns {
            let (text, style) = column.text(row)
            canvas.write(
                text, x: x + margin + place, y: y, width: width, style: style, alignment: column.alignment)
        }
    }

    /// The columns that fit into `width`, each with its place and width.
    @inlinable
    func layout(width: Int) -> [Place] {
        var kept = Array(columns.indices)
        func need() -> Int {
            kept.reduce(0) { $0 + columns[$1].minimum } + Self.gap * max(0, kept.count - 1)
        }
        while need() > width,
            let next = kept.filter({ columns[$0].leaves > 0 }).max(by: {
                columns[$0].leaves < columns[$1].leaves
            })
        {
            kept.removeAll { $0 == next }
        }
        var widths = kept.map { columns[$0].minimum }
        var spare = width - need()
        while spare > 0 {
            let growing = kept.indices.filter {
                columns[kept[$0]].grows > 0 && widths[$0] < columns[kept[$0]].maximum
            }
            let shares = growing.reduce(0) { $0 + columns[kept[$1]].grows }
            guard shares > 0 else { break }
            let before = spare
            for place in growing {
                let column = columns[kept[place]]
                let extra = min(before * column.grows / shares, column.maximum - widths[place], spare)
                widths[place] += extra
                spare -= extra
            }
            if spare == before, let first = growing.first {
                widths[first] += 1
                spare -= 1
            }
        }
        var result: [Place] = []
        var x = 0
        for (place, index) in kept.enumerated() {
            let available = min(widths[place], max(0, width - x))
            result.append((columns[index], x, available))
            x += widths[place] + Self.gap
        }
        return result
    }
}
