import FoundationEssentials
import Marketplace
import Screen
import TestSupport
import Testing

@testable import Dashboard

@Suite(.onComputingThreads) struct `What follows the cursor beside a list` {
    private static let sizes = [
        Size(columns: 120, rows: 24), Size(columns: 120, rows: 40), Size(columns: 200, rows: 60),
    ]

    /// What is beside the list in front.
    private func preview(_ dashboard: Dashboard) -> Page? {
        guard let width = dashboard.area.detail?.width else { return nil }
        let model = dashboard.model
        if let plans = dashboard.overlays.first(PlansPage.self)?.list {
            return plans.list.selected.map { plans.page(of: $0.id, width: width, model) }
        }
        return switch dashboard.view {
        case .accounts: dashboard.accounts.preview(width: width, isBeside: true, model)
        case .subscriptions:
            dashboard.subscriptions.list.selected.map { dashboard.subscriptions.page(of: $0.id, width: width, model) }
        case .orders: dashboard.orders.list.selected.map { dashboard.orders.preview(of: $0, width: width, model) }
        case .catalog: dashboard.catalog.selected.map { dashboard.catalog.page(of: $0, width: width, model) }
        case .journal: dashboard.journal.list.selected.map { dashboard.journal.preview(of: $0, width: width, model) }
        case .reports: dashboard.reports.list.selected.map { dashboard.reports.page(of: $0, width: width, model) }
        default: nil
        }
    }

    private func labels(_ dashboard: Dashboard) -> [String] {
        (preview(dashboard)?.lines ?? []).enumerated().flatMap { y, runs in
            runs.filter(\.isLabel).map { "\(y) \($0.x) \($0.text)" }
        }
    }

    /// The cells beside the list.
    private func beside(_ dashboard: Dashboard) -> [Cell] {
        guard let rect = dashboard.area.detail else { return [] }
        let canvas = dashboard.draw()
        return (rect.y..<rect.maxY).flatMap { canvas.row($0).dropFirst(rect.x).prefix(rect.width) }
    }

    /// Walks down the list: whatever row is on the cursor, what is beside it has the same labels in the same places.
    private func expectFixedPlaces(_ keys: Int, of dashboard: () -> Dashboard, press: (String) async -> Void) async {
        let labels = labels(dashboard())
        #expect(labels.count > 6)
        for number in 0..<keys {
            await press("j")
            let latest = self.labels(dashboard())
            #expect(latest == labels, "after \(number + 1) keys\n\(dashboard().draw().text)")
            if latest != labels { return }
        }
    }

    @Test(arguments: sizes, ["2j<Right>j", "3", "3/pending<Enter>", "4", "5/a<Enter>", "9", "3O"])
    func `keeps its labels in their places in the sandbox`(size: Size, keys: String) async {
        let stage = await Stage(columns: size.columns, rows: size.rows)
        await stage.press(keys)
        await expectFixedPlaces(25, of: { stage.dashboard }, press: { await stage.press($0) })
    }

    // MARK: Any values

    private static let texts = [
        "", "x", "Aurora 365 Business Premium", "作者出版株式会社作者出版株式会社作者出版株式会社", "e\u{301}te\u{301}",
        "9672fed8-2747-40bb-9f47-1695f00f9258", String(repeating: "unbroken", count: 30),
        "words and words and words and words and words and words and words and words and words and words",
    ]

    private func dashboard(_ size: Size, at view: View, _ events: [Event]) -> Dashboard {
        var dashboard = Dashboard(
            profile: ProfileSummary(name: "test", place: "test", user: "x.api", isReadOnly: false, isProduction: true),
            size: size, now: Stage.start, at: view)
        for event in events { _ = dashboard.update(event) }
        return dashboard
    }

    private func listing<Row>(_ rows: [Row]) -> Snapshot<Listing<Row>> {
        Snapshot(value: Listing(rows: rows, total: rows.count, isComplete: true), readAt: Stage.start)
    }

    private func expectFixedPlaces(_ size: Size, at view: View, _ events: [Event]) async {
        var dashboard = dashboard(size, at: view, events)
        await expectFixedPlaces(
            39, of: { dashboard },
            press: { keys in for key in Stage.keys(keys) { _ = dashboard.update(.key(key)) } })
    }

    @Test(arguments: sizes) func `keeps them for any subscription`(size: Size) async {
        var dice = Dice(seed: 5)
        var events: [Event] = []
        let details = (0..<40).map { Self.subscription($0, &dice) }
        events.append(.subscriptions(SubscriptionQuery(), listing(details.map(\.subscription))))
        // Of some nothing is read, and of some it failed.
        for (number, detail) in details.enumerated() {
            switch number % 5 {
            case 0: break
            case 1: events.append(.subscription(detail.subscription.id, Snapshot(failure: .cancelled)))
            default:
                events.append(.subscription(detail.subscription.id, Snapshot(value: detail, readAt: Stage.start)))
            }
        }
        await expectFixedPlaces(size, at: .subscriptions, events)
    }

    @Test(arguments: sizes) func `keeps them for any order`(size: Size) async {
        var dice = Dice(seed: 6)
        let orders = (0..<40).map { Self.order($0, &dice) }
        var events: [Event] = [.orders(OrderQuery(), listing(orders))]
        for (number, order) in orders.enumerated() where number % 4 > 0 {
            events.append(.order(order.id, Snapshot(value: order, readAt: Stage.start)))
        }
        await expectFixedPlaces(size, at: .orders, events)
    }

    @Test(arguments: sizes) func `keeps them for any report`(size: Size) async {
        var dice = Dice(seed: 7)
        let reports = (0..<40).map { number in
            Report(
                id: .init("\(number)\(dice.one(of: Self.texts))"), name: dice.one(of: Self.texts),
                view: dice.below(3) == 0 ? nil : dice.one(of: Self.texts),
                status: dice.one(of: [.completed, .error, .other(dice.one(of: Self.texts))]),
                kind: dice.one(of: [.daily, .other(dice.one(of: Self.texts))]), format: dice.one(of: [.csv, .json]),
                created: dice.below(3) == 0 ? nil : Stage.start.adding(seconds: Double(-number)))
        }
        await expectFixedPlaces(size, at: .reports, [.reports(ReportQuery(), listing(reports))])
    }

    @Test(arguments: sizes) func `keeps them for any entry of the journal`(size: Size) async {
        var dice = Dice(seed: 8)
        let entries = (0..<40).map { number in
            func text() -> String { dice.one(of: Self.texts) }
            func some() -> String? { dice.below(3) == 0 ? nil : text() }
            let outcomes: [JournalEntry.Outcome] = [
                .sending, .taken(made: some()), .refused(reason: text()), .unknown(reason: text()),
            ]
            return JournalEntry(
                id: .init("\(number)"), at: Stage.start.adding(seconds: Double(-number)),
                endedAt: dice.below(3) == 0 ? nil : Stage.start, profile: text(), user: some(), name: text(),
                customer: some().map { .init($0) }, subscription: some().map { .init($0) }, poNumber: some(),
                changes: [text(), text()], method: "POST", path: "/orders", request: "{}",
                outcome: dice.one(of: outcomes), correlationID: some(), settledBy: some(), group: some(),
                warning: some())
        }
        await expectFixedPlaces(size, at: .journal, [.journal(entries)])
    }

    private static func money(_ dice: inout Dice) -> Money? {
        dice.below(3) == 0 ? nil : Money(Decimal(dice.one(of: [0, 1, 27, 2_060, 123_456_789])) / 4, "EUR")
    }

    private static func period(_ dice: inout Dice) -> Period? {
        let other = Period(7, .other(dice.one(of: texts)))
        return dice.one(of: [nil, Period(1, .month), Period(1, .year), Period(3, .year), other])
    }

    private static func day(_ dice: inout Dice) -> CalendarDate? {
        dice.below(3) == 0 ? nil : CalendarDate("2026-11-20")?.adding(days: dice.below(2000) - 1000)
    }

    private static func subscription(_ number: Int, _ dice: inout Dice) -> SubscriptionDetail {
        let row = Subscription(
            id: .init("\(1_000_000 + number)"), name: dice.one(of: texts), customer: .init("\(dice.below(9))"),
            status: dice.one(of: [.active, .pending, .hold, .terminated, .other(dice.one(of: texts))]),
            autoRenews: dice.one(of: [nil, true, false]), created: day(&dice), renews: day(&dice), modified: day(&dice),
            expires: day(&dice), billingPeriod: period(&dice), subscriptionPeriod: period(&dice))
        let products = (0..<dice.below(4)).map { _ in
            SubscriptionProduct(
                mpn: dice.one(of: texts), vendor: dice.one(of: texts), name: dice.one(of: texts),
                quantity: dice.one(of: [nil, 1, 1_234_567]), unitPrice: money(&dice), extendedPrice: money(&dice),
                vendorSubscriptionID: dice.one(of: [nil] + texts))
        }
        return SubscriptionDetail(subscription: row, products: products, totalPrice: money(&dice))
    }

    private static func order(_ number: Int, _ dice: inout Dice) -> Order {
        var order = Order(
            id: .init("\(number)"), number: dice.one(of: ["", "SO\(number)"] + texts),
            kind: dice.one(of: [.sales, .change, .renewal, .cancellation, .other(dice.one(of: texts))]), customer: "1",
            status: dice.one(of: [.submitted, .processing, .completed, .error, .cancelled, .other("x")]),
            statusCode: dice.one(of: [nil, "NP", "HL", "LO", "PF"]))
        order.created = dice.below(3) == 0 ? nil : Stage.start.adding(seconds: Double(-dice.below(1_000_000)))
        order.provisioned = dice.below(2) == 0 ? nil : Stage.start
        order.poNumber = dice.one(of: [nil] + texts)
        order.subscription = dice.below(3) == 0 ? nil : "1000917"
        order.total = money(&dice)
        order.scheduledOn = dice.below(3) == 0 ? "renewal" : nil
        order.checksCredit = dice.one(of: [nil, true, false])
        order.lines = (0..<dice.below(3)).map { _ in
            var line = OrderLine(
                mpn: dice.one(of: texts), vendor: dice.one(of: [nil] + texts), name: dice.one(of: [nil] + texts),
                quantity: dice.one(of: [nil, 1, -3, 1_234_567]), extendedPrice: money(&dice))
            line.subscriptionPeriod = period(&dice)
            return line
        }
        return order
    }

    // MARK: While a key repeats

    @Test func `is empty while a key repeats, and of the row on the cursor after that`() async {
        let stage = await Stage(columns: 120, rows: 40)
        await stage.press("3")
        #expect(beside(stage.dashboard).contains { $0.scalar != 0x20 })
        await stage.send(.keysRepeat(true))
        #expect(stage.dashboard.holdsPreview)
        await stage.press("jj")
        #expect(beside(stage.dashboard).allSatisfy { $0.scalar == 0x20 })
        await stage.send(.keysRepeat(false))
        #expect(!stage.dashboard.holdsPreview)
        let id = stage.dashboard.subscriptions.list.selected?.id.rawValue ?? "none"
        #expect(stage.screen.contains("subscription \(id)"))
    }

    @Test func `a key that acts means the row on the cursor while another one repeats`() async throws {
        let stage = await Stage(columns: 120, rows: 40)
        await stage.press("3")
        await stage.send(.keysRepeat(true))
        await stage.press("jj")
        let id = try #require(stage.dashboard.subscriptions.list.selected?.id)
        await stage.press("<Enter>")
        #expect(stage.dashboard.subscriptions.opened == id)
        // What is opened is shown at once.
        #expect(stage.screen.contains(id.rawValue))
    }

    @Test(arguments: [("3", 80), ("3p", 120), ("3<Enter>", 120), ("3?", 120), ("4<Enter>", 120)])
    func `nothing waits where nothing follows the cursor`(keys: String, columns: Int) async {
        let stage = await Stage(columns: columns, rows: 40)
        await stage.press(keys)
        let before = stage.canvas
        await stage.send(.keysRepeat(true))
        #expect(!stage.dashboard.holdsPreview)
        #expect(stage.canvas == before)
    }

    @Test(arguments: ["2j<Right>j", "4", "5/a<Enter>", "9", "3O"])
    func `waits in every view that has it`(keys: String) async {
        let stage = await Stage(columns: 120, rows: 40)
        await stage.press(keys)
        await stage.send(.keysRepeat(true))
        #expect(stage.dashboard.holdsPreview)
    }
}

@Suite struct `Keys that repeat` {
    private func repeats(_ milliseconds: Int64...) -> [Bool] {
        var keys = KeyRepeat()
        return milliseconds.map { keys.takesKeys(at: $0) }
    }

    @Test func `are those that come sooner than the pause after the one before`() {
        #expect(repeats(0, 30, 60, 109, 159, 209, 210) == [false, true, true, true, false, false, true])
    }

    @Test func `say how much of the pause is left`() {
        var keys = KeyRepeat()
        #expect(keys.left(at: 7) == nil)
        _ = keys.takesKeys(at: 7)
        #expect(keys.left(at: 7) == 50)
        #expect(keys.left(at: 56) == 1)
        #expect(keys.left(at: 57) == nil)
    }
}
