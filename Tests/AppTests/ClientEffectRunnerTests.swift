import Dashboard
import Glibc
import Marketplace
import TestSupport
import Testing

@testable import App

@Suite(.timeLimit(.minutes(30))) struct `The runner of client effects` {
    private let client = StubClient()
    private let clock = HeldClock()
    private let mailbox: Mailbox
    private let folder: String
    private let query = DataQuery.order("1")

    init() throws {
        mailbox = try #require(Mailbox())
        folder = try TestFolder.make()
    }

    private var draftsPath: String { folder + "/souk/x.drafts.json" }

    private func runner(drafts: Drafts = Drafts(path: nil)) -> ClientEffectRunner {
        ClientEffectRunner(
            client: client, clock: clock, drafts: drafts, exports: Exports(folders: [folder]), mailbox: mailbox)
    }

    /// A state of the query that differs from others in its time.
    private func state(_ milliseconds: Int64) -> Event {
        .order("1", Snapshot(readAt: Instant(millisecondsSince1970: milliseconds)))
    }

    private func times(_ events: [Event]) -> [Int64] {
        events.compactMap { if case .order(_, let state) = $0 { state.readAt?.millisecondsSince1970 } else { nil } }
    }

    /// The next events that are posted.
    private func events() async -> [Event] {
        while true {
            let events = mailbox.drain()
            if !events.isEmpty { return events }
            await Task.yield()
        }
    }

    private func wait(until condition: () -> Bool) async {
        while !condition() { await Task.yield() }
    }

    // MARK: Details that are read one by one

    @Test func `the rest of the details is read in order, a few at the same time`() async {
        let runner = runner()
        let queries = (1...6).map { DataQuery.order(.init("\($0)")) }
        let reading = runner.readRest(queries, of: "orders")
        await wait { queries[..<4].allSatisfy { client.detailAnswers($0) != nil } }
        #expect(client.detailAnswers(queries[4]) == nil)
        client.detailAnswers(queries[2])?.give(state(3))
        #expect(times(await events()) == [3])
        await wait { client.detailAnswers(queries[4]) != nil }
        #expect(client.detailAnswers(queries[5]) == nil)
        for place in [0, 1, 3, 4] { client.detailAnswers(queries[place])?.give(state(1)) }
        await wait { client.detailAnswers(queries[5]) != nil }
        client.detailAnswers(queries[5])?.give(state(1))
        await reading.value
        #expect(mailbox.drain().count == 5)
    }

    @Test func `once it is stopped, no more of them is begun and no answer is posted`() async {
        let runner = runner()
        let queries = (1...6).map { DataQuery.order(.init("\($0)")) }
        let reading = runner.readRest(queries, of: "orders")
        await wait { queries[..<4].allSatisfy { client.detailAnswers($0) != nil } }
        runner.run(.stopReadingRest(of: "orders"))
        for query in queries[..<4] { client.detailAnswers(query)?.give(state(1)) }
        await reading.value
        #expect(mailbox.drain().isEmpty)
        #expect(client.detailAnswers(queries[4]) == nil)
    }

    @Test func `what another list reads goes on`() async {
        let runner = runner()
        let (first, second) = (DataQuery.order("1"), DataQuery.order("2"))
        runner.readRest([first], of: "orders")
        let reading = runner.readRest([second], of: "others")
        runner.run(.stopReadingRest(of: "orders"))
        await wait { client.detailAnswers(second) != nil }
        client.detailAnswers(second)?.give(state(2))
        await reading.value
        #expect(times(mailbox.drain()) == [2])
        client.detailAnswers(first)?.give(state(1))
    }

    // MARK: Readers

    @Test func `states of a watched query are posted, and none once it is no longer watched`() async {
        let runner = runner()
        let reading = runner.watch(query)
        client.readers(of: query)[0].give(state(1))
        #expect(times(await events()) == [1])
        runner.run(.unwatch(query))
        client.readers(of: query)[0].give(state(2))
        await reading.value
        #expect(mailbox.drain().isEmpty)
    }

    @Test func `an old reader that was overtaken cannot overwrite the state of a newer one`() async {
        let runner = runner()
        let old = runner.watch(query)
        runner.watch(query)
        let readers = client.readers(of: query)
        readers[1].give(state(2))
        #expect(times(await events()) == [2])
        readers[0].give(state(1))
        await old.value
        #expect(mailbox.drain().isEmpty)
        readers[1].give(state(3))
        #expect(times(await events()) == [3])
    }

    @Test func `a journal that is refreshed while it is watched is read anew, and the reader before posts no more`()
        async
    {
        let runner = runner()
        let old = runner.watch(.journal)
        runner.run(.refresh(.journal))
        let readers = client.readers(of: .journal)
        #expect(readers.count == 2)
        readers[1].give(.journal([]))
        #expect(await events().count == 1)
        readers[0].give(.journalUnreadable("too late"))
        await old.value
        #expect(mailbox.drain().isEmpty)
    }

    @Test func `a journal that is refreshed while it is not watched is read once`() async {
        let runner = runner()
        runner.run(.refresh(.journal))
        await wait { client.readers(of: .journal).count == 1 }
        client.readers(of: .journal)[0].give(.journal([]))
        #expect(await events().count == 1)
        #expect(client.calls.isEmpty)
    }

    @Test func `details read once do not overwrite what a watcher has read`() async {
        let runner = runner()
        let others = (2...5).map { DataQuery.order(Order.ID("\($0)")) }
        runner.run(.want([query] + others, readSince: nil))
        await wait { client.detailAnswers(query) != nil }
        runner.watch(query)
        client.readers(of: query)[0].give(state(2))
        #expect(times(await events()) == [2])
        client.detailAnswers(query)?.give(state(1))
        // Four are read at a time: the fifth begins once the first is done with.
        await wait { client.detailAnswers(others[3]) != nil }
        #expect(mailbox.drain().isEmpty)
        client.detailAnswers(others[3])?.give(state(7))
        #expect(times(await events()) == [7])
    }

    // MARK: Questions and writes

    @Test func `of two estimates asked for in quick succession the later one is asked`() async {
        let runner = runner()
        for number in ["PO-1", "PO-2"] {
            runner.run(.estimate(.sales(SalesOrder(customer: "1", lines: [], poNumber: number))))
        }
        await wait { clock.counts == (2, 1) }
        clock.endSleeps()
        #expect(await events().count == 1)
        #expect(client.calls == ["estimate PO-2"])
    }

    @Test func `a write is sent once, and how it ended is posted`() async {
        let intent = WriteIntent.place(.sales(SalesOrder(customer: "1", lines: [], poNumber: "PO-1")))
        runner().run(.send(intent, agreed: DryRun(intent: intent, at: clock.now())))
        let events = await events()
        guard case .sent(intent, .failed(.cancelled)) = events.first else { return #expect(Bool(false), "\(events)") }
        #expect(client.calls == ["send PO-1"])
    }

    @Test func `a rest pauses the background index until it ends`() async {
        let runner = runner()
        runner.start()
        await wait { client.calls.contains("index begins") }
        runner.run(.rest(true))
        await wait { client.calls.contains("index ends") }
        runner.run(.rest(false))
        await wait { client.calls.count { $0 == "index begins" } == 2 }
    }

    // MARK: Files

    @Test func `an export and a support bundle are written, and their places posted`() async throws {
        let runner = runner()
        runner.run(.export(name: "a.csv", text: "a,b\r\n"))
        runner.run(.supportBundle)
        var paths: [String] = []
        while paths.count < 2 {
            for case .exported(let result) in await events() { paths.append(try result.get()) }
        }
        #expect(Set(paths.map { Files.text(of: $0) }) == ["a,b\r\n", "souk support bundle"])
    }

    private func draft(_ title: String) -> FormDraft {
        FormDraft(id: "a", title: title, savedAt: clock.now(), kind: "units", fields: ["units": "31"])
    }

    @Test func `quitting saves the last change of a draft`() throws {
        let runner = runner(drafts: Drafts(path: draftsPath))
        runner.run(.saveDraft(draft("change of units")))
        #expect(runner.stop() == nil)
        #expect(try Drafts(path: draftsPath).kept() == [draft("change of units")])
    }

    @Test func `quitting gives up another program's lock, and says which draft was not saved`() throws {
        let drafts = Drafts(path: draftsPath, lockLimit: .zero)
        drafts.keep(draft("older"))
        try drafts.write()
        let lock = open(draftsPath + ".lock", O_RDWR | O_CLOEXEC)
        #expect(lock >= 0 && flock(lock, LOCK_EX) == 0)
        let runner = runner(drafts: drafts)
        runner.run(.saveDraft(draft("change of units")))
        #expect(
            runner.stop()
                == "The last changes of a draft were not saved: change of units. Drafts are not kept: another program holds "
                + "\(draftsPath).lock. If it is a souk that was stopped, let it go on or end it.")
        close(lock)
        #expect(runner.stop() == nil)
        #expect(try drafts.kept() == [draft("change of units")])
    }

    @Test func `quitting without a change waits for no lock`() throws {
        let drafts = Drafts(path: draftsPath, lockLimit: .seconds(3600))
        drafts.keep(draft("older"))
        try drafts.write()
        let lock = open(draftsPath + ".lock", O_RDWR | O_CLOEXEC)
        defer { close(lock) }
        #expect(lock >= 0 && flock(lock, LOCK_EX) == 0)
        #expect(runner(drafts: drafts).stop() == nil)
    }
}
