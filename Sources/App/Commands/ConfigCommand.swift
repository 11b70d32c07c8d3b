import ArgumentParser

/// `souk config`: the settings in force and where each comes from; no secrets.
struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Show the settings in force and where each was set.")

    @OptionGroup var profile: ProfileOptions

    func run() throws {
        let settings = try profile.settings(environment())
        let lines = settings.lines
        for line in lines { try printOutput(StandardStreams.safe(line)) }
        _ = try profile.keymap(settings)
        guard lines.isEmpty else { return }
        try printOutput("No profile. File: ~/.config/souk/config.toml; souk --help lists the settings.")
    }
}
