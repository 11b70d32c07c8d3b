import Screen
import TerminalSupport
import Testing

@testable import CursesScreen

@Suite struct `The entry of a terminal` {
    private static let xterm = #"%?%p9%t\E(0%e\E(B%;\E[0%?%p6%t;1%;%?%p1%p3%|%t;7%;m"#
    private static let vt100 = #"\E[0%?%p1%p6%|%t;1%;m%?%p9%t\016%e\017%;$<2>"#

    @Test(arguments: [
        (xterm, #"\E(B\E[m"#, #"\E[0%?%p6%t;1%;%?%p1%p3%|%t;7%;m"#, #"\E[m"#),
        (vt100, #"\E[m\017$<2>"#, #"\E[0%?%p1%p6%|%t;1%;m$<2>"#, #"\E[m$<2>"#),
        // Attributes are reset without it already.
        (xterm, #"\E[0m"#, #"\E[0%?%p6%t;1%;%?%p1%p3%|%t;7%;m"#, #"\E[0m"#),
    ])
    func `is without the choice of characters afterwards`(
        attributes: String, reset: String, wanted: String, wantedReset: String
    ) throws {
        let short = try #require(TerminalEntry.withoutCharacterSets(attributes: attributes, reset: reset))
        #expect(short == (wanted, wantedReset))
    }

    @Test(arguments: [
        "", #"\E[0%?%p6%t;1%;m"#, #"\E[0%?%p9%t;11%e;10"#, #"%?%p9%t;11%;m"#, #"%?%p9%t%?%p1%t;1%e;2%;%e\E(B%;m"#,
        #"%?%p9%t\E(0%e%;m"#,
    ])
    func `stays as it is where the choice is written otherwise`(attributes: String) {
        #expect(TerminalEntry.withoutCharacterSets(attributes: attributes, reset: #"\E(B\E[m"#) == nil)
    }
}

extension Stages {
    @Suite struct `Attributes` {
        private static let types = ["xterm-256color", "screen-256color", "tmux-256color", "linux", "vt100"]

        private func picture(_ number: Int, on stage: Stage) -> Canvas {
            let styles: [Style] = [
                .title, .plain, .good, .plain.selected(), Style(.bad, strong: true), Style(.plain, underlined: true),
            ]
            var canvas = Canvas(size: stage.terminal.size)
            for (y, style) in styles.enumerated() {
                canvas.write("word \(number * 7 + y) │ ─", x: number % 5 + y, y: y, style: style)
            }
            return canvas
        }

        @Test(arguments: types) func `change without a choice of characters, which no picture needs`(type: String)
            throws
        {
            let (stage, fresh) = (try Stage(type: type), EmulatedScreen(columns: 40, rows: 6))
            // The screen is taken with what the entry says.
            stage.show(picture(0, on: stage))
            let sent = stage.sent { for number in 0..<20 { stage.terminal.present(picture(number, on: stage)) } }
            for choice in ["\u{1B}(B", "\u{1B}(0", "\u{E}", "\u{F}"] { #expect(!sent.contains(choice)) }
            #expect(stage.screen.text == picture(19, on: stage).text)
            // Whatever attributes were there before, each cell has its own.
            stage.terminal.redraw()
            fresh.feed(Array(stage.sent { stage.terminal.present(picture(19, on: stage)) }.utf8))
            for y in 0..<6 { for x in 0..<40 { #expect(stage.screen.cell(x, y) == fresh.cell(x, y), "\(x), \(y)") } }
        }

        @Test(arguments: types) func `begin with ordinary characters, and with a redrawn screen again`(type: String)
            throws
        {
            let emulator = try PseudoTerminal(columns: 40, rows: 6)
            let terminal = try CursesTerminal(
                input: emulator.farEnd, output: emulator.farEnd, type: type, TerminalOptions())
            defer { terminal.close() }
            let ordinary = type.hasPrefix("xterm") ? "\u{1B}(B" : "\u{F}"
            emulator.settle()
            #expect(emulator.sentText.contains(ordinary))
            let before = emulator.received.count
            terminal.redraw()
            emulator.settle()
            #expect(String(decoding: emulator.received[before...], as: UTF8.self).contains(ordinary))
        }

        @Test(arguments: types) func `are gone when the screen is left`(type: String) throws {
            let stage = try Stage(type: type)
            stage.show(picture(1, on: stage))
            stage.terminal.close()
            stage.emulator.settle()
            stage.screen.feed(Array("~".utf8))
            let cells = (0..<6).flatMap { y in (0..<40).map { stage.screen.cell($0, y) } }
            let cell = try #require(cells.first { $0.text == "~" })
            #expect(!cell.isBold && !cell.isReversed && !cell.isUnderlined && cell.foreground == -1)
        }
    }
}
