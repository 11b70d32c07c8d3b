import FoundationEssentials
import Glibc
import Marketplace
import MarketplaceClient
import Synchronization

/// A file that is being read from a server. Until it is whole it is named `FILE.part`, and `FILE.part.json` beside it says of
/// what it is the beginning, so that a later command goes on there. Both are readable by their owner alone.
final class PartialFile: Sendable {
    /// What stands in `FILE.part.json`.
    private struct Origin: Codable {
        var report: String
        var version: FileVersion
    }

    private struct State {
        var bytes: Int
        var origin: Origin?
        var contentType: String?
        /// Bytes of earlier downloads that are kept.
        var resumedFrom = 0
        var failure: FileProblem?
        var isFinished = false
    }

    let path: String
    private let report: Report.ID
    private let descriptor: Int32
    private let state: Mutex<State>

    private var part: String { path + ".part" }
    private var originPath: String { part + ".json" }

    /// Opens the beginning that is there, or a new file.
    /// - Throws: When there is something that this report's file would replace, or another souk is at it.
    init(of path: String, report: Report.ID) throws(FileProblem) {
        try Self.checkNew(path)
        self.path = path
        self.report = report
        let part = path + ".part"
        descriptor = open(part, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileProblem(part, "cannot be made") }
        var status = stat()
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, fstat(descriptor, &status) == 0 else {
            let isLocked = errno == EWOULDBLOCK
            let problem = FileProblem(part, "cannot be locked")
            close(descriptor)
            throw isLocked
                ? FileProblem("another souk is writing \(part).", hint: "Wait until it has ended.")
                : problem
        }
        let origin = Self.origin(part + ".json")
        guard status.st_mode & S_IFMT == S_IFREG, status.st_size == 0 || origin != nil else {
            close(descriptor)
            throw FileProblem(
                "\(part) is there already, and is no beginning of a report.",
                hint: "Move it away, or name another file: nothing is overwritten.")
        }
        let isOurs = origin?.report == report.rawValue && status.st_size > 0
        state = Mutex(State(bytes: isOurs ? Int(status.st_size) : 0, origin: isOurs ? origin : nil))
    }

    deinit {
        let (isFinished, isEmpty) = state.withLock { ($0.isFinished, $0.bytes == 0) }
        if !isFinished, isEmpty {
            unlink(originPath)
            unlink(part)
        }
        close(descriptor)
    }

    /// Refuses a name that is taken, also by a link that leads nowhere.
    static func checkNew(_ path: String) throws(FileProblem) {
        var status = stat()
        guard lstat(path, &status) != 0 else {
            throw FileProblem(
                "\(path) is there already.", hint: "Name another file: nothing is overwritten.", isTaken: true)
        }
    }

    /// What a server may be asked to go on with.
    var beginning: FileBeginning? {
        state.withLock { state in
            state.origin.flatMap { state.bytes > 0 ? FileBeginning(bytes: state.bytes, version: $0.version) : nil }
        }
    }

    var bytes: Int { state.withLock { $0.bytes } }
    /// Of the whole file, where the server says it.
    var length: Int? { state.withLock { $0.origin?.version.length } }
    var contentType: String? { state.withLock { $0.contentType } }
    var resumedFrom: Int { state.withLock { $0.resumedFrom } }
    /// Why it could not be written.
    var failure: FileProblem? { state.withLock { $0.failure } }

    /// - Parameter isFirst: Whether the beginning is that of an earlier download.
    /// - Returns: False when it could not be written.
    func take(_ part: DownloadPart, isFirst: Bool) -> Bool {
        state.withLock { state in
            do throws(FileProblem) {
                switch part {
                case .start(let place, let version, let contentType):
                    guard ftruncate(descriptor, off_t(place)) == 0,
                        lseek(descriptor, off_t(place), SEEK_SET) == off_t(place)
                    else { throw FileProblem(self.part, "cannot be written") }
                    state.bytes = place
                    state.contentType = contentType
                    if isFirst || place < state.resumedFrom { state.resumedFrom = place }
                    let origin = Origin(report: report.rawValue, version: version)
                    try write(origin)
                    state.origin = origin
                case .bytes(let bytes):
                    guard FileBytes.write(bytes, to: descriptor) else {
                        throw FileProblem(self.part, "cannot be written")
                    }
                    state.bytes += bytes.count
                }
                return true
            } catch {
                state.failure = error
                return false
            }
        }
    }

    /// Gives the file its name. Nothing that came there meanwhile is replaced.
    func finish() throws(FileProblem) {
        guard fsync(descriptor) == 0 || errno == EINVAL else { throw FileProblem(part, "cannot be written") }
        if link(part, path) != 0 {
            guard errno != EEXIST else { return try Self.checkNew(path) }
            // Not every file system has a second name for a file: the name is taken first, then replaced by what is ours.
            let taken = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
            guard taken >= 0 else { throw FileProblem(path, "cannot be made") }
            close(taken)
            guard rename(part, path) == 0 else {
                let problem = FileProblem(path, "cannot be made")
                unlink(path)
                throw problem
            }
        } else {
            unlink(part)
        }
        unlink(originPath)
        state.withLock { $0.isFinished = true }
    }

    private static func origin(_ path: String) -> Origin? {
        let file = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        return FileBytes.read(file).flatMap { try? JSONDecoder().decode(Origin.self, from: Data($0)) }
    }

    private func write(_ origin: Origin) throws(FileProblem) {
        let file = open(originPath, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw FileProblem(originPath, "cannot be made") }
        let bytes = (try? JSONEncoder().encode(origin)).map { Array($0) } ?? []
        let isWritten = !bytes.isEmpty && FileBytes.write(bytes, to: file) && (fsync(file) == 0 || errno == EINVAL)
        guard close(file) == 0, isWritten else { throw FileProblem(originPath, "cannot be written") }
    }
}
