import Dashboard
import FoundationEssentials
import Glibc
import MarketplaceClient
import Synchronization

/// The forms that a person has begun, kept in a file, or in memory alone for a marketplace that forgets everything.
///
/// - One file for a user at a marketplace, with the promises of ``KeptFile``.
/// - Of two programs on one file each changes only the drafts that were kept or dropped in it. A turn that another program
///   does not end is waited for a short while, then given up.
/// - What an older version kept for the profile's name is listed from its file, without an owner, until it is dropped.
final class Drafts: Sendable {
    private typealias File = KeptFile<Contents>

    /// Nil keeps nothing beyond the session.
    private let file: File?
    private let older: (path: String, file: File)?
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

    private struct Contents: Codable, Equatable {
        var drafts: [FormDraft] = []
    }

    typealias Problem = KeptFileProblem

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
        func file(_ path: String) -> File {
            File(
                path: path, empty: Contents(), subject: "Drafts", isPlural: true,
                occasion: "when the next draft is kept", lockLimit: lockLimit)
        }
        self.file = path.map { file($0) }
        older = olderPath.map { ($0, file($0)) }
        self.problem = problem
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
        guard let file else { return [] }
        var drafts = try file.read().drafts
        let ids = Set(drafts.map(\.id))
        drafts += ((try? olderDrafts()) ?? []).filter { !ids.contains($0.id) }
        return drafts.sorted { $0.savedAt > $1.savedAt }
    }

    /// What an older version kept. Whose it is was not written down, whatever else it says.
    func olderDrafts() throws(Problem) -> [FormDraft] {
        guard let older else { return [] }
        do throws(Problem) {
            return try older.file.read().drafts.map { draft in
                var draft = draft
                draft.owner = nil
                return draft
            }
        } catch {
            throw Problem(
                message: "The drafts that an older version kept are not listed: \(older.path) "
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
            if let file {
                try file.change { contents in
                    var drafts = contents.drafts.filter { changes[$0.id] == nil }
                    for change in changes.values { if case .keep(let draft) = change { drafts.append(draft) } }
                    contents.drafts = drafts.sorted { $0.savedAt > $1.savedAt }
                }
                try dropOlder(changes)
            } else if let problem {
                throw Problem(message: problem)
            }
            pending.withLock { $0.remove(latest) }
            return Set(changes.compactMap { if case .keep = $1 { $0 } else { nil } })
        }
    }

    /// Takes what was dropped out of the older version's file too. Nothing else is changed there.
    private func dropOlder(_ changes: [FormDraft.ID: Change]) throws(Problem) {
        let dropped = Set(changes.compactMap { if case .drop = $1 { $0 } else { nil } })
        guard let older, !dropped.isEmpty, access(older.path, F_OK) == 0 else { return }
        // A damaged one is not put aside.
        _ = try older.file.read()
        try older.file.change { $0.drafts.removeAll { dropped.contains($0.id) } }
    }
}
