/// Rows of a table drawn ahead: where they stay as they are from one frame to the next, their cells are copied and their
/// texts are not made again. The selection and the marks are not in it.
///
/// The columns are laid out for the longest cells of the rows in view. A longer one that comes into view makes its column
/// wider, and nothing makes it narrower as long as the list is arranged as it is: columns do not jump to and fro while
/// one scrolls. Only rows in view are measured, each once when it comes into view.
public struct RowPictures<Row>: Sendable {
    public let width: Int
    /// The places of the list that are drawn.
    public private(set) var places: Range<Int> = 0..<0
    public let columns: [Table<Row>.Column]
    /// The columns as they are laid out.
    public private(set) var layout: [Table<Row>.Place]
    @usableFromInline private(set) var titles: [Cell] = []
    /// A line for each place. Each is kept by itself, so that a list that scrolls hands its lines on.
    @usableFromInline private(set) var lines: [[Cell]] = []
    /// The columns that can have a place.
    @usableFromInline let candidates: [Int]
    /// The longest cell of each column among the rows that were in view.
    public private(set) var longest: [Int]
    /// The rows that are measured: those that were in view last.
    @usableFromInline private(set) var measured: Range<Int> = 0..<0

    /// Where columns keep their look in a selected row, from the table's left end on.
    @usableFromInline var tones: [Range<Int>] {
        layout.compactMap { place in
            let start = Table<Row>.margin + place.x
            return columns[place.column].keepsTone ? start..<(start + place.width) : nil
        }
    }

    /// The names of the columns that have a place.
    public var shown: [String] { layout.map { columns[$0.column].name } }

    /// The titles alone.
    /// - Parameters:
    ///   - width: Columns of the screen that the table takes.
    ///   - longest: The longest cells before, where the same rows are drawn again.
    public init(of table: Table<Row>, width: Int, longest: [Int]? = nil) {
        self.width = width
        columns = table.columns
        candidates = ColumnLayout.candidates(
            table.columns.map { ($0.cells, $0.rank, TerminalText.width(of: $0.heading)) },
            in: width - Table<Row>.margin - 1)
        let empty = Array(repeating: 0, count: table.columns.count)
        self.longest = longest.map { $0.count == empty.count ? $0 : empty } ?? empty
        layout = []
        layOut()
    }

    /// Draws the rows at `places`, and forgets others.
    /// - Parameters:
    ///   - inView: Those of them that are on the screen: the columns are laid out for these.
    ///   - row: Asked only for those that are not drawn yet, and for all when the columns move.
    @inlinable
    public mutating func draw(_ places: Range<Int>, inView: Range<Int>, row: (Int) -> Row) {
        var made: [Int: (row: Row, texts: [(String, Style)])] = [:]
        var found = longest
        for place in inView where !measured.contains(place) {
            let own = row(place)
            let texts = texts(of: own)
            for column in candidates {
                let width = TerminalText.width(of: texts[column].0)
                if width > found[column] { found[column] = width }
            }
            made[place] = (own, texts)
        }
        let isMoved = settle(found, measured: inView)
        let (layout, width, table) = (layout, width, Table(columns))
        replace(
            places,
            by: places.map { place in
                if !isMoved, let line = line(of: place) { return line }
                let own = made[place]
                return Self.line(width) {
                    table.draw(own?.row ?? row(place), texts: own?.texts, layout, on: &$0, x: 0, y: 0)
                }
            })
    }

    /// How many columns of the screen a column needs that is to be shown and has no place; nil for others.
    public func lack(of name: String) -> Int? {
        guard let column = columns.firstIndex(where: { $0.name == name }),
            !layout.contains(where: { $0.column == column })
        else { return nil }
        return Table(columns).needs(longest: longest)[column].least
    }

    /// Whether there are rows among `inView` for which the columns are not laid out yet.
    public func isUnmeasured(_ inView: Range<Int>) -> Bool { !measured.contains(inView) }

    /// The texts of the columns that can have a place.
    @inlinable
    func texts(of row: Row) -> [(String, Style)] {
        var texts = Array(repeating: ("", Style.plain), count: columns.count)
        for column in candidates { texts[column] = columns[column].text(row) }
        return texts
    }

    /// The cells of `place`, when it is drawn.
    @inlinable
    func line(of place: Int) -> [Cell]? { places.contains(place) ? lines[place - places.lowerBound] : nil }

    /// Takes the longest cells.
    /// - Returns: Whether the columns have other places now.
    @usableFromInline
    mutating func settle(_ found: [Int], measured rows: Range<Int>) -> Bool {
        measured = rows
        guard found != longest else { return false }
        longest = found
        let before = layout
        layOut()
        return before != layout
    }

    private mutating func layOut() {
        let table = Table(columns)
        layout = table.layout(width: width - Table<Row>.margin - 1, longest: longest)
        titles = Self.line(width) { [layout] in table.drawTitles(layout, on: &$0, x: 0, y: 0) }
    }

    @usableFromInline
    mutating func replace(_ places: Range<Int>, by lines: [[Cell]]) {
        self.places = places
        self.lines = lines
    }

    @usableFromInline
    static func line(_ width: Int, _ draw: (inout Canvas) -> Void) -> [Cell] {
        var canvas = Canvas(size: Size(columns: width, rows: 1))
        draw(&canvas)
        return canvas.cells
    }
}
