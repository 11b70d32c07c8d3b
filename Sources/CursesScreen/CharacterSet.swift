import CNCurses
import Glibc

enum CharacterSet {
    /// Sets the locale's characters for curses and the C library: those of the environment, or UTF-8 where the
    /// environment names none that is installed, or plain C. A person who names another one means it.
    /// - Returns: whether they are UTF-8.
    static func choose() -> Bool {
        let isInstalled = setlocale(LC_CTYPE, "") != nil
        if cn_is_utf8() { return true }
        let name = setlocale(LC_CTYPE, nil).map { String(cString: $0) } ?? "C"
        guard !isInstalled || name == "C" || name == "POSIX" else { return false }
        return setlocale(LC_CTYPE, "C.UTF-8") != nil && cn_is_utf8()
    }
}
