import FoundationEssentials
import Marketplace
import Screen
import TestSupport
import Testing

@testable import Dashboard

/// Bulk changes that stop on the way, and what is left to be done then.
@Suite(.onComputingThreads) struct `Bulk changes that stop`: BulkScenes {
    @Test func `an answer that never came stops the run as unknown, and the rest is sent later, nothing twice`()
        async throws
    {
        let scene = try await scene()
        let stage = scene.stage
        await stage.press("c+3<F10>")
        try await stage.breakIt("POST /orders: 504 after-effect every 3")
        await stage.press("add 15<Enter>")
        #expect(stage.transport.writes.count == 3)
        #expect(try outcome(stage) == "2 accepted, 1 unknown, 2 not sent")
        #expect(stage.screen.contains("Stopped: 2 accepted, 0 completed yet, 1 unknown, 2 not sent."))
        try await stage.breakIt()
        await stage.pass(seconds: 3)
        await stage.press("<F10>")
        #expect(try bulk(stage).rows.count(where: \.isIn) == 2)
        await stage.press("add 6<Enter>")
        #expect(stage.transport.writes.count == 5)
        await stage.pass(seconds: 3)
        #expect(try await units(scene) == scene.units.map { $0 + 3 })
    }

    @Test func `a refusal stops the run, says why, and is not tried again by itself`() async throws {
        let scene = try await scene()
        let stage = scene.stage
        await stage.press("c+3<F10>")
        try await stage.breakIt("POST /orders: 400 every 2")
        await stage.press("add 15<Enter>")
        #expect(try outcome(stage) == "1 accepted, 1 refused, 3 not sent")
        try await stage.breakIt()
        await stage.pass(seconds: 3)
        await stage.press("<F10>")
        let refused = try #require(try bulk(stage).rows.first { $0.isLeftOut })
        #expect(refused.id == scene.ids[1])
        #expect(refused.caution?.words.hasPrefix("It was refused before") == true)
        await stage.press("add 9<Enter>")
        await stage.pass(seconds: 3)
        #expect(stage.transport.writes.count == 5)
        #expect(try await units(scene)[1] == scene.units[1])
    }

    @Test func `what keeps every row from being sent is not held against the one it met`() async throws {
        let scene = try await scene()
        let stage = scene.stage
        await stage.press("c+3<F10>")
        try await stage.breakIt("GET /subscriptions/{id}: 403")
        await stage.press("add 15<Enter>")
        #expect(stage.transport.writes.isEmpty)
        #expect(try outcome(stage) == "1 not taken, 4 not sent")
        try await stage.breakIt()
        await stage.press("<F10>add 15<Enter>")
        #expect(try outcome(stage) == "5 accepted")
    }

    @Test func `a draft of which everything was sent says so and is dropped`() async throws {
        let scene = try await scene()
        scene.stage.whileSending = { number, stage in if number == 6 { stage.kill() } }
        await scene.stage.press("c+3<F10>")
        let kept = scene.stage.drafts
        await scene.stage.press("add 15<Enter>")
        let next = await Stage(columns: 120, rows: 40, after: scene.stage)
        await next.send(.drafts(kept))
        await next.press("B<Enter><F10>")
        #expect(try bulk(next).stage == .ended)
        #expect(next.screen.contains("Done: 5 accepted, 0 completed yet."))
        #expect(next.effects.contains { if case .client(.dropDraft) = $0 { true } else { false } })
        #expect(next.transport.writes.isEmpty)
    }

    @Test func `a row that somebody else changed meanwhile is held back, the others go out`() async throws {
        let scene = try await scene()
        let stage = scene.stage
        await stage.press("c+3<F10>")
        try await stage.changeUnits(of: scene.ids[3], to: scene.units[3] + 10)
        await stage.press("add 15<Enter>")
        #expect(try outcome(stage) == "4 accepted, 1 changed and held back")
        #expect(try bulk(stage).rows[3].words(in: .ended).text.contains("you saw \(scene.units[3])"))
        await stage.pass(seconds: 3)
        var expected = scene.units.map { $0 + 3 }
        expected[3] = scene.units[3] + 10
        #expect(try await units(scene) == expected)
    }

    @Test(arguments: ["<Esc>", "<^C>"]) func `it stops after the row on its way`(key: String) async throws {
        let scene = try await scene()
        let stage = scene.stage
        var running = ""
        stage.whileSending = { number, stage in
            guard number == 2 else { return }
            running = stage.screen
            stage.interject(key)
        }
        await stage.press("c+3<F10>add 15<Enter>")
        #expect(running.contains("1 of 5"))
        #expect(running.contains("sending"))
        #expect(try outcome(stage) == "2 accepted, 3 not sent")
        #expect(!stage.effects.contains(.quit))
        await stage.press("<F10>add 9<Enter>")
        await stage.pass(seconds: 3)
        #expect(try await units(scene) == scene.units.map { $0 + 3 })
    }

    @Test func `after a crash the rows that were never sent are offered again, and those alone`() async throws {
        let scene = try await scene()
        scene.stage.whileSending = { number, stage in if number == 4 { stage.kill() } }
        await scene.stage.press("c+3<F10><Down><Down><Down><Down> add 12<Enter>")
        #expect(scene.stage.transport.writes.count == 3)
        let next = await Stage(columns: 120, rows: 40, after: scene.stage)
        await next.send(.drafts(scene.stage.drafts))
        #expect(next.screen.contains("bulk change of units"))
        await next.pass(seconds: 3)
        await next.press("B<Enter><F10>")
        let rows = try bulk(next).rows
        #expect(rows.map(\.isTaken) == [true, true, true, false, false])
        #expect(rows[4].isLeftOut)
        #expect(try bulk(next).phrase == "add 3")
        await next.press("add 3<Enter>")
        #expect(next.transport.writes.count == 1)
        await next.pass(seconds: 3)
        var expected = scene.units.map { $0 + 3 }
        expected[4] = scene.units[4]
        #expect(try await units(scene) == expected)
    }

    @Test func `a draft says whose its rows are before anything is read, those too that were sent`() async throws {
        let scene = try await scene()
        let customers = scene.stage.dashboard.subscriptions.list.marked.map(\.customer)
        scene.stage.whileSending = { number, stage in if number == 4 { stage.kill() } }
        await scene.stage.press("c+3<F10>add 15<Enter>")
        let next = await Stage(columns: 120, rows: 40, after: scene.stage)
        await next.send(.drafts(scene.stage.drafts))
        await next.pass(seconds: 3)
        await next.press("B<Enter>")
        #expect(try bulk(next).rows.map(\.customer) == customers)
        #expect(try bulk(next).rows.allSatisfy { $0.subscription == nil })
        await next.press("<F10>")
        #expect(try bulk(next).rows[0].isTaken && bulk(next).rows[0].subscription == nil)
        for customer in Set(customers) {
            #expect(next.screen.contains("\(next.dashboard.model.name(of: customer)) \(customer)"))
        }
        // A draft of before says nothing of customers.
        var older = try #require(scene.stage.drafts.first)
        older.fields["customers"] = nil
        #expect(BulkFlow(older, next.dashboard.model)?.rows.prefix(3).map(\.customer) == [nil, nil, nil])
    }

    @Test func `e writes the preview's rows with their reasons, and what became of them after the run`() async throws {
        let stage = await Stage(columns: 120, rows: 40)
        await stage.press("j<Right>j<Enter>*c25<F10>")
        let rows = try bulk(stage).rows
        await stage.press("e")
        let preview = try #require(stage.exports.first)
        #expect(preview.name == "souk-bulk-change-of-units-preview-sandbox-\(stage.dashboard.model.stamp).csv")
        #expect(stage.screen.contains("Written: /home/me/\(preview.name)"))
        let lines = preview.text.split(separator: "\r\n").map(String.init)
        #expect(
            lines[0]
                == "\u{FEFF}row,subscription,customer,customer's name,product,units now,units after,estimate,currency,PO number,"
                + "standing,reason")
        #expect(lines.count == rows.count + 1)
        for (line, row) in zip(lines.dropFirst(), rows) {
            #expect(line.hasPrefix("\(row.place),\(row.id),\(try #require(row.customer)),"))
            if case .cannot(let reason) = row.state {
                #expect(line.contains(",cannot be sent,"))
                #expect(line.contains(reason.split(separator: ",")[0]))
            }
            if row.isIn, let units = row.figures?.units {
                #expect(line.contains(",\(units.before),\(units.after),") && line.contains(",can be sent,"))
            }
        }
        #expect(rows.contains(where: \.isImpossible) && rows.contains(where: \.isIn))
        #expect(stage.transport.writes.isEmpty)
        await stage.press(try bulk(stage).phrase + "<Enter>")
        await stage.press("e")
        let outcome = try #require(stage.exports.last)
        #expect(outcome.name.hasPrefix("souk-bulk-change-of-units-outcome-"))
        #expect(outcome.text.contains(",accepted,"))
    }

    @Test func `e is a letter like others once words are typed`() async throws {
        let scene = try await scene()
        await scene.stage.press("x<F10>cane")
        #expect(scene.stage.exports.isEmpty)
        #expect(try bulk(scene.stage).confirmation.text == "cane")
    }

    @Test func `after a crash with a row on its way, that row is unknown or found, and never sent again`() async throws
    {
        let scene = try await scene()
        await scene.stage.press("c+3<F10>")
        try await scene.stage.breakIt("POST /orders: 504 after-effect every 2")
        await scene.stage.press("add 15<Enter>")
        try await scene.stage.breakIt()
        let next = await Stage(columns: 120, rows: 40, after: scene.stage)
        await next.send(.drafts(scene.stage.drafts))
        await next.press("B<Enter><F10>add 9<Enter>")
        await next.pass(seconds: 3)
        #expect(try await units(scene) == scene.units.map { $0 + 3 })
    }

    @Test func `a run that is through leaves no draft, one that stopped leaves one`() async throws {
        let scene = try await scene()
        try await scene.stage.breakIt("POST /orders: 400 every 2")
        await scene.stage.press("c+3<F10>add 15<Enter>")
        #expect(scene.stage.drafts.count == 1)
        #expect(scene.stage.drafts.first?.title.contains("3 not sent") == true)
        try await scene.stage.breakIt()
        await scene.stage.press("<F10><Home><Down> add 12<Enter>")
        #expect(scene.stage.drafts.isEmpty)
    }
}
