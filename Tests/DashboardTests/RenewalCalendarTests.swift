import Marketplace
import Screen
import TestSupport
import Testing

@testable import Dashboard

@Suite(.onComputingThreads) struct `The calendar of renewals` {
    private func stage(_ columns: Int = 120, _ rows: Int = 40, _ keys: String = "", isLinear: Bool = false) async
        -> Stage
    {
        let stage = await Stage(columns: columns, rows: rows, isLinear: isLinear)
        await stage.press("88" + keys)
        return stage
    }

    @Test(arguments: [(80, 24), (120, 40), (200, 60)])
    func `days, weeks and their money, and beside them what a day brings`(columns: Int, rows: Int) async {
        let stage = await stage(columns, rows, "jl")
        await stage.send(.budget(Budget(perMinute: 60, left: 60)))
        expectScreen(stage.screen, matches: "calendar-unread-\(columns)x\(rows)")
        await stage.press("F")
        await stage.readRest()
        expectScreen(stage.screen, matches: "calendar-\(columns)x\(rows)")
    }

    @Test(arguments: ["8", "R", "<Esc>", "q"]) func `is left for the money by its key, R, Esc and q`(key: String) async
    {
        let stage = await stage()
        #expect(stage.dashboard.money.calendar != nil && stage.screen.contains("RENEWALS"))
        await stage.press(key)
        #expect(stage.dashboard.view == .money && stage.dashboard.money.calendar == nil)
        #expect(stage.screen.contains("MONEY"))
        await stage.press("R")
        #expect(stage.dashboard.money.calendar != nil)
        await stage.press("38")
        #expect(stage.dashboard.money.calendar == nil)
    }

    @Test(arguments: [
        ("l", "2026-11-21"), ("h", "2026-11-20"), ("j", "2026-11-27"), ("jk", "2026-11-20"), ("jhh", "2026-11-25"),
        ("G", "2027-02-07"), ("Gl", "2027-02-07"), ("Gg", "2026-11-20"), ("<PgDn>", "2026-12-18"),
        ("<PgDn><PgUp>", "2026-11-20"), ("<Right><Down>", "2026-11-28"), ("Gj", "2027-02-07"),
    ]) func `keys move by days and weeks, from today to the end of the twelve weeks`(keys: String, day: String) async {
        let stage = await stage(120, 40, keys)
        #expect(stage.dashboard.money.calendar?.day.description == day)
    }

    @Test func `Enter opens the subscriptions of the day, and Esc comes back to it`() async throws {
        let stage = await stage(120, 40)
        var count = RenewalSchedule.Count()
        for _ in 0..<80 where count.renewing == 0 || count.ending == 0 {
            await stage.press("l")
            let calendar = try #require(stage.dashboard.money.calendar)
            count = try #require(calendar.schedule?.count(on: calendar.day))
        }
        let calendar = try #require(stage.dashboard.money.calendar)
        #expect(count.renewing > 0 && count.ending > 0)
        await stage.press("<Enter>")
        #expect(stage.dashboard.view == .subscriptions)
        #expect(stage.dashboard.subscriptions.list.count == count.renewing + count.ending)
        await stage.press("<Esc>")
        #expect(stage.dashboard.money.calendar?.day == calendar.day && stage.dashboard.view == .money)
    }

    @Test func `a day on which nothing happens opens nothing, and says so`() async throws {
        let stage = await stage()
        for _ in 0..<80 where stage.dashboard.money.calendar?.openRefusal == nil { await stage.press("l") }
        let day = try #require(stage.dashboard.money.calendar?.day)
        await stage.press("<Enter>")
        #expect(stage.dashboard.view == .money)
        #expect(stage.screen.contains("Nothing renews or ends on \(day.spoken)."))
    }

    @Test func `its money is the sum of the subscriptions that the list shows`() async throws {
        let stage = await stage(120, 40, "jjlF")
        await stage.readRest()
        let calendar = try #require(stage.dashboard.money.calendar)
        let amounts = try #require(calendar.stake.value?.renewals.amounts(on: calendar.day))
        await stage.press("<Enter>")
        var money = MonthlyMoney()
        for row in stage.dashboard.subscriptions.list.first(.max) { money.add(stage.dashboard.model.details[row.id]) }
        var sum = amounts.renewing
        sum.add(amounts.ending)
        #expect(money.sums == sum.sums && money.isComplete)
    }

    @Test func `linear mode says the day with its money`() async {
        let stage = await stage(120, 40, "jlF", isLinear: true)
        await stage.readRest()
        var voice = Voice()
        expectScreen(voice.news(stage.dashboard.sentences).joined(separator: "\n"), matches: "linear-calendar")
    }
}
