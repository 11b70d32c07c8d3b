import CNCurses
import Glibc
import Marketplace
import MarketplaceClient

/// A command of the program: parsing, help, completions, manual pages and `commands --json` are made from it.
struct CommandDefinition: Sendable {
    /// What is typed after `souk`.
    var path: [String]
    var summary: String
    /// What stands after the command, and in `commands --json`; nil for nothing.
    var argument: String?
    var options: [OptionDefinition]
    /// `4+p+n`: calls besides the sign-in.
    var calls: String
    /// The schema of what `--json` prints; nil where it prints no JSON.
    var schema: String?
    /// The fields of a row or of the answer, and what stands around rows.
    var fields: [FieldDefinition] = []
    var isList = false
    /// Of what is said of all rows of a list together.
    var summaryFields: [FieldDefinition] = []
    var columns: [String] = []
    var filterColumns: [String] = []
    var examples: [String]
    var isLocal: Bool
    /// Exit codes that only this command has, of those that ask this machine.
    var otherExits: [Int32] = []
    /// Whether it may change something at the marketplace.
    var writes = false
    /// What `--yes` needs to be given of what was seen, when it has no intent.
    var expects: [String] = []
    var run: @Sendable (ParsedArguments) throws -> Void

    var name: String { "souk " + path.joined(separator: " ") }

    var effect: CommandDescription.Effect { writes ? .write : isLocal ? .local : .read }

    /// `ID N`: two arguments.
    var argumentWords: [String] { argument?.split(separator: " ").map(String.init) ?? [] }

    /// Reads the words after the command, and does what they say.
    func perform(_ words: [String]) throws {
        if writes, words.prefix(while: { $0 != "--" }).contains(where: { $0.hasPrefix("--ids-from") }) {
            throw CommandError(
                .usage, "--ids-from belongs to lists: a command that writes changes one thing.",
                hint: "Run \(name) for each id: each has a review and an intent of its own. The dashboard changes "
                    + "marked rows together, after one preview of all.")
        }
        let arguments = try ParsedArguments(words, options: options, command: name)
        if arguments.has("help") { return try printOutput(CommandDescription(self).helpText) }
        if arguments.has("version") { return try printOutput(Version.line) }
        let needed = argumentWords.filter { !$0.hasPrefix("[") }.count
        // An intent says what its arguments were.
        let hasIntent = writes && arguments.has("intent") && arguments.positionals.isEmpty
        guard (needed...argumentWords.count).contains(arguments.positionals.count) || hasIntent else {
            if arguments.positionals.count < needed {
                throw CommandError(
                    .usage, "\(name) needs \(argument ?? "").", hint: "For example: \(examples[0])")
            }
            let extra = arguments.positionals[argumentWords.count]
            throw CommandError(
                .usage, "'\(extra)' is one word too many.",
                hint: needed == 0 && isList && path.count > 1
                    ? "To show one, write souk \(path[0]) show \(extra)." : "A value with spaces needs quotes.")
        }
        try run(arguments)
    }
}

extension CommandDefinition {
    /// - Parameter verb: Nil for a command that is the noun alone.
    static func list<N: Noun>(_ noun: N.Type, verb: String? = "list") -> CommandDefinition {
        let words = N.words
        var options = N.filters.map(\.option) + CommonOptions.rows + CommonOptions.formats
        if !N.needsDetails {
            if N.hasDetails { options.append(CommonOptions.details) }
            options.append(CommonOptions.resume)
        }
        if !words.isLocal { options += CommonOptions.reading }
        options += CommonOptions.messages + CommonOptions.marketplace + CommonOptions.help
        let path = [words.plural] + (verb.map { [$0] } ?? [])
        return CommandDefinition(
            path: path, summary: words.listSummary, argument: nil, options: options, calls: words.listCalls,
            schema: "schemas/v1/\(path.joined(separator: "-")).json", fields: N.definitions, isList: true,
            summaryFields: N.summaryFields, columns: N.columns.compactMap { $0.column?.name },
            filterColumns: N.listColumns(Facts(now: Instant(millisecondsSince1970: 0))).map(\.name),
            examples: words.examples, isLocal: words.isLocal, otherExits: words.isLocal ? [9] : []
        ) { arguments in
            let plan = try ListPlan<N>(arguments, today: try Self.today(arguments))
            try Self.read(arguments, isLocal: words.isLocal, list: "souk \(path.joined(separator: " "))") { session in
                var run = try ListRun(plan, session)
                try await run.run()
            }
        }
    }

    static func show<N: Noun>(_ noun: N.Type) -> CommandDefinition {
        let words = N.words
        var options = [CommonOptions.json]
        if words.plural == "products" { options += ProductsNoun.filters.prefix(1).map(\.option) }
        if !words.isLocal { options += CommonOptions.reading }
        options += CommonOptions.messages + CommonOptions.marketplace + CommonOptions.help
        return CommandDefinition(
            path: [words.plural, "show"], summary: words.showSummary, argument: words.argument, options: options,
            calls: words.showCalls, schema: "schemas/v1/\(words.plural)-show.json", fields: N.definitions,
            isList: false, columns: [], filterColumns: [], examples: words.showExamples, isLocal: words.isLocal,
            otherExits: words.isLocal ? [9] : []
        ) { arguments in
            let format = try OutputFormat(arguments)
            guard let argument = arguments.positionals.first, !argument.isEmpty else {
                throw CommandError(
                    .badValue, "\(words.argument) is empty.", hint: "For example: \(words.showExamples[0])")
            }
            try Self.read(arguments, isLocal: words.isLocal, list: "souk \(words.plural) list") { session in
                try await ShowRun<N>(argument: argument, session: session, format: format).run()
            }
        }
    }

    // MARK: Running

    /// The day by the clock that the command will have.
    static func today(_ arguments: ParsedArguments) throws -> CalendarDate {
        let now = try arguments.value("now").map { text throws(CommandError) in try TypedValue.now(text) }
        return (now ?? SystemClock().now()).utcDate
    }

    /// Makes the session, and runs `body` in it until it ends or a person stops it.
    static func read(
        _ arguments: ParsedArguments, isLocal: Bool, list: String,
        _ body: @escaping @Sendable (ReadSession) async throws -> Void
    ) throws {
        try readAfterSession(arguments, isLocal: isLocal, list: list) { session, _ in try await body(session) }
    }

    /// The same for what also asks when the last session of the dashboard was.
    static func readAfterSession(
        _ arguments: ParsedArguments, isLocal: Bool, list: String,
        _ body: @escaping @Sendable (ReadSession, SessionFile) async throws -> Void
    ) throws {
        cn_share_one_heap()
        let hasJSONErrors = arguments.has("json") || arguments.has("jsonl")
        let notes = Notes(isQuiet: arguments.has("quiet") || hasJSONErrors)
        let timeout = try arguments.value("timeout").map { text throws(CommandError) in
            try TypedValue.duration(text, option: "--timeout")
        }
        let backend = try backend(arguments, isLocal: isLocal, isReadOnly: true, timeout: timeout ?? 30).backend
        let session = try ReadSession(client: backend.client, clock: backend.clock, arguments: arguments, notes: notes)
        try perform(session, list: list) { try await body(session, backend.lastSession) }
    }

    /// Runs `body` until it ends or a person stops it.
    static func perform(
        _ session: ReadSession, list: String, _ body: @escaping @Sendable () async throws -> Void
    ) throws {
        let error = Interruption.run {
            await session.client.reportingWaits(
                { session.report($0) },
                of: { () async -> (any Error)? in
                    do {
                        try await body()
                        return nil
                    } catch {
                        return error
                    }
                })
        }
        session.notes.clear()
        switch error {
        case nil: return
        case let error as MarketplaceError: throw CommandError(error, list: list)
        case is CancellationError: throw CommandError(MarketplaceError.cancelled)
        case let error?: throw error
        }
    }

    /// The marketplace that a command asks, and the settings by which it was found.
    static func backend(
        _ arguments: ParsedArguments, isLocal: Bool, isReadOnly: Bool, timeout: Double
    ) throws -> (backend: Backend, settings: Settings) {
        let isSandbox = arguments.has("sandbox")
        let settings = try Settings(arguments, needsProfile: !isSandbox, asksForSecrets: !isLocal)
        if isLocal, !isSandbox { return (try .local(settings), settings) }
        return (try backend(arguments, settings, isReadOnly: isReadOnly, timeout: timeout), settings)
    }

    /// The marketplace that a command asks: the one of a profile, or the one inside the program.
    static func backend(
        _ arguments: ParsedArguments, _ settings: Settings, isReadOnly: Bool, timeout: Double? = nil
    ) throws -> Backend {
        guard arguments.has("sandbox") else {
            return try .remote(settings, isReadOnly: isReadOnly, readTimeout: timeout)
        }
        return try .embedded(
            SandboxOptions(arguments), settings, isReadOnly: isReadOnly, readTimeout: timeout)
    }
}

/// Runs the work of a command until it ends, or until a person stops it with ^C.
enum Interruption {
    /// - Returns: Why the work failed; nil when it did not.
    static func run(_ body: @escaping @Sendable () async -> (any Error)?) -> (any Error)? {
        WaitingThread.run(isInterruptible: true, body)
    }

    /// Until work begins that can be stopped by itself, ^C ends the program at once, with an error for scripts.
    static func endWithJSON() {
        let error = CommandError(.cancelled, "stopped before it ended.")
        cn_say_at_interrupt(error.json.line + "\n", error.code.exit)
    }
}
