import Glibc
import Screen
import TerminalSupport
import Testing

@testable import CursesScreen

@Suite struct `Bytes of a pipe or a plain terminal` {
    private func keys(_ text: String, isOver: Bool = true) -> [Key] {
        var bytes = KeyBytes()
        return bytes.take(Array(text.utf8), isOver: isOver)
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
        var bytes = KeyBytes()
        #expect(bytes.take(Array("\u{1B}[".utf8), isOver: false) == [])
        #expect(bytes.take(Array("6~j".utf8), isOver: false) == [.pageDown, "j"])
        #expect(keys("\u{1B}[1;5Dx") == ["x"])
    }
}
