import Marketplace

/// When a person last saw the marketplace in a dashboard, kept in a file for a user at a marketplace; see ``KeptFile``.
/// Nothing else of a session is kept.
///
/// The time is that of the latest read that a person was there for, by the marketplace's clock, and it is written while the
/// session goes on: after a crash at most the last minute counts as not seen. Of two dashboards the later time stays. A
/// time that lies ahead of the one to be written was kept by a clock that has been set since, and gives way.
struct SessionFile: Sendable {
    typealias Problem = KeptFileProblem

    private struct Content: Codable, Equatable, Sendable {
        /// ISO 8601 in UTC.
        var lastSeen: String?
    }

    /// Two programs on one computer agree by less than this many seconds.
    private static let mostAhead = 300.0

    private let file: KeptFile<Content>

    /// - Parameter path: Nil keeps nothing: a marketplace that forgets everything has no earlier sessions.
    init(path: String?, lockLimit: Duration = .seconds(2)) {
        file = KeptFile(
            path: path, empty: Content(), subject: "The time of this session",
            occasion: "as this session goes on", lockLimit: lockLimit)
    }

    /// Nil where no session is known.
    func read() throws(Problem) -> Instant? { try file.read().lastSeen.flatMap { Instant($0) } }

    func note(_ seen: Instant) throws(Problem) {
        try file.change { content in
            if let before = content.lastSeen.flatMap({ Instant($0) }) {
                let ahead = before.seconds(since: seen)
                if ahead >= 0, ahead <= Self.mostAhead { return }
            }
            content.lastSeen = seen.description
        }
    }
}
