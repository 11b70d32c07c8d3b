import TerminalSupport
import TestSupport

/// What may come from a terminal: keys, clicks, pastes, reports of the focus, and bytes that are nothing.
enum HostileInput {
    private static let letters = Array("123456789jkhlgGoOcARPxnECHBdyWLueaqfmv:/?,.sS<>*VUp []-0+=!~\"'øé者🙂")
    private static let names = [
        KeyText.enter, KeyText.enter, KeyText.enter, KeyText.escape, KeyText.tab, KeyText.backTab, KeyText.up,
        KeyText.down, KeyText.left, KeyText.right, KeyText.home, KeyText.end, KeyText.pageUp, KeyText.pageDown,
        KeyText.backspace, KeyText.delete, KeyText.insert, KeyText.f1, KeyText.f10, KeyText.f10, "\u{1B}OQ",
        "\u{1B}[15~", "\u{1B}[17~", "\u{1B}[A", "\u{1B}[1;5C", "\u{1B}[3;2~", "\u{1B}j", "\u{1B}\u{1B}",
    ]
    private static let controls = Array("abdefghklmnopruwxy\\]^_@")
    private static let pasted = [
        "", "25", "two\nlines\r\n", "\u{1B}[2J\u{1B}]0;x\u{7}", "\u{202E}gnp.exe", String(repeating: "作", count: 500),
        "\u{0}\u{301}", "\u{9B}31m\u{90}q\u{9C}", "\u{1B}[200~", "1000917", "e\u{301}\u{302}👩‍👩‍👧",
    ]
    /// Answers that nobody asked for, old mouse reports, sequences without an end.
    private static let strange = [
        "\u{1B}[?1;2c", "\u{1B}[24;80R", "\u{1B}]11;rgb:0000/0000/0000\u{7}", "\u{1B}P1+r544e=787465726d\u{1B}\\",
        "\u{1B}[M !!", "\u{1B}[M\u{FF}\u{FF}", "\u{1B}[", "\u{1B}[<", "\u{1B}O", "\u{1B}[<0;99999999999999999999;1M",
        "\u{1B}[99999999999999999999;99999999~", "\u{1B}[<-1;-1;-1M", "\u{1B}[200", "\u{1B}[38;5;1m", "\u{1B}[?2026$y",
    ]

    /// One event. Leaving by `q` at the first screen or by ^C is rare, or nothing else would happen.
    static func event(_ dice: inout Dice) -> [UInt8] {
        switch dice.below(200) {
        case 0..<110: Array(String(letters[dice.below(letters.count)]).utf8)
        case 110..<155: Array(dice.one(of: names).utf8)
        case 155..<165: control(&dice)
        case 165..<172: Array(KeyText.paste(dice.one(of: pasted)).utf8)
        case 172..<185: Array(mouse(&dice).utf8)
        case 185..<189: Array((dice.below(2) == 0 ? "\u{1B}[I" : "\u{1B}[O").utf8)
        case 189..<191: Array(dice.one(of: strange).utf8)
        case 191..<194: answer(&dice)
        default: garbage(&dice)
        }
    }

    /// ^Z waits for a shell that is not there, and ^C pressed twice leaves: both are rare.
    private static func control(_ dice: inout Dice) -> [UInt8] {
        switch dice.below(40) {
        case 0: [0x1A]
        case 1: [0x03]
        default: Array(KeyText.control(dice.one(of: controls).unicodeScalars.first!).utf8)
        }
    }

    /// What a terminal says beside the keys; sometimes cut off.
    private static func answer(_ dice: inout Dice) -> [UInt8] {
        let bytes = TerminalAnswers.random(&dice)
        return dice.below(5) == 0 ? Array(bytes.prefix(dice.below(bytes.count))) : bytes
    }

    private static func mouse(_ dice: inout Dice) -> String {
        let button = dice.one(of: [0, 0, 0, 2, 4, 32, 64, 65, dice.below(256)])
        return "\u{1B}[<\(button);\(dice.below(320));\(dice.below(120))\(dice.below(4) == 0 ? "m" : "M")"
    }

    private static func garbage(_ dice: inout Dice) -> [UInt8] {
        (0...dice.below(40)).map { _ in
            let byte = UInt8(dice.below(256))
            return byte == 0x03 || byte == 0x1A ? 0 : byte
        }
    }
}
