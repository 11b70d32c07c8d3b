/// A line of a spreadsheet for scripts and people alike: RFC 4180, and no cell that a spreadsheet takes for a formula.
enum CSVLine {
    /// A cell: a text, or a number, which is never taken for a formula.
    struct Cell {
        var text: String
        var isNumber = false
    }

    static let mark = "\u{FEFF}"

    static func line(_ cells: [Cell], separator: Character) -> String {
        cells.map { quoted($0, separator) }.joined(separator: String(separator)) + "\r\n"
    }

    /// The cells of a value: money is amount and currency.
    static func cells(_ value: FieldValue, isMoney: Bool) -> [Cell] {
        if isMoney {
            guard case .amount(let money) = value else { return [Cell(text: ""), Cell(text: "")] }
            return [Cell(text: money.plainAmount, isNumber: true), Cell(text: money.currency)]
        }
        switch value {
        case .integer, .decimal: return [Cell(text: value.plain, isNumber: true)]
        default: return [Cell(text: value.plain)]
        }
    }

    private static func quoted(_ cell: Cell, _ separator: Character) -> String {
        let isFormula = cell.text.unicodeScalars.first.map { "=+-@\t\r".unicodeScalars.contains($0) } ?? false
        var text = cell.text.plainLine
        if !cell.isNumber, isFormula || text.unicodeScalars.first.map({ "=+-@".unicodeScalars.contains($0) }) ?? false {
            text = "'" + text
        }
        guard text.contains(where: { $0 == separator || $0 == "\"" }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
