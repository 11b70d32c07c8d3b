import Marketplace

/// JSON as commands print it: keys sorted, and no sign in it that would act on a terminal.
indirect enum JSON: Equatable, Sendable {
    case null
    case flag(Bool)
    case number(Int)
    case text(String)
    case list([JSON])
    case object([Member])
    /// The text of a JSON object that is stored as such.
    case stored(String)

    struct Member: Equatable, Sendable {
        var name: String
        var value: JSON
    }

    static func text(orNull text: String?) -> JSON { text.map(JSON.text) ?? .null }
    static func number(orNull number: Int?) -> JSON { number.map(JSON.number) ?? .null }
    static func texts(_ texts: [String]) -> JSON { .list(texts.map(JSON.text)) }

    /// On one line, without spaces.
    var line: String {
        var text = ""
        write(to: &text, indent: nil)
        return text
    }

    /// For people, on lines of their own.
    var indented: String {
        var text = ""
        write(to: &text, indent: 0)
        return text
    }

    /// - Parameter indent: Of the line that it begins on; nil for one line.
    private func write(to text: inout String, indent: Int?) {
        switch self {
        case .null: text += "null"
        case .flag(let flag): text += flag ? "true" : "false"
        case .number(let number): text += String(number)
        case .text(let string): text += string.jsonQuoted(escapingAllControls: true)
        // What must be escaped stands in strings alone, where an escape means the same.
        case .stored(let json): text += json.escapingControls
        case .list(let elements):
            Self.write(elements, between: "[", "]", to: &text, indent) { element, text, indent in
                element.write(to: &text, indent: indent)
            }
        case .object(let members):
            let sorted = members.sorted { $0.name.unicodeScalars.lexicographicallyPrecedes($1.name.unicodeScalars) }
            Self.write(sorted, between: "{", "}", to: &text, indent) { member, text, indent in
                text += member.name.jsonQuoted(escapingAllControls: true) + (indent == nil ? ":" : ": ")
                member.value.write(to: &text, indent: indent)
            }
        }
    }

    private static func write<Element>(
        _ elements: [Element], between start: String, _ end: String, to text: inout String, _ indent: Int?,
        _ write: (Element, inout String, Int?) -> Void
    ) {
        text += start
        for (place, element) in elements.enumerated() {
            if place > 0 { text += "," }
            if let indent { text += "\n" + String(repeating: "  ", count: indent + 1) }
            write(element, &text, indent.map { $0 + 1 })
        }
        if let indent, !elements.isEmpty { text += "\n" + String(repeating: "  ", count: indent) }
        text += end
    }
}

extension JSON: ExpressibleByDictionaryLiteral, ExpressibleByStringLiteral {
    init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(elements.map { Member(name: $0.0, value: $0.1) })
    }

    init(stringLiteral value: String) { self = .text(value) }
}

extension JSON {
    /// Adds members to an object.
    func adding(_ members: [(String, JSON)]) -> JSON {
        guard case .object(let own) = self else { return self }
        return .object(own + members.map { Member(name: $0.0, value: $0.1) })
    }
}
