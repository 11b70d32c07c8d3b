import Glibc
import MarketplaceClient

/// Whole files, as text.
enum Files {
    /// Nil when there is none.
    static func text(of path: String) -> String? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        return FileBytes.read(file).map { String(decoding: $0, as: UTF8.self) }
    }

    /// For its owner alone.
    @discardableResult
    static func write(_ text: String, to path: String) -> Bool {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { return false }
        defer { close(file) }
        return FileBytes.write(Array(text.utf8), to: file)
    }
}
