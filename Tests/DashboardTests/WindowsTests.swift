import Marketplace
import TestSupport
import Testing

@testable import Dashboard

/// What the rule of a vendor lets be undone, where one has a rule: in the opened subscription, in forms and reviews, and
/// in the calendar.
@Suite(.onComputingThreads) struct `Windows by the rule of a vendor` {
    private static let rule = VendorRule(
        vendor: "aurora", hoursToTakeAway: 168, hoursToCancel: 168, daysToDecide: 1, source: "a test",
        date: CalendarDate("2026-03-01")!)

    /// At the subscription of 25 units, after somebody else added 3.
    private func stage(_ columns: Int = 120, _ rows: Int = 40, isLinear: Bool = false) async throws -> Stage {
        let stage = await Stage(columns: columns, rows: rows, isLinear: isLinear, rules: [Self.rule])
        try await stage.changeUnits(of: "1000917", to: 28)
        await stage.press("j<Right>j<Enter>/1000917<Enter>")
        return stage
    }

    @Test(arguments: [(80, 24), (120, 40), (200, 60)])
    func `lots, cancellation and decision stand in the opened subscription`(columns: Int, rows: Int) async throws {
        let stage = try await stage(columns, rows)
        await stage.press(columns < 100 ? "<Enter><PgDn>" : "<Enter>")
        expectScreen(stage.screen, matches: "windows-\(columns)x\(rows)")
    }

    @Test func `without a rule nothing is said`() async {
        let stage = await Stage(columns: 120, rows: 40)
        await stage.press("j<Right>j<Enter>/1000917<Enter><Enter>")
        #expect(!stage.screen.contains("WINDOWS"))
    }

    @Test func `linear mode reads them line by line`() async throws {
        let stage = try await stage(isLinear: true)
        await stage.press("<Enter>")
        let words = stage.dashboard.sentences.flatMap(\.lines).joined(separator: "\n")
        #expect(words.contains("3 units: removable until 27 Nov 14:04"))
        #expect(words.contains("25 units: locked until 30 Nov 2026"))
        #expect(words.contains("auto-renew: decide by 29 Nov 2026"))
    }

    @Test func `the form of units says how many can go, and the review warns of more`() async throws {
        let stage = try await stage()
        await stage.press("c")
        #expect(stage.screen.contains("removable     3 until 27 Nov 14:04"))
        await stage.press("25<F10>")
        #expect(!stage.screen.contains("By the rule of aurora"))
        await stage.press("<Esc><Esc><Esc>c24<F10>")
        #expect(stage.screen.contains("By the rule of aurora, 01 Mar 2026, 3 units can be taken away now"))
    }

    @Test func `a cancellation after its window is warned of, in the form and in the review`() async throws {
        let stage = try await stage()
        await stage.press("x")
        #expect(stage.screen.contains("that was possible until 09 Dec"))
        await stage.press("<F10>")
        #expect(
            stage.screen.contains("WARNING       By the rule of aurora, 01 Mar 2026, it can be cancelled for 7 days"))
    }

    @Test func `the calendar says by when a renewal is to be decided`() async throws {
        let stage = await Stage(columns: 120, rows: 40, rules: [Self.rule])
        await stage.press("88jjl")
        for _ in 0..<60 where !stage.screen.contains("decide by") { await stage.press("l") }
        #expect(stage.screen.contains("decide by"))
    }
}
