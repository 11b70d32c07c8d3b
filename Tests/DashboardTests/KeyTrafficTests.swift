import Glibc
import Screen
import TestSupport
import Testing

@testable import CursesScreen
@testable import Dashboard

/// Two people press the same keys, and one of them sits at a terminal that answers questions nobody asked, in pieces that
/// come whenever: both see the same. SOUK_FUZZ_EVENTS in the environment makes it more events.
@Suite(.onOwnThreads, .timeLimit(.minutes(120))) struct `A terminal that talks` {
    private static let events = getenv("SOUK_FUZZ_EVENTS").flatMap { Int(String(cString: $0)) } ?? 800

    private static let keys: [(String, [Key])] =
        "123457jkhlgGoOcARPxn/?,s*Vp ]-05".map { (String($0), [.character($0)]) } + [
            ("\r", [.enter]), ("\r", [.enter]), ("\u{1B}[13u", [.enter]), ("\t", [.tab]), ("\u{7F}", [.backspace]),
            ("\u{1B}[A", [.up]), ("\u{1B}OB", [.down]), ("\u{1B}[C", [.right]), ("\u{1B}OD", [.left]),
            ("\u{1B}[6~", [.pageDown]), ("\u{1B}[Z", [.backTab]), ("\u{1B}[21~", [.function(10)]),
            ("\u{1B}[21~", [.function(10)]), ("\u{1B}OP", [.function(1)]), ("\u{1B}Or", ["2"]), ("\u{1B}Ou", ["5"]),
            ("\u{15}", [.control("u")]), ("\u{1B}[27u", [.escape]), ("\u{1B}j", [.alt("j")]), ("\u{1B}5", [.alt("5")]),
            ("\u{1B}\r", [.alt(.enter)]), ("\u{1B}[<0;9;5M", [.mouse(Mouse(.click, x: 8, y: 4))]),
        ]

    /// Where they begin: a list, a filter that is typed, a form with text in it, a review, help.
    private static let places = [
        "", "5/AUR", "j<Right>j<Enter>/1000917<Enter>c28", "j<Right>j<Enter>/1000917<Enter>c28<F10>2", "?fil",
        "j<Right>j5/AUR-365-BP<Enter>o", ":nord", "j<Right>j<Enter>/1000917<Enter>c28<F10>28",
    ]

    @Test(arguments: 1...8) func `changes nothing by what is no key`(seed: UInt64) async {
        let (talking, quiet) = (await Stage(columns: 100, rows: 30), await Stage(columns: 100, rows: 30))
        for stage in [talking, quiet] { await stage.press(Self.places[Int(seed) - 1]) }
        var traffic = TerminalTraffic<Key>(seed: seed, keys: Self.keys, escape: [.escape], paste: { .paste($0) })
        var decoder = KeyDecoder(isUTF8: true, takesMouse: true)
        var now: Int64 = 1_000_000
        for number in 0..<(Self.events + 7) / 8 {
            let event = traffic.next()
            for piece in event.pieces {
                now += piece.silence
                decoder.begin(at: now)
                decoder.take(piece.bytes)
                for key in decoder.finish() { await talking.send(.key(key)) }
            }
            if event.rests { decoder.settle() }
            if !event.tail.isEmpty {
                now += 60
                decoder.begin(at: now)
                decoder.take(event.tail)
            }
            for key in decoder.finish() { await talking.send(.key(key)) }
            for key in event.meaning { await quiet.send(.key(key)) }
            let isSame = talking.screen == quiet.screen
            #expect(isSame, "seed \(seed), event \(number): \(event)\n\(talking.screen)\nand\n\(quiet.screen)")
            if !isSame { return }
        }
        #expect(talking.transport.writes == quiet.transport.writes)
    }
}
