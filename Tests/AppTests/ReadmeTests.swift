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
            environment: ["XDG_CONFIG_HOME": "/nonexistent", "XDG_STATE_HOME": try TestFolder.make()], columns: 120,
            rows: 40)
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

    /// A daily job of the table, by the beginning of its row.
    struct Job: Sendable {
        var name: String
        /// How many keys it may take at most.
        var most: Int
        /// Whether what is typed into a box counts as one key: data of any length that no program can shorten.
        var countsBoxes = false
    }

    private static let jobs = [
        Job(name: "find a customer", most: 6), Job(name: "add 3 units", most: 9),
        Job(name: "order 5 of an MPN", most: 17), Job(name: "what renews this week", most: 2),
        Job(name: "failed orders and why", most: 4), Job(name: "auto-renew off", most: 8),
        Job(name: "create a customer", most: 17, countsBoxes: true), Job(name: "copy the correlation id", most: 2),
        Job(name: "whom to call", most: 1), Job(name: "cancel", most: 12),
    ]

    private static func rows() throws -> [Substring] {
        try Walkthrough.section("jobs", of: page.get()).split(separator: "\n").filter { $0.contains("`") }
    }

    @Test func `it has ten daily jobs`() throws { #expect(try Self.rows().count == Self.jobs.count) }

    @Test(arguments: jobs)
    func `a daily job takes few keys`(job: Job) throws {
        let row = try #require(Self.rows().first { $0.hasPrefix("| \(job.name)") }, "the README has no job \(job.name)")
        let cells = row.split(separator: "|").map(String.init)
        try #require(cells.count == 4, "job, way to it, keys, what is seen")
        let terminal = try start(["--now", "2026-11-20T14:04:12Z"])
        // As people type: a burst of keys would count as a paste, or as typed ahead of what it belongs to.
        func play(_ text: String) throws {
            try Walkthrough(text).play(on: terminal) { _, _ in terminal.rest(milliseconds: 20) }
        }
        try play(cells[1])
        let keys = Walkthrough(cells[2])
        try play(cells[2] + cells[3])
        let count = job.countsBoxes ? keys.pressCount : keys.keyCount
        #expect(count <= job.most)
        #expect(cells[2].contains("(\(count))"), "the README says another number than \(count)")
    }
}
