import Marketplace
import Screen
import TestSupport
import Testing

@testable import Dashboard

/// Somebody sets the clock, or the network corrects it, while the dashboard measures time.
@Suite(.onComputingThreads) struct `When the time of day steps on screen`: BulkScenes {
    private static let steps = [-90_000.0, -7200, 7200, 90_000]

    @Test(arguments: steps) func `a moment stays as long ago as it is, and is shown by the present clock`(
        step: Double
    ) async {
        let stage = await Stage()
        let before = stage.dashboard.model.moment
        await stage.step(seconds: step)
        await stage.pass(seconds: 5)
        let model = stage.dashboard.model
        #expect(model.moment.seconds(since: before) == 5)
        #expect(model.timeOfDay(before) == Stage.start.adding(seconds: step))
        #expect(model.marketplaceNow == Stage.start.adding(seconds: 5))
    }

    @Test(arguments: steps) func `nobody is taken for gone, nor for there`(step: Double) async {
        let stage = await Stage()
        await stage.send(.focused(false))
        await stage.pass(seconds: 100)
        await stage.step(seconds: step)
        #expect(!stage.dashboard.reading.attention.isResting)
        await stage.pass(seconds: 201)
        #expect(stage.dashboard.reading.attention.isResting)
    }

    @Test(arguments: steps) func `an order is followed for a day, and its age is shown by the marketplace's clock`(
        step: Double
    ) async throws {
        let stage = await Stage()
        await stage.press("j<Right>j5/SLOW-1<Enter>o<F10>1<Enter>")
        let id = try #require(stage.dashboard.orders.following.first)
        let order = try #require(stage.dashboard.orders.details[id]?.value)
        await stage.pass(seconds: 60)
        await stage.step(seconds: step)
        await stage.send(.order(id, Snapshot(value: order)))
        #expect(stage.dashboard.orders.following == [id])
        #expect(stage.screen.contains("followed until it ends, 1 min so far"))
        #expect(stage.dashboard.wantsTicks)
        await stage.pass(seconds: 86_400)
        await stage.send(.order(id, Snapshot(value: order)))
        #expect(stage.dashboard.orders.following.isEmpty)
    }

    @Test(arguments: steps) func `a review is as old as it is, and says when it was asked by the present clock`(
        step: Double
    ) async {
        let stage = await Stage()
        await stage.press("j<Right>j3/1000917<Enter>c28<F10>")
        await stage.pass(seconds: 50)
        await stage.step(seconds: step)
        let asked = Stage.start.adding(seconds: step).utcTime
        #expect(stage.screen.contains("price asked \(asked)"))
        await stage.press("28<Enter>")
        #expect(stage.transport.writes == ["POST /marketplace/us/orders"])
    }

    @Test(arguments: steps) func `an old review is asked again, with its true age`(step: Double) async {
        let stage = await Stage()
        await stage.press("j<Right>j3/1000917<Enter>c28<F10>")
        await stage.step(seconds: step)
        await stage.pass(seconds: 61)
        await stage.press("28<Enter>")
        #expect(stage.transport.writes.isEmpty)
        #expect(stage.screen.contains("Not sent: this was 1 min old."))
    }

    @Test(arguments: steps) func `a bulk preview is as old as it is, and its run shows the time it takes`(
        step: Double
    ) async throws {
        let scene = try await scene()
        let stage = scene.stage
        await stage.press("c+3<F10>")
        await stage.step(seconds: step)
        var progress = ""
        stage.whileSending = { count, stage in
            guard count == 2 else { return }
            var dashboard = stage.dashboard
            let model = dashboard.model
            // The clock is set while the second row is on its way, ten seconds after the first one left.
            let offsets = ClockOffsets(step: model.offsets.step - step)
            _ = dashboard.update(.clocks(offsets, now: model.now.adding(seconds: 10 - step)))
            progress = dashboard.draw().text
        }
        await stage.press("add 15<Enter>")
        #expect(progress.contains("1 of 5, about 40 s left"))
        #expect(try outcome(stage) == "5 accepted")
    }

    @Test(arguments: steps) func `what an order made is still checked by what is read after its end`(
        step: Double
    ) async {
        let stage = await Stage()
        await stage.press("j<Right>j3/1000917<Enter>c28<F10>28<Enter>")
        await stage.step(seconds: step)
        await stage.pass(seconds: 30)
        #expect(stage.dashboard.notice?.text.contains("subscription 1000917 holds 28 units now.") == true)
    }

    @Test(arguments: steps) func `the journal says when it was read by the present clock`(step: Double) async {
        let stage = await Stage()
        await stage.press("7")
        await stage.step(seconds: step)
        #expect(
            stage.screen.contains(
                "as of \(stage.dashboard.model.headerMoment(Stage.start.adding(seconds: step), isShort: false))"))
    }

    @Test func `a wait without an answer is as long as it is`() async {
        let stage = await Stage()
        await stage.press("j<Right>j3/1000917<Enter>c28")
        await stage.send(.asking(Waiting(until: Stage.start.adding(seconds: -7), reason: .silence)))
        await stage.step(seconds: -7200)
        #expect(stage.screen.contains("Asking: no answer for 7 s."))
    }
}
