import CNCurses
import Screen
import TerminalSupport
import TestSupport
import Testing

@testable import CursesScreen

extension Stages {
    @Suite struct `What the canvas says is what the terminal shows` {
        @Test(arguments: [
            "plain words", "作者", "Jørgensen & Søn A/S", "Aurora™", "│─┬┴┼├┤", "a…", "e\u{301}te\u{301}",
            "👩‍👩‍👧 family", "x作y者z", "日本語のとても長い名前です", "\u{1F1E9}\u{1F1EA}", "क्षि",
        ])
        func `of text`(_ sample: String) throws {
            let stage = try Stage()
            var canvas = Canvas(size: stage.terminal.size)
            canvas.write(sample, x: 3, y: 2)
            canvas.write("|", x: 30, y: 2)
            stage.show(canvas)
            #expect(stage.screen.text == canvas.text)
            #expect(stage.screen.cell(30, 2).text == "|")
        }

        @Test func `of many pictures one after another`() throws {
            let stage = try Stage(33, 7)
            var dice = Dice(seed: 7)
            let samples = ["作者", "Jørgen", "hello world", "™…│", "ü", " ", "者者者", "e\u{301}", "\u{1B}[31mred", "─"]
            let tones = Tone.allCases
            var canvas = Canvas(size: stage.terminal.size)
            for _ in 0..<300 {
                if dice.below(12) == 0 { canvas = Canvas(size: stage.terminal.size) }
                for _ in 0...dice.below(5) {
                    let style = Style(tones[dice.below(tones.count)], strong: dice.below(4) == 0)
                    canvas.write(
                        samples[dice.below(samples.count)], x: dice.below(34) - 1, y: dice.below(7), style: style)
                }
                if dice.below(6) == 0 {
                    canvas.select(Rect(x: dice.below(33), y: dice.below(7), width: dice.below(33), height: 1))
                }
                stage.show(canvas)
                try #require(stage.screen.text == canvas.text)
            }
        }

        @Test func `in every corner and for wide glyphs at the right edge`() throws {
            let stage = try Stage(10, 3)
            var canvas = Canvas(size: stage.terminal.size)
            canvas.write("作", x: 8, y: 0)
            canvas.write("者", x: 9, y: 1)
            canvas.write("作者作者作", x: 0, y: 2)
            stage.show(canvas)
            #expect(stage.screen.text == canvas.text)
            #expect(stage.screen.row(2) == "作者作者作")
            canvas.write("x", x: 9, y: 2)
            stage.show(canvas)
            #expect(stage.screen.row(2) == "作者作者 x")
        }

        @Test(arguments: [(1, 1), (2, 1), (1, 5), (3, 2), (300, 3), (5, 100)])
        func `in any size`(_ columns: Int, _ rows: Int) throws {
            let stage = try Stage(columns, rows)
            #expect(stage.terminal.size == Size(columns: columns, rows: rows))
            var canvas = Canvas(size: stage.terminal.size)
            for y in 0..<rows { canvas.write("作者 Jørgensen \(y)", x: 0, y: y) }
            stage.show(canvas)
            #expect(stage.screen.text == canvas.text)
        }

        @Test func `even when it is more than a terminal takes before somebody reads`() throws {
            let stage = try Stage(400, 200)
            var canvas = Canvas(size: stage.terminal.size)
            let line = String(repeating: "0123456789", count: 40)
            for y in 0..<200 { canvas.write(line, x: 0, y: y) }
            #expect(stage.show(canvas) > 60_000)
            #expect(stage.screen.text == canvas.text)
        }

        @Test func `even when the canvas is larger than the terminal`() throws {
            let stage = try Stage(5, 2)
            var canvas = Canvas(size: Size(columns: 9, rows: 4))
            for y in 0..<4 { canvas.write("作者作者", x: 0, y: y) }
            stage.show(canvas)
            #expect(stage.screen.text == "作者\u{FFFD}\n作者\u{FFFD}")
        }
    }

    @Suite struct `Columns` {
        @Test func `of every scalar are the same for the canvas and for curses`() throws {
            let stage = try Stage()
            #expect(stage.terminal.size.columns == 40)
            var wrong: [UInt32] = []
            for value in UInt32(0x20)...0x10FFFF {
                guard let scalar = Unicode.Scalar(value) else { continue }
                let columns = TerminalText.columns(of: scalar)
                guard columns > 0 else { continue }
                let (glyph, _, filler) = CanvasPainter.wideCharacters(
                    for: Cell(scalar), isWide: columns == 2, asciiOnly: false)
                let taken = cn_columns(UInt32(glyph)) + (filler == 0 ? 0 : cn_columns(UInt32(filler)))
                if taken != Int32(columns) { wrong.append(value) }
            }
            #expect(wrong.isEmpty)
        }
    }

    @Suite struct `Little is sent` {
        private func list(_ selected: Int, of size: Size) -> Canvas {
            var canvas = Canvas(size: size)
            for y in 0..<size.rows {
                canvas.write("\(1_000_000 + y)  Customer \(y * 7919 % 97) Ltd  Business Plan", x: 3, y: y)
            }
            canvas.write(">", x: 1, y: selected, style: .title)
            canvas.select(Rect(x: 0, y: selected, width: size.columns, height: 1))
            return canvas
        }

        @Test func `nothing for the same picture`() throws {
            let stage = try Stage(120, 40)
            stage.show(list(3, of: stage.terminal.size))
            #expect(stage.show(list(3, of: stage.terminal.size)) == 0)
        }

        @Test func `two rows when the selection moves`() throws {
            let stage = try Stage(120, 40)
            stage.show(list(3, of: stage.terminal.size))
            let bytes = stage.show(list(4, of: stage.terminal.size))
            #expect(bytes < 220)
            #expect(stage.screen.cell(60, 4).isReversed)
            #expect(stage.screen.cell(60, 3).isReversed == false)
        }

        @Test func `a letter when a letter changes`() throws {
            let stage = try Stage(120, 40)
            var canvas = list(3, of: stage.terminal.size)
            stage.show(canvas)
            canvas.write("x", x: 70, y: 30)
            #expect(stage.show(canvas) < 20)
        }

        @Test func `a big change in one piece`() throws {
            let stage = try Stage(120, 40)
            let text = stage.sent { stage.terminal.present(list(3, of: stage.terminal.size)) }
            #expect(text.contains("\u{1B}[?2026h"))
            #expect(text.hasSuffix("\u{1B}[?2026l"))
            #expect(stage.screen.modes[2026] == false)
        }

        @Test func `without marks where they are not wanted`() throws {
            let stage = try Stage(120, 40, marksFrames: false)
            let text = stage.sent { stage.terminal.present(list(3, of: stage.terminal.size)) }
            #expect(!text.contains("2026"))
            #expect(stage.screen.text == list(3, of: stage.terminal.size).text)
        }

        @Test(arguments: [1, 2, 5, -1, -3])
        func `moved rows without sequences that only some terminals know`(shift: Int) throws {
            let stage = try Stage(40, 20)
            func picture(_ first: Int) -> String {
                stage.sent(by: {
                    stage.terminal.present(
                        Self.lines((0..<20).map { "row \(first + $0) of a list that scrolls" }, on: stage))
                })
            }
            _ = picture(100)
            let bytes = picture(100 + shift)
            #expect(stage.screen.row(3).hasPrefix("row \(103 + shift) of a list"))
            // CSI n S and CSI n T scroll by n lines.
            #expect(bytes.firstMatch(of: /\u{1B}\[\d+[ST]/) == nil)
        }

        private static func lines(_ lines: [String], on stage: Stage) -> Canvas {
            var canvas = Canvas(size: stage.terminal.size)
            for (y, line) in lines.enumerated() { canvas.write(line, x: 0, y: y) }
            return canvas
        }

        @Test func `everything after a redraw was asked for`() throws {
            let stage = try Stage(20, 3)
            let canvas = list(1, of: stage.terminal.size)
            stage.show(canvas)
            stage.screen.feed(Array("\u{1B}[H\u{1B}[2Jdirt".utf8))
            stage.terminal.redraw()
            stage.show(canvas)
            #expect(stage.screen.text == canvas.text)
        }
    }

    @Suite struct `Hostile text` {
        @Test(arguments: [
            "\u{1B}]0;owned\u{7}", "\u{1B}[2J\u{1B}[31m", "\u{9B}31m", "\u{90}q\u{9C}", "a\u{202E}b\u{2066}c",
            "\r\n\u{8}\u{7F}\u{E}",
            "\u{200B}\u{FEFF}\u{2028}",
        ])
        func `sends no sequence of its own`(_ sample: String) throws {
            let stage = try Stage()
            let harmless = stage.sent {
                stage.terminal.present(Canvas(size: stage.terminal.size))
            }
            #expect(!harmless.isEmpty)
            var canvas = Canvas(size: stage.terminal.size)
            canvas.write("[" + sample + "]", x: 2, y: 1)
            let text = stage.sent { stage.terminal.present(canvas) }
            for scalar in text.unicodeScalars where scalar != "\u{1B}" && scalar != "\r" && scalar != "\n" {
                #expect(scalar.value >= 0x20 && !(0x7F..<0xA0).contains(scalar.value))
                #expect(!(0x202A...0x202E).contains(scalar.value) && !(0x2066...0x2069).contains(scalar.value))
            }
            #expect(!text.contains("\u{1B}]") && !text.contains("\u{1B}[31m") && !text.contains("\u{1B}[2J"))
            #expect(stage.screen.text == canvas.text)
        }

        @Test func `is harmless even as a cell that no text check has seen`() throws {
            let stage = try Stage(10, 2)
            #expect(stage.terminal.size.columns == 10)
            for scalar: UInt32 in [0x1B, 0x07, 0x9B, 0x202E, 0x200B, 0x301] {
                var cell = Cell("x")
                cell.scalar = scalar
                #expect(CanvasPainter.wideCharacters(for: cell, isWide: false, asciiOnly: false) == (0xFFFD, 0, 0))
                #expect(CanvasPainter.wideCharacters(for: cell, isWide: false, asciiOnly: true) == (0x3F, 0, 0))
            }
        }
    }
}
