import Dashboard

extension Settings {
    /// The settings that the options of a command choose: `--config` and `--profile`, where it has them.
    /// - Parameters:
    ///   - needsProfile: Whether a profile is used at all.
    ///   - asksForSecrets: Whether the commands that print password and key are run.
    /// - Throws: What is wrong, and where.
    init(
        _ arguments: ParsedArguments, needsProfile: Bool = true, asksForSecrets: Bool = true
    ) throws(CommandError) {
        var source = SetupOptions.source(arguments)
        source.needsProfile = needsProfile
        do throws(Configuration.Problem) {
            try self.init(source, asksForSecrets: asksForSecrets)
        } catch {
            throw CommandError(error.isOfSecret ? .secretUnavailable : .badConfiguration, error.message)
        }
    }

    /// The keys in force.
    /// - Throws: What is wrong with the keys of the file, and where.
    func usableKeymap() throws(CommandError) -> Keymap {
        do {
            return try keymap()
        } catch {
            throw CommandError(.badConfiguration, error.message)
        }
    }
}
