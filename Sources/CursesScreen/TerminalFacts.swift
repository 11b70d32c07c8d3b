import CNCurses
import Glibc

/// What a terminal can do, found without drawing on it.
public struct TerminalFacts: Equatable, Sendable {
    public enum Drawing: Equatable, Sendable {
        case possible
        /// It cannot move its cursor.
        case tooDumb
        /// The terminal database does not have it.
        case unknown
    }

    /// What TERM says; empty where it says nothing.
    public var name: String
    public var columns: Int
    public var rows: Int
    public var drawing: Drawing
    /// 0 for none.
    public var colours: Int
    /// Whether the locale, or the one that takes its place, has UTF-8.
    public var isUTF8: Bool
    /// Whether the system's library knows which characters are wide and which are put on others.
    public var knowsWidths: Bool
    /// Whether texts can be put on the clipboard by a sequence (OSC 52).
    public var hasClipboard: Bool

    public init(
        name: String, columns: Int, rows: Int, drawing: Drawing, colours: Int, isUTF8: Bool, knowsWidths: Bool,
        hasClipboard: Bool
    ) {
        self.name = name
        self.columns = columns
        self.rows = rows
        self.drawing = drawing
        self.colours = colours
        self.isUTF8 = isUTF8
        self.knowsWidths = knowsWidths
        self.hasClipboard = hasClipboard
    }

    /// Of the terminal on the standard output, as the environment describes it; nil when there is none.
    public static func ofStandardOutput() -> TerminalFacts? {
        guard isatty(STDOUT_FILENO) == 1 else { return nil }
        let name = getenv("TERM").map { String(cString: $0) } ?? ""
        var window = winsize()
        _ = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &window)
        let drawing: Drawing =
            switch cn_can_draw(name, STDOUT_FILENO) {
            case 1: .possible
            case 0: .tooDumb
            default: .unknown
            }
        let isUTF8 = CharacterSet.choose()
        let knowsWidths = cn_columns(0x4F5C) == 2 && cn_columns(0xF8) == 1 && cn_columns(0x301) == 0
        return TerminalFacts(
            name: name, columns: Int(window.ws_col), rows: Int(window.ws_row), drawing: drawing,
            colours: Int(cn_colours_of(name, STDOUT_FILENO)), isUTF8: isUTF8, knowsWidths: !isUTF8 || knowsWidths,
            hasClipboard: drawing == .possible
                && (name.hasPrefix("screen") || getenv("TMUX") != nil || cn_takes_titles(name, STDOUT_FILENO)))
    }
}
