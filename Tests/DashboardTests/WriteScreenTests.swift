import Screen
import TestSupport
import Testing

@testable import Dashboard

/// The form and the review of every write, as whole screens.
@Suite(.onComputingThreads) struct `Screens of writes` {
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

    @Test(arguments: [Size(columns: 60, rows: 15), Size(columns: 200, rows: 60)])
    func `of a subscription in a small window and in a large one`(size: Size) async {
        let stage = await Stage(columns: size.columns, rows: size.rows)
        await expect("units", Self.subscription + "c28", on: stage, size)
        await expect("units-review", "<F10>", on: stage, size)
    }

    @Test func `in a small window nothing is sent while a row was not on screen`() async {
        let stage = await Stage(columns: 60, rows: 15)
        await stage.press(Self.subscription + "c28<F10>")
        for words in [
            "Jørgensen & Søn A/S 1000412", "Aurora 365 Business Premium", "units", "28", "576.80", "24.72 EUR",
        ] {
            #expect(stage.screen.contains(words), "\(words)")
        }
        await stage.press("28<Enter>")
        #expect(stage.transport.writes.isEmpty)
        #expect(stage.words.contains("more rows: PgDn first."))
        await stage.press("<PgDn><Enter>")
        #expect(stage.transport.writes.isEmpty)
        await stage.press("<PgDn><PgDn><PgDn><PgDn><Enter>")
        #expect(stage.transport.writes.count == 1)
    }

    @Test(arguments: sizes) func `an order that is being sent`(size: Size) async {
        let stage = await Stage(columns: size.columns, rows: size.rows)
        var sending = ""
        stage.whileSending = { _, stage in sending = stage.screen }
        await stage.press("j<Right>j5/AUR-365-BP<Enter>jo3<F10>3<Enter>")
        expectScreen(sending, matches: "order-sending-\(size.columns)x\(size.rows)")
    }

    @Test(arguments: sizes) func `withdrawing an open order`(size: Size) async {
        let stage = await Stage(columns: size.columns, rows: size.rows)
        await expect("withdrawal", "4/processing<Enter>x", on: stage, size)
        await expect("withdrawal-review", "<F10>", on: stage, size)
    }

    @Test(arguments: sizes + [Size(columns: 200, rows: 60)])
    func `switching the credit check of an open order`(size: Size) async {
        let stage = await Stage(columns: size.columns, rows: size.rows)
        await expect("credit-check", "4/processing<Enter>H", on: stage, size)
        await expect("credit-check-review", "<F10>", on: stage, size)
    }

    @Test(arguments: sizes) func `several lines with one end date`(size: Size) async {
        let stage = await Stage(columns: size.columns, rows: size.rows)
        await expect(
            "order-lines", "j<Right>j5/AUR-365-BP<Enter>jo3<F2>AUR-365-BB<Enter>jo2", on: stage, size)
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
        #expect(stage.words.contains("units 30 28 -2"))
    }
}
