import Marketplace
import Rows
import Screen
import TestSupport
import Testing

@testable import Dashboard

@Suite(.onComputingThreads) struct `The page of what changed` {
    private func stage(_ columns: Int, _ rows: Int, _ keys: String, isLinear: Bool = false) async -> Stage {
        let stage = await Stage(columns: columns, rows: rows, isLinear: isLinear, at: .home)
        await stage.press(keys)
        return stage
    }

    @Test(arguments: [(80, 24), (120, 40), (200, 60), (80, 16), (40, 10)])
    func `it shows what changed since yesterday, the changes of a customer together`(columns: Int, rows: Int) async {
        let stage = await stage(columns, rows, "0")
        expectScreen(stage.screen, matches: "changes-\(columns)x\(rows)")
    }

    @Test func `Home says the key and since when`() async {
        let stage = await stage(120, 40, "")
        #expect(stage.screen.contains("0 what changed since yesterday"))
        #expect(stage.screen.contains("0 changes"))
        await stage.send(.lastSession(Instant("2026-11-19T16:30:00Z")!))
        #expect(stage.screen.contains("0 what changed since 19 Nov 16:30"))
        await stage.press("0")
        #expect(stage.screen.contains("since the last session, 19 Nov 16:30"))
        await stage.resize(80, 24)
        #expect(stage.screen.contains("since the last session, 19 Nov 16:30"))
    }

    @Test func `each row opens what it names, and Esc returns to the row`() async throws {
        let stage = await stage(120, 40, "0d14d<Enter>")
        let rows = try #require(stage.dashboard.changes?.answer?.changes)
        let kinds = ["order", "subscription"]
        for kind in kinds {
            let place = try #require(rows.firstIndex { $0.kind == kind })
            await stage.press("g" + String(repeating: "j", count: place))
            #expect(stage.dashboard.changes?.list.selected?.id == rows[place].id)
            await stage.press("<Enter>")
            #expect(stage.dashboard.changes == nil)
            switch rows[place].row {
            case .order(let order): #expect(stage.dashboard.orders.opened == order.id)
            case .subscription(let held): #expect(stage.dashboard.subscriptions.opened == held.id)
            case .customer: Issue.record("no customer was expected")
            }
            await stage.press("<Esc>")
            #expect(stage.dashboard.changes?.list.selected?.id == rows[place].id)
            #expect(stage.dashboard.view == .home)
        }
        await stage.press("<Esc>")
        #expect(stage.dashboard.changes == nil && stage.dashboard.view == .home)
    }

    @Test func `a customer that was made from here is new, and opens in the tree`() async {
        let stage = await stage(120, 40, "0")
        let before = stage.dashboard.changes?.answer?.counts[.newCustomer]
        #expect(before == nil)
        await stage.send(.journal([Self.made("1000413")]))
        #expect(stage.dashboard.changes?.answer?.counts[.newCustomer] == 1)
        await stage.press("/kind:customer<Enter>")
        #expect(stage.screen.contains("new customer"))
        #expect(stage.screen.contains("1 match of"))
        await stage.press("<Enter>")
        #expect(stage.dashboard.view == .accounts)
        #expect(stage.dashboard.accounts.selected?.id == "1000413")
    }

    private static func made(_ id: String) -> JournalEntry {
        JournalEntry(
            id: "J1", at: Stage.start, profile: "sandbox", name: "new customer", method: "POST", path: "/customers",
            request: "", outcome: .taken(made: id))
    }

    @Test func `filter, sort and card work as everywhere`() async throws {
        let stage = await stage(120, 40, "0/failed<Enter>")
        let found = try #require(stage.dashboard.changes?.list)
        #expect(found.count == 1 && found.selected?.kinds == [.newOrder, .failedOrder])
        await stage.press("i")
        #expect(stage.dashboard.card?.id == "1000413")
        await stage.press("<Esc>")
        #expect(stage.dashboard.changes?.list.count == 1)
        await stage.press("<Esc>ss")
        let sorted = try #require(stage.dashboard.changes?.list)
        #expect(sorted.count > 10)
        await stage.press("<Enter>w")
        #expect(stage.watched.rows.count == 1 || stage.screen.contains("Watching"))
    }

    @Test func `d asks since when, and says what is no day`() async {
        let stage = await stage(80, 24, "0dmonday")
        #expect(stage.screen.contains("since monday"))
        #expect(stage.screen.contains("Since when?"))
        await stage.press("<Enter>")
        #expect(stage.dashboard.changes?.answer?.start == .day(CalendarDate("2026-11-16")!))
        #expect(stage.screen.contains("since Mon 16 Nov 2026"))
        await stage.press("dtomorrow<Enter>")
        #expect(stage.screen.contains("'tomorrow' is no day that has come."))
        #expect(stage.dashboard.changes?.isTyping == true)
        await stage.press("<Esc>")
        #expect(stage.screen.contains("since Mon 16 Nov 2026"))
        await stage.press("dlast<Enter>")
        #expect(stage.screen.contains("No earlier session is known."))
        #expect(stage.dashboard.changes?.answer?.start == .day(CalendarDate("2026-11-19")!))
        await stage.press("dtoday<Enter>d<Enter>")
        #expect(stage.dashboard.changes?.answer?.start == .day(CalendarDate("2026-11-19")!))
    }

    @Test func `of the account in view alone it counts what is its own`() async throws {
        let stage = await Stage(columns: 120, rows: 40)
        await stage.press("3/1000917<Enter>")
        await stage.press("0")
        let all = try #require(stage.dashboard.changes?.answer)
        #expect(all.customers > 3)
        // To the subscriptions of a reseller's customers.
        let other = await Stage(columns: 120, rows: 40)
        await other.press("2j30")
        let own = try #require(other.dashboard.changes?.answer)
        #expect(other.dashboard.model.scope == "1000100")
        #expect(own.changes.count < all.changes.count && own.isComplete)
        #expect(own.changes.allSatisfy { other.dashboard.model.accounts[$0.customer]?.vendorAccount == "1000100" })
    }

    @Test func `a key works nothing out anew`() async {
        let stage = await stage(80, 24, "0")
        let counts = stage.dashboard.changes?.counts
        await stage.press("jjjkGg/a<Enter><Esc>dm<Esc>s<Esc>")
        #expect(stage.dashboard.changes?.counts == counts)
    }

    @Test func `long lists are worked out beside the screen`() async throws {
        let rows = (0..<6000).map { place in
            Subscription(
                id: .init(String(1_000_000 + place)), name: "Aurora", customer: .init(String(place % 50)),
                status: .active, created: CalendarDate(place % 3 == 0 ? "2026-11-20" : "2026-01-20"))
        }
        var dashboard = Dashboard(
            profile: ProfileSummary(
                name: "test", place: "test", user: "x.api", isReadOnly: false, isProduction: true),
            size: Size(columns: 80, rows: 24), now: Stage.start, at: .home)
        _ = dashboard.update(.key("0"))
        let effects = dashboard.update(
            .subscriptions(
                SubscriptionQuery(),
                Snapshot(value: Listing(rows: rows, total: rows.count, isComplete: true), readAt: Stage.start)))
        #expect(dashboard.changes?.answer?.changes.isEmpty == true)
        #expect(!dashboard.isAtRest)
        var jobs = effects.jobs
        #expect(jobs.contains { $0.slot.list == "what changed" })
        while !jobs.isEmpty {
            var results: [ListResult] = []
            jobs.removeFirst().run(isCancelled: { false }, post: { results.append($0) })
            for result in results { jobs += dashboard.update(.arranged(result)).jobs }
        }
        #expect(dashboard.changes?.answer?.counts == [.newSubscription: 2000])
        #expect(dashboard.changes?.list.count == 2000)
    }

    @Test func `what is partly read is said above what it rests on`() async {
        let stage = await stage(80, 24, "0")
        await stage.send(
            .orders(
                OrderQuery(), Snapshot(value: Listing(rows: [], total: 3000, isComplete: false), readAt: Stage.start)))
        #expect(stage.screen.contains("PARTLY READ: 0 of 3,000 orders read."))
        #expect(stage.dashboard.changes?.answer?.isComplete == false)
    }

    @Test func `in linear mode it says since when, how much, and what it rests on`() async {
        let stage = await stage(80, 24, "0", isLinear: true)
        let words = stage.dashboard.sentences.flatMap(\.lines).joined(separator: "\n")
        #expect(words.contains("What changed."))
        #expect(words.contains("Since yesterday, 19 Nov 2026."))
        #expect(words.contains("all read."))
        #expect(words.contains("new order"))
    }
}

extension [Effect] {
    fileprivate var jobs: [ListJob] {
        compactMap { if case .client(.arrange(let job)) = $0 { job } else { nil } }
    }
}

@Suite struct `Until when the marketplace was seen` {
    private static let start = Stage.start

    private static func dashboard(isKept: Bool = true) -> Dashboard {
        var profile = ProfileSummary(
            name: "test", place: "test", user: "x.api", isReadOnly: false, isProduction: true)
        if isKept { profile.owner = Owner(address: "https://api.example", marketplace: "us", user: "x.api") }
        return Dashboard(profile: profile, size: Size(columns: 80, rows: 24), now: start, at: .home)
    }

    private static func read(_ seconds: Double) -> Event {
        .orders(OrderQuery(), Snapshot(value: Listing(), readAt: start.adding(seconds: seconds)))
    }

    private static func press(_ key: Key, _ dashboard: inout Dashboard) -> [Instant] {
        dashboard.update(.key(key)).compactMap { if case .client(.saveSession(let seen)) = $0 { seen } else { nil } }
    }

    @Test func `is the time of the latest read before a key`() {
        var dashboard = Self.dashboard()
        #expect(Self.press("j", &dashboard).isEmpty)
        _ = dashboard.update(Self.read(0))
        _ = dashboard.update(Self.read(30))
        #expect(Self.press("j", &dashboard) == [Self.start.adding(seconds: 30)])
        // Nothing new was read.
        #expect(Self.press("j", &dashboard).isEmpty)
    }

    @Test func `is kept once a minute at most, and when the person leaves`() {
        var dashboard = Self.dashboard()
        _ = dashboard.update(Self.read(0))
        _ = Self.press("j", &dashboard)
        _ = dashboard.update(Self.read(59))
        #expect(Self.press("j", &dashboard).isEmpty)
        _ = dashboard.update(Self.read(60))
        #expect(Self.press("j", &dashboard) == [Self.start.adding(seconds: 60)])
        _ = dashboard.update(Self.read(61))
        #expect(Self.press("q", &dashboard) == [Self.start.adding(seconds: 61)])
    }

    @Test func `is not moved by what is read of one account`() {
        var dashboard = Self.dashboard()
        _ = dashboard.update(
            .orders(OrderQuery(customer: "7"), Snapshot(value: Listing(), readAt: Self.start)))
        #expect(Self.press("j", &dashboard).isEmpty)
    }

    @Test func `goes by the marketplace's clock`() {
        var dashboard = Self.dashboard()
        _ = dashboard.update(.clocks(ClockOffsets(step: 0, marketplaceAhead: -7200), now: Self.start))
        _ = dashboard.update(Self.read(0))
        #expect(Self.press("j", &dashboard) == [Self.start.adding(seconds: -7200)])
    }

    @Test func `is kept nowhere for a marketplace that forgets everything`() {
        var dashboard = Self.dashboard(isKept: false)
        _ = dashboard.update(Self.read(0))
        #expect(Self.press("j", &dashboard).isEmpty)
    }

    @Test func `of an earlier session stays as it was at the start`() {
        var dashboard = Self.dashboard()
        _ = dashboard.update(.lastSession(Self.start.adding(seconds: -100)))
        _ = dashboard.update(.lastSession(Self.start.adding(seconds: -50)))
        #expect(dashboard.model.lastSession == Self.start.adding(seconds: -100))
    }

    @Test func `that cannot be kept is said once`() {
        var dashboard = Self.dashboard()
        _ = dashboard.update(.sessionLost("The time of this session is not kept."))
        #expect(dashboard.notice?.text == "The time of this session is not kept.")
        _ = dashboard.update(.key("j"))
        _ = dashboard.update(.sessionLost("The time of this session is not kept."))
        #expect(dashboard.notice == nil)
    }
}
