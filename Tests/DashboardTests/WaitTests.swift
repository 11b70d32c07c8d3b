import Marketplace
import Screen
import TestSupport
import Testing

@testable import Dashboard

/// Reads and questions that get no answer, wherever a person waits for them.
@Suite(.onComputingThreads) struct `A wait without an answer` {
    private func dashboard() -> Dashboard {
        Dashboard(
            profile: ProfileSummary(
                name: "test", place: "test", user: "x.api", isReadOnly: false, isProduction: true),
            size: Size(columns: 120, rows: 24), now: Stage.start, at: .accounts)
    }

    private let silence = Waiting(until: Stage.start.adding(seconds: -7), reason: .silence)

    /// What the client says of a read without an answer; nil where nothing is asked of the marketplace.
    private func silent(_ request: DataQuery) -> Event? {
        switch request {
        case .accounts(let query): .accounts(query, Snapshot(isLoading: true, waiting: silence))
        case .account(let key): .account(key, Snapshot(isLoading: true, waiting: silence))
        case .subscriptions(let query): .subscriptions(query, Snapshot(isLoading: true, waiting: silence))
        case .subscription(let id): .subscription(id, Snapshot(isLoading: true, waiting: silence))
        case .orders(let query): .orders(query, Snapshot(isLoading: true, waiting: silence))
        case .followedSubscription(let id): .subscription(id, Snapshot(isLoading: true, waiting: silence))
        case .followedAccount(let key): .account(key, Snapshot(isLoading: true, waiting: silence))
        case .order(let id), .followedOrder(let id): .order(id, Snapshot(isLoading: true, waiting: silence))
        case .products(let query): .products(query, Snapshot(isLoading: true, waiting: silence))
        case .plans(let query): .plans(query, Snapshot(isLoading: true, waiting: silence))
        case .plan(let id): .plan(id, Snapshot(isLoading: true, waiting: silence))
        case .overview(let query): .overview(query, Snapshot(isLoading: true, waiting: silence))
        case .reports(let query): .reports(query, Snapshot(isLoading: true, waiting: silence))
        case .report(let id): .report(id, Snapshot(isLoading: true, waiting: silence))
        case .requestLog, .journal, .charges: nil
        }
    }

    @Test(arguments: View.all) func `is shown in every view for each of its reads, and Esc cancels it`(
        view: View
    ) throws {
        var start = dashboard()
        _ = start.update(.key(.character(Character("\(view.number)"))))
        let reads = start.focusedQueries.compactMap { request in silent(request).map { (request, $0) } }
        #expect(!reads.isEmpty)
        for (request, event) in reads {
            var dashboard = start
            _ = dashboard.update(event)
            #expect(dashboard.draw().text.contains("Reading: no answer for 7 s. Esc stops waiting."), "\(request)")
            #expect(dashboard.wantsTicks)
            let effects = dashboard.update(.key(.escape))
            #expect(effects.contains(.stopReading(request)))
            #expect(dashboard.view == view)
            #expect(dashboard.draw().text.contains("Stopped waiting for the answer. r reads again."))
            // The next Esc means what it always means.
            #expect(!dashboard.update(.key(.escape)).contains(.stopReading(request)))
        }
    }

    @Test func `is forgotten once the answer is there, or nobody reads it any more`() {
        var dashboard = dashboard()
        _ = dashboard.update(.key("4"))
        _ = dashboard.update(.orders(OrderQuery(), Snapshot(isLoading: true, waiting: silence)))
        #expect(dashboard.wait != nil)
        _ = dashboard.update(.orders(OrderQuery(), Snapshot(value: Listing(isComplete: true))))
        #expect(dashboard.wait == nil)
        _ = dashboard.update(.orders(OrderQuery(), Snapshot(isLoading: true, waiting: silence)))
        _ = dashboard.update(.key("5"))
        #expect(dashboard.wait == nil)
    }

    @Test func `of the home view keeps what it shows, and what was stopped is said`() {
        var dashboard = dashboard()
        _ = dashboard.update(.key("1"))
        #expect(dashboard.draw().text.contains("Reading what needs you…"))
        _ = dashboard.update(.overview(.all, Snapshot(failure: .cancelled)))
        let screen = dashboard.draw().text
        #expect(screen.contains("Stopped before the answer came."))
        #expect(!screen.contains("Reading what needs you…"))
    }

    // MARK: Forms and reviews

    private func form() async -> Stage {
        let stage = await Stage(columns: 120, rows: 40)
        await stage.press("j<Right>j3/1000917<Enter>c28")
        return stage
    }

    private func silence(at stage: Stage) -> Waiting {
        Waiting(until: stage.dashboard.model.now.adding(seconds: -7), reason: .silence)
    }

    @Test func `of a form's price is shown, Esc cancels it and not the form, and F5 asks again`() async throws {
        let stage = await form()
        await stage.send(.asking(silence(at: stage)))
        #expect(stage.screen.contains("Asking: no answer for 7 s. Esc stops waiting."))
        #expect(stage.dashboard.wantsTicks)
        await stage.press("<Esc>")
        #expect(stage.effects.contains(.stopAsking))
        #expect(stage.dashboard.flow != nil)
        #expect(stage.screen.contains("Stopped waiting for the answer. F5 asks again."))
        let order = try #require(stage.dashboard.flow?.estimate?.order)
        await stage.send(.asking(nil))
        await stage.send(.estimated(order, .failure(.cancelled)))
        #expect(stage.screen.contains("Stopped before the answer came."))
        let before = stage.effects.count
        await stage.press("<F5>")
        #expect(stage.effects.dropFirst(before).contains(.estimate(order)))
        await stage.press("<Esc>")
        #expect(stage.dashboard.flow == nil)
    }

    @Test func `of a form's question ends with the form`() async {
        let stage = await form()
        let wait = Waiting(until: stage.dashboard.model.now.adding(seconds: 5), reason: .pace)
        await stage.send(.asking(wait))
        #expect(stage.screen.contains("Asking: waiting 5 s to keep within the calls a minute."))
        await stage.press("<Esc>")
        #expect(stage.dashboard.flow == nil)
        #expect(stage.effects.contains(.stopAsking))
        #expect(stage.dashboard.wait == nil)
    }

    @Test func `of what a form reads is shown, and F5 reads it again`() async {
        let stage = await form()
        let query = OrderQuery(subscription: "1000917")
        await stage.send(.orders(query, Snapshot(isLoading: true, waiting: silence(at: stage))))
        #expect(stage.screen.contains("Asking: no answer for 7 s. Esc stops waiting."))
        await stage.press("<Esc>")
        #expect(stage.effects.contains(.stopReading(.orders(query))))
        #expect(stage.dashboard.flow != nil)
        await stage.press("<F5>")
        #expect(stage.effects.contains(.refresh(.orders(query))))
    }

    @Test func `of a review's look can be taken back, and the review says that it is not checked`() async throws {
        let stage = await form()
        await stage.press("<F10>")
        let intent = try #require(
            stage.effects.compactMap { if case .client(.dryRun(let intent)) = $0 { intent } else { nil } }.last)
        var dashboard = stage.dashboard
        _ = dashboard.update(.key(.function(5)))
        _ = dashboard.update(.asking(silence(at: stage)))
        #expect(dashboard.draw().text.contains("Asking: no answer for 7 s. Esc stops waiting."))
        #expect(dashboard.update(.key(.escape)).contains(.stopAsking))
        _ = dashboard.update(.asking(nil))
        _ = dashboard.update(.dryRan(intent, .failure(.cancelled)))
        #expect(dashboard.draw().text.contains("NOT CHECKED"))
        #expect(dashboard.update(.key(.function(5))).contains(.dryRun(intent)))
    }

    @Test func `is never offered to be taken back of a write`() async throws {
        let stage = await form()
        await stage.press("<F10>")
        let query = OrderQuery(subscription: "1000917")
        var wasLooked = false
        stage.whileSending = { _, stage in
            stage.interject("<Esc>")
            var dashboard = stage.dashboard
            _ = dashboard.update(.asking(silence(at: stage)))
            _ = dashboard.update(.orders(query, Snapshot(isLoading: true, waiting: silence(at: stage))))
            #expect(dashboard.wait == nil)
            #expect(!dashboard.draw().text.contains("Esc stops waiting"))
            let effects = dashboard.update(.key(.escape))
            #expect(!effects.contains(.stopAsking))
            #expect(!effects.contains(.stopReading(.orders(query))))
            wasLooked = true
        }
        await stage.press("28<Enter>")
        #expect(wasLooked)
        #expect(!stage.transport.writes.isEmpty)
    }

    @Test func `is written in linear mode too`() async {
        let stage = await Stage(isLinear: true)
        await stage.send(.accounts(.resellers, Snapshot(isLoading: true, waiting: silence(at: stage))))
        #expect(
            stage.dashboard.sentences.contains {
                $0.lines.contains("The marketplace has not answered yet. Esc stops waiting.")
            })
    }
}
