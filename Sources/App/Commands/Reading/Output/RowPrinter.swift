import Marketplace

/// Prints the rows of a list in one of the formats.
struct RowPrinter<N: Noun> {
    let format: OutputFormat
    var columns: [Field<N.Row>]
    /// Where rows go; nil for the standard output.
    let file: OutputFile?
    private var hasBegun = false

    init(_ format: OutputFormat, _ columns: [Field<N.Row>], file: OutputFile? = nil) {
        self.format = format
        self.columns = columns
        self.file = file
    }

    /// Prints rows as they come; for formats that are streamed.
    mutating func print(_ rows: [N.Row], _ facts: Facts) throws {
        try begin()
        var text = ""
        for row in rows {
            switch format {
            case .jsonLines: text += N.json(row, facts).line + "\n"
            case .csv(let separator, _): text += CSVLine.line(csvCells(row, facts), separator: separator)
            case .ids: text += N.id(of: row).plainLine + "\n"
            default:
                text += columns.map { $0.plainValue(row, facts).plain.plainLine }.joined(separator: "\t") + "\n"
            }
        }
        if !text.isEmpty { try write(text) }
    }

    /// Prints what is there when no row is.
    mutating func begin() throws {
        guard !hasBegun else { return }
        hasBegun = true
        guard case .csv(let separator, let hasMark) = format else { return }
        let titles = columns.flatMap { field -> [String] in
            let name = field.column?.name ?? ""
            return isMoney(field) ? [name, name + "-currency"] : [name]
        }
        let line = CSVLine.line(titles.map { CSVLine.Cell(text: $0) }, separator: separator)
        try write((hasMark ? CSVLine.mark : "") + line)
    }

    /// Prints a list that is there as a whole.
    func print(_ rows: [N.Row], _ facts: Facts, _ coverage: Coverage, _ summary: ListSummary?) throws {
        guard case .json(let isIndented) = format else { return try printTable(rows, facts) }
        var envelope: JSON = ["coverage": coverage.json, "rows": .list(rows.map { N.json($0, facts) })]
        if let summary { envelope = envelope.adding([("summary", summary.json)]) }
        try printOutput(isIndented ? envelope.indented : envelope.line)
    }

    private func printTable(_ rows: [N.Row], _ facts: Facts) throws {
        guard case .table(let width, let isColoured) = format, !rows.isEmpty else { return }
        let titles = columns.map { field in
            TableText.Column(
                title: field.column?.title ?? "", isRightAligned: field.column?.isRightAligned ?? false,
                isFlexible: field.definition.map { $0.type == .text || $0.type == .list(.text) } ?? true)
        }
        let table = TableText(columns: titles, width: width, isColoured: isColoured)
        let lines = table.lines(rows.map { row in columns.map { $0.shown(row, facts) } })
        try printOutput(lines.joined(separator: "\n"))
    }

    private func csvCells(_ row: N.Row, _ facts: Facts) -> [CSVLine.Cell] {
        columns.flatMap { CSVLine.cells($0.plainValue(row, facts), isMoney: isMoney($0)) }
    }

    private func isMoney(_ field: Field<N.Row>) -> Bool { field.definition?.type == .money }

    private func write(_ text: String) throws {
        if let file { try file.write(Array(text.utf8)) } else { try writeOutput(Array(text.utf8)) }
    }
}
