import CursesScreen
import Dashboard
import Glibc
import Marketplace
import MarketplaceClient

/// `souk login`: makes a profile whose every value is proved, and stores it.
enum LoginCommand {
    static let definitions: [FieldDefinition] = [
        FieldDefinition("profile", .text, isNullable: false), FieldDefinition("baseUrl", .text, isNullable: false),
        FieldDefinition("marketplace", .text, isNullable: false), FieldDefinition("user", .text, isNullable: false),
        FieldDefinition("file", .text, isNullable: false), FieldDefinition("usual", .flag, isNullable: false),
        FieldDefinition("replaced", .flag, isNullable: false),
        FieldDefinition("store", .word(SecretStore.allCases.map(\.rawValue)), isNullable: false),
    ]

    static var command: CommandDefinition {
        CommandDefinition(
            path: ["login"], summary: "Make a profile: ask for what the panel shows, test it, store it.", argument: nil,
            options: [
                OptionDefinition("base-url", value: "URL", "The base URL, or a region of Ingram Micro: eu, na."),
                OptionDefinition("user", value: "USER", "The API user; it ends in .api."),
                OptionDefinition("marketplace", value: "CODE", "The code after cp. in the panel's address."),
                OptionDefinition("password-file", value: "FILE", "A file with the password in its first line."),
                OptionDefinition("key-file", value: "FILE", "A file with the subscription key in its first line."),
                OptionDefinition(
                    "store", value: "STORE", values: SecretStore.allCases.map(\.rawValue), "Where the secrets are kept."
                ), OptionDefinition("name", value: "NAME", "The name of the profile: letters, digits, - and _."),
                OptionDefinition("replace", "Replace the profile of that name."), CommonOptions.json,
            ] + SetupOptions.config + CommonOptions.help,
            calls: "2", schema: "schemas/v1/login.json", fields: definitions, isList: false, columns: [],
            filterColumns: [],
            examples: [
                "souk login",
                "souk login --base-url eu --marketplace de --user nordwind.api --password-file p --key-file k "
                    + "--store file --name nordwind",
            ], isLocal: true, otherExits: [3, 5, 6, 7]
        ) { arguments in try perform(arguments) }
    }

    /// Asks for a profile on the terminal, for a program that has none.
    static func ask(writingTo path: String) throws {
        try perform(ParsedArguments(["--config", path], options: command.options, command: "souk login"))
    }

    private static func perform(_ arguments: ParsedArguments) throws {
        do {
            try run(arguments)
        } catch let end as LoginEnd {
            throw ExitCode(128 + end.signal)
        }
    }

    private static func run(_ arguments: ParsedArguments) throws {
        let environment = environment()
        guard let path = SetupOptions.source(arguments).file else {
            throw CommandError(
                .badConfiguration, "neither HOME nor XDG_CONFIG_HOME says where the configuration is.",
                hint: "Name the file with --config FILE.")
        }
        let file = ConfigurationFile(path: path)
        // What cannot be read is not written to either: that is said before anything is typed.
        let before = try file.configuration()
        let prompt = try? TerminalPrompt()
        let given = try given(arguments)
        if prompt == nil { try requireAll(given, arguments) }
        if let name = arguments.value("name") { try checkName(name, before, arguments) }
        var dialog = LoginDialog(given, prompt: prompt, environment: environment)
        try dialog.run()

        let login = Login(values: dialog.values, file: file, before: before, environment: environment)
        var stores = SecretStore.found(environment)
        let wanted = arguments.value("store").flatMap { SecretStore(rawValue: $0) }
        if let wanted, !stores.contains(wanted) {
            throw CommandError(.badValue, "\(wanted.rawValue) cannot be used here.", hint: foundWords(stores))
        }
        var chosen = arguments.value("name")
        while true {
            let store = try wanted ?? askStore(dialog, stores)
            let name = try chosen ?? askName(dialog, before, arguments)
            chosen = name
            do throws(CommandError) {
                try login.keepSecrets(in: store, as: name)
            } catch {
                guard wanted == nil, prompt != nil else { throw error }
                dialog.say("wrong", error.sentences)
                stores.removeAll { $0 == store }
                continue
            }
            try login.write(as: name, secretsIn: store)
            return try report(login, name, store, arguments)
        }
    }

    // MARK: What is given

    private static func given(_ arguments: ParsedArguments) throws(CommandError) -> LoginValues {
        var values = LoginValues()
        for (option, part) in [
            ("base-url", LoginValues.Part.baseURL), ("user", .user), ("marketplace", .marketplace),
        ] {
            values[part] = arguments.value(option).map { LoginValues.read($0, as: part) }
        }
        for (option, part) in [("password-file", LoginValues.Part.password), ("key-file", .key)] {
            guard let path = arguments.value(option) else { continue }
            values[part] = try firstLine(of: path)
        }
        return values
    }

    private static func firstLine(of path: String) throws(CommandError) -> String {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        defer { if file >= 0 { close(file) } }
        guard file >= 0, let bytes = FileBytes.read(file) else {
            throw CommandError(.inputFailed, "\(path) cannot be read (\(String(cString: strerror(errno)))).")
        }
        var line = bytes.prefix { $0 != UInt8(ascii: "\n") }
        if line.last == UInt8(ascii: "\r") { line = line.dropLast() }
        if line.starts(with: [0xEF, 0xBB, 0xBF]) { line = line.dropFirst(3) }
        guard !line.isEmpty, let text = String(validating: line, as: UTF8.self) else {
            throw CommandError(.inputFailed, "\(path) holds no text in its first line.")
        }
        return text
    }

    /// Without a terminal every value comes with an option.
    private static func requireAll(_ values: LoginValues, _ arguments: ParsedArguments) throws(CommandError) {
        let options: [(name: String, isGiven: Bool)] = [
            ("--base-url", values[.baseURL] != nil), ("--user", values[.user] != nil),
            ("--marketplace", values[.marketplace] != nil), ("--password-file", values[.password] != nil),
            ("--key-file", values[.key] != nil), ("--store", arguments.has("store")),
            ("--name", arguments.has("name")),
        ]
        let missing = options.filter { !$0.isGiven }.map(\.name)
        guard missing.isEmpty else {
            throw CommandError(
                .usage, "without a terminal souk login cannot ask, and needs \(missing.joined(separator: ", ")).",
                hint: "souk login --help lists the options.")
        }
    }

    // MARK: Name and store

    private static func checkName(
        _ name: String, _ before: Configuration, _ arguments: ParsedArguments
    ) throws(CommandError) {
        guard ProfileName.isValid(name) else {
            throw CommandError(
                .badValue, "'\(name)' is no name of a profile.", hint: "It is made of letters, digits, - and _.")
        }
        guard arguments.has("replace") || !before.profiles.contains(where: { $0.name == name }) else {
            throw CommandError(
                .usage, "there is a profile \(name) already.",
                hint: "Replace it with --replace, or give another --name.")
        }
    }

    private static func askName(
        _ dialog: LoginDialog, _ before: Configuration, _ arguments: ParsedArguments
    ) throws -> String {
        let user = dialog.values[.user] ?? ""
        let proposal = ProfileName.proposal(for: user)
        while true {
            let shown = proposal.map { " [\($0)]" } ?? ""
            let typed = LoginValues.read(try dialog.line("Profile name\(shown): ", isHidden: false), as: .user)
            let name = typed.isEmpty ? proposal ?? "" : typed
            guard ProfileName.isValid(name) else {
                dialog.say("wrong", ProfileName.words)
                continue
            }
            guard before.profiles.contains(where: { $0.name == name }), !arguments.has("replace") else { return name }
            let answer = try dialog.line(
                "There is a profile \(name) already. Replace it (yes or no)? ", isHidden: false)
            if LoginValues.read(answer, as: .user).lowercased() == "yes" { return name }
        }
    }

    private static func askStore(_ dialog: LoginDialog, _ stores: [SecretStore]) throws -> SecretStore {
        let list = stores.enumerated().map { "\($0.offset + 1) \($0.element.words)" }.joined(separator: "   ")
        while true {
            let line = try dialog.line("Keep the secrets in  \(list): ", isHidden: false)
            let text = LoginValues.read(line, as: .user)
            if let number = Int(text), stores.indices.contains(number - 1) { return stores[number - 1] }
            if let store = SecretStore(rawValue: text), stores.contains(store) { return store }
            dialog.say("wrong", "type a number from 1 to \(stores.count)")
        }
    }

    private static func foundWords(_ stores: [SecretStore]) -> String {
        "There are \(stores.map(\.rawValue).joined(separator: ", "))."
    }

    // MARK: The end

    private static func report(
        _ login: Login, _ name: String, _ store: SecretStore, _ arguments: ParsedArguments
    ) throws {
        let usual = login.usual(after: name)
        if arguments.has("json") {
            let json: JSON = [
                "profile": .text(name), "baseUrl": .text(login.values[.baseURL] ?? ""),
                "marketplace": .text(login.values[.marketplace] ?? ""), "user": .text(login.values[.user] ?? ""),
                "file": .text(login.file.path), "usual": .flag(usual == name), "replaced": .flag(login.replaces(name)),
                "store": .text(store.rawValue),
            ]
            return try SetupOptions.print(json)
        }
        try printOutput("Written to \(HomePath.short(login.file.path, login.environment))")
        if let usual, usual != name {
            printError("The usual profile is \(usual); souk profiles use \(name) changes that.")
        }
        let overruling = LoginValues.Part.allCases.map(\.variable).filter { login.environment[$0].filled != nil }
        if !overruling.isEmpty {
            printError("\(overruling.joined(separator: ", ")) in the environment overrule the profile.")
        }
    }
}
