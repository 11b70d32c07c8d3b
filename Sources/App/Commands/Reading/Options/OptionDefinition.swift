/// An option of the command line: parsing, help and `commands --json` are made from it.
struct OptionDefinition: Equatable, Sendable {
    /// After `--`.
    var name: String
    /// After `-`.
    var short: Character?
    /// What stands for its value in help; nil for a switch.
    var value: String?
    /// The words that may be its value; empty for any.
    var values: [String] = []
    var repeats = false
    var summary: String

    init(
        _ name: String, short: Character? = nil, value: String? = nil, values: [String] = [],
        repeats: Bool = false, _ summary: String
    ) {
        self.name = name
        self.short = short
        self.value = value
        self.values = values
        self.repeats = repeats
        self.summary = summary
    }

    /// `-f, --filter TEXT`
    var title: String { (short.map { "-\($0), " } ?? "") + "--\(name)" + (value.map { " " + $0 } ?? "") }

    /// What it does, and the words that may be its value.
    var words: String { summary + (values.isEmpty ? "" : " One of \(values.joined(separator: " ")).") }

    var json: JSON {
        [
            "name": .text("--" + name), "needed": .flag(false), "repeats": .flag(repeats),
            "short": .text(orNull: short.map { "-\($0)" }), "summary": .text(summary), "value": .text(orNull: value),
            "values": .texts(values),
        ]
    }
}

/// The options that several commands have.
enum CommonOptions {
    static let marketplace = [
        OptionDefinition("profile", short: "p", value: "NAME", "The profile of the configuration file to use."),
        OptionDefinition("config", value: "FILE", "The configuration file (default: ~/.config/souk/config.toml)."),
        OptionDefinition(
            "sandbox",
            "The embedded marketplace: no key, no network, nothing real; souk sandbox --help lists its options."),
        OptionDefinition("read-only", "Refuse every write. Commands that read send none anyway."),
    ]

    static let help = [
        OptionDefinition("help", short: "h", "Show this help."),
        OptionDefinition("version", "Show the version of souk."),
    ]

    static func isHelp(_ word: String) -> Bool { word == "--help" || word == "-h" }

    static let json = OptionDefinition("json", "One JSON object, when all is read.")

    static let reading = [
        OptionDefinition("max-calls", value: "N", "Stop before more calls than these are needed (default: 300)."),
        OptionDefinition("no-names", "Do not read the names of accounts."),
        OptionDefinition("timeout", value: "DURATION", "How long one answer may take: 30s, 2m (default: 30s)."),
    ]

    static let messages = [
        OptionDefinition("no-color", "No colour; so do NO_COLOR and TERM=dumb."),
        OptionDefinition("quiet", short: "q", "No notes and no progress on the standard error; errors stay."),
    ]

    static let formats = [
        json, OptionDefinition("jsonl", "One JSON object a row and line, as they are read."),
        OptionDefinition("csv", "A spreadsheet's lines: RFC 4180 with titles."),
        OptionDefinition("ids", "One id a line."),
        OptionDefinition("bom", "Begin --csv with the mark by which spreadsheets know UTF-8."),
        OptionDefinition(
            "separator", value: "SIGN", values: [",", ";", "tab"],
            "What stands between the cells of --csv (default: ,)."),
    ]

    static let rows = [
        OptionDefinition("filter", short: "f", value: "TEXT", "Only rows that meet the dashboard's filter language."),
        OptionDefinition("sort", value: "COLUMN[:desc]", "Sort by columns, with commas between them."),
        OptionDefinition("columns", value: "A,B", "The columns to print, in that order."),
        OptionDefinition("limit", short: "n", value: "N", "At most that many rows, after filter and sort."),
        OptionDefinition("all", "Every row, also on a terminal."),
        OptionDefinition("ids-from", value: "FILE", "Only rows with these ids, one a line; - is the standard input."),
    ]

    static let details = OptionDefinition("details", "Read each row's details: one call a row.")

    static let resume = OptionDefinition(
        "resume", value: "FILE",
        "Write --jsonl to FILE and go on there: rows that stand in it with the same day of change are left out.")
}
