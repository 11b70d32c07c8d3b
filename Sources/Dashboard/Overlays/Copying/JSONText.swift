import Marketplace

/// JSON text broken into lines, for reading. What is no JSON comes as it is.
enum JSONText {
    static func lines(of text: String) -> [String] {
        guard text.first == "{" || text.first == "[" else { return text.isEmpty ? [] : [text] }
        var lines: [String] = []
        var line = ""
        var depth = 0
        var isInString = false
        var isEscaped = false
        func indent(_ depth: Int) -> String { String(repeating: "  ", count: min(max(0, depth), 20)) }
        var previous: Character = " "
        for character in text {
            defer { if character != " " { previous = character } }
            if isInString {
                line.append(character)
                if isEscaped {
                    isEscaped = false
                } else if character == "\\" {
                    isEscaped = true
                } else if character == "\"" {
                    isInString = false
                }
                continue
            }
            switch character {
            case "\"":
                isInString = true
                line.append(character)
            case "{", "[":
                line.append(character)
                depth += 1
                lines.append(line)
                line = indent(depth)
            case "}", "]":
                depth -= 1
                if previous == "{" || previous == "[" {
                    // Nothing was in it: it stays on one line.
                    line = (lines.popLast() ?? "") + String(character)
                } else {
                    lines.append(line)
                    line = indent(depth) + String(character)
                }
            case ",":
                lines.append(line + ",")
                line = indent(depth)
            case ":": line.append(": ")
            case " ", "\n", "\t", "\r": continue
            default: line.append(character)
            }
        }
        if line.contains(where: { $0 != " " }) { lines.append(line) }
        return lines
    }

    /// `text` as a JSON string that may be pasted anywhere: without any control character.
    static func quoted(_ text: String) -> String { text.jsonQuoted(escapingAllControls: true) }
}
