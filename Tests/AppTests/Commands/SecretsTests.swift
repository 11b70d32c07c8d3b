import FoundationEssentials
import Glibc
import MarketplaceSandbox
import TerminalSupport
import TestSupport
import Testing

@testable import App

/// Every command with real secrets, at a marketplace that takes them.
@Suite(.onOwnThreads, .timeLimit(.minutes(30))) struct `The secrets of a profile` {
    private static let password = "Pa55w0rt+Sehr/Geheim?"
    private static let key = "5f1d7a39c0e84b62a7d913f04c8be265"

    /// What stands in the way of the shell: the program under its name, nothing to read, both streams in files.
    private static func script(_ line: String, in home: String) -> String {
        "souk() { '\(`The real program`.program)' \"$@\"; }; cd '\(home)'; { \(line); } >out 2>err </dev/null; echo $? >code"
    }

    /// The examples of every command, which a person would type, and what prints requests and settings.
    private static func lines() throws -> [String] {
        let examples: [String] = CommandDescription.all.flatMap { $0.examples }.filter { !$0.contains("sandbox") }
        let json: [String] = examples.filter { !$0.contains("--json") && !$0.contains(">") }.map { "\($0) --json" }
        return examples + json + [
            "souk api GET /customers", "souk api GET /nothing", "souk support-bundle bundle.txt", "souk orders place",
            "SOUK_MARKETPLACE=xx souk status", "SOUK_BASE_URL=nonsense souk status",
            "SOUK_SUBSCRIPTION_KEY='\(key) ' souk status", "SOUK_PASSWORD='\(password)x' souk status --json",
            "SOUK_BASE_URL=http://user:\(password)@127.0.0.1:1/us souk status",
        ]
    }

    @Test func `are in nothing that a command prints or leaves behind`() async throws {
        var configuration = SandboxConfiguration()
        configuration.password = Self.password
        configuration.subscriptionKey = Self.key
        let (ports, port) = AsyncStream<Int>.makeStream()
        let sandbox = Sandbox(configuration)
        let server = Task { try await SandboxServer.run(sandbox, port: 0) { port.yield($0) } }
        defer { server.cancel() }
        var iterator = ports.makeAsyncIterator()
        let baseURL = "http://127.0.0.1:\(try #require(await iterator.next()))/marketplace/us"
        let stage = try SetupStage()
        let secrets = (SetupStage.spellings(of: Self.password) + SetupStage.spellings(of: Self.key)).map { $0.utf8 }
        var exits: [String: Int] = [:]
        for line in try Self.lines() {
            let terminal = try PseudoTerminal(
                running: "/bin/sh", ["-c", Self.script(line, in: stage.home)],
                environment: stage.places.merging(
                    SetupStage.profile(
                        baseURL: baseURL,
                        [
                            "SOUK_PASSWORD": Self.password, "SOUK_SUBSCRIPTION_KEY": Self.key,
                        ])
                ) { $1 })
            #expect(terminal.exitStatus(within: 120) == .code(0), "\(line)")
            let code = try #require(Files.text(of: stage.home + "/code")?.split(separator: "\n").first.map(String.init))
            exits[code, default: 0] += 1
            let traces = Self.files(in: stage.home).filter { _, bytes in
                secrets.contains { bytes.firstRange(of: $0) != nil }
            }
            #expect(traces.map(\.path) == [], "\(line)")
            #expect(!secrets.contains { terminal.received.firstRange(of: $0) != nil }, "\(line)")
        }
        // Most of them did what they are for: a sign-in that failed would have tested nothing.
        #expect(exits["0", default: 0] * 2 > exits.values.reduce(0, +), "\(exits)")
        #expect(exits["3", default: 0] > 0)
    }

    private static func files(in folder: String) -> [(path: String, bytes: [UInt8])] {
        let paths = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
        return paths.compactMap { path in
            FileManager.default.contents(atPath: folder + "/" + path).map { (path, Array($0)) }
        }
    }
}
