import Screen

/// Keys in the forms that terminals send them in.
enum KeyForms {
    static let all: [(String, [Key])] =
        text + sequences + protocols + alt

    private static let text: [(String, [Key])] =
        "abcjkqACOPRX[]-0123456789:/? øé作ě🙂".map { (String($0), [.character($0)]) } + [
            ("\r", [.enter]), ("\t", [.tab]), ("\u{7F}", [.backspace]), ("\u{8}", [.backspace]),
            ("\u{10}", [.control("p")]), ("\u{15}", [.control("u")]), ("\u{3}", [.control("c")]),
        ]

    private static let sequences: [(String, [Key])] = [
        ("\u{1B}[A", [.up]), ("\u{1B}OB", [.down]), ("\u{1B}[C", [.right]), ("\u{1B}OD", [.left]),
        ("\u{1B}[H", [.home]),
        ("\u{1B}[4~", [.end]), ("\u{1B}[5~", [.pageUp]), ("\u{1B}[6~", [.pageDown]), ("\u{1B}[Z", [.backTab]),
        ("\u{1B}[3~", [.delete]), ("\u{1B}OP", [.function(1)]), ("\u{1B}[[B", [.function(2)]),
        ("\u{1B}[15~", [.function(5)]), ("\u{1B}[21~", [.function(10)]), ("\u{1B}Or", ["2"]), ("\u{1B}Ou", ["5"]),
        ("\u{1B}OM", [.enter]), ("\u{1B}Om", ["-"]), ("\u{9B}B", [.down]),
        ("\u{1B}[<0;9;5M", [.mouse(Mouse(.click, x: 8, y: 4))]),
        ("\u{1B}[<65;9;5M", [.mouse(Mouse(.wheelDown, x: 8, y: 4))]),
    ]

    private static let protocols: [(String, [Key])] = [
        ("\u{1B}[27u", [.escape]), ("\u{1B}[13;129u", [.enter]), ("\u{1B}[99;69u", [.control("c")]),
        ("\u{1B}[27;5;117~", [.control("u")]), ("\u{1B}[106;1:1u", ["j"]), ("\u{1B}[97:65;2;65u", ["A"]),
        ("\u{1B}[57401u", ["2"]), ("\u{1B}[1;129A", [.up]), ("\u{1B}[57414;1:1u", [.enter]),
        ("\u{1B}[106;1:1u\u{1B}[106;1:3u", ["j"]),
    ]

    private static let alt: [(String, [Key])] = [
        ("\u{1B}j", [.alt("j")]), ("\u{1B}5", [.alt("5")]), ("\u{1B}ø", [.alt("ø")]), ("\u{1B}\r", [.alt(.enter)]),
        ("\u{1B}\u{1B}[A", [.alt(.up)]), ("\u{1B}[1;3B", [.alt(.down)]), ("\u{1B}[120;3u", [.alt("x")]),
        ("\u{1B}\u{1B}OB", [.alt(.down)]),
    ]
}
