/// What a person did with the mouse, at a cell of the screen.
public struct Mouse: Hashable, Sendable {
    public enum Action: Hashable, Sendable { case click, wheelUp, wheelDown }

    public var action: Action
    public var x: Int
    public var y: Int

    public init(_ action: Action, x: Int, y: Int) {
        self.action = action
        self.x = x
        self.y = y
    }
}

/// What a person did at the keyboard, or with the mouse.
public enum Key: Hashable, Sendable {
    case character(Character)
    /// Control with a letter, lower case: `.control("c")`.
    case control(Character)
    case function(Int)
    case enter, escape, tab, backTab, backspace, delete, insert
    case up, down, left, right, home, end, pageUp, pageDown
    /// Text that was pasted, as the terminal gave it.
    case paste(String)
    case mouse(Mouse)
    /// A key pressed with Alt: a key of its own, whatever the key without it means.
    indirect case alt(Key)

    /// The key as help and footer write it: `^C`, `Enter`, `F10`.
    public var name: String {
        switch self {
        case .character(" "): "Space"
        case .character(let character): String(character)
        case .control(let character): "^" + String(character).uppercased()
        case .function(let number): "F\(number)"
        case .enter: "Enter"
        case .escape: "Esc"
        case .tab: "Tab"
        case .backTab: "S-Tab"
        case .backspace: "Backspace"
        case .delete: "Del"
        case .insert: "Ins"
        case .up: "Up"
        case .down: "Down"
        case .left: "Left"
        case .right: "Right"
        case .home: "Home"
        case .end: "End"
        case .pageUp: "PgUp"
        case .pageDown: "PgDn"
        case .paste: "paste"
        case .alt(let key): Self.altPrefix + key.name
        case .mouse(let mouse): mouse.action == .click ? "click" : "wheel"
        }
    }
}

extension Key {
    /// A key by its name: as `name` writes it, named keys in any case, and ^M and its like as the keys that terminals
    /// cannot tell from them.
    public init?(name: String) {
        if name.count == 1, let character = name.first, !character.isWhitespace {
            self = .character(character)
            return
        }
        let lowered = name.lowercased()
        if let named = Self.named.first(where: { $0.name.lowercased() == lowered }) {
            self = named
        } else if lowered.hasPrefix("f"), let number = Int(lowered.dropFirst()), (1...63).contains(number) {
            self = .function(number)
        } else if lowered.count == 2, lowered.hasPrefix("^"), let letter = lowered.last {
            switch letter {
            case "[": self = .escape
            case "i": self = .tab
            case "j", "m": self = .enter
            case "h": self = .backspace
            case "a"..."z", "]", "^", "_", "\\": self = .control(letter)
            default: return nil
            }
        } else if lowered.hasPrefix(Self.altPrefix.lowercased()),
            let key = Key(name: String(name.dropFirst(Self.altPrefix.count))), key.canHaveAlt
        {
            self = .alt(key)
        } else {
            return nil
        }
    }

    private static let altPrefix = "Alt-"

    /// Whether terminals send the key with Alt as something of its own: Esc and one of these characters begins what is no
    /// key at all.
    private var canHaveAlt: Bool {
        switch self {
        case .character(let character): !"[]O\\PX^_".contains(character)
        case .alt, .escape: false
        default: true
        }
    }

    private static let named: [Key] = [
        " ", .enter, .escape, .tab, .backTab, .backspace, .delete, .insert, .up, .down, .left, .right, .home, .end,
        .pageUp, .pageDown,
    ]
}

extension Key: ExpressibleByExtendedGraphemeClusterLiteral {
    public init(extendedGraphemeClusterLiteral value: Character) { self = .character(value) }
}
