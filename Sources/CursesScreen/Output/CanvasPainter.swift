import CNCurses
import Glibc
import Screen

/// Brings a canvas into a curses window. It remembers the canvas before, so that only what changed reaches curses.
///
/// Promises: every cell is in its own column whatever curses thinks of its scalar, and no control character and no
/// invisible scalar reaches curses even if one reached the canvas.
struct CanvasPainter {
    private var palette: Palette
    private let asciiOnly: Bool
    private var previous: Canvas?
    private var buffer: [cchar_t] = []

    init(palette: Palette, asciiOnly: Bool) {
        self.palette = palette
        self.asciiOnly = asciiOnly
    }

    /// The next canvas is written whole.
    mutating func forget() { previous = nil }

    /// Writes into `window` what differs from the canvas before.
    mutating func paint(_ canvas: Canvas, on window: UnsafeMutablePointer<WINDOW>) {
        let before = previous?.size == canvas.size ? previous : nil
        previous = canvas
        let columns = canvas.size.columns
        let width = min(columns, Int(getmaxx(window)))
        let height = min(canvas.size.rows, Int(getmaxy(window)))
        guard width > 0 else { return }
        if buffer.count < width { buffer = Array(repeating: cchar_t(), count: width) }
        var changed: [Int] = []
        canvas.cells.withUnsafeBufferPointer { cells in
            func paintRows(comparedWith old: UnsafeBufferPointer<Cell>?) {
                for y in 0..<height {
                    let row = CellRow(cells, columns: columns, y: y, width: width)
                    let oldRow = old.map { CellRow($0, columns: columns, y: y, width: width) }
                    var from = 0
                    while let span = row.change(since: oldRow, from: from) {
                        write(row, span, y: y, on: window)
                        from = span.upperBound
                    }
                    if from > 0 { changed.append(y) }
                }
            }
            if let before {
                before.cells.withUnsafeBufferPointer { paintRows(comparedWith: $0) }
            } else {
                paintRows(comparedWith: nil)
            }
        }
        if let before, changed.count > 2 {
            let lost = rowsMovedFar(from: before, to: canvas, rows: changed)
            for y in lost { wredrawln(window, Int32(y), 1) }
            // A row that is lost counts as nothing when curses looks for rows that moved, and a last one alone is taken for
            // any other; two are not (ncurses 6.4, `_nc_hash_map`).
            if let last = lost.last, height > 1 { wredrawln(window, Int32(min(last, height - 2)), 2) }
        }
    }

    /// Rows of the old picture that stand elsewhere in the new one, further than one row away.
    ///
    /// Curses moves rows by one with sequences that every terminal knows. For longer moves it takes `SU` and `SD`, which
    /// not every terminal and recorder of that name knows; the rows count as lost for curses, which writes them anew.
    private func rowsMovedFar(from before: Canvas, to canvas: Canvas, rows: [Int]) -> [Int] {
        func fingerprints(of canvas: Canvas) -> [UInt64] {
            canvas.cells.withUnsafeBufferPointer { cells in
                rows.map {
                    CellRow(cells, columns: canvas.size.columns, y: $0, width: canvas.size.columns)
                        .fingerprint(asciiOnly: asciiOnly)
                }
            }
        }
        let old = fingerprints(of: before)
        let new = fingerprints(of: canvas)
        // Every row that could be taken for the one that moved: of two, the other would be the only one left.
        return zip(old, rows).compactMap { print, place in
            zip(new, rows).contains { $0 == print && abs($1 - place) > 1 } ? place : nil
        }
    }

    private mutating func write(
        _ row: CellRow, _ span: Range<Int>, y: Int, on window: UnsafeMutablePointer<WINDOW>
    ) {
        var x = span.lowerBound
        var count = 0
        var look = row.look(x)
        var blank = palette.blank(of: row[x].style)
        while x < span.upperBound {
            if row.look(x) != look {
                look = row.look(x)
                blank = palette.blank(of: row[x].style)
            }
            let cell = row[x]
            let isWide = x + 1 < row.width && row[x + 1].isContinuation && !cell.isContinuation
            if !isWide, cell.mark == 0, cell.scalar >= 0x20, cell.scalar < 0x7F {
                buffer[count] = cn_cell(blank, wchar_t(cell.scalar), 0)
                count += 1
                x += 1
                continue
            }
            let (glyph, mark, filler) = Self.wideCharacters(for: cell, isWide: isWide, asciiOnly: asciiOnly)
            buffer[count] = cn_cell(blank, glyph, mark)
            count += 1
            if filler != 0 {
                buffer[count] = cn_cell(blank, filler, 0)
                count += 1
            }
            x += isWide ? 2 : 1
        }
        cn_put(window, Int32(y), Int32(span.lowerBound), buffer, Int32(count))
    }

    /// What curses is given for a cell: a glyph, the mark on it, and what fills the second column where the glyph does
    /// not; zero for no mark and no filler. Together they take exactly the cell's columns in curses.
    static func wideCharacters(
        for cell: Cell, isWide: Bool, asciiOnly: Bool
    ) -> (glyph: wchar_t, mark: wchar_t, filler: wchar_t) {
        if cell.isContinuation { return (0x20, 0, 0) }
        if asciiOnly {
            let glyph = wchar_t(AsciiGlyphs.glyph(for: cell.scalar))
            return (glyph, 0, isWide ? glyph : 0)
        }
        let columns = cn_columns(cell.scalar)
        let mark = cell.mark >= 0x300 && cn_columns(cell.mark) == 0 ? wchar_t(cell.mark) : 0
        switch (isWide, columns) {
        case (true, 2), (false, 1): return (wchar_t(cell.scalar), mark, 0)
        case (true, 1): return (wchar_t(cell.scalar), mark, 0x20)
        case (true, _): return (replacement, 0, 0x20)
        case (false, _): return (replacement, mark, 0)
        }
    }

    private static let replacement = wchar_t(0xFFFD)
}
