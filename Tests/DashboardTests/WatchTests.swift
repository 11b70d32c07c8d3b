import Marketplace
import Screen
import TestSupport
import Testing

@testable import Dashboard

/// Rows that a person watches: an order, a subscription and a customer of the sandbox.
@Suite(.onComputingThreads) struct `Watching rows` {
    /// Subscription 1000917 of Jørgensen & Søn A/S.
    private static func subscription(_ columns: Int = 80, _ rows: Int = 24) async -> Stage {
        let stage = await Stage(columns: columns, rows: rows)
        await stage.press("3/1000917<Enter>w")
        return stage
    }

    private static func alerts(_ stage: Stage) -> [String] {
        stage.effects.compactMap { if case .terminal(.alert(let text)) = $0 { text } else { nil } }
    }

    @Test func `w watches the row on the cursor, and watches it no longer`() async {
        let stage = await Self.subscription()
        #expect(stage.screen.contains("Watching Aurora 365 Business Premium 1000917: Home says when it changes"))
        #expect(stage.watched.rows.map(\.id) == [WatchedRow.ID(Subscription.ID("1000917"))])
        await stage.press("w")
        #expect(stage.screen.contains("Aurora 365 Business Premium 1000917 is not watched any more."))
        #expect(stage.watched.rows.isEmpty)
    }

    @Test(arguments: ["4", "6", "2j<Right>j"])
    func `orders, users' customers and customers can be watched`(keys: String) async {
        let stage = await Stage(columns: 120, rows: 40)
        await stage.press(keys + "w")
        #expect(stage.watched.rows.count == 1, "\(stage.screen)")
    }

    @Test(arguments: ["5w", "2w"]) func `what is no order, subscription or customer says so`(keys: String) async {
        let stage = await Stage()
        await stage.press(keys)
        #expect(stage.screen.contains("Nothing here can be watched"))
        #expect(stage.watched.rows.isEmpty)
    }

    @Test func `a change by somebody else is said in every view, rings, and is kept`() async throws {
        let stage = await Self.subscription()
        await stage.press("5")
        try await stage.changeUnits(of: "1000917", to: 28)
        await stage.pass(seconds: 600)
        #expect(Self.alerts(stage).count == 1)
        #expect(Self.alerts(stage).first?.hasPrefix("Aurora 365 Business Premium 1000917: units 25 > 28") == true)
        #expect(stage.screen.contains("Watched: Aurora 365 Business Premium 1000917: units 25 > 28"))
        #expect(stage.watched.changed.count == 1)
        await stage.pass(seconds: 600)
        #expect(Self.alerts(stage).count == 1)
    }

    @Test func `it is watched on when nobody looks`() async throws {
        let stage = await Self.subscription()
        await stage.send(.focused(false))
        await stage.pass(seconds: 400)
        #expect(stage.dashboard.reading.attention.isResting)
        try await stage.changeUnits(of: "1000917", to: 28)
        await stage.pass(seconds: 600)
        #expect(Self.alerts(stage).count == 1)
    }

    @Test(arguments: [(80, 24), (120, 40), (200, 60)])
    func `the list has what changed first, and Enter opens it`(columns: Int, rows: Int) async throws {
        let stage = await Stage(columns: columns, rows: rows)
        await stage.press("2j<Right>jw4w3/1000917<Enter>w1")
        try await stage.changeUnits(of: "1000917", to: 28)
        await stage.pass(seconds: 600)
        await stage.press("w")
        expectScreen(stage.screen, matches: "watched-\(columns)x\(rows)")
        await stage.press("<Enter>")
        #expect(stage.dashboard.subscriptions.opened == "1000917")
        #expect(stage.watched.changed.isEmpty)
        await stage.press("1wjw")
        #expect(stage.watched.rows.count == 2)
    }

    @Test func `opening the row anywhere is seeing it`() async throws {
        let stage = await Self.subscription()
        try await stage.changeUnits(of: "1000917", to: 28)
        await stage.pass(seconds: 600)
        #expect(stage.watched.changed.count == 1)
        await stage.press("<Enter>")
        #expect(stage.watched.changed.isEmpty)
    }

    @Test func `without rows the list says how one comes into it`() async {
        let stage = await Stage(at: .home)
        await stage.press("w")
        #expect(stage.screen.contains("Nothing is watched. w on an order"))
        await stage.press("<Enter>")
        #expect(stage.dashboard.overlays.isEmpty)
    }

    @Test func `more than twenty are refused`() async {
        let stage = await Stage()
        await stage.press("3" + String(repeating: "wj", count: 21))
        #expect(stage.watched.rows.count == 20)
        await stage.press("kw")
        #expect(stage.screen.contains("20 rows are watched already"))
    }

    @Test func `what an earlier session watched is watched on`() async throws {
        let earlier = await Self.subscription()
        let stage = await Stage(after: earlier)
        await stage.send(.watched(earlier.watched))
        try await stage.changeUnits(of: "1000917", to: 28)
        await stage.pass(seconds: 600)
        #expect(Self.alerts(stage).count == 1)
    }
}
