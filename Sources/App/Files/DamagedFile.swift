import Glibc

/// Where a file goes whose content makes no sense: beside it, and beside those that went there before.
enum DamagedFile {
    /// A name that nothing bears; nil when too many lie there. Nobody else may put the file aside meanwhile.
    static func name(beside path: String) -> String? {
        (1...999).lazy.map { number in number == 1 ? "\(path).damaged" : "\(path).damaged-\(number)" }
            .first { !isThere($0) }
    }

    /// Whether the name is used, or may be.
    private static func isThere(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 || errno != ENOENT
    }
}
