import TerminalSupport
import TestSupport
import Testing

/// The same keys in terminals of every kind: what they can show differs, what souk says does not.
@Suite(.onOwnThreads, .timeLimit(.minutes(30))) struct `Terminals of every kind` {
    private static let types: [(type: String, noColour: String?)] = [
        ("xterm-256color", nil), ("screen-256color", nil), ("tmux-256color", nil), ("linux", nil), ("vt100", nil),
        ("xterm-256color", "1"),
    ]

    /// The words of each screen on the way, without the lines between them.
    private func words(_ type: String, noColour: String?) throws -> [String] {
        let terminal = try PseudoTerminal(
            running: `The real program`.program, ["--sandbox", "--now", "2026-11-20T14:04:12Z", "--no-mouse"],
            environment: ["TERM": type, "NO_COLOR": noColour])
        var screens: [String] = []
        for (keys, awaited) in [
            ("", "NEEDS YOU NOW"), ("2", "Nordwind Handel GmbH"), ("jl", "Jørgensen & Søn A/S"),
            ("j\r", "Citrine Mail Hosting"),
            ("/1000917\r", "1 match of 4"), ("\r", "515.00"), ("c28", "25 → 28, +3"),
            ("\u{1B}", "nothing was sent. B lists the drafts"),
            ("5", "CATALOG"), ("/ZX-1000\r", "found 2 of 900"),
        ] {
            terminal.send(keys)
            try #require(terminal.wait(for: awaited), "\(type): \(terminal.screen.text)")
        }
        terminal.send("?")
        // The last line is the last that is drawn: with it the whole screen is there.
        try #require(terminal.wait { $0.contains("type to search") && $0.text.hasSuffix("Esc close") }, "\(type)")
        screens.append(Self.plain(terminal.screen.text))
        terminal.send("\u{1B}")
        try #require(
            terminal.wait {
                !$0.contains("type to search") && $0.contains("found 2 of 900") && $0.text.hasSuffix("q back")
            }, "\(type)")
        screens.append(Self.plain(terminal.screen.text))
        terminal.send("qqqq")
        #expect(terminal.exitStatus() == .code(0))
        #expect(terminal.leftovers == [])
        return screens
    }

    private static func plain(_ text: String) -> String {
        text.split(whereSeparator: { " \n─│┌┐└┘├┤┬┴┼-|+".contains($0) }).joined(separator: " ")
    }

    @Test func `say the same words`() throws {
        let expected = try words("xterm-256color", noColour: nil)
        for (type, noColour) in Self.types.dropFirst() {
            let found = try words(type, noColour: noColour)
            #expect(found == expected, "\(type)")
        }
    }
}
