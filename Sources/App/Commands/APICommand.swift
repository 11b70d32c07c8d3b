import CNCurses
import FoundationEssentials
import Glibc
import Marketplace
import MarketplaceClient

/// `souk api`: one request to the API, for what no command exists yet.
struct APICommand {
    static var command: CommandDefinition {
        CommandDefinition(
            path: ["api"], summary: "Send one signed-in, paced request and print the answer as it came.",
            argument: "METHOD API-PATH",
            options: [
                OptionDefinition("query", value: "NAME=VALUE", repeats: true, "A query parameter; repeatable."),
                OptionDefinition("body", value: "FILE", "A file with the body, or - for the standard input."),
                OptionDefinition(
                    "write",
                    "Say that the request may change something: anything but a GET, an estimate and a validation may."),
            ] + CommonOptions.marketplace + CommonOptions.help,
            calls: "1",
            examples: [
                "souk api GET /orders --query status=processing --query limit=100",
                "souk api POST /orders/estimate --body order.json", "souk api POST /orders --body order.json --write",
            ], isLocal: false, writes: true
        ) { arguments in try APICommand(arguments).run() }
    }

    private let arguments: ParsedArguments

    private init(_ arguments: ParsedArguments) { self.arguments = arguments }

    private func run() throws {
        cn_share_one_heap()
        let pairs = try arguments.all("query").map { text throws(CommandError) in
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, !parts[0].isEmpty else {
                throw CommandError(.usage, "--query takes name=value, not '\(text)'.")
            }
            return (name: parts[0], value: parts[1])
        }
        let settings = try Settings(arguments, needsProfile: !arguments.has("sandbox"))
        let backend = try CommandDefinition.backend(
            arguments, settings, isReadOnly: arguments.has("read-only"))
        let writes = arguments.has("write")
        if writes, let problem = backend.stateProblem { printError("souk: \(problem)") }
        let bytes = try arguments.value("body").map(Self.bytes)
        let client = backend.client
        let (method, path) = (arguments.positionals[0], arguments.positionals[1])
        let result = WaitingThread.run { () async -> Result<PlainAnswer, MarketplaceError> in
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
