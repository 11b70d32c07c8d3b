import Screen

/// A spreadsheet's lines: RFC 4180 with titles. No cell begins so that a spreadsheet takes it for a formula.
enum CSVText {
    /// - Parameter rows: As many cells as there are titles; what is not known is an empty cell.
    static func lines(_ titles: [String], _ rows: [[String?]]) -> String {
        ([titles] + rows).map { $0.map { cell($0 ?? "") }.joined(separator: ",") + "\r\n" }.joined()
    }

    private static func cell(_ text: String) -> String {
        var text = TerminalText.safe(text)
        if let first = text.first, "=+-@".contains(first) { text = "'" + text }
        guard text.contains(where: { ",\"\r\n".contains($0) }) else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
