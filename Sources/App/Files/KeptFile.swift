import FoundationEssentials
import Glibc
import MarketplaceClient
import Synchronization

/// A small value kept in a file for a user at a marketplace, or in memory alone for a marketplace that forgets everything.
///
/// Two programs on one file take turns. The file is replaced as a whole, and only its owner can read it: a crash leaves the
/// old one or the new one. A file that makes no sense is put aside, beside those put aside before. One that cannot be read
/// stays as it is, and nothing is written.
final class KeptFile<Value: Codable & Equatable & Sendable>: Sendable {
    /// Nil keeps nothing beyond the session.
    private let path: String?
    private let empty: Value
    /// What is kept, at the start of a sentence: `What is watched`.
    private let subject: String
    /// Whether that is a plural: `Drafts`.
    private let isPlural: Bool
    /// When a damaged file is put aside: `when the next row is watched`.
    private let occasion: String
    private let lockLimit: Duration
    private let memory: Mutex<Value>

    /// - Parameter empty: What is kept where there is no file.
    init(
        path: String?, empty: Value, subject: String, isPlural: Bool = false, occasion: String,
        lockLimit: Duration = .seconds(2)
    ) {
        (self.path, self.empty, self.subject, self.occasion) = (path, empty, subject, occasion)
        self.isPlural = isPlural
        self.lockLimit = lockLimit
        memory = Mutex(empty)
    }

    /// What is kept now.
    func read() throws(KeptFileProblem) -> Value {
        guard let path else { return memory.withLock { $0 } }
        return try read(path)
    }

    /// Changes what is kept.
    /// - Returns: What is kept afterwards, with what other programs did to it.
    @discardableResult
    func change(_ body: (inout Value) -> Void) throws(KeptFileProblem) -> Value {
        guard let path else {
            return memory.withLock { value in
                body(&value)
                return value
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
                throw KeptFileProblem(
                    message:
                        "\(lost): another program holds \(path).lock. If it is a souk that was stopped, let "
                        + "it go on or end it.")
            }
        }
        defer { FileLock.release(lock) }
        var latest: Value
        do throws(KeptFileProblem) {
            latest = try read(path)
        } catch {
            // What cannot be read just now may be whole.
            guard error.isDamage else { throw error }
            guard let free = DamagedFile.name(beside: path) else {
                throw KeptFileProblem(
                    message: "\(lost): too many damaged copies lie beside \(path). Remove some.")
            }
            guard rename(path, free) == 0 else { throw problem(path, "cannot be put aside") }
            latest = empty
        }
        let before = latest
        body(&latest)
        if latest != before { try replace(path, with: latest) }
        return latest
    }

    private func read(_ path: String) throws(KeptFileProblem) -> Value {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        if descriptor < 0, errno == ENOENT || errno == ENAMETOOLONG { return empty }
        guard descriptor >= 0 else { throw problem(path, "cannot be opened") }
        defer { close(descriptor) }
        guard let bytes = FileBytes.read(descriptor) else { throw problem(path, "cannot be read") }
        guard let value = try? JSONDecoder().decode(Value.self, from: Data(bytes)) else {
            throw KeptFileProblem(
                message: "\(subject) cannot be read: the file is damaged, and is put aside \(occasion). It is \(path).",
                isDamage: true)
        }
        return value
    }

    private func replace(_ path: String, with value: Value) throws(KeptFileProblem) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        guard let data = try? encoder.encode(value) else {
            throw KeptFileProblem(message: "\(subject) cannot be written as JSON.")
        }
        let temporary = path + ".new"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw problem(temporary, "cannot be made") }
        defer { close(descriptor) }
        // One that was left behind keeps its mode.
        guard fchmod(descriptor, 0o600) == 0 else { throw problem(temporary, "cannot be made private") }
        guard FileBytes.write(Array(data), to: descriptor) else { throw problem(temporary, "cannot be written") }
        guard fsync(descriptor) == 0, rename(temporary, path) == 0, StateDirectory.sync(above: path) else {
            throw problem(path, "cannot be replaced")
        }
    }

    private var lost: String { "\(subject) \(isPlural ? "are" : "is") not kept" }

    private func problem(_ path: String, _ what: String, _ code: Int32 = errno) -> KeptFileProblem {
        KeptFileProblem(message: "\(lost): \(path) \(what) (\(String(cString: strerror(code)))).")
    }
}

/// Why a small value is not kept, or cannot be read.
struct KeptFileProblem: Error, Equatable {
    /// Sentences for the person.
    var message: String
    /// Whether the file could be read, and what it holds makes no sense.
    var isDamage = false
}
