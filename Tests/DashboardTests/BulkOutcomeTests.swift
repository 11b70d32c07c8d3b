import Marketplace
import Screen
import TestSupport
import Testing

@testable import Dashboard

/// How the rows of a bulk change end, and what is offered again.
@Suite(.onComputingThreads) struct `Endings of a bulk change`: BulkScenes {
    /// Five rows, of which the third was sent and got no answer; the run stopped there.
    private func stopped() async throws -> BulkScene {
        let scene = try await scene()
        await scene.stage.press("c+3<F10>")
        try await scene.stage.breakIt("POST /orders: 504 every 3")
        await scene.stage.press("add 15<Enter>")
        try await scene.stage.breakIt()
        return scene
    }

    /// The journal as it is when a look found that no row without an answer was taken.
    private func notTaken(_ stage: Stage) async throws -> Event {
        .journal(
            try await stage.client.journalEntries().map { entry in
                var entry = entry
                if entry.outcome.isUnknown {
                    entry.outcome = .refused(reason: "It was not taken: customer 7 has no such order.")
                    entry.settledBy = "customer 7 has no such order"
                }
                return entry
            })
    }

    @Test func `a row found not taken is counted and offered on the page, and its draft stays`() async throws {
        let scene = try await stopped()
        let stage = scene.stage
        #expect(try outcome(stage) == "2 accepted, 1 unknown, 2 not sent")
        await stage.send(try await notTaken(stage))
        #expect(try outcome(stage) == "2 accepted, 1 not taken, 2 not sent")
        #expect(stage.screen.contains("Row 3, subscription \(scene.ids[2]), was not taken. F10 offers it again."))
        #expect(stage.screen.contains("not taken: customer 7 has no such order."))
        #expect(stage.drafts.first?.title.contains("1 not taken") == true)
        await stage.pass(seconds: 3)
        await stage.press("<F10>")
        // The journal of the test still has no outcome for it; here the row keeps what was found.
        #expect(try bulk(stage).rows.count == 5)
    }

    @Test func `in a later session it is open again with its reason, and the run ends with every row taken`()
        async throws
    {
        let scene = try await stopped()
        let next = await Stage(columns: 120, rows: 40, after: scene.stage)
        await next.pass(seconds: 700)
        await next.send(.drafts(scene.stage.drafts))
        await next.press("7u3")
        await next.press("B<Enter><F10>")
        let row = try bulk(next).rows[2]
        #expect(row.isIn)
        #expect(row.words(in: .review).text.hasPrefix("ok. It was not taken before: customer"))
        #expect(try bulk(next).phrase == "add 9")
        await next.press("add 9<Enter>")
        #expect(next.screen.contains(": 5 accepted, "))
        await next.pass(seconds: 3)
        #expect(try await units(scene) == scene.units.map { $0 + 3 })
    }

    @Test func `left out in the next review it is still counted, and the draft is kept`() async throws {
        let scene = try await stopped()
        let next = await Stage(columns: 120, rows: 40, after: scene.stage)
        await next.pass(seconds: 700)
        await next.send(.drafts(scene.stage.drafts))
        await next.press("7u3")
        await next.press("B<Enter><F10><Home><Down><Down> add 6<Enter>")
        #expect(try outcome(next) == "4 accepted, 1 not taken")
        #expect(next.screen.contains(", 1 not taken."))
        #expect(!next.effects.contains { if case .client(.dropDraft) = $0 { true } else { false } })
    }

    @Test func `a refused row that is left out is counted as refused when the others are through`() async throws {
        let scene = try await scene()
        let stage = scene.stage
        await stage.press("c+3<F10>")
        try await stage.breakIt("POST /orders: 400 every 2")
        await stage.press("add 15<Enter>")
        try await stage.breakIt()
        await stage.pass(seconds: 3)
        await stage.press("<F10>add 9<Enter>")
        #expect(try outcome(stage) == "4 accepted, 1 refused")
        #expect(stage.drafts.count == 1)
    }

    @Test func `found while a preview is shown, it is left out until somebody takes it in`() async throws {
        let scene = try await stopped()
        let stage = scene.stage
        await stage.pass(seconds: 3)
        await stage.press("<F10>")
        #expect(try bulk(stage).phrase == "add 6")
        await stage.send(try await notTaken(stage))
        #expect(try bulk(stage).phrase == "add 6")
        #expect(try bulk(stage).rows[2].isLeftOut)
        #expect(try bulk(stage).rows[2].words(in: .review).text.contains("Space takes it in."))
    }

    @Test func `every row is counted once, whatever became of it`() {
        let states: [(BulkRow.State, Bool)] = [
            (.taken("done"), false), (.refused("no"), false), (.failed("no network"), false),
            (.unknown("?"), false), (.heldBack("changed"), false), (.waiting, false), (.waiting, true),
            (.cannot("pending"), false), (.reading, false),
        ]
        var rows = states.enumerated().map { place, state in
            var row = BulkRow(id: Subscription.ID(String(place)), place: place + 1)
            row.state = state.0
            row.isLeftOut = state.1
            return row
        }
        var outcome = BulkOutcome(rows)
        #expect(outcome.confirmed + outcome.leftOut + outcome.impossible == rows.count)
        #expect(
            outcome.progress == "1 done, 1 refused, 1 not taken, 1 unknown, 1 changed and held back, 2 not sent")
        #expect(outcome.besides == "1 left out, 1 cannot")
        // Looked at anew and left out, a row keeps the name of its ending.
        for place in rows.indices {
            rows[place].reset()
            rows[place].isLeftOut = true
        }
        outcome = BulkOutcome(rows)
        #expect(outcome.progress == "1 done, 1 refused, 1 not taken, 1 unknown, 1 changed and held back")
        #expect(outcome.besides == "4 left out")
    }

    @Test func `a row of a status that nobody knows is left out with a warning, and Space takes it in`() throws {
        var model = Model(
            profile: ProfileSummary(name: "test", place: "test", user: "x", isReadOnly: false, isProduction: false))
        model.now = Stage.start
        let row = Subscription(id: "1", name: "P", customer: "7", status: .other("expired"), autoRenews: true)
        model.insert(SubscriptionDetail(subscription: row))
        var flow = BulkFlow(.autoRenew, [row], model)
        _ = flow.update(.key(.function(10)), model)
        guard case .client(.dryRun(let intent)) = try #require(flow.advance(model).first) else { return }
        let facts = WriteFacts(subscription: SubscriptionDetail(subscription: row))
        _ = flow.update(.dryRan(intent, .success(DryRun(intent, at: model.now, facts))), model)
        #expect(flow.rows[0].isLeftOut)
        #expect(flow.rows[0].words(in: .review).text.contains("has a status that this program does not know: expired"))
        #expect(!flow.canBeSent)
        _ = flow.update(.key(" "), model)
        #expect(flow.phrase == "off 1 anyway")
    }

    @Test func `what became of a row is looked up by u`() async throws {
        let scene = try await stopped()
        await scene.stage.press("u")
        #expect(scene.stage.effects.contains(.settle))
    }

    @Test func `customers of one name are distinguished by whose they are`() async throws {
        let scene = try await scene()
        let stage = scene.stage
        let customers = stage.dashboard.subscriptions.list.marked.map(\.customer)
        let other = try #require(customers.first { $0 != customers[0] })
        await stage.send(
            .account(
                AccountKey(kind: .customer, id: customers[0]),
                Snapshot(
                    value: Account(
                        id: customers[0], kind: .customer, name: "Twin", status: .active, vendorAccount: "1000100"))))
        await stage.send(
            .account(
                AccountKey(kind: .customer, id: other),
                Snapshot(
                    value: Account(id: other, kind: .customer, name: "Twin", status: .active, vendorAccount: "1000101"))
            ))
        await stage.resize(200, 60)
        await stage.press("c+3<F10>")
        #expect(stage.screen.contains("\(customers[0]) Twin, of Nordwind Handel GmbH"))
        #expect(stage.screen.contains("\(other) Twin, of Sierra Peak Cloud"))
    }
}
