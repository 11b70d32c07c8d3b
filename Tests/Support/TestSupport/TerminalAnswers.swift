/// What terminals send that is no key: answers to questions, whoever asked them, reports, and strings of every kind.
public enum TerminalAnswers {
    /// Each kind once or more, as real terminals send them.
    public static let examples: [[UInt8]] =
        controls.map { Array($0.utf8) } + strings.flatMap(ended)
        + controls.filter { !$0.contains("M") }.map { [0x9B] + Array($0.dropFirst(2).utf8) }

    /// Device attributes, status, cursor, modes, window, keyboard flags, the mouse in its forms, margins, checksums.
    private static let controls = [
        "\u{1B}[?1;2c", "\u{1B}[?62;22c", "\u{1B}[?64;1;2;6;9;15;16;17;18;21;22;28;29c", "\u{1B}[>41;377;0c",
        "\u{1B}[>0;10;1c", "\u{1B}[>84;0;0c", "\u{1B}[=0c", "\u{1B}[0n", "\u{1B}[3n", "\u{1B}[24;80R", "\u{1B}[1;1R",
        "\u{1B}[1;2R", "\u{1B}[?24;80;1R", "\u{1B}[?13n", "\u{1B}[?10n", "\u{1B}[?20n", "\u{1B}[?27;1;0;0n",
        "\u{1B}[?2026;2$y", "\u{1B}[?2004;1$y", "\u{1B}[4;2$y", "\u{1B}[?997;1n", "\u{1B}[8;24;80t",
        "\u{1B}[4;600;800t",
        "\u{1B}[3;10;20t", "\u{1B}[6;16;8t", "\u{1B}[1t", "\u{1B}[48;24;80;600;800t", "\u{1B}[?1u", "\u{1B}[?0u",
        "\u{1B}[?31u", "\u{1B}[>4;2m", "\u{1B}[2;1;1;128;128;1;0x", "\u{1B}[?1;2;4S", "\u{1B}[?2;0;800;600S",
        "\u{1B}[1;1;80;24;1&w", "\u{1B}[0;0;0&w", "\u{1B}[97;1:3u", "\u{1B}[57441;2:3u", "\u{1B}[1;1:3A",
        "\u{1B}[<35;10;5M", "\u{1B}[<0;10;5m", "\u{1B}[<3;1;1M", "\u{1B}[35;10;5M", "\u{1B}[M !!",
        "\u{1B}[M#\u{A1}\u{A1}",
        "\u{1B}[?3;1;0$y", "\u{1B}[1;24r", "\u{1B}[201~", "\u{1B}[1;2*y",
    ]

    /// Strings as they begin; each can end in several ways. In one of them the bytes of a character are those of the end.
    private static let strings = [
        "\u{1B}]11;rgb:1c1c/1e1e/2626", "\u{1B}]10;rgb:ffff/ffff/ffff", "\u{1B}]12;rgb:0/0/0",
        "\u{1B}]4;1;rgb:cd/00/00",
        "\u{1B}]52;c;QVVSLTM2NS1CUA==", "\u{1B}]52;c;", "\u{1B}]Lsouk", "\u{1B}]lsouk — 作者 ě“”",
        "\u{1B}]1337;ReportCellSize=17.5;8.0", "\u{1B}]99;i=1:p=buttons;1", "\u{1B}]21;foreground=rgb:ff/ff/ff",
        "\u{1B}P>|XTerm(377)", "\u{1B}P>|kitty(0.35.1)", "\u{1B}P1+r544e=787465726d", "\u{1B}P0+r436f", "\u{1B}P1$r0m",
        "\u{1B}P1$r2 q", "\u{1B}P!|00000000", "\u{1B}P1!~0000", "\u{1B}P1$u24;1;1;@;@;@;0;2;@;BBBB", "\u{1B}_Gi=31;OK",
        "\u{1B}_Gi=1;ENOENT:no such file", "\u{1B}^a private message q", "\u{1B}Xa string 5 j q",
    ]

    private static func ended(_ string: String) -> [[UInt8]] {
        let bytes = Array(string.utf8)
        return [bytes + [0x07], bytes + [0x1B, 0x5C], bytes + [0x9C]]
            + [[bytes[1] + 0x40] + bytes.dropFirst(2) + [0x9C]]
    }

    /// One of them, or one that nobody has seen yet but the grammar allows.
    public static func random(_ dice: inout Dice) -> [UInt8] {
        switch dice.below(4) {
        case 0: control(&dice)
        case 1: string(&dice)
        default: dice.one(of: examples)
        }
    }

    /// A sequence with a prefix or intermediates is no key, whatever its numbers.
    private static func control(_ dice: inout Dice) -> [UInt8] {
        var bytes: [UInt8] = dice.below(4) == 0 ? [0x9B] : [0x1B, 0x5B]
        let isPrivate = dice.below(2) == 0
        if isPrivate { bytes.append(dice.one(of: Array("?>=".utf8))) }
        for _ in 0..<dice.below(12) { bytes.append(dice.one(of: Array("0123456789;:".utf8))) }
        // A number and `$` alone is how rxvt sends a key with Shift.
        if !isPrivate { bytes += [UInt8(ascii: ";"), dice.one(of: Array("$ *&'\"!".utf8))] }
        bytes.append(UInt8(0x40 + dice.below(0x3F)))
        return bytes
    }

    private static func string(_ dice: inout Dice) -> [UInt8] {
        let kind = dice.one(of: Array("]PX^_".utf8))
        let contents = Array("0123456789;:/rgbqQjoOcAxPRH[]~ \r\n\t作者éě“”🙂".unicodeScalars)
        var text = String.UnicodeScalarView()
        for _ in 0..<dice.below(60) { text.append(dice.one(of: contents)) }
        let begin = dice.below(4) == 0 ? [kind + 0x40] : [0x1B, kind]
        return begin + Array(String(text).utf8) + dice.one(of: [[0x07], [0x1B, 0x5C], [0x9C]])
    }
}
