import Glibc
import Screen

/// One row of a canvas as the numbers that it is made of: rows are compared with every key, and cells have no padding,
/// so equal numbers are equal cells. Good while the canvas's cells are held in place.
struct CellRow {
    let width: Int
    private let cells: UnsafePointer<Cell>
    private var words: UnsafeRawPointer { UnsafeRawPointer(cells) }

    /// More unchanged cells than this are not given to curses again.
    private static let longestGap = 8
    private static let stride = MemoryLayout<Cell>.stride
    private static let styleOffset = 8

    /// The first `width` cells of row `y`; there must be as many.
    init(_ cells: UnsafeBufferPointer<Cell>, columns: Int, y: Int, width: Int) {
        self.cells = cells.baseAddress! + y * columns
        self.width = width
    }

    subscript(x: Int) -> Cell { cells[x] }

    /// The style of a cell as a number, to compare.
    func look(_ x: Int) -> UInt32 {
        words.loadUnaligned(fromByteOffset: x * Self.stride + Self.styleOffset, as: UInt32.self)
    }

    /// The next cells from `start` on that differ from `old`, with what is between two of them when it is short, widened
    /// so that they cut no wide glyph of either row. Nil when all the rest is the same; everything when `old` is nil.
    func change(since old: CellRow?, from start: Int) -> Range<Int>? {
        guard start < width else { return nil }
        guard let old else { return start..<width }
        let offset = start * Self.stride
        guard memcmp(words + offset, old.words + offset, (width - start) * Self.stride) != 0 else { return nil }
        var first = start
        while isEqual(to: old, at: first) { first += 1 }
        var end = first + 1
        var next = end
        while next < width, next - end < Self.longestGap {
            if !isEqual(to: old, at: next) { end = next + 1 }
            next += 1
        }
        while first > start, self[first].isContinuation || old[first].isContinuation { first -= 1 }
        while end < width, self[end].isContinuation || old[end].isContinuation { end += 1 }
        return first..<end
    }

    /// Rows that curses takes for equal when it looks for rows that moved have equal fingerprints: it compares their glyphs,
    /// and neither marks nor looks. Different ones hardly ever have.
    func fingerprint(asciiOnly: Bool) -> UInt64 {
        let factor: UInt64 = 0x9E37_79B9_7F4A_7C15
        // Two chains that do not wait for each other.
        var even: UInt64 = 1
        var odd: UInt64 = 2
        var isEven = true
        for x in 0..<width {
            let scalar = words.loadUnaligned(fromByteOffset: x * Self.stride, as: UInt32.self)
            let glyph = UInt64(asciiOnly ? AsciiGlyphs.glyph(for: scalar) : scalar)
            if isEven { even = (even ^ glyph) &* factor } else { odd = (odd ^ glyph) &* factor }
            isEven.toggle()
        }
        let mixed = (even ^ (odd >> 21)) &* factor
        return mixed ^ (mixed >> 29) ^ odd
    }

    private func isEqual(to old: CellRow, at x: Int) -> Bool {
        let offset = x * Self.stride
        return words.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            == old.words.loadUnaligned(fromByteOffset: offset, as: UInt64.self) && look(x) == old.look(x)
    }
}
