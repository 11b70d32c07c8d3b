import FoundationEssentials
import Glibc
import TerminalSupport
import TestSupport
import Testing

/// Commands that read, at a marketplace over HTTP and under a person's hands.
@Suite(.onOwnThreads, .timeLimit(.minutes(30))) struct `Commands that read` {
    private static func line(_ server: Served, _ command: String, _ changes: [String: String] = [:]) -> String {
        var variables = [
            "SOUK_BASE_URL": server.baseURL, "SOUK_MARKETPLACE": "us", "SOUK_USER": "demo.api", "SOUK_PASSWORD": "demo",
            "SOUK_SUBSCRIPTION_KEY": String(repeating: "0", count: 32),
        ]
        variables.merge(changes) { $1 }
        return variables.sorted { $0.key < $1.key }.map { "\($0)='\($1)'" }.joined(separator: " ") + " bare " + command
    }

    private func run(_ server: Served, _ command: String, _ changes: [String: String] = [:]) throws -> TranscriptBlock {
        try TranscriptBlock(command: Self.line(server, command, changes), columns: nil).played()
    }

    @Test(arguments: [
        (["SOUK_PASSWORD": "wrong"], "wrongPassword"), (["SOUK_SUBSCRIPTION_KEY": "wrong"], "wrongSubscriptionKey"),
        (["SOUK_MARKETPLACE": "xx"], "wrongMarketplace"),
    ])
    func `say which secret is wrong`(change: [String: String], code: String) throws {
        let server = try Served()
        let block = try run(server, "customers list --json", change)
        #expect(block.exit == 3)
        #expect(block.output == [])
        #expect(try PrintedJSON(block.errors.joined())["code"]?.text == code)
        let words = try run(server, "customers list", change)
        #expect(words.errors.count == 1 && words.errors.joined().hasPrefix("souk: "))
        #expect(!words.errors.joined().contains("wrong'"), "a secret is never printed")
    }

    @Test func `show a reseller its own customers, with what it may see of names`() throws {
        let server = try Served()
        let block = try run(server, "customers list --limit 2", ["SOUK_USER": "reseller.api"])
        #expect(block.exit == 0)
        #expect(block.output.count == 2)
        #expect(block.output.allSatisfy { $0.contains("→1000100→") })
    }

    @Test func `send no change, whatever they are asked`() throws {
        let server = try Served()
        for command in ["customers show 1000412", "subscriptions list --customer 1000412 --details", "status"] {
            #expect(try run(server, "\(command) --json").exit == 0)
        }
        let writes = try run(server, "journal list --json")
        #expect(try PrintedJSON(writes.output.joined())["rows"] == .list([]))
    }

    @Test func `need no secret for the journal of this machine`() throws {
        let server = try Served()
        let block = try run(server, "journal list --json", ["SOUK_PASSWORD": "", "SOUK_SUBSCRIPTION_KEY": ""])
        #expect(block.exit == 0, "\(block.errors)")
    }

    @Test func `stop at ^C with 130, and say so as scripts want it`() throws {
        let terminal = try PseudoTerminal(
            running: `The real program`.program,
            [
                "orders", "list", "--all", "--details", "--max-calls", "9999", "--jsonl", "--sandbox",
                "--calls-per-minute", "60",
            ], columns: 200, rows: 50)
        try #require(terminal.wait(for: "\"waitsFor\""))
        terminal.send(KeyText.control("c"))
        #expect(terminal.exitStatus() == .code(130))
        #expect(terminal.sentText.contains(#"{"code":"cancelled""#))
    }
}
