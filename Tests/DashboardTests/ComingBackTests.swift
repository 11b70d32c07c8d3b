import Marketplace
import Screen
import TestSupport
import Testing

@testable import Dashboard

/// Reviews that somebody comes back to: after a stop of the program, or after a while.
@Suite(.onComputingThreads) struct `Coming back to a review`: BulkScenes {
    /// At the review of a change of units of 1000917, from 25 to 28.
    private func reviewed() async -> Stage {
        let stage = await Stage()
        await stage.press("j<Right>j3/1000917<Enter>c28<F10>")
        return stage
    }

    private func dashboardModel() -> Model {
        var model = Model(
            profile: ProfileSummary(
                name: "test", place: "test", user: "x.api", isReadOnly: false, isProduction: false))
        model.now = Stage.start
        return model
    }

    private func dryRuns(_ stage: Stage) -> Int {
        stage.effects.count { if case .client(.dryRun) = $0 { true } else { false } }
    }

    @Test func `facts younger than a minute stand, older ones are asked again before anybody can agree`() async {
        let stage = await reviewed()
        #expect(stage.screen.contains("Type 28, the new total:"))
        await stage.pass(seconds: 59)
        await stage.send(.resumed)
        #expect(dryRuns(stage) == 1)
        await stage.pass(seconds: 2)
        await stage.send(.resumed)
        #expect(dryRuns(stage) == 2)
        #expect(stage.screen.contains("Checked again at 14:05:13: nothing changed since you looked."))
        #expect(stage.effects.last == .dropTypeAhead)
        #expect(stage.transport.writes.isEmpty)
    }

    @Test func `what changed while nobody looked is on top, and what was typed before agrees to nothing`()
        async throws
    {
        let stage = await reviewed()
        await stage.press("28")
        try await stage.changeUnits(of: "1000917", to: 26)
        await stage.pass(seconds: 120)
        await stage.send(.resumed)
        #expect(stage.screen.contains("holds 26 units of AUR-365-BP now; you saw 25."))
        await stage.press("<Enter>")
        #expect(stage.transport.writes == ["POST /marketplace/us/orders"])
    }

    @Test func `the confirming key on a review that stood for long only asks again, and says so`() async {
        let stage = await reviewed()
        await stage.pass(seconds: 61)
        await stage.press("28<Enter>")
        #expect(stage.transport.writes.isEmpty)
        #expect(stage.screen.contains("Not sent: this was 1 min old. Read it again, then type 28 once more."))
        #expect(stage.screen.contains("Checked again at 14:05:13: nothing changed since you looked."))
        await stage.press("<Enter>")
        #expect(stage.transport.writes.isEmpty)
    }

    @Test func `asked again and typed again it is sent`() async {
        let stage = await reviewed()
        await stage.pass(seconds: 61)
        await stage.press("28<Enter>28<Enter>")
        #expect(stage.transport.writes == ["POST /marketplace/us/orders"])
    }

    @Test func `a clock that was set back says nothing of an age`() async {
        let stage = await reviewed()
        await stage.pass(seconds: -3600)
        await stage.press("28<Enter>")
        #expect(stage.transport.writes.isEmpty)
        #expect(dryRuns(stage) == 2)
    }

    @Test func `somebody who looks again at the terminal sees fresh facts`() async {
        let stage = await reviewed()
        await stage.send(.focused(false))
        await stage.pass(seconds: 90)
        await stage.send(.focused(true))
        #expect(dryRuns(stage) == 2)
    }

    @Test func `what was typed without a picture is said to be dropped`() async {
        let stage = await reviewed()
        await stage.send(.typeAheadDropped)
        #expect(stage.screen.contains("Keys typed before this page was drawn were dropped."))
    }

    @Test func `a review is in front from its first picture to its outcome, a form is not`() async {
        let stage = await Stage()
        await stage.press("j<Right>j3/1000917<Enter>c28")
        #expect(!stage.dashboard.isReviewing)
        await stage.press("<F10>")
        #expect(stage.dashboard.isReviewing)
    }

    // MARK: Bulk

    @Test func `a preview older than a minute is asked again row by row, and says which rows changed`() async throws {
        let scene = try await scene()
        let stage = scene.stage
        await stage.press("c+3<F10>add 15")
        let before = dryRuns(stage)
        try await stage.changeUnits(of: scene.ids[1], to: scene.units[1] + 4)
        await stage.pass(seconds: 61)
        await stage.send(.resumed)
        #expect(dryRuns(stage) >= before + 5)
        #expect(stage.screen.contains("1 row changed, read again."))
        #expect(
            try bulk(stage).rows[1].words(in: .review).text.contains("Changed since you looked: Subscription"))
        await stage.press("<Enter>")
        #expect(stage.transport.writes.count == 1)
        #expect(try bulk(stage).stage == .rule)
    }

    @Test func `the confirming key on an old preview only asks again, then it is typed again`() async throws {
        let scene = try await scene()
        let stage = scene.stage
        await stage.press("c+3<F10>")
        await stage.pass(seconds: 61)
        await stage.press("add 15<Enter>")
        #expect(stage.transport.writes.isEmpty)
        #expect(stage.screen.contains("Not sent: this was 1 min old."))
        #expect(stage.screen.contains("nothing changed since you looked."))
        await stage.press("add 15<Enter>")
        #expect(try outcome(stage) == "5 accepted")
    }

    @Test func `a preview that took long to ask counts as long as that`() {
        let start = dashboardModel().moment
        let asking = BulkAsking(began: start, ended: start.adding(seconds: 300))
        #expect(asking.staleness(at: start.adding(seconds: 590)) == nil)
        #expect(asking.staleness(at: start.adding(seconds: 601)) == 301)
        let quick = BulkAsking(began: start, ended: start.adding(seconds: 2))
        #expect(quick.staleness(at: start.adding(seconds: 62)) == nil)
        #expect(quick.staleness(at: start.adding(seconds: 63)) == 61)
    }
}
