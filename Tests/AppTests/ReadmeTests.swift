import FoundationEssentials
import TerminalSupport
import TestSupport
import Testing

/// What the README tells a newcomer to press, pressed on the real program as it stands there.
@Suite(.onOwnThreads, .timeLimit(.minutes(30))) struct `The README` {
    private static let page = Result { try String(contentsOfFile: SourceNames.package + "/README.md", encoding: .utf8) }

    private func start(_ arguments: [String] = []) throws -> PseudoTerminal {
        let terminal = try PseudoTerminal(
            running: `The real program`.program, ["--sandbox"] + arguments,
            environment: ["XDG_CONFIG_HOME": "/nonexistent"], columns: 120, rows: 40)
        try #require(terminal.wait(for: "NEEDS YOU NOW"), "\(terminal.screen.text)")
        return terminal
    }

    @Test(arguments: [[], ["--now", "2026-11-20T14:04:12Z"]])
    func `its tour shows what it says`(arguments: [String]) throws {
        let tour = try Walkthrough(Walkthrough.section("tour", of: Self.page.get()))
        #expect(tour.keyCount > 20)
        let terminal = try start(arguments)
        try tour.play(on: terminal)
    }
}
