import Glibc
import Synchronization

/// What a command says to people on the standard error while it works: notes, and on a terminal its progress.
final class Notes: Sendable {
    private let isQuiet: Bool
    private let showsProgress: Bool
    private let hasProgress = Mutex(false)

    /// - Parameter isQuiet: Whether a person wants none, or a program reads the errors.
    init(isQuiet: Bool) {
        self.isQuiet = isQuiet
        showsProgress = !isQuiet && isatty(STDERR_FILENO) == 1
    }

    func note(_ text: String) {
        guard !isQuiet else { return }
        clear()
        printError(text)
    }

    /// Replaces the line of progress; it is gone when anything else is written.
    func progress(_ text: String) {
        guard showsProgress else { return }
        hasProgress.withLock { $0 = true }
        writeSequence("\r\u{1B}[K")
        printErrorPart(text)
    }

    func clear() {
        let wasThere = hasProgress.withLock { has in
            defer { has = false }
            return has
        }
        if wasThere { writeSequence("\r\u{1B}[K") }
    }

    private func writeSequence(_ text: String) { printErrorBytes(Array(text.utf8)) }
}
