import CNCurses
import Screen

/// What the entry of the terminal database says of keys, for terminals that have sequences of their own. What every
/// terminal sends is found by its grammar; the numeric keypad types what is printed on it, whatever the entry calls it.
enum TerminalKeys {
    private static let names: [(String, Key)] =
        [
            ("kcuu1", .up), ("kcud1", .down), ("kcub1", .left), ("kcuf1", .right), ("khome", .home), ("kend", .end),
            ("kpp", .pageUp), ("knp", .pageDown), ("kdch1", .delete), ("kich1", .insert), ("kcbt", .backTab),
            ("kfnd", .home), ("kslt", .end),
        ] + (1...63).map { ("kf\($0)", .function($0)) }

    /// Of the screen that is current in curses.
    static func ofCurrentTerminal() -> [[UInt8]: Key] {
        var keys: [[UInt8]: Key] = [:]
        for (name, key) in names {
            let bytes = Array(ScreenModes.capability(name).utf8)
            if isOwn(bytes) { keys[bytes] = keys[bytes] ?? key }
        }
        return keys
    }

    /// Whether a sequence is long enough to be one, and no other is meant by it.
    static func isOwn(_ bytes: [UInt8]) -> Bool {
        guard bytes.count >= 2, bytes[0] == 0x1B else { return false }
        switch bytes[1] {
        // With parameters `R` reports where the cursor is.
        case UInt8(ascii: "["): return bytes.count >= 3 && (bytes.count == 3 || bytes.last != UInt8(ascii: "R"))
        case UInt8(ascii: "O"): return bytes.count == 3 && KeyCodes.afterShift[bytes[2]] == nil
        default: return bytes.count == 2
        }
    }
}
