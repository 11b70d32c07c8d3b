import Screen
import TestSupport
import Testing

@testable import Dashboard

/// The form and the review of every write, as whole screens.
@Suite struct `Screens of writes` {
    private static let sizes = [Size(columns: 80, rows: 24), Size(columns: 120, rows: 40)]

    /// The subscriptions of Jørgensen & Søn A/S, the cursor on 1000917.
    private static let subscription = "j<Right>j<Enter>/1000917<Enter>"

    private func expect(_ name: String, _ keys: String, on stage: Stage, _ size: Size) async {
        await stage.press(keys)
        expectScreen(stage.screen, matches: "\(name)-\(size.columns)x\(size.rows)")
    }

    @Test(
        arguments: [
            ("units", "c28"), ("auto-renew", "A"), ("renewal", "R"), ("plan-switch", "P<Down>"),
            ("cancellation", "x"),
        ], sizes)
    func `of a subscription`(form: (name: String, keys: String), size: Size) async {
        let stage = await Stage(columns: size.columns, rows: size.rows)
        await expect(form.name, Self.subscription + form.keys, on: stage, size)
        await expect("\(form.name)-review", "<F10>", on: stage, size)
    }

    @Test(arguments: sizes) func `withdrawing an open order`(size: Size) async {
        let stage = await Stage(columns: size.columns, rows: size.rows)
        await expect("withdrawal", "4/processing<Enter>x", on: stage, size)
        await expect("withdrawal-review", "<F10>", on: stage, size)
    }

    @Test(arguments: sizes) func `several lines with one end date`(size: Size) async {
        let stage = await Stage(columns: size.columns, rows: size.rows)
        await expect(
            "order-lines", "j<Right>j5/AUR-365-BP<Enter>jo<BS>3<F2>AUR-365-BB<Enter>jo<BS>2", on: stage, size)
        await expect("order-lines-review", "<F10>", on: stage, size)
    }

    @Test(arguments: sizes) func `a review that cannot be sent`(size: Size) async throws {
        let stage = await Stage(columns: size.columns, rows: size.rows)
        await stage.press(Self.subscription + "c28")
        try await stage.changeUnits(of: "1000917", to: 30, isCarriedOut: false)
        await expect("review-no", "<F10>", on: stage, size)
        #expect(stage.transport.writes.count == 1)
    }

    @Test(arguments: sizes) func `a review of what seems to be ordered already`(size: Size) async {
        let stage = await Stage(columns: size.columns, rows: size.rows)
        // An order whose outcome is unknown is still in the journal when it is ordered again.
        await stage.press("j<Right>j5/TIMEOUT-1<Enter>o<F10>1<Enter><Enter>5o<F10>1<Enter>")
        await expect("review-warned", "", on: stage, size)
        #expect(stage.transport.writes.count == 1)
    }

    @Test(arguments: sizes) func `forms that are kept`(size: Size) async {
        let stage = await Stage(columns: size.columns, rows: size.rows)
        await expect("drafts", Self.subscription + "c28<Esc>A<Space><Esc>B", on: stage, size)
    }

    @Test(arguments: sizes) func `a change that happened while the review was read starts it again`(size: Size)
        async throws
    {
        let stage = await Stage(columns: size.columns, rows: size.rows)
        await stage.press(Self.subscription + "c28<F10>28")
        try await stage.changeUnits(of: "1000917", to: 30)
        await expect("review-again", "<Enter>", on: stage, size)
        #expect(stage.transport.writes.count == 1)
        #expect(stage.screen.contains("30 → 28"))
    }
}
