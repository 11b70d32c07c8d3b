/// A command as help, completions, manual pages and `commands --json` show it. Made from the definitions that parse it.
struct CommandDescription: Sendable {
    enum Effect: String, Sendable {
        case read, write
        /// Asks only this machine.
        case local
    }

    /// What is typed after `souk`.
    var path: [String]
    var summary: String
    var effect: Effect
    /// What stands after the command, in capitals.
    var arguments: [String] = []
    var options: [OptionDefinition]
    /// The schema of what `--json` prints.
    var output: String?
    var fields: [FieldDefinition] = []
    var columns: [String] = []
    /// Those that filters and sorts know; the columns among them.
    var filterColumns: [String] = []
    /// What `--expect` needs for `--yes`.
    var expects: [String] = []
    var calls: String?
    var exitCodes: [Int32]
    var examples: [String] = []

    var name: String { (["souk"] + path).joined(separator: " ") }

    /// `souk orders show ID|NUMBER [OPTIONS]`
    var usage: String { ([name] + arguments + ["[OPTIONS]"]).joined(separator: " ") }

    /// What a call costs, in a sentence; nil where nothing is asked.
    var callsSentence: String? {
        guard let calls, calls != "0" else { return nil }
        let details = calls.split(separator: "+").contains("d") ? "; d: one a row" : ""
        return "\(calls), and one to sign in (p: pages of 500 rows; n: pages of customers, for their names\(details))."
    }

    /// Whole help: examples, usage, options.
    var helpText: String {
        var lines = examples.map { "  " + $0 } + ["", summary, "", "Usage: \(usage)"]
        if let callsSentence { lines.append("Calls: \(callsSentence)") }
        lines.append("")
        lines += options.map { option in
            let title = (option.short == nil ? "      " : "  ") + option.title
            let gap =
                title.count < 32
                ? String(repeating: " ", count: 32 - title.count) : "\n" + String(repeating: " ", count: 32)
            return title + gap + option.words
        }
        if !columns.isEmpty {
            lines += ["", "Columns (--columns): \(columns.joined(separator: ", "))"]
            let others = filterColumns.filter { !columns.contains($0) }
            lines.append("Columns for filters and sorts alone: \(others.joined(separator: ", "))")
        }
        return lines.joined(separator: "\n")
    }

    var json: JSON {
        [
            "path": .texts(path), "summary": .text(summary), "effect": .text(effect.rawValue),
            "arguments": .texts(arguments), "options": .list(options.map(\.json)), "output": .text(orNull: output),
            "fields": .list(fields.map(\.json)), "columns": .texts(columns), "filterColumns": .texts(filterColumns),
            "expects": .texts(expects), "calls": .text(orNull: calls),
            "exitCodes": .list(exitCodes.map { .number(Int($0)) }), "examples": .texts(examples),
        ]
    }
}

extension CommandDescription {
    init(_ command: CommandDefinition) {
        self.init(
            path: command.path, summary: command.summary, effect: command.effect, arguments: command.argumentWords,
            options: command.options, output: command.schema, fields: command.fields, columns: command.columns,
            filterColumns: command.filterColumns, expects: command.expects, calls: command.calls,
            exitCodes: command.exitCodes, examples: command.examples)
    }

    /// Every command.
    static var all: [CommandDescription] { CommandTable.all.map(Self.init) }
}
