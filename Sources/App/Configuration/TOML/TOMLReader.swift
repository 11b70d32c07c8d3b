/// Reads a TOML document from its first scalar to its last.
struct TOMLReader {
    let scalars: [Unicode.Scalar]
    var position = 0

    init(_ scalars: [Unicode.Scalar]) { self.scalars = scalars }

    mutating func document() throws(TOMLFlaw) -> TOMLTable {
        let root = TOMLTree(.heading, depth: 0)
        var table = root
        while position < scalars.count {
            skipBlanks()
            switch next {
            case "[": table = try heading(root)
            case "#", "\n", "\r", nil: break
            default: try setting(in: table)
            }
            try endOfLine()
        }
        return root.finished
    }

    // MARK: Steps

    var next: Unicode.Scalar? { scalar(0) }

    func scalar(_ ahead: Int) -> Unicode.Scalar? {
        position + ahead < scalars.count ? scalars[position + ahead] : nil
    }

    func flaw(_ text: String, at offset: Int? = nil) -> TOMLFlaw { TOMLFlaw(offset: offset ?? position, text: text) }

    mutating func take(_ text: String) -> Bool {
        let expected = text.unicodeScalars
        guard scalars[position...].starts(with: expected) else { return false }
        position += expected.count
        return true
    }

    mutating func skipBlanks() {
        while next == " " || next == "\t" { position += 1 }
    }

    mutating func takeLineEnd() -> Bool { take("\n") || take("\r\n") }

    /// Nothing but blanks and a comment may stand before the end of the line.
    private mutating func endOfLine() throws(TOMLFlaw) {
        skipBlanks()
        try skipComment()
        if position == scalars.count || takeLineEnd() { return }
        if next == "\r" { throw loneReturn }
        throw flaw("nothing more is expected in this line")
    }

    private mutating func skipComment() throws(TOMLFlaw) {
        guard next == "#" else { return }
        while let scalar = next, scalar != "\n" {
            if scalar == "\r", self.scalar(1) == "\n" { return }
            try checkIsText(scalar)
            position += 1
        }
    }

    /// Blanks, line ends and comments, as they may stand within a list.
    private mutating func skipLines() throws(TOMLFlaw) {
        repeat {
            skipBlanks()
            try skipComment()
        } while takeLineEnd()
        if next == "\r" { throw loneReturn }
    }

    /// - Throws: When it is a control character, which is allowed only as an escape.
    func checkIsText(_ scalar: Unicode.Scalar) throws(TOMLFlaw) {
        if scalar == "\r" { throw loneReturn }
        if scalar.value < 0x20 && scalar != "\t" || scalar.value == 0x7F {
            throw flaw("a control character (\(Self.code(scalar))) is not allowed here")
        }
    }

    private var loneReturn: TOMLFlaw { flaw("a carriage return without a line feed") }

    static func code(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    // MARK: Lines

    private mutating func heading(_ root: TOMLTree) throws(TOMLFlaw) -> TOMLTree {
        let start = position
        let isList = take("[[")
        if !isList { _ = take("[") }
        let path = try key()
        guard take(isList ? "]]" : "]") else { throw flaw("\(isList ? "]]" : "]") is missing") }
        return try isList ? root.nextTable(path, at: start) : root.table(path, at: start)
    }

    private mutating func setting(in table: TOMLTree) throws(TOMLFlaw) {
        let path = try key()
        guard take("=") else { throw flaw("after a key comes =") }
        skipBlanks()
        try table.set(path, to: value(depth: table.depth(of: path)))
    }

    /// Names with dots between them, and the blanks around.
    private mutating func key() throws(TOMLFlaw) -> [TOMLTree.Part] {
        var parts: [TOMLTree.Part] = []
        repeat {
            skipBlanks()
            let start = position
            parts.append(TOMLTree.Part(name: try name(), offset: start))
            skipBlanks()
        } while take(".")
        return parts
    }

    private mutating func name() throws(TOMLFlaw) -> String {
        switch next {
        case "\"": return try basicString()
        case "'": return try literalString()
        default:
            let start = position
            while let scalar = next, Self.isBare(scalar) { position += 1 }
            guard position > start else {
                throw flaw("a name is expected: letters, digits, - and _, or anything in quotes")
            }
            return text(from: start)
        }
    }

    private static func isBare(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "-", "_": true
        default: false
        }
    }

    func text(from start: Int) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars[start..<position])
        return String(view)
    }

    // MARK: Values

    private mutating func value(depth: Int) throws(TOMLFlaw) -> TOMLValue {
        let start = position
        guard depth <= TOMLDocument.deepest else { throw TOMLFlaw.tooDeep(at: start) }
        let content: TOMLValue.Content
        switch next {
        case "\"":
            content = .string(
                scalar(1) == "\"" && scalar(2) == "\"" ? try multilineBasicString() : try basicString())
        case "'":
            content = .string(
                scalar(1) == "'" && scalar(2) == "'" ? try multilineLiteralString() : try literalString())
        case "[": content = .array(try list(depth: depth))
        case "{": content = .table(try inlineTable(depth: depth))
        default: content = try word()
        }
        return TOMLValue(content: content, offset: start)
    }

    private mutating func list(depth: Int) throws(TOMLFlaw) -> [TOMLValue] {
        _ = take("[")
        var values: [TOMLValue] = []
        try skipLines()
        while !take("]") {
            values.append(try value(depth: depth + 1))
            try skipLines()
            if take(",") {
                try skipLines()
            } else if next != "]" {
                throw flaw(", or ] is expected")
            }
        }
        return values
    }

    private mutating func inlineTable(depth: Int) throws(TOMLFlaw) -> TOMLTable {
        _ = take("{")
        let table = TOMLTree(.inline, depth: depth)
        skipBlanks()
        if take("}") { return table.finished }
        repeat {
            skipBlanks()
            try setting(in: table)
            skipBlanks()
        } while take(",")
        guard take("}") else { throw flaw(", or } is expected; a table in braces is on one line") }
        return table.finished
    }
}
