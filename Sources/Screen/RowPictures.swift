/// Rows of a table drawn ahead: where they stay as they are from one frame to the next, their cells are copied and their
/// texts are not made again. The selection and the marks are not in it.
public struct RowPictures: Sendable {
    /// The places of the list that are drawn.
    public let places: Range<Int>
    public let width: Int
    @usableFromInline let titles: [Cell]
    /// A line for each place. Each is kept by itself, so that a list that scrolls hands its lines on.
    @usableFromInline let lines: [[Cell]]

    /// - Parameters:
    ///   - earlier: Pictures of the same rows in the same columns, as wide as these; what they hold is taken over.
    ///   - row: Asked only for rows that are not among the earlier ones.
    @inlinable
    public init<Row>(
        of table: Table<Row>, width: Int, places: Range<Int>, earlier: RowPictures?, row: (Int) -> Row
    ) {
        self.places = places
        self.width = width
        let columns = table.layout(width: width - Table<Row>.margin - 1)
        func line(_ draw: (inout Canvas) -> Void) -> [Cell] {
            var canvas = Canvas(size: Size(columns: width, rows: 1))
            draw(&canvas)
            return canvas.cells
        }
        titles = earlier?.titles ?? line { table.drawTitles(columns, on: &$0, x: 0, y: 0) }
        lines = places.map { place in
            earlier?.line(of: place) ?? line { table.draw(row(place), columns, on: &$0, x: 0, y: 0) }
        }
    }

    /// The cells of `place`.
    @inlinable
    func line(of place: Int) -> [Cell]? { places.contains(place) ? lines[place - places.lowerBound] : nil }
}
