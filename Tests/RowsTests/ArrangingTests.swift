import Marketplace
import RowsSupport
import TestSupport
import Testing

@testable import Rows

@Suite struct `Filtering and sorting` {
    private struct Plain {
        /// The rows that pass, in order, found by looking at every one.
        static func arrange(_ rows: [Item], _ query: RowQuery<Item>, _ seats: [String: Int]) -> [String] {
            let passed = rows.filter { row in query.filter.terms.allSatisfy { row.meets($0, seats) } }
            guard let order = query.order else { return passed.map(\.id) }
            let keyed = passed.enumerated().map {
                (place: $0.offset, rank: $0.element.rank(order.column, seats), row: $0.element)
            }
            return keyed.sorted { left, right in
                guard let one = left.rank, let other = right.rank else {
                    return left.rank == nil && right.rank == nil ? left.place < right.place : left.rank != nil
                }
                if one == other { return left.place < right.place }
                let precedes = one.unicodeScalars.lexicographicallyPrecedes(other.unicodeScalars)
                return order.isDescending ? !precedes : precedes
            }.map(\.row.id)
        }
    }

    private func ids(_ arrangement: Arrangement<Item>) -> [String] {
        (0..<arrangement.count).map { arrangement.row(at: $0).id }
    }

    @Test(arguments: 1...24) func `edit by edit, with what is kept from before, all is as if done anew`(seed: UInt64)
        throws
    {
        var dice = Dice(seed: seed)
        // One list is longer than what is looked at in one go.
        let rows = Item.some(seed == 5 ? 4500 : [0, 1, 30, 200][Int(seed) % 4], &dice)
        var seats: [String: Int] = [:]
        var seatsVersion = 0
        let store = RowStore(rows, RowIdentities())
        var text = ""
        var order: SortOrder?
        for _ in 0..<40 {
            switch dice.below(8) {
            case 0: text = Item.filter(&dice)
            case 1, 2, 3: if !text.isEmpty { text.removeLast() }
            case 4: text += dice.one(of: ["a", "u", " ", "5", "!", "n", "0"])
            case 5: text += " " + Item.filter(&dice)
            case 6:
                order =
                    dice.below(3) == 0
                    ? nil
                    : SortOrder(column: dice.one(of: Item.columns().map(\.name)), isDescending: dice.below(2) == 0)
            default:
                if let row = rows.randomElement(using: &dice) { seats[row.id] = dice.below(6) }
                seatsVersion += 1
            }
            // A filter is begun, and perhaps given up or closed again.
            if dice.below(5) == 0 {
                var ready = RowQuery(columns: Item.columns(seats))
                ready.sparseVersion = seatsVersion
                var steps = dice.below(3)
                store.prepare(ready, withContacts: dice.below(2) == 0) {
                    steps -= 1
                    return steps < 0
                }
            }
            if dice.below(7) == 0 { store.free() }
            guard let filter = try? Item.parser.parse(text) else { continue }
            var query = RowQuery(columns: Item.columns(seats))
            query.filter = filter
            query.order = order
            query.sparseVersion = seatsVersion
            var last: Arrangement<Item>?
            // Some are given up on the way, as when the next key comes.
            var stepsLeft = dice.below(3) == 0 ? dice.below(4) : Int.max
            let isGivenUp = {
                stepsLeft -= 1
                return stepsLeft < 0
            }
            let take = { (result: Arrangement<Item>) in
                #expect(last?.isWhole != true)
                last = result
            }
            store.arrange(query, needsIndex: dice.below(9) == 0, isCancelled: isGivenUp, emit: take)
            let expected = Plain.arrange(rows, query, seats)
            guard let last, last.isWhole else {
                #expect(stepsLeft < 0)
                if let last { #expect(expected.starts(with: ids(last))) }
                continue
            }
            #expect(ids(last) == expected, "\(text) \(String(describing: order))")
            for _ in 0..<5 where !rows.isEmpty {
                let base = dice.below(rows.count)
                #expect(last.place(ofBase: base) == expected.firstIndex(of: rows[base].id))
                #expect(
                    last.place(of: rows[base].id, near: dice.below(rows.count))
                        == expected.firstIndex(of: rows[base].id) || !last.findsAll)
            }
        }
    }

    @Test func `names learned later are found then`() throws {
        let rows = [
            Item(id: "1", name: "a", owner: "7", state: "new"), Item(id: "2", name: "b", owner: "8", state: "new"),
        ]
        let store = RowStore(rows, RowIdentities())
        func found(_ names: [String: String], version: Int, _ text: String, order: SortOrder? = nil) throws -> [String]
        {
            var query = RowQuery(columns: [
                ListColumn<Item>("id", nil, .unique(\.id)),
                ListColumn("owner", nil, .lookup(key: \.owner) { [names[$0] ?? "account"] }),
            ])
            query.filter = try Item.parser.parse(text)
            query.order = order
            query.lookupVersion = version
            var result: [String] = []
            store.arrange(query) { result = ids($0) }
            return result
        }
        #expect(try found([:], version: 1, "nord").isEmpty)
        #expect(try found(["7": "Nord"], version: 2, "nord") == ["1"])
        #expect(try found(["7": "Z", "8": "A"], version: 3, "", order: SortOrder(column: "owner")) == ["2", "1"])
    }

    @Test func `a value that is gone is found no longer`() throws {
        let rows = (0..<3).map { Item(id: "\($0)", name: "a", owner: "7", state: "new") }
        let store = RowStore(rows, RowIdentities())
        var version = 0
        func found(_ seats: [String: Int], _ text: String) throws -> [String] {
            version += 1
            var query = RowQuery(columns: Item.columns(seats))
            query.filter = try Item.parser.parse(text)
            query.sparseVersion = version
            var result = Arrangement<Item>()
            store.arrange(query) { result = $0 }
            #expect(result.coverage == [.init(column: "seats", rows: seats.count)])
            return ids(result)
        }
        #expect(try found([:], "seats>0").isEmpty)
        #expect(try found(["0": 5, "2": 1], "seats>0") == ["0", "2"])
        #expect(try found(["1": 5, "2": 7], "seats=5") == ["1"])
        #expect(try found([:], "!seats=5").isEmpty)
    }

    @Test func `first results come before the last ones and are never wrong`() throws {
        var dice = Dice(seed: 5)
        let rows = Item.some(20_000, &dice)
        let store = RowStore(rows, RowIdentities())
        var query = RowQuery(columns: Item.columns())
        query.filter = try Item.parser.parse("aurora")
        var results: [Arrangement<Item>] = []
        store.arrange(query) { results.append($0) }
        #expect(results.count > 1)
        #expect(results.dropLast().allSatisfy { !$0.isWhole && $0.evaluatedCount > 0 })
        let whole = try ids(#require(results.last))
        for result in results { #expect(whole.starts(with: ids(result))) }
        // What a shorter filter left over is all that a longer one looks at, and it is not parcelled out again.
        var looked = 0
        query.filter = try Item.parser.parse("aurora son")
        let look = {
            looked += 1
            return false
        }
        store.arrange(query, isCancelled: look, emit: { _ in })
        #expect(looked * 4096 < 20_000)
    }

    @Test func `the rows of a value are found together`() {
        var dice = Dice(seed: 3)
        let rows = Item.some(500, &dice)
        var query = RowQuery(columns: Item.columns())
        query.grouped = "name"
        var result = Arrangement<Item>()
        RowStore(rows, RowIdentities()).arrange(query) { result = $0 }
        for (base, row) in rows.enumerated() {
            let members = result.groups?.members(with: base).map { Int($0) }
            #expect(members == rows.indices.filter { Folding.folded(rows[$0].name) == Folding.folded(row.name) })
        }
    }
}
