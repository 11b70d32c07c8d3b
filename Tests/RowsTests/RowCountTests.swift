import Marketplace
import RowsSupport
import TestSupport
import Testing

@testable import Rows

/// Counting the rows that pass a filter, beside what a list shows.
@Suite struct `Counted rows` {
    private func count(_ text: String, _ rows: [Item], seats: [String: Int] = [:]) throws -> RowCount {
        var arranger = Arranger<Item>("counted")
        _ = arranger.receive(rows)
        var query = RowQuery(columns: Item.columns(seats))
        query.filter = try Item.parser.parse(text)
        query.order = SortOrder(column: "name")
        return try #require(arranger.counting(query).count(isCancelled: { false }))
    }

    private static let rows = (0..<10).map { place in
        Item(id: "\(place)", name: place < 5 ? "Aurora" : "Mail", owner: "7", state: place % 2 == 0 ? "new" : "done")
    }

    @Test(arguments: [
        // Filter, rows that pass, rows in doubt; seats are read of rows 0 to 3: 1, 2, 3, 4.
        ("", 10, 0), ("aurora", 5, 0), ("mail state=new", 2, 0), ("nothing", 0, 0), ("seats>=2", 3, 6),
        ("seats>=2 aurora", 3, 1), ("seats>9 aurora", 0, 1), ("!seats>=2 aurora", 1, 1), ("seats<=2 state=new", 1, 3),
    ])
    func `are those that surely pass and those in doubt`(text: String, passing: Int, doubtful: Int) throws {
        let counted = try count(text, Self.rows, seats: ["0": 1, "1": 2, "2": 3, "3": 4])
        #expect((counted.passing, counted.doubtful, counted.rows) == (passing, doubtful, 10))
        #expect(counted.coverage.map(\.rows) == (text.contains("seats") ? [4] : []))
    }

    @Test func `of any rows are as many as a list shows of rows that are read whole`() throws {
        var dice = Dice(seed: 9)
        let rows = Item.some(300, &dice)
        for text in ["aurora", "pro mail", "units>3", "state=busy nord", "!state=new price<5"] {
            var query = RowQuery(columns: Item.columns())
            query.filter = try Item.parser.parse(text)
            let counted = try count(text, rows, seats: Dictionary(uniqueKeysWithValues: rows.map { ($0.id, 1) }))
            #expect(counted.passing == query.arranged(rows, by: []).count)
            #expect(counted.doubtful == 0)
        }
    }

    @Test func `have a key that changes with the rows and with what the filter looks into alone`() throws {
        var arranger = Arranger<Item>("counted")
        _ = arranger.receive(Self.rows)
        func key(_ text: String, sparse: Int) throws -> RowCounting.Key {
            var query = RowQuery(columns: Item.columns())
            query.filter = try Item.parser.parse(text)
            query.sparseVersion = sparse
            return arranger.counting(query).key
        }
        #expect(try key("aurora", sparse: 1) == key("aurora", sparse: 1))
        #expect(try key("state=new", sparse: 1) == key("state=new", sparse: 2))
        #expect(try key("seats>1", sparse: 1) != key("seats>1", sparse: 2))
        let before = try key("aurora", sparse: 1)
        _ = arranger.receive(Self.rows)
        #expect(try key("aurora", sparse: 1) != before)
    }

    @Test func `of two lists are added`() throws {
        let one = try count("seats>=2", Self.rows, seats: ["0": 3])
        let sum = one + one
        #expect((sum.passing, sum.doubtful, sum.rows) == (2, 18, 20))
        #expect(sum.coverage.map(\.rows) == [2])
    }

    @Test func `leave what is shown alone, and stop when they are cancelled`() throws {
        var arranger = Arranger<Item>("counted")
        _ = arranger.receive(Self.rows)
        _ = arranger.arrange(RowQuery(columns: Item.columns()), keeping: nil, at: 0)
        var query = RowQuery(columns: Item.columns())
        query.filter = try Item.parser.parse("aurora")
        let counting = arranger.counting(query)
        #expect(counting.count(isCancelled: { true }) == nil)
        #expect(counting.count(isCancelled: { false })?.passing == 5)
        #expect(arranger.shown.count == 10)
    }
}
