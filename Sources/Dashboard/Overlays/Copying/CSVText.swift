import Screen

/// A spreadsheet's lines: RFC 4180 with titles, and the mark by which spreadsheets know UTF-8. No cell begins so that a
/// spreadsheet takes it for a formula, and what one would turn into another number or a date comes as text.
///
/// Quotation marks do not keep a spreadsheet from reading a number, and `="…"` is a formula. An apostrophe before the
/// text is understood by none as anything but text; a program that reads the file takes it away.
enum CSVText {
    /// - Parameters:
    ///   - rows: As many cells as there are titles; a missing value is an empty cell.
    ///   - separator: Between cells. After `;` numbers have a decimal comma, as where that is usual.
    static func lines(_ titles: [String], _ rows: [[String?]], separator: Character = ",") -> String {
        let lines = ([titles] + rows).map { cells in
            cells.map { cell($0 ?? "", separator) }.joined(separator: String(separator)) + "\r\n"
        }
        return "\u{FEFF}" + lines.joined()
    }

    private static func cell(_ text: String, _ separator: Character) -> String {
        var text = TerminalText.safe(text)
        if isPlainNumber(text) {
            if separator == ";" { text = text.replacing(".", with: ",") }
        } else if isChanged(text) {
            text = "'" + text
        }
        guard text.contains(where: { $0 == separator || "\"\r\n".contains($0) }) else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    /// A number that a spreadsheet shows unchanged: `1000412`, `-3`, `24.72`.
    static func isPlainNumber(_ text: String) -> Bool {
        let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
        let parts = digits.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), digits.count < 12,
            parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy { (48...57).contains($0) } })
        else { return false }
        return parts[0].count == 1 || parts[0].first != UInt8(ascii: "0")
    }

    /// Whether a spreadsheet would take the text for a formula, or show something else in its place: leading zeros gone,
    /// twelve digits and more rounded, `1E5`, `3-4`, `1/2`, `2026-11-20`, `12:30` and `MAR-24` as numbers and dates.
    static func isChanged(_ text: String) -> Bool {
        guard let first = text.first else { return false }
        if "=+-@\t\r".contains(first) { return true }
        let trimmed = text.trimmingSpaces().lowercased()
        let hasDigit = trimmed.contains { $0.isNumber }
        guard hasDigit, trimmed.utf8.count < 40 else { return false }
        let signs = Set("0123456789.,:/-+% ")
        if trimmed.allSatisfy({ signs.contains($0) }) { return true }
        // `1e5`, `12E03`; a currency before or after a number is one too.
        let letters = trimmed.filter { $0.isLetter }
        let others = trimmed.filter { !$0.isLetter }
        guard others.allSatisfy({ signs.contains($0) || "$€£¥".contains($0) }) else { return false }
        if letters.isEmpty || ["e", "am", "pm", "a", "p"].contains(letters) { return true }
        // `mar 24`, `20-Nov-2026`, and the moment `2026-11-20t14:04:12z`.
        let isMonth = letters.count < 5 ? months.contains(String(letters.prefix(3))) : monthNames.contains(letters)
        return isMonth || letters == "t" || letters == "tz"
    }

    private static let monthNames: Set<String> = [
        "january", "february", "march", "april", "august", "september", "october", "november", "december", "januar",
        "februar", "oktober", "dezember", "janvier", "février", "juillet", "septembre", "octobre", "novembre",
        "décembre",
    ]

    /// As English, German, French, Spanish, Italian, Dutch and the Nordic languages begin them.
    private static let months: Set<String> = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "mai", "mär", "okt", "dez",
        "fév", "avr", "jui", "aoû", "déc", "ene", "abr", "ago", "dic", "gen", "mag", "giu", "lug", "set", "ott", "mrt",
        "mei", "maj",
    ]
}
