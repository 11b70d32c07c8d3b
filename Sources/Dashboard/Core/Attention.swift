import Marketplace

/// Whether the terminal has the focus, as far as it reports that.
struct Attention {
    /// How long nobody may look before nothing more is read.
    static let secondsUnfocused = 300.0

    private var lostAt: Moment?
    /// Whether nobody has looked for so long that nothing is read any more.
    private(set) var isResting = false

    mutating func focus(_ isFocused: Bool, now: Moment) { lostAt = isFocused ? nil : lostAt ?? now }

    /// Begins or ends the rest. No clock runs for it: as long as nothing happens nothing is read either.
    mutating func settle(now: Moment) -> [Effect] {
        let rests = lostAt.map { now.seconds(since: $0) >= Self.secondsUnfocused } ?? false
        guard rests != isResting else { return [] }
        isResting = rests
        return [.rest(rests)]
    }
}
