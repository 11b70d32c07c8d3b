import ArgumentParser
import Dashboard

/// Which profile a command uses and where it is defined.
struct ProfileOptions: ParsableArguments {
    @Option(help: "The profile of the configuration file to use.")
    var profile: String?

    @Option(help: "The configuration file (default: ~/.config/souk/config.toml, or SOUK_CONFIG).")
    var config: String?

    /// - Throws: the exit after a message that says what is wrong and where.
    /// - Parameter asksForSecrets: Whether the commands that print password and key are run.
    func settings(
        _ environment: [String: String], needsProfile: Bool = true, asksForSecrets: Bool = true
    ) throws -> Settings {
        do {
            return try Settings(
                Settings.Source(environment: environment, path: config, profile: profile, needsProfile: needsProfile),
                asksForSecrets: asksForSecrets)
        } catch {
            throw CommandError(error.isOfSecret ? .secretUnavailable : .badConfiguration, error.message)
        }
    }

    /// The keys in force.
    /// - Throws: the exit after a message that says what is wrong with the keys of the file, and where.
    func keymap(_ settings: Settings) throws -> Keymap {
        do {
            return try settings.keymap()
        } catch {
            throw CommandError(.badConfiguration, error.message)
        }
    }
}
