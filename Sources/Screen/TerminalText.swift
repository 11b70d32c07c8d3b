/// The one place where text from outside is made harmless for a terminal, and where its width in columns is measured.
///
/// Promises: no control character, escape sequence or bidirectional override passes; tabs and line ends become a
/// space, other controls U+FFFD. Joiners, variation selectors and other invisible formatting are dropped, and of an
/// emoji cluster only the first picture stays, because terminals disagree about the rest.
public enum TerminalText {
    /// One column-taking scalar with at most one mark on it.
    public struct Glyph: Hashable, Sendable {
        public var scalar: Unicode.Scalar
        public var mark: Unicode.Scalar?
        /// 1 or 2 columns.
        public var width: Int
    }

    public static let replacement: Unicode.Scalar = "\u{FFFD}"

    /// Calls `body` with each glyph of `text`, in order, until it returns false.
    public static func forEachGlyph(in text: some StringProtocol, _ body: (Glyph) -> Bool) {
        var pending: Glyph?
        var skipNext = false
        for scalar in text.unicodeScalars {
            if scalar.value == 0x200D {
                // A joiner after a picture glues the next one to it: only the first is shown.
                skipNext = pending?.width == 2
                continue
            }
            if isDropped(scalar) { continue }
            let width = columns(of: scalar)
            if skipNext {
                skipNext = false
                if width == 2 || isNarrowPicture(scalar) { continue }
            }
            if width == 0 {
                if pending != nil, pending?.mark == nil { pending?.mark = scalar }
                continue
            }
            if (0x1F3FB...0x1F3FF).contains(scalar.value), pending?.width == 2 { continue }
            if let glyph = pending, !body(glyph) { return }
            pending = width < 0 ? Glyph(scalar: shown(scalar), width: 1) : Glyph(scalar: scalar, width: width)
        }
        if let glyph = pending { _ = body(glyph) }
    }

    /// Columns that `text` takes when shown.
    public static func width(of text: some StringProtocol) -> Int {
        if let count = asciiCount(text) { return count }
        var width = 0
        forEachGlyph(in: text) { glyph in
            width += glyph.width
            return true
        }
        return width
    }

    /// `text` as it may be shown, copied or used as a title: see the promises of this type.
    public static func safe(_ text: String) -> String {
        if asciiCount(text) != nil { return text }
        var result = String.UnicodeScalarView()
        forEachGlyph(in: text) { glyph in
            result.append(glyph.scalar)
            if let mark = glyph.mark { result.append(mark) }
            return true
        }
        return String(result)
    }

    /// `text` cut to `width` columns, its end replaced by an ellipsis when something was cut.
    public static func cut(_ text: String, to width: Int) -> String {
        guard width > 0 else { return "" }
        guard self.width(of: text) > width else { return safe(text) }
        var result = String.UnicodeScalarView()
        var used = 0
        forEachGlyph(in: text) { glyph in
            guard used + glyph.width <= width - 1 else { return false }
            used += glyph.width
            result.append(glyph.scalar)
            if let mark = glyph.mark { result.append(mark) }
            return true
        }
        return String(result) + "…"
    }

    /// As ``cut(_:to:)``, but the last word stays where it fits, and words before it are whole where one of them is:
    /// `Aurora 365 … Premium`, else `Mirado… Governance`. Names of products often differ in it alone.
    public static func cutKeepingLastWord(_ text: String, to width: Int) -> String {
        guard self.width(of: text) > width else { return text }
        let text = safe(text)
        guard let space = text.lastIndex(of: " ") else { return cut(text, to: width) }
        let ending = " …" + text[space...]
        let free = width - self.width(of: ending)
        // A beginning that names nothing is worth less than a longer one.
        guard free >= 4 else { return cut(text, to: width) }
        let start = prefix(of: text[..<space], width: free)
        if start.endIndex >= space || text[start.endIndex] == " " { return start.trimmingLastSpaces + ending }
        if let end = start.lastIndex(of: " ") { return start[..<end].trimmingLastSpaces + ending }
        return String(prefix(of: text[..<space], width: free + 1)) + ending.dropFirst()
    }

    /// `text` broken at spaces into lines of at most `width` columns; longer words are broken.
    public static func wrap(_ text: String, width: Int) -> [String] {
        guard width > 0 else { return [] }
        if isOneLine(text, width: width) { return [text] }
        let text = safe(text)
        if hasSingleSpaces(text), self.width(of: text) <= width { return [text] }
        var lines: [String] = []
        var line = ""
        var used = 0
        for word in text.split(separator: " ", omittingEmptySubsequences: true) {
            var rest = Substring(word)
            var restWidth = self.width(of: rest)
            if used > 0, used + 1 + restWidth <= width {
                line += " " + rest
                used += 1 + restWidth
                continue
            }
            if used > 0 { lines.append(line) }
            while restWidth > width {
                let head = prefix(of: rest, width: width)
                lines.append(String(head))
                rest = rest[head.endIndex...]
                restWidth = self.width(of: rest)
            }
            line = String(rest)
            used = restWidth
        }
        if used > 0 { lines.append(line) }
        return lines
    }

    /// Whether `text` is plain words with single spaces between them, and no wider than `width`: then nothing is wrapped.
    private static func isOneLine(_ text: String, width: Int) -> Bool {
        let answer = text.utf8.withContiguousStorageIfAvailable { bytes in
            guard !bytes.isEmpty, bytes.count <= width else { return false }
            var before = UInt8(ascii: " ")
            for byte in bytes {
                guard byte >= 0x20, byte < 0x7F, byte != 0x20 || before != 0x20 else { return false }
                before = byte
            }
            return before != 0x20
        }
        return answer ?? false
    }

    /// Whether `text` has single spaces between words, and none before or after them.
    private static func hasSingleSpaces(_ text: String) -> Bool {
        var before = UInt8(ascii: " ")
        for byte in text.utf8 {
            if byte == 0x20, before == 0x20 { return false }
            before = byte
        }
        return before != 0x20
    }

    /// The beginning of `text`, which is safe, that takes at most `width` columns, and one glyph at least. It is cut between
    /// glyphs: what people take for one letter can be wider than a line.
    private static func prefix(of text: Substring, width: Int) -> Substring {
        let scalars = text.unicodeScalars
        var used = 0
        var end = scalars.startIndex
        while end < scalars.endIndex {
            let step = columns(of: scalars[end])
            if used > 0, used + step > width { break }
            used += step
            end = scalars.index(after: end)
        }
        return text[..<end]
    }

    /// Columns that curses gives a scalar: 0, 1 or 2; -1 for one that cannot be shown.
    public static func columns(of scalar: Unicode.Scalar) -> Int {
        let value = scalar.value
        if value < 0x300 { return value < 0x20 || (0x7F..<0xA0).contains(value) ? -1 : 1 }
        if contains(WidthTables.two, value) { return 2 }
        if contains(WidthTables.zero, value) { return 0 }
        return contains(WidthTables.none, value) ? -1 : 1
    }

    /// The number of columns when every byte is printable ASCII, else nil.
    static func asciiCount(_ text: some StringProtocol) -> Int? {
        let counted = text.utf8.withContiguousStorageIfAvailable { bytes -> Int? in
            for byte in bytes where byte < 0x20 || byte > 0x7E { return nil }
            return bytes.count
        }
        return counted ?? nil
    }

    private static func shown(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D, 0x85, 0x2028, 0x2029: " "
        default: replacement
        }
    }

    /// Invisible formatting: zero-width spaces, bidirectional controls, variation selectors, tags.
    private static func isDropped(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x180B...0x180F, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F,
            0xFE00...0xFE0F, 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE0FFF:
            true
        default: false
        }
    }

    /// Signs of one column that emoji clusters are built with, for example of profession or sex.
    private static func isNarrowPicture(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x2190...0x21FF, 0x2600...0x27BF, 0x2B00...0x2BFF: true
        default: false
        }
    }

    private static func contains(_ ranges: [UInt32], _ value: UInt32) -> Bool {
        var low = 0
        var high = ranges.count / 2
        while low < high {
            let middle = (low + high) / 2
            if value < ranges[middle * 2] {
                high = middle
            } else if value > ranges[middle * 2 + 1] {
                low = middle + 1
            } else {
                return true
            }
        }
        return false
    }
}

extension Substring {
    fileprivate var trimmingLastSpaces: String {
        var rest = self
        while rest.last == " " { rest.removeLast() }
        return String(rest)
    }
}
