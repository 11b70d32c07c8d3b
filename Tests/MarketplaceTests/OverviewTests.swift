import Marketplace
import Testing

@Suite struct `The overview of what needs a person` {
    // 2026-11-20, a Friday, 14:04 UTC.
    private let now = Instant("2026-11-20T14:04:12Z")!
    private var today: CalendarDate { now.utcDate }

    private func order(
        _ id: Order.ID, _ status: OrderStatus, code: String? = nil, hours: Double, took: Double? = nil
    ) -> Order {
        let created = now.adding(seconds: -hours * 3600)
        return Order(
            id: id, number: "SO\(id)", kind: .sales, customer: "7", status: status, statusCode: code,
            created: created, provisioned: took.map { created.adding(seconds: $0) })
    }

    private func listing<Row>(_ rows: [Row], total: Int? = nil) -> Listing<Row> {
        Listing(rows: rows, total: total ?? rows.count, isComplete: total == nil)
    }

    private func subscription(
        _ id: Subscription.ID, in days: Int, autoRenews: Bool?, _ status: SubscriptionStatus = .active
    ) -> Subscription {
        Subscription(
            id: id, name: "Product \(id)", customer: "7", status: status, autoRenews: autoRenews,
            renews: autoRenews == true ? today.adding(days: days) : nil, expires: today.adding(days: days))
    }

    @Test func `what was not read is not shown as nothing`() {
        let overview = Overview(Overview.Sources(), now: now)
        #expect(Overview.Lane.allCases.allSatisfy { overview.items[$0] == nil })
        #expect(overview.subscriptions == nil)
    }

    @Test func `rows that cannot be read are counted beside their lane`() {
        var sources = Overview.Sources()
        sources.failed = Listing(isComplete: true, problems: [RowProblem(index: 0, reason: "it has no id")])
        sources.customers = listing([])
        let overview = Overview(sources, now: now)
        #expect(overview.items[.failed] == [])
        #expect(overview.unreadable == [.failed: 1])
    }

    @Test func `orders in error stand oldest first`() {
        var sources = Overview.Sources()
        sources.failed = listing([order("1", .error, hours: 2), order("2", .error, hours: 30)])
        let items = Overview(sources, now: now).items[.failed]
        #expect(items?.map(\.label) == ["SO2", "SO1"])
    }

    @Test func `an order is stuck after a day while too few orders show what is usual`() {
        var sources = Overview.Sources()
        sources.submitted = listing([order("1", .submitted, hours: 23.9), order("2", .submitted, hours: 24.1)])
        sources.processing = listing([order("3", .processing, code: "LO", hours: 48)])
        #expect(Overview(sources, now: now).items[.stuck]?.map(\.label) == ["SO3", "SO2"])
    }

    @Test func `earlier orders show what is usual, but an hour is always given`() {
        var sources = Overview.Sources()
        sources.submitted = listing([order("1", .submitted, hours: 3), order("2", .submitted, hours: 5)])
        sources.processing = listing([])
        sources.orders = listing(
            (1...100).map { order(Order.ID("9\($0)"), .completed, hours: 500, took: Double($0) * 72) })
        let overview = Overview(sources, now: now)
        #expect(overview.overdueAfter == 2 * 95 * 72)
        #expect(overview.items[.stuck]?.map(\.label) == ["SO2"])
        sources.orders = listing((1...100).map { order(Order.ID("9\($0)"), .completed, hours: 500, took: 5) })
        #expect(Overview(sources, now: now).overdueAfter == 3600)
    }

    @Test func `what waits for its date is not stuck`() {
        var sources = Overview.Sources()
        sources.submitted = listing([])
        sources.processing = listing([order("1", .processing, code: "AS", hours: 900)])
        #expect(Overview(sources, now: now).items[.stuck] == [])
    }

    @Test func `renewals and ends of a week are listed apart and the soonest comes first`() {
        var sources = Overview.Sources()
        sources.subscriptions = listing(
            [
                subscription("1", in: 7, autoRenews: true), subscription("2", in: 0, autoRenews: true),
                subscription("3", in: 8, autoRenews: true), subscription("4", in: 5, autoRenews: false),
                subscription("5", in: 1, autoRenews: nil), subscription("6", in: -1, autoRenews: false),
                subscription("7", in: 2, autoRenews: false, .terminated),
            ], total: 50)
        let overview = Overview(sources, now: now)
        #expect(overview.items[.renewing]?.map(\.label) == ["Product 2", "Product 1"])
        #expect(overview.items[.ending]?.map(\.label) == ["Product 5", "Product 4"])
        #expect(overview.subscriptions == 7)
        #expect(overview.subscriptionsInAll == 50)
    }

    @Test func `the calendar begins on the Monday of this week`() {
        var sources = Overview.Sources()
        sources.subscriptions = listing([
            subscription("1", in: 0, autoRenews: true), subscription("2", in: 3, autoRenews: false),
            subscription("3", in: 23, autoRenews: true), subscription("4", in: 24, autoRenews: true),
        ])
        let overview = Overview(sources, now: now)
        let schedule = overview.schedule
        #expect(schedule?.firstDay.description == "2026-11-16")
        #expect(schedule?.count(on: today) == .init(renewing: 1))
        #expect(schedule?.count(inWeek: 0) == .init(renewing: 1) && schedule?.count(inWeek: 1) == .init(ending: 1))
        #expect(schedule?.count(inWeek: 3) == .init(renewing: 1) && schedule?.count(inWeek: 4) == .init(renewing: 1))
    }

    @Test func `customers on hold are counted, active ones are not`() {
        var sources = Overview.Sources()
        sources.customers = listing([
            Account(id: "1", kind: .customer, name: "A", status: .active),
            Account(id: "2", kind: .customer, name: "B", status: .creditHold),
            Account(id: "3", kind: .customer, name: "C", status: .adminHold),
        ])
        let overview = Overview(sources, now: now)
        #expect(overview.items[.held]?.map(\.customer) == ["2", "3"])
        #expect(overview.customers == 3)
        #expect(overview.heldSubscriptions.isEmpty)
    }

    @Test func `the running subscriptions of customers on hold are named, whose money is at stake`() {
        var sources = Overview.Sources()
        sources.customers = listing([Account(id: "7", kind: .customer, name: "B", status: .creditHold)])
        var other = subscription("3", in: 400, autoRenews: true)
        other.customer = "8"
        sources.subscriptions = listing([
            subscription("1", in: 400, autoRenews: true), subscription("2", in: 2, autoRenews: false, .terminated),
            other, subscription("4", in: 9, autoRenews: true, .hold),
        ])
        #expect(Overview(sources, now: now).heldSubscriptions.map(\.id) == ["1", "4"])
    }

    @Test func `the reasons of a lane are counted, the most frequent first and what has none last`() {
        var sources = Overview.Sources()
        sources.failed = listing([
            order("1", .error, hours: 2), order("2", .error, code: "PF", hours: 3),
            order("3", .error, code: "PF", hours: 4), order("4", .error, hours: 5), order("5", .error, hours: 6),
        ])
        let reasons = Overview(sources, now: now).reasons[.failed]
        #expect(
            reasons == [.init(reason: "provisioning failed", count: 2), .init(reason: "other", count: 3)])
    }

    @Test func `a list that is not read to its end may hold more`() {
        var sources = Overview.Sources()
        sources.failed = listing([], total: 4)
        sources.subscriptions = listing([])
        #expect(Overview(sources, now: now).partlyRead == [.failed])
    }

    @Test func `only rows of the account in scope count`() {
        var sources = Overview.Sources()
        var other = order("2", .error, hours: 1)
        other.customer = "8"
        sources.failed = listing([order("1", .error, hours: 2), other])
        sources.subscriptions = listing([subscription("1", in: 2, autoRenews: true)])
        #expect(Overview(sources, of: .customer("8"), now: now).items[.failed]?.map(\.label) == ["SO2"])
        #expect(Overview(sources, of: .customer("8"), now: now).items[.renewing] == [])
        #expect(Overview(sources, of: .customersOf("5"), now: now).items.isEmpty)
        sources.members = listing([Account(id: "7", kind: .customer, name: "A", status: .creditHold)])
        let overview = Overview(sources, of: .customersOf("5"), now: now)
        #expect(overview.items[.failed]?.map(\.label) == ["SO1"])
        #expect(overview.items[.held]?.map(\.customer) == ["7"])
        #expect(overview.customers == 1 && overview.subscriptions == 1)
    }

    @Test func `the next day with a renewal or an end is named, also when it is far`() {
        var sources = Overview.Sources()
        sources.subscriptions = listing([
            subscription("1", in: -1, autoRenews: true), subscription("2", in: 30, autoRenews: true),
            subscription("3", in: 30, autoRenews: nil),
        ])
        let next = Overview(sources, now: now).schedule?.next
        #expect(next?.on == today.adding(days: 30))
        #expect(next?.count == .init(renewing: 1, ending: 1))
    }
}
