import Glibc

/// An open file. It is closed, and the marks taken through it are freed, when the last one who holds it lets go; when
/// the program ends, however it ends, the system does the same.
final class OpenFile: Sendable {
    let descriptor: Int32

    init(_ descriptor: Int32) { self.descriptor = descriptor }
    deinit { close(descriptor) }

    /// Locks one byte for this handle, whether or not the file reaches as far: other handles, of this program or of
    /// another, cannot lock it then.
    /// - Returns: Whether it could be had; if not, `errno` says why.
    func takeMark(at place: off_t) -> Bool {
        var lock = Self.lock(at: place)
        return fcntl(descriptor, Self.setLock, &lock) == 0
    }

    /// Whether another handle has locked the byte.
    func isMarkedByOthers(at place: off_t) -> Bool {
        var lock = Self.lock(at: place)
        return fcntl(descriptor, Self.getLock, &lock) == 0 && lock.l_type != Int16(F_UNLCK)
    }

    /// Locks of the open file description (`F_OFD_SETLK`), not of the process: closing some other handle on the same
    /// file does not free them. The header shows these numbers only to those who ask for GNU's names.
    private static let getLock: Int32 = 36
    private static let setLock: Int32 = 37

    private static func lock(at place: off_t) -> flock {
        flock(l_type: Int16(F_WRLCK), l_whence: Int16(SEEK_SET), l_start: place, l_len: 1, l_pid: 0)
    }
}

/// The directory in which the program keeps its state.
public enum StateDirectory {
    /// Makes the directory of `path` and those above it, for their owner alone. False with `errno` when it cannot be.
    public static func make(above path: String) -> Bool {
        let directory = directory(of: path)
        var made = directory.hasPrefix("/") ? "/" : ""
        for component in directory.split(separator: "/") {
            made += (made.isEmpty || made == "/" ? "" : "/") + component
            guard mkdir(made, 0o700) == 0 || errno == EEXIST || access(made, F_OK) == 0 else { return false }
        }
        return true
    }

    /// Writes the names in the directory of `path` to the disk (`fsync`). False with `errno` when it cannot be.
    public static func sync(above path: String) -> Bool {
        let descriptor = open(directory(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return fsync(descriptor) == 0
    }

    static func directory(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
