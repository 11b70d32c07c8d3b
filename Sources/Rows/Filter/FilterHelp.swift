/// The filter language in a few lines, for the help of a view or a command.
public struct FilterHelp: Hashable, Sendable {
    /// How it is written.
    public var form: String
    public var meaning: String

    private init(_ form: String, _ meaning: String) {
        self.form = form
        self.meaning = meaning
    }

    /// What can be written for a list of these columns, what is used most first; nothing without columns.
    public static func lines(_ columns: [FilterColumn]) -> [FilterHelp] {
        guard !columns.isEmpty else { return [] }
        let main = columns.first { $0.kind == .number || $0.kind == .money }?.name
        let day = columns.first { $0.kind == .date }?.name
        var lines = [
            FilterHelp("words", "in any order, without case and accents"),
            FilterHelp("col:x", "x in that column; col=x its whole text"),
        ]
        if let main { lines.append(FilterHelp("\(main)>5", "numbers, money: < <= = >= >; alone \(main)")) }
        if let day {
            lines.append(
                FilterHelp("\(day)<+7d", "dates: 2026-12-01, 2026-12, 2026, today, +7d, -30d; alone \(day)"))
        }
        return lines + [
            FilterHelp("!x", "rows without x"),
            FilterHelp("~x", "letters of x in order"),
            FilterHelp("\"x y\"", "with the space"),
            FilterHelp("columns", columns.map(\.name).joined(separator: " ")),
        ]
    }
}
