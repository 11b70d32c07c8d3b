import FoundationEssentials
import Glibc
import TerminalSupport
import TestSupport
import Testing

/// What becomes of the output of every command, on the real program.
@Suite(.onOwnThreads, .timeLimit(.minutes(30))) struct `The standard output` {
    private static let commands = [
        "keys", "keys --json", "config", "--help", "--version", "keys --help", "completions bash",
        "api GET /customers --sandbox", "support-bundle - --offline --sandbox",
        "support-bundle FOLDER/b --offline --sandbox",
        "sandbox --port 0", "customers list --ids --sandbox", "orders list --csv --sandbox", "status --sandbox",
        "commands", "customers show 1000412 --sandbox",
    ]

    /// Runs a line of a shell in which `souk` is the program; its last line on the terminal is the exit code.
    private func run(_ line: String, _ command: String) throws -> (code: String?, screen: String) {
        let folder = try TestFolder.make()
        let whole = line.replacing("COMMAND", with: "souk " + command).replacing("FOLDER", with: folder)
        let terminal = try PseudoTerminal(
            running: "/bin/sh", ["-c", "souk() { '\(`The real program`.program)' \"$@\"; }\n" + whole],
            environment: ["XDG_STATE_HOME": folder, "XDG_CONFIG_HOME": folder, "SOUK_INDEX": "off"], columns: 200,
            rows: 50)
        #expect(terminal.exitStatus() != nil)
        let lines = terminal.screen.text.split(separator: "\n").map { $0.filter { !$0.isWhitespace } }
        return (lines.last { !$0.isEmpty }, terminal.screen.text)
    }

    @Test(arguments: commands) func `that is full is noticed`(command: String) throws {
        let (code, screen) = try run("COMMAND >/dev/full; echo $?", command)
        #expect(code == "1")
        #expect(screen.contains("the standard output cannot be written (No space left on device)"))
    }

    @Test(arguments: commands) func `that is closed is noticed`(command: String) throws {
        let (code, screen) = try run("COMMAND >&-; echo $?", command)
        #expect(code == "1")
        #expect(screen.contains("the standard output cannot be written (it is closed)"))
    }

    @Test(arguments: commands) func `that nobody reads ends it quietly with 141`(command: String) throws {
        let (code, screen) = try run(
            "{ while [ ! -e FOLDER/gone ]; do sleep 0.05; done; COMMAND; echo $? >&2; } | { exec <&-; touch FOLDER/gone; }; "
                + "while [ ! -e FOLDER/gone ]; do sleep 0.05; done", command)
        #expect(code == "141", "\(screen)")
        #expect(!screen.contains("souk:"))
    }

    @Test func `that is not ready is waited for`() throws {
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        defer { close(ends[0]) }
        _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
        // Full before it begins: nothing goes until somebody reads.
        var filled = 0
        let part = [UInt8](repeating: UInt8(ascii: "."), count: 4096)
        while case let count = write(ends[1], part, part.count), count > 0 { filled += count }
        let process = try Spawned(
            `The real program`.program, ["api", "GET", "/customers", "--query", "limit=100", "--sandbox"],
            output: ends[1])
        close(ends[1])
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1000)
        while case let count = read(ends[0], &buffer, buffer.count), count > 0 {
            bytes += buffer[..<count]
            if bytes.count % 20_000 < 1000 { poll(nil, 0, 5) }
        }
        #expect(process.exitCode() == 0)
        let json = bytes.dropFirst(filled)
        #expect(json.count > 20_000)
        #expect(json.last == UInt8(ascii: "}"))
    }

    @Test(arguments: [("HUP", true), ("INT", true), ("TERM", true), ("HUP", false)])
    func `of the sandbox goes on under signals that were ignored at the start`(signal: String, isIgnored: Bool) throws {
        let (_, screen) = try run(
            (isIgnored ? "trap '' \(signal)\n" : "")
                + "souk sandbox --port 0 >FOLDER/out 2>/dev/null & "
                + "while [ ! -s FOLDER/out ]; do sleep 0.05; done; kill -\(signal) $!; sleep 0.5; "
                + "if kill -0 $! 2>/dev/null; then echo alive; else echo ended; fi; kill -KILL $! 2>/dev/null", "")
        #expect(screen.contains(isIgnored ? "alive" : "ended"), "\(screen)")
    }
}

/// A program with one of its streams led elsewhere.
private final class Spawned {
    private var pid: pid_t = 0

    struct Problem: Error {
        var code: Int32
    }

    init(_ path: String, _ arguments: [String], output: Int32) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        var words = ([path] + arguments).map { (word: String) in strdup(word) } + [nil]
        defer { for word in words { free(word) } }
        let code = posix_spawn(&pid, path, &actions, nil, &words, environ)
        guard code == 0 else { throw Problem(code: code) }
    }

    func exitCode() -> Int32? {
        var status: Int32 = 0
        guard waitpid(pid, &status, 0) == pid, status & 0x7F == 0 else { return nil }
        return status >> 8 & 0xFF
    }
}
