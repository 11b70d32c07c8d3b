import Screen

/// Keys as a screen reader should say them: signs by their names, capitals as such.
enum KeyWords {
    static func words(for key: String) -> String {
        if let sign = signs[key] { return sign }
        if key.count == 1, let letter = key.first, letter.isUppercase { return "capital \(letter)" }
        if key.count == 2, key.hasPrefix("^"), let letter = key.last { return "control \(letter)" }
        return names[key] ?? key
    }

    private static let signs = [
        "/": "slash", ":": "colon", "?": "question mark", ",": "comma", ".": "full stop", "[": "left bracket",
        "]": "right bracket", "-": "hyphen", "+": "plus", "*": "star", "<": "less than", ">": "greater than",
        "=": "equals", "!": "exclamation mark", "~": "tilde",
    ]
    private static let names = ["Esc": "Escape", "PgDn": "Page Down", "PgUp": "Page Up", "S-Tab": "Shift Tab"]
}
