import Marketplace
import TestSupport
import Testing

@testable import MarketplaceClient

/// Lists that are handed out page by page, for commands.
@Suite struct `Lists page by page` {
    private let transport = StubTransport()

    private func pages(_ query: OrderQuery = OrderQuery(), limit: Int = 500) -> RowPages<Order> {
        makeClient(transport).pages(of: .orders(query), limit: limit)
    }

    @Test func `hand out each row once, and say at the end that all came`() async throws {
        transport.expect("GET /orders?offset=0&limit=500", .ok(page(orderRows(0..<500), total: 700)))
        transport.expect("GET /orders?offset=500&limit=500", .ok(page(orderRows(498..<700), total: 702)))
        var pages = pages()
        let first = try #require(try await pages.next())
        #expect(first.rows.count == 500)
        #expect(!first.isLast)
        let second = try #require(try await pages.next())
        #expect(second.rows.map(\.id.rawValue) == (500..<700).map(String.init))
        #expect(second.isLast == second.isComplete)
        if second.isLast { #expect(try await pages.next() == nil) }
        transport.verify()
    }

    @Test func `ask for no more than the first page when its reader stops`() async throws {
        transport.expect("GET /orders?offset=0&limit=100", .ok(page(orderRows(0..<100), total: 700)))
        var pages = pages(limit: 100)
        let first = try #require(try await pages.next())
        #expect(first.rows.count == 100)
        #expect(first.total == 700)
        transport.verify()
    }

    @Test func `hand out apart the rows that a server should have left out`() async throws {
        transport.expect(
            "GET /orders?customerId=9&offset=0&limit=500",
            .ok(page([#"{"id":"1","customerId":"9"}"#, #"{"id":"2","customerId":"8"}"#], total: 2)))
        var pages = pages(OrderQuery(customer: "9"))
        let page = try #require(try await pages.next())
        #expect(page.rows.map(\.id) == ["1"])
        #expect(page.strangers.map(\.id) == ["2"])
        #expect(page.total == 2)
    }

    @Test func `read a list again whose total shrank, and hand out only what slipped past`() async throws {
        transport.expect("GET /orders?offset=0&limit=500", .ok(page(orderRows(0..<500), total: 503)))
        transport.expect("GET /orders?offset=500&limit=500", .ok(page(orderRows(501..<502), total: 501)))
        transport.expect("GET /orders?offset=0&limit=500", .ok(page(orderRows(2..<502), total: 501)))
        transport.expect("GET /orders?offset=500&limit=500", .ok(page(orderRows(502..<503), total: 501)))
        var pages = pages()
        var ids: [String] = []
        while let page = try await pages.next() { ids += page.rows.map(\.id.rawValue) }
        #expect(ids == ((0..<500).map(String.init) + ["501", "500", "502"]))
    }

    @Test func `count rows that cannot be understood`() async throws {
        transport.expect("GET /orders?offset=0&limit=500", .ok(page([#"{"id":"1"}"#, #"{"name":"x"}"#], total: 2)))
        var pages = pages()
        let page = try #require(try await pages.next())
        #expect(page.rows.count == 1)
        #expect(page.problems.map(\.index) == [1])
    }

    @Test func `know ids as numbers, and texts that look like numbers apart from them`() {
        var seen = SeenIDs<Order.ID>()
        seen.number = { UInt64($0.rawValue) }
        let ids: [Order.ID] = ["1", "64", "65", "a", "1", "a", "65", "129"]
        #expect(ids.map { seen.insert($0) } == [true, true, true, true, false, false, false, true])
        #expect(seen.count == 5)
    }
}
