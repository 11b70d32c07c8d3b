/// The filter language in a few lines, for the help of a view.
enum FilterHelp {
    static func rows(_ columns: [FilterColumn]) -> [KeyHelp] {
        guard !columns.isEmpty else { return [] }
        let names = columns.map(\.name).joined(separator: ", ")
        let main = columns.first { $0.kind == .number || $0.kind == .money }?.name
        let day = columns.first { $0.kind == .date }?.name
        var rows = [
            KeyHelp("in a filter", "words in any order, without case and accents; \"two words\" in quotes"),
            KeyHelp("!x  ~x", "rows without x; rows with the letters of x in order"),
            KeyHelp("col:x", "x in that column, named or begun: \(names); col=x its whole text"),
        ]
        if let main {
            rows.append(KeyHelp(">5  \(main)>=5", "numbers and money by <, <=, =, >=, >; \(main) when none is named"))
        }
        if let day {
            rows.append(
                KeyHelp(
                    "<2026-12-01", "dates: a day, 2026-12, 2026, today, +30d, -7d; \(day) when no column is named"))
        }
        for index in rows.indices { rows[index].topic = .filters }
        return rows
    }
}
