/// The text of a configuration file taken apart: the part of TOML that such a file needs. Tables of plain or quoted
/// names, and in them one `key = value` a line; a value is a string, a whole number, `true`, `false`, or a list of
/// strings on one line. `#` begins a comment.
///
/// A library for all of TOML exists; linking it would bring all of Foundation into the program, and with it twice the
/// time to start.
struct ConfigurationText: Equatable {
    enum Value: Equatable {
        case text(String)
        case number(Int)
        case flag(Bool)
        case list([String])
    }

    struct Entry: Equatable {
        var key: String
        var value: Value
        /// From 1.
        var line: Int
    }

    struct Table: Equatable {
        /// Empty for what stands before the first heading.
        var path: [String]
        var line: Int
        var entries: [Entry] = []
    }

    struct Problem: Error, Equatable {
        var line: Int
        /// In characters, from 1.
        var column: Int
        var text: String
    }

    private(set) var tables = [Table(path: [], line: 1)]

    init(_ text: String) throws(Problem) {
        var number = 0
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            number += 1
            var reader = LineReader(line, number: number)
            reader.skipSpaces()
            if reader.isAtEnd { continue }
            if reader.take("[") {
                let path = try reader.path(until: "]")
                try reader.end()
                guard !tables.contains(where: { $0.path == path }) else {
                    throw reader.problem("[\(path.joined(separator: "."))] stands here a second time", at: 1)
                }
                tables.append(Table(path: path, line: number))
            } else {
                try take(&reader)
            }
        }
    }

    private mutating func take(_ reader: inout LineReader) throws(Problem) {
        let key = try reader.name()
        reader.skipSpaces()
        guard reader.take("=") else { throw reader.problem("after a key comes =") }
        reader.skipSpaces()
        let value = try reader.value()
        try reader.end()
        let last = tables.count - 1
        if let earlier = tables[last].entries.first(where: { $0.key == key }) {
            throw reader.problem("\(key) was already set in line \(earlier.line)", at: 1)
        }
        tables[last].entries.append(Entry(key: key, value: value, line: reader.number))
    }
}

/// Reads one line from left to right.
private struct LineReader {
    typealias Problem = ConfigurationText.Problem

    let number: Int
    private let characters: [Character]
    private var position = 0

    init(_ line: Substring, number: Int) {
        self.number = number
        characters = Array(line)
    }

    var isAtEnd: Bool { position >= characters.count || characters[position] == "#" }

    func problem(_ text: String, at column: Int? = nil) -> Problem {
        Problem(line: number, column: column ?? position + 1, text: text)
    }

    mutating func skipSpaces() {
        while position < characters.count, characters[position].isWhitespace { position += 1 }
    }

    mutating func take(_ character: Character) -> Bool {
        guard position < characters.count, characters[position] == character else { return false }
        position += 1
        return true
    }

    /// Nothing but space and a comment may follow.
    mutating func end() throws(Problem) {
        skipSpaces()
        if !isAtEnd { throw problem("nothing more is expected in this line") }
    }

    mutating func path(until end: Character) throws(Problem) -> [String] {
        var path: [String] = []
        repeat {
            skipSpaces()
            path.append(try name())
            skipSpaces()
        } while take(".")
        guard take(end) else { throw problem("\(end) is missing") }
        return path
    }

    mutating func name() throws(Problem) -> String {
        if position < characters.count, "\"'".contains(characters[position]) { return try string() }
        let start = position
        while position < characters.count, isPlain(characters[position]) { position += 1 }
        guard position > start else {
            throw problem("a name is expected: letters, digits, - and _, or anything in quotes")
        }
        return String(characters[start..<position])
    }

    private func isPlain(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || character == "-" || character == "_")
    }

    mutating func value() throws(Problem) -> ConfigurationText.Value {
        guard position < characters.count, characters[position] != "#" else { throw problem("a value is missing") }
        switch characters[position] {
        case "\"", "'": return .text(try string())
        case "[": return .list(try list())
        default:
            let start = position
            while position < characters.count, !characters[position].isWhitespace, characters[position] != "#" {
                position += 1
            }
            let word = String(characters[start..<position])
            switch word {
            case "true": return .flag(true)
            case "false": return .flag(false)
            default:
                if let number = Int(word.filter { $0 != "_" }), word.first != "_", word.last != "_" {
                    return .number(number)
                }
                throw problem("\(word) is no value; text stands in quotes", at: start + 1)
            }
        }
    }

    private mutating func list() throws(Problem) -> [String] {
        _ = take("[")
        var list: [String] = []
        skipSpaces()
        while !take("]") {
            guard position < characters.count, "\"'".contains(characters[position]) else {
                throw problem("a text in quotes or ] is expected; a list stands on one line")
            }
            list.append(try string())
            skipSpaces()
            if take(",") {
                skipSpaces()
            } else if position >= characters.count || characters[position] != "]" {
                throw problem(", or ] is expected")
            }
        }
        return list
    }

    /// In double quotes `\"`, `\\`, `\n` and `\t` mean what they mean in TOML; in single quotes all stands for itself.
    private mutating func string() throws(Problem) -> String {
        let start = position
        let quote = characters[position]
        position += 1
        var text = ""
        while position < characters.count, characters[position] != quote {
            if quote == "\"", characters[position] == "\\" {
                position += 1
                let escapes: [Character: Character] = ["\"": "\"", "\\": "\\", "n": "\n", "t": "\t"]
                guard position < characters.count, let meant = escapes[characters[position]] else {
                    throw problem("only \\\" \\\\ \\n and \\t are known after \\")
                }
                text.append(meant)
            } else {
                text.append(characters[position])
            }
            position += 1
        }
        guard take(quote) else { throw problem("this text has no closing \(quote)", at: start + 1) }
        return text
    }
}
