import Marketplace
import Screen
import TestSupport
import Testing

@testable import Dashboard

/// `$`: what n units would cost, before a form is begun.
@Suite(.onComputingThreads) struct `The cost before an order` {
    /// The catalogue for Jørgensen & Søn A/S, on the first offer of AUR-365-BP.
    private static func catalog(_ columns: Int = 80, _ rows: Int = 24) async -> Stage {
        let stage = await Stage(columns: columns, rows: rows)
        await stage.press("2/1000412<Enter>5/aur-365-bp<Enter>")
        return stage
    }

    private static func page(_ stage: Stage) throws -> CostPage {
        try #require(stage.dashboard.overlays.first(CostPage.self))
    }

    @Test(arguments: [(80, 24), (120, 40), (200, 60)])
    func `stands side by side for the offers of an MPN`(columns: Int, rows: Int) async {
        let stage = await Self.catalog(columns, rows)
        await stage.press("$<^U>25")
        expectScreen(stage.screen, matches: "costs-\(columns)x\(rows)")
        await stage.press("<Esc>3/1000917<Enter>$<^U>30")
        expectScreen(stage.screen, matches: "costs-subscription-\(columns)x\(rows)")
    }

    @Test func `of units typed is by the prices, and at once by an estimate of each offer`() async throws {
        let stage = await Self.catalog()
        await stage.press("$<^U>25")
        let page = try Self.page(stage)
        #expect(page.simulations.map(\.units) == [25, 25, 25])
        #expect(page.simulations.compactMap(\.rate).map(\.description) == ["618.00 EUR", "515.00 EUR", "515.00 EUR"])
        #expect(
            page.simulations.compactMap(\.overTerm).map(\.description) == [
                "618.00 EUR", "6,180.00 EUR", "6,180.00 EUR",
            ])
        #expect(
            page.simulations.map { page.atOnce($0).text } == ["618.00 EUR", "515.00 EUR", "6,180.00 EUR"],
            "\(page.estimates)")
        #expect(page.asked == nil)
    }

    @Test func `is asked with questions alone: nothing is written`() async {
        let stage = await Self.catalog()
        await stage.press("$<^U>25<Down><Up><Esc>3/1000917<Enter>$<^U>30<Down><Esc>")
        #expect(stage.transport.writes.isEmpty)
        let writes = stage.effects.filter {
            switch $0 {
            case .client(.send), .client(.dryRun), .client(.saveDraft): true
            default: false
            }
        }
        #expect(writes.isEmpty)
        #expect(!stage.dashboard.overlays.isWriting)
    }

    @Test func `is taken over into the order form by Enter`() async throws {
        let stage = await Self.catalog()
        await stage.press("$<^U>25<Down><Enter>")
        #expect(stage.dashboard.overlays.isWriting)
        let flow = try #require(stage.dashboard.overlays.first(WriteFlow.self))
        let form = try #require(flow.form as? OrderForm)
        #expect(form.customer == "1000412")
        #expect(form.fields[form.lines[0].row("quantity")] == "25")
        #expect(form.lines[0].product?.subscriptionPeriod == Period(1, .year))
    }

    @Test func `of what a subscription holds leads to its units, by its own prices`() async throws {
        let stage = await Stage(columns: 120, rows: 40)
        await stage.press("3/1000917<Enter>$")
        var page = try Self.page(stage)
        #expect(page.units == 25)
        let held = try #require(page.simulations.first { $0.isHeld })
        #expect(page.cursor.selected == .offer(held.id))
        #expect(page.atOnce(held).text == "no change")
        await stage.press("<^U>30")
        page = try Self.page(stage)
        #expect(page.simulations.first { $0.isHeld }?.rate?.description == "618.00 EUR")
        #expect(page.atOnce(try #require(page.simulations.first { $0.isHeld })).text.hasSuffix(" EUR"))
        await stage.press("<Enter>")
        let flow = try #require(stage.dashboard.overlays.first(WriteFlow.self))
        #expect(flow.form is UnitsForm)
        #expect(flow.form.fields["units"] == "30")
    }

    @Test func `of another plan stands beside them, by the switch's own estimate, and leads to its form`() async throws
    {
        let stage = await Stage(columns: 120, rows: 40)
        await stage.press("3/1000917<Enter>$")
        let page = try Self.page(stage)
        #expect(page.ways.map(\.period) == [Period(1, .month), Period(1, .year)])
        let way = try #require(page.ways.last)
        // 25 units for a year at 247.20 EUR: what the estimate of a new order says too, and here instead of the old term.
        #expect(page.atOnce(way).text == "6,180.00 EUR")
        #expect(way.simulation?.overTerm?.description == "6,180.00 EUR")
        #expect(way.simulation?.rate?.description == "515.00 EUR")
        await stage.press("G")
        #expect(stage.screen.contains("keeps the 25 units held"))
        await stage.press("<Enter>")
        let flow = try #require(stage.dashboard.overlays.first(WriteFlow.self))
        let form = try #require(flow.form as? PlanSwitchForm)
        #expect(form.fields["way"] == PlanSwitchForm.name(way.target))
        #expect(stage.transport.writes.isEmpty)
    }

    @Test func `without a customer has no estimate, and says so`() async throws {
        let stage = await Stage()
        await stage.press("1")
        await stage.press("5/aur-365-bp<Enter>$")
        let page = try Self.page(stage)
        #expect(page.customer == nil && page.estimates.isEmpty)
        #expect(stage.screen.contains("no customer"))
        #expect(stage.screen.contains("choose a customer first"))
    }

    @Test func `of units that are not sold is not asked for`() async throws {
        let stage = await Self.catalog()
        await stage.press("$<^U>0")
        let page = try Self.page(stage)
        #expect(page.atOnce(page.simulations[0]).text == "not sold")
        await stage.press("<Enter>")
        #expect(!stage.dashboard.overlays.isWriting)
        #expect(stage.screen.contains("Order at least 1 unit."))
    }

    @Test func `that is refused says why`() async throws {
        let stage = await Self.catalog()
        try await stage.breakIt("POST /orders/estimate: 400")
        await stage.press("$")
        let page = try Self.page(stage)
        #expect(page.simulations.allSatisfy { page.atOnce($0).text == "refused" }, "\(page.estimates)")
        #expect(page.asked == nil)
    }

    @Test func `with a read-only profile is shown, and leads to no form`() async throws {
        let stage = await Stage(isReadOnly: true)
        await stage.press("2/1000412<Enter>5/aur-365-bp<Enter>$<^U>25")
        #expect(try Self.page(stage).simulations.count == 3)
        await stage.press("<Enter>")
        #expect(!stage.dashboard.overlays.isWriting)
    }

    @Test func `in linear mode is said for the offer on the cursor`() async {
        let stage = await Stage(isLinear: true)
        await stage.press("2/1000412<Enter>5/aur-365-bp<Enter>$<^U>25<Down>")
        let said = stage.dashboard.sentences
        #expect(
            said.first { $0.topic == .place }?.lines.first
                == "Cost of Aurora 365 Business Premium, AUR-365-BP. Nothing is ordered.")
        #expect(
            said.first { $0.topic == .selected }?.lines.first
                == "2 of 3, selected: aurora, term 1 year, billed monthly, 515.00 EUR a month, 6,180.00 EUR over the "
                + "term, at once 515.00 EUR.", "\(said)")
    }
}
