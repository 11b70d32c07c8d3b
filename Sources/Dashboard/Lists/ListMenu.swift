import Marketplace
import Rows
import Screen

/// A choice among the columns of a list: which to sort by, or which to show and in which order.
struct ListMenu: Sendable {
    enum Purpose: Sendable { case sorting, columns }

    var purpose: Purpose
    /// Those that the letters typed fit.
    private(set) var items: [Item]
    private let all: [Item]
    private(set) var cursor = ListCursor<String>()
    /// What was typed to narrow the columns.
    private(set) var typed = ""

    struct Item: Sendable {
        /// The column; empty for the list's own order.
        var column: String
        var title: String
    }

    private static let rowsInView = 30

    /// - Parameters:
    ///   - own: The list's own order in words.
    ///   - selected: The column that the cursor is on.
    init<Row>(_ purpose: Purpose, _ columns: [ListColumn<Row>], own: String = "", selected: String) {
        self.purpose = purpose
        var items = columns.filter { $0.hasName && (purpose == .sorting || $0.tableColumn != nil) }
            .map { Item(column: $0.name, title: $0.tableColumn?.title ?? "") }
        if purpose == .sorting { items.insert(Item(column: "", title: own.isEmpty ? "as the list came" : own), at: 0) }
        all = items
        self.items = items
        cursor.select(id: selected, in: items.map(\.column))
    }

    enum Outcome {
        case chosen(String)
        /// Before or after its neighbour.
        case moved(String, by: Int)
        case left
    }

    /// - Returns: what was decided; nil while the menu stays open.
    mutating func take(_ key: Key) -> Outcome? {
        switch (key, purpose) {
        case (.enter, _), (" ", .columns): return items.isEmpty ? nil : .chosen(cursor.selected ?? "")
        case (.escape, _), ("q", .columns), (",", .columns): return .left
        case ("J", .columns): return .moved(cursor.selected ?? "", by: 1)
        case ("K", .columns): return .moved(cursor.selected ?? "", by: -1)
        case (.backspace, .sorting):
            narrow(String(typed.dropLast()))
            return nil
        case (.character(let letter), .sorting):
            if letter != " " { narrow(typed + String(letter)) }
            return nil
        default:
            if let motion = ListCursor<String>.Motion(key) {
                cursor.move(motion, in: items.map(\.column), visible: Self.rowsInView)
            }
            return nil
        }
    }

    /// Shows the columns whose name or title holds what is typed; those that begin with it first.
    private mutating func narrow(_ text: String) {
        typed = text
        let wanted = Folding.folded(text)
        func fits(_ text: String) -> Bool { Folding.folded(text).starts(with: wanted) }
        let first = all.filter { fits($0.column) || fits($0.title) }
        items =
            text.isEmpty
            ? all
            : first
                + all.filter { item in
                    !first.contains { $0.column == item.column }
                        && (Folding.text(item.column, holds: text) || Folding.text(item.title, holds: text))
                }
        if let best = items.first { cursor = ListCursor(selected: best.column) }
        cursor.settle(in: items.map(\.column))
    }

    var help: [KeyHelp] {
        switch purpose {
        case .sorting:
            [
                KeyHelp("Up Down", "up and down", "move"),
                KeyHelp("letters", "narrow the columns to those with this name", "narrow"),
                KeyHelp(
                    "Enter", "sort by the column; chosen again, in the other direction", "sort by it, again to reverse"),
                KeyHelp("Esc", "close the menu", "close"),
            ]
        case .columns:
            [
                KeyHelp("Up Down", "up and down", "move"), KeyHelp("Space", "show or hide the column", "show or hide"),
                KeyHelp("J K", "move the column right or left in the list", "move the column"),
                KeyHelp("Esc", "close the menu", "close"),
            ]
        }
    }

    /// Draws the menu at the right end of `rect`, and dims the rest.
    /// - Parameters:
    ///   - sign: The sign before an item.
    ///   - note: A few words after it.
    func draw(on canvas: inout Canvas, in rect: Rect, sign: (Item) -> String, note: (Item) -> String) {
        canvas.dim(rect)
        let title =
            switch purpose {
            case .sorting: "SORT BY  " + (typed.isEmpty ? "type a name" : typed)
            case .columns: "COLUMNS  Space on off, J K move"
            }
        let box = drawMenuBox(title, width: min(40, rect.width), rows: max(1, items.count), on: &canvas, in: rect)
        let rows = box.height
        if items.isEmpty {
            canvas.write("No column has this name.", x: box.x + 3, y: box.y, width: box.width - 4, style: .faint)
        }
        let top = max(0, min(cursor.index - rows / 2, items.count - rows))
        for line in 0..<min(rows, items.count) {
            let item = items[top + line]
            let y = box.y + line
            let isHere = top + line == cursor.index
            if isHere { canvas.write(">", x: box.x + 1, y: y) }
            canvas.write(sign(item), x: box.x + 3, y: y, width: 3, style: .accent)
            canvas.write(item.column, x: box.x + 7, y: y, width: 10)
            let x = item.column.isEmpty ? box.x + 7 : box.x + 17
            let note = note(item)
            let noteWidth = TerminalText.width(of: note)
            canvas.write(item.title, x: x, y: y, width: box.maxX - x - 2 - noteWidth, style: .faint)
            canvas.write(note, x: box.maxX - noteWidth - 1, y: y, style: .faint)
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
