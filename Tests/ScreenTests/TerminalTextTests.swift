import Screen
import TestSupport
import Testing

@Suite struct `Terminal text` {
    @Test(arguments: [
        ("plain", "plain"), ("Jørgensen & Søn A/S", "Jørgensen & Søn A/S"), ("作者", "作者"), ("Aurora™", "Aurora™"),
        ("a\tb\nc\rd", "a b c d"), ("a\u{2028}b\u{85}c", "a b c"),
        ("\u{1B}[31mred\u{1B}[0m", "\u{FFFD}[31mred\u{FFFD}[0m"),
        ("\u{1B}]0;title\u{7}", "\u{FFFD}]0;title\u{FFFD}"), ("\u{9B}2J", "\u{FFFD}2J"), ("\u{7F}", "\u{FFFD}"),
        ("\u{0}", "\u{FFFD}"), ("a\u{202E}fdp.exe", "afdp.exe"), ("\u{2066}x\u{2069}\u{200F}", "x"),
        ("z\u{200B}e\u{FEFF}r\u{2060}o\u{AD}", "zero"), ("👩‍👩‍👧", "👩"), ("👩🏽‍🚀!", "👩!"), ("👩‍⚕️ ok", "👩 ok"),
        ("❤️", "❤"), ("e\u{301}", "e\u{301}"), ("e\u{301}\u{302}\u{303}", "e\u{301}"), ("\u{301}x", "x"),
        ("\u{E0041}tag", "tag"), ("", ""),
    ])
    func `is made harmless`(_ text: String, _ expected: String) {
        #expect(Array(TerminalText.safe(text).unicodeScalars) == Array(expected.unicodeScalars))
    }

    @Test(arguments: [
        ("", 0), ("abc", 3), ("作者", 4), ("Jørgen", 6), ("™", 1), ("👍", 2), ("👍🏽", 2), ("👩‍👩‍👧", 2), ("🇩🇪", 2),
        ("e\u{301}", 1), ("\u{200B}", 0), ("\u{1B}[", 2), ("ﾊﾝｶｸ", 4), ("ＡＢ", 4), ("한국", 4),
    ])
    func `has the width that it takes`(_ text: String, _ width: Int) {
        #expect(TerminalText.width(of: text) == width)
    }

    @Test(arguments: [
        ("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("abcdef", 1, "…"), ("abcdef", 0, ""), ("abcdef", -3, ""),
        ("作者作者", 8, "作者作者"), ("作者作者", 7, "作者作…"), ("作者作者", 6, "作者…"), ("作者", 2, "…"),
        ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"),
    ])
    func `is cut between glyphs`(_ text: String, _ width: Int, _ expected: String) {
        let cut = TerminalText.cut(text, to: width)
        #expect(cut == expected)
        #expect(TerminalText.width(of: cut) <= max(0, width))
    }

    @Test func `is wrapped at spaces`() {
        #expect(TerminalText.wrap("one two three", width: 7) == ["one two", "three"])
        #expect(TerminalText.wrap("  one   two  ", width: 20) == ["one two"])
        #expect(TerminalText.wrap("", width: 5) == [])
        #expect(TerminalText.wrap("word", width: 0) == [])
    }

    @Test func `is broken within words that are longer than a line`() {
        #expect(TerminalText.wrap("abcdefgh ij", width: 3) == ["abc", "def", "gh", "ij"])
        #expect(TerminalText.wrap("作者作者", width: 5) == ["作者", "作者"])
        #expect(TerminalText.wrap("作", width: 1) == ["作"])
        #expect(TerminalText.wrap("作者", width: 1) == ["作", "者"])
        // Letters of several glyphs, which are wider together than the line.
        #expect(TerminalText.wrap("\u{1100}\u{1100}x", width: 2) == ["\u{1100}", "\u{1100}", "x"])
        #expect(TerminalText.wrap("க்ஷக்ஷ", width: 3).allSatisfy { TerminalText.width(of: $0) <= 3 })
    }

    @Test func `is never wider than its line, whatever it holds`() {
        var dice = Dice(seed: 3)
        let parts = ["word", "作者", " ", "e\u{301}", "👩‍👩‍👧", "\u{1B}[2J", "Jørgensen", "\u{202E}", "a", "\n"]
        for _ in 0..<500 {
            let text = (0..<dice.below(12)).map { _ in parts[dice.below(parts.count)] }.joined()
            let width = 2 + dice.below(20)
            for line in TerminalText.wrap(text, width: width) {
                #expect(TerminalText.width(of: line) <= width)
                #expect(TerminalText.safe(line) == line)
            }
            #expect(TerminalText.width(of: TerminalText.safe(text)) == TerminalText.width(of: text))
        }
    }
}
