import FoundationEssentials
import Glibc
import Marketplace
import MarketplaceClient
import Testing

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
                    + #""request":{"customerId":"7","products":[]}}"# + "\n"
                    + #"{"at":"2030-03-17T17:46:40Z","event":"taken","id":"1","made":"1000701"}"# + "\n")
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
                JournalRecord(id: "4", at: Self.at, event: .ended(.unknown(reason: "?", correlationID: "a8n"))),
                JournalRecord(id: "5", at: Self.at, event: .ended(.unknown(reason: "?", correlationID: nil))),
            ]
            for record in records { try await journal.append(record) }
            #expect(try await journal.records() == records)
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

    @Test func `two journals on one file keep both their lines`() async throws {
        try await withJournal { one in
            let two = FileJournal(path: path)
            try await one.append(intended)
            try await two.append(ended)
            try await one.append(ended)
            #expect(try await two.records() == [intended, ended, ended])
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
