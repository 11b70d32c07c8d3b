import CNCurses
import Glibc
import Screen

/// Brings a canvas into a curses window. It remembers the canvas before, so that only what changed reaches curses.
///
/// Promises: every cell stands in its own column whatever curses thinks of its scalar, and no control character and no
/// invisible scalar reaches curses even if one reached the canvas.
struct CanvasPainter {
    private var palette: Palette
    private let asciiOnly: Bool
    private var previous: Canvas?
    private var buffer: [wchar_t] = []

    init(palette: Palette, asciiOnly: Bool) {
        self.palette = palette
        self.asciiOnly = asciiOnly
    }

    /// The next canvas is written whole.
    mutating func forget() { previous = nil }

    /// Writes into `window` what differs from the canvas before.
    /// - Returns: how many rows changed.
    mutating func paint(_ canvas: Canvas, on window: UnsafeMutablePointer<WINDOW>) -> Int {
        let before = previous?.size == canvas.size ? previous : nil
        previous = canvas
        let columns = canvas.size.columns
        let width = min(columns, Int(getmaxx(window)))
        let height = min(canvas.size.rows, Int(getmaxy(window)))
        guard width > 0 else { return 0 }
        // A cell becomes at most two wide characters: a glyph and its mark, or a glyph and the blank beside it.
        if buffer.count < width * 2 { buffer = Array(repeating: 0, count: width * 2) }
        var changed: [Int] = []
        canvas.cells.withUnsafeBufferPointer { cells in
            func paintRows(comparedWith old: UnsafeBufferPointer<Cell>?) {
                for y in 0..<height {
                    let row = UnsafeBufferPointer(rebasing: cells[y * columns..<y * columns + width])
                    let oldRow = old.map { UnsafeBufferPointer(rebasing: $0[y * columns..<y * columns + width]) }
                    guard let span = Self.changedSpan(of: row, since: oldRow) else { continue }
                    write(row, span, y: y, on: window)
                    changed.append(y)
                }
            }
            if let before {
                before.cells.withUnsafeBufferPointer { paintRows(comparedWith: $0) }
            } else {
                paintRows(comparedWith: nil)
            }
        }
        if let before, changed.count > 2 {
            for y in Self.rowsMovedFar(from: before, to: canvas, rows: changed) { wredrawln(window, Int32(y), 1) }
        }
        return changed.count
    }

    /// Rows of the old picture that stand elsewhere in the new one, further than one row away.
    ///
    /// Curses moves rows by one with sequences that every terminal knows. For longer moves it takes `SU` and `SD`, which
    /// not every terminal and recorder of that name knows; curses is told that these rows are lost, and writes them anew.
    private static func rowsMovedFar(from before: Canvas, to canvas: Canvas, rows: [Int]) -> [Int] {
        var places: [Int: Int] = [:]
        for y in rows { places[fingerprint(before.row(y))] = y }
        var moved: [Int] = []
        for y in rows {
            guard let old = places[fingerprint(canvas.row(y))], abs(old - y) > 1 else { continue }
            moved.append(old)
        }
        return moved
    }

    /// Equal rows have equal fingerprints; different ones hardly ever, and then only a few bytes are sent for nothing.
    private static func fingerprint(_ row: ArraySlice<Cell>) -> Int {
        row.withUnsafeBytes { bytes in
            var hash: UInt64 = 0xCBF2_9CE4_8422_2325
            for word in bytes.bindMemory(to: UInt32.self) { hash = (hash ^ UInt64(word)) &* 0x100_0000_01B3 }
            return Int(truncatingIfNeeded: hash)
        }
    }

    /// From the first to the last cell that differs, widened so that it cuts no wide glyph of either row.
    static func changedSpan(
        of row: UnsafeBufferPointer<Cell>, since old: UnsafeBufferPointer<Cell>?
    ) -> Range<Int>? {
        guard let old else { return row.isEmpty ? nil : 0..<row.count }
        let bytes = row.count * MemoryLayout<Cell>.stride
        // Cells have no padding, so equal bytes are equal cells.
        guard bytes > 0, memcmp(row.baseAddress!, old.baseAddress!, bytes) != 0 else { return nil }
        var first = 0
        while first < row.count, row[first] == old[first] { first += 1 }
        guard first < row.count else { return nil }
        var end = row.count
        while row[end - 1] == old[end - 1] { end -= 1 }
        while first > 0, row[first].isContinuation || old[first].isContinuation { first -= 1 }
        while end < row.count, row[end].isContinuation || old[end].isContinuation { end += 1 }
        return first..<end
    }

    private mutating func write(
        _ row: UnsafeBufferPointer<Cell>, _ span: Range<Int>, y: Int, on window: UnsafeMutablePointer<WINDOW>
    ) {
        var x = span.lowerBound
        while x < span.upperBound {
            let style = row[x].style
            let look = palette.look(of: style)
            let start = x
            var count = 0
            while x < span.upperBound, row[x].style == style {
                let isWide = x + 1 < row.count && row[x + 1].isContinuation && !row[x].isContinuation
                count += append(row[x], isWide: isWide, at: count)
                x += isWide ? 2 : 1
            }
            cn_put(window, Int32(y), Int32(start), buffer, Int32(count), look.attributes, look.pair)
        }
    }

    /// Puts the wide characters for `cell` into the buffer; together they take exactly its columns in curses.
    private mutating func append(_ cell: Cell, isWide: Bool, at place: Int) -> Int {
        if !isWide, cell.mark == 0, cell.scalar >= 0x20, cell.scalar < 0x7F {
            buffer[place] = wchar_t(cell.scalar)
            return 1
        }
        let (glyph, companion) = Self.wideCharacters(for: cell, isWide: isWide, asciiOnly: asciiOnly)
        buffer[place] = glyph
        guard companion != 0 else { return 1 }
        buffer[place + 1] = companion
        return 2
    }

    /// What curses is given for a cell: a glyph, and its mark or what fills its second column; zero for neither.
    static func wideCharacters(
        for cell: Cell, isWide: Bool, asciiOnly: Bool
    ) -> (glyph: wchar_t, companion: wchar_t) {
        if cell.isContinuation { return (0x20, 0) }
        if asciiOnly {
            let glyph = wchar_t(AsciiGlyphs.glyph(for: cell.scalar))
            return (glyph, isWide ? glyph : 0)
        }
        let columns = cn_columns(cell.scalar)
        let mark = cell.mark >= 0x300 && cn_columns(cell.mark) == 0 ? wchar_t(cell.mark) : 0
        switch (isWide, columns) {
        case (true, 2), (false, 1): return (wchar_t(cell.scalar), mark)
        case (true, 1): return (wchar_t(cell.scalar), 0x20)
        case (true, _): return (replacement, 0x20)
        case (false, _): return (replacement, mark)
        }
    }

    private static let replacement = wchar_t(0xFFFD)
}
