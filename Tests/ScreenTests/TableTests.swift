import TestSupport
import Testing

@testable import Screen

@Suite struct `A table` {
    private struct Row {
        var id: Int
        var name: String
        var status: String
        var amount: String
    }

    private let table = Table<Row>([
        .init("Id", .whole(4), .first(1), alignment: .right) { (String($0.id), .plain) },
        .init("Name", .name(8, 40), .first(2)) { ($0.name, .plain) },
        .init("Status", .whole(8), .then(1)) { ($0.status, .plain) },
        .init("Amount", .whole(9), .then(2), alignment: .right) { ($0.amount, .plain) },
    ])
    private let rows = [
        Row(id: 1, name: "Jørgensen & Søn A/S", status: "active", amount: "1,234.50"),
        Row(id: 22, name: "作者出版社有限公司", status: "pending", amount: "0.99"),
        Row(id: 333, name: "Nordwind", status: "hold", amount: "12.00"),
    ]

    @Test(arguments: [60, 40, 24, 12])
    func `looks as it should`(_ width: Int) {
        var canvas = Canvas(size: Size(columns: width, rows: 5))
        var cursor = ListCursor<Int>()
        cursor.select(id: 22, in: rows.map(\.id))
        table.draw(on: &canvas, in: canvas.bounds, count: rows.count, cursor: cursor, focused: true) { rows[$0] }
        expectScreen(canvas.text, matches: "table-\(width)")
        #expect(canvas[0, 2].style.isSelected)
        #expect(!canvas[0, 1].style.isSelected)
    }

    @Test func `asks only for the rows in view`() {
        var canvas = Canvas(size: Size(columns: 40, rows: 4))
        let ids = 0..<1_000_000
        var cursor = ListCursor<Int>()
        cursor.select(id: 500_000, in: ids)
        cursor.scroll(count: ids.count, visible: 3)
        var asked: [Int] = []
        table.draw(on: &canvas, in: canvas.bounds, count: ids.count, cursor: cursor, focused: true) { index in
            asked.append(index)
            return rows[0]
        }
        #expect(asked == [499_998, 499_999, 500_000])
    }

    @Test func `draws each row that scrolls by once, and the same as without pictures`() {
        let list = (0..<30).map { Row(id: $0, name: "Name \($0)", status: "ok", amount: "\($0).00") }
        var asked: [Int] = []
        var pictures = RowPictures(of: table, width: 40)
        func draw(_ places: Range<Int>) {
            pictures.draw(places, inView: places) { place in
                asked.append(place)
                return list[place]
            }
        }
        draw(3..<8)
        draw(4..<10)
        #expect(asked == Array(3..<10))
        draw(20..<25)
        draw(4..<6)
        #expect(asked.count == 14)

        draw(18..<24)
        var cursor = ListCursor<Int>()
        cursor.select(id: 19, in: list.map(\.id))
        cursor.scroll(count: list.count, visible: 2)
        var (ahead, bare) = (Canvas(size: Size(columns: 40, rows: 3)), Canvas(size: Size(columns: 40, rows: 3)))
        table.draw(
            on: &ahead, in: ahead.bounds, count: list.count, cursor: cursor, focused: true, pictures: pictures
        ) { _ in
            Issue.record("a row that is drawn is asked for")
            return rows[0]
        }
        table.draw(on: &bare, in: bare.bounds, count: list.count, cursor: cursor, focused: true) { list[$0] }
        #expect(ahead == bare)
        #expect(ahead.text.contains("Name 19"))
    }
}

@Suite struct `Golden files` {
    @Test func `show the lines that differ`() {
        #expect(LineDifference.describe("a\nb", expected: "a\nb") == nil)
        #expect(LineDifference.describe("a\nb", expected: "a\nb\n") == "  3 - |")
        #expect(LineDifference.describe("a\nx\nc", expected: "a\nb\nc") == "  2 - b|\n  2 + x|")
        #expect(LineDifference.describe("a", expected: "a\nb") == "  2 - b|")
        #expect(LineDifference.describe("e\u{301}", expected: "\u{E9}") != nil)
    }
}
