import Screen

/// What was held with a key, as xterm and kitty number it: one more than the sum of Shift 1, Alt 2, Control 4, and others.
/// Locks (Caps 64, Num 128) are states of the keyboard, nothing that a person holds, and count for nothing.
struct KeyModifiers: Equatable {
    private let bits: Int

    private static let locks = 64 | 128

    /// Reads `modifiers:event`. Nil for a key that was let go, and for what is no such number.
    init?(_ sequence: ControlSequence, at place: Int) {
        let parts = sequence.parameters.indices.contains(place) ? sequence.parameters[place] : []
        guard parts.count <= 2 else { return nil }
        let number = (parts.first ?? nil) ?? 1
        let event = parts.count == 2 ? parts[1] ?? 1 : 1
        guard (0...256).contains(number), event == 1 || event == 2 else { return nil }
        bits = max(0, number - 1) & ~Self.locks
    }

    private init(bits: Int) { self.bits = bits }

    var isPlain: Bool { bits == 0 }
    var isShift: Bool { bits == 1 }
    var hasShift: Bool { bits & 1 != 0 }
    var hasAlt: Bool { bits & 2 != 0 }
    var hasControl: Bool { bits & 4 != 0 }
    /// Super, Hyper, Meta: keys with them belong to the desktop.
    var hasOthers: Bool { bits & ~7 != 0 }
    var withoutAlt: KeyModifiers { KeyModifiers(bits: bits & ~2) }

    /// A key that makes no text, with these held; nil where that means nothing.
    func applied(to key: Key) -> Key? {
        switch bits {
        case 0: return key
        case 1:
            switch key {
            case .tab, .backTab: return .backTab
            // Most terminals send them with Shift as without.
            case .enter, .escape, .backspace, " ": return key
            default: return nil
            }
        case 2: return .alt(key)
        default: return nil
        }
    }
}
