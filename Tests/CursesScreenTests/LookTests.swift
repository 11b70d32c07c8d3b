import Screen
import TerminalSupport
import Testing

@testable import CursesScreen

extension Stages {
    @Suite struct `Looks` {
        private func show(_ styles: [Style], on stage: Stage) -> [EmulatedScreen.Cell] {
            stage.show { canvas in
                for (y, style) in styles.enumerated() { canvas.write("x", x: 0, y: y, style: style) }
            }
            return styles.indices.map { stage.screen.cell(0, $0) }
        }

        @Test func `tones have the terminal's own colours`() throws {
            let stage = try Stage()
            let cells = show([.good, .warning, .title, Style(.alarm), .plain, .plain.selected()], on: stage)
            #expect(cells.map(\.foreground) == [2, 3, 6, 7, -1, -1])
            #expect(cells.map(\.background) == [-1, -1, -1, 1, -1, -1])
            #expect(cells.map(\.isBold) == [false, false, true, true, false, false])
            #expect(cells.map(\.isReversed) == [false, false, false, false, false, true])
        }

        @Test func `eight colours are enough`() throws {
            let stage = try Stage(type: "linux")
            let cells = show([.good, .warning, .title, Style(.alarm), .plain, .plain.selected()], on: stage)
            #expect(cells.map(\.foreground) == [2, 3, 6, 7, -1, -1])
            #expect(cells.map(\.background) == [-1, -1, -1, 1, -1, -1])
        }

        @Test func `a theme with its own colours is shown in 256`() throws {
            let theme = try #require(Theme.named("dark"))
            let stage = try Stage(theme: theme)
            let cells = show([.plain, .good, Style(.alarm), .plain.selected()], on: stage)
            for (cell, style) in zip(cells, [.plain, .good, Style(.alarm), .plain.selected()]) {
                let look = theme.look(of: style)
                guard case .rgb(let text) = look.foreground, case .rgb(let ground) = look.background else { continue }
                #expect(cell.foreground == Int(text.nearestOf256))
                #expect(cell.background == Int(ground.nearestOf256))
            }
            // The ground is everywhere, also where nothing is written.
            #expect(stage.screen.cell(39, 5).background == cells[0].background)
        }

        @Test func `the ground of a theme stays where text is taken away`() throws {
            let stage = try Stage(theme: try #require(Theme.named("dark")))
            let ground = show([.plain], on: stage)[0].background
            for length in [40, 3, 30, 0] {
                stage.show { canvas in
                    for y in 0..<6 { canvas.write(String(repeating: "x", count: length), x: 0, y: y) }
                }
                let cells = (0..<6).flatMap { y in (0..<40).map { stage.screen.cell($0, y).background } }
                #expect(cells.allSatisfy { $0 == ground })
            }
        }

        @Test func `a theme with its own colours is shown exactly where light can be distinguished`() throws {
            let stage = try Stage(type: "xterm-direct2", theme: try #require(Theme.named("dark")))
            let cells = show([.plain, Style(.alarm)], on: stage)
            #expect(cells.map(\.foreground) == [0x1D8_DBE2, 0x1FF_FFFF])
            #expect(cells.map(\.background) == [0x116_181D, 0x1B3_202C])
        }

        @Test func `the standard theme keeps the terminal's own colours where light can be distinguished`() throws {
            let stage = try Stage(type: "xterm-direct")
            #expect(show([.good, .warning, .plain.selected()], on: stage).map(\.isReversed) == [false, false, true])
        }

        @Test(arguments: ["linux", "xterm", "screen", "xterm-16color"])
        func `a theme that needs more colours gives way to the standard one`(_ type: String) throws {
            let stage = try Stage(type: type, theme: try #require(Theme.named("dark")))
            let cells = show([.good, .warning, .plain.selected()], on: stage)
            #expect(cells.map(\.isReversed) == [false, false, true])
            #expect(cells.map(\.foreground) == [2, 3, -1])
        }

        @Test(arguments: ["vt100", "vt220", "xterm-mono"])
        func `a terminal without colours shows attributes`(_ type: String) throws {
            let stage = try Stage(type: type)
            let cells = show([.good, .title, Style(.alarm), .plain.selected()], on: stage)
            #expect(cells.allSatisfy { $0.foreground == -1 && $0.background == -1 })
            #expect(cells.map(\.isBold) == [false, true, true, false])
            #expect(cells.map(\.isReversed) == [false, false, true, true])
        }

        @Test func `no colour is shown where none is wanted`() throws {
            let stage = try Stage(theme: .withoutColour)
            let cells = show([.good, .bad, Style(.alarm), .plain.selected()], on: stage)
            #expect(cells.allSatisfy { $0.foreground == -1 && $0.background == -1 })
            #expect(cells.map(\.isReversed) == [false, false, true, true])
        }

        @Test func `underlines are shown`() throws {
            let stage = try Stage()
            #expect(show([Style(.plain, underlined: true)], on: stage)[0].isUnderlined)
        }

        @Test(arguments: [
            "xterm-256color", "screen-256color", "tmux-256color", "linux", "vt100", "xterm", "rxvt-unicode",
        ])
        func `the words are the same on every terminal`(_ type: String) throws {
            let stage = try Stage(30, 4, type: type)
            var canvas = Canvas(size: stage.terminal.size)
            canvas.write("Jørgensen 作者 ™", x: 1, y: 0, style: .title)
            canvas.horizontalRule(x: 0, y: 1, width: 30)
            canvas.write(String(repeating: "aaaaaaaa", count: 3), x: 1, y: 2, style: .good)
            canvas.write("edge", x: 26, y: 3)
            stage.show(canvas)
            #expect(stage.screen.text == canvas.text)
        }

        @Test func `ASCII mode needs nothing but ASCII`() throws {
            let stage = try Stage(asciiOnly: true)
            stage.show { canvas in
                canvas.write("Jørgen 作者 … ™ – ok", x: 0, y: 0)
                canvas.verticalRule(x: 4, y: 2, height: 1)
                canvas.horizontalRule(x: 0, y: 1, width: 8)
                canvas.write("│─┬┴┼├┤■█", x: 0, y: 3)
            }
            #expect(stage.screen.row(0) == "J?rgen ???? ~ ? - ok")
            #expect(stage.screen.row(1) == "--------")
            #expect(stage.screen.row(2) == "    |")
            #expect(stage.screen.row(3) == "|-+++++##")
            #expect(stage.emulator.received.allSatisfy { $0 < 0x80 })
        }

        @Test func `the cursor is where the canvas wants it, or hidden`() throws {
            let stage = try Stage()
            stage.show { $0.cursor = (x: 7, y: 3) }
            #expect(stage.screen.isCursorVisible)
            #expect(stage.screen.cursor == (7, 3))
            stage.show { $0.write("more", x: 0, y: 0) }
            #expect(!stage.screen.isCursorVisible)
            stage.show { $0.cursor = (x: 99, y: 3) }
            #expect(!stage.screen.isCursorVisible)
        }
    }
}
