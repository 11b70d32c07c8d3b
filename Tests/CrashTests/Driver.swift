import Dispatch
import Glibc
import Synchronization

@testable import CrashDriver

/// A running `CrashDriver`: a program that sends orders, and can be killed at any step.
final class Driver: Sendable {
    struct Problem: Error, CustomStringConvertible {
        let description: String
    }

    private let time: TestTime
    private let process: pid_t
    private let end: Int32
    private let lines: AsyncStream<String>
    private let said: AsyncStream<String>.Continuation
    /// Unsafe, because a dispatch source, which may be used from anywhere, is not marked as sendable.
    private nonisolated(unsafe) let output: any DispatchSourceRead
    private let isGone = Mutex(false)

    init(_ baseURL: String, journal: String, time: TestTime) throws {
        self.time = time
        var ends: [Int32] = [-1, -1]
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
            throw Problem(description: "no sockets: \(String(cString: strerror(errno)))")
        }
        let (near, far) = (ends[0], ends[1])
        defer { close(far) }
        process = try Self.start([baseURL, journal, String(time.milliseconds)], end: far)
        end = near
        (lines, said) = AsyncStream<String>.makeStream()
        output = DispatchSource.makeReadSource(fileDescriptor: near, queue: DispatchQueue(label: "driver"))
        let rest = Mutex<[UInt8]>([])
        output.setEventHandler { [said] in
            var buffer = [UInt8](repeating: 0, count: 4096)
            let count = read(near, &buffer, buffer.count)
            guard count > 0 else { return said.finish() }
            rest.withLock { rest in
                rest += buffer[..<count]
                while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                    said.yield(String(decoding: rest[..<end], as: UTF8.self))
                    rest.removeSubrange(...end)
                }
            }
        }
        output.setCancelHandler { close(near) }
        output.activate()
    }

    deinit { kill() }

    func submit(_ command: CrashCommand) {
        let bytes = Array("\(time.milliseconds) \(command.line)\n".utf8)
        _ = bytes.withUnsafeBytes { send(end, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
    }

    /// Adds a line to those of the driver: what the test saw elsewhere.
    func note(_ line: String) { said.yield(line) }

    /// The next line that is no sleep. Time goes on through sleeps.
    /// - Parameter onSleep: Called with the count of sleeps so far, after the time of each has passed.
    func next(onSleep: (Int) async -> Void = { _ in }) async throws -> String {
        var sleeps = 0
        for await line in lines {
            guard line.hasPrefix("sleep "), let seconds = Double(line.dropFirst(6)) else { return line }
            time.advance(seconds: seconds)
            sleeps += 1
            await onSleep(sleeps)
            submit(.go)
        }
        throw Problem(description: "the driver ended")
    }

    /// Waits for `line`.
    /// - Throws: when something else comes.
    func expect(_ line: String, onSleep: (Int) async -> Void = { _ in }) async throws {
        let next = try await next(onSleep: onSleep)
        guard next == line else { throw Problem(description: "expected '\(line)', the driver says '\(next)'") }
    }

    /// Ends it as a crash of the computer would: at once, with nothing tidied up.
    func kill() {
        let isFirst = isGone.withLock { isGone in
            defer { isGone = true }
            return !isGone
        }
        guard isFirst else { return }
        _ = Glibc.kill(process, SIGKILL)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        output.cancel()
        said.finish()
    }

    private static func start(_ arguments: [String], end: Int32) throws -> pid_t {
        let path = builtProduct("CrashDriver")
        var files = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&files)
        defer { posix_spawn_file_actions_destroy(&files) }
        posix_spawn_file_actions_adddup2(&files, end, STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&files, end, STDOUT_FILENO)
        let strings: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
        defer { for string in strings { free(string) } }
        var process: pid_t = 0
        let failure = posix_spawn(&process, path, &files, nil, strings, environ)
        guard failure == 0 else {
            throw Problem(description: "cannot start \(path): \(String(cString: strerror(failure)))")
        }
        return process
    }

    /// A product of this package, beside the running tests.
    static func builtProduct(_ name: String) -> String {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
        let path = String(decoding: buffer.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return path.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/" + name
    }
}

/// The time of marketplace and drivers. It passes only when somebody sleeps.
final class TestTime: Sendable {
    private let now = Mutex<Int64>(1_795_183_452_000)

    var milliseconds: Int64 { now.withLock { $0 } }
    func advance(seconds: Double) { now.withLock { $0 += Int64(seconds * 1000) } }
}
