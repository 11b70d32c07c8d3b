import ArgumentParser

/// `souk config`: the settings in force and where each comes from; no secrets.
struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Show the settings in force and where each was set.")

    @OptionGroup var profile: ProfileOptions

    func run() throws {
        let settings = try profile.settings(environment())
        let known = Configuration.commonKeys + Configuration.profileKeys
        let variables = known.compactMap(\.variable).filter { settings.values[$0].filled != nil }
        let width = variables.map(\.count).max() ?? 0
        if let name = settings.profileName { printOutput("profile \(name)") }
        for variable in variables {
            let isSecret = ["SOUK_PASSWORD", "SOUK_SUBSCRIPTION_KEY"].contains(variable)
            let value = isSecret ? "(set, not shown)" : settings.values[variable] ?? ""
            let place = settings.places[variable] ?? "It comes from the environment."
            printOutput(
                variable + String(repeating: " ", count: width - variable.count) + "  \(value)  \(place)")
        }
        for wish in settings.keys {
            printOutput("key \(wish.action)  \(wish.keys.joined(separator: " "))  It is set in \(wish.place).")
        }
        _ = try profile.keymap(settings)
        if variables.isEmpty, settings.keys.isEmpty { printOutput("Nothing is set. souk --help tells what can be.") }
    }
}
