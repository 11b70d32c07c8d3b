import FoundationEssentials
import Glibc
import Marketplace

/// A write-ahead log in a file: one JSON object a line, keys sorted, only ever appended to.
///
/// A record is on the disk (`fsync`) before `append` returns. Several programs may write to one file: they take turns,
/// and each sees the other's records before it adds its own. Only the file's owner can read it. A line that a crash cut
/// short is skipped; a whole line that cannot be read comes back as damaged. System calls block a queue of its own.
public actor FileJournal: Journal {
    private let path: String
    private let executor = BlockingExecutor(label: "souk.journal")
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
    private nonisolated let readers = Broadcast<Void>()
    /// The records read so far, and where in which file the next one begins.
    private var read = Reading()
    /// A handle for each intent under way; the system frees the mark it carries when this program ends.
    private var marks: [String: OpenFile] = [:]

    private struct Reading {
        var records: [JournalRecord] = []
        var end: off_t = 0
        var file: ino_t = 0
        var lines = 0
    }

    /// How long to wait for the file's lock before the error that another program holds the journal.
    private static let lockTimeout = Duration.seconds(10)

    /// - Parameter path: The file; it and its directories are made at the first record, for their owner alone.
    public init(path: String) { self.path = path }

    public func append<Objection: Sendable>(
        _ record: JournalRecord, unless objection: @Sendable ([JournalRecord]) -> Objection?
    ) async throws(JournalError) -> Objection? {
        let file = try openForWriting()
        // The turn lasts as long as the file is open.
        defer { withExtendedLifetime(file) {} }
        try takeTurn(file)
        try readOn(file)
        if let objection = objection(read.records) { return objection }
        if case .intended = record.event { marks[record.id] = try mark(record.id) }
        if case .ended = record.event { marks[record.id] = nil }
        do throws(JournalError) {
            // A line that a crash cut short must not swallow the next one.
            let start = endsTorn(file) ? "\n\(JournalLine.tornMark(at: record.at))\n" : ""
            guard FileBytes.write(Array("\(start)\(record.line)\n".utf8), to: file.descriptor) else {
                throw failure("cannot be written")
            }
            guard fsync(file.descriptor) == 0 else { throw failure("cannot be brought to the disk") }
        } catch {
            marks[record.id] = nil
            throw error
        }
        readers.send(())
        return nil
    }

    public func records() throws(JournalError) -> [JournalRecord] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        if descriptor < 0, errno == ENOENT { return [] }
        guard descriptor >= 0 else { throw failure("cannot be opened") }
        let file = OpenFile(descriptor)
        defer { withExtendedLifetime(file) {} }
        let tail = try readOn(file)
        // The last line may still be on its way.
        if case .record(let record) = JournalLine(tail, number: read.lines + 1, path: path) {
            return read.records + [record]
        }
        return read.records
    }

    public func isUnderWay(_ id: String) -> Bool {
        if marks[id] != nil { return true }
        let descriptor = open(path, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        let file = OpenFile(descriptor)
        defer { withExtendedLifetime(file) {} }
        return file.isMarkedByOthers(at: Self.place(of: id))
    }

    public nonisolated func changes() -> AsyncStream<Void> {
        let watch = FileWatch(path: path) { [readers] in readers.send(()) }
        return readers.stream(onEnd: { watch?.end() })
    }

    /// Adds those of `records` that are not there yet, in their order and in one turn. A crash leaves whole lines; the
    /// rest is added when this is asked again.
    func addMissing(_ records: [JournalRecord]) async throws(JournalError) {
        let file = try openForWriting()
        defer { withExtendedLifetime(file) {} }
        try takeTurn(file)
        try readOn(file)
        let missing = JournalRecord.missing(records, in: read.records)
        guard let first = missing.first else { return }
        var start = endsTorn(file) ? "\n\(JournalLine.tornMark(at: first.at))\n" : ""
        for record in missing {
            guard FileBytes.write(Array("\(start)\(record.line)\n".utf8), to: file.descriptor) else {
                throw failure("cannot be written")
            }
            start = ""
        }
        guard fsync(file.descriptor) == 0 else { throw failure("cannot be brought to the disk") }
        readers.send(())
    }

    /// Whether another program, or another handle of this one, is about to add a record to the journal at `path`.
    public static func isHeld(at path: String) -> Bool {
        let descriptor = open(path, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        let file = OpenFile(descriptor)
        defer { withExtendedLifetime(file) {} }
        return file.isMarkedByOthers(at: 0)
    }

    // MARK: Reading

    /// Reads what was added since the last time, as far as whole lines go.
    /// - Returns: What follows the last whole line.
    @discardableResult
    private func readOn(_ file: OpenFile) throws(JournalError) -> ArraySlice<UInt8> {
        var status = stat()
        guard fstat(file.descriptor, &status) == 0 else { throw failure("cannot be read") }
        // Somebody put another file in its place, or cut it.
        if status.st_ino != read.file || status.st_size < read.end { read = Reading(file: status.st_ino) }
        guard let bytes = FileBytes.read(file.descriptor, from: read.end) else { throw failure("cannot be read") }
        guard let last = bytes.lastIndex(of: UInt8(ascii: "\n")) else { return bytes[...] }
        for line in bytes[..<last].split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            read.lines += 1
            add(JournalLine(line, number: read.lines, path: path))
        }
        read.end += off_t(last + 1)
        return bytes[(last + 1)...]
    }

    private func add(_ line: JournalLine) {
        let last = read.records.last
        switch line {
        case .record(let record): read.records.append(record)
        case .tornMark:
            if case .damaged(let torn) = last?.event, torn.number == read.lines - 1 { read.records.removeLast() }
        case .empty: break
        case .damaged(let line):
            let at = line.value(of: "at").flatMap { Instant($0) } ?? last?.at
            read.records.append(
                JournalRecord(
                    id: line.value(of: "id") ?? "line \(line.number)", at: at ?? Instant(millisecondsSince1970: 0),
                    event: .damaged(line)))
        }
    }

    // MARK: Writing

    private func openForWriting() throws(JournalError) -> OpenFile {
        let isNew = access(path, F_OK) != 0
        if isNew {
            guard StateDirectory.make(above: path) else { throw failure("cannot be made") }
        }
        let descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("cannot be opened") }
        let file = OpenFile(descriptor)
        guard fchmod(file.descriptor, 0o600) == 0 else { throw failure("cannot be made private") }
        // Without its name on the disk a crash could lose the file with all that is in it.
        guard !isNew || StateDirectory.sync(above: path) else { throw failure("cannot be brought to the disk") }
        return file
    }

    /// Waits until no other program writes. The turn ends when `file` is closed.
    ///
    /// The wait blocks this journal's own queue and suspends nothing: whoever has its turn goes on at once and gives it
    /// back, however busy the threads are that all tasks share.
    private func takeTurn(_ file: OpenFile) throws(JournalError) {
        let start = ContinuousClock.now
        while !file.takeMark(at: 0) {
            guard errno == EAGAIN || errno == EACCES || errno == EINTR else { throw failure("cannot be locked") }
            guard ContinuousClock.now - start < Self.lockTimeout else {
                throw JournalError("\(path) is held by another program; end it, then try again")
            }
            usleep(2000)
        }
    }

    /// Marks the intent as under way, for as long as the handle lives.
    private func mark(_ id: String) throws(JournalError) -> OpenFile {
        let descriptor = open(path, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("cannot be opened") }
        let file = OpenFile(descriptor)
        guard file.takeMark(at: Self.place(of: id)) else { throw failure("cannot be locked") }
        return file
    }

    /// Where the mark of an intent lies: far beyond what the file holds, and the same in every program (FNV-1a).
    private static func place(of id: String) -> off_t {
        off_t(id.utf8.fnv1a >> 2) | 1
    }

    private func endsTorn(_ file: OpenFile) -> Bool {
        let size = lseek(file.descriptor, 0, SEEK_END)
        var last: UInt8 = 0
        return size > 0 && pread(file.descriptor, &last, 1, size - 1) == 1 && last != UInt8(ascii: "\n")
    }

    /// What went wrong with the file, and the system's words for it.
    private func failure(_ what: String) -> JournalError {
        let code = errno
        return JournalError("\(path) \(what) (\(String(cString: strerror(code))))")
    }
}
