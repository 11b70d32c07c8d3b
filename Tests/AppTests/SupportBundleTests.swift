import FoundationEssentials
import Glibc
import TerminalSupport
import TestSupport
import Testing

@Suite(.onOwnThreads) final class `The support bundle` {
    private let folder: String

    init() throws { folder = try TestFolder.make() }

    private func run(_ arguments: [String], _ server: Served, more: [String: String?] = [:]) throws -> PseudoTerminal {
        let environment = `The real program`.profile.merging(more) { $1 }
            .merging(["SOUK_BASE_URL": server.baseURL, "XDG_STATE_HOME": folder]) { $1 }
        return try PseudoTerminal(
            running: `The real program`.program, arguments, environment: environment, columns: 200, rows: 100)
    }

    @Test func `holds version, terminal, settings, writes and requests, and no secret`() throws {
        let server = try Served()
        let body = "\(folder)/body.json"
        try Data(#"{"name":"Mette Jørgensen","password":"of-the-body"}"#.utf8).write(to: URL(filePath: body))
        let write = try run(["api", "POST", "/customers", "--body", body, "--write"], server)
        _ = write.exitStatus()

        let path = "\(folder)/bundle.txt"
        let secrets = ["SOUK_PASSWORD": "demo", "HTTPS_PROXY": "http://me:proxy-word@proxy.example:3128"]
        let terminal = try run(
            ["support-bundle", path], server, more: secrets.merging(["NO_PROXY": "127.0.0.1"]) { $1 })
        #expect(terminal.exitStatus() == .code(0))
        let text = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
        for words in [
            "souk 0.1.0", "TERM         xterm-256color", "SOUK_PASSWORD          (set, not shown)",
            "The marketplace accepts the profile.", #""path":"/customers""#, "POST /token 200", "•••@proxy.example",
        ] { #expect(text.contains(words), "\(words)") }
        let key = String(repeating: "0", count: 32)
        for words in [key, "demo", "Mette", "of-the-body", "proxy-word"] {
            #expect(!text.contains(words), "\(words)")
        }
        var status = stat()
        #expect(stat(path, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)

        let again = try run(["support-bundle", path], server)
        #expect(again.exitStatus() == .code(1))
        #expect(again.screen.contains("is there already"))
    }

    @Test func `the journal's view writes one with a key, into the folder that souk was started in`() throws {
        let terminal = try PseudoTerminal(
            running: "/bin/sh", ["-c", "cd \(folder) && exec \(`The real program`.program) --sandbox"])
        try #require(terminal.wait(for: "orders failed"))
        terminal.send("7")
        try #require(terminal.wait(for: "JOURNAL"))
        terminal.send("W")
        try #require(terminal.wait(for: "Written: "))
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        let name = try #require(names.first { $0.hasPrefix("souk-support-sandbox-") })
        let text = String(decoding: try Data(contentsOf: URL(filePath: "\(folder)/\(name)")), as: UTF8.self)
        #expect(text.contains("GET /orders?"))
        #expect(text.contains("size         80 x 24"))
    }
}
