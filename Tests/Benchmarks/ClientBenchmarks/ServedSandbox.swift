import CNCurses
import FoundationEssentials
import Glibc
import Marketplace
import MarketplaceClient
import MarketplaceSandbox

/// A sandbox with as many subscriptions as orders, served by another process of this program.
struct ServedSandbox {
    static let rows = 50_000

    let port: Int
    private let process: pid_t

    /// What the other process does: prints its port and serves until it is ended.
    /// - Parameter words: How many rows there are, and the seconds that each answer takes.
    static func serve(_ words: [String]) async throws {
        // As `souk sandbox` does it.
        cn_return_large_blocks()
        cn_keep_freed_memory()
        var configuration = SandboxConfiguration()
        configuration.subscriptions = words.first.flatMap { Int($0) } ?? rows
        configuration.orders = configuration.subscriptions
        if words.count > 1 { configuration.faults = try FaultRule.rules(in: "GET /**: delay \(words[1])") }
        try await SandboxServer.run(Sandbox(configuration), port: 0) { port in
            print(port)
            fflush(nil)
        }
    }

    /// - Parameter delay: Seconds that each answer takes.
    init(rows: Int = ServedSandbox.rows, delay: Double? = nil) throws {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw Failure.notStarted }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
        posix_spawn_file_actions_addclose(&actions, ends[0])
        let words = ["ClientBenchmarks", "serve", String(rows)] + (delay.map { [String($0)] } ?? [])
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        var process = pid_t()
        let code = posix_spawn(&process, "/proc/self/exe", &actions, nil, &arguments, environ)
        posix_spawn_file_actions_destroy(&actions)
        for argument in arguments { free(argument) }
        close(ends[1])
        guard code == 0 else { throw Failure.notStarted }
        self.process = process
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while read(ends[0], &byte, 1) == 1, byte != UInt8(ascii: "\n") { line.append(byte) }
        close(ends[0])
        guard let port = Int(String(decoding: line, as: UTF8.self)) else { throw Failure.notStarted }
        self.port = port
    }

    func stop() {
        kill(process, SIGTERM)
        waitpid(process, nil, 0)
    }

    enum Failure: Error { case notStarted }

    var baseURL: String { "http://127.0.0.1:\(port)/marketplace/us" }

    func client() -> Client {
        Client(
            profile: Profile(
                name: "benchmark", baseURL: baseURL, marketplace: "us",
                user: "demo.api", password: Secret("demo"),
                subscriptionKey: Secret(String(repeating: "0", count: 32))),
            transport: HTTPTransport(), pacing: .unlimited)
    }
}

/// Memory with 50,000 subscriptions in the cache, and eight GETs at a time, both over loopback.
@concurrent func measureServed() async throws {
    let sandbox = try ServedSandbox()
    defer { sandbox.stop() }
    print("memory at the start: \(megabytes("VmRSS"))")
    let client = sandbox.client()
    try await client.signIn()
    print("memory signed in: \(megabytes("VmRSS"))")
    let time = try await seconds { _ = try await client.subscriptionLists.value(for: SubscriptionQuery()) }
    print(
        "memory with \(ServedSandbox.rows) subscriptions cached: \(megabytes("VmRSS")), at most \(megabytes("VmHWM")); "
            + "\(Int(Double(ServedSandbox.rows) / time)) rows/s over loopback")
    let indexed = sandbox.client()
    try await indexed.index.run()
    print(
        "memory with a second client's index of \(ServedSandbox.rows) subscriptions and orders as well: "
            + "\(megabytes("VmRSS")), at most \(megabytes("VmHWM"))")

    for path in ["/subscriptions/1000917", "/subscriptions?limit=100"] {
        let alone = try await times(of: path, client, atOnce: 1, each: 500)
        let (eight, all) = try await times(of: path, client, atOnce: 8, each: 500)
        print("GET \(path), one at a time: \(spread(alone.times))")
        print("GET \(path), 8 at a time: \(spread(eight)), \(Int(Double(eight.count) / all)) requests/s")
    }
}

/// How long each of many GETs took, and all together.
private func times(
    of path: String, _ client: Client, atOnce: Int, each: Int
) async throws -> (times: [Double], all: Double) {
    var times: [Double] = []
    let all = try await seconds {
        times = try await withThrowingTaskGroup(of: [Double].self) { group in
            for _ in 0..<atOnce {
                group.addTask {
                    var times: [Double] = []
                    for _ in 0..<each {
                        times.append(
                            try await seconds { _ = try await client.exchange(method: "GET", path: path) })
                    }
                    return times
                }
            }
            var times: [Double] = []
            for try await some in group { times += some }
            return times
        }
    }
    return (times, all)
}
