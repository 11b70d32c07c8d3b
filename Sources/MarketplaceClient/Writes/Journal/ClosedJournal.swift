/// The journal of a program that has no place for one: it holds nothing and takes nothing, so that nothing can be sent.
public struct ClosedJournal: Journal {
    private let reason: String

    /// - Parameter reason: Why there is no place.
    public init(reason: String) { self.reason = reason }

    public func append<Objection: Sendable>(
        _ record: JournalRecord, unless objection: @Sendable ([JournalRecord]) -> Objection?
    ) throws(JournalError) -> Objection? { throw JournalError(reason) }

    public func records() -> [JournalRecord] { [] }
    public func isUnderWay(_ id: String) -> Bool { false }
    public func changes() -> AsyncStream<Void> { AsyncStream { $0.finish() } }
}
