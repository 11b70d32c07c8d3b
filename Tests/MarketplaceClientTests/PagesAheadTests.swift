import Marketplace
import MarketplaceClient
import Testing

/// Pages that are asked for before it is their turn.
@Suite struct `Pages ahead` {
    private let transport = StubTransport()
    private let clock = ManualClock()

    private func line(_ offset: Int) -> String { "GET /orders?offset=\(offset)&limit=\(offset == 0 ? 100 : 500)" }

    /// The page at `offset` of a server that has so many rows.
    private func reply(_ offset: Int, of rows: Int, total: Int? = nil) -> StubTransport.Reply {
        let end = min(rows, offset + (offset == 0 ? 100 : 500))
        return .ok(page(orderRows(min(offset, end)..<end), total: total ?? rows))
    }

    @Test func `are in flight beside the one whose turn it is, and come in order`() async throws {
        let (third, fourth) = (Gate(), Gate())
        transport.expect(line(0), reply(0, of: 2_100))
        transport.expect(line(100), reply(100, of: 2_100))
        transport.expect(line(600), .after(third, reply(600, of: 2_100)))
        transport.expect(line(1_100), .after(fourth, reply(1_100, of: 2_100)))
        transport.expect(line(1_600), reply(1_600, of: 2_100))
        let client = makeClient(transport)
        async let listing = client.orderLists.value(for: OrderQuery())
        // Neither has its answer when the other is asked for.
        await third.isReached()
        await fourth.isReached()
        fourth.open()
        third.open()
        #expect(try await listing.rows.map(\.id.rawValue) == (0..<2_100).map(String.init))
        #expect(try await listing.isComplete)
        transport.verify()
    }

    @Test func `are no more calls than pages, and the last page is asked for where most of it is sure`() async throws {
        for (rows, offsets) in [(100, [0]), (600, [0, 100]), (601, [0, 100, 600]), (1_101, [0, 100, 600, 1_100])] {
            let transport = StubTransport()
            for offset in offsets { transport.expect(line(offset), reply(offset, of: rows)) }
            let listing = try await makeClient(transport).orderLists.value(for: OrderQuery())
            #expect(listing.rows.count == rows && listing.isComplete)
            transport.verify()
        }
    }

    @Test func `are read one by one again when the list shrinks, without a call beyond its end`() async throws {
        transport.expect(line(0), reply(0, of: 5_000))
        transport.expect(line(100), reply(100, of: 5_000, total: 1_300))
        transport.expect(line(600), reply(600, of: 1_300))
        transport.expect(line(1_100), reply(1_100, of: 1_300))
        // Rows may have slipped past: it is read through again, as without reading ahead.
        for offset in [0, 500, 1_000] {
            transport.expect(
                "GET /orders?offset=\(offset)&limit=500",
                .ok(page(orderRows(offset..<min(1_300, offset + 500)), total: 1_300)))
        }
        let listing = try await makeClient(transport).orderLists.value(for: OrderQuery())
        #expect(listing.rows.count == 1_300 && listing.isComplete)
        transport.verify()
    }

    @Test func `are stopped when the end of the list comes nearer while they are in flight`() async throws {
        let (third, beyond) = (Gate(), Gate())
        transport.expect(line(0), reply(0, of: 2_100))
        transport.expect(line(100), reply(100, of: 2_100))
        transport.expect(line(600), .after(third, reply(600, of: 900)))
        transport.expect(line(1_100), .after(beyond, reply(1_100, of: 2_100)))
        for offset in [0, 500] {
            transport.expect(
                "GET /orders?offset=\(offset)&limit=500",
                .ok(page(orderRows(offset..<min(900, offset + 500)), total: 900)))
        }
        let client = makeClient(transport)
        async let listing = client.orderLists.value(for: OrderQuery())
        await beyond.isReached()
        third.open()
        // The gate of the page beyond the end never opens: nobody waits for it.
        #expect(try await listing.rows.count == 900)
        transport.verify()
    }

    @Test func `follow a server that sends fewer rows than it is asked for`() async throws {
        transport.expect(line(0), .ok(page(orderRows(0..<100), total: 900)))
        for start in stride(from: 100, to: 900, by: 200) {
            transport.expect(line(start), .ok(page(orderRows(start..<start + 200), total: 900)))
        }
        let listing = try await makeClient(transport).orderLists.value(for: OrderQuery())
        #expect(listing.rows.map(\.id.rawValue) == (0..<900).map(String.init))
        transport.verify()
    }

    @Test func `pass on an error where its page would have come`() async throws {
        transport.expect(line(0), reply(0, of: 2_600))
        transport.expect(line(100), reply(100, of: 2_600))
        transport.expect(line(600), reply(600, of: 2_600))
        transport.expect(line(1_100), .answer(400, #"{"message":"no"}"#))
        transport.expect("GET /orders?offset=*", reply(1_600, of: 2_600), reply(2_100, of: 2_600))
        let client = makeClient(transport)
        let error = await failure { () async throws(MarketplaceError) in
            try await client.orderLists.value(for: OrderQuery())
        }
        guard case .rejected? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `are not asked for by who may stop after any page`() async throws {
        transport.expect("GET /orders?offset=0&limit=500", .ok(page(orderRows(0..<500), total: 5_000)))
        transport.expect("GET /orders?offset=500&limit=500", .ok(page(orderRows(500..<1_000), total: 5_000)))
        transport.expect("GET /orders?offset=1000&limit=500", .ok(page(orderRows(1_000..<1_500), total: 5_000)))
        let client = makeClient(transport)
        var pages = client.pages(of: .orders(OrderQuery()))
        for _ in 0..<3 { _ = try await pages.next() }
        transport.verify()
    }

    @Test func `are not asked for by the index`() async throws {
        let gate = Gate()
        func line(_ offset: Int) -> String { "GET /subscriptions?offset=\(offset)&limit=500" }
        for offset in [0, 500, 1_000] { transport.expect(line(offset), .ok(page(rows(offset), total: 5_000))) }
        transport.expect(line(1_500), .after(gate, .ok(page(rows(1_500), total: 5_000))))
        let client = makeClient(transport)
        let task = Task { try await client.index.run() }
        await gate.isReached()
        #expect(transport.lines == [0, 500, 1_000, 1_500].map(line))
        task.cancel()
    }

    private func rows(_ start: Int) -> [String] {
        (start..<start + 500).map { #"{"id":"\#($0)","customerId":"7","status":"active"}"# }
    }
}
