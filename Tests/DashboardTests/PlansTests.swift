import Marketplace
import Rows
import Screen
import TestSupport
import Testing

@testable import Dashboard

@Suite(.onComputingThreads) struct `The service plans` {
    private static let sizes = [
        Size(columns: 80, rows: 24), Size(columns: 120, rows: 40), Size(columns: 200, rows: 60),
    ]
    private static let fromSubscription = "3/1000917<Enter>O"

    private func stage(_ keys: String, _ size: Size = sizes[0], isLinear: Bool = false) async -> Stage {
        let stage = await Stage(columns: size.columns, rows: size.rows, isLinear: isLinear)
        await stage.press(keys)
        return stage
    }

    private func pane(_ stage: Stage) throws -> PlansPane {
        try #require(stage.dashboard.overlays.first(PlansPage.self)).list
    }

    private func pane(_ origin: PlansPane.Origin, _ stage: Stage, _ listing: Listing<Plan>) -> PlansPane {
        var pane = PlansPane(origin)
        _ = pane.update(.plans(PlanQuery(), Snapshot(value: listing, readAt: Stage.start)), stage.dashboard.model)
        return pane
    }

    // MARK: Pictures

    @Test(arguments: sizes) func `open over a subscription with its own plan on the cursor`(size: Size) async {
        let stage = await stage(Self.fromSubscription, size)
        expectScreen(stage.screen, matches: "plans-\(size.columns)x\(size.rows)")
        await stage.press("<Enter>")
        expectScreen(stage.screen, matches: "plan-\(size.columns)x\(size.rows)")
    }

    @Test(arguments: sizes) func `open over a product as those of its term and billing`(size: Size) async {
        let stage = await stage("5/aur-365-bp<Enter>O", size)
        expectScreen(stage.screen, matches: "plans-of-product-\(size.columns)x\(size.rows)")
    }

    // MARK: From where

    @Test func `of a subscription is the one that its detail names`() async throws {
        let stage = await stage(Self.fromSubscription)
        let plan = try #require(stage.dashboard.model.details["1000917"]?.plan)
        #expect(try pane(stage).list.selected?.id == plan)
        #expect(stage.screen.contains("Subscription 1000917 has plan \(plan)"))
    }

    @Test func `of a product are not claimed to be its own, and Esc shows all`() async throws {
        let stage = await stage("5/aur-365-bp<Enter>O")
        let all = try pane(stage)
        let product = try #require(stage.dashboard.panes.first(CatalogPane.self)?.selected)
        let term = try #require(product.subscriptionPeriod)
        #expect(all.list.count > 0 && all.list.count < all.listed.count)
        #expect(all.list.first(500).allSatisfy { $0.terms.map(\.period).contains(term) })
        #expect(all.list.first(500).allSatisfy { $0.billingPeriod == product.billingPeriod })
        #expect(stage.words.contains("The catalogue does not say of which plan AUR-365-BP is."))
        await stage.press("<Esc>")
        #expect(try pane(stage).list.count == all.listed.count)
        #expect(stage.words.contains("These are all plans."))
        await stage.press("<Esc>")
        #expect(stage.dashboard.overlays.isEmpty)
    }

    @Test func `say why none is on the cursor`() async {
        let stage = await Stage()
        let plans = Listing(rows: [Plan(id: "1", name: "A")], isComplete: true)
        let unread = pane(.subscription("7", isRead: false, plan: nil), stage, plans)
        #expect(unread.note?.text.contains("is not read, so its plan is not known") == true)
        let unreported = pane(.subscription("7", isRead: true, plan: nil), stage, plans)
        #expect(unreported.note?.text == "The marketplace reports no plan of subscription 7. These are all plans.")
        let foreign = pane(.subscription("7", isRead: true, plan: "9"), stage, plans)
        #expect(foreign.note?.text.hasSuffix("which is not among the plans that you may see.") == true)
        let partial = pane(
            .subscription("7", isRead: true, plan: "9"), stage,
            Listing(rows: [Plan(id: "1", name: "A")], isComplete: false))
        #expect(partial.note?.text.hasSuffix("it is not among those loaded so far.") == true)
    }

    @Test func `that come later put the cursor on the plan, unless the person has moved it`() async {
        let stage = await Stage()
        let model = stage.dashboard.model
        let rows = (1...9).map { Plan(id: .init("\($0)"), name: "Plan \($0)") }
        let first = Snapshot(value: Listing(rows: Array(rows[..<3]), isComplete: false), readAt: Stage.start)
        let all = Snapshot(value: Listing(rows: rows, isComplete: true), readAt: Stage.start)
        var waiting = PlansPane(.subscription("7", isRead: true, plan: "8"))
        _ = waiting.update(.plans(PlanQuery(), first), model)
        var moved = waiting
        _ = waiting.update(.plans(PlanQuery(), all), model)
        #expect(waiting.list.selected?.id == "8")
        _ = moved.update(.key(.down), model)
        _ = moved.update(.plans(PlanQuery(), all), model)
        #expect(moved.list.selected?.id == "2")
    }

    // MARK: Words

    @Test func `say each switch with the target's name, its periods, when and how it is charged`() async throws {
        let stage = await Stage()
        let model = stage.dashboard.model
        var pane = pane(
            .everywhere, stage,
            Listing(
                rows: [Plan(id: "1", name: "Monthly"), Plan(id: "2", name: "Yearly", billingPeriod: Period(1, .year))],
                isComplete: true))
        let ways = [
            PlanSwitch(
                plan: "2", period: Period(1, .year), sourcePeriod: Period(1, .month), charging: .noRefund,
                effective: .nextSubscriptionPeriod),
            PlanSwitch(plan: "3", charging: .other("by_magic"), effective: .immediately),
        ]
        _ = pane.update(
            .plan("1", Snapshot(value: PlanDetail(plan: Plan(id: "1", name: "Monthly"), switches: ways))), model)
        let words = pane.page(of: "1", width: Page.spokenWidth, model).sentences
        #expect(words.contains("Yearly (2)."))
        #expect(words.contains("period: from 1 month to 1 year, billed yearly."))
        #expect(words.contains("when: with the next term."))
        #expect(words.contains("charged: no refund."))
        #expect(words.contains("plan 3."))
        #expect(words.contains("period: from any to any period of the plan."))
        #expect(words.contains("charged: by_magic."))
    }

    @Test func `whose switches cannot be read say why and keep what the list has`() async {
        let stage = await Stage()
        var pane = pane(
            .everywhere, stage, Listing(rows: [Plan(id: "1", name: "Monthly")], isComplete: true))
        _ = pane.update(
            .plan("1", Snapshot(failure: .notFound(what: "plan 1", correlationID: nil))), stage.dashboard.model)
        let words = pane.page(of: "1", width: Page.spokenWidth, stage.dashboard.model).sentences.joined(separator: " ")
        #expect(words.contains("Monthly") && words.contains("has no plan 1"))
    }

    @Test func `are gone to by name`() async throws {
        let stage = await stage(":plans<Enter>")
        #expect(try pane(stage).origin == .everywhere)
        #expect(try pane(stage).note == nil)
    }

    @Test func `are filtered and sorted as every list, and written in linear mode`() async throws {
        let stage = await stage(Self.fromSubscription + "/terms:3Y<Enter>")
        #expect(try pane(stage).list.first(500).allSatisfy { $0.terms.contains { $0.period == Period(3, .year) } })
        let linear = await self.stage(Self.fromSubscription, isLinear: true)
        let said = linear.dashboard.sentences.flatMap(\.lines).joined(separator: "\n")
        #expect(said.contains("Subscription 1000917 has plan"))
        await linear.press("<Enter>")
        #expect(linear.dashboard.sentences.flatMap(\.lines).joined(separator: "\n").contains("SWITCHES, 2 ways."))
    }
}
