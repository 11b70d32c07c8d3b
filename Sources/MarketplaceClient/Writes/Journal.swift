import Marketplace

/// The record of every change this program asks for: the intent before it is sent, the outcome after.
public protocol Journal: Sendable {
    /// Adds a record at the end. When this returns, the record survives a crash, as far as the journal can promise it.
    func append(_ record: JournalRecord) async throws(JournalError)
    /// Every readable record, oldest first.
    func records() async throws(JournalError) -> [JournalRecord]
}

/// Why a journal cannot be written or read, in words.
public struct JournalError: Error, Hashable, Sendable {
    public var reason: String

    public init(_ reason: String) { self.reason = reason }
}

/// A journal that lives as long as the process: for the embedded marketplace and for tests.
public actor MemoryJournal: Journal {
    private var kept: [JournalRecord] = []

    public init() {}

    public func append(_ record: JournalRecord) { kept.append(record) }
    public func records() -> [JournalRecord] { kept }
}
