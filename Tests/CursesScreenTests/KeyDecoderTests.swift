import Screen
import TestSupport
import Testing

@testable import CursesScreen

/// Bytes in readings, each at its time, and the keys that come of them.
struct DecodedReadings {
    var decoder: KeyDecoder
    private var now: Int64 = 1_000_000

    init(
        isUTF8: Bool = true, takesMouse: Bool = true, source: KeyDecoder.Source = .terminal,
        pause: EscapePause = EscapePause(), ownKeys: [[UInt8]: Key] = [:]
    ) {
        decoder = KeyDecoder(isUTF8: isUTF8, takesMouse: takesMouse, source: source, pause: pause, ownKeys: ownKeys)
        decoder.begin(at: now)
    }

    /// Reads `bytes` so many milliseconds after what came before, and waits for nothing more.
    mutating func read(_ bytes: [UInt8], after silence: Int64 = 1) -> [Key] {
        now += silence
        decoder.begin(at: now)
        decoder.take(bytes)
        return decoder.finish()
    }

    mutating func read(_ text: String, after silence: Int64 = 1) -> [Key] { read(Array(text.utf8), after: silence) }

    /// Nothing comes for the length of the pause, which a lone Esc waits for.
    mutating func rest() -> [Key] {
        now += Int64(decoder.pause.milliseconds)
        decoder.settle()
        return decoder.finish()
    }
}

@Suite struct `Decoding keys` {
    private func decode(_ pieces: [UInt8]..., isUTF8: Bool = true) -> [Key] {
        var readings = DecodedReadings(isUTF8: isUTF8)
        return pieces.flatMap { readings.read($0) } + readings.rest()
    }

    private func keys(_ text: String) -> [Key] { decode(Array(text.utf8)) }

    // MARK: Text

    @Test func `a scalar whose bytes come apart is whole`() {
        #expect(decode([0xE4], [0xBD], [0x9C]) == ["作"])
    }

    @Test func `bytes that are no UTF-8 are dropped and nothing else with them`() {
        #expect(decode([0xFF, 0x61, 0xC3, 0x62, 0x80, 0x63, 0xE4, 0xC3, 0xB8]) == ["a", "b", "c", "ø"])
    }

    @Test func `a surrogate in UTF-8 is no character that stays`() {
        #expect(decode([0xED, 0xA0, 0x80, 0x61]) == ["\u{FFFD}", "a"])
    }

    @Test func `a mark joins the letter before it`() {
        #expect(keys("e\u{301}x") == [.character("e\u{301}"), "x"])
    }

    @Test(arguments: ["›", "“", "作", "Ü", "\u{1F39B}", "ě"])
    func `bytes within a character are no controls of eight bits`(_ text: String) {
        #expect(keys(text + "11;rgb").first == .character(Character(text)))
        #expect(keys(text + "j") == [.character(Character(text)), "j"])
    }

    // MARK: Esc and Alt

    @Test func `an Esc with nothing behind it is one`() {
        var readings = DecodedReadings()
        #expect(readings.read("\u{1B}") == [])
        #expect(readings.decoder.isUndecided)
        #expect(readings.rest() == [.escape])
        #expect(readings.read("j", after: 200) == ["j"])
    }

    @Test(
        arguments: [
            ("\u{1B}j", .alt("j")), ("\u{1B}É", .alt("É")), ("\u{1B}\r", .alt(.enter)),
            ("\u{1B}\u{7F}", .alt(.backspace)),
            ("\u{1B}\u{3}", .alt(.control("c"))), ("\u{1B}5", .alt("5")), ("\u{1B}\u{1B}[A", .alt(.up)),
            ("\u{1B}\u{1B}OB", .alt(.down)), ("\u{1B}[1;3D", .alt(.left)), ("\u{1B}[1;3P", .alt(.function(1))),
            ("\u{1B}[3;3~", .alt(.delete)), ("\u{1B}[98;3u", .alt("b")), ("\u{1B}[27;3;98~", .alt("b")),
            ("\u{1B} ", .alt(" ")),
        ] as [(String, Key)])
    func `a key with Alt is a key of its own and never Esc and the key`(_ text: String, _ key: Key) {
        #expect(keys(text) == [key])
    }

    @Test func `Esc pressed twice is Esc twice`() {
        #expect(keys("\u{1B}\u{1B}") == [.escape, .escape])
        #expect(keys("\u{1B}\u{1B}\u{1B}") == [.escape, .escape, .escape])
    }

    @Test func `Esc just before what is no key is Esc`() {
        #expect(keys("\u{1B}\u{1B}[?62;22ck") == [.escape, "k"])
        #expect(keys("\u{1B}\u{1B}]11;rgb:0/0/0\u{7}k") == [.escape, "k"])
        #expect(keys("\u{1B}\u{1B}[<0;1;1M") == [.escape, .mouse(Mouse(.click, x: 0, y: 0))])
        #expect(keys("\u{1B}\u{1B}[200~a\u{1B}[201~") == [.escape, .paste("a")])
    }

    @Test func `in a pipe nobody holds Alt`() {
        var pipe = DecodedReadings(source: .pipe)
        #expect(pipe.read("\u{1B}q\u{1B}\u{1B}[A") + pipe.rest() == [.escape, "q", .escape, .up])
    }

    // MARK: Keys as sequences

    @Test(
        arguments: [
            ("\u{1B}[A", .up), ("\u{1B}OA", .up), ("\u{1B}[H", .home), ("\u{1B}[1~", .home), ("\u{1B}[7~", .home),
            ("\u{1B}OF", .end), ("\u{1B}[8~", .end), ("\u{1B}[5~", .pageUp), ("\u{1B}[2~", .insert),
            ("\u{1B}[Z", .backTab),
            ("\u{1B}[1;2Z", .backTab), ("\u{1B}OP", .function(1)), ("\u{1B}[11~", .function(1)),
            ("\u{1B}[[A", .function(1)), ("\u{1B}[[E", .function(5)), ("\u{1B}[15~", .function(5)),
            ("\u{1B}[21~", .function(10)), ("\u{1B}[24~", .function(12)), ("\u{1B}[34~", .function(20)),
            ("\u{1B}[1;129A", .up), ("\u{1B}[1;65B", .down), ("\u{1B}[3;193~", .delete), ("\u{1B}[1;1:1C", .right),
            ("\u{1B}[1;1:2C", .right),
        ] as [(String, Key)])
    func `each form of a key is the key, whatever locks are on`(_ text: String, _ key: Key) {
        #expect(keys(text) == [key])
        var readings = DecodedReadings()
        #expect(text.utf8.flatMap { readings.read([$0]) } == [key])
    }

    @Test func `the numeric keypad types what is printed on it`() {
        let keypad = "pqrstuvwxyjklmnoX".map { "\u{1B}O\($0)" }.joined()
        #expect(keys(keypad) == "0123456789*+,-./=".map { .character($0) })
        #expect(keys("\u{1B}OM\u{1B}OI\u{1B}O ") == [.enter, .tab, " "])
        let kitty = (57399...57413).map { "\u{1B}[\($0)u" }.joined()
        #expect(keys(kitty) == "0123456789./*-+".map { .character($0) })
        #expect(keys("\u{1B}[57414u\u{1B}[57400;129u\u{1B}[57419u") == [.enter, "1", .up])
    }

    @Test(
        arguments: [
            ("\u{1B}[27u", .escape), ("\u{1B}[13u", .enter), ("\u{1B}[13;2u", .enter), ("\u{1B}[9u", .tab),
            ("\u{1B}[9;2u", .backTab), ("\u{1B}[127u", .backspace), ("\u{1B}[99;5u", .control("c")),
            ("\u{1B}[99;69u", .control("c")), ("\u{1B}[99;133u", .control("c")), ("\u{1B}[27;5;99~", .control("c")),
            ("\u{1B}[27;5;67~", .control("c")), ("\u{1B}[27;2;13~", .enter), ("\u{1B}[27;2;9~", .backTab),
            ("\u{1B}[97u", "a"), ("\u{1B}[97;65u", "a"), ("\u{1B}[97;2u", "A"), ("\u{1B}[97:65;2u", "A"),
            ("\u{1B}[55:47;2u", "/"), ("\u{1B}[27;2;33~", "!"), ("\u{1B}[97;2;65u", "A"), ("\u{1B}[55;2;47u", "/"),
            ("\u{1B}[229;1u", "å"), ("\u{1B}[0;;228u", "ä"), ("\u{1B}[32u", " "), ("\u{1B}[91;5u", .escape),
            ("\u{1B}[105;5u", .tab), ("\u{1B}[32;5u", .control(" ")), ("\u{1B}[57364u", .function(1)),
        ] as [(String, Key)])
    func `the keyboard protocols of kitty and xterm are understood`(_ text: String, _ key: Key) {
        #expect(keys(text) == [key])
    }

    @Test(arguments: [
        "\u{1B}[97;1:3u", "\u{1B}[13;1:3u", "\u{1B}[1;1:3A", "\u{1B}[3;1:3~", "\u{1B}[57441;2u", "\u{1B}[57358u",
        "\u{1B}[97;9u", "\u{1B}[97;33u", "\u{1B}[55;2u", "\u{1B}[99;6u", "\u{1B}[13;5u", "\u{1B}[1;5C", "\u{1B}[3;2~",
        "\u{1B}[5$", "\u{1B}[5^", "\u{1B}[5@", "\u{1B}[a", "\u{1B}Oa", "\u{1B}[1;2R", "\u{1B}[E", "\u{1B}[G",
        "\u{1B}O5P", "\u{1B}[u", "\u{1B}[97;1;27u\u{1B}[0;;3u",
    ])
    func `a key that was let go, or with what is held to no effect, does nothing`(_ text: String) {
        // A text that is a control is none: the key itself is meant.
        let before: [Key] = text.hasPrefix("\u{1B}[97;1;27u") ? ["a"] : []
        #expect(keys(text + "k") == before + ["k"])
    }

    @Test func `keys that only the terminal's entry knows are keys`() {
        let own: [[UInt8]: Key] = [
            Array("\u{1B}A".utf8): .up, Array("\u{1B}[I".utf8): .pageUp, Array("\u{1B}[M".utf8): .function(1),
        ]
        var readings = DecodedReadings(ownKeys: own)
        #expect(readings.read("\u{1B}A\u{1B}[I\u{1B}[Mj") == [.up, .pageUp, .function(1), "j"])
        #expect(readings.decoder.hasFocus)
    }

    // MARK: Reports

    @Test func `the focus is followed and is no key`() {
        var readings = DecodedReadings()
        #expect(readings.read("a\u{1B}[Ob") == ["a", "b"])
        #expect(!readings.decoder.hasFocus)
        #expect(readings.read("\u{1B}[1O\u{1B}[1I") == [])
        #expect(!readings.decoder.hasFocus)
        #expect(readings.read("\u{1B}[I") == [])
        #expect(readings.decoder.hasFocus)
    }

    @Test(arguments: [
        ("\u{1B}[<0;1;1M", Mouse(.click, x: 0, y: 0)), ("\u{1B}[<16;300;100M", Mouse(.click, x: 299, y: 99)),
        ("\u{1B}[<64;5;6M", Mouse(.wheelUp, x: 4, y: 5)), ("\u{1B}[<65;5;6M", Mouse(.wheelDown, x: 4, y: 5)),
        ("\u{1B}[<69;5;6M", Mouse(.wheelDown, x: 4, y: 5)), ("\u{9B}<0;1;1M", Mouse(.click, x: 0, y: 0)),
    ])
    func `the mouse is reported with its cell`(_ report: String, _ mouse: Mouse) {
        #expect(keys(report) == [.mouse(mouse)])
    }

    @Test(arguments: [
        "\u{1B}[<0;1;1m", "\u{1B}[<1;1;1M", "\u{1B}[<2;1;1M", "\u{1B}[<32;1;1M", "\u{1B}[<66;1;1M", "\u{1B}[<0;1M",
        "\u{1B}[<0;1;1;1M", "\u{1B}[<0;0;1M", "\u{1B}[<0;99999999999999999999;1M", "\u{1B}[<M", "\u{1B}[M !!",
        "\u{1B}[MqMM", "\u{1B}[M \u{A1}\u{A1}", "\u{1B}[M \u{A1}!", "\u{1B}[32;10;5M", "\u{1B}[t!!", "\u{1B}[T!!!!!!",
    ])
    func `what else mice report is dropped whole`(_ report: String) {
        #expect(keys(report + "k") == ["k"])
        var readings = DecodedReadings()
        #expect((report + "k").utf8.flatMap { readings.read([$0]) } == ["k"])
    }

    @Test func `a mouse that nobody wants is dropped`() {
        var readings = DecodedReadings(takesMouse: false)
        #expect(readings.read("\u{1B}[<0;12;7Mq") == ["q"])
    }

    @Test(arguments: TerminalAnswers.examples) func `no answer of a terminal is a key`(_ answer: [UInt8]) {
        #expect(decode(answer + [0x6B]) == ["k"])
        var slow = DecodedReadings()
        #expect((answer + [0x6B]).flatMap { slow.read([$0], after: 20) } == ["k"])
    }

    // MARK: Pastes

    @Test func `line ends of a paste are line feeds`() {
        #expect(keys("\u{1B}[200~a\rb\r\nc\nd\u{1B}[201~") == [.paste("a\nb\nc\nd")])
    }

    @Test func `keys in a paste are no keys`() {
        #expect(keys("\u{1B}[200~q\u{1B}\u{3}\u{1B}[A\u{1B}[201~") == [.paste("q\u{1B}\u{3}\u{1B}[A")])
    }

    @Test func `another start within a paste is not in its text`() {
        #expect(keys("\u{1B}[200~one\u{1B}[200~two\u{1B}[201~k") == [.paste("onetwo"), "k"])
        #expect(keys("k\u{1B}[201~k") == ["k", "k"])
    }

    @Test func `a paste is marked with controls of eight bits too, but not within a character`() {
        #expect(decode([0x9B] + Array("200~a".utf8) + [0x9B] + Array("201~k".utf8)) == [.paste("a"), "k"])
        #expect(keys("\u{1B}[200~ě201~\u{1B}[201~") == [.paste("ě201~")])
    }

    @Test func `a paste larger than the limit is cut`() {
        var readings = DecodedReadings()
        let text = [UInt8](repeating: 0x61, count: KeyDecoder.pasteLimit + 10)
        guard
            case .paste(let kept)? = readings.read(Array("\u{1B}[200~".utf8) + text + Array("\u{1B}[201~k".utf8)).first
        else { return #expect(Bool(false)) }
        #expect(kept.utf8.count == KeyDecoder.pasteLimit)
        #expect(readings.read("k") == ["k"])
    }

    @Test(arguments: [("\u{3}", Key.control("c")), ("\u{1B}", .escape)])
    func `a paste without end is given up for ^C or Esc after a silence`(_ way: String, _ key: Key) {
        var readings = DecodedReadings()
        #expect(readings.read("\u{1B}[200~a\u{3}\u{1B}") == [])
        #expect(readings.rest() == [])
        #expect(readings.read("b", after: 1500) == [])
        #expect(readings.decoder.isInPaste)
        #expect(readings.read(way, after: 1500) + readings.rest() == [key])
        #expect(!readings.decoder.isInPaste)
        #expect(readings.read("q", after: 300) == ["q"])
    }

    @Test func `the end of a paste is one however late, and in pieces`() {
        var readings = DecodedReadings()
        #expect(readings.read("\u{1B}[200~a") == [])
        #expect(readings.read("\u{1B}", after: 1500) == [])
        #expect(readings.read("[201~k", after: 10) == [.paste("a"), "k"])
    }
}
