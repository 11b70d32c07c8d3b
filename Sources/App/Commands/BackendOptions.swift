import ArgumentParser

/// Which marketplace a command asks: the one of a profile, or the one inside the program.
struct BackendOptions: ParsableArguments {
    @Flag(help: "Use the embedded marketplace: no key, no network, nothing real.")
    var sandbox = false

    @OptionGroup var profile: ProfileOptions
    @OptionGroup(title: "Sandbox options") var options: SandboxOptions

    func settings() throws -> Settings { try profile.settings(environment(), needsProfile: !sandbox) }

    /// - Throws: the exit after a message that says what is missing or wrong.
    func backend(_ settings: Settings, isReadOnly: Bool) throws -> Backend {
        try sandbox
            ? Backend.embedded(options, settings, isReadOnly: isReadOnly)
            : Backend.remote(settings, isReadOnly: isReadOnly)
    }
}
