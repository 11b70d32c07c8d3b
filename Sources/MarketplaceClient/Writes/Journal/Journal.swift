import Marketplace
import Synchronization

/// The write-ahead log of every change this program asks for: the intent before it is sent, the outcome after.
///
/// Several programs may share one journal. An intent is *under way* from its record on until the record of its outcome,
/// or until the program that wrote it ends, whatever ends it.
public protocol Journal: Sendable {
    /// Adds a record at the end, unless something in the journal speaks against it. When this returns nil, the record
    /// survives a crash, as far as the journal can promise it.
    /// - Parameter objection: Looks at every record so far; no other program can add one between this look and the new
    ///   record.
    /// - Returns: The objection; then nothing was added.
    func append<Objection: Sendable>(
        _ record: JournalRecord, unless objection: @Sendable ([JournalRecord]) -> Objection?
    ) async throws(JournalError) -> Objection?

    /// Every readable record, oldest first.
    func records() async throws(JournalError) -> [JournalRecord]

    /// Whether the program that wrote the intent `id` still waits for its answer.
    func isUnderWay(_ id: String) async -> Bool

    /// Yields whenever a record may have been added, by this program or another, until its reader leaves. Several
    /// records may be reported at once. Nothing is polled.
    func changes() -> AsyncStream<Void>
}

extension Journal {
    /// Adds a record at the end, whatever the journal holds.
    public func append(_ record: JournalRecord) async throws(JournalError) {
        _ = try await append(record) { (_: [JournalRecord]) -> Never? in nil }
    }
}

/// Why a journal cannot be written or read, in words.
public struct JournalError: Error, Hashable, Sendable {
    public var reason: String

    public init(_ reason: String) { self.reason = reason }
}

/// A journal that lives as long as the process: for the embedded marketplace and for tests.
public actor MemoryJournal: Journal {
    private var kept: [JournalRecord] = []
    private var underWay: Set<String> = []
    private nonisolated let readers = Broadcast<Void>()

    public init() {}

    public func append<Objection: Sendable>(
        _ record: JournalRecord, unless objection: @Sendable ([JournalRecord]) -> Objection?
    ) -> Objection? {
        if let objection = objection(kept) { return objection }
        kept.append(record)
        switch record.event {
        case .intended: underWay.insert(record.id)
        case .ended: underWay.remove(record.id)
        case .checked, .noticed, .damaged: break
        }
        readers.send(())
        return nil
    }

    public func records() -> [JournalRecord] { kept }
    public func isUnderWay(_ id: String) -> Bool { underWay.contains(id) }
    public nonisolated func changes() -> AsyncStream<Void> { readers.stream() }
}
