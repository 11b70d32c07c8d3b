import Glibc
import MarketplaceClient

/// The file of `--resume`: rows are added at its end, each line whole.
struct OutputFile {
    /// What stands in it: the day of change of each row, by the id.
    private(set) var rows: [String: String?] = [:]
    private let descriptor: Int32
    private let path: String

    /// Opens the file, or makes it, readable by its owner alone. A last line that was not written whole is cut off.
    init(_ path: String) throws(CommandError) {
        self.path = path
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0, let bytes = FileBytes.read(descriptor, from: 0) else {
            throw Self.problem(path, "cannot be opened")
        }
        let end = bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        guard ftruncate(descriptor, off_t(end)) == 0, lseek(descriptor, off_t(end), SEEK_SET) == off_t(end) else {
            throw Self.problem(path, "cannot be written")
        }
        for line in bytes[..<end].split(separator: UInt8(ascii: "\n")) {
            guard let row = ResumedRow(line) else {
                throw CommandError(
                    .inputFailed, "\(path) holds a line that is no row of --jsonl.",
                    hint: "Name a file that an earlier run wrote, or a new one.")
            }
            rows[row.id] = .some(row.changed)
        }
    }

    func write(_ bytes: [UInt8]) throws(CommandError) {
        guard FileBytes.write(bytes, to: descriptor) else { throw Self.problem(path, "cannot be written") }
    }

    /// Brings what was written to the disk.
    func finish() throws(CommandError) {
        guard fsync(descriptor) == 0 || errno == EINVAL || errno == EROFS, close(descriptor) == 0 else {
            throw Self.problem(path, "cannot be written")
        }
    }

    private static func problem(_ path: String, _ words: String) -> CommandError {
        CommandError(.outputFailed, "\(path) \(words) (\(String(cString: strerror(errno)))).")
    }
}
