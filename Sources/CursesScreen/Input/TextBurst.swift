import Screen

/// Knows a paste by its speed, where the terminal does not mark pastes: text that comes at once and goes on after a line
/// end, or is longer than what a person types while the program is busy.
///
/// One line with its Enter is no such text: whoever types ahead sends that too, and so do scripts.
struct TextBurst {
    /// A key, and whether it came as text and not as a sequence.
    struct Entry: Equatable {
        var key: Key
        var isText: Bool
    }

    /// Text without a line end is a paste from so many characters on.
    static let longLine = 64
    /// Text that goes on after a line end is a paste from so many characters on.
    static let fewest = 4
    /// What comes so soon after a paste, in milliseconds, is more of it.
    static let gap: Int64 = 150

    private(set) var isGoingOn = false

    /// A reading begins after a silence of so many milliseconds.
    mutating func begin(after silence: Int64) { if silence > Self.gap { isGoingOn = false } }

    /// Whether more text may be on its way: this much does not come from fingers.
    static func mayGoOn(_ entries: [Entry]) -> Bool {
        entries.count >= fewest && entries.suffix(fewest).allSatisfy(\.isText)
    }

    /// The keys of a reading, with text that was pasted as such.
    mutating func keys(_ entries: [Entry]) -> [Key] {
        var keys: [Key] = []
        keys.reserveCapacity(entries.count)
        var rest = entries[...]
        while let first = rest.first {
            guard first.isText else {
                keys.append(first.key)
                rest = rest.dropFirst()
                continue
            }
            let run = rest.prefix(while: \.isText)
            rest = rest.dropFirst(run.count)
            isGoingOn = isGoingOn || Self.isPaste(run)
            keys += isGoingOn ? [.paste(Self.text(run))] : run.map(\.key)
        }
        return keys
    }

    private static func isPaste(_ run: ArraySlice<Entry>) -> Bool {
        var characters = 0
        var isOne = true
        var first: Character?
        var hasLineEnd = false
        var goesOn = false
        for entry in run {
            if case .character(let character) = entry.key {
                characters += 1
                isOne = isOne && (first == nil || first == character)
                first = first ?? character
                goesOn = goesOn || hasLineEnd
            } else if entry.key == .enter {
                hasLineEnd = characters > 0
            }
        }
        // A key that is held down repeats itself.
        if isOne { return false }
        return characters >= longLine || goesOn && characters >= fewest
    }

    private static func text(_ run: ArraySlice<Entry>) -> String {
        var text = ""
        for entry in run {
            switch entry.key {
            case .character(let character): text.append(character)
            case .enter: text += "\n"
            case .tab: text += "\t"
            default: break
            }
        }
        return text
    }
}
