import FoundationEssentials
import Marketplace
import MarketplaceClient

/// `souk reports download`: the file of a report.
enum ReportCommands {
    static var all: [CommandDefinition] { [download, schedule.definition] }

    static let schedule = WriteCommand(
        path: ["reports", "schedule"], summary: "Have a report made once, by a generator of the panel.",
        options: [
            OptionDefinition("name", value: "NAME", "Of the generator, as the panel shows it."),
            OptionDefinition("from", value: "MOMENT", "From when on: a moment with its zone, or a day."),
            OptionDefinition("to", value: "MOMENT", "Until when: a moment with its zone, or a day (default: now)."),
            OptionDefinition(
                "format", value: "FORMAT", values: ["csv", "xml", "xlsx", "json"],
                "Of the file (default: the generator's own)."),
            OptionDefinition("view", value: "VIEW", "Of the data, where the generator has several."),
        ], expects: [], calls: "0-1", makesOrder: false,
        examples: [
            "souk reports schedule --name 'Usage' --from 2026-10-01 --to 2026-10-31 --format csv",
            "souk reports schedule --intent 7K3Q-9M2D --yes",
        ]
    ) { session, _ in
        let arguments = session.arguments
        try ContactWords.need(["name", "from"], arguments, "a report")
        let today = session.read.today
        let formats: [Report.Format] = [.csv, .xml, .xlsx, .json]
        return .schedule(
            ReportDraft(
                name: arguments.value("name") ?? "", view: arguments.value("view"),
                format: formats.first { $0.word == arguments.value("format") },
                from: try TypedValue.moment(arguments.value("from") ?? "", today: today, atEnd: false),
                to: try arguments.value("to").map { text throws(CommandError) in
                    try TypedValue.moment(text, today: today, atEnd: true)
                }))
    }

    static var download: CommandDefinition {
        CommandDefinition(
            path: ["reports", "download"],
            summary: "Save the file of a report as a new file, and go on where that was cut.",
            argument: "ID",
            options: [
                OptionDefinition(
                    "to", value: "FILE", "The new file, for its owner alone; FILE.part until it is whole."),
                CommonOptions.json,
            ] + CommonOptions.reading + CommonOptions.messages + CommonOptions.marketplace + CommonOptions.help,
            calls: "1", schema: "schemas/v1/reports-download.json", fields: definitions, isList: false, columns: [],
            filterColumns: [],
            examples: [
                "souk reports download 7d3e8a52-… --to usage.csv",
                "souk reports download 7d3e8a52-… --to usage.csv --json",
            ], isLocal: false
        ) { arguments in
            let format = try OutputFormat(arguments)
            guard let path = arguments.value("to"), !path.isEmpty else {
                throw CommandError(
                    .usage, "souk reports download needs --to FILE.", hint: "Name a new file: nothing is overwritten.")
            }
            do throws(FileProblem) {
                try PartialFile.checkNew(path)
            } catch {
                throw CommandError(error)
            }
            try CommandDefinition.read(arguments, isLocal: false, list: "souk reports list") { session in
                try await session.client.signIn()
                let report = try await ReportsNoun.find(arguments.positionals.first ?? "", session).row
                guard report.download != nil else {
                    throw CommandError(
                        .notFound, "report \(report.id) has no file: it is \(report.status.word).",
                        hint: "souk reports show \(report.id) says when it has one.")
                }
                let file = try await read(report, to: path, session)
                if case .json(let isIndented) = format {
                    let json: JSON = [
                        "bytes": .number(file.bytes), "contentType": .text(orNull: file.contentType),
                        "file": .text(path), "id": .text(report.id.rawValue), "resumedFrom": .number(file.resumedFrom),
                    ]
                    return try printOutput(isIndented ? json.indented : json.line)
                }
                let beginning = file.resumedFrom > 0 ? "; \(file.resumedFrom) of them were there before" : ""
                session.notes.note("\(file.bytes) bytes of report \(report.id) are in \(path)\(beginning).")
            }
        }
    }

    /// Reads the file of a report to its end.
    private static func read(
        _ report: Report, to path: String, _ session: ReadSession
    ) async throws(CommandError) -> PartialFile {
        let file: PartialFile
        do throws(FileProblem) {
            file = try PartialFile(of: path, report: report.id)
        } catch {
            throw CommandError(error)
        }
        let notes = session.notes
        let download = ReportDownload(report: report, file: file, client: session.client) {
            notes.progress(progress($0))
        }
        do throws(ReportDownload.Failure) {
            try await download.run()
            return file
        } catch {
            switch error {
            case .file(let problem): throw leftOff(CommandError(problem), file)
            case .marketplace(let failure): throw leftOff(CommandError(failure, list: "souk reports list"), file)
            }
        }
    }

    private static func progress(_ file: PartialFile) -> String {
        let read = Decimal(file.bytes).grouped(fractionDigits: 0)
        let all = file.length.map { " of \(Decimal($0).grouped(fractionDigits: 0))" } ?? ""
        return "\(read)\(all) bytes read; ^C stops, and the same command goes on later."
    }

    /// The error, with what is there already.
    private static func leftOff(_ error: CommandError, _ file: PartialFile) -> CommandError {
        guard file.beginning != nil else { return error }
        var error = error
        let all = file.length.map { " of \($0)" } ?? ""
        error.hint = "\(file.bytes)\(all) bytes are in \(file.path).part: the same command goes on there."
        error.details = ["bytes": .number(file.bytes), "length": .number(orNull: file.length)]
        return error
    }

    private static let definitions: [FieldDefinition] = [
        FieldDefinition("bytes", .integer, isNullable: false), FieldDefinition("contentType", .text),
        FieldDefinition("file", .text, isNullable: false), FieldDefinition("id", .id, isNullable: false),
        FieldDefinition("resumedFrom", .integer, isNullable: false),
    ]
}
