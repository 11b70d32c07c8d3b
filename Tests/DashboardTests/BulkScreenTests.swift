import Screen
import TestSupport
import Testing

@testable import Dashboard

/// Bulk changes as whole screens, in the two sizes that people use most.
@Suite(.onComputingThreads) struct `Screens of bulk changes` {
    private static let sizes = Screens.sizes.prefix(2)
    /// Ten rows of all kinds: pending ones, one with two products, active ones of several customers.
    /// Of the newest subscriptions: some of them cannot be changed.
    private static let marked = "3screated<Enter>SjjjjV" + String(repeating: "j", count: 10) + "V"

    private func expect(_ name: String, _ stage: Stage, _ size: Size) {
        expectScreen(stage.screen, matches: "\(name)-\(size.columns)x\(size.rows)")
    }

    @Test(arguments: sizes) func `the rule of a change of units`(size: Size) async {
        let stage = await Stage(columns: size.columns, rows: size.rows)
        await stage.press(Self.marked + "c+3")
        expect("bulk-rule", stage, size)
    }

    @Test(arguments: sizes) func `the preview, with the rows that cannot and why`(size: Size) async {
        let stage = await Stage(columns: size.columns, rows: size.rows)
        await stage.press(Self.marked + "c+3<F10>")
        expect("bulk-review", stage, size)
        await stage.press("<Down> <Up>")
        expect("bulk-review-row", stage, size)
    }

    @Test(arguments: sizes) func `the preview on a real marketplace, with its phrase typed`(size: Size) async {
        let stage = await Stage(columns: size.columns, rows: size.rows, isProduction: true)
        await stage.press(Self.marked + "x<F10>")
        await stage.press(stage.dashboard.bulk?.phrase ?? "")
        expect("bulk-cancellation-review", stage, size)
    }

    @Test(arguments: sizes) func `the preview of auto-renew`(size: Size) async {
        let stage = await Stage(columns: size.columns, rows: size.rows)
        await stage.press(Self.marked + "A<F10>")
        expect("bulk-auto-renew-review", stage, size)
    }

    @Test(arguments: sizes) func `the run, and where it stopped`(size: Size) async throws {
        let stage = await Stage(columns: size.columns, rows: size.rows)
        var running = ""
        stage.whileSending = { number, stage in if number == 3 { running = stage.screen } }
        await stage.press(Self.marked + "c+3<F10>")
        try await stage.breakIt("POST /orders: 504 after-effect every 4")
        await stage.press("\(stage.dashboard.bulk?.phrase ?? "")<Enter>")
        expectScreen(running, matches: "bulk-running-\(size.columns)x\(size.rows)")
        expect("bulk-stopped", stage, size)
    }

    @Test(arguments: sizes) func `the run when its orders have ended`(size: Size) async {
        let stage = await Stage(columns: size.columns, rows: size.rows)
        await stage.press(Self.marked + "c+3<F10>")
        await stage.press("\(stage.dashboard.bulk?.phrase ?? "")<Enter>")
        await stage.pass(seconds: 3)
        expect("bulk-done", stage, size)
    }

    @Test(arguments: [Size(columns: 60, rows: 15), Size(columns: 40, rows: 10)])
    func `a bulk change in small windows`(size: Size) async {
        let stage = await Stage(columns: size.columns, rows: size.rows)
        await stage.press(Self.marked + "c+3<F10>")
        expect("small-bulk", stage, size)
    }
}
