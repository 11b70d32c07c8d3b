import Glibc
import Marketplace

/// A journal in a file that first takes over what an older version kept of the same user in another file.
///
/// Older versions named the file after the profile and wrote no user down, so several users may have shared it. It is
/// read and never changed: each user takes over a copy of what may be this user's, and an older version that still runs
/// goes on with its file.
///
/// Promises:
/// - Nothing is read or written before everything of the older file is in the new one, on the disk. When that cannot be
///   done, the reason is thrown, and so nothing is sent.
/// - It is done once, whatever ends the program meanwhile, and however many programs do it at a time. What an older
///   version adds later is taken over before the next use.
/// - An intent that an older version waits for is under way here too.
public actor TakeOverJournal: Journal {
    private let journal: FileJournal
    private let older: FileJournal
    private let olderPath: String
    private let reader: JournalReader
    /// As it was when all of it had been taken over.
    private var taken: State?
    /// Lines of the older file that cannot be read. They stay there, and count here as if they stood in the new one.
    private var damaged: [JournalRecord] = []

    private struct State: Equatable {
        var file: ino_t
        var size: off_t
        var changed: Int
        var changedNanoseconds: Int
    }

    /// - Parameters:
    ///   - path: The file of the user of `profile`, at its marketplace.
    ///   - older: The file that an older version kept for a profile of this name; it need not exist.
    public init(path: String, takingOver older: String, for profile: Profile) {
        journal = FileJournal(path: path)
        self.older = FileJournal(path: older)
        olderPath = older
        reader = JournalReader(profile)
    }

    public func append<Objection: Sendable>(
        _ record: JournalRecord, unless objection: @Sendable ([JournalRecord]) -> Objection?
    ) async throws(JournalError) -> Objection? {
        try await takeOver()
        let damaged = damaged
        return try await journal.append(record) { objection(damaged + $0) }
    }

    public func records() async throws(JournalError) -> [JournalRecord] {
        try await takeOver()
        return damaged + (try await journal.records())
    }

    public func isUnderWay(_ id: String) async -> Bool {
        if await journal.isUnderWay(id) { return true }
        return await older.isUnderWay(id)
    }

    public nonisolated func changes() -> AsyncStream<Void> {
        guard access(olderPath, F_OK) == 0 else { return journal.changes() }
        let (stream, continuation) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let readers = [journal.changes(), older.changes()].map { changes in
            Task { for await _ in changes { continuation.yield() } }
        }
        continuation.onTermination = { _ in for reader in readers { reader.cancel() } }
        return stream
    }

    private func takeOver() async throws(JournalError) {
        var status = stat()
        guard stat(olderPath, &status) == 0 else {
            // A name too long for a file was too long for an older version as well.
            if [ENOENT, ENOTDIR, ENAMETOOLONG].contains(errno) { return }
            throw JournalError("\(olderPath) cannot be read (\(String(cString: strerror(errno))))")
        }
        let state = State(
            file: status.st_ino, size: status.st_size, changed: status.st_mtim.tv_sec,
            changedNanoseconds: status.st_mtim.tv_nsec)
        guard taken != state else { return }
        let all = try await older.records()
        damaged = all.filter { record in
            guard case .damaged(let line) = record.event else { return false }
            return line.value(of: "profile").map { $0 == reader.profile } ?? true
        }
        let records = JournalRecord.takenOver(from: all, by: reader)
        // Once all is there, nothing has to be writable to be read.
        let missing = JournalRecord.missing(records, in: try await journal.records())
        if !missing.isEmpty { try await journal.addMissing(missing) }
        taken = state
    }
}

extension JournalRecord {
    /// The records of the writes in an older version's file that may be the reader's, marked as taken over. Those of
    /// other profiles and of other marketplaces stay where they are.
    static func takenOver(from records: [JournalRecord], by reader: JournalReader) -> [JournalRecord] {
        var ids: Set<String> = []
        return records.compactMap { record in
            guard case .intended(var intent) = record.event else { return ids.contains(record.id) ? record : nil }
            guard intent.profile == reader.profile, reader.sent(intent) else { return nil }
            ids.insert(record.id)
            intent.isTakenOver = intent.user == nil
            return JournalRecord(id: record.id, at: record.at, event: .intended(intent))
        }
    }

    /// Those of `records` that `others` lack: an intent is identified by its id, any other record by its whole content.
    static func missing(_ records: [JournalRecord], in others: [JournalRecord]) -> [JournalRecord] {
        var intents: Set<String> = []
        var rest: Set<JournalRecord> = []
        for record in others {
            if record.isIntent { intents.insert(record.id) } else { rest.insert(record) }
        }
        return records.filter { record in
            record.isIntent ? intents.insert(record.id).inserted : rest.insert(record).inserted
        }
    }
}
