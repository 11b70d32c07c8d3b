import Glibc
import Marketplace
import MarketplaceClient

/// Where the secrets of a profile are kept.
enum SecretStore: String, CaseIterable, Sendable {
    case pass, gopass
    case secretTool = "secret-tool"
    /// 1Password, by its command line.
    case op
    /// The configuration file itself.
    case file

    /// One of the two secrets of a profile.
    enum Part: String, CaseIterable, Sendable {
        case password
        case subscriptionKey = "subscription-key"

        /// The key of the configuration that names the command.
        var commandKey: String { rawValue + "-command" }
        var variable: String { self == .password ? "SOUK_PASSWORD" : "SOUK_SUBSCRIPTION_KEY" }
    }

    /// How a person chooses it.
    var words: String {
        switch self {
        case .pass: "pass"
        case .gopass: "gopass"
        case .secretTool: "secret service (secret-tool)"
        case .op: "1Password (op)"
        case .file: "a file only you can read"
        }
    }

    /// Those that this computer has, the file last.
    static func found(_ environment: [String: String]) -> [SecretStore] { allCases.filter { $0.isFound(environment) } }

    /// Whether it can be used here: its program is there, and for pass a store that it can write to.
    func isFound(_ environment: [String: String]) -> Bool {
        switch self {
        case .file: return true
        case .pass:
            let store = environment["PASSWORD_STORE_DIR"].filled ?? (environment["HOME"] ?? "") + "/.password-store"
            return Self.hasProgram("pass", environment) && access(store + "/.gpg-id", R_OK) == 0
        case .gopass, .secretTool, .op: return Self.hasProgram(rawValue, environment)
        }
    }

    private static func hasProgram(_ name: String, _ environment: [String: String]) -> Bool {
        (environment["PATH"] ?? "").split(separator: ":").contains { folder in
            var status = stat()
            let path = "\(folder)/\(name)"
            return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
        }
    }

    // MARK: Commands

    /// The command that prints a secret, as the configuration holds it; nil for the file. A profile's name is a word of
    /// letters, digits, `-` and `_`.
    func printing(_ part: Part, of profile: String) -> String? {
        let entry = "souk/\(profile)/\(part.rawValue)"
        switch self {
        case .pass: return "pass show \(entry)"
        case .gopass: return "gopass show --password \(entry)"
        case .secretTool: return "secret-tool lookup application souk profile \(profile) secret \(part.rawValue)"
        case .op: return "op read op://\(Self.vault)/\(Self.item(part, of: profile))/password"
        case .file: return nil
        }
    }

    /// The vault of 1Password that holds nothing but the items of souk: what the usual one is called differs from account
    /// to account.
    private static let vault = "souk"

    private static func item(_ part: Part, of profile: String) -> String { "\(profile)-\(part.rawValue)" }

    /// The command that keeps the secret on its standard input.
    private func keeping(_ part: Part, of profile: String) -> String {
        let entry = "souk/\(profile)/\(part.rawValue)"
        switch self {
        case .pass: return "pass insert --multiline --force \(entry)"
        case .gopass: return "gopass insert --force \(entry)"
        case .secretTool:
            return "secret-tool store --label='souk \(profile) \(part.rawValue)' application souk profile \(profile) "
                + "secret \(part.rawValue)"
        case .op:
            // Two items of one name could not be read by it. An archived one can be had back.
            let (vault, quiet) = (Self.vault, "</dev/null >/dev/null 2>&1")
            return "op vault get \(vault) \(quiet) || op vault create \(vault) </dev/null >/dev/null || exit; "
                + "op item delete --archive --vault \(vault) \(Self.item(part, of: profile)) \(quiet); "
                + "op item create --vault \(vault) - >/dev/null"
        case .file: return ""
        }
    }

    private func removing(_ part: Part, of profile: String) -> String {
        let entry = "souk/\(profile)/\(part.rawValue)"
        switch self {
        case .pass: return "pass rm --force \(entry)"
        case .gopass: return "gopass rm --force \(entry)"
        case .secretTool: return "secret-tool clear application souk profile \(profile) secret \(part.rawValue)"
        case .op: return "op item delete --vault \(Self.vault) \(Self.item(part, of: profile))"
        case .file: return ""
        }
    }

    /// What the command that keeps it reads.
    func input(_ secret: Secret, as part: Part, of profile: String) -> [UInt8] {
        switch self {
        // It keeps every byte that it reads.
        case .secretTool: return Array(secret.revealed.utf8)
        // These end a secret with its line.
        case .pass, .gopass, .file: return Array((secret.revealed + "\n").utf8)
        case .op:
            let field: JSON = [
                "id": "password", "label": "password", "purpose": "PASSWORD", "type": "CONCEALED",
                "value": .text(secret.revealed),
            ]
            let template: JSON = [
                "category": "PASSWORD", "fields": .list([field]), "title": .text(Self.item(part, of: profile)),
            ]
            return Array(template.line.utf8)
        }
    }

    /// The store whose command this is, as the login writes it for a profile; nil when somebody else wrote it.
    static func of(_ command: String, _ part: Part, of profile: String) -> SecretStore? {
        allCases.first { $0.printing(part, of: profile) == command }
    }

    // MARK: Doing it

    /// Keeps a secret, and reads it back as the configuration will. Nothing is done for the file.
    func keep(_ secret: Secret, as part: Part, of profile: String) throws(SecretCommand.Failure) {
        guard let printing = printing(part, of: profile) else { return }
        try SecretCommand(text: keeping(part, of: profile), input: input(secret, as: part, of: profile)).run { _ in }
        guard try SecretCommand(text: printing).firstLine(reportingTo: { _ in }) == secret.revealed else {
            throw SecretCommand.Failure(reason: "printed something else than what was kept")
        }
    }

    func remove(_ part: Part, of profile: String) throws(SecretCommand.Failure) {
        guard self != .file else { return }
        try SecretCommand(text: removing(part, of: profile)).run { _ in }
    }
}
