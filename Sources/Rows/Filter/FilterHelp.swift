/// The filter language in a few lines, for the help of a view or a command.
public struct FilterHelp: Hashable, Sendable {
    /// How it is written.
    public var form: String
    public var meaning: String

    private init(_ form: String, _ meaning: String) {
        self.form = form
        self.meaning = meaning
    }

    /// What can be written for a list of these columns; nothing without columns.
    public static func lines(_ columns: [FilterColumn]) -> [FilterHelp] {
        guard !columns.isEmpty else { return [] }
        let main = columns.first { $0.kind == .number || $0.kind == .money }?.name
        let day = columns.first { $0.kind == .date }?.name
        var lines = [
            FilterHelp("in a filter", "words in any order, without case and accents; \"two words\" in quotes"),
            FilterHelp("!x  ~x", "rows without x; rows with the letters of x in order"),
            FilterHelp("col:x  col=x", "x in that column; its whole text"),
        ]
        // All of them, in rows that are short enough for any window.
        var row = ""
        for (number, column) in columns.enumerated() {
            row += (row.isEmpty ? "" : " ") + column.name
            let next = columns.dropFirst(number + 1).first?.name
            if next.map({ row.count + $0.count + 1 > 38 }) ?? true {
                lines.append(FilterHelp(lines.contains { $0.form == "columns" } ? "" : "columns", row))
                row = ""
            }
        }
        if let main {
            lines.append(
                FilterHelp(">5  \(main)>=5", "numbers and money by <, <=, =, >=, >; \(main) when none is named"))
        }
        if let day {
            lines.append(
                FilterHelp(
                    "<2026-12-01", "dates: a day, 2026-12, 2026, today, +30d, -7d; \(day) when no column is named"))
        }
        return lines
    }
}
