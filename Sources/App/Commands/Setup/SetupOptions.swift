import Glibc

/// Options that the commands of the set-up share.
enum SetupOptions {
    static let profile = CommonOptions.marketplace.filter { ["profile", "config"].contains($0.name) }
    static let config = CommonOptions.marketplace.filter { $0.name == "config" }

    /// Prints JSON: for people on a terminal, else on one line.
    static func print(_ json: JSON) throws {
        try printOutput(isatty(STDOUT_FILENO) == 1 ? json.indented : json.line)
    }

    /// From what the settings are read.
    static func source(_ arguments: ParsedArguments) -> Settings.Source {
        Settings.Source(
            environment: environment(), path: arguments.value("config"), profile: arguments.value("profile"))
    }
}

/// The commands that set souk up and find what is wrong with it.
enum SetupCommands {
    /// As ``CommandTable/nouns`` has them.
    static let nouns: [(word: String, commands: @Sendable () -> [CommandDefinition])] = [
        ("login", { [LoginCommand.command] }), ("logout", { [ProfileCommands.logout] }),
        ("profiles", { ProfileCommands.all }), ("doctor", { [Doctor.command] }),
        ("config", { [ConfigCommand.command] }), ("keys", { [KeysCommand.command] }),
    ]
}
