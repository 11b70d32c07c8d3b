import Dashboard
import Glibc
import MarketplaceClient

/// Files that a person asked for. They are new, never in the place of another, and readable by their owner alone.
struct Exports: Sendable {
    /// Where files go, the first that can be written to.
    private let folders: [String]

    /// The folder that souk was started in, then the one for downloads, then the home folder.
    init(_ environment: [String: String]) {
        let named = ["PWD", "XDG_DOWNLOAD_DIR", "HOME"].compactMap { environment[$0] }
        self.init(folders: ["."] + named.filter { $0.hasPrefix("/") })
    }

    init(folders: [String]) { self.folders = folders }

    /// - Parameter name: Without a folder. Signs that a file name should not have become `-`; where a file of that name
    ///   is there already, a number is put before its ending.
    /// - Returns: the file's path, or why there is none.
    func write(_ text: String, name: String) -> Result<String, ExportProblem> {
        let safe = Self.safe(name)
        var reason = "there is no folder to write to"
        for folder in folders {
            for number in 1...99 {
                switch Self.create("\(folder)/\(Self.numbered(safe, number))", text) {
                case .success(let path): return .success(path)
                case .failure(let problem) where problem.code == EEXIST: continue
                case .failure(let problem): reason = "\(folder): \(problem.words)"
                }
                break
            }
        }
        return .failure(
            ExportProblem(
                message:
                    "Nothing was exported (\(reason)). Start souk in a folder that you may write to, or name one in "
                    + "XDG_DOWNLOAD_DIR."))
    }

    /// - Parameter path: As a person wrote it.
    /// - Returns: the file's path, or why there is none.
    static func write(_ text: String, newFile path: String) -> Result<String, ExportProblem> {
        create(path, text).mapError { problem in
            ExportProblem(
                message: problem.code == EEXIST
                    ? "\(path) is there already; name a new file." : "\(path) cannot be written (\(problem.words)).")
        }
    }

    private struct Failure: Error {
        var code: Int32
        var words: String { String(cString: strerror(code)) }
    }

    private static func create(_ path: String, _ text: String) -> Result<String, Failure> {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return .failure(Failure(code: errno)) }
        defer { close(descriptor) }
        // Not every file system can bring what it holds to a disk.
        guard FileBytes.write(Array(text.utf8), to: descriptor), fsync(descriptor) == 0 || errno == EINVAL else {
            let failure = Failure(code: errno)
            unlink(path)
            return .failure(failure)
        }
        return .success(absolute(path))
    }

    static func safe(_ name: String) -> String {
        let kept = name.map { $0.isASCII && ($0.isLetter || $0.isNumber || ".-_".contains($0)) ? $0 : "-" }
        let text = String(kept.drop { $0 == "." }.prefix(200))
        return text.isEmpty ? "souk-export" : text
    }

    private static func numbered(_ name: String, _ number: Int) -> String {
        guard number > 1 else { return name }
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return "\(name)-\(number)" }
        return "\(name[..<dot])-\(number)\(name[dot...])"
    }

    private static func absolute(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
