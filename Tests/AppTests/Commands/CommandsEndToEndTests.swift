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

    // MARK: Files

    private func download(_ server: Served, _ folder: String, _ options: String = "") throws -> TranscriptBlock {
        let ids = try run(server, "reports list --format csv --status completed --limit 1 --ids").output
        return try run(server, "reports download \(try #require(ids.first)) --to \(folder)/usage.csv --json \(options)")
    }

    private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    @Test func `go on with a file at once where its connection breaks, as long as something comes`() throws {
        let (whole, cut) = (try TestFolder.make(), try TestFolder.make())
        #expect(try download(try Served(), whole).exit == 0)
        let block = try download(try Served(["--fault", "GET /rde/*/*: truncate 500 first 3"]), cut)
        #expect(block.exit == 0, "\(block.text)")
        #expect(try text(cut + "/usage.csv") == text(whole + "/usage.csv"))
        #expect(try PrintedJSON(block.output.joined())["resumedFrom"] == .number(0))
        #expect(try FileManager.default.contentsOfDirectory(atPath: cut) == ["usage.csv"])
        var status = stat()
        #expect(stat(cut + "/usage.csv", &status) == 0 && status.st_mode & 0o777 == 0o600)
    }

    @Test func `go on with a file that an earlier command began, and keep its beginning apart until then`() throws {
        let (whole, cut) = (try TestFolder.make(), try TestFolder.make())
        #expect(try download(try Served(), whole).exit == 0)
        let all = try text(whole + "/usage.csv")
        let server = try Served([
            "--fault", "GET /rde/*/*: truncate 500 first 1", "--fault", "GET /rde/*/*: reset first 2",
        ])
        let broken = try download(server, cut)
        #expect(broken.exit == 7, "\(broken.text)")
        let error = try PrintedJSON(broken.errors.joined())
        #expect(
            error["details"]?["bytes"] == .number(500) && error["details"]?["length"] == .number(Double(all.utf8.count))
        )
        #expect(error["hint"]?.text?.contains("usage.csv.part: the same command goes on there.") == true)
        #expect(try text(cut + "/usage.csv.part") == String(decoding: all.utf8.prefix(500), as: UTF8.self))
        #expect(!FileManager.default.fileExists(atPath: cut + "/usage.csv"))
        let done = try download(server, cut)
        #expect(done.exit == 0, "\(done.text)")
        #expect(try PrintedJSON(done.output.joined())["resumedFrom"] == .number(500))
        #expect(try text(cut + "/usage.csv") == all)
        #expect(try FileManager.default.contentsOfDirectory(atPath: cut) == ["usage.csv"])
    }

    @Test func `begin a file anew when its storage sends all of it`() throws {
        let (whole, cut) = (try TestFolder.make(), try TestFolder.make())
        #expect(try download(try Served(), whole).exit == 0)
        let server = try Served([
            "--fault", "GET /rde/*/*: truncate 500 first 1", "--fault", "GET /rde/*/*: ignored-range",
        ])
        let block = try download(server, cut)
        #expect(block.exit == 0, "\(block.text)")
        #expect(try text(cut + "/usage.csv") == text(whole + "/usage.csv"))
    }

    @Test func `begin a file anew when it is another one now`() throws {
        let folder = try TestFolder.make()
        let server = try Served([
            "--fault", "GET /rde/*/*: truncate 500 first 1", "--fault", "GET /rde/*/*: reset first 2",
        ])
        #expect(try download(server, folder).exit == 7)
        let path = folder + "/usage.csv.part.json"
        try text(path).replacing(#""entityTag":"\""#, with: #""entityTag":"\"0"#)
            .write(toFile: path, atomically: false, encoding: .utf8)
        try String(repeating: "x", count: 500).write(
            toFile: folder + "/usage.csv.part", atomically: false, encoding: .utf8)
        let done = try download(server, folder)
        #expect(done.exit == 0, "\(done.text)")
        #expect(try PrintedJSON(done.output.joined())["resumedFrom"] == .number(0))
        #expect(try text(folder + "/usage.csv").hasPrefix("orderNumber,"))
    }

    @Test func `replace no file, neither the one that is named nor one with the name of its beginning`() throws {
        let folder = try TestFolder.make()
        let server = try Served()
        for name in ["usage.csv.part", "usage.csv"] {
            try "mine".write(toFile: folder + "/" + name, atomically: false, encoding: .utf8)
            let block = try download(server, folder)
            #expect(block.exit == 1)
            #expect(try PrintedJSON(block.errors.joined())["code"]?.text == "outputFailed")
            #expect(try text(folder + "/" + name) == "mine")
        }
    }
}
