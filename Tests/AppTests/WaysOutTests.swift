import Dashboard
import Glibc
import Marketplace
import MarketplaceClient
import TerminalSupport
import TestSupport
import Testing

@testable import App

/// Each way out of the real program: what the shell finds on its terminal, the exit code, and what is on the disk.
@Suite(.onOwnThreads, .timeLimit(.minutes(30))) struct `Ways out of the real program` {
    private let state: String
    private static let program = `The real program`.program

    init() throws { state = try TestFolder.make() }

    private var places: [String: String?] { ["XDG_CONFIG_HOME": "/nonexistent", "XDG_STATE_HOME": state] }

    private func start() throws -> PseudoTerminal {
        let terminal = try PseudoTerminal(running: Self.program, ["--sandbox"], environment: places, columns: 200)
        try #require(terminal.wait(for: "NEEDS YOU NOW"), "\(terminal.screen.text)")
        return terminal
    }

    private var report: String? { Files.text(of: state + "/souk/crash.txt") }

    @Test(arguments: [SIGTERM, SIGINT, SIGHUP])
    func `asked to end, its exit code says by which signal`(_ number: Int32) throws {
        let terminal = try start()
        terminal.signal(number)
        #expect(terminal.exitStatus() == .code(128 + Int(number)))
        #expect(terminal.leftovers == [])
        #expect(report == nil)
    }

    @Test func `asked to quit, it ends at once and leaves no report`() throws {
        let terminal = try start()
        terminal.signal(SIGQUIT)
        #expect(terminal.exitStatus() == .signal(Int(SIGQUIT)))
        #expect(terminal.leftovers == [])
        #expect(report == nil)
    }

    @Test(arguments: [SIGSEGV, SIGABRT, SIGTRAP, SIGILL, SIGBUS, SIGFPE])
    func `a crash leaves a report and says where`(_ number: Int32) throws {
        let terminal = try start()
        terminal.signal(number)
        #expect(terminal.exitStatus() == .signal(Int(number)))
        #expect(terminal.leftovers == [])
        #expect(terminal.screen.contains("What is known about it is in"))
        #expect(terminal.screen.contains(state + "/souk/crash.txt"))
        let report = try #require(report)
        #expect(report.hasPrefix("souk \(Version.text)\nended by SIG"))
        #expect(report.contains("on screen: souk sandbox: "))
    }

    @Test(arguments: [true, false])
    func `a crash while a picture is on its way leaves nothing of the picture behind`(_ isElsewhere: Bool) throws {
        let terminal = try start()
        let number = SIGSEGV
        #expect(terminal.stuff(typing: KeyText.control("l")))
        if isElsewhere { #expect(terminal.signalOtherThread(number)) } else { terminal.signal(number) }
        #expect(terminal.exitStatus() == .signal(Int(number)))
        #expect(terminal.leftovers == [])
        #expect(terminal.screen.contains("What is known about it is in"))
    }

    private func shell(_ command: String) throws -> PseudoTerminal {
        let shell = try PseudoTerminal(
            running: "/bin/bash", ["--norc", "--noprofile", "-i"],
            environment: places.merging(["PS1": "shell> ", "HISTFILE": nil]) { $1 })
        try #require(shell.wait(for: "shell>"))
        shell.send(command + "\r")
        return shell
    }

    @Test func `a shell that is killed takes it along`() throws {
        // What is around it outlives the shell, and reports how it ended.
        let shell = try shell("(trap : HUP; \(Self.program) --sandbox; echo \"it left with $?\")")
        try #require(shell.wait(for: "NEEDS YOU NOW"), "\(shell.screen.text)")
        shell.signal(SIGKILL)
        #expect(shell.exitStatus() == .signal(Int(SIGKILL)))
        #expect(shell.wait(for: "it left with \(128 + SIGHUP)"), "\(shell.screen.text)")
        #expect(shell.leftovers == [])
    }

    @Test func `suspended, it comes back in the size that the window has got meanwhile`() throws {
        let shell = try shell("\(Self.program) --sandbox")
        try #require(shell.wait(for: "NEEDS YOU NOW"), "\(shell.screen.text)")
        shell.send("\u{1A}")
        #expect(shell.wait { $0.contains("Stopped") && !$0.isAlternate && $0.isCursorVisible })
        shell.resize(columns: 100, rows: 30)
        shell.send("fg\r")
        #expect(
            shell.wait { screen in
                screen.isAlternate && (0..<100).allSatisfy { screen.cell($0, 0).isReversed }
                    && screen.row(29).contains("Enter list")
            }, "\(shell.screen.text)")
        // What comes in the very moment of the picture cannot be an answer to it.
        shell.rest(milliseconds: 300)
        shell.send("q")
        #expect(shell.wait { !$0.isAlternate })
        shell.send("exit 4\r")
        #expect(shell.exitStatus() == .code(4))
    }

    // MARK: What is written

    private func startServed(_ server: Served, before command: String = "") throws -> PseudoTerminal {
        let terminal = try PseudoTerminal(
            running: "/bin/bash", ["-c", "\(command) exec \(Self.program)"],
            environment: `The real program`.profile.merging(places) { $1 }.merging(["SOUK_BASE_URL": server.baseURL]) {
                $1
            }, columns: 200)
        try #require(terminal.wait(for: "NEEDS YOU NOW"), "\(terminal.screen.text)")
        terminal.send("2")
        try #require(terminal.wait(for: "Nordwind Handel GmbH"), "\(terminal.screen.text)")
        terminal.send("jl")
        try #require(terminal.wait(for: "Jørgensen & Søn A/S"), "\(terminal.screen.text)")
        terminal.send("j\r")
        try #require(terminal.wait(for: "Citrine Mail Hosting"))
        terminal.send("/1000917\r")
        try #require(
            terminal.wait { screen in
                !screen.contains("Loading…")
                    && ["1 match of 4", "subscription  1000917", "PRODUCTS"].allSatisfy(screen.contains)
            },
            "\(terminal.screen.text)")
        return terminal
    }

    /// Asks for 28 units, up to the phrase that sends.
    private func review(on terminal: PseudoTerminal) throws {
        terminal.send("c28")
        try #require(terminal.wait(for: "25 → 28, +3"), "\(terminal.screen.text)")
        terminal.send(KeyText.f10)
        try #require(terminal.wait(for: "Type 28"), "\(terminal.screen.text)")
        terminal.agree("28")
    }

    /// What the program keeps for the user of `server`.
    private func file(_ ending: String, of server: Served) -> String {
        let owner = Owner(address: server.baseURL, marketplace: "us", user: "demo.api")
        return "\(state)/souk/\(StateFiles.name(of: owner))\(ending)"
    }

    @Test func `a terminal window that is closed loses neither the journal nor the draft`() async throws {
        let server = try Served(["--order-seconds", "0"])
        let terminal = try startServed(server)
        try review(on: terminal)
        try #require(terminal.wait(for: "COMPLETED"), "\(terminal.screen.text)")
        terminal.send(KeyText.escape)
        try #require(
            terminal.wait { $0.contains("1 match of 4") && $0.contains("units         28") },
            "\(terminal.screen.text)")
        terminal.send("c31")
        try #require(terminal.wait(for: "28 → 31, +3"), "\(terminal.screen.text)")
        terminal.hangUp()
        #expect(terminal.exitStatus() == .code(128 + Int(SIGHUP)))
        let journal = file(".jsonl", of: server)
        let drafts = file(".drafts.json", of: server)
        let records = try await FileJournal(path: journal).records()
        #expect(records.count { if case .intended = $0.event { true } else { false } } == 1)
        #expect(records.contains { if case .ended(.taken) = $0.event { true } else { false } })
        #expect(try Drafts(path: drafts).kept().map { $0.fields.values.contains("31") } == [true])
        #expect(report == nil)
    }

    @Test(arguments: [SIGSEGV, SIGKILL])
    func `what is called a draft is on the disk, whatever ends the program`(_ number: Int32) throws {
        let server = try Served(["--order-seconds", "0"])
        let terminal = try startServed(server)
        terminal.send("c31")
        try #require(terminal.wait(for: "25 → 31, +6"), "\(terminal.screen.text)")
        terminal.send(KeyText.escape)
        try #require(terminal.wait(for: "Kept as a draft"), "\(terminal.screen.text)")
        terminal.signal(number)
        #expect(terminal.exitStatus() == .signal(Int(number)))
        let drafts = try Drafts(path: file(".drafts.json", of: server)).kept()
        #expect(drafts.map { $0.fields.values.contains("31") } == [true])
    }

    @Test func `on a full disk nothing is sent, what was kept stays, and it says so`() async throws {
        let server = try Served(["--order-seconds", "0"])
        let journal = file(".jsonl", of: server)
        let drafts = file(".drafts.json", of: server)
        // No file may grow beyond 16 KiB, and these are there already.
        let old = Drafts(path: drafts)
        old.keep(
            FormDraft(
                id: "old", title: "an old draft", savedAt: Instant(secondsSince1970: 1), kind: "units",
                fields: ["units": "7", "note": String(repeating: "x", count: 16 << 10)]))
        try old.write()
        Files.write(String(repeating: "x", count: 16 << 10) + "\n", to: journal)
        let terminal = try startServed(server, before: "ulimit -f 16;")
        let plain = try PlainHTTP(server.baseURL)
        let before = try plain.get("/orders?subscriptionId=1000917&limit=100")
        terminal.send("c28")
        try #require(
            terminal.wait(for: "Drafts are not kept: \(drafts).new cannot be written"), "\(terminal.screen.text)")
        terminal.send(KeyText.f10)
        try #require(terminal.wait(for: "Type 28"), "\(terminal.screen.text)")
        terminal.agree("28")
        try #require(terminal.wait(for: "the journal cannot be written"), "\(terminal.screen.text)")
        #expect(try plain.get("/orders?subscriptionId=1000917&limit=100") == before)
        terminal.send(KeyText.control("c") + KeyText.control("c"))
        #expect(terminal.exitStatus() == .code(1))
        #expect(
            terminal.screen.contains("souk: The last changes of a draft were not saved: "), "\(terminal.screen.text)")
        #expect(terminal.leftovers == [])
        #expect(try Drafts(path: drafts).kept().map(\.id) == ["old"])
        #expect(try await FileJournal(path: journal).records().map(\.id) == ["line 1"], "the damaged line alone")
    }

    // MARK: Nobody reads

    @Test(arguments: [SIGTERM, SIGHUP]) func `a terminal that takes nothing any more does not keep it`(
        _ number: Int32
    ) throws {
        let terminal = try start()
        terminal.makeNonBlocking()
        #expect(terminal.stuff(typing: KeyText.control("l")))
        terminal.signal(number)
        #expect(terminal.exitStatusUnread() == .code(128 + Int(number)))
        #expect(terminal.isAsShellsWantIt)
    }

    @Test func `asked to end in the middle of a picture, it leaves a terminal that goes on as it was`() throws {
        let terminal = try start()
        #expect(terminal.stuff(typing: KeyText.control("l")))
        terminal.signal(SIGTERM)
        #expect(terminal.exitStatus() == .code(128 + Int(SIGTERM)))
        #expect(terminal.leftovers == [])
    }

    @Test func `an output that is closed ends it, though keys could still come`() throws {
        let output = try PseudoTerminal()
        var name = [CChar](repeating: 0, count: 128)
        #expect(ttyname_r(output.farEnd, &name, name.count) == 0)
        let path = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let input = try PseudoTerminal(
            running: "/bin/bash", ["-c", "exec \(Self.program) --sandbox > \(path)"], environment: places)
        try #require(output.wait(for: "NEEDS YOU NOW"))
        output.hangUp()
        #expect(input.exitStatus() == .code(128 + Int(SIGHUP)))
        #expect(input.leftovers == [])
    }

    @Test func `line by line, a pipe that nobody reads any more ends it`() throws {
        let terminal = try PseudoTerminal(
            running: "/bin/bash",
            [
                "-c",
                "\(Self.program) --sandbox --linear | { head -n 1; exec <&-; echo gone; }; echo \"[${PIPESTATUS[0]}]\"",
            ], environment: places)
        try #require(terminal.wait(for: "gone"), "\(terminal.screen.text)")
        terminal.send("j")
        #expect(terminal.wait(for: "[\(128 + SIGPIPE)]"), "\(terminal.screen.text)")
        #expect(terminal.exitStatus() == .code(0))
        #expect(terminal.leftovers == [])
    }

    @Test(arguments: [">&-", "> /dev/full"])
    func `an answer that cannot be written is reported`(_ output: String) throws {
        let terminal = try PseudoTerminal(
            running: "/bin/bash", ["-c", "\(Self.program) api GET /customers --sandbox \(output)"], environment: places,
            columns: 200)
        #expect(terminal.exitStatus() == .code(1))
        #expect(terminal.screen.contains("the standard output cannot be written"))
    }

    @Test func `without a terminal on its output it says what to do instead`() throws {
        let terminal = try PseudoTerminal(
            running: "/bin/bash", ["-c", "\(Self.program) --sandbox >&-"], environment: places, columns: 200)
        #expect(terminal.exitStatus() == .code(2))
        #expect(terminal.screen.contains("souk draws on a terminal"))
        #expect(terminal.leftovers == [])
    }
}
