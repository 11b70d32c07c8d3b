import FoundationEssentials
import Marketplace
import Testing

/// What can be undone by the rule of a vendor, with every moment worked out by hand: the rule lets units and the whole go
/// for 7 days, and the renewal be decided until the day before.
@Suite struct `The windows of a vendor's rule` {
    private static let now = Instant("2026-11-26T13:03:00Z")!
    private static let rule = VendorRule(
        vendor: "aurora", hoursToTakeAway: 168, hoursToCancel: 168, daysToDecide: 1, source: "a test",
        date: CalendarDate("2026-03-01")!)

    /// Bought on 8 December 2025 for a year; renews on 6 December 2026.
    private static func detail(
        units: Int? = 28, vendor: String = "aurora", mpn: String = "AUR-365", products: Int = 1,
        status: SubscriptionStatus = .active, created: String = "2025-12-08", expires: String? = "2026-12-08",
        term: Period? = Period(1, .year)
    ) -> SubscriptionDetail {
        SubscriptionDetail(
            subscription: Subscription(
                id: "1", name: "Aurora", customer: "2", status: status, autoRenews: true,
                created: CalendarDate(created), renews: expires == nil ? nil : CalendarDate("2026-12-06"),
                expires: expires.flatMap { CalendarDate($0) }, subscriptionPeriod: term),
            products: Array(
                repeating: SubscriptionProduct(mpn: mpn, vendor: vendor, name: "Aurora", quantity: units),
                count: products))
    }

    private static func order(
        _ number: String, _ kind: Order.Kind, _ moment: String?, _ quantity: Decimal? = nil,
        status: OrderStatus = .completed, lines: Int = 1
    ) -> Order {
        Order(
            id: .init(number), number: number, kind: kind, customer: "2", status: status,
            created: moment.flatMap { Instant($0) }, subscription: "1",
            lines: Array(repeating: OrderLine(mpn: "AUR-365", quantity: quantity), count: lines))
    }

    private static let bought = order("SO1", .sales, "2025-12-08T10:00:00Z", 20)

    private static func windows(
        _ detail: SubscriptionDetail, _ orders: [Order]?, rule: VendorRule = rule, now: Instant = now
    ) -> SubscriptionWindows? {
        SubscriptionWindows(
            of: detail, orders: orders, rules: VendorRules([rule]), now: now, today: now.utcDate)
    }

    private static func windows(_ orders: [Order]?) -> SubscriptionWindows? { windows(detail(), orders) }

    private static func lot(_ units: Int, _ until: String, isExact: Bool = true) -> SubscriptionWindows.Lot {
        .init(units: units, until: .init(at: Instant(until)!, isExact: isExact))
    }

    // MARK: Units

    struct Lots: Sendable {
        var name: String
        var orders: [Order]
        var units: SubscriptionWindows.Units
    }

    static let lots = [
        Lots(name: "nothing came in the last 7 days", orders: [bought], units: .lots([], locked: 28)),
        Lots(
            name: "3 were added today", orders: [bought, order("CH2", .change, "2026-11-26T12:58:00Z", 3)],
            units: .lots([lot(3, "2026-12-03T12:58:00Z")], locked: 25)),
        Lots(
            name: "of two additions each has its own end",
            orders: [
                order("CH3", .change, "2026-11-25T08:00:00Z", 2), bought,
                order("CH2", .change, "2026-11-20T09:30:00Z", 5),
            ], units: .lots([lot(5, "2026-11-27T09:30:00Z"), lot(2, "2026-12-02T08:00:00Z")], locked: 21)),
        Lots(
            name: "one added a minute more than 7 days ago is locked",
            orders: [order("CH2", .change, "2026-11-19T13:02:00Z", 3)], units: .lots([], locked: 28)),
        Lots(
            name: "what was taken away again is that which came last",
            orders: [
                order("CH2", .change, "2026-11-22T09:00:00Z", 5), order("CH3", .change, "2026-11-24T09:00:00Z", 4),
                order("CH4", .change, "2026-11-25T09:00:00Z", -6),
            ], units: .lots([lot(3, "2026-11-29T09:00:00Z")], locked: 25)),
        Lots(
            name: "more was taken away than came in the window",
            orders: [
                order("CH2", .change, "2026-11-22T09:00:00Z", 1), order("CH3", .change, "2026-11-25T09:00:00Z", -3),
            ], units: .lots([], locked: 28)),
        Lots(
            name: "after a renewal all can go", orders: [order("RO2", .renewal, "2026-11-24T06:00:00Z", 28)],
            units: .lots([lot(28, "2026-12-01T06:00:00Z")], locked: 0)),
        Lots(
            name: "after a renewal what came before it has its end, what came later its own",
            orders: [
                order("CH1", .change, "2026-11-23T06:00:00Z", 2), order("RO2", .renewal, "2026-11-24T06:00:00Z", 25),
                order("CH3", .change, "2026-11-25T06:00:00Z", 3),
            ], units: .lots([lot(25, "2026-12-01T06:00:00Z"), lot(3, "2026-12-02T06:00:00Z")], locked: 0)),
        Lots(
            name: "orders that were withdrawn, failed or are open count nothing",
            orders: [
                order("CH2", .change, "2026-11-25T06:00:00Z", 3, status: .cancelled),
                order("CH3", .change, "2026-11-25T06:00:00Z", 3, status: .error),
                order("CH4", .change, "2026-11-25T06:00:00Z", 3, status: .processing),
            ], units: .lots([], locked: 28)),
        Lots(
            name: "a change without its lines was not read",
            orders: [order("CH2", .change, "2026-11-25T06:00:00Z", lines: 0)], units: .notRead),
        Lots(
            name: "an old change without its lines decides nothing",
            orders: [order("CH2", .change, "2026-06-25T06:00:00Z", lines: 0)], units: .lots([], locked: 28)),
        Lots(
            name: "a change without a number is unclear", orders: [order("CH2", .change, "2026-11-25T06:00:00Z")],
            units: .unclear),
        Lots(
            name: "a change without a date is unclear", orders: [order("CH2", .change, nil, 3)], units: .unclear),
        Lots(
            name: "more added than is held is unclear", orders: [order("CH2", .change, "2026-11-25T06:00:00Z", 30)],
            units: .unclear),
        Lots(
            name: "half a unit is unclear",
            orders: [order("CH2", .change, "2026-11-25T06:00:00Z", Decimal(string: "1.5"))], units: .unclear),
    ]

    @Test(arguments: lots) func `units are counted lot by lot`(_ example: Lots) {
        #expect(Self.windows(example.orders)?.units == example.units, "\(example.name)")
    }

    @Test func `after a switch of the plan nobody can say which units can go`() {
        var moved = Self.order("CH2", .change, "2026-11-25T06:00:00Z", 28)
        moved.plan = "10002"
        #expect(Self.windows([moved])?.units == .unclear)
    }

    @Test func `units are not read before the orders are`() { #expect(Self.windows(nil)?.units == .notRead) }

    @Test func `several products and unreported numbers have no lots`() throws {
        #expect(try #require(Self.windows(Self.detail(products: 2), [])).units == nil)
        #expect(try #require(Self.windows(Self.detail(units: nil), [])).units == nil)
    }

    @Test func `where only the day of the term is known, its units can go for 7 times 24 hours from its begin`() {
        let detail = Self.detail(created: "2026-11-24", expires: "2027-11-24")
        let units = Self.windows(detail, [])?.units
        #expect(units == .lots([Self.lot(28, "2026-12-01T00:00:00Z", isExact: false)], locked: 0))
        #expect(
            Self.lot(28, "2026-12-01T00:00:00Z", isExact: false).until.lastDay(\.utcDate).description == "2026-11-30")
    }

    // MARK: The whole

    @Test func `a cancellation is possible for 7 days after the sale, then closed since that moment`() {
        let detail = Self.detail(created: "2026-11-20", expires: "2027-11-20")
        let sale = [Self.order("SO1", .sales, "2026-11-20T10:00:00Z", 28)]
        let end = SubscriptionWindows.Deadline(at: Instant("2026-11-27T10:00:00Z")!, isExact: true)
        #expect(Self.windows(detail, sale)?.cancellation == .open(until: end))
        #expect(Self.windows(detail, sale, now: Instant("2026-11-27T09:59:59Z")!)?.cancellation == .open(until: end))
        #expect(Self.windows(detail, sale, now: Instant("2026-11-27T10:00:00Z")!)?.cancellation == .closed(since: end))
        #expect(Self.windows(detail, nil)?.cancellation == .notRead)
    }

    @Test func `a cancellation of an old term is closed though no order was read`() {
        let end = SubscriptionWindows.Deadline(at: Instant("2025-12-15T00:00:00Z")!, isExact: false)
        #expect(Self.windows(nil)?.cancellation == .closed(since: end))
    }

    @Test func `a term that nothing dates says nothing of a cancellation`() throws {
        let windows = try #require(Self.windows(Self.detail(expires: nil, term: nil), []))
        #expect(windows.cancellation == nil)
        #expect(windows.decideBy == nil)
        #expect(windows.units == .lots([], locked: 28))
    }

    @Test func `the renewal is to be decided the day before, the end likewise`() {
        #expect(Self.windows([])?.decideBy?.description == "2026-12-05")
        var ending = Self.detail()
        ending.subscription.autoRenews = false
        #expect(Self.windows(ending, [])?.decideBy?.description == "2026-12-07")
    }

    @Test func `a monthly term in a leap year begins where the month before ends`() {
        let detail = Self.detail(created: "2026-01-31", expires: "2028-02-29", term: Period(1, .month))
        let now = Instant("2028-02-01T00:00:00Z")!
        // 29 February less a month is 29 January; 7 days later the window has another 4 days to go.
        let end = SubscriptionWindows.Deadline(at: Instant("2028-02-05T00:00:00Z")!, isExact: false)
        #expect(Self.windows(detail, [], now: now)?.cancellation == .open(until: end))
    }

    // MARK: Whose rule

    @Test(arguments: [
        ("aurora", "AUR-365", true), ("Aurora", "aur-365", true), ("aurora (NCE)", "AUR-365", true),
        ("auroras", "AUR-365", false), ("borealis", "AUR-365", false), ("aurora", "ZX-1000", false), ("", "", false),
    ])
    func `a rule is about its vendor and its products`(vendor: String, mpn: String, isCovered: Bool) {
        var rule = Self.rule
        rule.mpnPrefix = "AUR-"
        let windows = Self.windows(Self.detail(vendor: vendor, mpn: mpn), [], rule: rule)
        #expect((windows != nil) == isCovered)
    }

    @Test func `what has ended and what no rule is about has no windows`() {
        #expect(Self.windows(Self.detail(status: .terminated), []) == nil)
        #expect(Self.windows(Self.detail(products: 0), []) == nil)
        #expect(
            SubscriptionWindows(
                of: Self.detail(), orders: [], rules: VendorRules(), now: Self.now, today: Self.now.utcDate)
                == nil)
    }

    @Test func `a rule says nothing of what it does not name`() throws {
        var rule = Self.rule
        (rule.hoursToCancel, rule.hoursToTakeAway, rule.daysToDecide) = (nil, nil, nil)
        let windows = try #require(Self.windows(Self.detail(), [], rule: rule))
        #expect(windows.units == nil)
        #expect(windows.cancellation == nil)
        #expect(windows.decideBy == nil)
    }

    // MARK: Reviews

    @Test func `taking away more than can go is warned of in the words of the rule, and never refused`() {
        let windows = Self.windows([Self.order("CH2", .change, "2026-11-26T12:58:00Z", 3)])
        #expect(Rules.objection(toTakingAway: 3, windows) == nil)
        #expect(Rules.objection(toTakingAway: -2, windows) == nil)
        #expect(Rules.objection(toTakingAway: 4, nil) == nil)
        let objection = Rules.objection(toTakingAway: 4, windows)
        #expect(objection?.weight == .warned)
        #expect(
            objection?.reason.words
                == "By the rule of aurora, 01 Mar 2026, 3 units can be taken away now, until 03 Dec 2026 12:58 UTC; "
                + "the others on 06 Dec 2026")
        #expect(
            Rules.objection(toTakingAway: 1, Self.windows([]))?.reason.words
                == "By the rule of aurora, 01 Mar 2026, no units can be taken away now: only for 7 days after they came, "
                + "or on 06 Dec 2026")
        let unclear = Rules.objection(toTakingAway: 1, Self.windows([Self.order("CH2", .change, nil, 3)]))
        #expect(unclear?.weight == .noted)
    }

    @Test func `a cancellation after its window is warned of`() {
        let objection = Rules.objection(toCancelling: Self.windows([Self.bought]))
        #expect(objection?.weight == .warned)
        #expect(
            objection?.reason.words
                == "By the rule of aurora, 01 Mar 2026, it can be cancelled for 7 days after its purchase or renewal; "
                + "that ended on 15 Dec 2025 10:00 UTC")
        let fresh = Self.windows([Self.order("RO2", .renewal, "2026-11-24T06:00:00Z", 28)])
        #expect(Rules.objection(toCancelling: fresh) == nil)
    }
}
