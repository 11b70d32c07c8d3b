import CNCurses
import Glibc
import Screen

/// The terminal's modes that curses does not know, and the text that undoes everything when there is no time for curses.
struct ScreenModes {
    static let beginFrame = "\u{1B}[?2026h"
    static let endFrame = "\u{1B}[?2026l"

    /// Whether the terminal reads ECMA-48 sequences: then it drops those it does not know.
    let understandsSequences: Bool
    /// Whether it reads the sequences of xterm for titles and the clipboard: others show their text.
    let understandsTitles: Bool
    /// Ends whatever was cut off: a sequence, a frame, a look.
    let cancel: String
    /// Takes the screen as curses does, with the terminal in the state that curses expects then.
    let screen: String
    /// Leaves the screen as curses does.
    let exit: String
    /// Chooses the ordinary characters, whatever others another program may have left chosen.
    let ordinaryCharacters: String
    /// To be sent when the screen is up.
    let enter: String
    /// To be sent before the screen is left.
    let leave: String
    /// To be sent when the main screen is there again.
    let left: String
    /// Ends what was cut off, shows the cursor and leaves the alternate screen and all modes.
    let restore: String

    /// What another program may have left on: reports of the mouse in every form, and pixels for cells.
    private static let mouse = [1000, 1001, 1002, 1003, 1005, 1006, 1015, 1016]

    /// Asks the screen that is current in curses.
    static func ofCurrentTerminal(type: String, mouse: Bool) -> ScreenModes {
        let understands = capability("cup").hasPrefix("\u{1B}[")
        // Entries announce titles in one of two ways. Within tmux the name of the terminal may be that of another one.
        let announcesTitles = flag("XT") || capability("tsl").hasPrefix("\u{1B}]")
        let titles = understands && (announcesTitles || getenv("TMUX") != nil)
        // The console of Linux and old terminals print what follows `CSI >`, `<` and `=`.
        let keyboards = titles || understands && type.hasPrefix("screen")
        // Bracketed paste, focus, and the mouse with its coordinates in decimals.
        let modes = understands ? [2004, 1004] + (mouse ? [1000, 1006] : []) : []
        let enter =
            (understands ? self.mouse.map { "\u{1B}[?\($0)l" }.joined() : "")
            + modes.map { "\u{1B}[?\($0)h" }.joined() + (titles ? "\u{1B}[22;2t" : "")
            + (keyboards ? KeyboardProtocols.enter : "")
        let leave =
            (keyboards ? KeyboardProtocols.leave : "") + modes.reversed().map { "\u{1B}[?\($0)l" }.joined()
            + (titles ? "\u{1B}[23;2t" : "")
        let left = keyboards ? KeyboardProtocols.left : ""
        func capabilities(_ names: String...) -> String { names.map { capability($0) }.joined() }
        // The whole screen scrolls, and text wraps as the entry says.
        let scrolls = understands && !capability("csr").isEmpty ? "\u{1B}[r" : ""
        let wraps = flag("am") ? "smam" : "rmam"
        let screen = capabilities("smcup", "smkx") + scrolls + capabilities("sgr0", "rmir", wraps, "cnorm")
        let exit = capabilities("sgr0", "cnorm", "rmkx", "rmcup")
        let cancel = understands ? "\u{18}\(endFrame)\u{1B}[m" : ""
        return ScreenModes(
            understandsSequences: understands, understandsTitles: titles,
            cancel: cancel, screen: screen, exit: exit, ordinaryCharacters: capability("rmacs"), enter: enter,
            leave: leave, left: left,
            restore: cancel + leave + exit + left + "\r\n")
    }

    private static func flag(_ name: String) -> Bool {
        var name = Array(name.utf8CString)
        return tigetflag(&name) == 1
    }

    /// A string of the terminal's entry without its padding (`$<5>`), which asks for a pause; empty when it has none.
    static func capability(_ name: String) -> String {
        var clean: [UInt8] = []
        var isPadding = false
        for byte in TerminalEntry.text(name).utf8 {
            if isPadding {
                isPadding = byte != UInt8(ascii: ">")
            } else if byte == UInt8(ascii: "<"), clean.last == UInt8(ascii: "$") {
                clean.removeLast()
                isPadding = true
            } else {
                clean.append(byte)
            }
        }
        return String(decoding: clean, as: UTF8.self)
    }
}

/// The protocols in which terminals send keys otherwise than they always did: that of kitty, and xterm's modifyOtherKeys.
/// A program that was killed leaves them on; keys are understood in each of them, but a shell does not.
enum KeyboardProtocols {
    /// A new entry on the screen's own stack of kitty's flags, with none; and no modifyOtherKeys.
    ///
    /// A terminal that takes the latter for a look (SGR) is left without one.
    static let enter = "\u{1B}[>0u\u{1B}[>4;0m\u{1B}[m"
    /// Takes the entry away again, and sets modifyOtherKeys to what the person's settings say.
    static let leave = "\u{1B}[<u\u{1B}[>4m\u{1B}[m"
    /// Flags are kept for each screen: whatever was left on at the shell's is off.
    static let left = "\u{1B}[=0u"
}
