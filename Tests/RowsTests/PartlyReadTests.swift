import Marketplace
import RowsSupport
import TestSupport
import Testing

@testable import Rows

/// Filters and orders that look into values of which some rows were not read.
@Suite struct `Rows that are partly read` {
    private static let rows = (0..<10).map { place in
        Item(id: "\(place)", name: place < 5 ? "Aurora" : "Mail", owner: "7", state: place % 2 == 0 ? "new" : "done")
    }

    /// - Parameter codes: The texts of the rows that were read; empty for those that have none.
    private func columns(_ codes: [String: String], _ seats: [String: Int] = [:]) -> [ListColumn<Item>] {
        Item.columns(seats) + [
            ListColumn(
                "code", nil,
                .sparse(kind: .text) { codes.map { ($0.key, $0.value.isEmpty ? nil : .lines([$0.value])) } })
        ]
    }

    private func arranged(
        _ text: String, _ columns: [ListColumn<Item>], order: SortOrder? = nil, in store: RowStore<Item>? = nil
    ) throws -> Arrangement<Item> {
        var query = RowQuery(columns: columns)
        query.filter = try FilterParser(columns: columns.filterColumns(), today: Item.today).parse(text)
        query.order = order
        query.countsUnread = true
        query.namesHindrance = true
        var result = Arrangement<Item>()
        (store ?? RowStore(Self.rows, RowIdentities())).arrange(query) { result = $0 }
        return result
    }

    private func ids(_ result: Arrangement<Item>) -> [String] { (0..<result.count).map { result.row(at: $0).id } }
    private func unread(_ result: Arrangement<Item>) -> [Int32] { result.unread }

    @Test func `plain words leave those in doubt that they do not find and that were not read`() throws {
        let result = try arranged("aurora", columns(["5": "AURORA-1", "6": "", "0": "X"]))
        #expect(ids(result) == ["0", "1", "2", "3", "4", "5"])
        #expect(unread(result) == [7, 8, 9] && result.doubtfulCount == 3)
        #expect(result.coverage == [.init(column: "code", rows: 3, isNamed: false)])
    }

    @Test func `a term that the list itself answers leaves less to be read`() throws {
        let result = try arranged("xyz state=new", columns(["0": "XYZ-1"]))
        #expect(ids(result) == ["0"])
        #expect(unread(result) == [2, 4, 6, 8])
        #expect(try unread(arranged("state=new", columns([:]))).isEmpty)
    }

    @Test func `what passes only because it was not read is in doubt too`() throws {
        let result = try arranged("!code:xyz state=new", columns(["0": "XYZ-1", "2": "A"]))
        #expect(ids(result) == ["2", "4", "6", "8"])
        #expect(unread(result) == [4, 6, 8])
    }

    @Test func `a row that was read and has no value is read`() throws {
        let all = Dictionary(uniqueKeysWithValues: Self.rows.map { ($0.id, "") })
        let result = try arranged("code:a", columns(all))
        #expect(result.count == 0 && unread(result).isEmpty)
        #expect(result.coverage == [.init(column: "code", rows: 10)])
    }

    @Test func `an order by values of which some were not read leaves the place of these in doubt`() throws {
        let result = try arranged("", columns([:], ["3": 7, "8": 1]), order: SortOrder(column: "seats"))
        #expect(ids(result).prefix(2) == ["8", "3"])
        #expect(unread(result) == [0, 1, 2, 4, 5, 6, 7, 9] && result.doubtfulCount == 0)
        let both = try arranged("code:x", columns(["0": "X", "1": "X"], ["1": 5]), order: SortOrder(column: "seats"))
        #expect(ids(both) == ["1", "0"])
        #expect(unread(both) == [0, 2, 3, 4, 5, 6, 7, 8, 9] && both.doubtfulCount == 8)
    }

    @Test func `a longer filter looks at all that a shorter one found or left in doubt`() throws {
        let store = RowStore(Self.rows, RowIdentities())
        let columns = columns(["9": "AU-1"])
        _ = try arranged("au", columns, in: store)
        let result = try arranged("aurora", columns, in: store)
        #expect(ids(result) == ["0", "1", "2", "3", "4"])
        #expect(unread(result) == [5, 6, 7, 8])
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>) func `whatever is read later was found or in doubt before`(
        seed: UInt64
    ) throws {
        var dice = Dice(seed: seed)
        let rows = Item.some(60, &dice)
        let words = ["a", "!a", "code:r", "!code:r", "seats>3", "!seats>3", "state=new", "pro", "~ao"]
        let text = (0...dice.below(3)).map { _ in dice.one(of: words) }.joined(separator: " ")
        var (codes, seats): ([String: String], [String: Int]) = ([:], [:])
        for row in rows {
            codes[row.id] = dice.one(of: ["", "AR", "PRO", "x"])
            seats[row.id] = dice.below(8)
        }
        let isRead = Set(rows.filter { _ in dice.below(2) == 0 }.map(\.id))
        func arranged(_ isRead: (String) -> Bool) throws -> Arrangement<Item> {
            let (codes, seats) = (codes.filter { isRead($0.key) }, seats.filter { isRead($0.key) })
            return try self.arranged(text, columns(codes, seats), in: RowStore(rows, RowIdentities()))
        }
        let (part, whole) = (try arranged(isRead.contains), try arranged { _ in true })
        let doubtful = Set(part.unread.map { rows[Int($0)].id })
        #expect(whole.unread.isEmpty)
        #expect(doubtful.isDisjoint(with: isRead))
        let before = Set(ids(part))
        #expect(Set(ids(whole)).subtracting(before).isSubset(of: doubtful), "\(text)")
        #expect(before.subtracting(ids(whole)).isSubset(of: doubtful), "\(text)")
    }

    @Test func `the last term without which rows pass is named where nothing does`() throws {
        let all = Dictionary(uniqueKeysWithValues: Self.rows.map { ($0.id, "") })
        #expect(try arranged("aurora state=busy", columns(all)).hindrance == .init(term: 1, count: 5))
        #expect(try arranged("nothing state=new", columns(all)).hindrance == .init(term: 0, count: 5))
        #expect(try arranged("nothing state=busy", columns(all)).hindrance == nil)
        #expect(try arranged("nothing", columns(all)).hindrance == nil)
        #expect(try arranged("aurora state=busy", columns([:])).hindrance == nil)
    }

    @Test func `a part of a column is searched with it and has no name of its own`() throws {
        let part = ListColumn<Item>("more", nil, .sparse(kind: .text) { [("7", .lines(["Extra"]))] }, partOf: "name")
        let result = try arranged("name:extra", Item.columns() + [part])
        #expect(ids(result) == ["7"])
        #expect(result.coverage == [.init(column: "name", rows: 1)])
        #expect(throws: FilterProblem.self) { try arranged("more:extra", Item.columns() + [part]) }
    }
}
