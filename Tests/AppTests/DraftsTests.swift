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

    @Test func `a damaged file is reported and put aside`() throws {
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

    @Test func `damaged files are all kept, under names of their own`() throws {
        let drafts = Drafts(path: path)
        for number in 1...3 {
            drafts.keep(draft("\(number)", "\(number)"))
            try drafts.write()
            #expect(Files.write(String(repeating: "?", count: number), to: path))
        }
        drafts.keep(draft("a", "1"))
        try drafts.write()
        #expect(
            [".damaged", ".damaged-2", ".damaged-3"].map { Files.text(of: path + $0) } == ["?", "??", "???"])
        #expect(try drafts.kept() == [draft("a", "1")])
    }

    @Test func `a file that cannot be read just now stays as it is, and nothing is written`() throws {
        let drafts = Drafts(path: path)
        drafts.keep(draft("a", "1"))
        try drafts.write()
        let whole = path + ".whole"
        #expect(rename(path, whole) == 0 && mkdir(path, 0o700) == 0)
        drafts.keep(draft("b", "2"))
        let problem = #expect(throws: Drafts.Problem.self) { try drafts.write() }
        #expect(problem?.message.contains("cannot be read") == true)
        #expect(access(path + ".damaged", F_OK) != 0)
        #expect(rmdir(path) == 0 && rename(whole, path) == 0)
        try drafts.write()
        #expect(try drafts.kept().map(\.id).sorted() == ["a", "b"])
    }

    @Test func `what an older version kept is listed without an owner, until it is dropped there`() throws {
        let older = directory + "/souk/acme-eu.drafts.json"
        let old = Drafts(path: older)
        var claimed = draft("claimed", "2", at: 2)
        claimed.owner = Owner(address: "https://api.example", marketplace: "eu", user: "demo.api")
        old.keep(draft("old", "1", at: 1))
        old.keep(claimed)
        try old.write()
        let drafts = Drafts(path: path, olderPath: older)
        drafts.keep(draft("new", "3", at: 3))
        try drafts.write()
        claimed.owner = nil
        #expect(try drafts.kept() == [draft("new", "3", at: 3), claimed, draft("old", "1", at: 1)])
        drafts.drop("old")
        try drafts.write()
        #expect(try drafts.kept().map(\.id) == ["new", "claimed"])
        #expect(try old.kept().map(\.id) == ["claimed"])
    }

    @Test func `a damaged file of an older version hides nothing and stays`() throws {
        let older = directory + "/souk/acme-eu.drafts.json"
        let drafts = Drafts(path: path, olderPath: older)
        drafts.keep(draft("new", "3", at: 3))
        try drafts.write()
        #expect(Files.write("{?", to: older))
        #expect(try drafts.kept().map(\.id) == ["new"])
        #expect(throws: Drafts.Problem.self) { try drafts.olderDrafts() }
        drafts.keep(draft("newer", "4", at: 4))
        try drafts.write()
        #expect(Files.text(of: older) == "{?")
    }

    @Test func `what cannot be written is reported and tried again`() throws {
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
