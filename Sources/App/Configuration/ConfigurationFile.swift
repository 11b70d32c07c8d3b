import Glibc
import MarketplaceClient

/// A configuration file that a command changes: as a whole, so that a crash leaves the old one or the new one, and
/// readable by its owner alone as soon as it holds a secret.
struct ConfigurationFile {
    /// As a person knows it; it may be a link, and need not be there.
    let path: String

    /// - Throws: Why it cannot be read.
    func text() throws(CommandError) -> ConfigurationText {
        ConfigurationText(try read()?.text ?? "", place: path)
    }

    /// What it says; nothing where there is no file.
    func configuration() throws(CommandError) -> Configuration {
        let text = try text()
        do throws(Configuration.Problem) {
            return try text.meaning()
        } catch {
            throw CommandError(.badConfiguration, error.message)
        }
    }

    /// Whether `edit` can be done, without doing it.
    /// - Throws: As ``change(_:)``.
    func rehearse(
        _ edit: (inout ConfigurationText) throws(ConfigurationText.Problem) -> Void
    ) throws(CommandError) {
        var text = try text()
        do throws(ConfigurationText.Problem) {
            try edit(&text)
        } catch {
            throw CommandError(.badConfiguration, error.message)
        }
    }

    /// Reads the file, has `edit` change it, and puts the new one in its place.
    /// - Throws: Why it cannot be read, changed or written; then it is as it was.
    func change(_ edit: (inout ConfigurationText) throws(ConfigurationText.Problem) -> Void) throws(CommandError) {
        let turn = takeTurn()
        defer { if let turn { close(turn) } }
        let before = try read()
        var text = ConfigurationText(before?.text ?? "", place: path)
        let holdsSecret: Bool
        do throws(ConfigurationText.Problem) {
            try edit(&text)
        } catch {
            throw CommandError(.badConfiguration, error.message)
        }
        do throws(Configuration.Problem) {
            holdsSecret = try text.meaning().profiles.contains { profile in
                profile.settings["password"] != nil || profile.settings["subscription-key"] != nil
            }
        } catch {
            throw CommandError(.badConfiguration, error.message)
        }
        if text.text == before?.text, !holdsSecret || before?.mode == 0o600 { return }
        try write(Array(text.text.utf8), mode: holdsSecret ? 0o600 : before?.mode ?? 0o600, inPlaceOf: before)
    }

    // MARK: On the disk

    private struct State {
        var text: String
        var mode: mode_t
        /// The file that a link leads to.
        var path: String
        var device: dev_t
        var number: ino_t
        var size: off_t
        var changed: timespec
    }

    private func read() throws(CommandError) -> State? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        if file < 0, errno == ENOENT {
            var status = stat()
            if lstat(path, &status) != 0 { return nil }
            throw CommandError(.badConfiguration, "\(path) is a link that leads to no file. Remove the link.")
        }
        guard file >= 0 else { throw failure("cannot be read") }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, let bytes = FileBytes.read(file), let real = realpath(path, nil) else {
            throw failure("cannot be read")
        }
        defer { free(real) }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw CommandError(.badConfiguration, "\(path) is no text in UTF-8. Save it in that encoding.")
        }
        return State(
            text: text, mode: status.st_mode & 0o777, path: String(cString: real), device: status.st_dev,
            number: status.st_ino, size: status.st_size, changed: status.st_mtim)
    }

    private func write(_ bytes: [UInt8], mode: mode_t, inPlaceOf before: State?) throws(CommandError) {
        let target = before?.path ?? path
        guard StateDirectory.make(above: target) else { throw failure("cannot be made") }
        let temporary = "\(target).\(getpid()).new"
        let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw failure("cannot be written") }
        defer { close(file) }
        guard FileBytes.write(bytes, to: file), fchmod(file, mode) == 0, fsync(file) == 0 || errno == EINVAL else {
            let problem = failure("cannot be written")
            unlink(temporary)
            throw problem
        }
        guard isUnchanged(since: before) else {
            unlink(temporary)
            throw CommandError(.outputFailed, "\(path) was changed by somebody else meanwhile. Try again.")
        }
        guard rename(temporary, target) == 0 else {
            let problem = failure("cannot be written")
            unlink(temporary)
            throw problem
        }
        _ = StateDirectory.sync(above: target)
    }

    /// Waits until no other souk changes the file. A lock of the folder leaves nothing behind. Whoever cannot have it in
    /// time goes on: a change by another program is found before the file is replaced.
    private func takeTurn() -> Int32? {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        let start = ContinuousClock.now
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR, ContinuousClock.now - start < .seconds(2) else { break }
            usleep(10_000)
        }
        return descriptor
    }

    private func isUnchanged(since before: State?) -> Bool {
        var now = stat()
        guard let before else { return lstat(path, &now) != 0 }
        return stat(before.path, &now) == 0 && now.st_dev == before.device && now.st_ino == before.number
            && now.st_size == before.size && now.st_mtim.tv_sec == before.changed.tv_sec
            && now.st_mtim.tv_nsec == before.changed.tv_nsec
    }

    private func failure(_ what: String) -> CommandError {
        let reason = String(cString: strerror(errno))
        return CommandError(.outputFailed, "the configuration \(path) \(what) (\(reason)).")
    }
}
