/// The cells of a csv file, whoever wrote it (RFC 4180 and what programs write in its place).
///
/// - The separator is a comma, semicolon, tabulator or vertical bar: the one that is found most often in the first line, or
///   the one that a first line `sep=;` names.
/// - Quotes hold separators, line ends and doubled quotes; what stands between a closing quote and the next separator belongs
///   to the cell. A quote that nothing closes is a sign like others, and so are all quotes after it.
/// - Lines end with LF, CR LF or CR; empty lines are left out. Lines may have any number of cells.
/// - The bytes are UTF-8, or UTF-16 where the file begins with its mark; what cannot be read so becomes `U+FFFD`.
///
/// Only the places of the cells are kept beside the bytes: a text is made when it is asked for.
public final class CSVFile: Sendable {
    /// The most bytes that are read.
    public static let limit = 512 * 1_048_576

    private struct Cell {
        var start: UInt32
        /// With the highest bit set where the cell is quoted.
        var end: UInt32

        static let quotedBit: UInt32 = 0x8000_0000
        var isQuoted: Bool { end & Self.quotedBit != 0 }
        var range: Range<Int> { Int(start)..<Int(end & ~Self.quotedBit) }
    }

    public let separator: Character
    private let bytes: [UInt8]
    private let cells: [Cell]
    /// The first cell of each line, and one after the last.
    private let starts: [UInt32]
    /// The cells of the line that has most.
    public let mostCells: Int
    /// Whether a quote was found that nothing closes.
    public let hasOpenQuote: Bool

    /// - Parameter bytes: The whole file; what is beyond ``limit`` is left out.
    public init(_ bytes: [UInt8]) {
        var scanner = Scanner(Self.inUTF8(Array(bytes.prefix(Self.limit))))
        scanner.scan()
        separator = Character(Unicode.Scalar(scanner.separator))
        self.bytes = scanner.bytes
        cells = scanner.cells
        starts = scanner.starts
        mostCells = scanner.mostCells
        hasOpenQuote = scanner.quotesAreSigns
    }

    /// Lines that hold something.
    public var count: Int { starts.count - 1 }

    /// How many cells a line has.
    public func cellCount(_ line: Int) -> Int { Int(starts[line + 1] - starts[line]) }

    /// The text of a cell; empty where the line is shorter.
    public subscript(line: Int, column: Int) -> String {
        guard column < cellCount(line) else { return "" }
        let cell = cells[Int(starts[line]) + column]
        let range = cell.range
        guard cell.isQuoted else { return String(decoding: bytes[range], as: UTF8.self) }
        var text: [UInt8] = []
        text.reserveCapacity(range.count)
        var place = range.lowerBound + 1
        while place < range.upperBound {
            if bytes[place] == Scanner.quote {
                let isDoubled = place + 1 < range.upperBound && bytes[place + 1] == Scanner.quote
                guard isDoubled else {
                    text += bytes[(place + 1)..<range.upperBound]
                    break
                }
                place += 1
            }
            text.append(bytes[place])
            place += 1
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func inUTF8(_ bytes: [UInt8]) -> [UInt8] {
        let isLittle = bytes.starts(with: [0xFF, 0xFE])
        guard isLittle || bytes.starts(with: [0xFE, 0xFF]) else { return bytes }
        let units = stride(from: 2, to: bytes.count - 1, by: 2).map { place in
            let (first, second) = (UInt16(bytes[place]), UInt16(bytes[place + 1]))
            return isLittle ? second << 8 | first : first << 8 | second
        }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }

    // MARK: Reading

    private struct Scanner {
        static let quote = UInt8(ascii: "\"")
        private static let (lineFeed, carriageReturn) = (UInt8(ascii: "\n"), UInt8(ascii: "\r"))
        private static let separators = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"), UInt8(ascii: "|")]

        let bytes: [UInt8]
        var separator = UInt8(ascii: ",")
        var cells: [Cell] = []
        var starts: [UInt32] = [0]
        var mostCells = 0
        var quotesAreSigns = false
        private var place = 0

        init(_ bytes: [UInt8]) { self.bytes = bytes }

        mutating func scan() {
            if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
            findSeparator()
            bytes.withUnsafeBufferPointer { bytes in
                while place < bytes.count { line(bytes) }
            }
        }

        private mutating func findSeparator() {
            let rest = bytes[place...]
            let first = rest.prefix { $0 != Self.lineFeed && $0 != Self.carriageReturn }
            if first.count == 5, String(decoding: first.prefix(4), as: UTF8.self).lowercased() == "sep=",
                let named = first.last, named < 0x80
            {
                separator = named
                place += first.count
                return
            }
            var counts = [0, 0, 0, 0]
            var isQuoted = false
            for byte in rest {
                if byte == Self.quote { isQuoted.toggle() }
                if isQuoted { continue }
                if byte == Self.lineFeed || byte == Self.carriageReturn { break }
                if let found = Self.separators.firstIndex(of: byte) { counts[found] += 1 }
            }
            let most = counts.max() ?? 0
            if most > 0, let found = counts.firstIndex(of: most) { separator = Self.separators[found] }
        }

        private mutating func line(_ bytes: UnsafeBufferPointer<UInt8>) {
            let first = cells.count
            repeat {
                cell(bytes)
                guard place < bytes.count, bytes[place] == separator else { break }
                place += 1
                // A separator at the very end has an empty cell after it.
                if place == bytes.count { cells.append(Cell(start: UInt32(place), end: UInt32(place))) }
            } while place < bytes.count
            if place < bytes.count {
                let isPair = bytes[place] == Self.carriageReturn && place + 1 < bytes.count
                place += isPair && bytes[place + 1] == Self.lineFeed ? 2 : 1
            }
            if cells.count == first + 1, cells[first].range.isEmpty {
                cells.removeLast()
                return
            }
            mostCells = max(mostCells, cells.count - first)
            starts.append(UInt32(cells.count))
        }

        private mutating func cell(_ bytes: UnsafeBufferPointer<UInt8>) {
            let start = place
            var isQuoted = false
            if place < bytes.count, bytes[place] == Self.quote, !quotesAreSigns {
                if let end = closingQuote(bytes, after: place) {
                    (isQuoted, place) = (true, end + 1)
                } else {
                    quotesAreSigns = true
                }
            }
            while place < bytes.count, bytes[place] != separator, bytes[place] != Self.lineFeed,
                bytes[place] != Self.carriageReturn
            {
                place += 1
            }
            cells.append(Cell(start: UInt32(start), end: UInt32(place) | (isQuoted ? Cell.quotedBit : 0)))
        }

        private func closingQuote(_ bytes: UnsafeBufferPointer<UInt8>, after start: Int) -> Int? {
            var place = start + 1
            while place < bytes.count {
                if bytes[place] == Self.quote {
                    guard place + 1 < bytes.count, bytes[place + 1] == Self.quote else { return place }
                    place += 1
                }
                place += 1
            }
            return nil
        }
    }
}
