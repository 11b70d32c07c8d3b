import Marketplace
import Screen
import TestSupport
import Testing

@testable import Dashboard

@Suite struct `Filtering and sorting` {
    private struct Plain {
        /// The rows that pass, in order, found by looking at every one.
        static func arrange(_ rows: [Item], _ wish: ListWish<Item>, _ told: [String: Int]) -> [String] {
            let passed = rows.filter { row in wish.filter.terms.allSatisfy { row.meets($0, told) } }
            guard let order = wish.order else { return passed.map(\.id) }
            let keyed = passed.enumerated().map {
                (place: $0.offset, rank: $0.element.rank(order.column, told), row: $0.element)
            }
            return keyed.sorted { left, right in
                guard let one = left.rank, let other = right.rank else {
                    return left.rank == nil && right.rank == nil ? left.place < right.place : left.rank != nil
                }
                if one == other { return left.place < right.place }
                let precedes = one.unicodeScalars.lexicographicallyPrecedes(other.unicodeScalars)
                return order.isDescending ? !precedes : precedes
            }.map(\.row.id)
        }
    }

    private func ids(_ arrangement: Arrangement<Item>) -> [String] {
        (0..<arrangement.count).map { arrangement.row(at: $0).id }
    }

    @Test(arguments: 1...24) func `edit by edit, with what is kept from before, all is as if done anew`(seed: UInt64)
        throws
    {
        var dice = Dice(seed: seed)
        // One list is longer than what is looked at in one go.
        let rows = Item.some(seed == 5 ? 4500 : [0, 1, 30, 200][Int(seed) % 4], &dice)
        var told: [String: Int] = [:]
        var toldVersion = 0
        let work = ListWork(rows)
        var text = ""
        var order: SortOrder?
        for _ in 0..<40 {
            switch dice.below(8) {
            case 0: text = Item.filter(&dice)
            case 1, 2, 3: if !text.isEmpty { text.removeLast() }
            case 4: text += dice.one(of: ["a", "u", " ", "5", "!", "n", "0"])
            case 5: text += " " + Item.filter(&dice)
            case 6:
                order =
                    dice.below(3) == 0
                    ? nil
                    : SortOrder(column: dice.one(of: Item.columns().map(\.name)), isDescending: dice.below(2) == 0)
            default:
                if let row = rows.randomElement(using: &dice) { told[row.id] = dice.below(6) }
                toldVersion += 1
            }
            // A filter is begun, and perhaps given up or closed again.
            if dice.below(5) == 0 {
                var ready = ListWish(columns: Item.columns(told))
                ready.toldVersion = toldVersion
                var steps = dice.below(3)
                work.prepare(ready) {
                    steps -= 1
                    return steps < 0
                }
            }
            if dice.below(7) == 0 { work.forget() }
            guard let filter = try? Item.parser.parse(text) else { continue }
            var wish = ListWish(columns: Item.columns(told))
            wish.filter = filter
            wish.order = order
            wish.toldVersion = toldVersion
            var last: Arrangement<Item>?
            // Some are given up on the way, as when the next key comes.
            var patience = dice.below(3) == 0 ? dice.below(4) : Int.max
            let isGivenUp = {
                patience -= 1
                return patience < 0
            }
            let take = { (result: Arrangement<Item>) in
                #expect(last?.isWhole != true)
                last = result
            }
            work.arrange(wish, needsIndex: dice.below(9) == 0, isCancelled: isGivenUp, emit: take)
            let expected = Plain.arrange(rows, wish, told)
            guard let last, last.isWhole else {
                #expect(patience < 0)
                if let last { #expect(expected.starts(with: ids(last))) }
                continue
            }
            #expect(ids(last) == expected, "\(text) \(String(describing: order))")
            for _ in 0..<5 where !rows.isEmpty {
                let base = dice.below(rows.count)
                #expect(last.place(ofBase: base) == expected.firstIndex(of: rows[base].id))
                #expect(
                    last.place(of: rows[base].id, near: dice.below(rows.count))
                        == expected.firstIndex(of: rows[base].id) || !last.findsAll)
            }
        }
    }

    @Test func `names learned later are found then`() throws {
        let rows = [
            Item(id: "1", name: "a", owner: "7", state: "new"), Item(id: "2", name: "b", owner: "8", state: "new"),
        ]
        let work = ListWork(rows)
        func found(_ names: [String: String], version: Int, _ text: String, order: SortOrder? = nil) throws -> [String]
        {
            var wish = ListWish(columns: [
                ListColumn<Item>("id", nil, .unique(\.id)),
                ListColumn("owner", nil, .linked(key: \.owner) { [names[$0] ?? "account"] }),
            ])
            wish.filter = try Item.parser.parse(text)
            wish.order = order
            wish.accountsVersion = version
            var result: [String] = []
            work.arrange(wish) { result = ids($0) }
            return result
        }
        #expect(try found([:], version: 1, "nord").isEmpty)
        #expect(try found(["7": "Nord"], version: 2, "nord") == ["1"])
        #expect(try found(["7": "Z", "8": "A"], version: 3, "", order: SortOrder(column: "owner")) == ["2", "1"])
    }

    @Test func `first results come before the last ones and are never wrong`() throws {
        var dice = Dice(seed: 5)
        let rows = Item.some(20_000, &dice)
        let work = ListWork(rows)
        var wish = ListWish(columns: Item.columns())
        wish.filter = try Item.parser.parse("aurora")
        var results: [Arrangement<Item>] = []
        work.arrange(wish) { results.append($0) }
        #expect(results.count > 1)
        #expect(results.dropLast().allSatisfy { !$0.isWhole && $0.lookedAt > 0 })
        let whole = try ids(#require(results.last))
        for result in results { #expect(whole.starts(with: ids(result))) }
        // What a shorter filter left over is all that a longer one looks at, and it is not parcelled out again.
        var looked = 0
        wish.filter = try Item.parser.parse("aurora son")
        let look = {
            looked += 1
            return false
        }
        work.arrange(wish, isCancelled: look, emit: { _ in })
        #expect(looked * 4096 < 20_000)
    }

    @Test func `the rows of a value are found together`() {
        var dice = Dice(seed: 3)
        let rows = Item.some(500, &dice)
        var wish = ListWish(columns: Item.columns())
        wish.grouped = "name"
        var result = Arrangement<Item>()
        ListWork(rows).arrange(wish) { result = $0 }
        for (base, row) in rows.enumerated() {
            let members = result.groups?.members(with: base).map { Int($0) }
            #expect(members == rows.indices.filter { Folding.folded(rows[$0].name) == Folding.folded(row.name) })
        }
    }
}

@Suite struct `Long lists` {
    private static let rows: [Item] = {
        var dice = Dice(seed: 11)
        return Item.some(5000, &dice)
    }()

    private func list(_ rows: [Item]) -> RowList<Item> {
        var list = RowList<Item>(.orders)
        list.receive(Snapshot(value: Listing(rows: rows, total: rows.count, isComplete: true)), setting)
        return list
    }

    private var setting: ListSetting<Item> {
        let profile = ProfileSummary(name: "test", place: "test", user: "x", isReadOnly: false, isProduction: false)
        return ListSetting(Item.columns(), Known(profile: profile))
    }

    private func jobs(_ effects: [Effect]) -> [ListJob] {
        effects.compactMap { if case .arrange(let job) = $0 { job } else { nil } }
    }

    private func results(_ job: ListJob) -> [ListResult] {
        var results: [ListResult] = []
        job.run(isCancelled: { false }, post: { if case .arranged(let result) = $0 { results.append(result) } })
        return results
    }

    /// Does the jobs that the list wants until it wants no more.
    private func settle(_ list: inout RowList<Item>) {
        while case let effects = list.takeEffects(), !effects.isEmpty {
            for job in jobs(effects) { for result in results(job) { list.take(result) } }
            list.arrange(setting)
        }
    }

    @Test func `are made ready when a filter is begun, and what was made is freed when none is typed`() throws {
        let wish = ListWish(columns: Item.columns())
        let work = ListWork(Self.rows)
        work.prepare(wish, isCancelled: { false })
        let ready = work.bytes
        var filtered = wish
        filtered.filter = try Item.parser.parse("aurora")
        work.arrange(filtered) { _ in }
        // Nothing was left to be made for the words.
        #expect(ready > Self.rows.count * 4 && work.bytes == ready)
        work.forget()
        #expect(work.bytes == 0)

        var list = list(Self.rows)
        func press(_ key: Key) -> [ListJob] {
            _ = list.take(key, setting)
            list.arrange(setting)
            return jobs(list.takeEffects())
        }
        list.filter.isEditing = true
        list.arrange(setting)
        let begun = try #require(jobs(list.takeEffects()).first)
        #expect(results(begun).isEmpty && !list.isWaiting && list.count == 5000)
        // Once is enough, and words take its place.
        #expect(press(.left).isEmpty)
        let typed = press("a")
        #expect(typed.map(\.slot) == [begun.slot] && typed != [begun])
        for result in results(typed[0]) { list.take(result) }
        #expect(press(.backspace).isEmpty && list.count == 5000)
        #expect(press(.escape).count == 1)
        #expect(press(.escape).isEmpty)
    }

    @Test func `are made ready when they are all there, once, and again when names are learned`() throws {
        var list = RowList<Item>(.orders)
        func receive(_ rows: [Item], isComplete: Bool, _ setting: ListSetting<Item>) -> [ListJob] {
            list.receive(
                Snapshot(value: Listing(rows: rows, total: 5000, isComplete: isComplete)), setting)
            return jobs(list.takeEffects())
        }
        #expect(receive(Array(Self.rows.dropLast()), isComplete: false, setting).isEmpty)
        let ready = try #require(receive(Self.rows, isComplete: true, setting).first)
        #expect(results(ready).isEmpty && !list.isWaiting && list.count == 5000)
        #expect(receive(Self.rows, isComplete: true, setting).isEmpty)
        var later = setting
        later.accountsVersion += 1
        #expect(receive(Self.rows, isComplete: true, later).count == 1)
        list.filter.isEditing = true
        list.arrange(later)
        #expect(list.takeEffects().isEmpty)
    }

    @Test func `keep what words will be looked for in when another order frees the rest`() throws {
        var wish = ListWish(columns: Item.columns())
        let work = ListWork(Self.rows)
        work.prepare(wish, isCancelled: { false })
        let ready = work.bytes
        wish.order = SortOrder(column: "moment")
        work.arrange(wish) { _ in }
        #expect(work.bytes > ready)
        work.forget(butSearchedBy: wish)
        #expect(work.bytes == ready)
        work.forget()
        #expect(work.bytes == 0)
    }

    @Test func `of few rows nothing is made ready`() {
        var list = list(Array(Self.rows.prefix(4000)))
        list.filter.isEditing = true
        list.arrange(setting)
        #expect(list.takeEffects().isEmpty)
    }

    private func type(_ text: String, into list: inout RowList<Item>) {
        list.filter.isEditing = true
        for key in Stage.keys(text) { _ = list.take(key, setting) }
    }

    @Test func `are shown at once and filtered by a job`() throws {
        var list = list(Self.rows)
        #expect(list.count == 5000 && !list.isWaiting)
        _ = list.takeEffects()
        type("aurora", into: &list)
        let effects = list.takeEffects()
        #expect(jobs(effects).count == 6)
        // What was shown stays until there is something to show.
        #expect(list.count == 5000 && list.isWaiting)
        for result in try results(#require(jobs(effects).last)) { list.take(result) }
        #expect(!list.isWaiting)
        #expect(list.count == Self.rows.count { $0.name.contains("Aurora") })
        #expect(list.extent.contains(" match of 5,000"))
    }

    @Test func `ignore a result that comes too late`() throws {
        var list = list(Self.rows)
        type("aurora", into: &list)
        let late = try #require(jobs(list.takeEffects()).last)
        type(" 365", into: &list)
        let job = try #require(jobs(list.takeEffects()).last)
        for result in results(late) { list.take(result) }
        #expect(list.count == 5000)
        for result in results(job) { list.take(result) }
        let count = list.count
        #expect(count < 5000)
        for result in results(late) { list.take(result) }
        #expect(list.count == count)
        // A result for rows that are gone is late too.
        list.receive(Snapshot(value: Listing(rows: [], total: 0, isComplete: true)), setting)
        for result in results(job) { list.take(result) }
        #expect(list.isEmpty)
    }

    @Test func `keep a wrong filter's last good result and say what is wrong`() {
        var list = list(Self.rows)
        type("aurora", into: &list)
        settle(&list)
        let count = list.count
        type(" >", into: &list)
        settle(&list)
        #expect(list.count == count && list.problem != nil)
        type("<BS><BS>", into: &list)
        settle(&list)
        #expect(list.problem == nil && list.count == count)
    }

    @Test func `keep the cursor on its row through filters, orders and answers`() throws {
        var list = list(Self.rows)
        let chosen = try #require(Self.rows.last { $0.name.contains("Aurora") })
        list.select(chosen.id)
        list.arrange(setting)
        settle(&list)
        #expect(list.selected?.id == chosen.id)
        type("aurora", into: &list)
        settle(&list)
        #expect(list.selected?.id == chosen.id)
        list.order = SortOrder(column: "price", isDescending: true)
        list.arrange(setting)
        settle(&list)
        #expect(list.selected?.id == chosen.id)
        list.receive(
            Snapshot(value: Listing(rows: Array(Self.rows.reversed()), total: 5000, isComplete: true)), setting)
        #expect(list.selected?.id == chosen.id)
        settle(&list)
        #expect(list.selected?.id == chosen.id)
        list.filter = Filter()
        list.order = nil
        list.arrange(setting)
        settle(&list)
        #expect(list.selected?.id == chosen.id)
        #expect(list.row(chosen.id)?.id == chosen.id)
        #expect(list.shown.rows[0].id == Self.rows.last?.id)
    }

    @Test func `go to the row now at its place when their own is gone`() {
        var list = list(Self.rows)
        list.select(Self.rows[1000].id)
        let fewer = Array(Self.rows[..<1000]) + Array(Self.rows[1001...])
        list.receive(Snapshot(value: Listing(rows: fewer, total: fewer.count, isComplete: true)), setting)
        settle(&list)
        #expect(list.selected?.id == fewer[1000].id)
    }

    @Test func `let what they no longer show be freed elsewhere`() {
        var list = list(Self.rows)
        list.receive(
            Snapshot(value: Listing(rows: Array(Self.rows.dropLast()), total: 5000, isComplete: true)), setting)
        let discarded = list.takeEffects().filter { if case .discard = $0 { true } else { false } }
        #expect(discarded.count == 2)
        list.clear()
        #expect(list.takeEffects().contains { if case .discard = $0 { true } else { false } })
        #expect(list.isEmpty)
    }

    @Test func `keep what was found when only the state of the reading changes`() {
        var list = list(Self.rows)
        type("aurora", into: &list)
        settle(&list)
        let count = list.count
        list.receive(
            Snapshot(value: Listing(rows: Self.rows, total: 5000, isComplete: true), isLoading: true), setting)
        #expect(list.takeEffects().isEmpty)
        #expect(list.count == count && list.snapshot.isLoading)
    }

    @Test func `say of how many rows a value is known`() {
        let few = Array(Self.rows.prefix(100))
        var list = RowList<Item>(.orders)
        let profile = ProfileSummary(name: "test", place: "test", user: "x", isReadOnly: false, isProduction: false)
        let setting = ListSetting(Item.columns([few[3].id: 5, few[4].id: 1]), Known(profile: profile))
        list.receive(Snapshot(value: Listing(rows: few, total: 100, isComplete: true)), setting)
        list.filter.isEditing = true
        for key in Stage.keys("seats>3") { _ = list.take(key, setting) }
        #expect(list.extent == "1 match of 100, seats of 2 known")
        _ = list.take("0", setting)
        #expect(list.emptiness(of: "things").hasPrefix("None of the 2 things whose seats is known match"))
    }
}
