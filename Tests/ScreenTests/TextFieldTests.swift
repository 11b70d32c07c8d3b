import Screen
import Testing

@Suite struct `A text field` {
    private func typing(_ keys: Key..., in text: String = "") -> TextField {
        var field = TextField(text)
        for key in keys {
            let isTaken = field.take(key)
            #expect(isTaken)
        }
        return field
    }

    @Test func `takes characters at its cursor`() {
        let field = typing("a", "c", .left, "b", .end, "d")
        #expect(field.text == "abcd")
        #expect(field.cursor == 4)
    }

    @Test func `counts what a person sees as one character`() {
        let field = typing("e\u{301}", .character("👍"), .backspace, in: "x")
        #expect(field.text == "xe\u{301}")
        #expect(field.cursor == 2)
    }

    @Test func `deletes to both sides and not past its ends`() {
        #expect(typing(.backspace, in: "abc").text == "ab")
        #expect(typing(.home, .delete, in: "abc").text == "bc")
        #expect(typing(.home, .backspace, .end, .delete, in: "abc").text == "abc")
        #expect(typing(.left, .left, .left, .left, .right, .delete, in: "abc").text == "ac")
    }

    @Test func `knows the keys of a shell's line`() {
        #expect(typing(.control("w"), in: "one two  ").text == "one ")
        #expect(typing(.control("a"), .control("k"), in: "one two").text == "")
        #expect(typing(.left, .left, .control("u"), in: "one two").text == "wo")
        #expect(typing(.control("a"), .control("e"), "!", in: "hey").text == "hey!")
    }

    @Test func `takes a paste as one harmless line`() {
        #expect(typing(.paste("a\u{1B}[2J\nb\tc\u{202E}")).text == "a\u{FFFD}[2J b c")
    }

    @Test func `does not grow beyond its limit`() {
        let field = typing(.paste(String(repeating: "x", count: 2 * TextField.limit)), "y")
        #expect(field.text.count == TextField.limit)
        #expect(field.cursor == TextField.limit)
    }

    @Test func `leaves other keys to others`() {
        var field = TextField("text")
        for key: Key in [.enter, .escape, .tab, .up, .pageDown, .function(10), .control("c"), .alt("x")] {
            let isTaken = field.take(key)
            #expect(!isTaken)
        }
        #expect(field.text == "text")
    }

    @Test func `keeps its cursor in view`() {
        var canvas = Canvas(size: Size(columns: 12, rows: 1))
        var field = TextField("0123456789abcdef")
        field.draw(on: &canvas, x: 2, y: 0, width: 6, focused: true)
        #expect(canvas.text == "  bcdef")
        #expect(canvas.cursor! == (7, 0))
        _ = field.take(.home)
        field.draw(on: &canvas, x: 2, y: 0, width: 6, focused: true)
        #expect(canvas.text == "  01234…")
        #expect(canvas.cursor! == (2, 0))
    }

    @Test func `keeps its cursor in view among wide glyphs`() {
        for count in 0..<20 {
            var canvas = Canvas(size: Size(columns: 9, rows: 1))
            TextField(String(repeating: "作", count: count)).draw(on: &canvas, x: 1, y: 0, width: 7, focused: true)
            #expect((1..<8).contains(canvas.cursor!.x))
        }
    }
}
