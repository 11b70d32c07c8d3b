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
                name: arguments.value("name") ?? "", format: formats.first { $0.word == arguments.value("format") },
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
            try PartialFile.checkNew(path)
            try CommandDefinition.read(arguments, isLocal: false, list: "souk reports list") { session in
                try await session.client.signIn()
                let report = try await ReportsNoun.find(arguments.positionals.first ?? "", session).row
                guard report.download != nil else {
                    throw CommandError(
                        .notFound, "report \(report.id) has no file: it is \(report.status.word).",
                        hint: "souk reports show \(report.id) says when it has one.")
                }
                let file = try PartialFile(of: path, report: report.id)
                let done = try await ReportDownload(report: report, file: file, session: session).run()
                if case .json(let isIndented) = format {
                    let json: JSON = [
                        "bytes": .number(done.bytes), "contentType": .text(orNull: done.contentType),
                        "file": .text(path), "id": .text(report.id.rawValue), "resumedFrom": .number(done.resumedFrom),
                    ]
                    return try printOutput(isIndented ? json.indented : json.line)
                }
                let beginning = done.resumedFrom > 0 ? "; \(done.resumedFrom) of them were there before" : ""
                session.notes.note("\(done.bytes) bytes of report \(report.id) are in \(path)\(beginning).")
            }
        }
    }

    private static let definitions: [FieldDefinition] = [
        FieldDefinition("bytes", .integer, isNullable: false), FieldDefinition("contentType", .text),
        FieldDefinition("file", .text, isNullable: false), FieldDefinition("id", .id, isNullable: false),
        FieldDefinition("resumedFrom", .integer, isNullable: false),
    ]
}
