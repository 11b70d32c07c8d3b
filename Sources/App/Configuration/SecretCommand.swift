import CNCurses
import Glibc
import MarketplaceClient

/// A command that prints a secret, as password stores do.
///
/// It runs in a shell, in a process group of its own, with nothing to read. Only its first line counts. Its end counts, not
/// that of its output: an agent that it starts may keep that open for ever.
struct SecretCommand {
    struct Failure: Error, Equatable {
        /// What went wrong, after "the command".
        var reason: String
    }

    var text: String
    /// What it reads on its standard input, 4,096 bytes at most: a secret that it is to keep; nil for nothing.
    var input: [UInt8]?
    /// How long it may take.
    var limit = Duration.seconds(30)
    /// After this long it is reported that the command still runs.
    var quiet = Duration.seconds(1)

    private static let mostBytes = 65_536

    /// - Parameters:
    ///   - report: Is called with nil when the command takes long, then with what it says on its standard error.
    func firstLine(reportingTo report: (_ errors: String?) -> Void) throws(Failure) -> String {
        try end(reportingTo: report) { (process, isReported) throws(Failure) in
            try line(process, isReported: isReported)
        }
    }

    /// Runs the command to its end, whatever it prints.
    func run(reportingTo report: (_ errors: String?) -> Void) throws(Failure) {
        try end(reportingTo: report) { _, _ in }
    }

    /// - Parameter body: What is made of a process that has succeeded.
    private func end<Value>(
        reportingTo report: (_ errors: String?) -> Void, _ body: (Process, Bool) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        let process = try Process(shell: text, input: input)
        defer { process.close() }
        let begin = ContinuousClock.now
        var isReported = false
        while true {
            let errors = process.collect(upTo: Self.mostBytes)
            if isReported, !errors.isEmpty { report(Self.text(errors)) }
            switch process.state() {
            case .running: break
            case .stopped:
                process.end()
                throw Failure(reason: "wants the terminal, which it cannot have here. Have it ask in another way")
            case .ended(let status):
                process.collect(upTo: Self.mostBytes)
                try checkSuccess(process, status, isReported: isReported)
                return try body(process, isReported)
            }
            if Signals.isEndingWaiting {
                process.end()
                Signals.letThrough()
            }
            let elapsed = ContinuousClock.now - begin
            if elapsed > limit {
                process.end()
                throw Failure(reason: "did not end within \(limit.components.seconds) s" + said(process, isReported))
            }
            if elapsed > quiet, !isReported {
                isReported = true
                report(nil)
                if !process.errors.isEmpty { report(Self.text(process.errors)) }
            }
            process.wait()
        }
    }

    private func checkSuccess(_ process: Process, _ status: Int32, isReported: Bool) throws(Failure) {
        if status & 0x7F != 0 {
            throw Failure(reason: "was ended by signal \(status & 0x7F)" + said(process, isReported))
        }
        let code = status >> 8 & 0xFF
        guard code == 0 else { throw Failure(reason: "ended with exit status \(code)" + said(process, isReported)) }
    }

    private func line(_ process: Process, isReported: Bool) throws(Failure) -> String {
        var bytes = process.output.prefix { $0 != UInt8(ascii: "\n") }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
        while bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        guard !bytes.isEmpty else {
            let what = process.output.isEmpty ? "printed nothing" : "printed an empty first line"
            throw Failure(reason: what + said(process, isReported))
        }
        guard let line = String(validating: bytes, as: UTF8.self) else {
            throw Failure(reason: "printed what is no text in UTF-8")
        }
        return line
    }

    private func said(_ process: Process, _ isReported: Bool) -> String {
        let words = Self.text(process.errors).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        if isReported || words.isEmpty { return "" }
        return " and said: " + (words.count > 400 ? "…" + words.suffix(400) : words)
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    /// Signals that ask this program to end are held back while a command runs, so that it can be ended first.
    private enum Signals {
        private static let all = [SIGINT, SIGTERM, SIGHUP, SIGQUIT]

        private static var set: sigset_t {
            var set = sigset_t()
            sigemptyset(&set)
            for number in all { sigaddset(&set, number) }
            return set
        }

        static func hold() -> sigset_t {
            var (set, before) = (set, sigset_t())
            pthread_sigmask(SIG_BLOCK, &set, &before)
            return before
        }

        static func release(_ before: sigset_t) {
            var before = before
            pthread_sigmask(SIG_SETMASK, &before, nil)
        }

        static var isEndingWaiting: Bool {
            var pending = sigset_t()
            return sigpending(&pending) == 0 && all.contains { sigismember(&pending, $0) == 1 }
        }

        static func letThrough() {
            var set = set
            pthread_sigmask(SIG_UNBLOCK, &set, nil)
        }
    }

    private final class Process {
        enum State {
            case running, stopped
            case ended(status: Int32)
        }

        private(set) var output: [UInt8] = []
        private(set) var errors: [UInt8] = []
        private var pid: pid_t = 0
        private var isEnded = false
        /// Of the command's output and error output; -1 when they have come to their end.
        private var pipes: [Int32] = [-1, -1]
        private static let mostGiven = 4096
        private let mask: sigset_t
        /// The end of a pipe that the command reads; -1 for none.
        private var given: Int32 = -1

        init(shell text: String, input: [UInt8]?) throws(Failure) {
            var ends: [[Int32]] = []
            for _ in 0..<(input == nil ? 2 : 3) {
                var pair: [Int32] = [-1, -1]
                guard pipe(&pair) == 0 else {
                    let reason = String(cString: strerror(errno))
                    for end in ends.joined() { Glibc.close(end) }
                    throw Failure(reason: "cannot be started (\(reason))")
                }
                for end in pair { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
                ends.append(pair)
            }
            var isGiven = true
            if let input, let pair = ends.popLast() {
                // All of it fits into an empty pipe: nobody has to read yet.
                isGiven = input.count <= Self.mostGiven && FileBytes.write(input, to: pair[1])
                Glibc.close(pair[1])
                given = pair[0]
            }
            mask = Signals.hold()
            let code =
                isGiven
                ? Self.spawn(text, input: given, output: ends[0][1], errors: ends[1][1], pid: &pid) : E2BIG
            pipes = ends.map { $0[0] }
            for pair in ends {
                Glibc.close(pair[1])
                _ = fcntl(pair[0], F_SETFL, O_NONBLOCK)
            }
            if given >= 0 { Glibc.close(given) }
            guard code == 0 else {
                isEnded = true
                close()
                throw Failure(reason: "cannot be started (\(String(cString: strerror(code))))")
            }
        }

        private static func spawn(
            _ text: String, input: Int32, output: Int32, errors: Int32, pid: inout pid_t
        ) -> Int32 {
            var actions = posix_spawn_file_actions_t()
            posix_spawn_file_actions_init(&actions)
            defer { posix_spawn_file_actions_destroy(&actions) }
            if input >= 0 {
                posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
            } else {
                posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
            }
            posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
            posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO)
            // A helper that stays behind would keep connections and locks open that this program has ended.
            cn_close_others(&actions)

            var attributes = posix_spawnattr_t()
            posix_spawnattr_init(&attributes)
            defer { posix_spawnattr_destroy(&attributes) }
            // What this program does with signals is its own affair.
            var (none, every) = (sigset_t(), sigset_t())
            sigemptyset(&none)
            sigfillset(&every)
            posix_spawnattr_setsigmask(&attributes, &none)
            posix_spawnattr_setsigdefault(&attributes, &every)
            posix_spawnattr_setpgroup(&attributes, 0)
            posix_spawnattr_setflags(
                &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

            var arguments = ["sh", "-c", text].map { (word: String) in strdup(word) } + [nil]
            defer { for argument in arguments { free(argument) } }
            return posix_spawn(&pid, "/bin/sh", &actions, &attributes, &arguments, environ)
        }

        /// Takes what the command has said since.
        /// - Returns: What came on its error output.
        @discardableResult
        func collect(upTo limit: Int) -> [UInt8] {
            let new = [take(0), take(1)]
            // What is too long for a secret or a message is not kept.
            output += new[0].prefix(max(0, limit - output.count))
            errors += new[1].prefix(max(0, limit - errors.count))
            return new[1]
        }

        private func take(_ index: Int) -> [UInt8] {
            var bytes: [UInt8] = []
            var part = [UInt8](repeating: 0, count: 4096)
            // A command that never ceases to talk is heard in between only.
            while pipes[index] >= 0, bytes.count < 65_536 {
                let count = read(pipes[index], &part, part.count)
                if count < 0, errno == EINTR { continue }
                if count < 0, errno == EAGAIN { break }
                if count <= 0 {
                    Glibc.close(pipes[index])
                    pipes[index] = -1
                } else {
                    bytes += part[..<count]
                }
            }
            return bytes
        }

        func state() -> State {
            var status: Int32 = 0
            guard waitpid(pid, &status, WNOHANG | WUNTRACED) == pid else { return .running }
            if status & 0xFF == 0x7F { return .stopped }
            isEnded = true
            return .ended(status: status)
        }

        /// Until something is said, or for a moment.
        func wait() {
            var wanted = pipes.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            poll(&wanted, nfds_t(wanted.count), pipes[0] < 0 ? 2 : 20)
        }

        /// Ends the command and all that it has started in its group.
        func end() {
            guard !isEnded else { return }
            kill(-pid, SIGTERM)
            kill(-pid, SIGCONT)
            var status: Int32 = 0
            for _ in 0..<20 where !isEnded {
                isEnded = waitpid(pid, &status, WNOHANG) == pid
                if !isEnded { poll(nil, 0, 10) }
            }
            kill(-pid, SIGKILL)
            while !isEnded, waitpid(pid, &status, 0) < 0, errno == EINTR {}
            isEnded = true
        }

        func close() {
            end()
            for pipe in pipes where pipe >= 0 { Glibc.close(pipe) }
            pipes = [-1, -1]
            Signals.release(mask)
        }
    }
}
