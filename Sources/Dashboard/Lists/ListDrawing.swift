import Marketplace
import Rows
import Screen

/// The first row of a list: its name, the filter with its cursor, and how much of it there is.
func drawListHead(
    _ title: String, filter: Filter, problem: FilterProblem? = nil, sorting: String = "", extent: String,
    on canvas: inout Canvas,
    in rect: Rect
) {
    var x = rect.x + 1
    x += canvas.write(title, x: x, y: rect.y, width: rect.width - 1, style: .title) + 2
    let extentWidth = TerminalText.width(of: extent)
    let sortingWidth = TerminalText.width(of: sorting)
    if sortingWidth > 0, x + sortingWidth + extentWidth + 3 < rect.maxX {
        x += canvas.write(sorting, x: x, y: rect.y, style: .faint) + 2
    }
    let free = rect.maxX - x - extentWidth - 2
    if filter.isEditing || filter.isActive, free > 4 {
        x += canvas.write("/", x: x, y: rect.y, style: .faint) + 1
        let width = rect.maxX - x - (extentWidth == 0 ? 1 : extentWidth + 3)
        filter.field.draw(
            on: &canvas, x: x, y: rect.y, width: max(1, width), style: Style(.plain, underlined: filter.isEditing),
            focused: filter.isEditing)
        if let problem { filter.field.underline(problem.place, on: &canvas, x: x, y: rect.y, width: width) }
    }
    if extentWidth > 0, extentWidth < rect.width {
        canvas.write(extent, x: rect.maxX - extentWidth - 1, y: rect.y, style: .faint)
    }
}

extension TextField {
    /// Draws a part that is wrong so that it shows, where the whole text is in sight.
    func underline(_ place: Range<Int>, on canvas: inout Canvas, x: Int, y: Int, width: Int) {
        let part = place.clamped(to: 0..<characters.count)
        guard !part.isEmpty, TerminalText.width(of: text) < width else { return }
        canvas.write(
            String(characters[part]), x: x + TerminalText.width(of: String(characters[..<part.lowerBound])), y: y,
            style: Style(.bad, underlined: true))
    }
}

extension RowList {
    /// The rows as a table, or in their place why there are none; and over them the menu that is open.
    /// - Parameters:
    ///   - stamp: What the rows' texts hang on, where rows may have been drawn ahead.
    ///   - note: What the line above the rows says of what is not read.
    ///   - read: Of how many rows the values were read that are read row by row; nil where that is not counted.
    func drawRows(
        _ columns: @autoclosure () -> [ListColumn<Row>], _ stamp: RowStamp? = nil, note: @autoclosure () -> String = "",
        read: @autoclosure () -> Int? = nil, orWhyEmpty reason: @autoclosure () -> String, on canvas: inout Canvas,
        in rect: Rect, focused: Bool
    ) {
        var rect = rect
        if linesAbove > 0 {
            canvas.write(note(), x: rect.x + 1, y: rect.y, width: rect.width - 2, style: .warning)
            rect = rect.droppingTop(linesAbove)
        }
        if isEmpty {
            var page = Page(width: rect.width)
            page.blank()
            let style: Style = snapshot.failure != nil ? .bad : isPartlyRead ? .warning : .faint
            for line in reason().split(separator: "\n") { page.paragraph(String(line), style: style) }
            page.draw(on: &canvas, in: rect)
        } else {
            // A row that is open elsewhere and not among these is not one of these.
            let cursor = hidesCursor ? cursor.withoutSelection : cursor
            let pictures = pictures(stamp, width: rect.width, lines: rect.height - 1)
            table(pictures == nil ? columns() : []).draw(
                on: &canvas, in: rect, count: count, cursor: cursor, focused: focused, pictures: pictures,
                longest: longest(stamp, width: rect.width)
            ) { row($0) }
        }
        if menu != nil { drawMenu(columns(), read: read(), on: &canvas, in: rect) }
    }

    func table(_ columns: [ListColumn<Row>]) -> Table<Row?> {
        var table = Table<Row?>(
            arranged(columns).filter(isShown).compactMap { column in
                var look = column.tableColumn
                // What the person asked for comes before what comes by itself.
                if chosenColumns[column.name] == true, case .then(let rank)? = look?.rank {
                    look?.rank = .first(100 + rank)
                }
                if let order, order.column == column.name {
                    look?.sorting = order.isDescending ? .descending : .ascending
                }
                return look
            })
        if !marks.isEmpty || rangeStart != nil { table.isMarked = isMarked }
        return table
    }
}
