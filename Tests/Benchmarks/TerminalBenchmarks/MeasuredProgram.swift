import CVTerm
import Glibc
import TerminalSupport

/// A program on a pseudo-terminal with the times at which its bytes came. The bytes are only kept while something is
/// timed; what the screen shows is worked out afterwards, so that the emulator's time is nobody's.
final class MeasuredProgram {
    /// What a program sent for a key or another event. Times are nanoseconds after the event.
    struct Answer {
        var first: Int
        var last: Int
        var bytes: Int
    }

    /// What a key brought that takes more than one frame. Times are nanoseconds after the key.
    struct Progress {
        /// The first byte, which shows that the key was taken.
        var echo: Int
        /// What was looked for changed the first time, and the last; as the echo when it did not change.
        var first: Int
        var last: Int
    }

    private struct Chunk {
        var time: Int
        var bytes: ArraySlice<UInt8>
    }

    struct Problem: Error, CustomStringConvertible {
        let description: String
    }

    let processID: pid_t
    private let nearEnd: Int32
    private let farEnd: Int32
    private let screen: EmulatedScreen
    private let startedAt: Int
    private var chunks: [Chunk] = []
    /// Bytes that it has sent so far.
    private(set) var received = 0
    private var buffer = [UInt8](repeating: 0, count: 1 << 16)

    init(_ path: String, _ arguments: [String], columns: Int, rows: Int) throws {
        var near: Int32 = -1
        var far: Int32 = -1
        guard cv_open_pty(Int32(columns), Int32(rows), &near, &far) == 0 else {
            throw Problem(description: "cannot open a pseudo-terminal")
        }
        var environment = ["TERM=xterm-256color", "LANG=C.UTF-8"]
        for name in ["PATH", "HOME", "LD_LIBRARY_PATH"] {
            if let value = getenv(name) { environment.append("\(name)=\(String(cString: value))") }
        }
        screen = EmulatedScreen(columns: columns, rows: rows)
        nearEnd = near
        farEnd = far
        var pid: pid_t = 0
        startedAt = Self.now()
        let failure = PseudoTerminal.withStrings([path] + arguments) { arguments in
            PseudoTerminal.withStrings(environment) { cv_spawn(path, arguments, $0, far, -1, nil, &pid) }
        }
        processID = pid
        if failure != 0 {
            close(near)
            close(far)
            throw Problem(description: "cannot start \(path): \(String(cString: strerror(failure)))")
        }
    }

    deinit {
        kill(processID, SIGKILL)
        var status: Int32 = 0
        waitpid(processID, &status, 0)
        close(nearEnd)
        close(farEnd)
    }

    /// Waits until the screen shows `text`.
    /// - Returns: nanoseconds from the start of the program to the bytes that brought it.
    func wait(for text: String, seconds: Int = 10) throws -> Int {
        let deadline = Self.now() + seconds * 1_000_000_000
        while true {
            if let time = showAll(until: text) { return time - startedAt }
            guard Self.now() < deadline, let chunk = read(milliseconds: 100) else {
                if Self.now() < deadline { continue }
                throw Problem(description: "'\(text)' was never shown; the screen:\n\(screen.text)")
            }
            chunks.append(chunk)
        }
    }

    /// Nanoseconds from the start of the program to its first byte.
    func waitForFirstByte() throws -> Int {
        guard let chunk = read(milliseconds: 10_000) else { throw Problem(description: "it sent nothing") }
        chunks.append(chunk)
        return chunk.time - startedAt
    }

    /// Reads until nothing has come for a while.
    func settle(milliseconds: Int32 = 300) {
        while let chunk = read(milliseconds: milliseconds) { chunks.append(chunk) }
    }

    /// Reads until a time of ``now()``.
    func settle(until end: Int) {
        while case let left = end - Self.now(), left > 0 {
            if let chunk = read(milliseconds: Int32((left + 999_999) / 1_000_000)) { chunks.append(chunk) }
        }
    }

    /// Types `text` so many times, and waits until nothing comes any more.
    func skip(_ text: String, _ count: Int) {
        for _ in 0..<count { _ = press(text) }
        settle()
    }

    /// Types `text` and times what comes of it. Nil when nothing comes.
    /// - Parameter pause: For how many milliseconds nothing may have come before.
    func press(_ text: String, after pause: Int32? = nil, quiet: Int32 = 4) -> Answer? {
        if let pause { settle(milliseconds: pause) }
        return answer(quiet: quiet) { type(text) }
    }

    /// Types `text` and times what `look` finds on the screen, until nothing has come for a while. Nil when nothing
    /// comes. What else is drawn meanwhile, such as details that are read, does not count.
    func follow(_ text: String, quiet: Int32, _ look: (EmulatedScreen) -> String) -> Progress? {
        _ = showAll(until: nil)
        var seen = look(screen)
        let start = Self.now()
        type(text)
        guard let echo = read(milliseconds: 1000) else { return nil }
        var came = [echo]
        while came.count < 200, let more = read(milliseconds: quiet) { came.append(more) }
        var changes: [Int] = []
        for chunk in came {
            screen.feed(chunk.bytes)
            let now = look(screen)
            if now != seen { changes.append(chunk.time - start) }
            seen = now
        }
        let first = echo.time - start
        return Progress(echo: first, first: changes.first ?? first, last: changes.last ?? first)
    }

    private func type(_ text: String) {
        let bytes = Array(text.utf8)
        _ = write(nearEnd, bytes, bytes.count)
    }

    /// Changes the terminal's size and times what comes of it.
    func resize(columns: Int, rows: Int) -> Answer? {
        answer(quiet: 30) {
            screen.resize(columns: columns, rows: rows)
            cv_resize_pty(nearEnd, Int32(columns), Int32(rows))
        }
    }

    private func answer(quiet: Int32, to event: () -> Void) -> Answer? {
        let start = Self.now()
        event()
        guard let first = read(milliseconds: 1000) else { return nil }
        var answer = Answer(first: first.time - start, last: first.time - start, bytes: first.bytes.count)
        chunks.append(first)
        while let more = read(milliseconds: quiet) {
            answer.last = more.time - start
            answer.bytes += more.bytes.count
            chunks.append(more)
        }
        return answer
    }

    private func read(milliseconds: Int32) -> Chunk? {
        var source = pollfd(fd: nearEnd, events: Int16(POLLIN), revents: 0)
        guard poll(&source, 1, milliseconds) > 0 else { return nil }
        let count = Glibc.read(nearEnd, &buffer, buffer.count)
        guard count > 0 else { return nil }
        received += count
        return Chunk(time: Self.now(), bytes: buffer[..<count])
    }

    /// Shows what was kept on the screen, chunk by chunk.
    /// - Returns: the time of the chunk with which `text` appeared.
    private func showAll(until text: String?) -> Int? {
        while !chunks.isEmpty {
            let chunk = chunks.removeFirst()
            screen.feed(chunk.bytes)
            if let text, screen.contains(text) { return chunk.time }
        }
        return nil
    }

    /// In nanoseconds.
    static func now() -> Int {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        return now.tv_sec * 1_000_000_000 + now.tv_nsec
    }
}
