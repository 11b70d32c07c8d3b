import FoundationEssentials
import Marketplace
import Screen
import TestSupport
import Testing

@testable import Dashboard

/// Changes of marked rows, by keys alone, checked by plain reads of the marketplace.
@Suite(.onComputingThreads) struct `Bulk changes`: BulkScenes {
    // MARK: What is done

    @Test func `three units more for each of five, seen first, typed once, and really there`() async throws {
        let scene = try await scene()
        let stage = scene.stage
        #expect(scene.ids.count == 5)
        await stage.press("c+3<F10>")
        #expect(stage.transport.writes.isEmpty)
        let total = scene.units.reduce(0, +)
        #expect(stage.screen.contains("\(grouped(total)) → \(grouped(total + 15)) units, +15"))
        #expect(stage.screen.contains("Type add 15 to change 5 subscriptions:"))
        for (units, row) in zip(scene.units, try bulk(stage).rows) {
            #expect(row.figures?.units?.before == units)
            #expect(row.figures?.units?.after == units + 3)
        }
        await stage.press("add 15<Enter>")
        #expect(stage.transport.writes == Array(repeating: "POST /marketplace/us/orders", count: 5))
        #expect(try outcome(stage) == "5 accepted")
        #expect(stage.screen.contains("Done: 5 accepted, 0 completed yet."))
        await stage.pass(seconds: 3)
        #expect(try await units(scene) == scene.units.map { $0 + 3 })
    }

    @Test func `its orders are followed until they end, and Enter opens the one of a row`() async throws {
        let scene = try await scene()
        let stage = scene.stage
        await stage.press("c+3<F10>add 15<Enter>")
        #expect(stage.screen.contains("TAKEN") && stage.screen.contains("5 accepted, 0 completed yet."))
        #expect(stage.dashboard.bulk?.followed.count == 5)
        await stage.pass(seconds: 3)
        #expect(stage.screen.contains("Done: 5 accepted, 5 completed."))
        #expect(stage.dashboard.bulk?.followed.isEmpty == true)
        let order = try #require(try bulk(stage).rows[1].order)
        #expect(order.status == .completed)
        await stage.press("<Home><Down><Enter>")
        #expect(stage.dashboard.bulk == nil)
        #expect(stage.dashboard.orders.opened == order.id)
    }

    @Test func `each row is an entry of its own in the journal, with one group and a PO number of its own`()
        async throws
    {
        let scene = try await scene()
        await scene.stage.press("c+3<F10>add 15<Enter>")
        let entries = try await scene.stage.client.journalEntries()
        #expect(entries.count == 5)
        #expect(Set(entries.map(\.group)).count == 1)
        #expect(entries.allSatisfy { $0.group?.hasPrefix("SOUK-261120-140412-") == true })
        let numbers = entries.compactMap(\.poNumber)
        #expect(Set(numbers).count == 5)
        #expect(numbers.allSatisfy { $0.count < 30 })
        #expect(entries.allSatisfy { if case .taken = $0.outcome { true } else { false } })
    }

    @Test func `auto-renew is switched off for all that have it on, the others say why not`() async throws {
        let scene = try await scene()
        let stage = scene.stage
        await stage.press("A")
        #expect(stage.screen.contains("Bulk: auto-renew"))
        let first = stage.dashboard.bulk?.fields["renews"] ?? ""
        let other = first == "on" ? "off" : "on"
        await stage.press("<F10>")
        let count = try bulk(stage).rows.count(where: \.isIn)
        #expect(count > 0)
        #expect(try bulk(stage).phrase == "\(first) \(count)")
        await stage.press("\(other) \(count)<Enter>")
        #expect(stage.transport.writes.isEmpty)
        await stage.press("<^U>\(first) \(count)<Enter>")
        #expect(try outcome(stage).hasPrefix("\(count) done"))
        for id in scene.ids {
            #expect(try await stage.plain("/subscriptions/\(id)").contains(#""renewalStatus":\#(first == "on")"#))
        }
    }

    @Test func `cancelling asks for a whole phrase and ends them all`() async throws {
        let scene = try await scene()
        let stage = scene.stage
        await stage.press("x<F10>")
        #expect(stage.screen.contains("Type cancel 5 subscriptions to END them:"))
        await stage.press("cancel 5 subscriptions<Enter>")
        await stage.pass(seconds: 3)
        for id in scene.ids {
            #expect(try await stage.plain("/subscriptions/\(id)").contains(#""status":"terminated""#))
        }
    }

    @Test func `rows that were taken lose their marks`() async throws {
        let scene = try await scene()
        await scene.stage.press("c+3<F10> add 12<Enter><Esc>")
        #expect(scene.stage.dashboard.bulk == nil)
        #expect(scene.stage.dashboard.subscriptions.list.marked.map(\.id) == [scene.ids[0]])
    }

    // MARK: The preview

    @Test func `nothing is sent by another phrase, a paste, or nothing typed`() async throws {
        let scene = try await scene()
        await scene.stage.press("c-1<F10>")
        let phrase = try bulk(scene.stage).phrase
        #expect(phrase == "remove \(try bulk(scene.stage).rows.count(where: \.isIn))")
        await scene.stage.press("add 5<Enter>")
        await scene.stage.send(.key(.paste(phrase)))
        await scene.stage.press("<Enter>")
        #expect(scene.stage.screen.contains("That is not \(phrase)."))
        await scene.stage.press("<^U><Enter>")
        #expect(try bulk(scene.stage).stage == .rule)
        #expect(scene.stage.transport.writes.isEmpty)
    }

    @Test func `each row that cannot says why, and does not keep the others`() async throws {
        let stage = await Stage(columns: 120, rows: 40)
        await stage.press("j<Right>j<Enter>*c25<F10>")
        let reasons = Dictionary(
            uniqueKeysWithValues: try bulk(stage).rows.map { ($0.id.rawValue, $0.words(in: .review).text) })
        #expect(reasons["1000917"] == "It holds 25 units already.")
        #expect(reasons["1000918"]?.contains("on hold") == true)
        #expect(reasons["1000919"]?.contains("pending") == true)
        #expect(reasons["1000920"]?.hasPrefix("ok") == true)
        await stage.press("add 17<Enter>")
        #expect(stage.transport.writes.count == 1)
    }

    @Test func `a row that is left out stays as it is`() async throws {
        let scene = try await scene()
        await scene.stage.press("c+3<F10><Down> ")
        #expect(try bulk(scene.stage).phrase == "add 12")
        await scene.stage.press("add 12<Enter>")
        await scene.stage.pass(seconds: 3)
        var expected = scene.units.map { $0 + 3 }
        expected[1] = scene.units[1]
        #expect(try await units(scene) == expected)
    }

    @Test func `what the marketplace warns of is left out until it is taken in, and then asks for one more word`()
        async throws
    {
        let scene = try await scene()
        let stage = scene.stage
        await stage.press("c+3<F10>add 15<Enter><Esc>")
        await stage.pass(seconds: 3)
        #expect(stage.transport.writes.count == 5)
        try await stage.changeUnits(of: scene.ids[0], to: scene.units[0])
        #expect(stage.transport.writes.count == 6)
        await stage.press("U/<^U>\(scene.ids[0])<Enter> /<^U>\(scene.ids[1])<Enter> c+3<F10>")
        #expect(try bulk(stage).rows.map(\.id) == Array(scene.ids.prefix(2)))
        let first = try #require(try bulk(stage).rows.first)
        #expect(first.isLeftOut)
        #expect(first.caution?.words.contains("An equal order was placed") == true)
        #expect(try !bulk(stage).canBeSent)
        await stage.press("<Home> ")
        #expect(try bulk(stage).phrase == "add 3 anyway")
        await stage.press("add 3<Enter>")
        #expect(stage.transport.writes.count == 6)
        await stage.press("<^U>add 3 anyway<Enter>")
        #expect(stage.transport.writes.count == 7)
    }

    @Test func `units that changed since the list was read are taken as they are now`() async throws {
        let scene = try await scene()
        try await scene.stage.changeUnits(of: scene.ids[2], to: scene.units[2] + 10)
        await scene.stage.press("c+3<F10>")
        #expect(try bulk(scene.stage).rows[2].figures?.units?.after == scene.units[2] + 13)
    }

    @Test func `Esc in the preview asks nothing more, and what was looked at counts when it goes on`() async throws {
        let scene = try await scene()
        await scene.stage.press("c+3<F10>")
        let asked = scene.stage.effects.count { if case .client(.dryRun) = $0 { true } else { false } }
        await scene.stage.press("<Esc><F10>")
        #expect(scene.stage.effects.count { if case .client(.dryRun) = $0 { true } else { false } } == asked)
        await scene.stage.press("<F5>")
        #expect(scene.stage.effects.count { if case .client(.dryRun) = $0 { true } else { false } } == 2 * asked)
    }

    // MARK: Keys that cannot act

    @Test(arguments: ["R", "P", "d"]) func `a key that acts on one row says that several are marked`(key: String)
        async throws
    {
        let scene = try await scene()
        await scene.stage.press(key)
        #expect(scene.stage.screen.contains("5 marked, and this acts on one row: U clears the marks."))
        #expect(scene.stage.dashboard.flow == nil)
        #expect(scene.stage.dashboard.bulk == nil)
    }

    @Test func `one marked row opens its own form, wherever the cursor is`() async throws {
        let stage = await Stage()
        await stage.press("j<Right>j<Enter>/1000917<Enter> <Esc>gc")
        #expect(stage.dashboard.bulk == nil)
        #expect(stage.screen.contains("1000917"))
        #expect(stage.screen.contains("Change units"))
    }

    @Test func `a range that is begun is taken as it is`() async {
        let stage = await Stage()
        await stage.press("3Vjc")
        #expect(stage.dashboard.bulk?.rows.count == 2)
    }

    @Test func `that too many rows are marked is said`() async {
        let stage = await Stage()
        await stage.press("3*c")
        #expect(stage.screen.contains("at most 1,000 are changed at one go"))
        #expect(stage.dashboard.bulk == nil)
    }

    @Test(arguments: ["c", "A", "x"]) func `in read-only mode marked rows are not changed`(key: String) async throws {
        let scene = try await scene(isReadOnly: true)
        await scene.stage.press("\(key)+3<F10>add 15<Enter>")
        #expect(scene.stage.dashboard.bulk == nil)
        #expect(scene.stage.transport.writes.isEmpty)
    }

    @Test func `a draft of a bulk change is not opened in read-only mode`() async throws {
        let scene = try await scene()
        await scene.stage.press("c+3<F10><Esc><Esc>")
        let stage = await Stage(isReadOnly: true)
        await stage.send(.drafts(scene.stage.drafts))
        await stage.press("B<Enter>")
        #expect(stage.dashboard.bulk == nil)
        #expect(stage.screen.contains("read-only"))
    }

    // MARK: Many

    @Test func `the looks at a thousand rows are three at a time, and end when the preview is left`() async throws {
        let stage = await Stage()
        await stage.press("3")
        let rows = Array(stage.dashboard.subscriptions.list.first(1000))
        var model = stage.dashboard.model
        for row in rows {
            let product = SubscriptionProduct(mpn: "M", vendor: "v", name: "P", quantity: 5)
            var active = row
            active.status = .active
            model.insert(SubscriptionDetail(subscription: active, products: [product]))
        }
        var flow = BulkFlow(.units, rows, model)
        for key in Stage.keys("+3<F10>") { _ = flow.update(.key(key), model) }
        var asked = flow.advance(model)
        #expect(asked.count == 3)
        guard case .client(.dryRun(let intent)) = try #require(asked.first) else {
            throw FormProblem(field: "", text: "")
        }
        _ = flow.update(.dryRan(intent, .failure(.cancelled)), model)
        asked = flow.advance(model)
        #expect(asked.count == 1)
        _ = flow.update(.key(.escape), model)
        #expect(flow.advance(model).isEmpty)
    }
}
