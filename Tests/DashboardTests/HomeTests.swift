import FoundationEssentials
import Marketplace
import Rows
import Screen
import TestSupport
import Testing

@testable import Dashboard

@Suite(.onComputingThreads) struct `The home view` {
    @Test(arguments: [(80, 24), (120, 40), (200, 60), (40, 10), (80, 16)])
    func `it shows what needs a person now`(columns: Int, rows: Int) async {
        let stage = await Stage(columns: columns, rows: rows)
        await stage.press("1jjj")
        expectScreen(stage.screen, matches: "home-\(columns)x\(rows)")
    }

    @Test(arguments: [(80, 24), (120, 40), (200, 60)])
    func `it shows the rows of the lane on the cursor, and what was done here`(columns: Int, rows: Int) async {
        let stage = await Stage(columns: columns, rows: rows)
        await stage.press("j<Right>j3/1000917<Enter>c28<F10>28<Enter>")
        await stage.pass(seconds: 3)
        await stage.press("2qqqq1<Esc>")
        expectScreen(stage.screen, matches: "home-done-\(columns)x\(rows)")
    }

    @Test(arguments: [(80, 24), (120, 40), (200, 60)])
    func `it counts what belongs to the reseller in view`(columns: Int, rows: Int) async {
        let stage = await Stage(columns: columns, rows: rows)
        await stage.press("j31")
        #expect(stage.dashboard.model.scope == "1000100")
        expectScreen(stage.screen, matches: "home-of-reseller-\(columns)x\(rows)")
    }

    @Test(arguments: [(80, 24), (120, 40), (200, 60)])
    func `nothing read-only is offered, and the header says why`(columns: Int, rows: Int) async {
        let stage = await Stage(
            columns: columns, rows: rows, isReadOnly: true,
            readOnlyOrigin: .file("~/.config/souk/config.toml", line: 4))
        await stage.press("1")
        expectScreen(stage.screen, matches: "home-read-only-\(columns)x\(rows)")
    }

    @Test func `the money is read unasked only where calls are not limited`() async {
        let stage = await Stage(at: .home)
        var limited = Budget()
        limited.perMinute = 60
        await stage.send(.budget(limited))
        #expect(stage.dashboard.home.stake.value?.read == 0)
        await stage.send(.budget(Budget()))
        let stake = stage.dashboard.home.stake.value
        #expect(stake?.read == stake?.count && stake?.count ?? 0 > 0)
        #expect(stage.screen.contains("Money of all"))
    }

    @Test(arguments: [(80, 24), (120, 40), (200, 60)])
    func `F reads the money of what renews, ends and is on hold, which lanes and weeks then show`(
        columns: Int, rows: Int
    ) async throws {
        let stage = await Stage(columns: columns, rows: rows, at: .home)
        let stake = try #require(stage.dashboard.home.stake.value)
        #expect(stage.screen.contains("F reads the rest: \(stake.count - stake.read) calls"))
        await stage.press("F")
        #expect(stage.rests.count == stake.count - stake.read)
        await stage.readRest(200)
        expectScreen(stage.screen, matches: "home-money-partly-\(columns)x\(rows)")
        await stage.readRest()
        expectScreen(stage.screen, matches: "home-money-\(columns)x\(rows)")
        // The sums are those of the subscriptions of the lane, added up one by one.
        let week = try #require(stage.dashboard.home.overview?.items[.renewing])
        var rates: [String: Decimal] = [:]
        for case .subscription(let id) in week.map(\.subject) {
            let detail = try await stage.client.subscriptions.value(for: id)
            if let rate = detail.monthlyRate { rates[rate.currency, default: 0] += rate.amount }
        }
        let lane = try #require(stage.dashboard.home.stake.value?[.renewing])
        #expect(lane.isComplete && Dictionary(uniqueKeysWithValues: lane.sums.map { ($0.currency, $0.rate) }) == rates)
        #expect(stage.screen.contains("Money of all"))
        await stage.press("F")
        #expect(stage.screen.contains("All money shown here is read."))
    }

    @Test func `Esc stops reading the money, and F goes on with the others`() async throws {
        let stage = await Stage(columns: 80, rows: 24, at: .home)
        await stage.press("F")
        let all = stage.rests.count
        await stage.readRest(10)
        #expect(stage.screen.contains("READING 10 of \(all); Esc stops"))
        await stage.press("<Esc>")
        #expect(stage.rests.isEmpty && stage.dashboard.view == .home)
        #expect(stage.screen.contains("Stopped: 10 of \(all) were read. F reads the others."))
        await stage.press("F")
        #expect(stage.rests.count == all - 10)
    }

    @Test func `money is counted anew only when something was read`() async {
        let stage = await Stage(columns: 80, rows: 24, at: .home)
        let before = stage.dashboard.home.stake.counts
        await stage.press("jjkk?<Esc>jk")
        #expect(stage.dashboard.home.stake.counts == before)
        await stage.press("F")
        await stage.readRest(5)
        #expect(stage.dashboard.home.stake.counts == before + 1)
        await stage.press("r")
        #expect(stage.dashboard.home.stake.counts == before + 2)
        // While another view is in front, nothing is counted for this one.
        await stage.press("8F")
        await stage.readRest(5)
        #expect(stage.dashboard.home.stake.counts == before + 2)
    }

    @Test(arguments: [25, 1_291]) func `it counts what anybody has read, as the money and the calendar do`(
        read: Int
    ) async throws {
        // So small that nothing is read for rows beside the lanes and the calendar.
        let stage = await Stage(columns: 80, rows: 24, at: .home)
        #expect(stage.dashboard.home.stake.value?.read == 0)
        // The index, or another view.
        let rows = try await stage.client.subscriptionLists.value(for: SubscriptionQuery()).rows
        let schedule = try #require(stage.dashboard.home.overview?.schedule)
        let soon = Set(schedule.turns.map(\.subscription.id))
        let running = rows.filter { !$0.hasEnded }.sorted { soon.contains($0.id) && !soon.contains($1.id) }
        for row in running.prefix(read) { _ = try await stage.client.subscriptions.value(for: row.id) }
        await stage.send(.time(Stage.start))
        let home = try #require(stage.dashboard.home.stake.value)
        #expect(home.read == min(read, home.count))
        await stage.press("8")
        let money = try #require(stage.dashboard.money.counting.value?.answer)
        #expect(money.read == read && money.subscriptions == 1_291)
        await stage.press("8")
        let isSame = stage.dashboard.money.calendar?.stake.value == home
        #expect(isSame)
        // What renews and ends within 90 days is a part of all money; the rest of it is what does not.
        let charges = stage.client.charges
        var whole = MonthlyMoney()
        for row in running { whole.add(charges: charges[row]) }
        #expect(whole.sums == money.totals.map(\.month) && whole.unread == money.subscriptions - money.read)
        var part = home.renewals.amounts(within: RenewalSchedule.daysAhead).renewing
        part.add(home.renewals.amounts(within: RenewalSchedule.daysAhead).ending)
        for row in running where !soon.contains(row.id) { part.add(charges: charges[row]) }
        #expect(part == whole)
    }

    @Test func `a reading that fails says so and stops`() async throws {
        let stage = await Stage(columns: 80, rows: 24, at: .home)
        await stage.press("F")
        let first = try #require(stage.rests.first)
        guard case .subscription(let id) = first else { return #expect(Bool(false), "not a subscription") }
        let failure = MarketplaceError.serverFailed(status: 503, message: "busy", correlationID: nil)
        await stage.send(.subscription(id, Snapshot(failure: failure)))
        #expect(stage.dashboard.home.rest == nil && stage.rests.isEmpty)
        #expect(stage.screen.contains("Stopped reading the rest; F goes on."))
    }

    @Test func `in linear mode lanes and weeks say their money and what it rests on`() async {
        let stage = await Stage(columns: 80, rows: 24, isLinear: true, at: .home)
        let before = stage.dashboard.home.summary(stage.dashboard.model)
        #expect(before.extent.contains("F reads the rest: "))
        await stage.press("F")
        await stage.readRest()
        await stage.press("jjj")
        let summary = stage.dashboard.home.summary(stage.dashboard.model)
        #expect(summary.extent.contains("Money of all"))
        #expect(summary.row?.contains(" USD and ") == true && summary.row?.contains(" EUR a month") == true)
        #expect(summary.page.first?.contains(" USD and ") == true)
    }

    @Test func `R opens what renews within a week`() async {
        let stage = await Stage(columns: 120, rows: 40, at: .home)
        let count = stage.dashboard.home.overview?.items[.renewing]?.count
        await stage.press("R")
        #expect(stage.dashboard.view == .subscriptions)
        #expect(stage.screen.contains("auto=on next<=+7d"))
        #expect(stage.dashboard.subscriptions.list.count == count)
        await stage.press("q")
        #expect(stage.dashboard.view == .home)
    }

    @Test func `R says when nothing renews, and when that is not read`() {
        var dashboard = dashboard()
        _ = dashboard.update(.key("R"))
        #expect(dashboard.draw().text.contains("Nothing was read yet."))
        _ = dashboard.update(.overview(.all, Snapshot(value: Overview(calm, now: Stage.start))))
        _ = dashboard.update(.key("R"))
        #expect(dashboard.draw().text.contains("Nothing renews within a week."))
        #expect(dashboard.view == .home)
    }

    @Test func `an order past the usual time says which that is`() async {
        let stage = await Stage(columns: 120, rows: 40, at: .home)
        let usual = stage.dashboard.model.orderTimes.usual.map { briefDuration(seconds: $0) } ?? "none"
        await stage.press("1j")
        #expect(stage.dashboard.home.selectedLane == .stuck)
        #expect(stage.screen.contains("orders past the usual \(usual)"))
        await stage.resize(200, 60)
        #expect(stage.screen.contains("orders past the usual \(usual)"))
        await stage.press("<Enter>p")
        #expect(stage.screen.contains("waits for payment, usually \(usual)"))
    }

    @Test func `days are counted in the zone that is shown`() async {
        let zone = Zone(name: "NZDT", hours: 13)
        let stage = await Stage(columns: 120, rows: 40, zone: zone, at: .home)
        #expect(stage.dashboard.home.overview?.schedule?.firstDay.description == "2026-11-16")
        #expect(stage.screen.contains("as of Sat 21 Nov 03:04 NZDT"))
        let local = stage.dashboard.home.overview?.items[.renewing]?.count
        #expect(stage.screen.contains("by 28 Nov, auto-renew on"))
        await stage.press("T")
        #expect(stage.screen.contains("by 27 Nov, auto-renew on"))
        #expect(stage.dashboard.home.overview?.items[.renewing]?.count != local)
        #expect(stage.effects.contains(.watch(.overview(.all), whenSettled: false)))
    }

    private func dashboard(_ columns: Int = 80, _ rows: Int = 24) -> Dashboard {
        var dashboard = Dashboard(
            profile: ProfileSummary(
                name: "test", place: "test", user: "x.api", isReadOnly: false, isProduction: false),
            size: Size(columns: columns, rows: rows), now: Stage.start)
        _ = dashboard.update(.key("1"))
        return dashboard
    }

    @Test(arguments: [(80, 24), (120, 40), (200, 60)])
    func `without a connection it shows no lane`(columns: Int, rows: Int) {
        var dashboard = dashboard(columns, rows)
        let failure = MarketplaceError.unreachable(host: "api.example.com", reason: "connection refused")
        _ = dashboard.update(.overview(.all, Snapshot(failure: failure)))
        let screen = dashboard.draw().text
        // The key of what changed is no count.
        let words = screen.replacing("0 what changed", with: "").replacing("0 changes", with: "")
        #expect(!words.contains("ERROR") && !words.contains("0 "))
        expectScreen(screen, matches: "home-no-connection-\(columns)x\(rows)")
    }

    private var calm: Overview.Sources {
        var sources = Overview.Sources()
        sources.failed = Listing(isComplete: true)
        sources.submitted = Listing(isComplete: true)
        sources.processing = Listing(isComplete: true)
        sources.customers = Listing(total: 0, isComplete: true)
        let day = Stage.start.utcDate.adding(days: 9)
        sources.subscriptions = Listing(
            rows: (1...12).map {
                Subscription(
                    id: .init("\($0)"), name: "P", customer: "7", status: .active, autoRenews: true, renews: day,
                    expires: day.adding(days: 2))
            }, total: 12, isComplete: true)
        return sources
    }

    @Test(arguments: [(80, 24), (120, 40), (200, 60)])
    func `with nothing to do it says so, and what comes next`(columns: Int, rows: Int) {
        var dashboard = dashboard(columns, rows)
        _ = dashboard.update(
            .overview(.all, Snapshot(value: Overview(calm, now: Stage.start), readAt: Stage.start)))
        _ = dashboard.update(.charges(ReadCharges()))
        let screen = dashboard.draw().text
        #expect(screen.contains("Nothing needs you. Next: 12 renew on Sun 29 Nov."))
        expectScreen(screen, matches: "home-calm-\(columns)x\(rows)")
    }

    @Test func `nothing is called calm that was not read`() {
        var dashboard = dashboard()
        var sources = calm
        sources.failed = nil
        _ = dashboard.update(.overview(.all, Snapshot(value: Overview(sources, now: Stage.start))))
        #expect(dashboard.draw().text.contains("Nothing read so far needs you."))
        #expect(dashboard.draw().text.contains("Not read: ERROR."))
        sources = calm
        sources.subscriptions?.isComplete = false
        _ = dashboard.update(.overview(.all, Snapshot(value: Overview(sources, now: Stage.start))))
        #expect(dashboard.draw().text.contains("Partly read: counts with + may grow."))
        #expect(!dashboard.draw().text.contains("Nothing needs you."))
    }

    @Test func `a lane of rows that cannot be read is shown`() {
        var dashboard = dashboard()
        var sources = calm
        sources.failed = Listing(isComplete: true, problems: [RowProblem(index: 0, reason: "it has no id")])
        _ = dashboard.update(.overview(.all, Snapshot(value: Overview(sources, now: Stage.start))))
        #expect(dashboard.draw().text.contains("ERROR     0  orders failed, 1 unreadable"))
    }

    @Test func `Enter on a lane opens the list with as many rows, and Esc takes the filter back`() async throws {
        let stage = await Stage(columns: 80, rows: 24)
        await stage.press("1")
        for lane in stage.dashboard.home.shownLanes {
            let count = stage.dashboard.home.rows.count
            let items = stage.dashboard.home.rows
            #expect(count > 0)
            await stage.press("<Enter>")
            #expect(stage.dashboard.view == lane.view)
            switch lane {
            case .failed, .stuck:
                #expect(stage.dashboard.orders.list.count == count)
                #expect(stage.dashboard.orders.list.cursor.index == 0)
                let shown = stage.dashboard.orders.list.first(count).map(\.id)
                #expect(Set(shown) == Set(items.map { if case .order(let id) = $0.subject { id } else { "" } }))
            case .held:
                let tree = stage.dashboard.accounts.tree
                let customers = (0..<tree.count).compactMap { tree.row(at: $0)?.account }.filter {
                    $0.kind == .customer
                }
                #expect(Set(customers.map(\.id)) == Set(items.map(\.customer)))
                #expect(stage.dashboard.accounts.selected?.id == customers.first?.id)
            case .renewing, .ending:
                #expect(stage.dashboard.subscriptions.list.count == count)
                let days = stage.dashboard.subscriptions.list.first(count).compactMap {
                    $0.comingDate(from: Stage.start.utcDate)
                }
                #expect(days == days.sorted() && days.count == count)
                #expect(stage.dashboard.subscriptions.list.cursor.index == 0)
            }
            await stage.press("q")
            #expect(stage.dashboard.view == .home)
            #expect(stage.dashboard.home.selectedLane == lane)
            #expect(stage.dashboard.panes[lane.view].filterText.isEmpty)
            #expect(stage.dashboard.panes[lane.view].listOrder == nil)
            await stage.press("j")
        }
    }

    @Test func `Esc in a list of a lane leaves no mark behind, and a filter of one's own is taken back first`() async {
        let stage = await Stage()
        await stage.press("1<Enter> <Esc>")
        #expect(stage.dashboard.view == .orders)
        await stage.press("<Esc><Esc>")
        #expect(stage.dashboard.view == .home)
        #expect(stage.dashboard.orders.list.marks.isEmpty)
        await stage.press("<Enter>/ PF<Enter><Esc>")
        #expect(stage.dashboard.view == .orders)
        await stage.press("<Esc>")
        #expect(stage.dashboard.view == .home)
    }

    @Test func `a digit leaves the filter of a lane behind, and the history brings it back`() async {
        let stage = await Stage()
        await stage.press("1<Enter>34")
        #expect(stage.dashboard.orders.filterText.isEmpty)
        await stage.press("[[")
        #expect(stage.dashboard.view == .orders)
        #expect(stage.dashboard.orders.filterText == "state:error")
    }

    @Test func `a filter that was there before comes back with Esc`() async {
        let stage = await Stage()
        await stage.press("4/completed<Enter>1<Enter>")
        #expect(stage.dashboard.orders.filterText == "state:error")
        await stage.press("<Esc>4")
        #expect(stage.dashboard.orders.filterText == "completed")
    }

    @Test func `an answer for another account is ignored`() async {
        let stage = await Stage()
        await stage.press("j31")
        let before = stage.screen
        await stage.send(.overview(.all, Snapshot(value: Overview(calm, now: Stage.start), readAt: Stage.start)))
        #expect(stage.screen == before)
    }

    @Test func `a refresh keeps the cursor on its lane`() async {
        let stage = await Stage()
        await stage.press("1jjr")
        #expect(stage.dashboard.home.selectedLane == .held)
    }

    @Test func `the lines of an order are read once`() async {
        let stage = await Stage(columns: 120, rows: 40)
        await stage.press("1jkjkjk")
        let wants = stage.effects.compactMap { effect -> [DataQuery]? in
            if case .client(.want(let queries, _)) = effect { queries } else { nil }
        }
        let orders = wants.joined().filter { if case .order = $0 { true } else { false } }
        #expect(!orders.isEmpty)
        for order in Set(orders) { #expect(orders.count { $0 == order } <= 2) }
        #expect(stage.screen.contains("provisioning failed"))
    }

    @Test(arguments: [(0, 0), (1, 0), (2, 0), (5, 1), (8, 2), (12, 3), (20, 8), (60, 8)])
    func `its parts never need more rows than there are`(height: Int, writes: Int) {
        let parts = HomePane.Parts(height: height, writes: writes)
        let needed =
            (parts.weeks > 0 ? parts.weeks + 2 : 0) + (parts.writes > 0 ? parts.writes + 2 : 0)
        #expect(needed <= height && parts.writes <= writes)
    }
}

@Suite(.onComputingThreads) struct `The first screen` {
    @Test func `is Home, and asks for what it shows`() {
        var dashboard = Dashboard(
            profile: ProfileSummary(name: "t", place: "t", user: "x", isReadOnly: false, isProduction: false),
            size: Size(columns: 80, rows: 24), now: Stage.start)
        #expect(dashboard.start().contains(.watch(.overview(.all), whenSettled: false)))
        #expect(dashboard.draw().text.contains("Reading what needs you…"))
    }

    @Test func `q leaves from it`() async {
        let stage = await Stage(at: .home)
        await stage.press("q")
        #expect(stage.effects.contains(.quit))
    }
}
