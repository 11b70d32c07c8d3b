import FoundationEssentials
import Glibc
import HTTPTypes
import Marketplace
import MarketplaceClient
import Synchronization

/// Drives the client through every operation of the description, against a server of another make that answers with
/// the description's examples and looks at each request (`assets/checks/examples.py`).
///
/// Usage: `DescriptionCheck ADDRESS`, with what that server has printed. Exit code 0 means: every answer became a value
/// that reports what the example says, every error the right one, and the server found nothing in the requests.
@main
struct DescriptionCheck {
    static func main() async throws {
        guard CommandLine.arguments.count == 2 else {
            print("usage: DescriptionCheck ADDRESS")
            exit(64)
        }
        var check = DescriptionCheck(address: CommandLine.arguments[1])
        try await check.run()
        exit(check.findings.isEmpty ? 0 : 1)
    }

    /// An answer of one operation, as the description shows it or with one thing changed.
    private struct Case: Decodable {
        var id: Int
        var operation: String
        var status: Int
        var name: String
        var body: Shown
    }

    /// What the server has to say about the requests.
    private struct Report: Decodable {
        var findings: [String]
        var operations: Int
        var requests: Int
        var differentRequests: Int
    }

    private let address: String
    private let transport = HTTPTransport()
    private var findings: [String] = []
    private var exceptionsUsed: Set<String> = []

    private init(address: String) { self.address = address }

    private mutating func run() async throws {
        let cases = try await get([Case].self, "/plan")
        let known = Dictionary(uniqueKeysWithValues: Operation.all.map { ($0.id, $0) })
        for example in cases {
            guard let operation = known[example.operation] else {
                find("\(example.operation) is no operation of the client")
                continue
            }
            // All the ways to ask for what the description shows; its variants are asked for in the first one.
            let asks = example.status == 200 && example.name == "example" ? operation.asks : [operation.asks[0]]
            for ask in asks { await look(at: example, operation, ask) }
        }
        for (exception, reason) in Comparison.unkept where !exceptionsUsed.contains(exception) {
            find("nothing needs the exception for \(exception) (\(reason))")
        }
        for (exception, reason) in Comparison.assumed where !exceptionsUsed.contains(exception) {
            find("nothing needs the exception for \(exception) (\(reason))")
        }
        let report = try await get(Report.self, "/report")
        for finding in report.findings { find(finding) }
        let examples = cases.count { $0.status != 200 || $0.name == "example" }
        print(
            "\(report.operations) operations, \(examples) examples and \(cases.count - examples) variants of them, "
                + "\(report.requests) requests (\(report.differentRequests) different): \(findings.count) findings")
    }

    private mutating func look(at example: Case, _ operation: Operation, _ ask: Ask) async {
        let shown: Facts
        let told: Facts
        if example.status == 200 {
            shown = example.body.facts
        } else {
            shown = Self.expectedError(example.status, example.name, example.body, operation.effect)
        }
        do throws(MarketplaceError) {
            told = try await ask.run(client(for: example))
        } catch {
            told = error.facts
        }
        if !ask.isAnswered, told.texts["error"] == nil { return }
        // A change counts as taken or refused only with its proof, which most examples are not: they answer another request.
        // Its request is looked at all the same, and the details that are read show that its answer is understood.
        if operation.effect == .change, told.texts["error"] == "outcome unknown" { return }
        var comparison = Comparison(kind: example.status == 200 ? operation.kind : "error")
        for difference in comparison.differences(shown: shown, told: told) {
            find("\(operation.id) (\(ask.name)), answer \(example.status) \(example.name): \(difference)")
        }
        exceptionsUsed.formUnion(comparison.used)
    }

    /// Which error an answer is, and what of it must arrive (REFERENCE 13).
    private static func expectedError(
        _ status: Int, _ name: String, _ body: Shown, _ effect: Operation.Effect
    ) -> Facts {
        let error =
            switch (status, name, effect) {
            case (400, _, .signIn): "wrong marketplace"
            case (400, "notFoundAs400", _), (404, _, _): "not found"
            case (400, _, _): "rejected"
            case (401, "gatewayKeyMissing", _): "wrong subscription key"
            case (401, _, .signIn): "wrong password"
            case (403, "gatewayQuota", _): "quota exhausted"
            case (401, _, _), (403, _, _): "forbidden"
            case (429, _, _): "rate limited"
            case (500, "conflictingOrder", .signIn), (500, "conflictingOrder", .question),
                (500, "conflictingOrder", .change):
                "rejected"
            case (_, _, .change): "outcome unknown"
            default: "server failed"
            }
        return Facts {
            $0.add("error", error)
            if ["rejected", "server failed"].contains(error) { $0.add("status", status) }
            if !["not found", "wrong password", "quota exhausted", "rate limited", "outcome unknown"].contains(error) {
                $0.add("message", body["message"].text)
            }
            if ["rejected", "forbidden", "not found", "server failed", "outcome unknown"].contains(error) {
                $0.add("correlationId", "a8n-00000000-1111-2222-3333-444444444444")
            }
            // "Try again in 13 seconds" and "replenished in 05:12:44".
            if error == "rate limited" { $0.add("seconds", 13) }
            if error == "quota exhausted" { $0.add("seconds", 5 * 3600 + 12 * 60 + 44) }
        }
    }

    private func client(for example: Case) -> Client {
        Client(
            profile: Profile(
                name: "check", baseURL: "\(address)/case/\(example.id)/marketplace/na", marketplace: "us",
                user: "demo.api", password: Secret("demo"), subscriptionKey: Secret("0000")),
            transport: transport, clock: HastyClock(), pacing: .unlimited)
    }

    private func get<Value: Decodable>(_ type: Value.Type, _ path: String) async throws -> Value {
        let request = HTTPRequest(
            method: .get, scheme: "http", authority: String(address.dropFirst("http://".count)), path: path)
        let (_, body) = try await transport.send(request, body: [], timeout: .seconds(30))
        return try JSONDecoder().decode(type, from: Data(body))
    }

    private mutating func find(_ text: String) {
        findings.append(text)
        print(text)
    }
}

/// A clock on which every wait is over at once, and its time has passed.
private final class HastyClock: ClientClock {
    private let instant = Mutex(Instant(millisecondsSince1970: 1_925_000_000_000))

    func now() -> Instant { instant.withLock { $0 } }
    func jitter() -> Double { 0 }
    func sleep(seconds: Double) async throws(CancellationError) {
        if Task.isCancelled { throw CancellationError() }
        instant.withLock { $0 = $0.adding(seconds: seconds) }
    }
}
