/// What the system told the program about its terminal or its life.
public enum TerminalSignal: Equatable, Sendable {
    /// The terminal has another size: `resize()` and draw.
    case resized
    /// The program was stopped and goes on; the screen is up again and wants to be drawn.
    case continued
    /// The program was asked to end, by SIGTERM, SIGHUP or SIGINT.
    case ended(signal: Int32)
}
