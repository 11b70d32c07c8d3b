import Glibc
import Marketplace
import TestSupport
import Testing

@testable import MarketplaceClient

/// What an older version kept under a profile's name becomes part of its user's journal.
@Suite(.timeLimit(.minutes(30))) struct `Taking over an older version's journal` {
    private static let at = Instant(millisecondsSince1970: 1_900_000_000_000)
    private static let place = "https://api.example/marketplace/us us"
    private let directory: String
    private var path: String { directory + "/souk/new.jsonl" }
    private var older: String { directory + "/souk/test.jsonl" }

    init() throws { directory = try TestFolder.make() }

    private func journal(_ profile: Profile = .test()) -> TakeOverJournal {
        TakeOverJournal(path: path, takingOver: older, for: profile)
    }

    private func intended(
        _ id: String, profile: String = "test", place: String? = place, user: String? = nil, isTakenOver: Bool = false,
        quantity: Int = 1
    ) -> JournalRecord {
        JournalRecord(
            id: id, at: Self.at,
            event: .intended(
                .init(
                    profile: profile, place: place, user: user, isTakenOver: isTakenOver, method: "POST",
                    path: "/orders",
                    name: "sales order", customer: "7", poNumber: "PO-\(id)",
                    request: #"{"customerId":"7","poNumber":"PO-\#(id)","products":[{"quantity":\#(quantity)}]}"#)))
    }

    private func ended(_ id: String, _ outcome: JournalRecord.Outcome) -> JournalRecord {
        JournalRecord(id: id, at: Self.at, event: .ended(outcome), correlationID: "c-\(id)")
    }

    /// As a program that is gone left it.
    private func leave(_ records: [JournalRecord]) {
        try? #require(StateDirectory.make(above: older))
        write(records.map { $0.line + "\n" }.joined(), to: older)
    }

    private func write(_ text: String, to path: String) {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        #expect(file >= 0 && FileBytes.write(Array(text.utf8), to: file))
        close(file)
    }

    private func bytes(_ path: String) -> [UInt8] {
        let file = open(path, O_RDONLY)
        defer { if file >= 0 { close(file) } }
        return file < 0 ? [] : FileBytes.read(file) ?? []
    }

    private var left: [JournalRecord] {
        [
            intended("1"), ended("1", .taken(id: "100")), intended("2"), ended("2", .unknown(reason: "no answer")),
            intended("3", place: nil), intended("4", profile: "other"), ended("4", .taken(id: "9")),
            intended("5", place: "https://api.example/marketplace/eu eu"), ended("1", .unknown(reason: "late")),
        ]
    }

    private var taken: [JournalRecord] {
        [
            intended("1", isTakenOver: true), ended("1", .taken(id: "100")), intended("2", isTakenOver: true),
            ended("2", .unknown(reason: "no answer")), intended("3", place: nil, isTakenOver: true),
            ended("1", .unknown(reason: "late")),
        ]
    }

    @Test func `what may be the user's is copied once, marked, and the older file stays as it is`() async throws {
        leave(left)
        let before = bytes(older)
        for _ in 1...3 { #expect(try await journal().records() == taken) }
        #expect(bytes(older) == before)
        #expect(try await FileJournal(path: path).records() == taken)
    }

    @Test func `each user of the profile's name takes a copy, since nobody knows whose it was`() async throws {
        leave([intended("1")])
        _ = try await journal().records()
        var other = Profile.test()
        other.user = "other.api"
        let second = TakeOverJournal(path: directory + "/souk/second.jsonl", takingOver: older, for: other)
        #expect(try await second.records() == [intended("1", isTakenOver: true)])
    }

    @Test func `wherever the program is killed while it copies, the next one completes it`() async throws {
        leave(left)
        _ = try await journal().records()
        let whole = bytes(path)
        for cut in 0..<whole.count {
            write(String(decoding: whole[..<cut], as: UTF8.self), to: path)
            let records = try await journal().records()
            // A line that was cut comes again, at the end.
            #expect(Set(records) == Set(taken) && records.count == taken.count, "cut at \(cut)")
            for (place, record) in records.enumerated() where !record.isIntent {
                let intent = records.firstIndex { $0.id == record.id && $0.isIntent }
                #expect(intent.map { $0 < place } == true, "cut at \(cut): an outcome before its intent")
            }
        }
    }

    @Test func `several programs at once copy it once`() async throws {
        leave((0..<60).flatMap { [intended("\($0)"), ended("\($0)", .taken(id: "\($0)"))] })
        let journals = (0..<6).map { _ in journal() }
        try await withThrowingTaskGroup { group in
            for journal in journals { group.addTask { _ = try await journal.records() } }
            try await group.waitForAll()
        }
        #expect(try await FileJournal(path: path).records().count == 120)
    }

    @Test func `what an older version adds later is taken over before the next use`() async throws {
        let old = FileJournal(path: older)
        try await old.append(intended("1"))
        let journal = journal()
        #expect(try await journal.records() == [intended("1", isTakenOver: true)])
        #expect(await journal.isUnderWay("1"), "the older version waits for its answer")
        try await old.append(ended("1", .taken(id: "100")))
        try await old.append(intended("2"))
        let seen = try await journal.append(intended("3", user: "demo.api")) { $0.map(\.id) }
        #expect(seen == ["1", "1", "2"])
        #expect(await !journal.isUnderWay("1"))
    }

    @Test func `a change of the older file is reported`() async throws {
        let old = FileJournal(path: older)
        try await old.append(intended("1"))
        var changes = journal().changes().makeAsyncIterator()
        try await old.append(ended("1", .taken(id: "100")))
        #expect(await changes.next() != nil)
    }

    @Test func `an older file that cannot be read lets nothing be read or sent`() async throws {
        _ = StateDirectory.make(above: older)
        #expect(mkdir(older, 0o700) == 0)
        let client = Client(profile: .test(), transport: StubTransport(), journal: journal())
        let error = await #expect(throws: JournalError.self) { try await client.journalEntries() }
        #expect(error?.reason.contains(older) == true)
        await #expect(throws: JournalError.self) { try await journal().append(intended("1")) }
        #expect(bytes(path).isEmpty)
    }

    @Test func `damaged lines of the older file stay there, and the others are taken over`() async throws {
        leave([intended("1")])
        let damaged = String(decoding: bytes(older), as: UTF8.self) + "{?\n" + intended("2").line + "\n"
        write(damaged, to: older)
        let records = try await journal().records()
        // They count as if they stood in the new file.
        guard case .damaged(let line) = records.first?.event else {
            Issue.record("\(records)")
            return
        }
        #expect(line.number == 2 && line.path == older)
        #expect(records.dropFirst() == [intended("1", isTakenOver: true), intended("2", isTakenOver: true)])
        #expect(String(decoding: bytes(older), as: UTF8.self) == damaged)
    }

    @Test func `a name too long for a file was none of an older version's`() async throws {
        let name = directory + "/souk/" + String(repeating: "x", count: 300)
        let journal = TakeOverJournal(path: path, takingOver: name, for: .test())
        try await journal.append(intended("1", user: "demo.api"))
        #expect(try await journal.records().count == 1)
    }

    @Test func `what is taken over holds an equal write back, and is the user's under any profile name`() async throws {
        leave([intended("1", quantity: 4), ended("1", .unknown(reason: "no answer"))])
        _ = try await journal().records()
        var renamed = Profile.test()
        renamed.name = "renamed"
        let client = Client(profile: renamed, transport: StubTransport(), journal: journal(renamed))
        #expect(try await client.journalEntries().map(\.isUnknown) == [true])
        guard case .intended(var again) = intended("2", user: "demo.api", quantity: 4).event else { return }
        again.profile = "renamed"
        let twins = Twin.all(of: again, in: try await journal(renamed).records(), now: Self.at)
        #expect(twins.map(\.isOpen) == [true])
    }
}
