/// A place where a canvas can be shown. Only its owner's thread may call it.
public protocol Terminal: AnyObject {
    var size: Size { get }
    /// Makes the screen show `canvas`; sends only what changed since the last call.
    func present(_ canvas: Canvas)
    /// Copies `text` to the clipboard of the person at the terminal, line ends and all; other control characters are
    /// made harmless.
    func copy(_ text: String) -> Copied
}

/// What became of a text that was to be copied.
public enum Copied: Equatable, Sendable {
    /// Terminals do not answer: one that forbids copying stays silent too.
    case sent
    /// The text is longer than this many bytes, of which terminals take no more; nothing was sent.
    case tooLong(limit: Int)
    /// This terminal has no such sequence.
    case notPossible
}
