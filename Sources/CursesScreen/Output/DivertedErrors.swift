import CNCurses
import Glibc

/// Keeps what the process writes to its standard error off the screen: it goes into a file while the screen is up, and
/// to the terminal afterwards. An error output that is not a terminal is left alone.
struct DivertedErrors {
    private let terminal: Int32
    private let file: Int32

    /// - Parameter path: a file to append to; nil for one without a name.
    init?(path: String?) {
        guard isatty(STDERR_FILENO) == 1 else { return nil }
        file = path.map { open($0, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0o600) } ?? cn_anonymous_file("souk-errors")
        guard file >= 0 else { return nil }
        terminal = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
        guard terminal >= 0, dup2(file, STDERR_FILENO) >= 0 else {
            close(file)
            return nil
        }
        cn_errors_collected_in(file, Int64(lseek(file, 0, SEEK_END)), terminal)
    }

    /// Points the error output at the terminal again and writes there what came meanwhile.
    func restore() {
        dup2(terminal, STDERR_FILENO)
        cn_tell_collected_errors()
        cn_errors_collected_in(-1, 0, -1)
        close(terminal)
        close(file)
    }
}
