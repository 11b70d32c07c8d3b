/// One line of text that a person edits.
public struct TextField: Hashable, Sendable {
    public private(set) var characters: [Character]
    /// Place of the cursor, from 0 to the number of characters.
    public private(set) var cursor: Int

    /// Longer input is refused character by character.
    public static let limit = 500

    public init(_ text: String = "") {
        characters = Array(text)
        cursor = characters.count
    }

    public var text: String {
        get { String(characters) }
        set {
            characters = Array(newValue)
            cursor = characters.count
        }
    }

    public var isEmpty: Bool { characters.isEmpty }

    /// Takes a key that edits or moves within a line.
    /// - Returns: whether the key was one of those; a key that does not belong to a line is left to others.
    public mutating func take(_ key: Key) -> Bool {
        switch key {
        case .character(let character): insert(String(character))
        case .paste(let text): insert(text)
        case .backspace:
            if cursor > 0 {
                cursor -= 1
                characters.remove(at: cursor)
            }
        case .delete: if cursor < characters.count { characters.remove(at: cursor) }
        case .left: cursor = max(0, cursor - 1)
        case .right: cursor = min(characters.count, cursor + 1)
        case .home, .control("a"): cursor = 0
        case .end, .control("e"): cursor = characters.count
        case .control("u"):
            characters.removeSubrange(..<cursor)
            cursor = 0
        case .control("k"): characters.removeSubrange(cursor...)
        case .control("w"):
            var start = cursor
            while start > 0, characters[start - 1] == " " { start -= 1 }
            while start > 0, characters[start - 1] != " " { start -= 1 }
            characters.removeSubrange(start..<cursor)
            cursor = start
        default: return false
        }
        return true
    }

    /// Draws the text in `width` columns so that the cursor is in view, and puts the terminal's cursor there when focused.
    public func draw(on canvas: inout Canvas, x: Int, y: Int, width: Int, style: Style = .plain, focused: Bool) {
        guard width > 0 else { return }
        canvas.fill(Rect(x: x, y: y, width: width, height: 1), style: style)
        var start = 0
        while start < cursor, columns(from: start, to: cursor) > width - 1 { start += 1 }
        canvas.write(String(characters[start...]), x: x, y: y, width: width, style: style)
        if focused { canvas.cursor = (x + columns(from: start, to: cursor), y) }
    }

    private func columns(from: Int, to: Int) -> Int { TerminalText.width(of: String(characters[from..<to])) }

    private mutating func insert(_ text: String) {
        let clean = Array(TerminalText.safe(text)).prefix(max(0, Self.limit - characters.count))
        characters.insert(contentsOf: clean, at: cursor)
        cursor += clean.count
    }
}
