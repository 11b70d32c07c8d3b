import Dashboard
import FoundationEssentials
import Glibc
import MarketplaceClient
import Synchronization

/// The forms that a person has begun, kept in a file, or in memory alone for a marketplace that forgets everything.
///
/// - One file for a profile, readable by its owner only, replaced as a whole: a crash leaves the old one or the new one.
/// - Two programs on one profile take turns; each changes only the drafts that it was told of.
/// - A file that cannot be read is put aside, not overwritten.
final class Drafts: Sendable {
    private let path: String?
    private let changes = Mutex<[FormDraft.ID: Change]>([:])
    /// Held while the file is read and replaced.
    private let turn = Mutex(())

    private enum Change {
        case keep(FormDraft)
        case drop
    }

    private struct Contents: Codable {
        var drafts: [FormDraft]
    }

    struct Problem: Error, Equatable {
        /// A sentence for the person.
        var message: String
    }

    /// Why they cannot be kept, as the person is told at the start; nil when nothing is known to be in the way.
    let problem: String?

    /// - Parameter path: The file; nil keeps nothing beyond the session.
    init(path: String?, problem: String? = nil) {
        self.path = path
        self.problem = problem
    }

    /// Takes note of a draft; `write()` brings it to the disk.
    func keep(_ draft: FormDraft) { changes.withLock { $0[draft.id] = .keep(draft) } }

    /// Takes note that a draft is not wanted any more; `write()` takes it off the disk.
    func drop(_ id: FormDraft.ID) { changes.withLock { $0[id] = .drop } }

    /// The drafts on the disk, newest first; none when there is no file.
    func kept() throws(Problem) -> [FormDraft] {
        guard let path else { return [] }
        return try read(path).sorted { $0.savedAt > $1.savedAt }
    }

    /// Brings what was noted to the disk. Nothing is done when nothing was noted.
    /// - Returns: The drafts that are kept now and were noted.
    @discardableResult
    func write() throws(Problem) -> Set<FormDraft.ID> {
        try turn.withLock { (_) throws(Problem) in
            let noted = changes.withLock { noted in
                defer { noted = [:] }
                return noted
            }
            let kept = Set(noted.compactMap { if case .keep = $1 { $0 } else { nil } })
            guard let path, !noted.isEmpty else {
                if let problem, !noted.isEmpty { throw Problem(message: problem) }
                return kept
            }
            do throws(Problem) {
                try write(noted, to: path)
            } catch {
                // What could not be written is tried again with the next change, unless that one is newer.
                changes.withLock { $0.merge(noted) { newer, _ in newer } }
                throw error
            }
            return kept
        }
    }

    private func write(_ noted: [FormDraft.ID: Change], to path: String) throws(Problem) {
        guard StateDirectory.make(above: path) else { throw problem(path, "cannot be made") }
        let lock = open(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0 else { throw problem(path + ".lock", "cannot be opened") }
        defer { close(lock) }
        guard flock(lock, LOCK_EX) == 0 else { throw problem(path + ".lock", "cannot be locked") }
        var drafts = try readOrPutAside(path).filter { noted[$0.id] == nil }
        for change in noted.values { if case .keep(let draft) = change { drafts.append(draft) } }
        drafts.sort { $0.savedAt > $1.savedAt }
        try replace(path, with: drafts)
    }

    // MARK: The file

    private func read(_ path: String) throws(Problem) -> [FormDraft] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        if descriptor < 0, errno == ENOENT { return [] }
        guard descriptor >= 0 else { throw problem(path, "cannot be opened") }
        defer { close(descriptor) }
        guard let bytes = FileBytes.read(descriptor) else { throw problem(path, "cannot be read") }
        guard let contents = try? JSONDecoder().decode(Contents.self, from: Data(bytes)) else {
            throw Problem(message: "The drafts in \(path) cannot be read: the file is damaged.")
        }
        return contents.drafts
    }

    private func readOrPutAside(_ path: String) throws(Problem) -> [FormDraft] {
        if let drafts = try? read(path) { return drafts }
        guard rename(path, path + ".damaged") == 0 else { throw problem(path, "cannot be put aside") }
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
        guard fchmod(descriptor, 0o600) == 0 else { throw problem(temporary, "cannot be kept from others' eyes") }
        guard FileBytes.write(Array(data), to: descriptor) else { throw problem(temporary, "cannot be written") }
        guard fsync(descriptor) == 0, rename(temporary, path) == 0, StateDirectory.sync(above: path) else {
            throw problem(path, "cannot be replaced")
        }
    }

    private func problem(_ path: String, _ what: String) -> Problem {
        let code = errno
        return Problem(message: "Drafts are not kept: \(path) \(what) (\(String(cString: strerror(code)))).")
    }
}
