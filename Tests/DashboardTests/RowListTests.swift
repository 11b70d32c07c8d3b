import Marketplace
import Rows
import RowsSupport
import Screen
import TestSupport
import Testing

@testable import Dashboard

@Suite(.onComputingThreads) struct `Long lists` {
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
        return ListSetting(Item.columns(), Model(profile: profile))
    }

    private func jobs(_ effects: [Effect]) -> [ListJob] {
        effects.compactMap { if case .client(.arrange(let job)) = $0 { job } else { nil } }
    }

    private func results(_ job: ListJob) -> [ListResult] {
        var results: [ListResult] = []
        job.run(isCancelled: { false }, post: { results.append($0) })
        return results
    }

    /// Does the jobs that the list wants until it wants no more.
    private func settle(_ list: inout RowList<Item>) {
        while case let effects = list.takeEffects(), !effects.isEmpty {
            for job in jobs(effects) { for result in results(job) { list.take(result) } }
            list.arrange(setting)
        }
    }

    @Test func `are encoded when a filter is begun, and what was computed is freed when none is typed`() throws {
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

    @Test func `go to the first row of another filter or order, and keep the cursor on its row through answers`() throws
    {
        var list = list(Self.rows)
        let chosen = try #require(Self.rows.last { $0.name.contains("Aurora") })
        list.select(chosen.id)
        list.arrange(setting)
        settle(&list)
        #expect(list.selected?.id == chosen.id)
        type("aurora", into: &list)
        settle(&list)
        #expect(list.cursor.index == 0 && list.cursor.top == 0)
        list.move(.last)
        list.order = SortOrder(column: "price", isDescending: true)
        list.arrange(setting)
        settle(&list)
        #expect(list.cursor.index == 0 && list.cursor.top == 0)
        list.select(chosen.id)
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

    /// As long as the rows come, the order of a list that has one of its own.
    private func ownSetting(after seconds: Double = 0) -> ListSetting<Item> {
        var setting = setting
        setting.ownOrder = SortOrder(column: "units")
        setting.now = ClockOffsets().moment(of: Instant(millisecondsSince1970: Int64(seconds * 1000)))
        return setting
    }

    private func receive(_ count: Int, _ list: inout RowList<Item>, after seconds: Double) {
        let rows = Array(Self.rows[..<count])
        list.receive(
            Snapshot(value: Listing(rows: rows, total: 3000, isComplete: count == 3000)), ownSetting(after: seconds))
    }

    @Test func `come in their own order, and a cursor that nobody has moved stays on the first while they come`() throws
    {
        var list = RowList<Item>(.orders)
        let most = Self.rows[..<3000].compactMap(\.units).min()
        for (count, seconds) in [(3, 5.0), (100, 5.5), (3000, 6.5)] {
            receive(count, &list, after: seconds)
            #expect(list.cursor.index == 0 && list.selected?.id == list.row(0)?.id)
        }
        #expect(list.selected?.units == most && list.row(2999)?.units == nil)
        #expect(list.sortingWords(Item.columns(), own: "fewest first") == "fewest first")
        // What the person chooses goes before it, and comes from the first row on; without it the own order is back.
        list.order = SortOrder(column: "name")
        list.arrange(ownSetting())
        #expect(list.sortingWords(Item.columns(), own: "fewest first") == "by name, A to Z")
        let names = Self.rows[..<3000].map(\.name)
        #expect(
            list.row(0)?.name == names.min { Folding.folded($0).lexicographicallyPrecedes(Folding.folded($1)) })
        list.order = nil
        list.arrange(ownSetting())
        #expect(list.row(0)?.units == most)
    }

    @Test func `do so where they are made in their order, too`() {
        var list = RowList<Item>(.products)
        for count in [3, 100, 3000] {
            let rows = Array(Self.rows[..<count])
            let extent = ListExtent(count: count, total: 3000, isComplete: count == 3000)
            list.receive(Snapshot(value: extent), from: count, isNew: true, setting) {
                rows.sorted { $0.id < $1.id }
            }
            #expect(list.cursor.index == 0 && list.selected?.id == rows.map(\.id).min())
        }
    }

    @Test(arguments: [true, false]) func `stay under a cursor that was moved, or rests, while others come`(
        isMoved: Bool
    ) throws {
        var list = RowList<Item>(.orders)
        receive(3, &list, after: 5)
        #expect(list.sortingWords(Item.columns(), own: "fewest first") == "fewest first, so far")
        if isMoved { list.move(.last) }
        let row = try #require(list.selected)
        receive(2000, &list, after: isMoved ? 5.1 : 7.1)
        receive(3000, &list, after: 7.2)
        #expect(list.selected?.id == row.id && list.cursor.index > 2)
        let seen = list.cursor.index - list.cursor.top
        #expect(0..<list.visible ~= seen)
    }

    @Test func `of a long list are sorted by one job for each answer, and by none for a key`() throws {
        var list = RowList<Item>(.orders)
        let listing = Listing(rows: Self.rows, total: 5000, isComplete: true)
        list.receive(Snapshot(value: listing), ownSetting())
        let begun = jobs(list.takeEffects())
        #expect(begun.count == 1)
        for result in results(try #require(begun.first)) { list.take(result) }
        list.arrange(ownSetting())
        #expect(jobs(list.takeEffects()).isEmpty)
        #expect(list.row(0)?.units == Self.rows.compactMap(\.units).min() && list.cursor.index == 0)
        for key: Key in [.down, .pageDown, "G", "g", .up] {
            let isTaken = list.take(key, ownSetting())
            #expect(isTaken)
            list.arrange(ownSetting())
        }
        list.receive(Snapshot(value: listing, isLoading: true), ownSetting())
        #expect(jobs(list.takeEffects()).isEmpty)
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
        let discarded = list.takeEffects().filter { if case .client(.discard) = $0 { true } else { false } }
        #expect(discarded.count == 2)
        list.clear()
        #expect(list.takeEffects().contains { if case .client(.discard) = $0 { true } else { false } })
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

    @Test func `say for how many rows a value was read`() {
        let few = Array(Self.rows.prefix(100))
        var list = RowList<Item>(.orders)
        let profile = ProfileSummary(name: "test", place: "test", user: "x", isReadOnly: false, isProduction: false)
        let setting = ListSetting(Item.columns([few[3].id: 5, few[4].id: 1]), Model(profile: profile))
        list.receive(Snapshot(value: Listing(rows: few, total: 100, isComplete: true)), setting)
        list.filter.isEditing = true
        for key in Stage.keys("seats>3") { _ = list.take(key, setting) }
        #expect(list.extent == "1 match; seats of 2 of 100 read")
        _ = list.take("0", setting)
        #expect(list.emptiness(of: "things", rest: "F.") == "None of the 2 read so far matches seats>30.\nF.")
    }

    @Test func `say for how many rows a value was read where plain words found nothing`() {
        let few = Array(Self.rows.prefix(100))
        var list = RowList<Item>(.orders)
        let profile = ProfileSummary(name: "test", place: "test", user: "x", isReadOnly: false, isProduction: false)
        let code = ListColumn<Item>("code", nil, .sparse(kind: .text) { [(few[3].id, .lines(["XYZZY-1"]))] })
        let setting = ListSetting(Item.columns() + [code], Model(profile: profile))
        list.receive(Snapshot(value: Listing(rows: few, total: 100, isComplete: true)), setting)
        list.filter.isEditing = true
        for key in Stage.keys("xyzzy") { _ = list.take(key, setting) }
        #expect(list.extent == "1 match; code of 1 of 100 read")
        for key in Stage.keys("-2") { _ = list.take(key, setting) }
        #expect(list.extent == "0 match; code of 1 of 100 read")
        #expect(
            list.emptiness(of: "things", rest: "F.")
                == "None of the 1 read so far matches \u{201C}xyzzy-2\u{201D}.\nF.")
    }

    @Test func `an empty list names the filter, and the term that leaves nothing`() {
        let few = Array(Self.rows.prefix(100))
        var list = RowList<Item>(.orders)
        list.receive(Snapshot(value: Listing(rows: few, total: 100, isComplete: true)), setting)
        list.filter.isEditing = true
        for key in Stage.keys("a state=nowhere") { _ = list.take(key, setting) }
        let without = few.count { $0.name.lowercased().contains("a") || $0.state.contains("a") }
        #expect(list.extent == "0 of 100 match, all read")
        let lines = list.emptiness(of: "things").split(separator: "\n").map(String.init)
        #expect(lines.first == "No thing matches \u{201C}a\u{201D} and state=nowhere.")
        #expect(lines.last == "Esc shows all 100.")
        #expect(lines[1].hasPrefix("Without state=nowhere ") && lines[1].hasSuffix(": Backspace over it."))
        #expect(without > 0)
    }

    @Test func `a row that is open and not shown is not replaced by another on the cursor`() {
        let few = Array(Self.rows.prefix(100))
        var list = RowList<Item>(.orders)
        func receive(_ rows: ArraySlice<Item>) {
            list.receive(Snapshot(value: Listing(rows: Array(rows), total: 100, isComplete: false)), setting)
        }
        list.opened = few[60].id
        receive(few[..<50])
        #expect(list.hidesCursor && list.position == nil)
        receive(few[...])
        #expect(list.selected?.id == few[60].id && !list.hidesCursor)
        #expect((list.cursor.top..<list.cursor.top + list.visible).contains(60))
        list.opened = nil
        #expect(list.selected?.id == few[60].id)
    }
}
