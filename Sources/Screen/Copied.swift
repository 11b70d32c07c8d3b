/// What became of a text that was to be copied.
public enum Copied: Equatable, Sendable {
    /// Terminals do not answer: one that forbids copying stays silent too.
    case sent
    /// The text is longer than this many bytes, of which terminals take no more; nothing was sent.
    case tooLong(limit: Int)
    /// This terminal has no such sequence.
    case notPossible
}
