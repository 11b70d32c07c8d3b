import Marketplace
import RowsSupport
import TestSupport
import Testing

@testable import Rows

@Suite struct `What is computed of rows` {
    private let store: RowStore<Item>
    private let rowCount = 5000
    private let query = RowQuery(columns: Item.columns())

    init() {
        var dice = Dice(seed: 11)
        store = RowStore(Item.some(rowCount, &dice), RowIdentities())
    }

    @Test func `is enough for words once it was prepared, and is freed as a whole`() throws {
        store.prepare(query, isCancelled: { false })
        let prepared = store.bytes
        var filtered = query
        filtered.filter = try Item.parser.parse("aurora")
        store.arrange(filtered) { _ in }
        #expect(prepared > rowCount * 4 && store.bytes == prepared)
        store.free()
        #expect(store.bytes == 0)
    }

    @Test func `for words stays when what another order needed is freed`() {
        store.prepare(query, isCancelled: { false })
        let prepared = store.bytes
        var sorted = query
        sorted.order = SortOrder(column: "moment")
        store.arrange(sorted) { _ in }
        #expect(store.bytes > prepared)
        store.free(butSearchedBy: sorted)
        #expect(store.bytes == prepared)
        store.free()
        #expect(store.bytes == 0)
    }
}
