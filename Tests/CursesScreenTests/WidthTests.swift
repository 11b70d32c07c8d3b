import Screen
import TerminalSupport
import TestSupport
import Testing

extension Stages {
    /// The columns that souk reckons with are those that a terminal takes: libvterm, which nobody of us wrote, is asked for
    /// every scalar, and for what scalars make together.
    @Suite struct `The width table and a terminal` {
        /// Why a scalar takes another number of columns in the emulator (libvterm 0.1.4) than in the C library, by which the
        /// table and curses go. A terminal that is as old shows the rest of such a line a column off until it is drawn anew.
        private enum Difference: CaseIterable {
            /// Its table of marks ends with Unicode 5.0: it takes a column for younger ones.
            case youngMark
            /// Its table of wide glyphs ends with Unicode 9.0: younger pictures and letters get one column of their two.
            case youngWideGlyph
            /// It takes signs that stand under or around numbers for marks: Arabic, Syriac, Hanunoo.
            case signAroundNumbers
            /// Marks that were letters, or had another place, in older tables: Mongolian, Buginese, Syloti Nagri.
            case becameMark
            /// Tone marks of Chinese and Hangul, and the voice marks of kana: it takes them for wide glyphs where they stand
            /// directly behind their letter, the C library those of Hangul.
            case markAmongWideGlyphs
            /// Two pictures that Unicode keeps narrow.
            case narrowPicture

            func explains(_ scalar: Unicode.Scalar, ours: Int, terminal: Int) -> Bool {
                let age = scalar.properties.age.map { ($0.major, $0.minor) } ?? (0, 0)
                return switch self {
                case .youngMark: ours == 0 && terminal == 1 && age > (5, 0)
                case .youngWideGlyph: ours == 2 && terminal == 1 && age > (9, 0)
                case .signAroundNumbers:
                    [0x600, 0x601, 0x602, 0x603, 0x6DD, 0x6DE, 0x70F, 0x1734].contains(scalar.value)
                case .becameMark: [0x1885, 0x1886, 0x1A1B, 0xA802].contains(scalar.value)
                case .markAmongWideGlyphs:
                    (0x302A...0x302F).contains(scalar.value) || [0x3099, 0x309A].contains(scalar.value)
                case .narrowPicture: [0x1F93B, 0x1F946].contains(scalar.value)
                }
            }

            static func isExplained(_ scalar: Unicode.Scalar, ours: Int, terminal: Int) -> Bool {
                allCases.contains { $0.explains(scalar, ours: ours, terminal: terminal) }
            }
        }

        private let screen = EmulatedScreen(columns: 80, rows: 2)

        private func inTerminal(_ text: String) -> Int { screen.columns(of: text) }

        @Test func `agree about every scalar, but for documented differences`() {
            var unexplained: [String] = []
            var used: Set<Difference> = []
            for value in UInt32(0x20)...0x10FFFF {
                guard let scalar = Unicode.Scalar(value), case let ours = TerminalText.columns(of: scalar), ours >= 0
                else {
                    continue
                }
                let terminal = screen.columns(after: scalar)
                if terminal == ours || TerminalText.safe("x\(scalar)") == "x" { continue }
                let reasons = Difference.allCases.filter { $0.explains(scalar, ours: ours, terminal: terminal) }
                used.formUnion(reasons)
                if reasons.isEmpty {
                    unexplained.append("U+\(String(value, radix: 16)): \(ours), in the terminal \(terminal)")
                }
            }
            #expect(unexplained.isEmpty)
            #expect(used.count == Difference.allCases.count, "a difference that is gone is not listed")
        }

        private static let sequences = [
            // Marks, one and several; a mark on nothing, on a blank and on a wide glyph.
            "e\u{301}", "e\u{301}\u{302}\u{323}", "\u{301}x", " \u{301}", "作\u{301}", "\u{304C}", "n\u{303}o\u{308}",
            // Pictures with joiners, skins, variation selectors, keycaps, flags whole and halved, tags.
            "👩‍👩‍👧‍👦", "👩🏽‍🚀", "🏳️‍🌈", "❤️", "❤︎", "☎️", "1️⃣", "#️⃣", "🇩🇰", "🇩🇰🇩", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "👍🏽", "🏽", "👩‍⚕️", "a‍b", "‍",
            // Hangul whole, in halves, and a vowel alone.
            "한국", "\u{1112}\u{1161}\u{11AB}", "\u{1161}", "\u{1100}\u{1100}", "ﾊﾝｸﾞﾙ",
            // Of ambiguous width: one column here, as in the C library.
            "±·×§°", "“…”–—", "αβγ", "ЖЯ", "①②", "│─┼", "→←", "™®©", "½¼", "★☆", "Ω℃",
            // Written from the right: Hebrew with points, Arabic with marks, ligatures of four letters, and overrides.
            "שלום", "שָׁלוֹם", "العربية", "العَرَبِيَّةُ", "ﷺ", "لا", "abc שלום 123", "a\u{202E}bc\u{202C}d",
            "\u{2067}שלום\u{2069}",
            // Indian and Thai vowels that stand around their consonants.
            "क्षि", "नमस्ते", "ที่นี่", "กำ", "தமிழ்", "മലയാളം",
            // Controls, tabs, line ends, broken characters.
            "a\tb", "a\r\nb", "\u{1B}[31mred", "\u{9B}2J", "\u{7F}", "\u{0}", "\u{FFFD}", "\u{FFFE}", "\u{10FFFF}",
            "\u{E000}",
        ]

        @Test(arguments: sequences) func `agree about`(_ text: String) {
            #expect(TerminalText.width(of: text) == inTerminal(TerminalText.safe(text)))
            #expect(TerminalText.width(of: "<\(text)>") == inTerminal(TerminalText.safe("<\(text)>")))
        }

        /// Text of the sequences above and of scalars from everywhere, without those that the terminal knows otherwise.
        private func anyText(_ dice: inout Dice) -> String {
            (0..<dice.below(12)).map { _ in
                if dice.below(3) > 0 { return dice.one(of: Self.sequences + ["word", " ", "Jørgensen", "作者"]) }
                while true {
                    let value = UInt32(dice.below(dice.below(2) == 0 ? 0x3000 : 0x20000))
                    guard let scalar = Unicode.Scalar(value) else { continue }
                    let ours = TerminalText.columns(of: scalar)
                    let terminal = ours < 0 ? ours : screen.columns(after: scalar)
                    if !Difference.isExplained(scalar, ours: ours, terminal: terminal) { return String(scalar) }
                }
            }.joined()
        }

        @Test func `agree about any text, and none is cut wider than its limit`() {
            var dice = Dice(seed: 11)
            for _ in 0..<1500 {
                let text = anyText(&dice)
                let safe = TerminalText.safe(text)
                let width = TerminalText.width(of: text)
                #expect(inTerminal(safe) == min(width, 79), "\(text.debugDescription)")
                let limit = dice.below(30)
                let cut = TerminalText.cut(text, to: limit)
                #expect(TerminalText.width(of: cut) <= limit && inTerminal(cut) <= limit, "\(text.debugDescription)")
                if width <= limit || limit == 0 {
                    #expect(cut == (limit == 0 ? "" : safe))
                } else {
                    // Only the one column that a wide glyph would have needed two of may be left.
                    #expect(cut.last == "…" && TerminalText.width(of: cut) >= limit - 1, "\(text.debugDescription)")
                    #expect(safe.unicodeScalars.starts(with: cut.unicodeScalars.dropLast()))
                }
            }
        }

        @Test func `agree about any text that is drawn, so that what follows it does not move`() throws {
            var dice = Dice(seed: 12)
            let stage = try Stage(60, 8)
            for _ in 0..<60 {
                var canvas = Canvas(size: stage.terminal.size)
                let limits = (0..<8).map { _ in dice.below(56) }
                for (y, limit) in limits.enumerated() {
                    canvas.write(anyText(&dice), x: 1, y: y, width: limit)
                    canvas.write("|", x: 58, y: y)
                    canvas.write("|", x: 1 + limit, y: y)
                }
                stage.show(canvas)
                for (y, limit) in limits.enumerated() {
                    #expect(stage.screen.cell(58, y).text == "|" && stage.screen.cell(1 + limit, y).text == "|")
                }
                try #require(stage.screen.text.unicodeScalars.elementsEqual(canvas.text.unicodeScalars))
            }
            #expect(stage.screen.unexpected == [:])
        }
    }
}
