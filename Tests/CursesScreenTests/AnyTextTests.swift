import Screen
import TerminalSupport
import TestSupport
import Testing

@testable import CursesScreen

extension Stages {
    /// Bytes as they may come from outside, through the one place that makes text harmless, to the cells of a terminal.
    @Suite struct `Any text from outside` {
        /// Sequences that would act, broken and overlong encodings, halves of pairs, and what once went wrong.
        private static let pieces: [[UInt8]] =
            [
                "\u{1B}[2J", "\u{1B}]0;owned\u{7}", "\u{1B}]52;c;eA==\u{7}", "\u{1B}P1$r\u{1B}\\", "\u{9B}31m",
                "\u{9D}0;x\u{9C}",
                "\u{202E}", "\u{2066}", "\u{200F}", "\u{61C}", "\u{2028}", "\u{85}", "\r\n", "\t", "\u{0}", "\u{7F}",
                "\u{E}",
                "e\u{301}\u{302}", "👩‍👩‍👧", "🇩🇪", "\u{FE0F}", "\u{E0041}", "\u{FFFE}", "\u{10FFFF}", "\u{FEFF}", "作者",
                "word ",
            ].map { Array($0.utf8) } + [
                // U+D800 and U+DFFF, alone and as a pair in six bytes.
                [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80],
                // Esc and a control of C1, overlong; a byte that leads nothing; a scalar beyond the last; one cut off.
                [0xC0, 0x9B], [0xE0, 0x80, 0x9B], [0xF0, 0x80, 0x80, 0x9B], [0xC0, 0x80], [0xFF], [0x9B],
                [0xF5, 0x80, 0x80, 0x80],
                [0xF4, 0x90, 0x80, 0x80], [0xE4, 0xBD],
            ]

        private static func text(_ dice: inout Dice) -> String {
            let bytes = (0..<dice.below(10)).flatMap { _ -> [UInt8] in
                switch dice.below(4) {
                case 0: (0..<dice.below(6)).map { _ in UInt8(dice.below(256)) }
                case 1: Unicode.Scalar(UInt32(dice.below(0x110000))).map { Array(String($0).utf8) } ?? [0xED]
                default: dice.one(of: pieces)
                }
            }
            return String(decoding: bytes, as: UTF8.self)
        }

        @Test func `of every scalar there is, nothing passes that a terminal acts on`() {
            let screen = EmulatedScreen(columns: 80, rows: 2)
            for first in stride(from: UInt32(0), to: 0x110000, by: 0x400) {
                var text = String.UnicodeScalarView()
                for value in first..<first + 0x400 { if let scalar = Unicode.Scalar(value) { text.append(scalar) } }
                screen.feed(TerminalText.safe(String(text)).utf8)
                #expect(screen.unexpected == [:], "from U+\(String(first, radix: 16))")
            }
        }

        @Test(arguments: 1...4) func `is harmless wherever it goes`(seed: UInt64) throws {
            var dice = Dice(seed: seed)
            let stage = try Stage(50, 6, asciiOnly: seed == 4)
            var canvas = Canvas(size: stage.terminal.size)
            for number in 0..<400 {
                let text = Self.text(&dice)
                let safe = TerminalText.safe(text)
                #expect(TerminalText.safe(safe).unicodeScalars.elementsEqual(safe.unicodeScalars))
                #expect(TerminalText.width(of: safe) == TerminalText.width(of: text))
                let width = dice.below(40)
                let lines = TerminalText.wrap(text, width: width) + [TerminalText.cut(text, to: width)]
                // A wide glyph in a column of its own stays whole.
                #expect(lines.allSatisfy { TerminalText.width(of: $0) <= max(width, width == 1 ? 2 : 0) })
                let place = (x: dice.below(60) - 5, y: number % 6)
                canvas.fill(Rect(x: 0, y: place.y, width: 50, height: 1))
                canvas.write(text, x: place.x, y: place.y, width: 1 + dice.below(50))
                if number % 5 == 0 { stage.show(canvas) }
                stage.terminal.title(text)
                _ = stage.terminal.copy(text)
                stage.emulator.settle()
                try #require(stage.screen.unexpected == [:], "seed \(seed), text \(number): \(text.debugDescription)")
            }
            stage.terminal.close()
            stage.emulator.settle()
            #expect(stage.screen.unexpected == [:])
        }
    }
}
