/// Rows of a table drawn ahead: where they stay as they are from one frame to the next, their cells are copied and their
/// texts are not made again. The selection and the marks are not in it.
public struct RowPictures: Sendable {
    /// The places of the list that are drawn.
    public let places: Range<Int>
    /// The titles, and under them a line for each place.
    @usableFromInline let canvas: Canvas

    @inlinable public var width: Int { canvas.size.columns }

    /// - Parameters:
    ///   - earlier: Pictures of the same rows in the same columns, as wide as these; what they hold is taken over.
    ///   - row: Asked only for rows that are not among the earlier ones.
    @inlinable
    public init<Row>(
        of table: Table<Row>, width: Int, places: Range<Int>, earlier: RowPictures?, row: (Int) -> Row
    ) {
        self.places = places
        let columns = table.layout(width: width - Table<Row>.margin - 1)
        var canvas = Canvas(size: Size(columns: width, rows: places.count + 1))
        table.drawTitles(columns, on: &canvas, x: 0, y: 0)
        for (line, place) in places.enumerated() {
            if let earlier, let known = earlier.line(of: place) {
                canvas.put(earlier.canvas.row(known), x: 0, y: line + 1)
            } else {
                table.draw(row(place), columns, on: &canvas, x: 0, y: line + 1)
            }
        }
        self.canvas = canvas
    }

    /// The line of the picture that shows `place`.
    @inlinable
    func line(of place: Int) -> Int? { places.contains(place) ? place - places.lowerBound + 1 : nil }
}
