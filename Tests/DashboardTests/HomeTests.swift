import Marketplace
import Screen
import TestSupport
import Testing

@testable import Dashboard

@Suite struct `The home view` {
    @Test(arguments: [(80, 24), (120, 40), (200, 60), (40, 10)])
    func `it shows what needs a person now`(columns: Int, rows: Int) async {
        let stage = await Stage(columns: columns, rows: rows)
        await stage.press("1jjj")
        expectScreen(stage.screen, matches: "home-\(columns)x\(rows)")
    }

    @Test func `a lane opens its rows, a row its own view, and back comes to the lane`() async {
        let stage = await Stage(columns: 80, rows: 24)
        await stage.press("1<Enter>")
        #expect(stage.dashboard.home.opened == .failed)
        let first = stage.dashboard.home.rows[0]
        await stage.press("<Enter>")
        #expect(stage.dashboard.view == .orders)
        #expect(stage.screen.contains(first.label))
        #expect(stage.screen.contains("ERROR PF"))
        await stage.press("q")
        #expect(stage.dashboard.view == .home)
        #expect(stage.dashboard.home.opened == .failed)
        await stage.press("q")
        #expect(stage.dashboard.home.opened == nil)
    }

    @Test func `a refresh keeps the cursor on its row`() async {
        let stage = await Stage(columns: 80, rows: 24)
        await stage.press("1jjj<Enter>jj")
        let selected = stage.dashboard.home.items.selected
        var overview = stage.dashboard.home.overview
        #expect(overview != nil)
        await stage.press("r")
        overview = stage.dashboard.home.overview
        #expect(overview != nil)
        #expect(stage.dashboard.home.items.selected == selected)
    }

    @Test func `an empty lane says so instead of opening`() {
        var dashboard = Dashboard(
            profile: ProfileSummary(
                name: "test", place: "test", user: "x.api", isReadOnly: false, isProduction: false),
            size: Size(columns: 80, rows: 24), now: Stage.start)
        _ = dashboard.update(.key("1"))
        #expect(dashboard.draw().text.contains("not read yet"))
        var sources = Overview.Sources()
        sources.failed = Listing(isComplete: true)
        _ = dashboard.update(.overview(Snapshot(value: Overview(sources, now: Stage.start))))
        _ = dashboard.update(.key(.enter))
        #expect(dashboard.draw().text.contains("Nothing is in this lane."))
        #expect(dashboard.home.opened == nil)
    }
}
