import Marketplace
import Screen
import TestSupport
import Testing

@testable import Dashboard

/// Details of rows stand in a list with the list's age: they are never older than it says.
@Suite(.onComputingThreads) struct `Details that a list shows` {
    /// Another program changes the units of a subscription that is in view, but not on the cursor.
    private func changeUnits(_ stage: Stage, to total: Int) async throws {
        let other = await Stage(after: stage).client
        let detail = try await other.subscriptions.value(for: "1000917")
        let product = try #require(detail.products.first)
        let order = ChangeOrder(of: detail, product, total: total, poNumber: "ELSEWHERE", waitsForRenewal: false)
        let run = try await other.dryRun(.place(.change(order)))
        _ = await other.send(.place(.change(order)), agreed: run)
    }

    private func units(_ stage: Stage) -> Int? {
        stage.dashboard.model.details["1000917"]?.products.first?.quantity
    }

    @Test func `are read again with their list by the key that refreshes`() async throws {
        let stage = await Stage()
        await stage.press("j<Right>j3")
        let before = try #require(units(stage))
        try await changeUnits(stage, to: before + 3)
        await stage.pass(seconds: 20)
        #expect(units(stage) == before)
        await stage.press("r")
        #expect(units(stage) == before + 3)
        #expect(stage.screen.contains(" \(before + 3) "))
    }

    @Test func `are read again without it once the list is stale and read again`() async throws {
        let stage = await Stage()
        await stage.press("j<Right>j3")
        let before = try #require(units(stage))
        try await changeUnits(stage, to: before + 3)
        await stage.pass(seconds: 600)
        await stage.press("43")
        #expect(units(stage) == before + 3)
    }

    @Test func `are read once as long as the list stays`() async {
        let stage = await Stage()
        await stage.press("3")
        await stage.press("jjjkkk")
        let wanted = stage.effects.reduce(into: [DataQuery: Int]()) { counts, effect in
            guard case .client(.want(let queries, _)) = effect else { return }
            for query in queries { counts[query, default: 0] += 1 }
        }
        #expect(!wanted.isEmpty)
        #expect(wanted.values.allSatisfy { $0 == 1 })
    }

    @Test func `of an order never hide a status that the list was read with later, and show one read later themselves`()
    {
        let profile = ProfileSummary(name: "t", place: "t", user: "t", isReadOnly: false, isProduction: false)
        var dashboard = Dashboard(profile: profile, size: Size(columns: 100, rows: 24), now: Stage.start, at: .accounts)
        _ = dashboard.update(.key("4"))
        func read(_ status: OrderStatus, _ seconds: Double) -> Snapshot<Order> {
            let order = Order(
                id: "5", number: "SO5", kind: .sales, customer: "1", status: status, poNumber: "P-77")
            return Snapshot(value: order, readAt: Stage.start.adding(seconds: seconds))
        }
        func list(_ status: OrderStatus, _ seconds: Double) {
            let one = read(status, seconds)
            let rows = [one.value].compactMap(\.self)
            _ = dashboard.update(
                .orders(
                    OrderQuery(),
                    Snapshot(value: Listing(rows: rows, total: 1, isComplete: true), readAt: one.readAt)))
        }
        list(.processing, 0)
        _ = dashboard.update(.order("5", read(.processing, 1)))
        #expect(dashboard.draw().text.contains("processing"))
        list(.completed, 10)
        #expect(!dashboard.draw().text.contains("processing"))
        #expect(dashboard.orders.focused(dashboard.model)?.status == .completed)
        #expect(dashboard.orders.focused(dashboard.model)?.poNumber == "P-77")
        list(.processing, 20)
        _ = dashboard.update(.order("5", read(.cancelled, 30)))
        list(.processing, 20)
        #expect(dashboard.orders.focused(dashboard.model)?.status == .cancelled)
    }

    @Test func `are dropped when too many are held, those read longest ago first`() {
        var ages = DetailAges<Subscription.ID>()
        let profile = ProfileSummary(name: "t", place: "t", user: "t", isReadOnly: false, isProduction: false)
        let model = Model(profile: profile)
        var dropped: [Subscription.ID] = []
        for number in 0...DetailAges<Subscription.ID>.most {
            let moment = model.moment(of: Stage.start.adding(seconds: Double(number)))
            dropped += ages.note(.init("\(number)"), at: moment)
        }
        #expect(dropped.count == DetailAges<Subscription.ID>.most / 2)
        #expect(dropped.first == "0")
        #expect(ages.isMissing("0", since: nil))
        #expect(!ages.isMissing(.init("\(DetailAges<Subscription.ID>.most)"), since: nil))
    }
}
