import TerminalSupport
import TestSupport
import Testing

/// What is there of the real program while it waits for a key.
@Suite(.timeLimit(.minutes(10))) struct `The real program at rest` {
    private static let program = `The real program`.program

    /// The threads that there are beside the screen's, once a list of subscriptions is there.
    private func threads(_ arguments: [String], _ environment: [String: String?] = [:]) throws -> Set<String> {
        let terminal = try PseudoTerminal(running: Self.program, arguments, environment: environment)
        try #require(terminal.wait(for: "Nordwind Handel GmbH"))
        terminal.send("jlj")
        try #require(terminal.wait(for: "Jørgensen & Søn A/S"))
        terminal.send("3")
        try #require(terminal.wait(for: "1 of 4"), "\(terminal.screen.text)")
        // A thread that was made this moment has the name of the one that made it, until it runs.
        for _ in 0..<100 where names(terminal).contains("souk") { terminal.settle() }
        return names(terminal)
    }

    private func names(_ terminal: PseudoTerminal) -> Set<String> {
        terminal.processID.map { ProcessThreads.names(of: $0) } ?? []
    }

    // The runtime's threads count each other once a second.
    @Test func `no thread of the runtime's was ever needed on the embedded marketplace`() throws {
        #expect(try threads(["--sandbox"]) == ["souk-timer", "souk-work"])
    }

    @Test func `over HTTP there are the network's threads, and none of the runtime's`() throws {
        let server = try Served()
        let profile = `The real program`.profile.merging(["SOUK_BASE_URL": server.baseURL]) { $1 }
        let names = try threads([], profile)
        #expect(names.isSuperset(of: ["souk-timer", "souk-work"]))
        #expect(names.allSatisfy { $0.hasPrefix("souk-") || $0.hasPrefix("NIO-") }, "\(names)")
        #expect(server.end() == .code(0))
    }
}
