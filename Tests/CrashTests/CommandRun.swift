import Dispatch
import Glibc
import Marketplace
import TestSupport

/// The real program as a command, in a home of its own, and the moment at which it is killed.
struct CommandRun: Sendable {
    struct Problem: Error, CustomStringConvertible {
        let description: String
    }

    struct End: Sendable {
        /// As a shell has it; nil when a signal ended it.
        var exit: Int?
        var output: String
        var errors: String
        var wasKilled: Bool { exit == nil }
    }

    let home: String
    let baseURL: String

    var stateFolder: String { home + "/state/souk" }

    /// The journal that the program wrote; nil before there is one.
    var journal: String? {
        var folder = glob_t()
        defer { globfree(&folder) }
        guard glob(stateFolder + "/*.jsonl", 0, nil, &folder) == 0, let first = folder.gl_pathv[0] else { return nil }
        return String(cString: first)
    }

    /// Begins it; what it prints goes to files.
    func start(_ arguments: [String], killedAt moment: String? = nil) throws -> pid_t {
        var variables = [
            "HOME": home, "XDG_CONFIG_HOME": home + "/config", "XDG_STATE_HOME": home + "/state", "LANG": "C.UTF-8",
            "TZ": "UTC", "SOUK_BASE_URL": baseURL, "SOUK_MARKETPLACE": "us", "SOUK_USER": "demo.api",
            "SOUK_PASSWORD": "demo", "SOUK_SUBSCRIPTION_KEY": String(repeating: "0", count: 32),
            "LD_PRELOAD": Driver.builtProduct("libCrashMoments.so"),
        ]
        variables["SOUK_CRASH_MOMENT"] = moment
        var files = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&files)
        defer { posix_spawn_file_actions_destroy(&files) }
        posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        for (file, name) in [(STDOUT_FILENO, "out"), (STDERR_FILENO, "err")] {
            posix_spawn_file_actions_addopen(&files, file, "\(home)/\(name)", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        }
        let program = Driver.builtProduct("souk")
        let words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
        let environment: [UnsafeMutablePointer<CChar>?] = variables.map { strdup("\($0)=\($1)") } + [nil]
        defer { for string in words + environment { free(string) } }
        var process: pid_t = 0
        let failure = posix_spawn(&process, program, &files, nil, words, environment)
        guard failure == 0 else { throw Problem(description: "cannot start \(program): \(failure)") }
        return process
    }

    func end(of process: pid_t) async -> End {
        let status = await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                var status: Int32 = 0
                while waitpid(process, &status, 0) < 0, errno == EINTR {}
                continuation.resume(returning: status)
            }
        }
        let exit = status & 0x7F == 0 ? Int(status >> 8 & 0xFF) : nil
        return End(exit: exit, output: text("out"), errors: text("err"))
    }

    func run(_ arguments: [String], killedAt moment: String? = nil) async throws -> End {
        await end(of: try start(arguments, killedAt: moment))
    }

    /// Has every record of the journal be older, as if that many seconds had passed since.
    func age(by seconds: Int) async throws {
        guard let path = journal, let text = Self.read(path) else { return }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let parts = line.split(separator: "\"at\":\"", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, let end = parts[1].firstIndex(of: "\""), let at = Instant(String(parts[1][..<end]))
            else { return String(line) }
            return "\(parts[0])\"at\":\"\(at.adding(seconds: -Double(seconds)))\(parts[1][end...])"
        }
        guard let file = fopen(path, "w") else { throw Problem(description: "\(path) cannot be written") }
        fputs(lines.joined(separator: "\n"), file)
        fclose(file)
    }

    private func text(_ name: String) -> String { Self.read("\(home)/\(name)") ?? "" }

    private static func read(_ path: String) -> String? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes[..<count], as: UTF8.self)
    }
}
