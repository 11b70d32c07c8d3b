import FoundationEssentials
import Glibc
import MarketplaceClient

/// `souk` as scripts run it, beside curl: whole processes from their start to their end, in pairs, one of each in turn.
@concurrent func measureProcesses() async throws {
    let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let souk = own.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/souk"
    guard access(souk, X_OK) == 0, let curl = inPath("curl") else {
        return print("processes: not measured, for there is no \(souk) or no curl")
    }
    let sandbox = try ServedSandbox(rows: 1_500)
    defer { sandbox.stop() }
    let (key, row) = (String(repeating: "0", count: 32), "/subscriptions/1000917")
    let environment = [
        "PATH=/usr/bin:/bin", "HOME=/nonexistent", "XDG_STATE_HOME=/tmp/souk-benchmark.\(getpid())",
        "SOUK_BASE_URL=\(sandbox.baseURL)", "SOUK_MARKETPLACE=us", "SOUK_USER=demo.api", "SOUK_PASSWORD=demo",
        "SOUK_SUBSCRIPTION_KEY=\(key)",
    ]
    // curl has its token already; souk signs in each time.
    let token = try await signIn(sandbox, curl, environment, key)
    let request = [curl, "-s", "-H", "Authorization: Bearer \(token)", "-H", "X-Subscription-Key: \(key)"]
    let pairs: [(String, [String], [String])] = [
        ("--version", [curl, "--version"], [souk, "--version"]),
        ("api GET one row", request + [sandbox.baseURL + row], [souk, "api", "GET", row]),
        (
            "show one row", request + [sandbox.baseURL + row],
            [souk, "subscriptions", "show", "1000917", "--json", "--no-names"]
        ),
    ]
    for (what, theirs, ours) in pairs {
        var times: [[Double]] = [[], []]
        for _ in 0..<100 {
            for (place, words) in [theirs, ours].enumerated() {
                times[place].append(try await seconds { _ = try output(of: words, environment) })
            }
        }
        let (a, b) = (times[0].sorted()[50], times[1].sorted()[50])
        let (c, d) = (times[0].reduce(0, +), times[1].reduce(0, +))
        print(
            "process, \(what): curl p50 \(tenths(a)) ms, souk p50 \(tenths(b)) ms, ratio \(ratio(b, a)); 100 in a row: "
                + "curl \(Int(c * 1000)) ms, souk \(Int(d * 1000)) ms, ratio \(ratio(d, c))")
    }
}

private func tenths(_ seconds: Double) -> Double { Double(Int(seconds * 10_000)) / 10 }
private func ratio(_ one: Double, _ other: Double) -> Double { Double(Int(one / other * 100)) / 100 }

private func inPath(_ name: String) -> String? {
    ["/usr/bin", "/bin", "/usr/local/bin"].map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
}

/// What the sandbox's sign-in gives a script.
private func signIn(
    _ sandbox: ServedSandbox, _ curl: String, _ environment: [String], _ key: String
) async throws -> String {
    let words = [
        curl, "-s", "-u", "demo.api:demo", "-H", "X-Subscription-Key: \(key)", "-H", "Content-Type: application/json",
        "-d", #"{"marketplace":"us"}"#, sandbox.baseURL + "/token",
    ]
    let text = try output(of: words, environment)
    let parts = text.split(separator: "\"")
    guard let place = parts.firstIndex(of: "token"), parts.count > place + 2 else { throw ProcessFailure.output(text) }
    return String(parts[place + 2])
}

private enum ProcessFailure: Error {
    case start(Int32)
    case exit(Int32, String)
    case output(String)
}

/// Runs a program to its end.
/// - Returns: What it wrote to its standard output.
private func output(of words: [String], _ environment: [String]) throws -> String {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw ProcessFailure.start(errno) }
    defer { close(ends[0]) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addclose(&actions, ends[0])
    posix_spawn_file_actions_addclose(&actions, ends[1])
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
    defer { for text in arguments + variables { free(text) } }
    var process = pid_t()
    let code = posix_spawn(&process, words[0], &actions, nil, &arguments, &variables)
    posix_spawn_file_actions_destroy(&actions)
    close(ends[1])
    guard code == 0 else { throw ProcessFailure.start(code) }
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 65_536)
    while case let count = read(ends[0], &part, part.count), count > 0 { bytes += part[..<count] }
    var status: Int32 = 0
    waitpid(process, &status, 0)
    let text = String(decoding: bytes, as: UTF8.self)
    guard status == 0 else { throw ProcessFailure.exit(status, text) }
    return text
}
