import Glibc
import TerminalSupport
import TestSupport
import Testing

/// `souk --linear` on the real program, on a terminal that can draw nothing and on pipes.
@Suite(.onOwnThreads) struct `The real program line by line` {
    private func dumb(_ arguments: [String] = []) throws -> PseudoTerminal {
        try PseudoTerminal(
            running: `The real program`.program, ["--sandbox", "--linear"] + arguments,
            environment: ["TERM": "dumb", "XDG_CONFIG_HOME": "/nonexistent"], columns: 200, rows: 100)
    }

    @Test func `the main job on a terminal that draws nothing`() throws {
        let terminal = try dumb(["--order-seconds", "0.3"])
        try #require(terminal.wait(for: "selected: error"))
        terminal.send("2")
        try #require(terminal.wait(for: "1 of 13, selected: Marketplace, 12 resellers, unfolded."))
        terminal.send("j")
        try #require(terminal.wait(for: "selected: Nordwind Handel GmbH, reseller 1000100, active, folded."))
        terminal.send("l")
        try #require(terminal.wait(for: "Nordwind Handel GmbH, reseller 1000100, active, unfolded."))
        terminal.send("j3")
        try #require(terminal.wait(for: "Subscriptions of Jørgensen & Søn A/S."))
        terminal.send("5/AUR-365-BP\r")
        try #require(terminal.wait(for: "Filter AUR-365-BP: 3 match of 900."))
        terminal.send("jo")
        try #require(terminal.wait(for: "New order, step 1 of 3: fill in. Not sent."))
        terminal.send("3")
        try #require(terminal.wait(for: "61.80 EUR"))
        terminal.send(KeyText.f10)
        try #require(terminal.wait(for: "Type 3, the units, and Enter to send it."))
        terminal.send("3\r")
        try #require(terminal.wait(for: "COMPLETED"))
        terminal.send("\u{3}\u{3}")
        #expect(terminal.exitStatus() == .code(0))
        #expect(terminal.isAsShellsWantIt)
        #expect(!terminal.received.contains(0x1B))
    }

    @Test(arguments: [SIGTERM, SIGHUP, SIGSEGV]) func `whatever ends it, the terminal is as shells want it`(
        signal: Int32
    ) throws {
        let terminal = try dumb()
        try #require(terminal.wait(for: "selected: error"))
        #expect(!terminal.isAsShellsWantIt)
        terminal.signal(signal)
        #expect(terminal.exitStatus() != nil)
        #expect(terminal.isAsShellsWantIt)
    }

    @Test func `keys of a pipe are taken one by one, and its end ends the program`() throws {
        let output = try pipe("2j\u{1B}[Cj3/Premium\r\r", ["--sandbox", "--linear"])
        #expect(output.status == 0)
        #expect(output.text.contains("Subscriptions of Jørgensen & Søn A/S, subscription 1000917."))
        #expect(output.text.contains("Aurora 365 Business Premium, ACTIVE."))
        #expect(!output.text.contains("Loading"))
    }

    @Test func `the main job through a pipe`() throws {
        let output = try pipe(
            "2jlj5/AUR-365-BP\rjo3\u{1B}[21~3\r", ["--sandbox", "--linear", "--order-seconds", "0.3"])
        #expect(output.status == 0)
        #expect(output.text.contains("Type 3, the units, and Enter to send it."))
        #expect(output.text.contains("accepted; souk follows it"))
    }

    @Test func `a dumb terminal gets a message`() throws {
        let terminal = try PseudoTerminal(
            running: `The real program`.program, ["--sandbox"], environment: ["TERM": "dumb"], columns: 200)
        #expect(terminal.exitStatus() == .code(2))
        #expect(terminal.screen.contains("souk --linear"))
    }

    /// Runs the program with `keys` on its standard input, in a shell that the test started.
    private func pipe(_ keys: String, _ arguments: [String]) throws -> (text: String, status: Int) {
        let octal = keys.utf8.map { byte in
            let digits = String(byte, radix: 8)
            return "\\0" + String(repeating: "0", count: 3 - digits.count) + digits
        }.joined()
        let command =
            "printf '%b' '\(octal)' | XDG_CONFIG_HOME=/nonexistent \(`The real program`.program) "
            + arguments.joined(separator: " ") + " 2>&1; echo \"[$?]\""
        let stream = try #require(popen(command, "r"))
        var text = ""
        var line = [CChar](repeating: 0, count: 4096)
        while fgets(&line, Int32(line.count), stream) != nil {
            text += String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
        pclose(stream)
        let status = text.split(separator: "[").last.flatMap { Int($0.prefix { $0 != "]" }) }
        return (text, status ?? -1)
    }
}
