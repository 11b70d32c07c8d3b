import FoundationEssentials
import Marketplace
import Screen

/// A csv file as a list: its first line names the columns, where it is one of names, and each further line is a row.
public struct CSVTable: Equatable, Sendable {
    /// A line of the file.
    public struct Row: Identifiable, Sendable {
        /// The number of the line among those that hold something, from 1 on.
        public let id: Int
        let file: CSVFile

        /// The text of a cell; empty where the line is shorter.
        public subscript(column: Int) -> String { file[id - 1, column] }
        /// How many cells it has.
        public var count: Int { file.cellCount(id - 1) }
    }

    /// What the cells of a column are, as far as the first thousand rows say.
    enum Kind: Sendable { case text, number, date, moment }

    public let file: CSVFile
    /// Whether the first line names the columns.
    public let hasHeader: Bool
    /// The titles of the columns, which need not differ.
    public let titles: [String]
    /// The names of the columns in filters: letters, and each another one.
    public let names: [String]
    private let kinds: [Kind]
    private let widths: [Int]

    public static func == (left: CSVTable, right: CSVTable) -> Bool {
        left.file === right.file && left.hasHeader == right.hasHeader
    }

    /// More columns are not shown: nobody finds one among them.
    public static let mostColumns = 400
    private static let looked = 1000
    private static let widest = 30

    /// - Parameter hasHeader: Whether the first line names the columns; nil to find out.
    public init(_ file: CSVFile, hasHeader: Bool? = nil) {
        self.file = file
        let header = hasHeader ?? Self.hasHeader(file)
        self.hasHeader = header
        let columns = 0..<min(file.mostCells, Self.mostColumns)
        titles = columns.map { column in
            let title = header ? Self.oneLine(file[0, column]) : ""
            return title.isEmpty ? "column \(column + 1)" : title
        }
        names = Self.names(of: titles)
        let first = header ? 1 : 0
        let rows = first..<max(first, min(file.count, first + Self.looked))
        kinds = columns.map { column in Self.kind(rows.lazy.map { file[$0, column] }) }
        let titles = titles
        widths = columns.map { column in
            let cells = rows.lazy.map { TerminalText.width(of: file[$0, column].prefix(Self.widest)) }
            return min(Self.widest, max(TerminalText.width(of: titles[column]), cells.max() ?? 0))
        }
    }

    public var columnCount: Int { titles.count }

    /// Columns that are left out because there are more than ``mostColumns``.
    public var hiddenColumns: Int { max(0, file.mostCells - titles.count) }

    /// Makes the rows; asked for once, beside the screen where there are many.
    public func rows() -> [Row] {
        (hasHeader ? 2..<max(2, file.count + 1) : 1..<file.count + 1).map { Row(id: $0, file: file) }
    }

    public var rowCount: Int { max(0, file.count - (hasHeader ? 1 : 0)) }

    /// All columns; those from `first` on are drawn, as far as they fit, after the very first one.
    public func columns(from first: Int = 1) -> [ListColumn<Row>] {
        titles.indices.map { column in
            ListColumn(names[column], isDrawn(column, from: first) ? look(of: column) : nil, content(of: column))
        }
    }

    private func isDrawn(_ column: Int, from first: Int) -> Bool { column == 0 || column >= first }

    private func look(of column: Int) -> Table<Row?>.Column {
        let width = widths[column]
        return Table<Row?>.Column(
            TerminalText.cut(titles[column], to: width), .whole(width), column == 0 ? .first(1) : .then(column),
            alignment: kinds[column] == .number ? .right : .left
        ) { row in
            // An empty cell keeps the place of its column.
            guard let cell = row.map({ Self.oneLine($0[column]) }), !cell.isEmpty else { return (" ", .plain) }
            return (TerminalText.cut(cell, to: width), .plain)
        }
    }

    private func content(of column: Int) -> ListColumn<Row>.Content {
        switch kinds[column] {
        case .text: .text { $0[column] }
        case .number: .money { row in Self.number(row[column]).map { Money($0, "") } }
        case .date: .date { CalendarDate($0[column]) }
        case .moment: .instant { Instant($0[column]) }
        }
    }

    // MARK: Finding out

    /// A line of names: at least one, each another one, and none is a number or a date. A file of one line has rows only
    /// when that line holds a number or a date.
    private static func hasHeader(_ file: CSVFile) -> Bool {
        guard file.count > 0 else { return false }
        var seen: Set<String> = []
        for column in 0..<file.cellCount(0) {
            let cell = oneLine(file[0, column])
            // Programs end each line with a separator, or leave the column of numbers without a name.
            if cell.isEmpty { continue }
            if kind(CollectionOfOne(cell)) != .text || !seen.insert(cell).inserted { return false }
        }
        return !seen.isEmpty
    }

    private static func kind(_ cells: some Sequence<String>) -> Kind {
        var (isNumber, isDate, isMoment, isFilled) = (true, true, true, false)
        for cell in cells where !cell.isEmpty {
            isFilled = true
            if isNumber { isNumber = number(cell) != nil }
            if isDate { isDate = cell.utf8.count == 10 && CalendarDate(cell) != nil }
            if isMoment { isMoment = cell.utf8.count > 10 && Instant(cell) != nil }
            if !isNumber, !isDate, !isMoment { return .text }
        }
        return !isFilled ? .text : isNumber ? .number : isDate ? .date : isMoment ? .moment : .text
    }

    /// A number as programs write it, with a point. What begins with a zero, or has very many digits, is an id.
    private static func number(_ cell: String) -> Decimal? {
        let digits = cell.first == "-" ? cell.dropFirst() : cell[...]
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let whole = parts.first, whole.count < 7 || parts.count == 2, whole.count < 16,
            whole.count == 1 || whole.first != "0"
        else { return nil }
        return Decimal(string: cell)
    }

    /// The text without line ends, and without blanks around it.
    private static func oneLine(_ text: String) -> String {
        let words = text.split { $0.isNewline || $0 == "\t" }.joined(separator: " ")
        return String(words.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }

    /// `Order Number` is `order-number`, and the second of that name `order-number-b`.
    private static func names(of titles: [String]) -> [String] {
        var used: Set<String> = []
        return titles.enumerated().map { place, title in
            let words = title.lowercased().split { !$0.isLetter }
            let base = title == "column \(place + 1)" ? "column-" + letters(place) : words.joined(separator: "-")
            let name = base.isEmpty ? "column-" + letters(place) : base
            var unique = name
            var more = 1
            while !used.insert(unique).inserted {
                unique = name + "-" + letters(more)
                more += 1
            }
            return unique
        }
    }

    /// A column's number as spreadsheets write it: `a` to `z`, then `aa`.
    private static func letters(_ number: Int) -> String {
        let letter = String(Character(Unicode.Scalar(UInt8(97 + number % 26))))
        return number < 26 ? letter : letters(number / 26 - 1) + letter
    }
}
