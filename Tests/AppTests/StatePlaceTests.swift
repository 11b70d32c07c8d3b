import FoundationEssentials
import Glibc
import TerminalSupport
import TestSupport
import Testing

@testable import App

@Suite(.onOwnThreads) struct `The place of journal and drafts` {
    private let folder: String

    init() throws { folder = try TestFolder.make() }

    private func words(_ names: String..., user: uid_t = geteuid()) -> String? {
        StatePlace.problem(with: names.map { "\(folder)/\($0)" }, user: user)
    }

    @Test func `is right when it can be made, and when it is there`() throws {
        #expect(words("a/b/x.jsonl") == nil)
        try FileManager.default.createDirectory(atPath: folder + "/a/b", withIntermediateDirectories: true)
        try Data().write(to: URL(filePath: folder + "/a/b/x.jsonl"))
        #expect(words("a/b/x.jsonl", "a/b/y.json") == nil)
    }

    @Test func `of another user is reported with the owner and what to do`() throws {
        try FileManager.default.createDirectory(atPath: folder + "/souk", withIntermediateDirectories: true)
        let owner = getpwuid(geteuid()).map { String(cString: $0.pointee.pw_name) } ?? "user \(geteuid())"
        let problem = try #require(words("souk/x.jsonl", user: 4711))
        #expect(
            problem.hasPrefix("Changes are refused, because no journal of them can be kept: \(folder)/souk belongs to"))
        #expect(problem.contains(owner))
        #expect(problem.contains("not to user 4711. Take it over: sudo chown -R 4711 \(folder)/souk"))
    }

    @Test func `with a file of another user is reported`() throws {
        guard geteuid() == 0 else {
            // Only root can make one; the words are those of the test above.
            #expect(words("x.jsonl") == nil)
            return
        }
        try Data().write(to: URL(filePath: folder + "/x.drafts.json"))
        try #require(chown(folder + "/x.drafts.json", 4711, 4711) == 0)
        let problem = try #require(words("x.jsonl", "x.drafts.json"))
        #expect(problem.contains("x.drafts.json belongs to user 4711, and souk runs as root"))
        #expect(problem.contains("without sudo"))
    }

    @Test func `that is a file is reported`() throws {
        try Data().write(to: URL(filePath: folder + "/souk"))
        #expect(words("souk/x.jsonl")?.contains("souk is a file, and a folder is needed there") == true)
        #expect(words("souk/deeper/x.jsonl")?.contains("cannot be reached (Not a directory)") == true)
    }

    @Test func `that cannot be reached is reported with the reason and what to do`() {
        let problem = words(String(repeating: "x", count: 300) + "/x.jsonl")
        #expect(problem?.contains("cannot be reached (File name too long)") == true)
        #expect(problem?.contains("Set XDG_STATE_HOME to a folder of your own") == true)
    }

    @Test func `without one reading works, and changes are refused with the reason`() throws {
        let server = try Served()
        var environment = `The real program`.profile.merging(["SOUK_BASE_URL": server.baseURL]) { $1 }
        for name in ["HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"] { environment[name] = .some(nil) }
        let reading = try PseudoTerminal(
            running: `The real program`.program, ["api", "GET", "/orders", "--query", "limit=1"],
            environment: environment,
            columns: 200)
        #expect(reading.exitStatus() == .code(0))
        let body = folder + "/body.json"
        try Data(#"{"name":"x"}"#.utf8).write(to: URL(filePath: body))
        let writing = try PseudoTerminal(
            running: `The real program`.program, ["api", "PATCH", "/customers/1000412", "--write", "--body", body],
            environment: environment, columns: 200)
        #expect(writing.exitStatus() == .code(9))
        #expect(writing.screen.contains("neither HOME nor XDG_STATE_HOME says where the journal is to be kept"))
        let dashboard = try PseudoTerminal(
            running: `The real program`.program, environment: environment, columns: 200)
        #expect(dashboard.wait(for: "Changes are refused: neither HOME"))
        dashboard.send(KeyText.control("c") + KeyText.control("c"))
        #expect(dashboard.exitStatus() == .code(0))
    }
}
