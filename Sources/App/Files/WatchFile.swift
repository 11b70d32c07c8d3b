import FoundationEssentials
import Glibc
import Marketplace
import MarketplaceClient
import Synchronization

/// The rows that a person watches, kept in a file for a user at a marketplace, or in memory alone for a marketplace that
/// forgets everything.
///
/// Two programs on one file take turns, and each changes only the rows it was asked to. The file is replaced as a whole: a
/// crash leaves the old one or the new one. A file that makes no sense is put aside, beside those put aside before. One that
/// cannot be read stays as it is, and nothing is written.
final class WatchFile: Sendable {
    struct Problem: Error, Equatable {
        /// Sentences for the person.
        var message: String
        /// Whether the file could be read, and what it holds makes no sense.
        var isDamage = false
    }

    /// Nil keeps nothing beyond the session.
    private let path: String?
    private let lockLimit: Duration
    private let list = Mutex(WatchList())

    init(path: String?, lockLimit: Duration = .seconds(2)) { (self.path, self.lockLimit) = (path, lockLimit) }

    /// What is kept now; none where there is no file.
    func read() throws(Problem) -> WatchList {
        guard let path else { return list.withLock { $0 } }
        return try read(path)
    }

    /// Changes what is kept.
    /// - Returns: The list afterwards, with what other programs did to it.
    @discardableResult
    func apply(_ edit: WatchList.Edit) throws(Problem) -> WatchList {
        guard let path else {
            return list.withLock { list in
                list.apply(edit)
                return list
            }
        }
        guard StateDirectory.make(above: path) else { throw problem(path, "cannot be made") }
        let lock: Int32
        do throws(FileLock.Failure) {
            lock = try FileLock.take(path, within: lockLimit)
        } catch {
            switch error {
            case .notPossible(let what, let code): throw problem(path + ".lock", what, code)
            case .busy:
                throw Problem(
                    message:
                        "What is watched is not kept: another program holds \(path).lock. If it is a souk that was "
                        + "stopped, let it go on or end it.")
            }
        }
        defer { FileLock.release(lock) }
        var latest: WatchList
        do throws(Problem) {
            latest = try read(path)
        } catch {
            // What cannot be read just now may be whole.
            guard error.isDamage else { throw error }
            guard let free = DamagedFile.name(beside: path) else {
                throw Problem(
                    message:
                        "What is watched is not kept: too many damaged copies lie beside \(path). Remove some.")
            }
            guard rename(path, free) == 0 else { throw problem(path, "cannot be put aside") }
            latest = WatchList()
        }
        let before = latest
        latest.apply(edit)
        if latest != before { try replace(path, with: latest) }
        return latest
    }

    private func read(_ path: String) throws(Problem) -> WatchList {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        if descriptor < 0, errno == ENOENT || errno == ENAMETOOLONG { return WatchList() }
        guard descriptor >= 0 else { throw problem(path, "cannot be opened") }
        defer { close(descriptor) }
        guard let bytes = FileBytes.read(descriptor) else { throw problem(path, "cannot be read") }
        guard let list = try? JSONDecoder().decode(WatchList.self, from: Data(bytes)) else {
            throw Problem(
                message:
                    "What is watched cannot be read: \(path) is damaged. It is put aside, beside it, when the next row is "
                    + "watched.", isDamage: true)
        }
        return list
    }

    private func replace(_ path: String, with list: WatchList) throws(Problem) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        guard let data = try? encoder.encode(list) else { throw Problem(message: "It cannot be written as JSON.") }
        let temporary = path + ".new"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw problem(temporary, "cannot be made") }
        defer { close(descriptor) }
        guard FileBytes.write(Array(data), to: descriptor) else { throw problem(temporary, "cannot be written") }
        guard fsync(descriptor) == 0, rename(temporary, path) == 0 else { throw problem(path, "cannot be replaced") }
    }

    private func problem(_ path: String, _ what: String, _ code: Int32 = errno) -> Problem {
        Problem(message: "What is watched is not kept: \(path) \(what) (\(String(cString: strerror(code)))).")
    }
}
