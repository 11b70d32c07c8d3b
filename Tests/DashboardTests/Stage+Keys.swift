import Marketplace
import Screen

extension Stage {
    /// The screen with every run of blanks as one: for rows of tables.
    var words: String { screen.split(whereSeparator: \.isWhitespace).joined(separator: " ") }

    static func keys(_ text: String) -> [Key] {
        var keys: [Key] = []
        var rest = text[...]
        while let first = rest.first {
            if first == "<", let end = rest.firstIndex(of: ">") {
                keys.append(named[String(rest[rest.index(after: rest.startIndex)..<end])] ?? .character("?"))
                rest = rest[rest.index(after: end)...]
            } else {
                keys.append(.character(first))
                rest = rest.dropFirst()
            }
        }
        return keys
    }

    private static let named: [String: Key] = [
        "Enter": .enter, "Esc": .escape, "Tab": .tab, "BTab": .backTab, "Up": .up, "Down": .down, "Left": .left,
        "Right": .right, "PgDn": .pageDown, "PgUp": .pageUp, "Home": .home, "End": .end, "BS": .backspace,
        "F10": .function(10), "F5": .function(5), "^O": .control("o"), "^C": .control("c"), "^L": .control("l"),
        "^Z": .control("z"), "^U": .control("u"), "^K": .control("k"), "^P": .control("p"), "F1": .function(1),
        "F2": .function(2),
        "F3": .function(3), "F6": .function(6), "F8": .function(8), "F9": .function(9),
    ]
}

extension OverviewQuery {
    /// All rows, with days as UTC has them.
    static let all = OverviewQuery(.all)
}
