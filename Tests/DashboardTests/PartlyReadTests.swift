import Marketplace
import Rows
import Screen
import TestSupport
import Testing

@testable import Dashboard

/// Lists whose filter, order or marks look into values that are read row by row.
@Suite(.onComputingThreads) struct `A list that is partly read` {
    static let sizes = [Size(columns: 80, rows: 24), Size(columns: 120, rows: 40), Size(columns: 200, rows: 60)]

    /// - Parameter perMinute: Calls in a minute; nil where they are not limited.
    private func stage(_ keys: String, _ size: Size = Size(columns: 80, rows: 24), perMinute: Int? = 60) async -> Stage
    {
        let stage = await Stage(columns: size.columns, rows: size.rows)
        await stage.send(.budget(Budget(perMinute: perMinute, left: perMinute)))
        await stage.press(keys)
        return stage
    }

    private func expect(_ name: String, _ stage: Stage, _ size: Size) {
        expectScreen(stage.screen, matches: "\(name)-\(size.columns)x\(size.rows)")
    }

    private func lines(_ stage: Stage) -> [String] { stage.screen.split(separator: "\n").map(String.init) }

    // MARK: Pictures

    @Test(arguments: sizes) func `says so above its rows`(size: Size) async {
        expect("partly-read", await stage("3/aur-365-bp status=active<Enter>", size), size)
    }

    @Test(arguments: sizes) func `says so where it shows nothing`(size: Size) async {
        expect("partly-read-none", await stage("3/none-365<Enter>", size), size)
    }

    @Test(arguments: sizes) func `says how many were marked and how many not read`(size: Size) async {
        expect("partly-read-marked", await stage("3/aur-365-bp<Enter>*", size), size)
    }

    @Test(arguments: sizes) func `shows how far the rest is read`(size: Size) async {
        let stage = await stage("3/aur-365-bp<Enter>F", size)
        await stage.readRest(200)
        expect("partly-read-reading", stage, size)
    }

    @Test(arguments: sizes) func `says so where it is sorted by what was not read`(size: Size) async {
        let stage = await stage("3", size)
        for _ in 0..<20 where stage.dashboard.subscriptions.list.order?.column != "units" { await stage.press(">") }
        await stage.press("S")
        expect("partly-read-sorted", stage, size)
    }

    @Test(arguments: sizes) func `says what nothing matches, and what would, once all is read`(size: Size) async {
        let stage = await stage("3/visio status:hold<Enter>", size, perMinute: nil)
        await stage.readRest()
        expect("none-found", stage, size)
    }

    @Test(arguments: sizes) func `says that it was not read where nothing answers`(size: Size) async {
        let stage = await stage("4", size)
        let failure = MarketplaceError.unreachable(host: "api.example.com", reason: "connection refused")
        await stage.send(.orders(OrderQuery(), Snapshot(failure: failure)))
        expect("not-read", stage, size)
    }

    // MARK: Reading the rest

    @Test func `F reads what may match, and no more`() async throws {
        let stage = await stage("3/status:hold aur-365<Enter>")
        let list = stage.dashboard.subscriptions.list
        let unread = list.unread
        #expect(!unread.isEmpty && unread.count < list.shown.rows.count)
        await stage.press("F")
        #expect(stage.rests == unread.map { .subscription($0) })
        await stage.readRest()
        let latest = stage.dashboard.subscriptions.list
        #expect(!latest.isPartlyRead && latest.rest == nil && latest.count >= list.count)
        #expect(lines(stage)[3].contains("\(latest.count) match of 1,500"))
        #expect(stage.screen.contains("All is read: \(latest.count) match of 1,500."))
        // The same as somebody finds who has read everything before.
        let all = latest.shown.rows.filter { row in
            let detail = stage.dashboard.model.details[row.id]
            let isFound = detail?.products.contains { $0.mpn.hasPrefix("AUR-365") } ?? false
            return isFound && row.status.word.contains("hold")
        }
        #expect(Set(all.map(\.id)).isSubset(of: (0..<latest.count).compactMap { latest.row($0)?.id }))
    }

    @Test func `what a filter finds does not depend on what was on screen before`() async {
        var counts: Set<Int> = []
        for way in ["3", "3GGgjjj<PgDn><PgDn>", "j<Right>jj<Enter>3"] {
            let stage = await stage(way + "<Esc>3/status:hold aur-365<Enter>", perMinute: nil)
            await stage.readRest()
            counts.insert(stage.dashboard.subscriptions.list.count)
        }
        #expect(counts.count == 1)
    }

    @Test func `without a filter F reads every row of the list, and the head of a wide one says how many are left`()
        async
    {
        let stage = await stage("3", Size(columns: 160, rows: 24))
        let list = stage.dashboard.subscriptions.list
        let unread = (0..<list.count).compactMap { list.row($0)?.id }.filter {
            stage.dashboard.model.details[$0] == nil
        }
        let head = stage.dashboard.subscriptions.headExtent(stage.dashboard.model, width: 100)
        #expect(head.hasPrefix("1,500; ") && head.hasSuffix(" read, F reads \(grouped(unread.count))"))
        await stage.press("F")
        #expect(Set(stage.rests) == Set(unread.map { .subscription($0) }))
        await stage.press("/status=hold<Enter>")
        #expect(!stage.rests.isEmpty, "it goes on under a filter that needs none of it")
        await stage.press("<Esc>")
        #expect(stage.rests.isEmpty)
    }

    @Test func `Esc stops it, and what was read stays`() async {
        let stage = await stage("3/aur-365-bp<Enter>F")
        await stage.readRest(50)
        let left = stage.rests.count
        await stage.press("<Esc>")
        #expect(stage.rests.isEmpty && stage.dashboard.subscriptions.list.rest == nil)
        #expect(stage.dashboard.subscriptions.list.filter.isActive)
        #expect(stage.dashboard.subscriptions.list.unread.count <= left)
        #expect(stage.screen.contains("Stopped: 50 of "))
        await stage.press("F")
        #expect(stage.rests.count == stage.dashboard.subscriptions.list.unread.count)
    }

    @Test func `it is read unasked where calls are not limited`() async {
        let stage = await stage("3/aur-365-bp status=active<Enter>", perMinute: nil)
        #expect(!stage.rests.isEmpty)
        #expect(!stage.screen.contains("PARTLY READ"))
        await stage.press("<Esc>")
        #expect(stage.rests.isEmpty, "without the filter nothing of it is needed")
    }

    @Test func `nothing is read unasked where calls are limited, or before that is known`() async {
        #expect(await stage("3/aur-365-bp<Enter>").rests.isEmpty)
        let early = await Stage()
        await early.press("3/aur-365-bp<Enter>")
        #expect(early.rests.isEmpty && early.screen.contains("PARTLY READ"))
    }

    @Test func `rows come while the rest is read, without a jump of the row on the cursor`() async throws {
        let stage = await stage("3/status:hold aur-365<Enter>jF")
        let selected = try #require(stage.dashboard.subscriptions.list.selected)
        let (count, changes) = (stage.dashboard.subscriptions.list.count, stage.dashboard.subscriptions.list.changes)
        let inAll = stage.rests.count
        await stage.readRest()
        let list = stage.dashboard.subscriptions.list
        #expect(list.count >= count && list.selected?.id == selected.id)
        #expect(list.changes - changes <= 3 && inAll > 10, "arranged a few times, not with every detail")
    }

    @Test func `what has gone meanwhile stops nothing, and an error stops it`() async throws {
        let stage = await stage("3/aur-365-bp<Enter>F")
        let ids = stage.rests
        guard case .subscription(let gone) = ids[0], case .subscription(let refused) = ids[1] else {
            Issue.record("other details are read")
            return
        }
        await stage.send(.subscription(gone, Snapshot(failure: .notFound(what: "subscription", correlationID: nil))))
        #expect(stage.dashboard.subscriptions.list.rest?.read == 1)
        await stage.send(.subscription(refused, Snapshot(failure: .timedOut(seconds: 30))))
        #expect(stage.dashboard.subscriptions.list.rest == nil && stage.rests.isEmpty)
        #expect(stage.screen.contains("Stopped reading the rest; F goes on."))
    }

    @Test func `what cannot be read is not read again and again`() async {
        let stage = await stage("3/aur-365-bp status=hold<Enter>", perMinute: nil)
        for _ in 0..<5 {
            for case .subscription(let id) in stage.rests {
                await stage.send(
                    .subscription(id, Snapshot(failure: .notFound(what: "subscription", correlationID: nil))))
            }
        }
        let begun = stage.effects.count { if case .client(.readRest) = $0 { true } else { false } }
        #expect(begun <= 2)
        #expect(stage.dashboard.subscriptions.list.rest == nil)
    }

    @Test func `another account in view ends it`() async {
        let stage = await stage("j<Right>j3<Esc>/aur<Enter>F")
        #expect(!stage.rests.isEmpty)
        await stage.press("<Esc>2j3")
        #expect(stage.rests.isEmpty)
    }

    // MARK: Marks

    @Test func `marks over a partial answer are not acted on before the rest is read`() async {
        let stage = await stage("3/status:hold aur-365<Enter>*")
        let marked = stage.dashboard.subscriptions.list.markCount
        await stage.press("c")
        #expect(stage.dashboard.bulk == nil && stage.dashboard.flow == nil)
        #expect(stage.screen.contains("\(marked) marked, "))
        #expect(stage.screen.contains("F reads them first; U clears the marks."))
        await stage.press("F")
        await stage.readRest()
        await stage.press("*c")
        #expect(stage.dashboard.bulk?.rows.count == stage.dashboard.subscriptions.list.count)
    }

    @Test func `marks that were made over a partial answer stay so under another filter`() async {
        let stage = await stage("3/aur-365-bp status=active<Enter>*<Esc>c")
        #expect(stage.dashboard.bulk == nil)
        #expect(stage.screen.contains(" were not read. U clears the marks."))
        await stage.press("U c")
        #expect(stage.dashboard.bulk == nil && stage.dashboard.flow != nil, "one row, marked by hand")
    }

    @Test func `rows marked one by one are acted on`() async {
        let stage = await stage("3/aur-365-bp status=active<Enter>  c")
        #expect(stage.dashboard.bulk?.rows.count == 2)
    }

    @Test func `where calls are not limited a key that marks all waits for the rest`() async {
        let stage = await stage("3/status:hold aur-365<Enter>*c", perMinute: nil)
        #expect(stage.dashboard.bulk == nil && stage.dashboard.subscriptions.list.markCount == 0)
        await stage.readRest()
        let list = stage.dashboard.subscriptions.list
        #expect(list.markCount == list.count && list.markGap == nil)
        #expect(stage.dashboard.bulk?.rows.count == list.count)
    }

    @Test func `an action takes the range that is begun`() async {
        let stage = await stage("3VjjjA")
        #expect(stage.dashboard.bulk?.rows.count == 4)
        let one = await self.stage("3VA")
        #expect(one.dashboard.flow != nil || one.dashboard.bulk != nil || one.screen.contains("auto-renew"))
    }

    // MARK: Words

    @Test(arguments: [
        (1464, 60, "1,464 calls, 33 min"), (1, 60, "1 call, 1 min"), (45, 60, "45 calls, 1 min"),
        (46, 60, "46 calls, 2 min"), (9, 1, "9 calls, 9 min"), (9000, 60, "9,000 calls, 3 h 20 min"),
    ])
    func `calls cost the minutes in which they may be made`(calls: Int, perMinute: Int, words: String) {
        #expect(Budget(perMinute: perMinute).cost(of: calls) == words)
    }

    @Test func `calls cost what is left of the day`() {
        #expect(Budget(usedToday: 4100, perDay: 5000).cost(of: 1464) == "1,464 calls, 900 left today")
        #expect(Budget(usedToday: 10, perDay: 5000).cost(of: 1464) == "1,464 calls")
        #expect(Budget().isUnlimited && !Budget(perDay: 5000).isUnlimited)
    }

    @Test(arguments: [80, 60, 50, 40, 24]) func `the line about it fits into any window`(columns: Int) async {
        let stage = await stage("3/aur-365-bp<Enter>", Size(columns: max(40, columns), rows: 24))
        let line = stage.dashboard.subscriptions.restLine(stage.dashboard.model, width: columns)
        #expect(line.count <= columns - 2 && line.hasPrefix("PARTLY READ") && line.contains("F"))
    }
}
