import Glibc
import Marketplace
import MarketplaceClient

/// `souk profiles list`, `use` and `remove`, and `souk logout`.
enum ProfileCommands {
    /// How the secrets of a profile are come by.
    static let secretWords = SecretStore.allCases.map(\.rawValue) + ["command", "none"]

    static let definitions: [FieldDefinition] = [
        FieldDefinition("file", .text, isNullable: false),
        FieldDefinition(
            "profiles",
            .list(
                .object([
                    FieldDefinition("name", .text, isNullable: false),
                    FieldDefinition("usual", .flag, isNullable: false),
                    FieldDefinition("baseUrl", .text), FieldDefinition("marketplace", .text),
                    FieldDefinition("user", .text), FieldDefinition("secrets", .word(secretWords), isNullable: false),
                    FieldDefinition("readOnly", .flag, isNullable: false),
                    FieldDefinition("line", .integer, isNullable: false),
                ])), isNullable: false),
    ]

    static let removalDefinitions: [FieldDefinition] = [
        FieldDefinition("profile", .text, isNullable: false), FieldDefinition("file", .text, isNullable: false),
        FieldDefinition("removedFrom", .list(.text), isNullable: false),
        FieldDefinition("left", .list(.text), isNullable: false),
    ]

    static let useDefinitions: [FieldDefinition] = [
        FieldDefinition("profile", .text, isNullable: false), FieldDefinition("file", .text, isNullable: false),
    ]

    static var all: [CommandDefinition] { [list, use, remove] }

    private static var list: CommandDefinition {
        command(
            ["profiles", "list"], "List the profiles of the configuration file.", nil, definitions,
            ["souk profiles list", "souk profiles list --json"]
        ) { arguments in
            let (file, configuration) = try open(arguments)
            let format = try OutputFormat(arguments)
            let usual = usual(of: configuration)
            if case .json(let isIndented) = format {
                let json = json(configuration, file.path, usual: usual)
                return try printOutput(isIndented ? json.indented : json.line)
            }
            if configuration.profiles.isEmpty {
                printError("No profile in \(shown(file.path)). souk login makes one; souk --sandbox needs none.")
            }
            for profile in configuration.profiles {
                let mark = profile.name == usual ? "*" : ""
                let address = [host(of: profile), profile.settings["marketplace"]?.text ?? ""].filter { !$0.isEmpty }
                let secrets = secrets(of: profile)
                let user = profile.settings["user"]?.text ?? ""
                let cells =
                    format.isTable
                    ? [
                        "\(mark.isEmpty ? " " : mark) \(profile.name)", address.joined(separator: " "), user,
                        "secrets: \(secrets)",
                    ] : [mark, profile.name] + [address.joined(separator: " "), user, secrets]
                try printOutput(
                    cells.map { StandardStreams.safe($0) }.joined(separator: format.isTable ? "  " : "\t"))
            }
        }
    }

    private static var use: CommandDefinition {
        command(
            ["profiles", "use"], "Make a profile the usual one: it is used where none is named.", "NAME",
            useDefinitions, ["souk profiles use nordwind", "souk profiles use nordwind --json"]
        ) { arguments in
            let (file, configuration) = try open(arguments)
            let profile = try profile(arguments.positionals.first, of: configuration, file)
            try file.change { (text) throws(ConfigurationText.Problem) in try text.setUsual(profile.name) }
            let json: JSON = ["profile": .text(profile.name), "file": .text(file.path)]
            try report(json, "\(profile.name) is the usual profile now, by \(shown(file.path)).", arguments)
        }
    }

    private static var remove: CommandDefinition {
        command(
            ["profiles", "remove"],
            "Remove a profile from the configuration file, and its secrets. Its journal stays.", "NAME",
            removalDefinitions, ["souk profiles remove nordwind", "souk profiles remove nordwind --json"]
        ) { arguments in
            let (file, configuration) = try open(arguments)
            let profile = try profile(arguments.positionals.first, of: configuration, file)
            try checkNothingIsUnknown(profile, arguments)
            let isUsual = configuration.common["profile"]?.text == profile.name
            let edit = { (text: inout ConfigurationText) throws(ConfigurationText.Problem) in
                try text.remove(profile.name)
                if isUsual { try text.setUsual(nil) }
            }
            try file.rehearse(edit)
            let removal = SecretRemoval(profile)
            removal.run()
            try file.change(edit)
            try report(
                removal.json(profile.name, file.path),
                "The profile \(profile.name) is removed from \(shown(file.path)); its journal stays."
                    + removal.sentences, arguments)
        }
    }

    static var logout: CommandDefinition {
        let logout = command(
            ["logout"], "Remove the secrets of a profile from where they are kept. Profile and journal stay.", "[NAME]",
            removalDefinitions, ["souk logout", "souk logout nordwind --json"]
        ) { arguments in
            let (file, configuration) = try open(arguments)
            let profile = try profile(
                arguments.positionals.first ?? usual(of: configuration), of: configuration, file)
            let secretKeys = SecretStore.Part.allCases.flatMap { [$0.rawValue, $0.commandKey] }
            try file.rehearse { (text) throws(ConfigurationText.Problem) in
                try text.set([], removing: secretKeys, of: profile.name)
            }
            let removal = SecretRemoval(profile)
            removal.run()
            try file.change { (text) throws(ConfigurationText.Problem) in
                try text.set([], removing: removal.keys, of: profile.name)
            }
            let nothing = removal.removedFrom.isEmpty && removal.left.isEmpty
            try report(
                removal.json(profile.name, file.path),
                nothing
                    ? "The profile \(profile.name) holds no secrets."
                    : "Profile \(profile.name):" + removal.sentences + " Profile and journal stay.", arguments)
        }
        return logout
    }

    // MARK: Parts

    private static func command(
        _ path: [String], _ summary: String, _ argument: String?, _ fields: [FieldDefinition], _ examples: [String],
        _ run: @escaping @Sendable (ParsedArguments) throws -> Void
    ) -> CommandDefinition {
        CommandDefinition(
            path: path, summary: summary, argument: argument,
            options: [CommonOptions.json] + SetupOptions.config + CommonOptions.help, calls: "0",
            schema: "schemas/v1/\(path.joined(separator: "-")).json", fields: fields, isList: false, columns: [],
            filterColumns: [], examples: examples, isLocal: true,
            otherExits: path == ["profiles", "remove"] ? [9] : [],
            run: run)
    }

    private static func open(
        _ arguments: ParsedArguments
    ) throws(CommandError) -> (ConfigurationFile, Configuration) {
        guard let path = SetupOptions.source(arguments).file else {
            throw CommandError(
                .badConfiguration, "neither HOME nor XDG_CONFIG_HOME says where the configuration is.",
                hint: "Name the file with --config FILE.")
        }
        let file = ConfigurationFile(path: path)
        return (file, try file.configuration())
    }

    /// The profile that is used where none is named.
    static func usual(of configuration: Configuration) -> String? {
        configuration.common["profile"]?.text
            ?? (configuration.profiles.count == 1 ? configuration.profiles[0].name : nil)
    }

    private static func profile(
        _ name: String?, of configuration: Configuration, _ file: ConfigurationFile
    ) throws(CommandError) -> Configuration.ProfileSettings {
        let names = configuration.profiles.map(\.name)
        let all = names.isEmpty ? "It holds none." : "It holds \(names.joined(separator: ", "))."
        guard let name else {
            throw CommandError(.usage, "\(shown(file.path)) names no usual profile.", hint: "Give a name. " + all)
        }
        guard let found = configuration.profiles.first(where: { $0.name == name }) else {
            throw CommandError(.notFound, "there is no profile \(name) in \(shown(file.path)).", hint: all)
        }
        return found
    }

    private static func checkNothingIsUnknown(
        _ profile: Configuration.ProfileSettings, _ arguments: ParsedArguments
    ) throws(CommandError) {
        var values = environment()
        // The profile's own values, whatever the environment has.
        for option in Configuration.profileKeys {
            guard let variable = option.variable else { continue }
            values[variable] = profile.settings[option.key]?.text
        }
        for name in ["SOUK_PASSWORD", "SOUK_SUBSCRIPTION_KEY"] { values[name] = "none" }
        // What lacks an address, a marketplace or a user has sent nothing.
        guard
            let complete = try? EnvironmentProfile.profile(from: values, named: profile.name, isReadOnly: true),
            let files = StateFiles(values)
        else { return }
        switch JournalCheck.entries(of: complete, at: files.journal(of: complete.owner), files) {
        case .failure(let error):
            throw CommandError(
                .journalUnusable, "the journal of \(profile.name) cannot be read: \(error.reason).",
                hint: "The profile stays until it can be.")
        case .success(let entries):
            let count = entries.count { $0.outcome.isUnknown }
            guard count > 0 else { return }
            throw CommandError(
                .journalUnusable,
                "the journal of \(profile.name) has \(count) outcome\(count == 1 ? "" : "s") that nobody knows yet.",
                hint: "Only with the profile can they be looked up: souk --profile \(profile.name), key 7.",
                details: ["unknown": .number(count)])
        }
    }

    /// Where a profile's secrets are, in a word.
    static func secrets(of profile: Configuration.ProfileSettings) -> String {
        for part in SecretStore.Part.allCases {
            if profile.settings[part.rawValue] != nil { return SecretStore.file.rawValue }
            if let command = profile.settings[part.commandKey]?.text {
                return SecretStore.of(command, part, of: profile.name)?.rawValue ?? "command"
            }
        }
        return "none"
    }

    /// Host and path of a base URL.
    private static func host(of profile: Configuration.ProfileSettings) -> String {
        guard let url = profile.settings["base-url"]?.text else { return "" }
        guard EnvironmentProfile.Address(url) != nil, let mark = url.firstRange(of: "://") else {
            return "(no address)"
        }
        return String(url[mark.upperBound...])
    }

    private static func json(_ configuration: Configuration, _ path: String, usual: String?) -> JSON {
        let profiles = configuration.profiles.map { profile -> JSON in
            let url = profile.settings["base-url"]?.text
            return [
                "name": .text(profile.name), "usual": .flag(profile.name == usual),
                "baseUrl": .text(orNull: url.flatMap { EnvironmentProfile.Address($0) == nil ? nil : $0 }),
                "marketplace": .text(orNull: profile.settings["marketplace"]?.text),
                "user": .text(orNull: profile.settings["user"]?.text), "secrets": .text(secrets(of: profile)),
                "readOnly": .flag(profile.settings["read-only"]?.text == "on"), "line": .number(profile.line),
            ]
        }
        return ["file": .text(path), "profiles": .list(profiles)]
    }

    private static func report(_ json: JSON, _ sentence: String, _ arguments: ParsedArguments) throws {
        guard arguments.has("json") else { return try printOutput(StandardStreams.safe(sentence)) }
        try SetupOptions.print(json)
    }

    static func shown(_ path: String) -> String { HomePath.short(path, environment()) }
}

/// Takes the secrets of a profile out of the stores that the login keeps them in.
final class SecretRemoval {
    private let profile: Configuration.ProfileSettings
    /// Where they were, as the stores are called.
    private(set) var removedFrom: [String] = []
    /// What stays, and why, as sentences.
    private(set) var left: [String] = []
    /// Of the configuration file: what has to go from it.
    private(set) var keys: [String] = []

    init(_ profile: Configuration.ProfileSettings) { self.profile = profile }

    func run() {
        for part in SecretStore.Part.allCases {
            if profile.settings[part.rawValue] != nil {
                keys.append(part.rawValue)
                note("the configuration file")
            }
            guard let command = profile.settings[part.commandKey] else { continue }
            guard let store = SecretStore.of(command.text, part, of: profile.name) else {
                left.append(
                    "The command of \(part.commandKey), line \(command.line), is not one that souk login wrote: "
                        + "remove what it prints by hand.")
                continue
            }
            do throws(SecretCommand.Failure) {
                try store.remove(part, of: profile.name)
                keys.append(part.commandKey)
                note(store.rawValue)
            } catch {
                left.append("\(store.rawValue) still has the \(part.rawValue): its command \(error.reason).")
            }
        }
    }

    private func note(_ place: String) {
        if !removedFrom.contains(place) { removedFrom.append(place) }
    }

    /// With a blank before each.
    var sentences: String {
        let removed =
            removedFrom.isEmpty ? "" : " The secrets are removed from \(removedFrom.joined(separator: " and "))."
        return removed + left.map { " " + $0 }.joined()
    }

    func json(_ name: String, _ path: String) -> JSON {
        [
            "profile": .text(name), "file": .text(path), "removedFrom": .texts(removedFrom), "left": .texts(left),
        ]
    }
}
