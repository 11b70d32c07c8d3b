import Marketplace
import RowsSupport
import TestSupport
import Testing

@testable import Rows

@Suite struct `The own order of a list` {
    private static let now = Instant(millisecondsSince1970: 1_795_183_452_000)

    private static func order(_ id: String, _ status: OrderStatus, hoursAgo: Int64, isScheduled: Bool = false) -> Order
    {
        var order = Order(id: .init(id), number: id, kind: .sales, customer: "1", status: status)
        order.created = Instant(millisecondsSince1970: now.millisecondsSince1970 - hoursAgo * 3_600_000)
        order.statusCode = isScheduled ? "AS" : nil
        return order
    }

    private static let orders = [
        order("done", .completed, hoursAgo: 1), order("open", .processing, hoursAgo: 20),
        order("waits for the renewal", .processing, hoursAgo: 2, isScheduled: true),
        order("stuck", .submitted, hoursAgo: 90), order("old failure", .error, hoursAgo: 900),
        order("newer stuck", .submitted, hoursAgo: 80), order("newer failure", .error, hoursAgo: 9),
        order("withdrawn", .cancelled, hoursAgo: 3), order("newest", .completed, hoursAgo: 0),
    ]

    private func query(_ times: OrderTimes = OrderTimes()) -> RowQuery<Order> {
        var context = OrderContext(EntityStore(), now: Self.now)
        context.times = times
        var query = RowQuery(columns: ListColumn.orders(context) + [.ownOrder(context)])
        query.order = .own
        query.rankVersion = Int(context.times.overdueAfter)
        return query
    }

    private func ids(_ store: RowStore<Order>, _ query: RowQuery<Order>) -> [String] {
        var ids: [String] = []
        store.arrange(query) { result in ids = (0..<result.count).map { result.row(at: $0).id.rawValue } }
        return ids
    }

    @Test func `of orders has failed ones first, then slow ones, other open ones, and the newest`() {
        let store = RowStore(Self.orders, RowIdentities())
        #expect(
            ids(store, query()) == [
                "newer failure", "old failure", "newer stuck", "stuck", "open", "newest", "done",
                "waits for the renewal", "withdrawn",
            ])
        // Once it is read how long orders take, another one is slow, in the order and for filters.
        let done = (0..<20).map { place in
            var order = Self.order("\(place)", .completed, hoursAgo: 15)
            order.provisioned = Self.order("", .completed, hoursAgo: 10).created
            return order
        }
        var latest = query(OrderTimes(of: done))
        #expect(ids(store, latest)[2...4] == ["open", "newer stuck", "stuck"])
        latest.filter = FilterExpression(terms: [
            FilterTerm(condition: .line(Folding.folded("stuck"), column: "state"))
        ])
        #expect(ids(store, latest) == ["open", "newer stuck", "stuck"])
    }

    @Test func `finds every row at its place`() throws {
        let store = RowStore(Self.orders, RowIdentities())
        var arranged: Arrangement<Order>?
        store.arrange(query(), needsIndex: true) { arranged = $0 }
        let shown = try #require(arranged)
        for order in Self.orders {
            let place = try #require(shown.place(of: order.id, near: 0))
            #expect(shown.row(at: place).id == order.id)
            #expect(shown.place(ofBase: shown.base(at: place)) == place)
        }
    }

    @Test func `has no name in filters`() {
        let columns = query().columns
        #expect(columns.contains { !$0.hasName && $0.partOf == nil })
        #expect(columns.filterColumns().allSatisfy { !$0.name.isEmpty })
    }

    @Test func `names the reseller of a subscription only once that was read`() throws {
        var entities = EntityStore()
        func reseller() throws -> String {
            let columns = ListColumn.subscriptions(entities, today: Item.today)
            let column = try #require(columns.first { $0.name == "reseller" }?.tableColumn)
            return column.text(Subscription(id: "5", name: "Aurora", customer: "7", status: .active)).0
        }
        #expect(try reseller() == "…")
        entities.insert(
            Account(id: "7", kind: .customer, name: "Customer", status: .active, vendorAccount: "1000100"))
        #expect(try reseller() == "…")
        entities.insert(Account(id: "1000100", kind: .reseller, name: "Nordwind", status: .active))
        #expect(try reseller() == "Nordwind")
    }
}
