import Glibc
import Marketplace
import MarketplaceClient

/// `souk journal settle` and `export`: what is done with the journal besides reading it.
enum JournalCommands {
    static var all: [CommandDefinition] { [settle, export] }

    private static let marketplace = CommonOptions.messages + CommonOptions.marketplace + CommonOptions.help

    // MARK: Settling

    static var settle: CommandDefinition {
        CommandDefinition(
            path: ["journal", "settle"],
            summary: "Look up what became of writes whose outcome is unknown. Sends nothing; writes only the journal.",
            argument: "[ENTRY]", options: [CommonOptions.json] + CommonOptions.reading + marketplace,
            calls: "1-32 each",
            schema: "schemas/v1/journal-settle.json", fields: settled, isList: false, columns: [], filterColumns: [],
            examples: ["souk journal settle", "souk journal settle 4F1C09A2 --json"], isLocal: false
        ) { arguments in
            let format = try OutputFormat(arguments)
            try CommandDefinition.read(arguments, isLocal: false, list: "souk journal list") { session in
                try await settle(arguments.positionals.first, session, format)
            }
        }
    }

    private static let settled: [FieldDefinition] = [
        FieldDefinition("entries", .list(.object(JournalNoun.definitions)), isNullable: false),
        FieldDefinition("settled", .integer, isNullable: false),
        FieldDefinition("unknown", .integer, isNullable: false),
    ]

    private static func settle(_ argument: String?, _ session: ReadSession, _ format: OutputFormat) async throws {
        var open = try await JournalNoun.entries(session.client)
        if let argument {
            let entry = try await JournalNoun.find(argument, session).row
            guard entry.sender.isOwn else {
                throw CommandError(
                    .intentForeign, "journal entry \(entry.id.rawValue.prefix(8)) was sent by another user.",
                    hint: "Who sent it can settle it.")
            }
            open = [entry]
        } else {
            open = open.filter(\.isUnknown)
        }
        let wanted = Set(open.map(\.id))
        let unknown = open.filter(\.isUnknown)
        if !unknown.isEmpty { try await session.client.signIn() }
        for entry in unknown { await session.client.look(for: entry.id) }
        let entries = try await JournalNoun.entries(session.client).filter { wanted.contains($0.id) }
        let left = entries.filter(\.isUnknown)
        session.notes.clear()
        try print(entries, left.count, asked: unknown.count, session, format)
        guard let first = left.first else { return }
        let reason = first.outcome.reason ?? ""
        var error = CommandError(
            .outcomeUnknown,
            "the outcome of \(left.count) write\(left.count == 1 ? "" : "s") is still unknown. \(reason)",
            hint: "Do not send it again; ask again in some minutes.",
            details: ["entries": .texts(left.map(\.id.rawValue))])
        error.outcome = .unknown
        throw error
    }

    private static func print(
        _ entries: [JournalEntry], _ left: Int, asked: Int, _ session: ReadSession, _ format: OutputFormat
    ) throws {
        if case .json(let isIndented) = format {
            let facts = Facts(now: session.clock.now())
            let json: JSON = [
                "entries": .list(entries.map { JournalNoun.json($0, facts) }), "settled": .number(asked - left),
                "unknown": .number(left),
            ]
            return try printOutput(isIndented ? json.indented : json.line)
        }
        for entry in entries {
            let made = entry.outcome.made.map { ", it is \($0)" } ?? ""
            let how = entry.settledBy.map { ", \($0)" } ?? entry.outcome.reason.map { ": \($0)" } ?? ""
            try printOutput(
                "\(entry.id.rawValue.prefix(8))  \(entry.name), \(entry.outcomeWord.lowercased())\(made)\(how)"
                    .plainLine)
        }
        if entries.isEmpty { session.notes.note("There is no write whose outcome is unknown.") }
    }

    // MARK: Export

    static var export: CommandDefinition {
        CommandDefinition(
            path: ["journal", "export"],
            summary: "Write the whole journal as JSON, an entry a line, to the standard output or to a new file.",
            argument: nil,
            options: [OptionDefinition("to", value: "FILE", "A new file, readable by its owner alone.")] + marketplace,
            calls: "0", schema: "schemas/v1/journal-export.json", fields: JournalNoun.definitions, isList: false,
            columns: [], filterColumns: [],
            examples: [
                "souk journal export --to journal.jsonl", "souk journal export | jq -c 'select(.outcome==\"unknown\")'",
            ],
            isLocal: true
        ) { arguments in
            try CommandDefinition.read(arguments, isLocal: true, list: "souk journal list") { session in
                let facts = Facts(now: session.clock.now())
                let lines = try await JournalNoun.entries(session.client).map { JournalNoun.json($0, facts).line }
                guard let path = arguments.value("to") else {
                    for line in lines { try printOutput(line) }
                    return
                }
                try NewFile.write(Array(lines.map { $0 + "\n" }.joined().utf8), to: path)
                session.notes.note("\(lines.count) entries are in \(path).")
            }
        }
    }
}

/// A file that was not there before, for its owner alone. It is there whole or not at all.
enum NewFile {
    static func write(_ bytes: [UInt8], to path: String) throws(CommandError) {
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            let isThere = errno == EEXIST
            throw CommandError(
                .outputFailed,
                isThere ? "\(path) is there already." : "\(path) cannot be made (\(String(cString: strerror(errno)))).",
                hint: isThere ? "Name another file: nothing is overwritten." : nil)
        }
        let isWritten = FileBytes.write(bytes, to: file) && (fsync(file) == 0 || errno == EINVAL)
        let code = errno
        guard close(file) == 0, isWritten else {
            unlink(path)
            throw CommandError(.outputFailed, "\(path) cannot be written (\(String(cString: strerror(code)))).")
        }
    }
}
