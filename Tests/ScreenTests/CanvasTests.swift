import Screen
import TestSupport
import Testing

@Suite struct `A canvas` {
    private func canvas(_ columns: Int, _ rows: Int = 1, _ draw: (inout Canvas) -> Void) -> Canvas {
        var canvas = Canvas(size: Size(columns: columns, rows: rows))
        draw(&canvas)
        return canvas
    }

    @Test func `shows what is written where it is written`() {
        let canvas = canvas(12, 3) {
            let columns = [$0.write("Jørgen", x: 2, y: 1), $0.write("作者", x: 8, y: 2)]
            #expect(columns == [6, 4])
        }
        #expect(canvas.text == "\n  Jørgen\n        作者")
        #expect(canvas[8, 2].scalar == Unicode.Scalar("作").value)
        #expect(canvas[9, 2].isContinuation)
    }

    @Test func `touches nothing outside its size`() {
        let canvas = canvas(4, 2) {
            $0.write("over the edge", x: 2, y: 0)
            $0.write("x", x: 0, y: 2)
            $0.write("x", x: 0, y: -1)
            $0.write("x", x: 4, y: 1)
            $0.write("abc", x: -1, y: 1)
            $0.fill(Rect(x: -5, y: -5, width: 3, height: 3))
            $0.select(Rect(x: 3, y: 1, width: 99, height: 99))
            $0.horizontalRule(x: -3, y: 9, width: 99)
            $0.verticalRule(x: 9, y: -3, height: 99)
        }
        #expect(canvas.text == "  o…\nbc")
    }

    @Test func `may have no cells at all`() {
        let canvas = canvas(0, -3) {
            $0.write("x", x: 0, y: 0)
            $0.fill($0.bounds)
            $0.verticalRule(x: 0, y: 0, height: 1)
        }
        #expect(canvas.text == "")
        #expect(canvas.size == Size(columns: 0, rows: 0))
    }

    @Test(arguments: [
        ("abc", Canvas.Alignment.left, "abc"), ("abc", .right, "     abc"), ("abc", .centre, "  abc"),
        ("作者", .right, "    作者"), ("作者", .centre, "  作者"), ("much too long", .right, "much to…"),
    ])
    func `places text in its columns`(_ text: String, _ alignment: Canvas.Alignment, _ expected: String) {
        #expect(canvas(8) { $0.write(text, x: 0, y: 0, width: 8, alignment: alignment) }.text == expected)
    }

    @Test func `cuts text that is too long and leaves what is beside it`() {
        let canvas = canvas(10) {
            $0.write("..........", x: 0, y: 0)
            $0.write("作者作者", x: 1, y: 0, width: 4)
        }
        #expect(canvas.text == ".作…......")
    }

    @Test func `blanks the other half when half a wide glyph is overwritten`() {
        #expect(
            canvas(6) {
                $0.write("作者", x: 0, y: 0)
                $0.write("x", x: 1, y: 0)
            }.text == " x者")
        #expect(
            canvas(6) {
                $0.write("作者", x: 0, y: 0)
                $0.write("x", x: 2, y: 0)
            }.text == "作x")
        #expect(
            canvas(6) {
                $0.write("作者", x: 0, y: 0)
                $0.write("作", x: 1, y: 0)
            }.text == " 作")
        #expect(
            canvas(6) {
                $0.write("作者", x: 0, y: 0)
                $0.write("ab", x: 1, y: 0)
            }.text == " ab")
        #expect(
            canvas(6) {
                $0.write("作者", x: 0, y: 0)
                $0.fill(Rect(x: 1, y: 0, width: 2, height: 1))
            }.text == "")
        #expect(
            canvas(6) {
                $0.write("作者", x: 0, y: 0)
                $0.horizontalRule(x: 3, y: 0, width: 2)
            }.text == "作 ──")
    }

    @Test(arguments: [
        ("作者", 4, "作者...."), ("作者作", 4, "作…....."), ("aé", 2, "aé......"), ("aéb", 2, "a…......"),
        ("作者", 3, "作…....."), ("é作", 2, "é…......"), ("éé", 1, "…......."),
    ])
    func `leaves what a text does not fill as it was`(_ text: String, _ width: Int, _ expected: String) {
        let canvas = canvas(8) {
            $0.write("........", x: 0, y: 0)
            $0.write(text, x: 0, y: 0, width: width)
        }
        #expect(canvas.text == expected)
    }

    @Test func `never holds half a wide glyph`() {
        var dice = Dice(seed: 5)
        var canvas = Canvas(size: Size(columns: 11, rows: 2))
        let samples = ["作", "者者者", "abc", "x", "👍", "é", "long long long text"]
        for _ in 0..<3000 {
            let x = dice.below(13) - 1
            let y = dice.below(2)
            switch dice.below(4) {
            case 0: canvas.fill(Rect(x: x, y: y, width: dice.below(5), height: 1))
            case 1: canvas.horizontalRule(x: x, y: y, width: dice.below(4))
            case 2: canvas.verticalRule(x: x, y: y, height: 1)
            default:
                canvas.write(samples[dice.below(samples.count)], x: x, y: y, width: 1 + dice.below(9))
            }
            for y in 0..<2 {
                for x in 0..<11 {
                    let isWide = Unicode.Scalar(canvas[x, y].scalar).map { TerminalText.columns(of: $0) } == 2
                    let isFollowed = x + 1 < 11 && canvas[x + 1, y].isContinuation
                    #expect(canvas[x, y].isContinuation || isWide == isFollowed)
                }
                #expect(!canvas[0, y].isContinuation)
            }
        }
    }

    @Test func `joins rules where they meet`() {
        let canvas = canvas(5, 4) {
            $0.horizontalRule(x: 0, y: 0, width: 5)
            $0.horizontalRule(x: 0, y: 3, width: 5)
            $0.verticalRule(x: 2, y: 1, height: 2)
            $0.verticalRule(x: 4, y: 2, height: 2)
        }
        #expect(canvas.text == "──┬──\n  │\n  │ │\n──┴─│")
    }

    @Test func `marks the selection whatever is in it`() {
        let canvas = canvas(4) {
            $0.write("ab", x: 0, y: 0, style: .good)
            $0.select(Rect(x: 1, y: 0, width: 2, height: 1))
        }
        #expect(canvas.row(0).map(\.style.isSelected) == [false, true, true, false])
        #expect(canvas[1, 0].style.tone == .good)
    }

    @Test func `holds no control character, whatever was written`() {
        let canvas = canvas(30) { $0.write("\u{1B}[2J\u{7}\u{9B}\u{202E}a\u{200B}b", x: 0, y: 0) }
        #expect(canvas.text == "\u{FFFD}[2J\u{FFFD}\u{FFFD}ab")
    }

    @Test func `has cells without padding, so that equal bytes are equal cells`() {
        #expect(MemoryLayout<Cell>.size == 12)
        #expect(MemoryLayout<Cell>.stride == 12)
    }
}
