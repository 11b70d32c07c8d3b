import FoundationEssentials
import Marketplace
import Testing

@Suite struct `The card of a customer` {
    private static let today = CalendarDate(year: 2026, month: 11, day: 26) ?? CalendarDate(daysSince1970: 0)

    private static func day(_ text: String?) -> CalendarDate? { text.flatMap { CalendarDate($0) } }

    private static func row(
        _ id: String, _ status: SubscriptionStatus, renews: String? = nil, ends: String? = nil, auto: Bool? = nil,
        created: String = "2025-12-08", modified: String? = nil, customer: Account.ID = "412"
    ) -> Subscription {
        Subscription(
            id: .init(id), name: "P\(id)", customer: customer, status: status, autoRenews: auto,
            created: day(created), renews: day(renews), modified: day(modified), expires: day(ends),
            billingPeriod: Period(1, .month), subscriptionPeriod: Period(1, .year))
    }

    private static func detail(_ row: Subscription, _ amount: Decimal?, _ currency: String = "EUR", units: Int = 2)
        -> SubscriptionDetail
    {
        SubscriptionDetail(
            subscription: row,
            products: [SubscriptionProduct(mpn: "A", vendor: "aurora", name: "Aurora", quantity: units)],
            totalPrice: amount.map { Money($0, currency) })
    }

    private static func order(
        _ id: String, _ status: OrderStatus, _ code: String? = nil, on day: String = "2026-11-20",
        subscription: Subscription.ID? = nil, customer: Account.ID = "412"
    ) -> Order {
        Order(
            id: .init(id), number: "SO\(id)", kind: .sales, customer: customer, status: status, statusCode: code,
            created: Instant("\(day)T09:00:00Z"), subscription: subscription)
    }

    private static func person(_ role: ContactPerson.Role, _ name: String, _ phone: String) -> ContactPerson {
        ContactPerson(role: role, firstName: name, lastName: "", email: "\(name)@x.example", phone: phone)
    }

    private static func card(
        _ status: AccountStatus = .active, contacts: [ContactPerson] = [], subscriptions: [Subscription]? = [],
        details: [SubscriptionDetail] = [], orders: [Order]? = [], full: [Order] = [], writes: [JournalEntry] = []
    ) -> CustomerCard {
        var account = Account(id: "412", kind: .customer, name: "Jørgensen", status: status)
        account.contacts = contacts
        return CustomerCard(
            of: account,
            subscriptions: subscriptions.map { Listing(rows: $0, total: $0.count, isComplete: true) },
            detail: { id in details.first { $0.subscription.id == id } },
            orders: orders.map { Listing(rows: $0, total: $0.count, isComplete: true) },
            order: { id in full.first { $0.id == id } }, writes: writes, today: today)
    }

    @Test(arguments: [
        (AccountStatus.active, "ACTIVE, may order"),
        (.creditHold, "CREDIT HOLD: cannot order; what it holds goes on"),
        (.adminHold, "ADMIN HOLD: cannot order; its services are suspended"),
        (.pending, "PENDING: not verified yet, cannot order"), (.cancelled, "CANCELLED: its services are stopped"),
        (.error, "ERROR: something failed on the platform"), (.other(""), "status not reported"),
        (.other("frozen"), "frozen: a status that souk does not know"),
    ])
    func `it says how the customer stands`(status: AccountStatus, words: String) {
        #expect(Self.card(status).standing == words)
    }

    @Test(arguments: [
        (["b1", "t1", "a1"], "a1 t1 b1"), (["b1", "a"], "b1 a"), (["t", "b1", "a", "t1"], "t1 b1 a t"),
        (["b", "t", "a"], "a t b"), (["o1", "b1"], "b1 o1"), ([], ""),
    ])
    func `whom to call comes first: who has a telephone, then by role`(people: [String], sorted: String) {
        let contacts = people.map { name in
            let roles: [Character: ContactPerson.Role] = ["a": .administrator, "b": .billing, "t": .technical]
            let role = name.first.flatMap { roles[$0] } ?? .other("owner")
            return Self.person(role, name, name.hasSuffix("1") ? "45#33#550412#" : "")
        }
        let card = Self.card(contacts: contacts)
        #expect(card.contacts.map(\.person.firstName).joined(separator: " ") == sorted)
        for contact in card.contacts { #expect(contacts[contact.place] == contact.person) }
    }

    @Test func `what is wrong comes first, then what ends, then what renews, and what has ended is counted`() {
        let card = Self.card(subscriptions: [
            Self.row("1", .active, renews: "2026-12-06", ends: "2026-12-08", auto: true),
            Self.row("2", .active, ends: "2027-11-22", auto: false), Self.row("3", .terminated, ends: "2026-01-01"),
            Self.row("4", .pending, created: "2026-11-25"), Self.row("5", .hold, modified: "2026-11-03"),
            Self.row("6", .active, ends: "2026-12-01", auto: false), Self.row("7", .active, ends: "2026-12-02"),
            Self.row("8", .active, auto: true), Self.row("9", .other("odd")), Self.row("10", .removed),
            Self.row("11", .active, ends: "2026-11-27", auto: true, customer: "999"),
            Self.row("12", .pending, created: "2026-11-20"),
            Self.row("13", .active, renews: "9999-12-31", ends: "9999-12-31", auto: true),
        ])
        let rows = (card.holdings ?? []).map { "\($0.id) \($0.word) \($0.why)" }
        #expect(
            rows == [
                "5 ON HOLD changed last on 03 Nov 2026", "12 PENDING since 20 Nov 2026",
                "4 PENDING since 25 Nov 2026", "6 ends 01 Dec 2026, auto-renew off",
                "2 ends 22 Nov 2027, auto-renew off", "7 term ends 02 Dec 2026, auto-renew not reported",
                "1 renews 06 Dec 2026, auto-renew on", "13 active no end reported", "8 active no end reported",
                "9 odd ",
            ])
        #expect(card.ended == 2)
        #expect(card.next.map(\.id.rawValue) == ["6", "7", "1", "2"])
    }

    @Test func `what is pending says what its order waits for`() {
        let card = Self.card(
            subscriptions: [Self.row("4", .pending)],
            orders: [Self.order("1", .submitted, "WP", subscription: "4"), Self.order("2", .completed)])
        #expect(card.holdings?.first?.why == "waits for payment")
    }

    @Test func `sums name their parts and keep currencies apart`() {
        let rows = [
            Self.row("1", .active, ends: "2026-12-08", auto: true), Self.row("2", .hold), Self.row("3", .pending),
            Self.row("4", .active, ends: "2026-12-08", auto: true), Self.row("5", .terminated),
            Self.row("6", .active, ends: "2026-12-08", auto: true), Self.row("7", .active, auto: true),
        ]
        let card = Self.card(
            subscriptions: rows,
            details: [
                Self.detail(rows[0], 576.80), Self.detail(rows[1], 82), Self.detail(rows[2], 67.20),
                Self.detail(rows[3], 10, "USD"), Self.detail(rows[4], 1000), Self.detail(rows[5], nil),
            ])
        #expect(
            card.sums.map(\.words) == [
                "576.80 active + 82.00 on hold + 67.20 pending = 726.00 EUR/mo", "10.00 USD/mo active",
            ])
        #expect(card.money.unread == 1)
        #expect(card.money.withoutRate == 1)
        #expect(card.lackWords == "units and money of 5 of 6 subscriptions read.")
        #expect(!card.isComplete)
    }

    @Test func `failed orders come first, then open ones, then those that wait for their date`() {
        var scheduled = Self.order("5", .processing, on: "2026-01-01")
        scheduled.scheduledOn = "renewal"
        var full = Self.order("2", .processing, "LO", on: "2026-11-21")
        full.lines = [OrderLine(mpn: "A", name: "Aurora", quantity: 3)]
        let card = Self.card(
            orders: [
                Self.order("1", .completed), scheduled, Self.order("2", .submitted, "WP", on: "2026-11-21"),
                Self.order("3", .error, "PF", on: "2026-11-24"), Self.order("4", .submitted, "HL"),
                Self.order("6", .cancelled), Self.order("7", .error, customer: "999"),
            ], full: [full])
        #expect(card.orders?.map(\.id.rawValue) == ["3", "4", "2", "5"])
        #expect(card.failedOrders == 1)
        #expect(card.openOrders == 3)
        // The detail brings the lines, the list the state.
        #expect(card.orders?[2].lines.count == 1)
        #expect(card.orders?[2].status == .submitted)
    }

    @Test(
        arguments: [
            (OrderStatus.submitted, "NP", "It goes on by itself as soon as it is paid."),
            (.submitted, "WP", "It goes on by itself as soon as it is paid."),
            (.submitted, "HL", "It is accepted; the marketplace must release it first."),
            (.submitted, "PD", "It is accepted and paid, and will be carried out next."), (.submitted, nil, nil),
            (.submitted, "ZZ", nil),
            (.processing, "LO", "The vendor is setting it up; vendors may take up to 48 hours."),
            (.processing, "AS", "It waits for its date or its next step."), (.processing, nil, nil),
            (.error, "PF", "It failed at the vendor, and nothing was changed."),
            (.error, nil, "It failed, and nothing was changed."), (.completed, "CP", nil), (.cancelled, nil, nil),
            (.other("odd"), "LO", nil),
        ] as [(OrderStatus, String?, String?)])
    func `there is something to say only where souk has a sentence`(
        status: OrderStatus, code: String?, sentence: String?
    ) {
        #expect(Self.order("1", status, code).sayable == sentence)
    }

    @Test func `last writes are those of this profile about this customer, the newest first`() {
        func entry(_ id: String, _ second: Double, _ customer: Account.ID?, _ sender: JournalEntry.Sender = .own)
            -> JournalEntry
        {
            JournalEntry(
                id: .init(id), at: Instant(secondsSince1970: second), profile: "p", sender: sender, name: "order",
                customer: customer, method: "POST", path: "/orders", request: "{}", outcome: .taken(made: "1"))
        }
        let card = Self.card(writes: [
            entry("1", 10, "412"), entry("2", 30, "412"), entry("3", 20, "999"), entry("4", 40, "412", .user("x")),
            entry("5", 20, nil),
        ])
        #expect(card.writes.map(\.id.rawValue) == ["2", "1"])
    }

    @Test func `lists that are not read are nothing, not none`() {
        let card = Self.card(subscriptions: nil, orders: nil)
        #expect(card.holdings == nil)
        #expect(card.openOrders == nil)
        #expect(card.lackWords == "subscriptions not read; orders not read.")
        let partly = CustomerCard(
            of: card.account, subscriptions: Listing(rows: [Self.row("1", .pending)], total: 3),
            detail: { _ in Self.detail(Self.row("1", .pending), 1) },
            orders: Listing(rows: [], isComplete: true, problems: [RowProblem(index: 0, reason: "no id")]),
            order: { _ in nil }, writes: [], today: Self.today)
        #expect(partly.lackWords == "1 of 3 subscriptions read; 1 of the orders unreadable.")
        #expect(Self.card().lackWords == nil)
        #expect(Self.card().isComplete)
    }
}
