import Glibc
import Screen
import TerminalSupport
import Testing

@testable import CursesScreen

@Suite struct `Bytes of a pipe or a plain terminal` {
    private func keys(_ text: String, isOver: Bool = true) -> [Key] {
        var pipe = DecodedReadings(source: .pipe)
        return pipe.read(text) + (isOver ? pipe.rest() : [])
    }

    @Test func `letters, controls and sequences are keys`() {
        #expect(keys("jQø\r\n\t\u{7F}\u{3}") == ["j", "Q", "ø", .enter, .enter, .tab, .backspace, .control("c")])
        #expect(
            keys("\u{1B}[A\u{1B}OB\u{1B}[5~\u{1B}[21~\u{1B}[Zx") == [
                .up, .down, .pageUp, .function(10), .backTab, "x",
            ])
        #expect(keys("\u{1B}[200~a\nb\u{1B}[201~c") == [.paste("a\nb"), "c"])
    }

    @Test func `an Esc alone is one when nothing can follow`() {
        #expect(keys("\u{1B}") == [.escape])
        #expect(keys("\u{1B}", isOver: false) == [])
        #expect(keys("\u{1B}q") == [.escape, "q"])
        #expect(keys("\u{1B}\u{1B}") == [.escape, .escape])
    }

    @Test func `a sequence may come in pieces, an unknown one is dropped`() {
        var pipe = DecodedReadings(source: .pipe)
        #expect(pipe.read("\u{1B}[") == [])
        #expect(pipe.read("6~j", after: 900) == [.pageDown, "j"])
        #expect(keys("\u{1B}[1;5Dx") == ["x"])
    }
}
