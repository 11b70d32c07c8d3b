import Screen

/// Why the screen cannot be drawn here. The commands work without it.
public enum TerminalProblem: Error, Equatable, Sendable {
    case notATerminal
    /// The terminal database has no entry for TERM; `name` is empty when TERM is not set.
    case unknownTerminal(name: String)
    /// The terminal cannot move its cursor.
    case tooDumb(name: String)

    /// What happened, what it means, what to do.
    public var message: String {
        switch self {
        case .notATerminal:
            "souk draws on a terminal, but its input or output is not one. For scripts use the commands: souk --help"
        case .unknownTerminal(""):
            "The environment does not say which terminal this is, so souk cannot draw. Set TERM, for example: "
                + "TERM=xterm-256color souk"
        case .unknownTerminal(let name):
            "This system does not know the terminal '\(TerminalText.safe(name))' that TERM names, so souk cannot draw. "
                + "Set TERM to one it has, for example: TERM=xterm-256color souk"
        case .tooDumb(let name):
            "The terminal '\(TerminalText.safe(name))' cannot move its cursor, so souk cannot draw on it. souk --linear "
                + "prints the same views line by line; the commands need no terminal (souk --help). Or set TERM to "
                + "what the terminal really is."
        }
    }
}
