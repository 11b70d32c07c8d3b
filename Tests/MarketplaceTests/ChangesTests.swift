import FoundationEssentials
import Marketplace
import Testing

/// Worked out by hand for Thursday 26 November 2026, 13:03 UTC.
@Suite struct `What changed` {
    private static let now = Instant("2026-11-26T13:03:00Z")!
    private static let day = Changes.Start.day(CalendarDate("2026-11-25")!)

    private static func order(
        _ id: Order.ID = "1", of customer: Account.ID = "7", _ created: String?, _ status: OrderStatus = .processing,
        ended: String? = nil, _ kind: Order.Kind = .sales
    ) -> Order {
        Order(
            id: id, number: "SO\(id)", kind: kind, customer: customer, status: status,
            created: created.flatMap { Instant($0) }, provisioned: ended.flatMap { Instant($0) })
    }

    private static func subscription(
        _ id: Subscription.ID = "5", of customer: Account.ID = "7", _ created: String?, modified: String? = nil,
        _ status: SubscriptionStatus = .active, expires: String? = nil
    ) -> Subscription {
        Subscription(
            id: id, name: "Product \(id)", customer: customer, status: status,
            created: created.flatMap { CalendarDate($0) }, modified: modified.flatMap { CalendarDate($0) },
            expires: expires.flatMap { CalendarDate($0) })
    }

    private static func customer(_ id: Account.ID) -> Account {
        Account(id: id, kind: .customer, name: "Customer \(id)", status: .active)
    }

    private static func whole<Row>(_ rows: [Row]) -> Listing<Row> {
        Listing(rows: rows, total: rows.count, isComplete: true)
    }

    private static func changes(
        since start: Changes.Start = day, _ orders: [Order] = [], _ subscriptions: [Subscription] = [],
        _ customers: [Account] = [], made: [Account.ID: Instant] = [:], zone: Zone = .utc,
        of isMember: (Account.ID) -> Bool = { _ in true }
    ) -> Changes {
        Changes(
            since: start, orders: whole(orders), subscriptions: whole(subscriptions), customers: whole(customers),
            made: made, now: now, zone: zone, of: isMember)
    }

    // MARK: Orders

    struct OrderCase: Sendable {
        var created: String?
        var status = OrderStatus.processing
        var ended: String?
        var start = day
        /// Nil for no change.
        var expected: String?
        var undatedEnd: Changes.Kind?
        var undated = 0
    }

    @Test(arguments: [
        // Still open.
        OrderCase(created: "2026-11-26T08:07:00Z", expected: "new order 2026-11-26T08:07:00Z"),
        OrderCase(created: "2026-11-25T00:00:00Z", expected: "new order 2026-11-25T00:00:00Z"),
        OrderCase(created: "2026-11-24T23:59:59Z"),
        // Created and ended in the span; ended in it alone; ended before it.
        OrderCase(
            created: "2026-11-25T10:00:00Z", status: .completed, ended: "2026-11-26T09:00:00Z",
            expected: "new order, completed 2026-11-26T09:00:00Z"),
        OrderCase(
            created: "2026-11-20T10:00:00Z", status: .completed, ended: "2026-11-26T09:00:00Z",
            expected: "order completed 2026-11-26T09:00:00Z"),
        OrderCase(created: "2026-11-20T10:00:00Z", status: .completed, ended: "2026-11-21T09:00:00Z"),
        // Failed: the marketplace says only when it was created.
        OrderCase(
            created: "2026-11-26T08:07:00Z", status: .error, expected: "new order, failed 2026-11-26T08:07:00Z"),
        OrderCase(created: "2026-11-20T08:07:00Z", status: .error, undatedEnd: .failedOrder),
        OrderCase(
            created: "2026-11-20T08:07:00Z", status: .error, ended: "2026-11-26T08:00:00Z",
            expected: "order failed 2026-11-26T08:00:00Z"),
        OrderCase(
            created: "2026-11-26T08:07:00Z", status: .cancelled, expected: "new order, withdrawn 2026-11-26T08:07:00Z"),
        OrderCase(created: "2026-11-20T08:07:00Z", status: .cancelled, undatedEnd: .withdrawnOrder),
        OrderCase(created: "2026-11-20T08:07:00Z", status: .completed, undatedEnd: .completedOrder),
        // Without dates, and with dates that are none.
        OrderCase(created: nil, undated: 1),
        OrderCase(created: "0001-01-01T00:00:00Z", undated: 1),
        OrderCase(created: "1970-01-01T00:00:00Z", status: .completed, undatedEnd: .completedOrder),
        OrderCase(
            created: nil, status: .completed, ended: "2026-11-26T09:00:00Z",
            expected: "order completed 2026-11-26T09:00:00Z"),
        OrderCase(
            created: "2026-11-20T10:00:00Z", status: .completed, ended: "9999-12-31T00:00:00Z",
            undatedEnd: .completedOrder),
        // An hour ahead of the clock is a clock that is off; two days ahead is no date.
        OrderCase(created: "2026-11-26T14:03:00Z", expected: "new order 2026-11-26T14:03:00Z"),
        OrderCase(created: "2026-11-28T14:03:00Z", undated: 1),
        // A moment counts to the second.
        OrderCase(
            created: "2026-11-26T10:00:00Z", start: .moment(Instant("2026-11-26T10:00:00Z")!),
            expected: "new order 2026-11-26T10:00:00Z"),
        OrderCase(created: "2026-11-26T09:59:59Z", start: .moment(Instant("2026-11-26T10:00:00Z")!)),
        OrderCase(
            created: "2026-11-26T08:00:00Z", status: .other("paused"), expected: "new order 2026-11-26T08:00:00Z"),
    ]) func `of an order is when it came and when it ended`(example: OrderCase) {
        let answer = Self.changes(
            since: example.start, [Self.order("1", example.created, example.status, ended: example.ended)])
        #expect(answer.changes.first.map { "\($0.what) \($0.at?.description ?? "")" } == example.expected)
        #expect(answer.undatedEnds == (example.undatedEnd.map { [$0: 1] } ?? [:]))
        #expect(answer.undated == example.undated)
    }

    @Test func `of a change order is the same as of a sales order`() {
        let answer = Self.changes([
            Self.order("1", "2026-11-26T08:00:00Z", .completed, ended: "2026-11-26T08:01:00Z", .change)
        ])
        #expect(answer.changes.map(\.what) == ["new order, completed"])
        #expect(answer.changes.map(\.about) == ["change order"])
    }

    @Test func `since a day goes by the day in the zone that is shown`() {
        let order = Self.order("1", "2026-11-24T23:30:00Z")
        #expect(Self.changes([order]).changes.isEmpty)
        let answer = Self.changes([order], zone: Zone(name: "CET", hours: 1))
        #expect(answer.changes.map(\.day) == [CalendarDate("2026-11-25")])
    }

    // MARK: Subscriptions

    struct SubscriptionCase: Sendable {
        var created: String?
        var modified: String?
        var status = SubscriptionStatus.active
        var expires: String?
        var expected: String?
        var undated = 0
    }

    @Test(arguments: [
        SubscriptionCase(created: "2026-11-25", expected: "new subscription 2026-11-25"),
        SubscriptionCase(created: "2026-11-24"),
        // Set up on the day it was made; changed on a later one.
        SubscriptionCase(created: "2026-11-25", modified: "2026-11-25", expected: "new subscription 2026-11-25"),
        SubscriptionCase(
            created: "2026-11-25", modified: "2026-11-26", expected: "new subscription, modified 2026-11-26"),
        SubscriptionCase(
            created: "2025-12-02", modified: "2026-11-26", expected: "subscription modified 2026-11-26"),
        SubscriptionCase(created: "2025-12-02", modified: "2026-11-24"),
        SubscriptionCase(created: nil, modified: "2026-11-26", expected: "subscription modified 2026-11-26"),
        // A modification from before it was made is none.
        SubscriptionCase(created: "2026-11-26", modified: "2026-11-25", expected: "new subscription 2026-11-26"),
        // Ended on its last day, and no change besides.
        SubscriptionCase(
            created: "2025-11-25", modified: "2026-11-25", status: .terminated, expires: "2026-11-25",
            expected: "subscription ended 2026-11-25"),
        SubscriptionCase(
            created: "2025-11-25", modified: "2026-11-25", status: .removed, expires: "2026-11-26",
            expected: "subscription modified, ended 2026-11-26"),
        // Cancelled ahead of its term: only that it was modified is known.
        SubscriptionCase(
            created: "2025-11-25", modified: "2026-11-26", status: .terminated, expires: "2027-11-25",
            expected: "subscription modified 2026-11-26"),
        // The end of the term of one that goes on is no change.
        SubscriptionCase(created: "2025-11-25", modified: "2025-11-25", expires: "2026-11-25"),
        SubscriptionCase(created: nil, modified: nil, expires: "2026-11-25", undated: 1),
        SubscriptionCase(created: "0001-01-01", modified: "9999-12-31", undated: 1),
        SubscriptionCase(created: "1970-01-01", modified: "2026-11-26", expected: "subscription modified 2026-11-26"),
        // Tomorrow in another zone; the day after is no date.
        SubscriptionCase(created: "2026-11-27", expected: "new subscription 2026-11-27"),
        SubscriptionCase(created: "2026-11-28", undated: 1),
    ]) func `of a subscription is the days on which it was made, modified and ended`(example: SubscriptionCase) {
        let row = Self.subscription(
            "5", example.created, modified: example.modified, example.status, expires: example.expires)
        let answer = Self.changes([], [row])
        #expect(answer.changes.first.map { "\($0.what) \($0.day?.description ?? "")" } == example.expected)
        #expect(answer.undated == example.undated)
    }

    @Test func `since a moment counts the whole day of a subscription, here or in UTC, whichever is earlier`() {
        let rows = [
            Self.subscription("1", "2026-11-25"), Self.subscription("2", "2026-11-26"),
            Self.subscription("3", "2026-11-24"),
        ]
        let late = Changes.Start.moment(Instant("2026-11-25T23:30:00Z")!)
        #expect(Self.changes(since: late, [], rows).changes.map(\.label) == ["2", "1"])
        #expect(
            Self.changes(since: late, [], rows, zone: Zone(name: "CET", hours: 1)).changes.map(\.label) == ["2", "1"])
        let early = Changes.Start.moment(Instant("2026-11-25T02:00:00Z")!)
        #expect(
            Self.changes(since: early, [], rows, zone: Zone(name: "EST", hours: -5)).changes.map(\.label)
                == ["2", "1", "3"])
    }

    // MARK: Customers

    @Test func `of customers are those that this program made, and those listed before all with anything earlier`() {
        let customers = ["12", "11", "10", "9", "8"].map { Self.customer($0) }
        let answer = Self.changes(
            [Self.order("1", of: "10", "2026-11-20T10:00:00Z"), Self.order("2", of: "12", "2026-11-26T10:00:00Z")], [],
            customers, made: ["11": Instant("2026-11-26T09:00:00Z")!, "9": Instant("2026-11-20T09:00:00Z")!])
        // The latest change first; what may be new has no date of its own, and stands with its order.
        #expect(
            answer.changes.map { "\($0.customer) \($0.what)" }
                == ["12 new order", "12 perhaps new customer", "11 new customer"])
        #expect(answer.counts == [.newOrder: 1, .newCustomer: 1, .perhapsNewCustomer: 1])
        #expect(answer.customers == 2)
    }

    @Test func `no customer is called new where nothing says so`() {
        let customers = ["12", "11"].map { Self.customer($0) }
        // Nobody has anything earlier.
        #expect(Self.changes([], [], customers).changes.isEmpty)
        #expect(!Self.changes([], [], customers).knowsNewCustomers)
        // The first has.
        let subscription = Self.subscription("5", of: "12", "2026-11-01")
        #expect(Self.changes([], [subscription], customers).changes.isEmpty)
        #expect(Self.changes([], [subscription], customers).knowsNewCustomers)
        // What is not read may be earlier.
        let partly = Changes(
            since: Self.day, orders: Listing(rows: [], total: 3, isComplete: false),
            subscriptions: Self.whole([Self.subscription("5", of: "11", "2026-11-01")]),
            customers: Self.whole(customers),
            now: Self.now, zone: .utc)
        #expect(partly.changes.isEmpty)
    }

    @Test func `a customer that this program made counts before any list names it`() {
        let answer = Self.changes(made: ["20": Instant("2026-11-26T09:00:00Z")!])
        #expect(answer.changes.map(\.label) == ["20"])
    }

    // MARK: Groups

    @Test func `the changes of one customer stand together, that with the latest change first`() {
        let answer = Self.changes(
            [
                Self.order("1", of: "7", "2026-11-26T12:00:00Z"), Self.order("2", of: "8", "2026-11-26T11:00:00Z"),
                Self.order("3", of: "7", "2026-11-25T10:00:00Z", .completed, ended: "2026-11-25T10:02:00Z"),
            ], [Self.subscription("4", of: "7", "2026-11-26"), Self.subscription("5", of: "9", "2026-11-26")])
        #expect(answer.changes.map { "\($0.customer)/\($0.label)" } == ["7/SO1", "7/4", "7/SO3", "8/SO2", "9/5"])
        #expect(answer.customers == 3)
        #expect(answer.counts == [.newOrder: 3, .completedOrder: 1, .newSubscription: 2])
        #expect(answer.countWords == "3 new orders, 1 completed order, 2 new subscriptions")
    }

    @Test func `equal rows in any order give the same answer`() {
        let orders = (1...9).map {
            Self.order(Order.ID("\($0)"), of: Account.ID("\($0 % 3)"), "2026-11-26T12:00:00Z")
        }
        #expect(Self.changes(orders) == Self.changes(orders.reversed()))
    }

    @Test func `rows of others are left out`() {
        let answer = Self.changes(
            [Self.order("1", of: "7", "2026-11-26T12:00:00Z"), Self.order("2", of: "8", nil)],
            [Self.subscription("5", of: "8", nil)], made: ["8": Self.now], of: { $0 == "7" })
        #expect(answer.changes.map(\.label) == ["SO1"])
        #expect(answer.undated == 0)
    }

    // MARK: What it rests on

    @Test func `nothing changed is said with what was read`() {
        let answer = Self.changes([Self.order("1", "2026-11-20T10:00:00Z")], [], [Self.customer("7")])
        #expect(answer.changes.isEmpty && answer.isComplete)
        #expect(answer.countWords.isEmpty)
        #expect(answer.restWords == ["Of 1 order, 0 subscriptions, 1 customer, all read."])
    }

    @Test func `lists that are not whole are named`() {
        let answer = Changes(
            since: .moment(Instant("2026-11-26T10:00:00Z")!),
            orders: Listing(rows: [Self.order("1", "2026-11-20T10:00:00Z", .error)], total: 3000, isComplete: false),
            subscriptions: nil,
            customers: Listing(
                rows: [Self.customer("7")], total: 2, isComplete: true,
                problems: [RowProblem(index: 1, reason: "no id")]), now: Self.now, zone: .utc)
        #expect(!answer.isComplete)
        #expect(
            answer.restWords == [
                "PARTLY READ: 1 of 3,000 orders read; subscriptions not read; 1 of the customers unreadable.",
                "Not counted: older orders that do not say when they ended (1 failed).",
                "Subscriptions carry days and no times: the whole first day counts.",
            ])
    }

    // MARK: Since

    @Test(arguments: [
        ("last", "last"), ("today", "2026-11-26"), ("yesterday", "2026-11-25"), ("Yesterday ", "2026-11-25"),
        // The latest such day before today, a Thursday.
        ("monday", "2026-11-23"), ("wed", "2026-11-25"), ("thursday", "2026-11-19"), ("fri", "2026-11-20"),
        ("sunday", "2026-11-22"), ("7d", "2026-11-19"), ("-7d", "2026-11-19"), ("0d", "2026-11-26"),
        ("2026-11-20", "2026-11-20"), ("2024-02-29", "2024-02-29"),
    ]) func `is read as people say it`(text: String, expected: String) {
        let since = Changes.Since(text, today: CalendarDate("2026-11-26")!)
        #expect(since == (expected == "last" ? .lastSession : CalendarDate(expected).map { .day($0) }))
    }

    @Test(arguments: [
        "", " ", "tomorrow", "+7d", "--7d", "7", "d", "3661d", "99999999999999999999d", "mo", "2026-11-27",
        "0001-01-01",
        "1970-01-01", "2026-02-29", "20/11/2026", "2026-11-20T10:00:00Z", "last week", "٧d",
    ]) func `is not read where it is no day, or none that has come`(text: String) {
        #expect(Changes.Since(text, today: CalendarDate("2026-11-26")!) == nil)
    }

    struct ChoiceCase: Sendable {
        var since: Changes.Since?
        var last: String?
        var expected: String
        var hasNote = false
    }

    @Test(arguments: [
        ChoiceCase(last: "2026-11-25T17:02:00Z", expected: "the last session, 25 Nov 17:02"),
        ChoiceCase(since: .lastSession, last: "2026-11-25T17:02:00Z", expected: "the last session, 25 Nov 17:02"),
        ChoiceCase(last: "2025-12-31T17:02:00Z", expected: "the last session, 31 Dec 2025 17:02"),
        ChoiceCase(expected: "yesterday, 25 Nov 2026"),
        ChoiceCase(since: .lastSession, expected: "yesterday, 25 Nov 2026", hasNote: true),
        // A clock was ahead when it was kept, or there was none.
        ChoiceCase(last: "2026-11-26T13:03:01Z", expected: "yesterday, 25 Nov 2026", hasNote: true),
        ChoiceCase(last: "1970-01-01T00:00:05Z", expected: "yesterday, 25 Nov 2026", hasNote: true),
        ChoiceCase(
            since: .day(CalendarDate("2026-11-26")!), last: "2026-11-25T17:02:00Z", expected: "today, 26 Nov 2026"),
        ChoiceCase(since: .day(CalendarDate("2026-11-20")!), expected: "Fri 20 Nov 2026"),
    ]) func `goes back to the last session, or says why not`(example: ChoiceCase) {
        let choice = Changes.Choice(
            example.since, lastSession: example.last.flatMap { Instant($0) }, now: Self.now, zone: .utc)
        #expect(choice.words(today: CalendarDate("2026-11-26")!, zone: .utc) == example.expected)
        #expect((choice.note != nil) == example.hasNote)
    }

    // MARK: The journal

    @Test func `customers are made by writes of this user that were taken`() {
        func entry(_ id: String, _ path: String, made: String?, _ sender: JournalEntry.Sender = .own) -> JournalEntry {
            JournalEntry(
                id: .init(id), at: Self.now, profile: "p", sender: sender, name: "new customer", method: "POST",
                path: path, request: "", outcome: made.map { .taken(made: $0) } ?? .unknown(reason: ""))
        }
        let made = JournalEntry.customersMade(in: [
            entry("1", "/customers", made: "11"), entry("2", "/resellers/100/customers", made: "12"),
            entry("3", "/orders", made: "13"), entry("4", "/customers", made: nil),
            entry("5", "/customers", made: "14", .user("other")), entry("6", "/resellers", made: "15"),
        ])
        #expect(made == ["11": Self.now, "12": Self.now])
    }
}
