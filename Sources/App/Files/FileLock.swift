import Glibc

/// A lock beside a file, held while the file is read and replaced, so that two programs take turns.
enum FileLock {
    enum Failure: Error, Equatable {
        /// With the error's number.
        case notPossible(String, Int32)
        /// Another program holds it.
        case busy
    }

    /// - Parameters:
    ///   - path: Of the file; its lock is beside it.
    ///   - limit: How long another program's turn is waited for.
    /// - Returns: What ``release(_:)`` takes.
    static func take(_ path: String, within limit: Duration) throws(Failure) -> Int32 {
        let lock = open(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0 else { throw .notPossible("cannot be opened", errno) }
        let start = ContinuousClock.now
        while flock(lock, LOCK_EX | LOCK_NB) != 0 {
            let code = errno
            let isOver = ContinuousClock.now - start >= limit
            guard code == EWOULDBLOCK || code == EINTR, !isOver else {
                close(lock)
                throw isOver ? .busy : .notPossible("cannot be locked", code)
            }
            usleep(10_000)
        }
        return lock
    }

    static func release(_ lock: Int32) { close(lock) }
}
