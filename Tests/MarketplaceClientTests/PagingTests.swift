import Marketplace
import MarketplaceClient
import TestSupport
import Testing

@Suite struct PagingTests {
    private let transport = StubTransport()

    private func orders() async throws -> Listing<Order> {
        try await makeClient(transport).orderLists.value(for: OrderQuery())
    }

    @Test func `the first page is small, later ones large, and each begins where the rows received end`() async throws {
        transport.expect("GET /orders?offset=0&limit=100", .ok(page(orderRows(0..<100), total: 650)))
        transport.expect("GET /orders?offset=100&limit=500", .ok(page(orderRows(100..<300), total: 650)))
        transport.expect("GET /orders?offset=300&limit=500", .ok(page(orderRows(300..<650), total: 650)))
        let listing = try await orders()
        #expect(listing.rows.map(\.id.rawValue) == (0..<650).map(String.init))
        #expect(listing.total == 650)
        #expect(listing.isComplete)
        transport.verify()
    }

    @Test func `a list without pagination ends at an empty page`() async throws {
        transport.expect("GET /orders?offset=0&limit=100", .ok(page(orderRows(0..<3), total: nil)))
        transport.expect("GET /orders?offset=3&limit=500", .ok(page([], total: nil)))
        let listing = try await orders()
        #expect(listing.rows.count == 3)
        #expect(listing.total == nil)
        #expect(listing.isComplete)
        transport.verify()
    }

    @Test func `a server that ignores the offset is noticed`() async throws {
        transport.expect("GET /orders?offset=0&limit=100", .ok(page(orderRows(0..<3), total: nil)))
        transport.expect("GET /orders?offset=3&limit=500", .ok(page(orderRows(0..<3), total: nil)))
        let listing = try await orders()
        #expect(listing.rows.count == 3)
        #expect(listing.isComplete)
        transport.verify()
    }

    @Test func `a server that ignores the offset and reports a total is not asked for all its pages`() async throws {
        for offset in [0, 100, 200] {
            transport.expect(
                "GET /orders?offset=\(offset)&limit=\(offset == 0 ? 100 : 500)",
                .ok(page(orderRows(0..<100), total: 20_600)))
        }
        let listing = try await orders()
        #expect(listing.rows.count == 100)
        #expect(listing.total == 20_600)
        #expect(!listing.isComplete)
        transport.verify()
    }

    @Test(arguments: [nil, 1_000_000_000]) func `rows without an id are not asked for again and again`(
        total: Int?
    ) async throws {
        for offset in 0..<(total == nil ? 1 : 2) {
            transport.expect(
                "GET /orders?offset=\(offset)&limit=\(offset == 0 ? 100 : 500)", .ok(page(["null"], total: total)))
        }
        let listing = try await orders()
        #expect(listing.rows.isEmpty)
        #expect(!listing.problems.isEmpty)
        transport.verify()
    }

    @Test(arguments: [0, -1, 20, 99]) func `a total that is less than the rows sent is no reason to stop`(
        total: Int
    ) async throws {
        transport.expect("GET /orders?offset=0&limit=100", .ok(page(orderRows(0..<100), total: total)))
        transport.expect("GET /orders?offset=100&limit=500", .ok(page(orderRows(100..<400), total: total)))
        transport.expect("GET /orders?offset=400&limit=500", .ok(page([], total: total)))
        let listing = try await orders()
        #expect(listing.rows.count == 400)
        #expect(listing.total == nil)
        #expect(listing.isComplete)
        transport.verify()
    }

    @Test func `a wrong total of a server that ignores the offset never makes the list complete`() async throws {
        for offset in [0, 100] {
            transport.expect(
                "GET /orders?offset=\(offset)&limit=\(offset == 0 ? 100 : 500)",
                .ok(page(orderRows(0..<100), total: 20)))
        }
        let listing = try await orders()
        #expect(listing.rows.count == 100)
        #expect(!listing.isComplete)
        transport.verify()
    }

    @Test func `a total that turns wrong on the way is read past`() async throws {
        transport.expect("GET /orders?offset=0&limit=100", .ok(page(orderRows(0..<100), total: 400)))
        transport.expect("GET /orders?offset=100&limit=500", .ok(page(orderRows(100..<300), total: 20)))
        transport.expect("GET /orders?offset=300&limit=500", .ok(page(orderRows(300..<400), total: 20)))
        transport.expect("GET /orders?offset=400&limit=500", .ok(page([], total: 20)))
        transport.expect("GET /orders?offset=0&limit=500", .ok(page(orderRows(0..<400), total: 20)))
        let listing = try await orders()
        #expect(listing.rows.count == 400)
        transport.verify()
    }

    @Test(arguments: ["9223372036854775807", "-9223372036854775808", "1e400", #""many""#, "99999999999999999999"])
    func `a total that no list can have counts for nothing`(total: String) async throws {
        transport.expect(
            "GET /orders?offset=0&limit=100",
            .ok(#"{"data":[\#(orderRows(0..<3).joined(separator: ","))],"pagination":{"total":\#(total)}}"#))
        transport.expect("GET /orders?offset=3&limit=500", .ok(page([], total: nil)))
        let listing = try await orders()
        #expect(listing.rows.count == 3)
        #expect(listing.total == nil)
        #expect(listing.isComplete)
        transport.verify()
    }

    /// Servers that report any total, answer fewer rows than asked for, and may ignore the offset.
    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func `whatever total a server reports, a list that counts as complete is`(seed: UInt64) async throws {
        var dice = Dice(seed: seed)
        let rows = dice.below(300)
        let most = dice.one(of: [1000, 100, 50, 17])
        let total = dice.one(of: [rows, rows, 0, -1, 20, rows - 1, rows + 5, Int.max])
        let reportsTotal = dice.below(4) > 0
        let heedsOffset = dice.below(6) > 0
        let server = AnsweringTransport { target in
            let numbers = target.split { !$0.isNumber }.compactMap { Int($0) }
            guard numbers.count == 2 else { return Examples.token }
            let start = heedsOffset ? min(rows, numbers[0]) : 0
            let end = min(rows, start + min(most, numbers[1]))
            return page(orderRows(start..<end), total: reportsTotal ? total : nil)
        }
        let client = Client(profile: .test(), transport: server, clock: ManualClock(), pacing: .unlimited)
        let listing = try await client.orderLists.value(for: OrderQuery())
        #expect(Set(listing.rows.map(\.id)).count == listing.rows.count)
        if heedsOffset { #expect(listing.rows.count == rows) }
        if listing.isComplete, heedsOffset || reportsTotal { #expect(listing.rows.count == rows) }
        if let total = listing.total { #expect(total >= listing.rows.count) }
    }

    @Test func `one page of rows that shifted is no reason to stop`() async throws {
        transport.expect("GET /orders?offset=0&limit=100", .ok(page(orderRows(0..<100), total: 150)))
        // A hundred new orders push the first hundred one page on.
        transport.expect("GET /orders?offset=100&limit=500", .ok(page(orderRows(0..<100), total: 250)))
        transport.expect("GET /orders?offset=200&limit=500", .ok(page(orderRows(100..<150), total: 250)))
        transport.expect(
            "GET /orders?offset=0&limit=500", .ok(page(orderRows(Array(500..<600) + Array(0..<150)), total: 250)))
        let listing = try await orders()
        #expect(listing.rows.count == 250)
        #expect(listing.isComplete)
        transport.verify()
    }

    @Test func `a bare array and a null list are lists too`() async throws {
        transport.expect("GET /orders?offset=0&limit=100", .ok("[\(orderRows(0..<1)[0])]"))
        transport.expect("GET /orders?offset=1&limit=500", .ok(#"{"data":null}"#))
        #expect(try await orders().rows.count == 1)
        transport.verify()
    }

    @Test func `rows that shift while paging are kept once, and those that arrived are fetched`() async throws {
        // Two new orders, 900 and 901, come in at the top after the first page.
        transport.expect("GET /orders?offset=0&limit=100", .ok(page(orderRows(0..<100), total: 150)))
        transport.expect("GET /orders?offset=100&limit=500", .ok(page(orderRows(98..<150), total: 152)))
        transport.expect(
            "GET /orders?offset=0&limit=500", .ok(page(orderRows([901, 900]) + orderRows(0..<150), total: 152)))
        let listing = try await orders()
        #expect(listing.rows.count == 152)
        #expect(Set(listing.rows.map(\.id)).count == 152)
        #expect(listing.isComplete)
        transport.verify()
    }

    @Test func `a list that shrank on the way is read again, because a row may have slipped past`() async throws {
        // Order 5 leaves after the first page, so that order 100 moves to place 99 and is never sent.
        transport.expect("GET /orders?offset=0&limit=100", .ok(page(orderRows(0..<100), total: 110)))
        transport.expect("GET /orders?offset=100&limit=500", .ok(page(orderRows(101..<110), total: 109)))
        transport.expect(
            "GET /orders?offset=0&limit=500",
            .ok(page(orderRows((0..<110).filter { $0 != 5 }), total: 109)))
        let listing = try await orders()
        #expect(listing.rows.contains { $0.id == "100" })
        #expect(listing.isComplete)
        transport.verify()
    }

    @Test func `a listing never claims to be complete when rows are missing`() async throws {
        transport.expect("GET /orders?offset=0&limit=100", .ok(page(orderRows(0..<10), total: 20)))
        transport.expect("GET /orders?offset=10&limit=500", .ok(page([], total: 20)), .ok(page([], total: 20)))
        transport.expect("GET /orders?offset=0&limit=500", .ok(page(orderRows(0..<10), total: 20)))
        let listing = try await orders()
        #expect(listing.rows.count == 10)
        #expect(listing.total == 20)
        #expect(!listing.isComplete)
        transport.verify()
    }

    @Test func `a row without id is a problem at its place, not a missing row`() async throws {
        let rows = orderRows(0..<100)
        transport.expect("GET /orders?offset=0&limit=100", .ok(page(rows, total: 102)))
        transport.expect(
            "GET /orders?offset=100&limit=500", .ok(page([#"{"orderNumber":"SO1"}"#, rows[0]], total: 102)))
        transport.expect(
            "GET /orders?offset=0&limit=500",
            .ok(page(rows + [#"{"orderNumber":"SO1"}"#] + orderRows([101]), total: 102)))
        let listing = try await orders()
        #expect(listing.rows.count == 101)
        #expect(listing.problems == [RowProblem(index: 100, reason: "it has no id")])
        #expect(listing.isComplete)
    }

    @Test(.timeLimit(.minutes(30)))
    func `a watcher sees the first page at once and the list grow by quarters`() async throws {
        let gates = (0..<3).map { _ in Gate() }
        transport.expect("GET /orders?offset=0&limit=100", .ok(page(orderRows(0..<100), total: 620)))
        transport.expect(
            "GET /orders?offset=100&limit=500", .after(gates[0], .ok(page(orderRows(100..<110), total: 620))))
        transport.expect(
            "GET /orders?offset=110&limit=500", .after(gates[1], .ok(page(orderRows(110..<600), total: 620))))
        transport.expect(
            "GET /orders?offset=600&limit=500", .after(gates[2], .ok(page(orderRows(600..<620), total: 620))))
        let client = makeClient(transport)
        var snapshots = client.orderLists.snapshots(for: OrderQuery()).makeAsyncIterator()
        var counts: [Int] = []
        var completeness: [Bool] = []
        while let snapshot = await snapshots.next() {
            if let listing = snapshot.value {
                counts.append(listing.rows.count)
                completeness.append(listing.isComplete)
                #expect(listing.total == 620)
                #expect(snapshot.isLoading != listing.isComplete)
            }
            if !snapshot.isLoading { break }
            switch counts.count {
            case 1:
                gates[0].open()
                gates[1].open()
            case 2: gates[2].open()
            default: break
            }
        }
        #expect(counts == [100, 600, 620])
        #expect(completeness == [false, false, true])
    }

    @Test func `a page that fails leaves what was read, marked incomplete, with the failure`() async throws {
        transport.expect("GET /orders?offset=0&limit=100", .ok(page(orderRows(0..<100), total: 620)))
        transport.expect("GET /orders?offset=100&limit=500", .answer(400, Examples.invalidStatus))
        let client = makeClient(transport)
        var last: Snapshot<Listing<Order>>?
        for await snapshot in client.orderLists.snapshots(for: OrderQuery()) {
            last = snapshot
            if !snapshot.isLoading { break }
        }
        #expect(last?.value?.rows.count == 100)
        #expect(last?.value?.isComplete == false)
        #expect(last?.failure?.message.contains("Invalid value for parameter status") == true)
    }
}
