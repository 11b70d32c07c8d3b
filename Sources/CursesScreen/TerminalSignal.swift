/// A signal of the system about the terminal or the end of the program.
public enum TerminalSignal: Equatable, Sendable {
    /// The terminal has another size: `resize()` and draw.
    case resized
    /// The program was stopped and goes on; the screen is up again and wants to be drawn.
    case continued
    /// The program was asked to end, by SIGTERM, SIGHUP or SIGINT.
    case ended(signal: Int32)
}
