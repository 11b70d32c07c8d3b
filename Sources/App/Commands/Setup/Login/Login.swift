import Marketplace
import MarketplaceClient

/// A profile that is proved, and how it is stored.
struct Login {
    let values: LoginValues
    let file: ConfigurationFile
    /// What the file meant before.
    let before: Configuration
    let environment: [String: String]

    func replaces(_ name: String) -> Bool { before.profiles.contains { $0.name == name } }

    /// The profile that is used where none is named; nil where none would be.
    func usual(after name: String) -> String? {
        if let usual = before.common["profile"]?.text { return usual }
        return before.profiles.isEmpty ? name : before.profiles.count == 1 ? before.profiles[0].name : nil
    }

    /// Keeps both secrets in a password store; when one cannot be kept, neither stays.
    /// - Throws: `secretUnavailable`, with why.
    func keepSecrets(in store: SecretStore, as name: String) throws(CommandError) {
        do throws(SecretCommand.Failure) {
            try store.keep(values.profile.password, as: .password, of: name)
            try store.keep(values.profile.subscriptionKey, as: .subscriptionKey, of: name)
        } catch {
            if !replaces(name) { removeSecrets(from: store, as: name) }
            throw CommandError(
                .secretUnavailable,
                "\(store.rawValue) did not keep the secrets: its command \(withoutSecrets(error.reason)).",
                hint: "Nothing was written.")
        }
    }

    private func removeSecrets(from store: SecretStore, as name: String) {
        for part in SecretStore.Part.allCases { try? store.remove(part, of: name) }
    }

    /// Writes the profile into the configuration file.
    /// - Throws: Why it could not be written; then no secret of it stays behind.
    func write(as name: String, secretsIn store: SecretStore) throws(CommandError) {
        do throws(CommandError) {
            try file.change { (text) throws(ConfigurationText.Problem) in
                // One profile alone needs no name in the file; with a second one the first stays the usual one.
                if before.common["profile"] == nil, before.profiles.count == 1, let first = before.profiles.first,
                    first.name != name
                {
                    try text.setUsual(first.name)
                }
                try text.set(assignments(as: name, store), removing: secretKeys, of: name)
            }
        } catch {
            if !replaces(name) { removeSecrets(from: store, as: name) }
            throw error
        }
        removeFormerSecrets(of: name, keptIn: store)
    }

    /// Takes the secrets of a profile that was replaced out of the store that had them.
    private func removeFormerSecrets(of name: String, keptIn store: SecretStore) {
        guard let former = before.profiles.first(where: { $0.name == name }) else { return }
        for part in SecretStore.Part.allCases {
            guard let command = former.settings[part.commandKey]?.text,
                let old = SecretStore.of(command, part, of: name), old != store
            else { continue }
            // What cannot be removed is of no more use there, and does no harm to the new profile.
            try? old.remove(part, of: name)
        }
    }

    /// `text` without the secrets, for messages of other programs.
    func withoutSecrets(_ text: String) -> String {
        let profile = values.profile
        return SecretFilter(
            user: profile.user, password: profile.password, subscriptionKey: profile.subscriptionKey
        ).removed(from: text)
    }

    private var secretKeys: [String] {
        SecretStore.Part.allCases.flatMap { [$0.rawValue, $0.commandKey] }
    }

    private func assignments(as name: String, _ store: SecretStore) -> [ConfigurationText.Assignment] {
        let profile = values.profile
        var lines: [ConfigurationText.Assignment] = [
            .text("base-url", profile.baseURL), .text("marketplace", profile.marketplace), .text("user", profile.user),
        ]
        for (part, secret) in [
            (SecretStore.Part.password, profile.password), (.subscriptionKey, profile.subscriptionKey),
        ] {
            if let command = store.printing(part, of: name) {
                lines.append(.text(part.commandKey, command))
            } else {
                lines.append(.text(part.rawValue, secret.revealed))
            }
        }
        // What the environment allowed for the tests is needed later too.
        if let authorities = environment["SOUK_CA_FILE"].filled { lines.append(.text("ca-file", authorities)) }
        if (try? EnvironmentProfile.flag("SOUK_ALLOW_PLAIN_HTTP", environment)) == true {
            lines.append(.flag("allow-plain-http", true))
        }
        return lines
    }
}
