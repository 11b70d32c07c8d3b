import ArgumentParser
import Dispatch
import FoundationEssentials
import Glibc
import Marketplace
import MarketplaceClient

/// `souk api`: one request to the API, for what no command exists yet.
struct APICommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "api", abstract: "Send one signed-in, paced request and print the answer as it came.",
        discussion: """
            The answer goes to the standard output as the server sent it, status and correlation id to the standard
            error. Anything but a GET, an estimate and a validation may change something: it needs --write, and a
            read-only profile refuses it.

              souk api GET /orders --query status=processing --query limit=100
              souk api POST /orders/estimate --body order.json
              souk api POST /orders --body order.json --write
            """)

    @Argument(help: "GET, POST or PATCH.")
    var method: String

    @Argument(help: "The path below the base URL, for example /orders/1000701.")
    var path: String

    @Option(help: "A query parameter as name=value; repeatable.")
    var query: [String] = []

    @Option(help: "A file with the body, or - for the standard input.")
    var body: String?

    @Flag(help: "Say that the request may change something.")
    var write = false

    @Flag(help: "Refuse every change.")
    var readOnly = false

    @OptionGroup var marketplace: BackendOptions

    func validate() throws {
        for text in query where !text.contains("=") || text.hasPrefix("=") {
            throw ValidationError("--query takes name=value, not '\(text)'.")
        }
    }

    func run() throws {
        let backend = try marketplace.backend(marketplace.settings(), isReadOnly: readOnly)
        if write, let problem = backend.stateProblem { printError("souk: \(problem)") }
        let bytes = try body.map(Self.bytes)
        let pairs = query.map { text in
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            return (name: parts[0], value: parts[1])
        }
        let client = backend.client
        let (method, path, writes) = (method, path, write)
        let result = waitFor { () async -> Result<PlainAnswer, MarketplaceError> in
            do throws(MarketplaceError) {
                return .success(
                    try await client.exchange(method: method, path: path, query: pairs, body: bytes, writes: writes))
            } catch {
                return .failure(error)
            }
        }
        switch result {
        case .failure(let error): throw CommandError(CommandError.code(of: error), error.message)
        case .success(let answer): try show(answer)
        }
    }

    private func show(_ answer: PlainAnswer) throws {
        printError("HTTP \(answer.status)" + (answer.correlationID.map { "  correlation id \($0)" } ?? ""))
        try writeOutput(answer.body)
        if let note = answer.note { printError("souk: \(note)") }
        if let failure = answer.failure {
            printError("souk: \(failure.message)")
            throw ExitCode(ExitStatus.of(failure))
        }
    }

    private static func bytes(from place: String) throws -> [UInt8] {
        let file = place == "-" ? STDIN_FILENO : open(place, O_RDONLY | O_CLOEXEC)
        defer { if file > STDIN_FILENO { close(file) } }
        guard file >= 0, let bytes = FileBytes.read(file) else {
            let reason = String(cString: strerror(errno))
            throw CommandError(.inputFailed, "the body's file \(place) cannot be read (\(reason)).")
        }
        return bytes
    }
}

/// Runs `body` in a task and waits for it on this thread, which must not be one that tasks run on.
func waitFor<Value: Sendable>(_ body: @escaping @Sendable () async -> Value) -> Value {
    let slot = Mailslot<Value>()
    let semaphore = DispatchSemaphore(value: 0)
    Task.detached {
        slot.put(await body())
        semaphore.signal()
    }
    while true {
        semaphore.wait()
        if let value = slot.take() { return value }
    }
}
