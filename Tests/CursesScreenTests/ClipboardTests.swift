import Screen
import Testing

@testable import CursesScreen

@Suite struct `The clipboard` {
    /// RFC 4648, section 10.
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func `is written in base 64`(_ text: String, _ expected: String) {
        #expect(Clipboard.base64(Array(text.utf8)) == expected)
    }

    @Test func `goes through GNU screen in pieces that it takes`() throws {
        let clipboard = Clipboard(isSupported: true, isInScreen: true)
        let text = try clipboard.sequence(for: String(repeating: "x", count: 2000)).get()
        let pieces = text.split(separator: "\u{1B}\\")
        #expect(pieces.count == 4)
        for piece in pieces {
            #expect(piece.hasPrefix("\u{1B}P"))
            #expect(piece.utf8.count < 768)
        }
        let whole = Clipboard(isSupported: true, isInScreen: false).sequence(for: String(repeating: "x", count: 2000))
        #expect(pieces.map { $0.dropFirst(2) }.joined() == (try whole.get()))
    }
}

extension `The clipboard` {
    @Test func `takes no more than terminals do`() throws {
        let clipboard = Clipboard(isSupported: true, isInScreen: false)
        let limit = String(repeating: "x", count: 74_994)
        #expect(try clipboard.sequence(for: limit).get().utf8.count == 100_000)
        #expect(throws: Clipboard.Problem.tooLong) { try clipboard.sequence(for: limit + "x").get() }
    }
}

extension Stages {
    @Suite struct `Copying` {
        @Test(arguments: ["linux", "vt100"])
        func `sends nothing where it would be shown as text`(_ type: String) throws {
            let stage = try Stage(type: type)
            var copied: Copied?
            #expect(stage.sent { copied = stage.terminal.copy("text") } == "")
            #expect(copied == .notPossible)
        }

        @Test func `sends what is harmless to the clipboard`() throws {
            let stage = try Stage()
            var copied: Copied?
            let sent = stage.sent { copied = stage.terminal.copy("a\u{1B}[2J\nbø") }
            #expect(copied == .sent)
            // The text "a\u{FFFD}[2J\nbø" in base 64.
            #expect(sent == "\u{1B}]52;c;Ye+/vVsySgpiw7g=\u{7}")
        }
    }
}
