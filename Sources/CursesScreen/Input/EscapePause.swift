import Glibc

/// How long an Esc is held for what may belong to it: it is a key only when nothing follows.
///
/// Nothing in the bytes distinguishes an Esc from the beginning of a sequence that comes apart, so it is a time. It grows when
/// sequences are seen to come apart on this connection, and shrinks again when they come whole.
struct EscapePause: Equatable {
    private(set) var milliseconds: Int
    private let least: Int
    /// What a person has set is not second-guessed.
    private let isFixed: Bool

    private static let local = 25
    private static let remote = 50
    private static let longestMeasured = 500
    private static let longestFixed = 2000
    /// Bytes further apart than this come from a person, or belong to nothing any more.
    private static let widestGap = 250

    init(fixed milliseconds: Int? = nil, isRemote: Bool = false) {
        isFixed = milliseconds != nil
        least = milliseconds.map { min(max(1, $0), Self.longestFixed) } ?? (isRemote ? Self.remote : Self.local)
        self.milliseconds = least
    }

    /// As the environment has it: ESCDELAY in milliseconds, which programs with curses hear; and over ssh a longer one.
    static func ofEnvironment(fixed: Int?) -> EscapePause {
        let custom = getenv("ESCDELAY").flatMap { Int(String(cString: $0)) }.flatMap { $0 >= 0 ? $0 : nil }
        let isRemote = getenv("SSH_CONNECTION") != nil || getenv("SSH_TTY") != nil
        return EscapePause(fixed: fixed ?? custom, isRemote: isRemote)
    }

    /// The rest of a sequence that has begun may be this late and still act.
    var forTheRest: Int { max(100, milliseconds) }

    /// A sequence came apart: its bytes were `gap` milliseconds from each other at most.
    mutating func sawGap(_ gap: Int64) {
        guard !isFixed, gap <= Self.widestGap else { return }
        milliseconds = max(milliseconds, min(Self.longestMeasured, Int(gap) * 2))
    }

    /// A sequence came whole.
    mutating func sawWhole() {
        guard !isFixed else { return }
        milliseconds = max(least, milliseconds - max(1, milliseconds / 16))
    }
}
