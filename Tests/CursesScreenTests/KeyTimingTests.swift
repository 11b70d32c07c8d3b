import Screen
import TestSupport
import Testing

@testable import CursesScreen

@Suite struct `Keys that come apart` {
    @Test(arguments: [
        ("\u{1B}[", "A"), ("\u{1B}[", "15~"), ("\u{1B}O", "A"), ("\u{1B}[<0;10", ";5M"), ("\u{1B}[1;", "3A"),
        ("\u{1B}[9", "9;5u"), ("\u{1B}\u{1B}[", "A"),
    ])
    func `within the pause are keys, later their rest does nothing`(_ start: String, _ rest: String) {
        var soon = DecodedReadings()
        #expect(soon.read(start) == [])
        #expect(soon.read(rest, after: 90).count == 1)
        for silence: Int64 in [150, 600, 990] {
            var late = DecodedReadings()
            #expect(late.read(start) + late.read(rest, after: silence) == [])
            #expect(late.read("k") == ["k"])
        }
    }

    @Test(arguments: [
        "[A", "OA", "[15~", "[<0;10;5M", "[1;5C", "]11;rgb:1c1c/1e1e/2626\u{1B}\\", "P1+r544e=78\u{1B}\\", "[?62;22c",
        "_Gi=31;OK\u{1B}\\", "\\",
    ])
    func `the rest behind an Esc that was taken for one does nothing`(_ rest: String) {
        for silence: Int64 in [30, 90] {
            var readings = DecodedReadings()
            #expect(readings.read("\u{1B}") + readings.rest() == [.escape])
            #expect(readings.read(rest, after: silence) == [])
            #expect(readings.read("k") == ["k"])
        }
        var slow = DecodedReadings()
        _ = slow.read("\u{1B}") + slow.rest()
        #expect(rest.utf8.flatMap { slow.read([$0], after: 60) } == [])
        #expect(slow.read("k") == ["k"])
    }

    @Test func `keys typed behind an Esc are keys`() {
        for key: Character in ["j", "[", "O", "]", "P", "X", "\\"] {
            var readings = DecodedReadings()
            #expect(readings.read("\u{1B}") + readings.rest() == [.escape])
            #expect(readings.read(String(key), after: 400) == [.character(key)])
        }
        var readings = DecodedReadings()
        _ = readings.read("\u{1B}") + readings.rest()
        #expect(readings.read("[A", after: 1100) == ["[", "A"])
    }

    @Test func `a pause that saw sequences come apart is longer, up to a limit, and gets shorter again`() {
        var readings = DecodedReadings()
        #expect(readings.decoder.pause.milliseconds == 25)
        _ = readings.read("\u{1B}[") + readings.read("A", after: 150)
        #expect(readings.decoder.pause.milliseconds == 300)
        #expect(readings.read("\u{1B}[") + readings.read("A", after: 200) == [.up])
        _ = readings.read("\u{1B}[") + readings.read("A", after: 800)
        #expect(readings.decoder.pause.milliseconds == 400)
        for _ in 0..<200 { _ = readings.read("\u{1B}[A", after: 2000) }
        #expect(readings.decoder.pause.milliseconds == 25)
    }

    @Test func `a pause that a person asked for stays`() {
        var readings = DecodedReadings(pause: EscapePause(fixed: 200))
        #expect(readings.read("\u{1B}[") + readings.read("A", after: 150) == [.up])
        #expect(readings.decoder.pause.milliseconds == 200)
        #expect(EscapePause(fixed: 99_999).milliseconds == 2000)
        #expect(EscapePause(fixed: 0).milliseconds == 1)
        #expect(EscapePause(isRemote: true).milliseconds == 50)
    }

    @Test(arguments: [
        "\u{1B}[", "\u{1B}[<0;1", "\u{1B}O", "\u{1B}[M", "\u{1B}[M!", "\u{1B}]11;rgb", "\u{1B}P1+r", "\u{1B}Xq",
        "\u{1B}[[",
    ])
    func `what was cut off swallows no paste, no ^C and no other sequence`(_ start: String) {
        func keys(_ rest: String) -> [Key] {
            var readings = DecodedReadings()
            return readings.read(start) + readings.read(rest)
        }
        #expect(keys("\u{1B}[200~25\r\u{1B}[201~") == [.paste("25\n")])
        #expect(keys("\u{3}j") == [.control("c"), "j"])
        #expect(keys("\u{1B}[B") == [.down])
        #expect(keys("\u{1B}[O") == [])
    }

    @Test(
        arguments: [
            ("\u{1B}[<0;1", 1001), ("\u{1B}O", 1001), ("\u{1B}[M!", 1001), ("\u{1B}]", 1001),
            ("\u{1B}]11;rgb:1c", 3001),
            ("\u{1B}P1+r544e", 3001), ("\u{1B}[" + String(repeating: "1", count: 300), 101),
        ] as [(String, Int64)])
    func `what has no end swallows keys only until a silence`(_ start: String, _ silence: Int64) {
        var readings = DecodedReadings()
        #expect(readings.read(start) == [])
        #expect(readings.read("5", after: 50) == [])
        #expect(readings.read("q", after: silence) == ["q"])
    }

    @Test func `a string longer than any is passed over until a silence`() {
        var readings = DecodedReadings()
        let text = [UInt8](repeating: 0x71, count: KeyDecoder.stringLimit)
        #expect(readings.read(Array("\u{1B}]52;c;".utf8) + text + text) == [])
        #expect(readings.read("\u{1B}\\k") == ["k"])
        #expect(readings.read(Array("\u{1B}]52;c;".utf8) + text + Array("qq".utf8)) == [])
        #expect(readings.read("k", after: 200) == ["k"])
    }

    @Test func `Esc gets out of a string that has no end`() {
        var readings = DecodedReadings()
        #expect(readings.read("\u{1B}]11;rgb") == [])
        #expect(readings.read("\u{1B}", after: 200) == [])
        #expect(readings.read("k", after: 400) == ["k"])
    }

    @Test func `the end of a string is one however late`() {
        var readings = DecodedReadings()
        #expect(readings.read("\u{1B}]11;rgb\u{1B}") + readings.read("\\k", after: 2000) == ["k"])
    }

    @Test func `time in which nobody read is no silence`() {
        var readings = DecodedReadings()
        #expect(readings.read("\u{1B}[") == [])
        readings.decoder.wasBusy(until: 1_005_000)
        #expect(readings.read("A", after: 5010) == [.up])
    }

    @Test func `any input is survived`() {
        var dice = Dice(seed: 11)
        var readings = DecodedReadings()
        for _ in 0..<4000 {
            let bytes = (0..<dice.below(20)).map { _ in
                dice.below(3) == 0 ? dice.one(of: Array("\u{1B}[]OP<;0~M\\\u{7}".utf8)) : UInt8(dice.below(256))
            }
            _ = readings.read(bytes, after: Int64(dice.below(1500)))
            if dice.below(3) == 0 { _ = readings.rest() }
        }
        // A paste that never ended is given up by ^C after a silence; then keys are keys.
        _ = readings.read("\u{3}", after: 4000)
        #expect(readings.read("q", after: 4000) == ["q"])
    }
}

@Suite struct `Text that comes at once` {
    private func keys(_ pieces: String..., after silence: Int64 = 10, source: KeyDecoder.Source = .terminal) -> [Key] {
        var readings = DecodedReadings(source: source)
        return pieces.flatMap { readings.read($0, after: silence) }
    }

    @Test func `is typed ahead when it is a line or less`() {
        #expect(keys("/AUR-365-BP\r") == "/AUR-365-BP".map { .character($0) } + [.enter])
        #expect(keys("5\r") == ["5", .enter])
        #expect(keys("Aurora 365 Enterprise status:active\r").last == .enter)
        #expect(keys("j\rj") == ["j", .enter, "j"])
        #expect(keys("\r\r\r") == [.enter, .enter, .enter])
        #expect(keys(String(repeating: "j", count: 200)).count == 200)
    }

    @Test func `is a paste when it goes on after a line end`() {
        #expect(keys("AUR-365-BP\rAUR-365-BE\r") == [.paste("AUR-365-BP\nAUR-365-BE\n")])
        #expect(keys("25\n30") == [.paste("25\n30")])
    }

    @Test func `is a paste when nobody types so much`() {
        let text = "Aurora 365 Business Premium, 25 units for Jørgensen & Søn A/S, from December"
        #expect(keys(text) == [.paste(text)])
    }

    @Test func `is more of the paste before it, when it comes at once`() {
        #expect(keys("one line\rand another", " q\r5\r") == [.paste("one line\nand another"), .paste(" q\n5\n")])
        #expect(keys("one line\rand another", "q", after: 200) == [.paste("one line\nand another"), "q"])
    }

    @Test func `is never a paste in a pipe`() {
        #expect(keys("jlj5/AUR-365-BP\rjo", source: .pipe).last == "o")
    }

    @Test func `keeps the keys beside it`() {
        #expect(keys("\u{1B}[Aone line\rand more\u{1B}[21~") == [.up, .paste("one line\nand more"), .function(10)])
    }
}
