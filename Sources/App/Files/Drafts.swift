import Dashboard
import FoundationEssentials
import Glibc
import MarketplaceClient
import Synchronization

/// The forms that a person has begun, kept in a file, or in memory alone for a marketplace that forgets everything.
///
/// - One file for a user at a marketplace, readable by its owner only, replaced as a whole: a crash leaves the old one or
///   the new one.
/// - Two programs on one file take turns; each changes only the drafts that were kept or dropped in it. A turn that
///   another program does not end is waited for a short while, then given up.
/// - A file whose content is damaged is put aside, beside those put aside before. One that cannot be read stays as it
///   is, and nothing is written.
/// - What an older version kept for the profile's name is listed from its file, without an owner, until it is dropped.
final class Drafts: Sendable {
    private let path: String?
    private let olderPath: String?
    /// How long another program's turn is waited for.
    private let lockLimit: Duration
    private let pending = Mutex(Pending())
    /// Held while the file is read and replaced.
    private let turn = Mutex(())

    private enum Change {
        case keep(FormDraft)
        case drop
    }

    /// The changes that are not in the file yet.
    private struct Pending {
        var changes: [FormDraft.ID: (change: Change, number: Int)] = [:]
        private var count = 0

        mutating func add(_ change: Change, to id: FormDraft.ID) {
            count += 1
            changes[id] = (change, count)
        }

        /// Those of `written` are in the file now. A draft may have changed again meanwhile.
        mutating func remove(_ written: [FormDraft.ID: (change: Change, number: Int)]) {
            for (id, one) in written where changes[id]?.number == one.number { changes[id] = nil }
        }
    }

    private struct Contents: Codable {
        var drafts: [FormDraft]
    }

    struct Problem: Error, Equatable {
        /// A sentence for the person.
        var message: String
        /// Whether the file could be read, and what it holds makes no sense.
        var isDamage = false
    }

    /// Why they cannot be kept, as sentences for the start; nil when nothing is in the way then.
    let problem: String?

    /// - Parameters:
    ///   - path: The file; nil keeps nothing beyond the session.
    ///   - olderPath: The file that an older version kept for the profile's name; profiles of several names shared it.
    ///   - problem: Why they cannot be kept, as sentences.
    ///   - lockLimit: How long another program's turn is waited for.
    init(
        path: String?, olderPath: String? = nil, problem: String? = nil, lockLimit: Duration = .seconds(2)
    ) {
        self.path = path
        self.olderPath = olderPath
        self.problem = problem
        self.lockLimit = lockLimit
    }

    /// Keeps a draft from the next `write()` on.
    func keep(_ draft: FormDraft) { pending.withLock { $0.add(.keep(draft), to: draft.id) } }

    /// Drops a draft with the next `write()`.
    func drop(_ id: FormDraft.ID) { pending.withLock { $0.add(.drop, to: id) } }

    /// What is lost when the program ends now, as sentences for the person; nil when all changes are in the file.
    /// - Parameter reason: Why they are not, as sentences.
    func loss(because reason: String) -> String? {
        let changes = pending.withLock { $0.changes.values.map(\.change) }
        if changes.isEmpty { return nil }
        let kept = changes.compactMap { if case .keep(let draft) = $0 { draft } else { nil } }
        guard !kept.isEmpty else { return "Drafts that were dropped will be listed again. \(reason)" }
        let titles = kept.sorted { $0.savedAt < $1.savedAt }.map(\.title).joined(separator: "; ")
        return "The last changes of \(kept.count == 1 ? "a draft" : "drafts") were not saved: \(titles). \(reason)"
    }

    /// The drafts on the disk, newest first, also those of an older version that can be read; none when there is no file.
    func kept() throws(Problem) -> [FormDraft] {
        guard let path else { return [] }
        var drafts = try read(path)
        let ids = Set(drafts.map(\.id))
        drafts += ((try? older()) ?? []).filter { !ids.contains($0.id) }
        return drafts.sorted { $0.savedAt > $1.savedAt }
    }

    /// What an older version kept. Whose it is was not written down, whatever else it says.
    func older() throws(Problem) -> [FormDraft] {
        guard let olderPath else { return [] }
        do throws(Problem) {
            return try read(olderPath).map { draft in
                var draft = draft
                draft.owner = nil
                return draft
            }
        } catch {
            throw Problem(
                message: "The drafts that an older version kept are not listed: \(olderPath) "
                    + (error.isDamage ? "is damaged. It stays as it is." : "cannot be read now."))
        }
    }

    /// Writes the changes since the last time to the disk. Those that could not be written are tried again the next time.
    /// - Returns: The drafts among them that are on the disk now.
    @discardableResult
    func write() throws(Problem) -> Set<FormDraft.ID> {
        try turn.withLock { (_) throws(Problem) in
            let latest = pending.withLock { $0.changes }
            let changes = latest.mapValues(\.change)
            if changes.isEmpty { return [] }
            if let path {
                try write(changes, to: path)
                try dropOlder(changes)
            } else if let problem {
                throw Problem(message: problem)
            }
            pending.withLock { $0.remove(latest) }
            return Set(changes.compactMap { if case .keep = $1 { $0 } else { nil } })
        }
    }

    private func write(_ changes: [FormDraft.ID: Change], to path: String) throws(Problem) {
        guard StateDirectory.make(above: path) else { throw problem(path, "cannot be made") }
        try locked(path) { () throws(Problem) in
            var drafts = try readOrPutAside(path).filter { changes[$0.id] == nil }
            for change in changes.values { if case .keep(let draft) = change { drafts.append(draft) } }
            drafts.sort { $0.savedAt > $1.savedAt }
            try replace(path, with: drafts)
        }
    }

    /// Takes what was dropped out of the older version's file too. Nothing else is changed there.
    private func dropOlder(_ changes: [FormDraft.ID: Change]) throws(Problem) {
        let dropped = Set(changes.compactMap { if case .drop = $1 { $0 } else { nil } })
        guard let olderPath, !dropped.isEmpty, access(olderPath, F_OK) == 0 else { return }
        try locked(olderPath) { () throws(Problem) in
            let drafts = try read(olderPath)
            let left = drafts.filter { !dropped.contains($0.id) }
            if left.count < drafts.count { try replace(olderPath, with: left) }
        }
    }

    /// While no other program reads and replaces the file.
    private func locked(_ path: String, _ body: () throws(Problem) -> Void) throws(Problem) {
        let lock: Int32
        do throws(FileLock.Failure) {
            lock = try FileLock.take(path, within: lockLimit)
        } catch {
            switch error {
            case .notPossible(let what, let code): throw problem(path + ".lock", what, code)
            case .busy:
                throw Problem(
                    message:
                        "Drafts are not kept: another program holds \(path).lock. If it is a souk that was stopped, let "
                        + "it go on or end it.")
            }
        }
        defer { FileLock.release(lock) }
        try body()
    }

    // MARK: The file

    private func read(_ path: String) throws(Problem) -> [FormDraft] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        if descriptor < 0, errno == ENOENT || errno == ENAMETOOLONG { return [] }
        guard descriptor >= 0 else { throw problem(path, "cannot be opened") }
        defer { close(descriptor) }
        guard let bytes = FileBytes.read(descriptor) else { throw problem(path, "cannot be read") }
        guard let contents = try? JSONDecoder().decode(Contents.self, from: Data(bytes)) else {
            throw Problem(
                message:
                    "The drafts in \(path) cannot be used: the file is damaged. It is put aside, beside it, when the "
                    + "next draft is kept.", isDamage: true)
        }
        return contents.drafts
    }

    private func readOrPutAside(_ path: String) throws(Problem) -> [FormDraft] {
        do throws(Problem) {
            return try read(path)
        } catch {
            // What cannot be read just now may be whole.
            guard error.isDamage else { throw error }
        }
        // Nobody else puts it aside meanwhile: the lock is held.
        guard let free = DamagedFile.name(beside: path) else {
            throw Problem(message: "Drafts are not kept: too many damaged copies lie beside \(path). Remove some.")
        }
        guard rename(path, free) == 0 else { throw problem(path, "cannot be put aside") }
        return []
    }

    private func replace(_ path: String, with drafts: [FormDraft]) throws(Problem) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        guard let data = try? encoder.encode(Contents(drafts: drafts)) else {
            throw Problem(message: "The draft cannot be written as JSON.")
        }
        let temporary = path + ".new"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw problem(temporary, "cannot be made") }
        defer { close(descriptor) }
        guard fchmod(descriptor, 0o600) == 0 else { throw problem(temporary, "cannot be made private") }
        guard FileBytes.write(Array(data), to: descriptor) else { throw problem(temporary, "cannot be written") }
        guard fsync(descriptor) == 0, rename(temporary, path) == 0, StateDirectory.sync(above: path) else {
            throw problem(path, "cannot be replaced")
        }
    }

    private func problem(_ path: String, _ what: String, _ code: Int32 = errno) -> Problem {
        Problem(message: "Drafts are not kept: \(path) \(what) (\(String(cString: strerror(code)))).")
    }
}
