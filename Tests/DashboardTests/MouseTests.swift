import Screen
import TestSupport
import Testing

@testable import Dashboard

@Suite(.onComputingThreads) struct `The mouse` {
    private func click(_ text: String, on stage: Stage) async throws {
        let lines = stage.screen.split(separator: "\n", omittingEmptySubsequences: false)
        let y = try #require(lines.firstIndex { $0.contains(text) })
        let before = try #require(lines[y].firstRange(of: text)).lowerBound
        let x = TerminalText.width(of: String(lines[y][..<before]))
        await stage.send(.key(.mouse(Mouse(.click, x: x, y: y))))
    }

    private func turn(_ action: Mouse.Action, on stage: Stage) async {
        await stage.send(.key(.mouse(Mouse(action, x: 10, y: 10))))
    }

    @Test(arguments: [80, 120]) func `a click on a tab goes there`(columns: Int) async throws {
        let stage = await Stage(columns: columns, rows: 40)
        for view in View.all {
            try await click("\(view.number) \(columns < 100 ? view.shortTitle : view.title)", on: stage)
            #expect(stage.dashboard.view == view)
        }
    }

    @Test func `a click chooses a row, and one more opens it`() async throws {
        let stage = await Stage()
        await stage.press("4")
        let order = try #require(stage.dashboard.orders.list.row(5))
        try await click(order.label, on: stage)
        #expect(stage.dashboard.orders.list.selected?.id == order.id)
        #expect(stage.dashboard.orders.opened == nil)
        try await click(order.label, on: stage)
        #expect(stage.dashboard.orders.opened == order.id)
    }

    @Test func `in the tree a reseller is chosen and unfolded`() async throws {
        let stage = await Stage()
        try await click("Nordwind Handel", on: stage)
        #expect(stage.dashboard.accounts.selected?.id == "1000100")
        try await click("Nordwind Handel", on: stage)
        #expect(stage.screen.contains("Jørgensen & Søn"))
    }

    @Test func `at home a lane is chosen and opened`() async throws {
        let stage = await Stage()
        await stage.press("1")
        try await click("RENEW ", on: stage)
        #expect(stage.dashboard.home.selectedLane == .renewing && stage.dashboard.view == .home)
        try await click("RENEW ", on: stage)
        #expect(stage.dashboard.subscriptions.filterText == "auto=on next<=+7d")
    }

    @Test func `the wheel moves by three rows`() async {
        let stage = await Stage()
        await stage.press("3")
        await turn(.wheelDown, on: stage)
        #expect(stage.dashboard.subscriptions.list.cursor.index == 3)
        await turn(.wheelUp, on: stage)
        #expect(stage.dashboard.subscriptions.list.cursor.index == 0)
    }

    @Test func `clicks below the last row, on headings and outside the window do nothing`() async {
        let stage = await Stage()
        await stage.press("j<Right>j<Enter>")
        let screen = stage.screen
        for (x, y) in [(5, 0), (5, 3), (5, 4), (5, 15), (5, 22), (500, 5), (5, 500), (0, 0), (-1, -1)] {
            await stage.send(.key(.mouse(Mouse(.click, x: x, y: y))))
            #expect(stage.screen == screen, "\(x), \(y)")
        }
    }

    /// A form is filled in and sent by keys alone: a hand that slips over a mouse must not cost anything.
    @Test func `no click and no turn changes a form or sends a review`() async throws {
        let stage = await Stage()
        await stage.press("j<Right>j<Enter>/1000917<Enter>c28")
        let form = stage.screen
        for y in 0..<23 { await stage.send(.key(.mouse(Mouse(.click, x: 12, y: y)))) }
        await turn(.wheelDown, on: stage)
        #expect(stage.screen == form)
        await stage.press("<F10>28")
        let review = stage.screen
        for y in 0..<23 { for x in [8, 30] { await stage.send(.key(.mouse(Mouse(.click, x: x, y: y)))) } }
        #expect(stage.screen == review)
        try await click("send, once typed", on: stage)
        #expect(stage.screen == review)
        #expect(stage.transport.writes.isEmpty)
    }

    @Test func `a click on a key that the footer names presses it`() async throws {
        let stage = await Stage()
        await stage.press("3")
        try await click("filter", on: stage)
        #expect(stage.dashboard.subscriptions.list.isTyping)
        try await click("clear", on: stage)
        #expect(!stage.dashboard.subscriptions.list.isTyping)
        try await click("keys", on: stage)
        #expect(stage.dashboard.overlays.top is HelpOverlay)
        try await click("close", on: stage)
        #expect(stage.dashboard.overlays.isEmpty)
        try await click("leave", on: stage)
        #expect(stage.effects.contains(.quit))
    }

    @Test func `a click on a space between two keys does nothing`() async {
        let stage = await Stage()
        await stage.press("3")
        let before = stage.screen
        let gaps = Set(0..<80).subtracting(
            stage.dashboard.keyPlacements(stage.dashboard.pane, width: 80).flatMap(\.places))
        #expect(!gaps.isEmpty)
        for x in gaps { await stage.send(.key(.mouse(Mouse(.click, x: x, y: 23)))) }
        #expect(stage.screen == before)
    }
}
