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

    // MARK: The command line

    /// The lines of a block of commands, without its comments.
    private static func commands(_ name: String) throws -> [String] {
        try Walkthrough.section(name, of: page.get()).split(separator: "\n").map(String.init)
            .filter { !$0.hasPrefix("```") && !$0.hasPrefix("#") }
    }

    private func run(_ line: String, _ stage: SetupStage, _ server: Served) throws -> (exit: String?, output: String) {
        let program = "souk() { '\(`The real program`.program)' \"$@\"; }; cd '\(stage.home)'"
        let terminal = try PseudoTerminal(
            running: "/bin/bash",
            ["-o", "pipefail", "-c", "\(program); { \(line); } >out 2>&1 </dev/null; echo $? >code"],
            environment: stage.places.merging(SetupStage.profile(server)) { $1 })
        #expect(terminal.exitStatus(within: 60) == .code(0))
        let code = Files.text(of: stage.home + "/code").map { String($0.filter(\.isNumber)) }
        return (code, Files.text(of: stage.home + "/out") ?? "")
    }

    @Test func `its commands that read do so as they stand there`() throws {
        let stage = try SetupStage()
        let server = try Served()
        let lines = try Self.commands("commands")
        #expect(lines.count > 4)
        for line in lines {
            let (exit, output) = try run(line, stage, server)
            #expect(
                exit == "0" && (!output.isEmpty || line.contains(">") || line.contains("--resume")),
                "\(line): \(output)")
        }
        #expect(Files.text(of: stage.home + "/customers.csv")?.hasPrefix("\u{FEFF}id;") == true)
        #expect(Files.text(of: stage.home + "/units.jsonl")?.split(separator: "\n").count == 4)
    }

    @Test func `its commands that write do so once they are agreed to`() throws {
        let stage = try SetupStage()
        let server = try Served(["--order-seconds", "0"])
        let lines = try Self.commands("writes")
        try #require(lines.count == 3)
        let review = try run(lines[0], stage, server)
        #expect(review.exit == "0" && review.output.hasPrefix("REVIEW"), "\(review.output)")
        let word = try #require(review.output.firstRange(of: "--intent "))
        let intent = String(review.output[word.upperBound...].prefix { !$0.isWhitespace })
        let placed = try run(lines[1].replacing("7K3Q-9M2D", with: intent), stage, server)
        #expect(placed.exit == "0" && placed.output.contains("is completed"), "\(placed.output)")
        // What is charged for the rest of a term is another amount each day.
        let asked = try run(lines[2].replacing(" --yes --expect-total 24.72EUR", with: " --json"), stage, server)
        let total = try #require(asked.output.firstRange(of: "\"expect\":{\"total\":\""))
        let amount = String(asked.output[total.upperBound...].prefix { $0 != "\"" })
        let changed = try run(lines[2].replacing("24.72EUR", with: amount), stage, server)
        #expect(changed.exit == "0" && changed.output.contains("units 25 → 28"), "\(changed.output)")
    }
}
