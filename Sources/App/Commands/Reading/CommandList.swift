import Glibc
import MarketplaceClient

/// `souk commands`: every command of this program, from the definitions that parse it.
enum CommandList {
    static let contract = 1

    static var command: CommandDefinition {
        CommandDefinition(
            path: ["commands"], summary: "List every command: its options, what it prints, whether it reads or writes.",
            argument: nil, options: [CommonOptions.json, manual] + CommonOptions.help, calls: "0",
            schema: "schemas/v1/commands.json", fields: definitions, isList: false, columns: [], filterColumns: [],
            examples: ["souk commands", "souk commands --json"], isLocal: true
        ) { arguments in
            if let folder = arguments.value("manual") { return try write(ManualPage.all, into: folder) }
            let format = try OutputFormat(arguments)
            if case .json(let isIndented) = format {
                return try printOutput(isIndented ? json.indented : json.line)
            }
            for command in CommandDescription.all {
                let usage = (command.path + command.arguments).joined(separator: " ")
                try printOutput([usage, command.effect.rawValue, command.summary].joined(separator: "\t"))
            }
        }
    }

    private static let manual = OptionDefinition(
        "manual", value: "FOLDER", "Write a manual page of every command into FOLDER, which must be there.")

    private static func write(_ pages: [ManualPage], into folder: String) throws {
        for page in pages {
            let path = "\(folder)/\(page.name).1"
            let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
            defer { if file >= 0 { close(file) } }
            guard file >= 0, FileBytes.write(Array(page.text.utf8), to: file) else {
                throw CommandError(.outputFailed, "\(path) cannot be written (\(String(cString: strerror(errno)))).")
            }
        }
    }

    private static let option = [
        FieldDefinition("name", .text, isNullable: false), FieldDefinition("needed", .flag, isNullable: false),
        FieldDefinition("repeats", .flag, isNullable: false), FieldDefinition("short", .text),
        FieldDefinition("summary", .text, isNullable: false), FieldDefinition("value", .text),
        FieldDefinition("values", .list(.text), isNullable: false),
    ]

    static let definitions: [FieldDefinition] = [
        FieldDefinition("contract", .integer, isNullable: false),
        FieldDefinition("version", .text, isNullable: false),
        FieldDefinition(
            "commands",
            .list(
                .object([
                    FieldDefinition("path", .list(.text), isNullable: false),
                    FieldDefinition("summary", .text, isNullable: false),
                    FieldDefinition("effect", .word(["read", "write", "local"]), isNullable: false),
                    FieldDefinition("arguments", .list(.text), isNullable: false),
                    FieldDefinition("options", .list(.object(option)), isNullable: false),
                    FieldDefinition("output", .text),
                    FieldDefinition("fields", .list(.any), isNullable: false),
                    FieldDefinition("columns", .list(.text), isNullable: false),
                    FieldDefinition("filterColumns", .list(.text), isNullable: false),
                    FieldDefinition("expects", .list(.text), isNullable: false), FieldDefinition("calls", .text),
                    FieldDefinition("exitCodes", .list(.integer), isNullable: false),
                    FieldDefinition("examples", .list(.text), isNullable: false),
                ])), isNullable: false),
        FieldDefinition(
            "errorCodes",
            .list(
                .object([
                    FieldDefinition("code", .text, isNullable: false),
                    FieldDefinition("exit", .integer, isNullable: false),
                    FieldDefinition("meaning", .text, isNullable: false),
                ])), isNullable: false),
        FieldDefinition(
            "exitCodes",
            .list(
                .object([
                    FieldDefinition("code", .integer, isNullable: false),
                    FieldDefinition("meaning", .text, isNullable: false),
                ])), isNullable: false),
    ]

    static var json: JSON {
        [
            "contract": .number(contract), "version": .text(Version.text),
            "commands": .list(CommandDescription.all.map(\.json)),
            "errorCodes": .list(
                ErrorCode.allCases.map { code in
                    [
                        "code": .text(code.rawValue), "exit": .number(Int(code.exit)), "meaning": .text(code.meaning),
                    ]
                }),
            "exitCodes": .list(
                ExitStatus.meanings.map { code, meaning in
                    ["code": .number(Int(code)), "meaning": .text(meaning)]
                }),
        ]
    }
}

extension CommandDefinition {
    /// The ways in which it can end, a signal's apart.
    var exitCodes: [Int32] {
        let local: [Int32] = [0, 1, 2, 4, ExitStatus.wrongArguments, 130, 141]
        let reads: [Int32] = isList || path == ["status"] ? [3, 5, 6, 7, ExitStatus.incomplete] : [3, 5, 6, 7]
        if effect == .write {
            let waits: [Int32] = options.contains { $0.name == "wait" } ? [10, 11] : []
            return (local + [3, 5, 6, 7, 8, 9] + waits).sorted()
        }
        return (isLocal ? local + otherExits : local + reads).sorted()
    }
}

extension FieldDefinition {
    /// As `commands --json` lists it.
    var json: JSON {
        [
            "name": .text(name), "null": .flag(isNullable), "type": .text(type.name),
            "when": .text(presence == .always ? "always" : presence == .withDetails ? "details" : "read"),
        ]
    }
}

extension FieldType {
    /// Its name in the documentation.
    var name: String {
        switch self {
        case .id: "id"
        case .text: "text"
        case .integer: "int"
        case .decimal: "dec"
        case .flag: "bool"
        case .money: "money"
        case .date: "date"
        case .moment: "instant"
        case .period: "period"
        case .word: "enum"
        case .list(let element): "[\(element.name)]"
        case .object: "object"
        case .attributes: "attributes"
        case .any: "any"
        }
    }
}
