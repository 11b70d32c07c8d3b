import Marketplace
import Synchronization

/// What was sent to one marketplace by one user: the journal's records, and the outcomes that could not be written
/// there.
final class WriteHistory: Sendable {
    private let journal: any Journal
    private let reader: JournalReader
    private let unsaved = Mutex<[Unsaved]>([])
    private let readers = Broadcast<Void>()
    private let clock: any ClientClock
    /// Tries again to write what could not be written.
    private let saving = Mutex<Task<Void, Never>?>(nil)

    /// A record that is in memory and not yet on the disk.
    private struct Unsaved {
        var record: JournalRecord
        var reason: String
    }

    init(_ journal: any Journal, of profile: Profile, clock: any ClientClock) {
        self.journal = journal
        self.clock = clock
        reader = JournalReader(profile)
    }

    deinit { saving.withLock { $0?.cancel() } }

    /// Writes an intent down before it is sent, unless something in the journal speaks against it.
    func begin<Objection: Sendable>(
        _ record: JournalRecord, unless objection: @Sendable ([JournalRecord]) -> Objection?
    ) async throws(JournalError) -> Objection? {
        await saveLeftovers()
        return try await journal.append(record, unless: objection)
    }

    /// Writes an outcome down, or what was found out later. When that fails, it is kept in memory, shown with the entry,
    /// and written as soon as the journal can be written again.
    func add(_ record: JournalRecord) async { await add(record) { _ in false } }

    /// Writes down what was found when the order of an intent had ended, unless that was found before.
    func conclude(_ record: JournalRecord) async {
        await add(record) { records in records.contains { $0.id == record.id && $0.isLastCheck } }
    }

    private func add(_ record: JournalRecord, unless isThere: @Sendable ([JournalRecord]) -> Bool) async {
        await saveLeftovers()
        do throws(JournalError) {
            _ = try await journal.append(record) { records in isThere(records) ? true : nil }
        } catch {
            unsaved.withLock { $0.append(Unsaved(record: record, reason: error.reason)) }
            readers.send(())
            saveLater()
        }
    }

    /// Writes down how an intent was settled, unless somebody else did so before.
    func settle(_ record: JournalRecord) async throws(JournalError) {
        await saveLeftovers()
        _ = try await journal.append(record) { records in
            records.contains { $0.id == record.id && $0.isFinal } ? true : nil
        }
    }

    /// The records of this profile's user, oldest first.
    func records() async throws(JournalError) -> [JournalRecord] { own(try await allRecords()) }

    /// Every record, also of writes that others sent, oldest first.
    func allRecords() async throws(JournalError) -> [JournalRecord] {
        try await journal.records() + unsaved.withLock { $0.map(\.record) }
    }

    /// Those of `records` that are about writes of this profile's user.
    func own(_ records: [JournalRecord]) -> [JournalRecord] { reader.own(records) }

    func isUnderWay(_ id: String) async -> Bool { await journal.isUnderWay(id) }

    /// Every write of the journal, those of others as theirs, newest first.
    func entries() async throws(JournalError) -> [JournalEntry] {
        let records = try await allRecords()
        var underWay: Set<String> = []
        for id in JournalEntry.withoutOutcome(in: records) where await journal.isUnderWay(id) { underWay.insert(id) }
        var entries = JournalEntry.all(in: records, underWay: underWay, for: reader)
        for unsaved in unsaved.withLock({ $0 }) {
            guard let place = entries.firstIndex(where: { $0.id.rawValue == unsaved.record.id }) else { continue }
            entries[place].warning =
                "This outcome is not in the journal's file, and is lost with the end of the program: \(unsaved.reason)."
        }
        return entries
    }

    /// The entries now, and again whenever they differ.
    func updates() -> AsyncStream<[JournalEntry]> {
        let (stream, continuation) = AsyncStream<[JournalEntry]>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let changes = [journal.changes(), readers.stream()]
        let reading = Task { [weak self] in
            let (wakes, wake) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
            wake.yield()
            await withTaskGroup { group in
                for change in changes { group.addTask { for await _ in change { wake.yield() } } }
                var last: [JournalEntry]?
                for await _ in wakes {
                    guard let self else { break }
                    // When the journal cannot be read just now, the entries published last stay.
                    guard let entries = try? await self.entries(), entries != last else { continue }
                    last = entries
                    continuation.yield(entries)
                }
                group.cancelAll()
            }
            continuation.finish()
        }
        continuation.onTermination = { _ in reading.cancel() }
        return stream
    }

    /// Tries again for a day, with exponential back-off up to five minutes: nothing reports that a disk has space again.
    private func saveLater() {
        saving.withLock { saving in
            guard saving == nil else { return }
            saving = Task { [weak self, clock] in
                var waited = 0.0
                var pause = 1.0
                while waited < 86_400 {
                    do { try await clock.sleep(seconds: pause) } catch { break }
                    guard let self else { return }
                    await saveLeftovers()
                    if unsaved.withLock({ $0.isEmpty }) { break }
                    waited += pause
                    pause = min(300, pause * 2)
                }
                self?.saving.withLock { $0 = nil }
            }
        }
    }

    private func saveLeftovers() async {
        while let first = unsaved.withLock({ $0.first }) {
            do throws(JournalError) {
                _ = try await journal.append(first.record) { records in records.contains(first.record) ? true : nil }
            } catch {
                return
            }
            unsaved.withLock { unsaved in unsaved.removeAll { $0.record == first.record } }
            readers.send(())
        }
    }
}

extension JournalRecord {
    /// Whether it says for good what became of its intent.
    var isFinal: Bool {
        switch event {
        case .ended(.taken), .ended(.refused): true
        case .intended, .ended(.unknown), .checked, .noticed, .damaged: false
        }
    }
}
