import Glibc
import TestSupport
import Testing

@testable import App

@Suite(.onOwnThreads, .timeLimit(.minutes(30))) struct `The command of a secret` {
    private func line(_ command: String) throws -> String { try SecretCommand(text: command).firstLine { _ in } }

    private func failure(_ command: String, limit: Duration = .seconds(30)) -> String? {
        do throws(SecretCommand.Failure) {
            _ = try SecretCommand(text: command, limit: limit).firstLine { _ in }
            return nil
        } catch {
            return error.reason
        }
    }

    @Test(arguments: [
        ("echo demo", "demo"), ("printf 'demo\\nurl: x\\n'", "demo"), ("printf 'demo\\r\\n'", "demo"),
        ("printf '\\357\\273\\277demo\\r'", "demo"), ("printf ' a b '", " a b "), ("cat >/dev/null; echo demo", "demo"),
        ("read x; echo \"demo$x\"", "demo"), ("echo demo; exec >&-; sleep 0.1", "demo"),
        ("echo w >&2; echo demo", "demo"),
        ("echo demo; head -c 1000000 /dev/zero", "demo"), ("trap '' PIPE; echo demo", "demo"),
    ])
    func `gives its first line, and has nothing to read`(command: String, expected: String) throws {
        #expect(try line(command) == expected)
    }

    @Test func `is over when it ends, whoever keeps its output`() throws {
        let begin = ContinuousClock.now
        #expect(try line("sleep 900 & echo demo") == "demo")
        #expect(ContinuousClock.now - begin < .seconds(600))
    }

    @Test func `gets none of the files and connections of this program`() throws {
        var ends: [Int32] = [-1, -1]
        #expect(pipe(&ends) == 0)
        defer { close(ends[0]) }
        #expect(try line("sleep 900 & echo demo") == "demo")
        close(ends[1])
        // The end of the pipe comes when nobody has its other side any more.
        var byte: UInt8 = 0
        #expect(read(ends[0], &byte, 1) == 0)
        #expect(try line("ls /proc/self/fd | tr '\\n' ' '").hasPrefix("0 1 2 "))
    }

    @Test func `runs in a process group of its own, with the signals of a new program`() throws {
        #expect(try line("test $(ps -o pgid= -p $$) = $$ && echo own") == "own")
        // The system's library keeps signals 32 and 33 for itself.
        let status = try line("awk '/SigIgn|SigBlk/ {printf $2 \" \"}' /proc/self/status")
        #expect(status.split(separator: " ").map { $0.suffix(7) } == ["0000000", "0000000"])
    }

    @Test(arguments: [
        ("exit 3", "ended with exit status 3"), ("echo 'no store' >&2; exit 1", "exit status 1 and said: no store"),
        ("no-such-command-x", "exit status 127 and said:"), ("true", "printed nothing"),
        ("echo; echo demo", "printed an empty first line"), ("kill -9 $$", "was ended by signal 9"),
        ("printf '\\377'", "no text in UTF-8"), ("echo warning >&2", "printed nothing and said: warning"),
        ("kill -TTIN $$; echo demo", "wants the terminal"),
    ])
    func `that fails says how, with what it said`(command: String, words: String) throws {
        let reason = try #require(failure(command))
        #expect(reason.contains(words), "\(reason)")
        #expect(!reason.contains("demo"))
    }

    @Test func `is ended with all it started when it takes too long`() throws {
        let folder = try TestFolder.make()
        let file = folder + "/alive"
        let begin = ContinuousClock.now
        let reason = failure(
            "(while :; do echo x >> \(file); sleep 0.05; done) & sleep 6000", limit: .milliseconds(1200))
        #expect(reason?.hasPrefix("did not end within 1 s") == true)
        #expect(ContinuousClock.now - begin < .seconds(600))
        var before = stat()
        var after = stat()
        #expect(stat(file, &before) == 0)
        poll(nil, 0, 400)
        #expect(stat(file, &after) == 0 && before.st_size == after.st_size)
    }

    @Test func `that takes long is reported, and then what it says`() throws {
        var reports: [String?] = []
        let command = SecretCommand(
            text: "echo first >&2; sleep 1; echo second >&2; sleep 0.3; echo demo", quiet: .milliseconds(300))
        #expect(try command.firstLine { reports.append($0) } == "demo")
        #expect(reports.first == .some(nil))
        #expect(reports.dropFirst().compactMap(\.self).joined() == "first\nsecond\n")
    }

    @Test func `that is quick is not reported`() throws {
        var reports = 0
        _ = try SecretCommand(text: "echo w >&2; echo demo").firstLine { _ in reports += 1 }
        #expect(reports == 0)
    }
}
