import CVTerm

/// What a terminal emulator shows after the bytes it was given.
public final class EmulatedScreen {
    public struct Cell: Equatable {
        /// Empty in a blank cell and in the second cell of a wide glyph.
        public var text: String
        /// 0 in the second cell of a wide glyph.
        public var width: Int
        public var isBold: Bool
        public var isDim: Bool
        public var isUnderlined: Bool
        public var isReversed: Bool
        /// -1 the terminal's own, 0 to 255 of the palette, 0x1000000 + RGB.
        public var foreground: Int
        public var background: Int
    }

    public private(set) var columns: Int
    public private(set) var rows: Int
    /// Private modes (`CSI ? n h`) as they were set last; a mode that was never set is absent.
    public var modes: [Int: Bool] { stream.modes }
    /// The window's title as it was set last.
    public var title: String? { stream.title }
    /// What no program of ours has reason to send, each with how often it came; see `SentStream`.
    public var unexpected: [String: Int] { stream.unexpected }

    private let emulator: OpaquePointer
    private var stream = SentStream()

    public init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
        emulator = cv_new(Int32(columns), Int32(rows))
    }

    deinit { cv_free(emulator) }

    public func feed(_ bytes: some Collection<UInt8>) {
        var adapted: [UInt8] = []
        adapted.reserveCapacity(bytes.count)
        for byte in bytes {
            let wasInSequence = stream.isInSequence
            if let sequence = stream.take(byte) {
                adapted += Self.withDimAsFont(sequence)
            } else if !wasInSequence, !stream.isInSequence {
                adapted.append(byte)
            }
        }
        cv_write(emulator, adapted, adapted.count)
    }

    /// The emulator forgets that text is dim (SGR 2), and remembers which of ten fonts it has (SGR 10 to 19).
    private static let dimFont = 9

    private static func withDimAsFont(_ sequence: [UInt8]) -> [UInt8] {
        guard sequence[1] == UInt8(ascii: "["), sequence.last == UInt8(ascii: "m") else { return sequence }
        var parameters = sequence[2..<sequence.count - 1].split(
            separator: UInt8(ascii: ";"), omittingEmptySubsequences: false
        ).map { String(decoding: $0, as: UTF8.self) }
        var place = 0
        while place < parameters.count {
            switch parameters[place] {
            case "2": parameters[place] = "\(10 + dimFont)"
            case "22": parameters[place] = "22;10"
            // The numbers of a colour follow.
            case "38", "48": place += place + 1 < parameters.count && parameters[place + 1] == "5" ? 2 : 4
            default: break
            }
            place += 1
        }
        return Array("\u{1B}[\(parameters.joined(separator: ";"))m".utf8)
    }

    public func resize(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
        cv_resize(emulator, Int32(columns), Int32(rows))
    }

    public func cell(_ x: Int, _ y: Int) -> Cell {
        var cell = cv_cell(emulator, Int32(x), Int32(y))
        if cell.width == 0, x > 0 {
            // The emulator keeps the look of a wide glyph in its first cell alone.
            cell = cv_cell(emulator, Int32(x - 1), Int32(y))
            cell.scalar_count = 0
            cell.width = 0
        }
        let count = Int(cell.scalar_count)
        let scalars = withUnsafeBytes(of: &cell.scalars) { Array($0.bindMemory(to: UInt32.self).prefix(count)) }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars.compactMap(Unicode.Scalar.init))
        return Cell(
            text: String(text), width: Int(cell.width), isBold: cell.bold,
            isDim: Int(cell.font) == Self.dimFont, isUnderlined: cell.underline,
            isReversed: cell.reverse, foreground: Int(cell.foreground), background: Int(cell.background))
    }

    /// Row `y` without the blanks at its end.
    public func row(_ y: Int) -> String {
        var line = ""
        for x in 0..<columns {
            let cell = cell(x, y)
            line += cell.text.isEmpty && cell.width > 0 ? " " : cell.text
        }
        while line.last == " " { line.removeLast() }
        return line
    }

    /// All rows, blanks at line ends dropped.
    public var text: String { (0..<rows).map(row).joined(separator: "\n") }

    public func contains(_ text: String) -> Bool { self.text.contains(text) }

    /// Columns by which `text` moves the cursor from the beginning of a row; it is written over the one it is in.
    public func columns(of text: String) -> Int {
        var text = text
        return text.withUTF8 { Int(cv_columns(emulator, $0.baseAddress, $0.count)) }
    }

    /// Columns that `scalar` takes behind a letter.
    public func columns(after scalar: Unicode.Scalar) -> Int {
        var bytes = (UInt64(UInt8(ascii: "x")), 0)
        return withUnsafeMutableBytes(of: &bytes) { bytes in
            var count = 1
            for byte in UTF8.encode(scalar)! {
                bytes[count] = byte
                count += 1
            }
            return Int(cv_columns(emulator, bytes.baseAddress, count)) - 1
        }
    }

    public var cursor: (x: Int, y: Int) {
        var x: Int32 = 0
        var y: Int32 = 0
        cv_cursor(emulator, &x, &y)
        return (Int(x), Int(y))
    }

    /// Private modes that a program set and did not reset. Those of the cursor (12, 25) and the wrapping of lines (7) are
    /// set as a rule.
    public var leftModes: Set<Int> { Set(modes.filter { $0.value && ![7, 12, 25].contains($0.key) }.keys) }
    public var isCursorVisible: Bool { modes[25] ?? true }
    public var isAlternate: Bool { modes[1049] ?? false }
    public var isBracketingPastes: Bool { modes[2004] ?? false }
}
