import Glibc
import Marketplace
import Synchronization

/// The calls that all programs of this machine have made with one subscription key, in one small file, so that together they
/// keep the pace of one. It holds times and nothing else.
///
/// Where the file cannot be used, or somebody who was stopped keeps it, each program counts for itself.
public final class SharedCalls: Sendable {
    /// What other programs have sent.
    struct Others {
        /// The time of day of each call of the last minute, oldest first.
        var calls: [Instant] = []
        /// Since when the day's calls are counted, and how many there were, one's own included.
        var day: (began: Instant, used: Int)?
    }

    private struct Call {
        var at: Instant
        var sender: String
    }

    private static let heading = "souk calls 1"
    private static let day = 86_400.0
    /// How often the file is tried while another program holds it, for a few microseconds each.
    private static let tries = 200

    private let path: String
    /// Tells one's own calls from those of others.
    private let sender = String(UInt64.random(in: 0 ... .max), radix: 36)
    private let file = Mutex<OpenFile?>(nil)

    public init(path: String) { self.path = path }

    /// Lets a call leave, if `mayLeave` says so of what others have sent, and counts it for them.
    /// - Parameters:
    ///   - now: The time of day.
    ///   - mayLeave: Nothing of others leaves while it runs.
    func leave(now: Instant, if mayLeave: (Others) -> Bool) -> Bool {
        file.withLock { file in
            if file == nil { file = open() }
            guard let file, isTaken(file) else { return mayLeave(Others()) }
            defer { flock(file.descriptor, LOCK_UN) }
            var (calls, day) = read(file, now: now)
            let others = Others(calls: calls.filter { $0.sender != sender }.map(\.at), day: day)
            guard mayLeave(others) else { return false }
            calls.append(Call(at: now, sender: sender))
            day = (day?.began ?? now, (day?.used ?? 0) + 1)
            write(calls, day, to: file)
            return true
        }
    }

    /// How many calls were counted since when, those of all programs.
    public func usedToday(now: Instant) -> (began: Instant, used: Int)? {
        file.withLock { file in
            if file == nil { file = open() }
            guard let file, isTaken(file) else { return nil }
            defer { flock(file.descriptor, LOCK_UN) }
            return read(file, now: now).day
        }
    }

    /// How many calls were counted in the last minute, those of all programs; nil where the file cannot be used.
    public func inLastMinute(now: Instant) -> Int? {
        file.withLock { file in
            if file == nil { file = open() }
            guard let file, isTaken(file) else { return nil }
            defer { flock(file.descriptor, LOCK_UN) }
            return read(file, now: now).calls.count
        }
    }

    private func open() -> OpenFile? {
        guard StateDirectory.make(above: path) else { return nil }
        let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        return descriptor >= 0 ? OpenFile(descriptor) : nil
    }

    private func isTaken(_ file: OpenFile) -> Bool {
        for _ in 0..<Self.tries {
            if flock(file.descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
            guard errno == EWOULDBLOCK || errno == EINTR else { return false }
            sched_yield()
        }
        return false
    }

    /// What the file says of the last minute and the day; lines that say nothing are left out.
    private func read(_ file: OpenFile, now: Instant) -> (calls: [Call], day: (began: Instant, used: Int)?) {
        let bytes = FileBytes.read(file.descriptor, from: 0) ?? []
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map { $0.split(separator: " ") }
        guard lines.first?.joined(separator: " ") == Self.heading else { return ([], nil) }
        var calls: [Call] = []
        var day: (began: Instant, used: Int)?
        for words in lines.dropFirst() {
            if words.count == 3, words[0] == "day", let began = Self.instant(words[1]), let used = Int(words[2]),
                (0..<Self.day).contains(now.seconds(since: began)), used >= 0
            {
                day = (began, used)
            } else if words.count == 2, let at = Self.instant(words[0]),
                // Somebody may have set the clock back.
                (-1..<SlidingWindow.length).contains(now.seconds(since: at))
            {
                calls.append(Call(at: at, sender: String(words[1])))
            }
        }
        return (calls.sorted { $0.at < $1.at }, day)
    }

    private func write(_ calls: [Call], _ day: (began: Instant, used: Int)?, to file: OpenFile) {
        var lines = [Self.heading]
        if let day { lines.append("day \(day.began.millisecondsSince1970) \(day.used)") }
        lines += calls.map { "\($0.at.millisecondsSince1970) \($0.sender)" }
        let bytes = Array((lines.joined(separator: "\n") + "\n").utf8)
        // What is cut off by a full disk is read as far as it says something.
        guard pwrite(file.descriptor, bytes, bytes.count, 0) == bytes.count else { return }
        ftruncate(file.descriptor, off_t(bytes.count))
    }

    private static func instant(_ word: Substring) -> Instant? {
        Int64(word).map { Instant(millisecondsSince1970: $0) }
    }
}
