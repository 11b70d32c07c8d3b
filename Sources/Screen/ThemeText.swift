/// What is wrong with a theme's text.
public struct ThemeProblem: Error, Equatable, Sendable {
    /// From 1 on; nil when something is missing.
    public var line: Int?
    public var message: String
}

/// A theme as people write it: a line for each tone, with its colour, `on` and its background, and `bold`, `dim` or
/// `reverse`; a line for the `selection`, and one for the `background` of the whole screen. A colour is `default`, the
/// name of one of the terminal's sixteen, a number of its 256, or `#rrggbb`. What follows a `#` with a space is a note.
/// A line feed ends a line, with or without a carriage return before it.
extension Theme {
    /// - Throws: The first line that cannot be read, and why.
    public init(text: String) throws(ThemeProblem) {
        self.init()
        var seen: Set<String> = []
        for (number, line) in Self.lines(of: text).enumerated() {
            var words = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).map(String.init)
            if let note = words.firstIndex(of: "#") { words.removeSubrange(note...) }
            guard let name = words.first, !name.hasPrefix("#") else { continue }
            do throws(Flaw) {
                if !seen.insert(name).inserted { throw Flaw("'\(name)' is set a second time") }
                try read(name, words.dropFirst())
            } catch {
                throw ThemeProblem(line: number + 1, message: error.message)
            }
        }
        let missing = Tone.allCases.map(\.name).filter { !seen.contains($0) }
        if !missing.isEmpty {
            throw ThemeProblem(line: nil, message: "missing: \(missing.joined(separator: ", "))")
        }
    }

    private static func lines(of text: String) -> [Substring] {
        text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    }

    private struct Flaw: Error {
        let message: String
        init(_ message: String) { self.message = message }
    }

    private mutating func read(_ name: String, _ words: ArraySlice<String>) throws(Flaw) {
        if name == "background" {
            guard words.count == 1, let word = words.first else { throw Flaw("'background' takes one colour") }
            background = try Self.colour(word)
        } else if name == "selection" {
            selection = try Self.look(words)
        } else if let tone = Tone.allCases.first(where: { $0.name == name }) {
            looks[tone] = try Self.look(words)
        } else {
            let names = ["background", "selection"] + Tone.allCases.map(\.name)
            throw Flaw("'\(TerminalText.safe(name))' is not part of a theme; \(names.joined(separator: ", ")) are")
        }
    }

    private static func look(_ words: ArraySlice<String>) throws(Flaw) -> Look {
        var words = words
        guard let first = words.popFirst() else { throw Flaw("the colour is missing") }
        var look = Look(try colour(first))
        while let word = words.popFirst() {
            switch word {
            case "on":
                guard let ground = words.popFirst() else { throw Flaw("a colour must follow 'on'") }
                look.background = try colour(ground)
            case "bold": look.isBold = true
            case "dim": look.isDim = true
            case "reverse": look.isReversed = true
            default:
                throw Flaw("'\(TerminalText.safe(word))' is not understood here; on, bold, dim and reverse are")
            }
        }
        return look
    }

    private static let colourNames = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"]

    private static func colour(_ word: String) throws(Flaw) -> Colour {
        if word == "default" { return .terminal }
        if let index = colourNames.firstIndex(of: word) { return .palette(UInt8(index)) }
        if word.hasPrefix("bright-"), let index = colourNames.firstIndex(of: String(word.dropFirst(7))) {
            return .palette(UInt8(index + 8))
        }
        if let index = UInt8(word) { return .palette(index) }
        let digits = word.dropFirst()
        if word.hasPrefix("#"), digits.utf8.count == 6, digits.allSatisfy(\.isHexDigit),
            let value = UInt32(digits, radix: 16)
        {
            return .rgb(RGB(UInt8(value >> 16 & 0xFF), UInt8(value >> 8 & 0xFF), UInt8(value & 0xFF)))
        }
        throw Flaw(
            "'\(TerminalText.safe(word))' is no colour; give default, a name as red or bright-red, 0 to 255, or #rrggbb"
        )
    }
}

extension Tone {
    /// The word for it in a theme's text.
    var name: String {
        switch self {
        case .plain: "plain"
        case .faint: "faint"
        case .title: "title"
        case .accent: "accent"
        case .good: "good"
        case .warning: "warning"
        case .bad: "bad"
        case .rule: "rule"
        case .header: "header"
        case .alarm: "alarm"
        case .key: "key"
        }
    }
}
