import Glibc

/// The shape of what a command prints.
enum OutputFormat: Equatable, Sendable {
    /// For people, fitted to their terminal.
    case table(width: Int, isColoured: Bool)
    /// For pipes: tabs between cells, no titles.
    case pipe
    case json(isIndented: Bool)
    case jsonLines
    case csv(separator: Character, hasMark: Bool)
    case ids

    /// - Throws: More than one format, or what belongs to another.
    init(_ arguments: ParsedArguments) throws(CommandError) {
        let named = ["json", "jsonl", "csv", "ids"].filter(arguments.has)
        guard named.count < 2 else {
            throw CommandError(
                .usage, "--\(named[0]) and --\(named[1]) are two formats.", hint: "Give one of them.")
        }
        for option in ["bom", "separator"] where arguments.has(option) && named != ["csv"] {
            throw CommandError(.usage, "--\(option) belongs to --csv.", hint: "Add --csv, or leave it out.")
        }
        if arguments.has("resume"), named != ["jsonl"] {
            throw CommandError(.usage, "--resume belongs to --jsonl.", hint: "Add --jsonl, or leave it out.")
        }
        let isTerminal = isatty(STDOUT_FILENO) == 1
        switch named.first {
        case "json": self = .json(isIndented: isTerminal)
        case "jsonl": self = .jsonLines
        case "ids": self = .ids
        case "csv":
            let separator = arguments.value("separator") ?? ","
            self = .csv(separator: separator == "tab" ? "\t" : separator.first ?? ",", hasMark: arguments.has("bom"))
        default:
            let isPlain = arguments.has("no-color") || Self.isSet("NO_COLOR") || Self.value("TERM") == "dumb"
            self = isTerminal ? .table(width: Self.width, isColoured: !isPlain) : .pipe
        }
    }

    /// Whether errors are one line of JSON.
    static func hasJSONErrors(_ words: some Sequence<String>) -> Bool {
        words.prefix { $0 != "--" }.contains { $0 == "--json" || $0 == "--jsonl" }
    }

    var isTable: Bool { if case .table = self { true } else { false } }
    var isJSON: Bool { if case .json = self { true } else { false } }
    /// Whether rows can be printed before all are read.
    var isStreamed: Bool { !isTable && !isJSON }

    private static var width: Int {
        var window = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0 else { return 80 }
        return Int(window.ws_col)
    }

    private static func value(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
    private static func isSet(_ name: String) -> Bool { value(name)?.isEmpty == false }
}
