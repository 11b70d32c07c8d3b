import Rows
import Screen

/// A choice among the columns of a list: which to sort by, or which to show.
struct ListMenu: Sendable {
    enum Purpose: Sendable { case sorting, columns }

    var purpose: Purpose
    var items: [Item]
    private(set) var cursor = ListCursor<String>()

    struct Item: Sendable {
        /// The column; empty for the order in which the rows came.
        var column: String
        var title: String
    }

    private static let rowsInView = 30

    /// - Parameter selected: The column that the cursor is on.
    init<Row>(_ purpose: Purpose, _ columns: [ListColumn<Row>], selected: String) {
        self.purpose = purpose
        items = columns.filter { purpose == .sorting || $0.tableColumn != nil }
            .map { Item(column: $0.name, title: $0.tableColumn?.title ?? "") }
        if purpose == .sorting { items.insert(Item(column: "", title: "as the list came"), at: 0) }
        cursor.select(id: selected, in: items.map(\.column))
    }

    enum Outcome {
        case chosen(String)
        case left
    }

    /// - Returns: what was decided; nil while the menu stays open.
    mutating func take(_ key: Key) -> Outcome? {
        if let motion = ListCursor<String>.Motion(key) {
            cursor.move(motion, in: items.map(\.column), visible: Self.rowsInView)
            return nil
        }
        switch key {
        case .enter, " ": return .chosen(cursor.selected ?? "")
        case .escape, "q", "s", ",": return .left
        default: return nil
        }
    }

    var help: [KeyHelp] {
        switch purpose {
        case .sorting:
            [
                KeyHelp("Up Down", "up and down", "move"),
                KeyHelp(
                    "Enter", "sort by the column; chosen again, in the other direction", "sort by it, again to reverse"),
                KeyHelp("Esc", "close the menu", "close"),
            ]
        case .columns:
            [
                KeyHelp("Up Down", "up and down", "move"), KeyHelp("Space", "show or hide the column", "show or hide"),
                KeyHelp("Esc", "close the menu", "close"),
            ]
        }
    }

    /// Draws the menu over the right end of `rect`. `sign` gives the sign before an item.
    func draw(on canvas: inout Canvas, in rect: Rect, sign: (Item) -> String) {
        let box = drawMenuBox(
            purpose == .sorting ? "SORT BY" : "COLUMNS", width: min(34, rect.width), rows: items.count, on: &canvas,
            in: rect)
        let rows = box.height
        let top = max(0, min(cursor.index - rows / 2, items.count - rows))
        for line in 0..<min(rows, items.count) {
            let item = items[top + line]
            let y = box.y + line
            let isHere = top + line == cursor.index
            if isHere { canvas.write(">", x: box.x + 1, y: y) }
            canvas.write(sign(item), x: box.x + 3, y: y, width: 3, style: .accent)
            canvas.write(item.column, x: box.x + 7, y: y, width: 10)
            let x = item.column.isEmpty ? box.x + 7 : box.x + 18
            canvas.write(item.title, x: x, y: y, width: box.maxX - x - 1, style: .faint)
            if isHere { canvas.select(Rect(x: box.x, y: y, width: box.width, height: 1)) }
        }
    }
}

/// Draws the frame of a menu over the right end of `rect`: its title and two rules, with `rows` lines below it.
/// - Returns: the rectangle of the rows, which may hold fewer than asked for.
func drawMenuBox(_ title: String, width: Int, rows: Int, on canvas: inout Canvas, in rect: Rect) -> Rect {
    let height = min(rows + 2, rect.height)
    let box = Rect(x: rect.maxX - width, y: rect.y, width: width, height: height)
    canvas.fill(box)
    canvas.verticalRule(x: box.x, y: box.y, height: height - 1)
    canvas.horizontalRule(x: box.x, y: box.maxY - 1, width: width)
    canvas.write("└", x: box.x, y: box.maxY - 1, style: .rule)
    canvas.write(title, x: box.x + 2, y: box.y, width: width - 3, style: .title)
    return Rect(x: box.x + 1, y: box.y + 1, width: width - 1, height: max(0, height - 2))
}
