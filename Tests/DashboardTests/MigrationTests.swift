import Marketplace
import TestSupport
import Testing

@testable import Dashboard

/// A migration order from the catalogue: what runs elsewhere comes into the marketplace.
@Suite(.onComputingThreads) struct `Migrating a subscription` {
    private static let keys = "j<Right>j5/AUR-365-BP<Enter>jm"

    private func stage(_ columns: Int = 120, _ rows: Int = 40) async -> Stage {
        let stage = await Stage(columns: columns, rows: rows)
        await stage.press(Self.keys)
        return stage
    }

    @Test(arguments: [(80, 24), (120, 40), (200, 60)]) func `form and review`(columns: Int, rows: Int) async {
        let stage = await stage(columns, rows)
        await stage.press("<BS>3")
        expectScreen(stage.screen, matches: "migration-\(columns)x\(rows)")
        await stage.press("<F10>")
        expectScreen(stage.screen, matches: "migration-review-\(columns)x\(rows)")
        #expect(stage.transport.writes.isEmpty)
    }

    @Test func `sends once, after the units are typed, and the subscription has the term that was typed`() async throws
    {
        let stage = await stage()
        await stage.press("<BS>3<F10>3<Enter>")
        #expect(stage.transport.writes == ["POST /marketplace/us/orders"])
        await stage.pass(seconds: 5)
        let entry = try #require(stage.dashboard.journal.list.row(0))
        #expect(entry.outcome.made != nil)
        let orders = try await stage.witness().orderLists.value(for: OrderQuery(customer: "1000412")).rows
        #expect(orders.count { $0.kind == .migration } == 1)
    }

    @Test func `a term that ended is named at its row, and nothing is reviewed`() async {
        let stage = await stage()
        let flow = stage.dashboard.flow
        #expect(flow?.form.title == "migration")
        await stage.press("<BS>3<Tab><Tab><Tab><Tab><^U>2026-01-01<F10>")
        #expect(stage.screen.contains("1 FILL IN"))
        #expect(stage.transport.writes.isEmpty)
    }

    @Test func `a draft of it is a migration again`() async throws {
        let stage = await stage()
        await stage.press("<BS>3<Esc>")
        let draft = try #require(stage.dashboard.model.drafts.first)
        #expect(draft.fields["migration"] == "yes")
        await stage.press("B<Enter>")
        #expect(stage.dashboard.flow?.form.title == "migration")
    }

    @Test func `an answer that is lost is looked up and found, and nothing is sent again`() async throws {
        let stage = await stage()
        try await stage.breakIt("POST /orders: 504 after-effect")
        await stage.press("<BS>3<F10>3<Enter><Esc>7u")
        let entry = try #require(stage.dashboard.journal.list.row(0))
        #expect(entry.outcome.made != nil)
        #expect(stage.dashboard.model.unknownWrites == 0)
        #expect(stage.transport.writes.count == 1)
    }
}
