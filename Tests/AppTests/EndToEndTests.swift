import Glibc
import TerminalSupport
import TestSupport
import Testing

/// The real program on a pseudo-terminal: few tests, for what only the whole can get wrong.
@Suite(.onOwnThreads) struct `The real program` {
    static let program = PseudoTerminal.builtProduct("souk")
    static let profile: [String: String?] = [
        "SOUK_MARKETPLACE": "us", "SOUK_USER": "demo.api", "SOUK_PASSWORD": "demo",
        "SOUK_SUBSCRIPTION_KEY": String(repeating: "0", count: 32), "XDG_STATE_HOME": temporaryDirectory,
        "XDG_CONFIG_HOME": temporaryDirectory,
    ]
    private static let temporaryDirectory = (try? TestFolder.make()) ?? "/nowhere"

    private func placeOrder(on terminal: PseudoTerminal) throws {
        try #require(terminal.wait(for: "NEEDS YOU NOW"))
        terminal.send("2")
        try #require(terminal.wait(for: "Nordwind Handel GmbH"))
        terminal.send("j" + "l")
        try #require(terminal.wait(for: "Jørgensen & Søn A/S"))
        terminal.send("j6")
        try #require(terminal.wait(for: "Mette Jørgensen"))
        #expect(terminal.screen.contains("administrator"))
        terminal.send("3")
        try #require(terminal.wait(for: "Citrine Mail Hosting"))
        terminal.send("/Premium\r")
        try #require(terminal.wait(for: "1 match of 4"))
        terminal.send("\r")
        try #require(
            terminal.wait { screen in ["ACTIVE", "515.00", "25", "renews"].allSatisfy(screen.contains) },
            "\(terminal.screen.text)")
        terminal.send("5")
        try #require(terminal.wait(for: "CATALOG"))
        terminal.send("/AUR-365-BP\r")
        try #require(terminal.wait(for: "exact 3"))
        terminal.send("jo")
        try #require(terminal.wait(for: "New order"))
        terminal.send("3")
        try #require(terminal.wait(for: "61.80 EUR"))
        terminal.send(KeyText.f10)
        try #require(terminal.wait(for: "Type 3, the units:"))
        try #require(terminal.wait(for: "price asked"))
        terminal.agree("3")
        try #require(terminal.wait(for: "COMPLETED"), "\(terminal.screen.text)")
        try #require(terminal.wait(for: "active, 3 units"))
    }

    @Test(arguments: [(80, 24), (120, 40)])
    func `the main job on the embedded marketplace`(columns: Int, rows: Int) throws {
        let terminal = try PseudoTerminal(
            running: Self.program, ["--sandbox", "--order-seconds", "0.3"], columns: columns, rows: rows)
        try placeOrder(on: terminal)
        terminal.send(KeyText.control("c") + KeyText.control("c"))
        #expect(terminal.exitStatus() == .code(0))
        #expect(terminal.isAsShellsWantIt)
    }

    @Test func `the main job over HTTP, and the journal that it leaves`() throws {
        let server = try Served(["--order-seconds", "0.3"])
        let terminal = try PseudoTerminal(
            running: Self.program, environment: Self.profile.merging(["SOUK_BASE_URL": server.baseURL]) { $1 })
        try placeOrder(on: terminal)
        terminal.signal(SIGTERM)
        #expect(terminal.exitStatus() == .code(128 + Int(SIGTERM)))
        #expect(terminal.isAsShellsWantIt)
        #expect(server.end() == .code(0))
    }

    @Test func `what is beside the list is there again after a key that repeats`() throws {
        let terminal = try PseudoTerminal(running: Self.program, ["--sandbox"], columns: 120, rows: 40)
        try #require(terminal.wait(for: "NEEDS YOU NOW"))
        terminal.send("3")
        try #require(terminal.wait(for: "1 of 1,500"))
        for place in 2...9 {
            terminal.send("j")
            try #require(terminal.wait(for: "\(place) of 1,500"))
        }
        #expect(terminal.wait(for: "last changed"), "\(terminal.screen.text)")
    }

    @Test func `q from the first screen leaves`() throws {
        let terminal = try PseudoTerminal(running: Self.program, ["--sandbox"])
        try #require(terminal.wait(for: "NEEDS YOU NOW"))
        terminal.send("q")
        #expect(terminal.exitStatus() == .code(0))
        #expect(terminal.isAsShellsWantIt)
    }

    @Test func `a hang-up ends it`() throws {
        let terminal = try PseudoTerminal(running: Self.program, ["--sandbox"])
        try #require(terminal.wait(for: "NEEDS YOU NOW"))
        terminal.signal(SIGHUP)
        #expect(terminal.exitStatus() == .code(128 + Int(SIGHUP)))
        #expect(terminal.isAsShellsWantIt)
    }

    @Test func `signals that were ignored at the start stay so`() throws {
        let terminal = try PseudoTerminal(
            running: "/bin/sh", ["-c", "trap '' HUP TERM INT TSTP; exec '\(Self.program)' --sandbox"])
        try #require(terminal.wait(for: "NEEDS YOU NOW"))
        for signal in [SIGHUP, SIGTERM, SIGINT, SIGTSTP] { terminal.signal(signal) }
        terminal.send("5")
        #expect(terminal.wait(for: "CATALOG"))
        terminal.send(KeyText.control("c") + KeyText.control("c"))
        #expect(terminal.exitStatus() == .code(0))
        #expect(terminal.isAsShellsWantIt)
    }

    @Test func `a crash leaves the terminal as shells want it`() throws {
        let terminal = try PseudoTerminal(running: Self.program, ["--sandbox"])
        try #require(terminal.wait(for: "NEEDS YOU NOW"))
        terminal.signal(SIGSEGV)
        #expect(terminal.exitStatus() == .signal(Int(SIGSEGV)))
        #expect(terminal.isAsShellsWantIt)
    }

    @Test func `hostile names send no title and no override to the terminal`() throws {
        let terminal = try PseudoTerminal(running: Self.program, ["--sandbox"], columns: 120, rows: 40)
        try #require(terminal.wait(for: "NEEDS YOU NOW"))
        terminal.send("2")
        try #require(terminal.wait(for: "Sierra Peak Cloud"))
        terminal.send("jjl")
        try #require(terminal.wait(for: "Hostile"))
        terminal.send("jj3")
        try #require(terminal.wait(for: "1000924"))
        let bytes = String(decoding: terminal.received, as: UTF8.self)
        // The window's title is the program's own.
        let titles = bytes.split(separator: "\u{1B}]").dropFirst()
        #expect(!titles.isEmpty && titles.allSatisfy { $0.hasPrefix("2;souk sandbox: ") })
        #expect(!bytes.contains("\u{202E}"))
    }

    @Test func `too small a window says so and comes back when it grows`() throws {
        let terminal = try PseudoTerminal(running: Self.program, ["--sandbox"], columns: 34, rows: 6)
        try #require(terminal.wait(for: "It needs at least 40 x 10"))
        terminal.resize(columns: 80, rows: 24)
        #expect(terminal.wait(for: "NEEDS YOU NOW"))
    }

    @Test func `wide text is drawn under LANG=C`() throws {
        let terminal = try PseudoTerminal(
            running: Self.program, ["--sandbox"], environment: ["LANG": "C", "LC_ALL": nil])
        try #require(terminal.wait(for: "NEEDS YOU NOW"))
        terminal.send("2")
        try #require(terminal.wait(for: "Nordwind"))
        terminal.send("jl")
        #expect(terminal.wait(for: "作者出版株式会社"))
    }

    @Test(arguments: [("no-such-terminal", "no-such-terminal"), ("dumb", "dumb"), ("", "TERM")])
    func `a terminal that cannot be drawn on is refused in a sentence`(type: String, words: String) throws {
        let terminal = try PseudoTerminal(running: Self.program, ["--sandbox"], environment: ["TERM": type])
        #expect(terminal.exitStatus() == .code(2))
        #expect(terminal.screen.contains("souk:"))
        #expect(terminal.screen.contains(words))
        #expect(terminal.isAsShellsWantIt)
    }

    @Test func `of a profile that is not complete it names what is missing`() throws {
        let terminal = try PseudoTerminal(
            running: Self.program, environment: ["SOUK_BASE_URL": "https://api.example.com/marketplace/us"],
            columns: 120)
        #expect(terminal.exitStatus() == .code(2))
        for name in ["SOUK_MARKETPLACE", "SOUK_USER", "SOUK_PASSWORD", "SOUK_SUBSCRIPTION_KEY"] {
            #expect(terminal.screen.contains(name))
        }
    }

    @Test(arguments: [
        (["SOUK_PASSWORD": "wrong"], "user name or password"),
        (["SOUK_SUBSCRIPTION_KEY": "wrong"], "subscription key"),
        (["SOUK_MARKETPLACE": "xx"], "marketplace code 'xx'"),
    ])
    func `what is wrong with the profile is shown on screen`(change: [String: String], words: String) throws {
        let server = try Served()
        var environment = Self.profile
        environment["SOUK_BASE_URL"] = server.baseURL
        for (name, value) in change { environment[name] = value }
        let terminal = try PseudoTerminal(
            running: Self.program, environment: environment, columns: 160, rows: 40)
        #expect(terminal.wait(for: words))
        terminal.send("q")
        #expect(terminal.exitStatus() == .code(0))
    }

    @Test func `a port in use is refused with what to do`() throws {
        let server = try Served()
        let port = try #require(server.baseURL.split(separator: ":").last?.split(separator: "/").first)
        let terminal = try PseudoTerminal(running: Self.program, ["sandbox", "--port", String(port)])
        #expect(terminal.exitStatus() == .code(1))
        #expect(terminal.screen.contains("Port \(port) is in use"))
    }

    @Test(arguments: [
        (["--sandbox", "--customers", "0"], "--customers must be from 1 to 1000000"),
        (["--sandbox", "--now", "yesterday"], "--now"), (["--sandbox", "--order-seconds", "-1"], "--order-seconds"),
    ])
    func `a wrong argument is named`(arguments: [String], words: String) throws {
        let terminal = try PseudoTerminal(running: Self.program, arguments)
        #expect(terminal.exitStatus() == .code(64))
        #expect(terminal.screen.contains(words))
    }
}

/// `souk sandbox` on a free port, ended with its test.
final class Served {
    let baseURL: String
    private let terminal: PseudoTerminal

    init(_ arguments: [String] = []) throws {
        terminal = try PseudoTerminal(
            running: PseudoTerminal.builtProduct("souk"), ["sandbox", "--port", "0"] + arguments, columns: 120)
        try #require(terminal.wait(for: "The sandbox is listening"))
        let first = terminal.screen.text.split(separator: "\n").first { $0.hasPrefix("http://127.0.0.1:") }
        baseURL = try #require(first.map { String($0.prefix { $0 != " " }) })
    }

    deinit { terminal.signal(SIGKILL) }

    func end() -> PseudoTerminal.Exit? {
        terminal.signal(SIGTERM)
        return terminal.exitStatus()
    }
}

extension PseudoTerminal {
    /// Types what the review on the screen asks for, and sends.
    func agree(_ words: String) {
        fillBox(words)
        send("\r")
    }

    /// Types into the box of the review on the screen. Keys that come in the very moment of its first picture are dropped
    /// like those typed ahead of it; no person is so quick, but a test is, and types again in an emptied box.
    /// - Returns: whether the box holds `words`.
    @discardableResult
    func fillBox(_ words: String) -> Bool {
        for attempt in 0..<5 {
            send((attempt == 0 ? "" : KeyText.control("u")) + words)
            if wait(for: "[ \(words) ", seconds: 6) { return true }
        }
        return false
    }
}
