import FoundationEssentials
import Glibc
import Marketplace
import Testing

@testable import MarketplaceClient

@Suite struct FileJournalTests {
    private let root = FileManager.default.temporaryDirectory.path + "/journal-\(UUID().uuidString)"
    private var path: String { root + "/state/souk/test.jsonl" }

    private static let at = Instant(millisecondsSince1970: 1_900_000_000_000)
    private let intended = JournalRecord(
        id: "1", at: at,
        event: .intended(
            .init(
                profile: "test", method: "POST", path: "/orders", customer: "7", poNumber: "PO \"1\"\n",
                request: #"{"customerId":"7","products":[]}"#)))
    private let ended = JournalRecord(id: "1", at: at, event: .ended(.taken(id: "1000701")))

    /// Runs with an empty directory of its own, and removes it.
    private func withJournal(_ action: (FileJournal) async throws -> Void) async throws {
        defer { try? FileManager.default.removeItem(atPath: root) }
        try await action(FileJournal(path: path))
    }

    private func mode(_ path: String) -> mode_t {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & 0o777 : 0
    }

    private func text() throws -> String {
        String(decoding: try #require(FileManager.default.contents(atPath: path)), as: UTF8.self)
    }

    @Test func `records are kept, one sorted line each, for their owner alone`() async throws {
        try await withJournal { journal in
            #expect(try await journal.records().isEmpty)
            try await journal.append(intended)
            try await journal.append(ended)
            #expect(
                try text()
                    == #"{"at":"2030-03-17T17:46:40Z","customer":"7","event":"intended","id":"1","method":"POST","#
                    + #""path":"/orders","poNumber":"PO \"1\"\n","profile":"test","#
                    + #""request":{"customerId":"7","products":[]},"sum":"bf404dfa3f17dd81"}"# + "\n"
                    + #"{"at":"2030-03-17T17:46:40Z","event":"taken","id":"1","made":"1000701","#
                    + #""sum":"50d860bdbc1f829e"}"# + "\n")
            #expect(mode(path) == 0o600)
            #expect(mode(root + "/state/souk") == 0o700)
            #expect(try await FileJournal(path: path).records() == [intended, ended])
        }
    }

    @Test func `every kind of outcome comes back as it was`() async throws {
        try await withJournal { journal in
            let records = [
                ended, JournalRecord(id: "2", at: Self.at, event: .ended(.taken(id: nil))),
                JournalRecord(id: "3", at: Self.at, event: .ended(.refused(reason: "no"))),
                JournalRecord(id: "4", at: Self.at, event: .ended(.unknown(reason: "?")), correlationID: "a8n"),
                JournalRecord(id: "5", at: Self.at, event: .ended(.unknown(reason: "?"))),
                JournalRecord(id: "6", at: Self.at, event: .ended(.refused(reason: "no")), settledBy: "looked up"),
                JournalRecord(id: "7", at: Self.at, event: .checked(Self.verification)),
                JournalRecord(id: "8", at: Self.at, event: .checked(Verification(.met))),
                JournalRecord(
                    id: "9", at: Self.at,
                    event: .checked(Verification(.unread, order: "CH5", subscription: "7", reason: "No answer."))),
                JournalRecord(id: "10", at: Self.at, event: .checked(Verification(.notCarriedOut, order: "CH5"))),
            ]
            for record in records { try await journal.append(record) }
            #expect(try await journal.records() == records)
        }
    }

    private static let verification = Verification(
        order: "CH5", subscription: "7",
        parts: [
            .init(.units, of: "AUR", asked: "28", found: "26", isMet: false),
            .init(.plan, asked: "4", found: nil, isMet: false),
            .init(.term, asked: "1 year", found: "1 year", isMet: true),
        ])

    @Test(arguments: [
        (#""warning":"26 units, not 28.","#, Verification(.differs, writtenWords: "26 units, not 28.")),
        ("", Verification(.met)),
    ])
    func `a comparison that an older version wrote down keeps its words`(member: String, found: Verification) throws {
        let line = #"{"at":"2030-03-17T17:46:40Z","event":"checked",\#(member)"id":"1","settledBy":"x"}"#
        let record = try #require(JournalRecord(JSONValue(parsing: Array(line.utf8))))
        #expect(record.event == .checked(found))
        #expect(found.warning == (member.isEmpty ? nil : "26 units, not 28."))
        #expect(record.isLastCheck)
    }

    @Test func `everything about an intent comes back as it was`() async throws {
        try await withJournal { journal in
            let record = JournalRecord(
                id: "1", at: Self.at,
                event: .intended(
                    .init(
                        profile: "test", method: "POST", path: "/orders", name: "change order", customer: "7",
                        subscription: "1000917", poNumber: "PO-1", request: "{}", changes: ["units 25 → 28"],
                        group: "run 1", existing: ["1000701"], endedOn: CalendarDate("2026-12-01"))))
            try await journal.append(record)
            #expect(try await FileJournal(path: path).records() == [record])
        }
    }

    @Test func `lines of earlier versions are read`() async throws {
        try await withJournal { journal in
            let lines =
                #"{"at":"2030-03-17T17:46:40Z","event":"intended","id":"9","method":"POST","path":"/orders","#
                + #""profile":"test","request":{}}"# + "\n"
                + #"{"at":"2030-03-17T17:46:40Z","correlationID":"a8n","event":"unknown","id":"9","reason":"?"}"#
                + "\n" + #"{"at":"2030-03-17T17:46:40Z","event":"from a later version","id":"9"}"# + "\n"
            try await journal.append(intended)
            try Data(lines.utf8).write(to: URL(filePath: path))
            let records = try await journal.records()
            #expect(records.map(\.id) == ["9", "9", "9"])
            #expect(records[1].correlationID == "a8n")
            guard case .damaged(let line) = records[2].event else {
                Issue.record("a line of a later version is passed over")
                return
            }
            #expect(line.number == 3)
        }
    }

    @Test func `a torn line costs itself alone`() async throws {
        try await withJournal { journal in
            try await journal.append(intended)
            let torn = try text() + #"{"at":"2030-03-17T17:46:40Z","eve"#
            try Data(torn.utf8).write(to: URL(filePath: path))
            try await journal.append(ended)
            #expect(try await journal.records() == [intended, ended])
        }
    }

    @Test func `a whole line that was changed is not passed over, wherever its byte is`() async throws {
        try await withJournal { journal in
            try await journal.append(intended)
            let line = try text().utf8.dropLast()
            let other = JournalRecord(id: "2", at: Self.at, event: .ended(.taken(id: nil)))
            for place in 0..<line.count {
                var bytes = Array(line)
                bytes[place] = bytes[place] == UInt8(ascii: "?") ? UInt8(ascii: "!") : UInt8(ascii: "?")
                try? FileManager.default.removeItem(atPath: path)
                try Data(bytes + [0x0A]).write(to: URL(filePath: path))
                let damaged = FileJournal(path: path)
                try await damaged.append(other)
                let records = try await damaged.records()
                #expect(records.count == 2 && records.last == other, "byte \(place)")
                switch records.first?.event {
                case .damaged(let line):
                    #expect(line.mayBe(.init(profile: "", method: "POST", path: "/orders", customer: "7", request: "")))
                // Its time alone is not covered, and signs of JSON are put right.
                case .intended(let intent): #expect(.intended(intent) == intended.event)
                default: Issue.record("byte \(place): \(String(describing: records.first))")
                }
            }
        }
    }

    @Test func `only a torn line is passed over, also when it is whole up to its end`() async throws {
        try await withJournal { journal in
            try await journal.append(intended)
            let whole = try text().dropLast()
            try Data((whole + "\n" + whole.dropLast(3)).utf8).write(to: URL(filePath: path))
            #expect(try await FileJournal(path: path).records() == [intended])
            try await journal.append(ended)
            #expect(try await FileJournal(path: path).records() == [intended, ended])
            // The same fragment between whole lines, without the mark that a crash gets.
            try Data((whole.dropLast(3) + "\n" + whole + "\n").utf8).write(to: URL(filePath: path))
            let records = try await FileJournal(path: path).records()
            #expect(records.count == 2 && records.last == intended)
        }
    }

    @Test func `two journals on one file keep both their lines`() async throws {
        try await withJournal { one in
            let two = FileJournal(path: path)
            try await one.append(intended)
            try await two.append(ended)
            try await one.append(ended)
            #expect(try await two.records() == [intended, ended, ended])
        }
    }

    @Test func `an objection sees what another program wrote, and then nothing is added`() async throws {
        try await withJournal { one in
            let two = FileJournal(path: path)
            _ = try await two.records()
            try await one.append(intended)
            let seen = try await two.append(ended) { records in records.isEmpty ? nil : records.map(\.id) }
            #expect(seen == ["1"])
            #expect(try await one.records() == [intended])
            #expect(try await two.append(ended) { $0.count == 1 ? nil : $0.count } == nil)
            #expect(try await one.records() == [intended, ended])
        }
    }

    @Test func `of many programs that want one thing, one gets it`() async throws {
        try await withJournal { _ in
            let path = path
            let added = try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<16 {
                    group.addTask {
                        let record = JournalRecord(
                            id: "\(number)", at: Self.at, event: .ended(.taken(id: nil)))
                        let objection = try await FileJournal(path: path).append(record) { $0.isEmpty ? nil : true }
                        return objection == nil
                    }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(added == 1)
            let kept = try await FileJournal(path: path).records()
            #expect(kept.count == 1)
        }
    }

    @Test func `an intent is under way until its outcome, or the end of who wrote it`() async throws {
        try await withJournal { reader in
            var writer: FileJournal? = FileJournal(path: path)
            #expect(await !reader.isUnderWay("1"))
            try await writer?.append(intended)
            #expect(await writer?.isUnderWay("1") == true)
            #expect(await reader.isUnderWay("1"))
            #expect(await !reader.isUnderWay("2"))
            try await writer?.append(ended)
            #expect(await !reader.isUnderWay("1"))
            try await writer?.append(JournalRecord(id: "2", at: Self.at, event: intended.event))
            #expect(await reader.isUnderWay("2"))
            writer = nil
            #expect(await !reader.isUnderWay("2"))
        }
    }

    @Test(.timeLimit(.minutes(30))) func `what another program adds is reported`() async throws {
        try await withJournal { one in
            var changes = FileJournal(path: path).changes().makeAsyncIterator()
            try await one.append(intended)
            #expect(await changes.next() != nil)
        }
    }

    @Test func `a file that others could read is closed to them`() async throws {
        try await withJournal { journal in
            try await journal.append(intended)
            chmod(path, 0o644)
            try await journal.append(ended)
            #expect(mode(path) == 0o600)
        }
    }

    @Test func `a journal that cannot be written says why`() async throws {
        try await withJournal { _ in
            try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
            try Data().write(to: URL(filePath: root + "/file"))
            let journal = FileJournal(path: root + "/file/test.jsonl")
            await #expect(throws: JournalError.self) { try await journal.append(intended) }
        }
    }
}
