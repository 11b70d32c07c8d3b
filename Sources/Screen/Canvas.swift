/// What one place of the screen shows. A wide glyph fills its own cell and an empty one after it.
public struct Cell: Hashable, Sendable {
    /// Zero in the second cell of a wide glyph.
    public var scalar: UInt32
    /// A combining mark on the glyph, or zero.
    public var mark: UInt32
    public var style: Style

    public init(_ scalar: Unicode.Scalar, mark: Unicode.Scalar? = nil, style: Style = .plain) {
        self.scalar = scalar.value
        self.mark = mark?.value ?? 0
        self.style = style
    }

    static let blank = Cell(" ")
    static func continuation(_ style: Style) -> Cell {
        var cell = Cell(" ", style: style)
        cell.scalar = 0
        return cell
    }

    public var isContinuation: Bool { scalar == 0 }
}

/// A picture of the whole screen in cells, drawn anew each turn and compared with the one before by the terminal.
/// Everything written passes `TerminalText`; nothing outside the size is touched.
public struct Canvas: Hashable, Sendable {
    public let size: Size
    public private(set) var cells: [Cell]
    /// The position of the terminal's cursor; nil when it is hidden.
    public var cursor: (x: Int, y: Int)? {
        get { cursorCell.map { ($0.x, $0.y) } }
        set { cursorCell = newValue.map { Position(x: $0.x, y: $0.y) } }
    }

    private struct Position: Hashable, Sendable {
        var x: Int
        var y: Int
    }
    private var cursorCell: Position?

    public init(size: Size) {
        self.size = Size(columns: max(0, size.columns), rows: max(0, size.rows))
        cells = Array(repeating: .blank, count: self.size.columns * self.size.rows)
    }

    public var bounds: Rect { Rect(x: 0, y: 0, width: size.columns, height: size.rows) }

    public subscript(x: Int, y: Int) -> Cell { cells[y * size.columns + x] }

    /// The cells of row `y`.
    public func row(_ y: Int) -> ArraySlice<Cell> { cells[y * size.columns..<(y + 1) * size.columns] }

    public enum Alignment: Sendable { case left, right, centre }

    /// Writes `text` into `width` columns from (x, y), cut with an ellipsis when it is longer. The columns it does not
    /// fill are left as they are; `fill` first where they must be clean.
    /// - Returns: columns taken by the text.
    @discardableResult
    public mutating func write(
        _ text: String, x: Int, y: Int, width: Int = .max, style: Style = .plain, alignment: Alignment = .left
    ) -> Int {
        guard y >= 0, y < size.rows, x < size.columns, width > 0 else { return 0 }
        let available = min(width, size.columns - x)
        guard available > 0 else { return 0 }
        if let count = TerminalText.asciiCount(text), count <= available, x >= 0 {
            let start = x + Self.shift(count, in: available, alignment)
            clearBroken(from: start, to: start + count, y: y)
            var text = text
            let first = y * size.columns + start
            cells.withUnsafeMutableBufferPointer { cells in
                text.withUTF8 { bytes in
                    for (place, byte) in bytes.enumerated() {
                        cells[first + place] = Cell(Unicode.Scalar(byte), style: style)
                    }
                }
            }
            return count
        }
        return writeGlyphs(of: text, x: x, y: y, available: available, style: style, alignment: alignment)
    }

    private mutating func writeGlyphs(
        of text: String, x: Int, y: Int, available: Int, style: Style, alignment: Alignment
    ) -> Int {
        var start = x
        if alignment != .left {
            let total = TerminalText.width(of: text)
            if total < available { start += Self.shift(total, in: available, alignment) }
        }
        var position = start
        // The glyph that would fill the width to its end: an ellipsis takes its place when more follows.
        var last: TerminalText.Glyph?
        var isCut = false
        TerminalText.forEachGlyph(in: text) { glyph in
            guard last == nil, position - start + glyph.width <= available else {
                isCut = true
                return false
            }
            if position - start + glyph.width == available {
                last = glyph
            } else {
                put(Cell(glyph.scalar, mark: glyph.mark, style: style), width: glyph.width, x: position, y: y)
                position += glyph.width
            }
            return true
        }
        if isCut {
            put(Cell("…", style: style), width: 1, x: position, y: y)
            position += 1
        } else if let last {
            put(Cell(last.scalar, mark: last.mark, style: style), width: last.width, x: position, y: y)
            position += last.width
        }
        return position - start
    }

    /// Copies cells to (x, y) and after it, as far as there is room. They must not begin or end within a wide glyph.
    public mutating func put(_ row: [Cell], x: Int, y: Int) {
        guard y >= 0, y < size.rows, x >= 0, x + row.count <= size.columns, !row.isEmpty else { return }
        clearBroken(from: x, to: x + row.count, y: y)
        let first = y * size.columns + x
        cells.withUnsafeMutableBufferPointer { cells in
            _ = UnsafeMutableBufferPointer(rebasing: cells[first..<first + row.count]).update(fromContentsOf: row)
        }
    }

    /// Makes every cell of `rect` a blank of `style`.
    public mutating func fill(_ rect: Rect, style: Style = .plain) {
        let blank = Cell(" ", style: style)
        let left = max(0, rect.x)
        let right = min(size.columns, rect.maxX)
        guard left < right else { return }
        for y in max(0, rect.y)..<max(max(0, rect.y), min(size.rows, rect.maxY)) {
            clearBroken(from: left, to: right, y: y)
            for x in left..<right { cells[y * size.columns + x] = blank }
        }
    }

    /// Gives every cell of `rect` the selection's look, whatever it shows.
    public mutating func select(_ rect: Rect) {
        for y in max(0, rect.y)..<max(max(0, rect.y), min(size.rows, rect.maxY)) {
            for x in max(0, rect.x)..<max(max(0, rect.x), min(size.columns, rect.maxX)) {
                cells[y * size.columns + x].style.isSelected = true
            }
        }
    }

    /// Takes the emphasis from what `rect` shows, because something else lies over it.
    public mutating func dim(_ rect: Rect) {
        for y in max(0, rect.y)..<max(max(0, rect.y), min(size.rows, rect.maxY)) {
            for x in max(0, rect.x)..<max(max(0, rect.x), min(size.columns, rect.maxX)) {
                cells[y * size.columns + x].style = .faint
            }
        }
    }

    public mutating func horizontalRule(x: Int, y: Int, width: Int) {
        for column in max(0, x)..<max(max(0, x), min(size.columns, x + width)) where y >= 0 && y < size.rows {
            put(Cell("─", style: .rule), width: 1, x: column, y: y)
        }
    }

    /// An upright rule that meets the horizontal ones above and below it with a joint.
    public mutating func verticalRule(x: Int, y: Int, height: Int) {
        guard x >= 0, x < size.columns else { return }
        for row in max(0, y)..<max(max(0, y), min(size.rows, y + height)) {
            put(Cell("│", style: .rule), width: 1, x: x, y: row)
        }
        joint("┬", x: x, y: y - 1)
        joint("┴", x: x, y: y + height)
    }

    /// The picture as lines of text without styles, blanks at line ends dropped: for golden tests and linear output.
    public var text: String {
        (0..<size.rows).map { y in
            var line = String.UnicodeScalarView()
            for cell in row(y) where !cell.isContinuation {
                if let scalar = Unicode.Scalar(cell.scalar) { line.append(scalar) }
                if cell.mark != 0, let mark = Unicode.Scalar(cell.mark) { line.append(mark) }
            }
            while line.last == " " { line.removeLast() }
            return String(line)
        }.joined(separator: "\n")
    }

    private mutating func joint(_ scalar: Unicode.Scalar, x: Int, y: Int) {
        guard y >= 0, y < size.rows, self[x, y].scalar == Unicode.Scalar("─").value else { return }
        put(Cell(scalar, style: .rule), width: 1, x: x, y: y)
    }

    private mutating func put(_ cell: Cell, width: Int, x: Int, y: Int) {
        guard x >= 0, x + width <= size.columns else { return }
        clearBroken(from: x, to: x + width, y: y)
        cells[y * size.columns + x] = cell
        if width == 2 { cells[y * size.columns + x + 1] = .continuation(cell.style) }
    }

    /// Blanks the half of a wide glyph that would be left over when the columns `from..<to` are overwritten.
    private mutating func clearBroken(from: Int, to: Int, y: Int) {
        let row = y * size.columns
        if from > 0, from < size.columns, cells[row + from].isContinuation {
            cells[row + from - 1] = Cell(" ", style: cells[row + from - 1].style)
        }
        if to < size.columns, cells[row + to].isContinuation {
            cells[row + to] = Cell(" ", style: cells[row + to].style)
        }
    }

    private static func shift(_ count: Int, in available: Int, _ alignment: Alignment) -> Int {
        switch alignment {
        case .left: 0
        case .right: available - count
        case .centre: (available - count) / 2
        }
    }
}
