import Dashboard
import Glibc
import Marketplace
import TestSupport
import Testing

@testable import App

@Suite struct `Drafts on the disk` {
    private let directory: String
    private var path: String { directory + "/souk/work.drafts.json" }

    init() throws {
        directory = try TestFolder.make()
    }

    private func draft(_ id: String, _ units: String, at seconds: Double = 0) -> FormDraft {
        FormDraft(
            id: id, title: "change of units", savedAt: Instant(secondsSince1970: seconds), kind: "units",
            fields: ["units": units])
    }

    @Test func `what was written comes back, newest first, and only its owner can read it`() throws {
        let drafts = Drafts(path: path)
        drafts.keep(draft("a", "1", at: 1))
        drafts.keep(draft("b", "2", at: 2))
        #expect(try drafts.write() == ["a", "b"])
        #expect(try Drafts(path: path).kept() == [draft("b", "2", at: 2), draft("a", "1", at: 1)])
        var status = stat()
        #expect(stat(path, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
    }

    @Test func `a draft is replaced, and dropped`() throws {
        let drafts = Drafts(path: path)
        drafts.keep(draft("a", "1"))
        try drafts.write()
        drafts.keep(draft("a", "12"))
        try drafts.write()
        #expect(try drafts.kept() == [draft("a", "12")])
        drafts.drop("a")
        #expect(try drafts.write().isEmpty)
        #expect(try drafts.kept().isEmpty)
    }

    @Test func `two programs on one profile keep each other's drafts`() throws {
        let (one, other) = (Drafts(path: path), Drafts(path: path))
        one.keep(draft("a", "1", at: 1))
        try one.write()
        other.keep(draft("b", "2", at: 2))
        try other.write()
        one.keep(draft("a", "3", at: 3))
        try one.write()
        #expect(try other.kept().map(\.id) == ["a", "b"])
    }

    @Test func `a damaged file is told and put aside`() throws {
        let drafts = Drafts(path: path)
        drafts.keep(draft("a", "1"))
        try drafts.write()
        #expect(truncate(path, 5) == 0)
        #expect(throws: Drafts.Problem.self) { try drafts.kept() }
        drafts.keep(draft("b", "2"))
        try drafts.write()
        #expect(try drafts.kept() == [draft("b", "2")])
        #expect(access(path + ".damaged", F_OK) == 0)
    }

    @Test func `what cannot be written is told and tried again`() throws {
        let blocker = directory + "/souk"
        close(creat(blocker, 0o600))
        let drafts = Drafts(path: path)
        drafts.keep(draft("a", "1"))
        #expect(throws: Drafts.Problem.self) { try drafts.write() }
        #expect(unlink(blocker) == 0)
        try drafts.write()
        #expect(try drafts.kept() == [draft("a", "1")])
    }

    @Test func `without a file nothing is kept`() throws {
        let drafts = Drafts(path: nil)
        drafts.keep(draft("a", "1"))
        try drafts.write()
        #expect(try drafts.kept().isEmpty)
    }
}
