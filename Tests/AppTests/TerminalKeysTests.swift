import TerminalSupport
import TestSupport
import Testing

/// The real program on terminals of several kinds: what they send for keys, with Alt, from the numeric keypad, as pastes
/// with marks and without, and what they say beside the keys.
@Suite(.onOwnThreads, .timeLimit(.minutes(30))) struct `Keys of the real program` {
    private func start(_ type: String, _ environment: [String: String?] = [:]) throws -> PseudoTerminal {
        let terminal = try PseudoTerminal(
            running: `The real program`.program, ["--sandbox", "--now", "2026-11-20T14:04:12Z"],
            environment: environment.merging(["TERM": type, "XDG_CONFIG_HOME": "/nonexistent"]) { $1 }, columns: 120,
            rows: 40)
        try #require(terminal.wait(for: "NEEDS YOU NOW"), "\(terminal.screen.text)")
        terminal.send("2")
        try #require(terminal.wait(for: "Nordwind Handel GmbH"), "\(terminal.screen.text)")
        return terminal
    }

    /// To the form for more units, with 28 in it.
    private func openForm(on terminal: PseudoTerminal) throws {
        for (keys, awaited) in [
            ("jl", "Jørgensen & Søn A/S"), ("j\r", "Citrine Mail Hosting"), ("/1000917\r", "1 match of 4"),
            ("c28", "25 → 28, +3"),
        ] {
            terminal.send(keys)
            try #require(terminal.wait(for: awaited), "\(terminal.screen.text)")
        }
    }

    @Test(arguments: ["xterm-256color", "putty-256color", "screen-256color", "tmux-256color", "linux"])
    func `mean the same on`(_ type: String) throws {
        let terminal = try start(type)
        try openForm(on: terminal)
        terminal.send(KeyText.control("u") + "\u{1B}Or\u{1B}Oy")
        #expect(terminal.wait(for: "25 → 29, +4"), "\(terminal.screen.text)")
        terminal.send("\u{1B}c")
        #expect(terminal.wait(for: "Alt-c does nothing here"), "\(terminal.screen.text)")
        #expect(terminal.screen.contains("25 → 29, +4"))
        terminal.send(KeyText.control("u") + KeyText.paste("30\r"))
        #expect(terminal.wait(for: "25 → 30, +5"), "\(terminal.screen.text)")
        // Without marks, text that goes on after a line end goes into the row and nowhere else.
        terminal.send("1\r31\r32\r")
        #expect(terminal.wait(for: "1 31 32"), "\(terminal.screen.text)")
        terminal.send(KeyText.control("u"))
        terminal.send("31")
        #expect(terminal.wait(for: "25 → 31, +6"), "\(terminal.screen.text)")
        terminal.send(KeyText.escape)
        #expect(terminal.wait(for: "nothing was sent. B lists the drafts"), "\(terminal.screen.text)")
        terminal.send("AUR-365-BP\rAUR-365-BE\r")
        #expect(terminal.wait(for: "Pasted text was not used"), "\(terminal.screen.text)")
        terminal.send(KeyText.control("c") + KeyText.control("c"))
        #expect(terminal.exitStatus() == .code(0))
        #expect(terminal.leftovers == [])
    }

    @Test func `are not what a terminal answers, wherever it goes`() throws {
        let terminal = try start("xterm-256color")
        try openForm(on: terminal)
        terminal.send("\u{1B}[21~")
        try #require(terminal.wait(for: "Type 28"), "\(terminal.screen.text)")
        for answer in TerminalAnswers.examples { terminal.send(bytes: answer) }
        try #require(terminal.fillBox("2"), "\(terminal.screen.text)")
        #expect(terminal.screen.contains("Type 28"))
        terminal.send(KeyText.backspace + KeyText.escape)
        try #require(terminal.wait { !$0.contains("Type 28") && $0.contains("25 → 28, +3") }, "\(terminal.screen.text)")
        for answer in TerminalAnswers.examples { terminal.send(bytes: answer) }
        terminal.send("1")
        #expect(terminal.wait(for: "25 → 281, +256"), "\(terminal.screen.text)")
    }

    @Test func `are understood in the protocols that another program left on`() throws {
        let terminal = try start("xterm-256color")
        try openForm(on: terminal)
        terminal.send("\u{1B}[127u\u{1B}[57408u")
        #expect(terminal.wait(for: "25 → 29, +4"), "\(terminal.screen.text)")
        terminal.send("\u{1B}[27u")
        #expect(terminal.wait(for: "nothing was sent. B lists the drafts"), "\(terminal.screen.text)")
        terminal.send("\u{1B}[99;69u\u{1B}[27;5;99~")
        #expect(terminal.exitStatus() == .code(0))
        #expect(terminal.leftovers == [])
    }

    @Test(arguments: [["ESCDELAY": "400"], ["SOUK_ESCAPE_DELAY": "400"]])
    func `are held as long as a person says`(environment: [String: String?]) throws {
        let terminal = try start("xterm-256color", environment)
        try openForm(on: terminal)
        let clock = ContinuousClock()
        let time = clock.measure {
            terminal.send(KeyText.escape)
            #expect(terminal.wait(for: "nothing was sent. B lists the drafts"), "\(terminal.screen.text)")
        }
        #expect(time >= .milliseconds(400))
    }
}
