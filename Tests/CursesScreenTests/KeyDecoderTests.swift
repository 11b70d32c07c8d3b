import Screen
import Testing

@testable import CursesScreen

@Suite struct `Decoding keys` {
    private func decode(_ readings: [Int32]..., isUTF8: Bool = true) -> [Key] {
        var decoder = KeyDecoder(isUTF8: isUTF8)
        return readings.flatMap { codes in
            decoder.begin(at: 0)
            for code in codes { decoder.take(code) }
            return decoder.finish()
        }
    }

    private func bytes(_ text: String) -> [Int32] { text.utf8.map { Int32($0) } }

    @Test func `a scalar whose bytes come apart is whole`() {
        #expect(decode([0xE4], [0xBD], [0x9C]) == ["作"])
    }

    @Test func `bytes that are no UTF-8 are dropped and nothing else with them`() {
        #expect(decode([0xFF, 0x61, 0xC3, 0x62, 0x80, 0x63, 0xE4, 0xC3, 0xB8]) == ["a", "b", "c", "ø"])
    }

    @Test func `a surrogate in UTF-8 is no character`() {
        #expect(decode([0xED, 0xA0, 0x80, 0x61]) == ["a"])
    }

    @Test func `a mark joins the letter before it`() {
        #expect(decode(bytes("e\u{301}x")) == [.character("e\u{301}"), "x"])
    }

    @Test func `Esc before another key stays Esc`() {
        #expect(decode(bytes("\u{1B}j")) == [.escape, "j"])
        #expect(decode([0x1B, 0x1B]) == [.escape, .escape])
    }

    @Test func `an unknown sequence is dropped whole`() {
        #expect(decode(bytes("\u{1B}[1;2;3xq")) == ["q"])
        #expect(decode(bytes("\u{1B}Oyq")) == ["q"])
    }

    @Test func `an unfinished sequence does not swallow the next reading`() {
        #expect(decode(bytes("\u{1B}["), bytes("q")) == ["q"])
    }

    @Test func `line ends of a paste are line feeds`() {
        let codes = [KeyDecoder.pasteStart] + bytes("a\rb\r\nc\nd") + [KeyDecoder.pasteEnd]
        #expect(decode(codes) == [.paste("a\nb\nc\nd")])
    }

    @Test func `keys in a paste are no keys`() {
        #expect(decode([KeyDecoder.pasteStart, 0x71, 0x1B, 0x03, KeyDecoder.pasteEnd]) == [.paste("q\u{1B}\u{3}")])
    }

    @Test func `a paste larger than the limit is cut`() {
        var decoder = KeyDecoder(isUTF8: true)
        decoder.begin(at: 0)
        decoder.take(KeyDecoder.pasteStart)
        for _ in 0..<KeyDecoder.pasteLimit + 10 { decoder.take(0x61) }
        decoder.take(KeyDecoder.pasteEnd)
        guard case .paste(let text)? = decoder.finish().first else { return #expect(Bool(false)) }
        #expect(text.utf8.count == KeyDecoder.pasteLimit)
    }

    @Test func `a paste without end is given up for ^C after a silence`() {
        var decoder = KeyDecoder(isUTF8: true)
        decoder.begin(at: 0)
        for code in [KeyDecoder.pasteStart, 0x61, 0x03] { decoder.take(code) }
        #expect(decoder.finish() == [])
        #expect(decoder.isInPaste)
        decoder.begin(at: 1500)
        for code: Int32 in [0x03, 0x71] { decoder.take(code) }
        #expect(decoder.finish() == [.control("c"), "q"])
        #expect(!decoder.isInPaste)
    }

    @Test func `any input is survived`() {
        var dice = Dice(seed: 11)
        var decoder = KeyDecoder(isUTF8: true)
        for reading in 0..<2000 {
            decoder.begin(at: Int64(reading * 400))
            for _ in 0..<dice.below(20) { decoder.take(Int32(dice.below(dice.below(4) == 0 ? 2100 : 256))) }
            _ = decoder.finish()
        }
    }
}
