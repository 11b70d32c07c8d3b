/// Rows of a table drawn ahead: where they stay as they are from one frame to the next, their cells are copied and their
/// texts are not made again. The selection and the marks are not in it.
public struct RowPictures<Row>: Sendable {
    public let width: Int
    /// The places of the list that are drawn.
    public private(set) var places: Range<Int>
    @usableFromInline let columns: [Table<Row>.Place]
    @usableFromInline let titles: [Cell]
    /// A line for each place. Each is kept by itself, so that a list that scrolls hands its lines on.
    @usableFromInline private(set) var lines: [[Cell]] = []

    /// The titles alone.
    /// - Parameter width: Columns of the screen that the table takes.
    public init(of table: Table<Row>, width: Int) {
        self.width = width
        places = 0..<0
        columns = table.layout(width: width - Table<Row>.margin - 1)
        titles = Self.line(width) { [columns] in table.drawTitles(columns, on: &$0, x: 0, y: 0) }
    }

    /// Draws the rows at `places`, and forgets others.
    /// - Parameter row: Asked only for those that are not drawn yet.
    @inlinable
    public mutating func draw(_ places: Range<Int>, row: (Int) -> Row) {
        let (columns, width) = (columns, width)
        replace(
            places,
            by: places.map { place in
                line(of: place) ?? Self.line(width) { Table<Row>.draw(row(place), columns, on: &$0, x: 0, y: 0) }
            })
    }

    /// The cells of `place`, when it is drawn.
    @inlinable
    func line(of place: Int) -> [Cell]? { places.contains(place) ? lines[place - places.lowerBound] : nil }

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
