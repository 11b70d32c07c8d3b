import CNCurses
import Screen
import TestSupport
import Testing

@testable import CursesScreen

@Suite struct `Decoding keys` {
    private func decode(_ readings: [Int32]..., isUTF8: Bool = true) -> [Key] {
        var decoder = KeyDecoder(isUTF8: isUTF8, takesMouse: true)
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

    @Test func `reports of the focus are no keys`() {
        var decoder = KeyDecoder(isUTF8: true, takesMouse: true)
        func read(_ text: String) -> [Key] {
            decoder.begin(at: 0)
            for code in bytes(text) { decoder.take(code) }
            return decoder.finish()
        }
        #expect(decoder.hasFocus)
        #expect(read("a\u{1B}[Ob") == ["a", "b"])
        #expect(!decoder.hasFocus)
        #expect(read("\u{1B}[1O") == [])
        #expect(read("\u{1B}[1I") == [])
        #expect(!decoder.hasFocus)
        #expect(read("\u{1B}[I") == [])
        #expect(decoder.hasFocus)
    }

    @Test func `an unknown sequence is dropped whole`() {
        #expect(decode(bytes("\u{1B}[1;2;3xq")) == ["q"])
        #expect(decode(bytes("\u{1B}Oyq")) == ["q"])
    }

    @Test func `an unfinished sequence does not swallow what is typed later`() {
        var decoder = KeyDecoder(isUTF8: true, takesMouse: true)
        decoder.begin(at: 0)
        for code in bytes("\u{1B}[<0;1") { decoder.take(code) }
        #expect(decoder.finish() == [])
        decoder.begin(at: 101)
        for code in bytes("q") { decoder.take(code) }
        #expect(decoder.finish() == ["q"])
    }

    @Test func `a report that comes apart is whole, and none of it is a key`() {
        let click = Key.mouse(Mouse(.click, x: 11, y: 6))
        #expect(decode(bytes("\u{1B}[<0;1"), bytes("2;7M"), bytes("j")) == [click, "j"])
    }

    @Test(arguments: [
        ("\u{1B}[<0;1;1M", Mouse(.click, x: 0, y: 0)), ("\u{1B}[<16;300;100M", Mouse(.click, x: 299, y: 99)),
        ("\u{1B}[<64;5;6M", Mouse(.wheelUp, x: 4, y: 5)), ("\u{1B}[<65;5;6M", Mouse(.wheelDown, x: 4, y: 5)),
        ("\u{1B}[<69;5;6M", Mouse(.wheelDown, x: 4, y: 5)),
    ])
    func `the mouse is told with its cell`(_ report: String, _ mouse: Mouse) {
        #expect(decode(bytes(report)) == [.mouse(mouse)])
    }

    @Test(arguments: [
        "\u{1B}[<0;1;1m", "\u{1B}[<1;1;1M", "\u{1B}[<2;1;1M", "\u{1B}[<32;1;1M", "\u{1B}[<66;1;1M", "\u{1B}[<0;1M",
        "\u{1B}[<0;1;1;1M", "\u{1B}[<0;-1;1M", "\u{1B}[<0;99999999999999999999;1M", "\u{1B}[<M",
        "\u{1B}[M !!", "\u{1B}[MqMM",
    ])
    func `what else mice report is dropped whole`(_ report: String) {
        #expect(decode(bytes(report + "k")) == ["k"])
    }

    @Test func `a mouse that nobody wants is dropped`() {
        var decoder = KeyDecoder(isUTF8: true, takesMouse: false)
        decoder.begin(at: 0)
        for code in bytes("\u{1B}[<0;12;7Mq") { decoder.take(code) }
        #expect(decoder.finish() == ["q"])
    }

    @Test func `the focus is followed and is no key`() {
        var decoder = KeyDecoder(isUTF8: true, takesMouse: true)
        #expect(decoder.hasFocus)
        decoder.begin(at: 0)
        for code in bytes("\u{1B}[Oj") { decoder.take(code) }
        #expect(decoder.finish() == ["j"])
        #expect(!decoder.hasFocus)
        for code in bytes("\u{1B}[I") { decoder.take(code) }
        #expect(decoder.finish() == [])
        #expect(decoder.hasFocus)
    }

    @Test(arguments: ["\u{1B}[", "\u{1B}[<0;1", "\u{1B}O", "\u{1B}[M", "\u{1B}[M!"])
    func `a sequence that was cut off swallows no paste, no ^C and no key that curses knows`(_ start: String) {
        let paste = [KeyDecoder.pasteStart] + bytes("25\r") + [KeyDecoder.pasteEnd]
        #expect(decode(bytes(start) + paste) == [.paste("25\n")])
        #expect(decode(bytes(start + "\u{3}j")) == [.control("c"), "j"])
        #expect(decode(bytes(start) + [KEY_DOWN]) == [.down])
        #expect(decode(bytes(start + "\u{1B}[O")) == [])
    }

    @Test func `line ends of a paste are line feeds`() {
        let codes = [KeyDecoder.pasteStart] + bytes("a\rb\r\nc\nd") + [KeyDecoder.pasteEnd]
        #expect(decode(codes) == [.paste("a\nb\nc\nd")])
    }

    @Test func `keys in a paste are no keys`() {
        #expect(decode([KeyDecoder.pasteStart, 0x71, 0x1B, 0x03, KeyDecoder.pasteEnd]) == [.paste("q\u{1B}\u{3}")])
    }

    @Test func `a paste larger than the limit is cut`() {
        var decoder = KeyDecoder(isUTF8: true, takesMouse: true)
        decoder.begin(at: 0)
        decoder.take(KeyDecoder.pasteStart)
        for _ in 0..<KeyDecoder.pasteLimit + 10 { decoder.take(0x61) }
        decoder.take(KeyDecoder.pasteEnd)
        guard case .paste(let text)? = decoder.finish().first else { return #expect(Bool(false)) }
        #expect(text.utf8.count == KeyDecoder.pasteLimit)
    }

    @Test func `a paste without end is given up for ^C after a silence`() {
        var decoder = KeyDecoder(isUTF8: true, takesMouse: true)
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
        var decoder = KeyDecoder(isUTF8: true, takesMouse: true)
        for reading in 0..<2000 {
            decoder.begin(at: Int64(reading * 400))
            for _ in 0..<dice.below(20) { decoder.take(Int32(dice.below(dice.below(4) == 0 ? 2100 : 256))) }
            _ = decoder.finish()
        }
        // A paste that never ended is given up by ^C after a silence; then keys are keys.
        decoder.begin(at: 1_000_000)
        for code: Int32 in [0x03, 0x71] { decoder.take(code) }
        #expect(decoder.finish().suffix(2) == [.control("c"), "q"])
    }
}
