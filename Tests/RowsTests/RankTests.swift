import FoundationEssentials
import Marketplace
import RowsSupport
import TestSupport
import Testing

@testable import Rows

@Suite struct `The order of a column` {
    /// A row with one text.
    private struct Text: Identifiable {
        var id: Int
        var text: String
    }

    /// Ranks by comparing all with all, `precedes` being the whole order.
    private func plainRanks<Value>(_ values: [Value?], by precedes: (Value, Value) -> Bool) -> [UInt32] {
        values.map { value in
            guard let value else { return .max }
            var below: [Value] = []
            for other in values.compactMap(\.self) where precedes(other, value) {
                if !below.contains(where: { !precedes($0, other) && !precedes(other, $0) }) { below.append(other) }
            }
            return UInt32(below.count)
        }
    }

    private func column(_ texts: [String], _ content: ListColumn<Text>.Content) -> EncodedColumn {
        var column = EncodedColumn(content.encodedKind)
        let rows = texts.enumerated().map { Text(id: $0.offset, text: $0.element) }
        ListColumn("text", nil, content).encode(rows, 0..<rows.count, into: &column)
        return column
    }

    private func ranks(_ texts: [String], _ content: ListColumn<Text>.Content) -> [UInt32] {
        let column = column(texts, content)
        let ranks = column.ranks()
        return texts.indices.map { ranks[column.code(ofRow: $0)] }
    }

    /// Digits alone by their number, then as numbers; other texts after them, by their bytes.
    private func precedes(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        func digits(_ text: [UInt8]) -> Int { text.allSatisfy { (48...57).contains($0) } ? text.count : .max }
        return digits(left) == digits(right) ? left.lexicographicallyPrecedes(right) : digits(left) < digits(right)
    }

    private func folded(_ text: String) -> [UInt8]? { text.isEmpty ? nil : Folding.folded(text) }

    @Test func `none and one`() {
        #expect(ranks([], .text(\.text)).isEmpty)
        #expect(ranks([], .unique(\.text)).isEmpty)
        #expect(ranks(["a"], .text(\.text)) == [0])
        #expect(ranks([""], .unique(\.text)) == [.max])
    }

    @Test func `a text that goes on comes after the one that ends, wherever in it that is`() {
        let texts = (0...40).map { String(repeating: "x", count: $0) }
        let expected = [UInt32.max] + (0..<40)
        #expect(ranks(texts, .text(\.text)) == expected)
        #expect(ranks(texts.map { $0 + " " }, .unique(\.text)) == (0...40).map { UInt32($0) })
    }

    @Test func `ids of digits sort as numbers by their length, before all others`() {
        let texts = [
            "10", "9", "09", "007", "7", "999999999999999999", "1000000000000000000", "9999999999999999999",
            "10000000000000000000", "99999999999999999999", "123456789012345678901234567890", "1a", "a", "", "9",
        ]
        #expect(
            ranks(texts, .unique(\.text)) == plainRanks(texts.map(folded), by: precedes))
        #expect(ranks(texts, .unique(\.text))[0...4] == [3, 1, 2, 4, 0])
    }

    @Test(arguments: 1...12) func `many texts sort as by comparing each two`(seed: UInt64) {
        var dice = Dice(seed: seed)
        let pieces = ["a", "b", "Aurora 365 ", "Søn", "作者", "0", "7", "42", "100000", " ", "same same same same "]
        let texts = (0..<dice.below(500)).map { _ in
            (0..<dice.below(5)).map { _ in dice.one(of: pieces) }.joined()
        }
        #expect(
            ranks(texts, .text(\.text))
                == plainRanks(texts.map(folded), by: { $0.lexicographicallyPrecedes($1) }))
        #expect(ranks(texts, .unique(\.text)) == plainRanks(texts.map(folded), by: precedes))
        // An order of its own comes first, and equal places in it are ordered by the words.
        @Sendable func own(_ text: String) -> Int { text.utf8.count % 3 - 1 }
        #expect(
            ranks(texts, .ranked { (own($0.text), $0.text) })
                == plainRanks(texts.map { text in folded(text).map { (own(text), $0) } }) { left, right in
                    left.0 == right.0 ? left.1.lexicographicallyPrecedes(right.1) : left.0 < right.0
                })
    }

    @Test(arguments: 1...6) func `moments and numbers below and above zero sort by their value`(seed: UInt64) {
        var dice = Dice(seed: seed)
        let values = (0..<400).map { _ -> Int64? in
            dice.below(9) == 0 ? nil : Int64.random(in: -3_000_000...3_000_000, using: &dice) << Int64(dice.below(30))
        }
        let expected = plainRanks(values, by: <)
        func ranks(_ content: ListColumn<Text>.Content) -> [UInt32] { self.ranks(values.map { _ in "" }, content) }
        #expect(ranks(.instant { row in values[row.id].map { Instant(millisecondsSince1970: $0) } }) == expected)
        #expect(ranks(.number { row in values[row.id].map { Int($0) } }) == expected)
    }

    @Test(arguments: 1...8) func `rows of equal value keep their order, either way, and those without come last`(
        seed: UInt64
    ) throws {
        var dice = Dice(seed: seed)
        let rows = Item.some(dice.below(3000), &dice)
        for column in ["units", "price", "day", "name", "state", "owner"] {
            for isDescending in [false, true] {
                var query = RowQuery(columns: Item.columns())
                query.order = SortOrder(column: column, isDescending: isDescending)
                var result = Arrangement<Item>()
                RowStore(rows, RowIdentities()).arrange(query) { result = $0 }
                let places = try #require(result.places).map { Int($0) }
                #expect(places.sorted() == Array(rows.indices))
                for (one, next) in zip(places, places.dropFirst()) {
                    switch (rows[one].rank(column, [:]), rows[next].rank(column, [:])) {
                    case (nil, let next): #expect(next == nil)
                    case (_, nil): break
                    case (let left?, let right?):
                        let isBefore = left.unicodeScalars.lexicographicallyPrecedes(right.unicodeScalars)
                        #expect(left == right ? one < next : isBefore != isDescending)
                    }
                    if rows[one].rank(column, [:]) == nil { #expect(one < next) }
                }
            }
        }
    }
}
