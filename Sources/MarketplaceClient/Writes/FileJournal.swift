import FoundationEssentials
import Glibc
import Marketplace

/// A journal in a file: one JSON object a line, keys sorted, only ever appended to.
///
/// A record is on the disk before ``append(_:)`` returns. Several processes may write to one file. Only its owner can
/// read it. A line that a crash tore, or that a later version wrote, is skipped when reading.
public actor FileJournal: Journal {
    private let path: String

    /// - Parameter path: The file; it and its directories are made at the first record, for their owner alone.
    public init(path: String) { self.path = path }

    public func append(_ record: JournalRecord) throws(JournalError) {
        let isNew = access(path, F_OK) != 0
        if isNew { try makeDirectories() }
        let file = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw failure("cannot be opened") }
        defer { close(file) }
        guard fchmod(file, 0o600) == 0 else { throw failure("cannot be kept from others' eyes") }

        // A line torn by a crash must not swallow the next one.
        let start = endsTorn(file) ? "\n" : ""
        try write(Array("\(start)\(record.line)\n".utf8), to: file)
        guard fsync(file) == 0 else { throw failure("cannot be brought to the disk") }
        if isNew { try syncDirectory() }
    }

    public func records() throws(JournalError) -> [JournalRecord] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        if file < 0, errno == ENOENT { return [] }
        guard file >= 0 else { throw failure("cannot be opened") }
        defer { close(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = read(file, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure("cannot be read") }
            if count == 0 { break }
            bytes += buffer[..<count]
        }
        return bytes.split(separator: UInt8(ascii: "\n")).compactMap { JournalRecord(line: $0) }
    }

    private func endsTorn(_ file: Int32) -> Bool {
        let size = lseek(file, 0, SEEK_END)
        var last: UInt8 = 0
        return size > 0 && pread(file, &last, 1, size - 1) == 1 && last != UInt8(ascii: "\n")
    }

    /// One call for the whole line where the system allows it, so that two processes' lines do not mix.
    private func write(_ bytes: [UInt8], to file: Int32) throws(JournalError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure("cannot be written") }
            rest = rest.dropFirst(count)
        }
    }

    private var directory: String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private func makeDirectories() throws(JournalError) {
        var made = directory.hasPrefix("/") ? "/" : ""
        for component in directory.split(separator: "/") {
            made += (made.isEmpty || made == "/" ? "" : "/") + component
            guard mkdir(made, 0o700) == 0 || errno == EEXIST || access(made, F_OK) == 0 else {
                throw failure("cannot be made in \(made)")
            }
        }
    }

    /// Brings the new file's name to the disk; without it a crash could lose the file with all that is in it.
    private func syncDirectory() throws(JournalError) {
        let handle = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard handle >= 0 else { throw failure("cannot be brought to the disk") }
        defer { close(handle) }
        guard fsync(handle) == 0 else { throw failure("cannot be brought to the disk") }
    }

    /// What went wrong with the file, and the system's words for it.
    private func failure(_ what: String) -> JournalError {
        let code = errno
        return JournalError("\(path) \(what) (\(String(cString: strerror(code))))")
    }
}
