import CNCurses
import Glibc

/// The terminal's modes that curses does not know, and the text that undoes everything when there is no time for curses.
struct ScreenModes {
    static let beginFrame = "\u{1B}[?2026h"
    static let endFrame = "\u{1B}[?2026l"

    /// Whether the terminal reads ECMA-48 sequences: then it drops those it does not know.
    let understandsSequences: Bool
    /// Whether it reads the sequences of xterm for titles and the clipboard: others show their text.
    let understandsTitles: Bool
    /// Ends a frame, shows the cursor and leaves the alternate screen and all modes.
    let restore: String

    /// What entering sets and leaving resets: bracketed paste, focus, and the mouse with its coordinates in decimals.
    private let modes: [Int]

    /// Asks the screen that is current in curses.
    static func ofCurrentTerminal(mouse: Bool) -> ScreenModes {
        let understands = capability("cup").hasPrefix("\u{1B}[")
        let modes = understands ? [2004, 1004] + (mouse ? [1000, 1006] : []) : []
        // Entries tell of titles in one of two ways. Within tmux the name of the terminal may be that of another one.
        let tells = flag("XT") || capability("tsl").hasPrefix("\u{1B}]")
        let titles = understands && (tells || getenv("TMUX") != nil)
        let leaving = ["sgr0", "cnorm", "rmkx", "rmcup"].map { capability($0) }.joined()
        return ScreenModes(
            understandsSequences: understands, understandsTitles: titles,
            restore: (understands ? endFrame : "") + off(modes, titles: titles) + leaving + "\r\n", modes: modes)
    }

    func enter(on output: Int32) {
        let title = understandsTitles ? "\u{1B}[22;2t" : ""
        send(modes.map { "\u{1B}[?\($0)h" }.joined() + title, to: output)
    }

    func leave(on output: Int32) { send(Self.off(modes, titles: understandsTitles), to: output) }

    private static func off(_ modes: [Int], titles: Bool) -> String {
        modes.reversed().map { "\u{1B}[?\($0)l" }.joined() + (titles ? "\u{1B}[23;2t" : "")
    }

    func send(_ text: String, to output: Int32) { send(Array(text.utf8)[...], to: output) }

    func send(_ all: ArraySlice<UInt8>, to output: Int32) {
        var bytes = all
        while !bytes.isEmpty {
            let sent = bytes.withUnsafeBytes { write(output, $0.baseAddress, $0.count) }
            if sent < 0, errno == EINTR { continue }
            if sent < 0, errno == EAGAIN {
                var room = pollfd(fd: output, events: Int16(POLLOUT), revents: 0)
                if poll(&room, 1, 1000) > 0 { continue }
            }
            guard sent > 0 else { return }
            bytes = bytes.dropFirst(sent)
        }
    }

    private static func flag(_ name: String) -> Bool {
        var name = Array(name.utf8CString)
        return tigetflag(&name) == 1
    }

    /// A string of the terminal's entry without its padding (`$<5>`), which asks for a pause; empty when it has none.
    private static func capability(_ name: String) -> String {
        var name = Array(name.utf8CString)
        guard let value = tigetstr(&name), Int(bitPattern: value) != -1 else { return "" }
        var clean: [UInt8] = []
        var isPadding = false
        for byte in String(cString: value).utf8 {
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
