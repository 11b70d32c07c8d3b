/// What a configuration file says: profiles, keys and what holds for all of them.
struct Configuration: Equatable {
    struct Problem: Error, Equatable {
        var message: String
    }

    /// A value and the line it stands in.
    struct Setting: Equatable {
        var text: String
        var line: Int
    }

    struct ProfileSettings: Equatable {
        var name: String
        var line: Int
        /// By the key of the file, for example `base-url`.
        var settings: [String: Setting] = [:]
    }

    /// A key of the file, what it holds, and the variable of the environment that overrules it.
    struct Known: Equatable {
        enum Kind: Equatable { case text, number, flag }

        var key: String
        var kind: Kind
        var variable: String?
    }

    static let profileKeys = [
        Known(key: "base-url", kind: .text, variable: "SOUK_BASE_URL"),
        Known(key: "marketplace", kind: .text, variable: "SOUK_MARKETPLACE"),
        Known(key: "user", kind: .text, variable: "SOUK_USER"),
        Known(key: "password", kind: .text, variable: "SOUK_PASSWORD"),
        Known(key: "subscription-key", kind: .text, variable: "SOUK_SUBSCRIPTION_KEY"),
        Known(key: "password-command", kind: .text, variable: nil),
        Known(key: "subscription-key-command", kind: .text, variable: nil),
        Known(key: "read-only", kind: .flag, variable: "SOUK_READ_ONLY"),
        Known(key: "calls-per-minute", kind: .number, variable: "SOUK_CALLS_PER_MINUTE"),
        Known(key: "calls-per-day", kind: .number, variable: "SOUK_CALLS_PER_DAY"),
        Known(key: "index", kind: .text, variable: "SOUK_INDEX"),
        Known(key: "index-share", kind: .number, variable: "SOUK_INDEX_SHARE"),
        Known(key: "ca-file", kind: .text, variable: "SOUK_CA_FILE"),
    ]
    static let commonKeys = [
        Known(key: "profile", kind: .text, variable: "SOUK_PROFILE"),
        Known(key: "theme", kind: .text, variable: "SOUK_THEME"),
        Known(key: "mouse", kind: .flag, variable: "SOUK_MOUSE"),
        Known(key: "ascii", kind: .flag, variable: "SOUK_ASCII"),
        Known(key: "csv-separator", kind: .text, variable: "SOUK_CSV_SEPARATOR"),
        Known(key: "synchronized-output", kind: .flag, variable: "SOUK_SYNCHRONIZED_OUTPUT"),
    ]

    private(set) var common: [String: Setting] = [:]
    private(set) var profiles: [ProfileSettings] = []
    /// The keys that a person wants for an action, and the line that says so.
    struct KeyWish: Equatable {
        var action: String
        var keys: [String]
        var line: Int
    }

    /// `[keys]`, in the order of the file.
    private(set) var keys: [KeyWish] = []

    init() {}

    /// - Parameter place: The file's name, for messages.
    init(parsing text: String, from place: String) throws(Problem) {
        let parsed: ConfigurationText
        do {
            parsed = try ConfigurationText(text)
        } catch {
            throw Problem(
                message: "\(place), line \(error.line), column \(error.column): \(error.text).")
        }
        for table in parsed.tables {
            switch table.path {
            case []: common = try Self.settings(of: table, known: Self.commonKeys, in: place)
            case ["keys"]: try takeKeys(table, in: place)
            case let path where path.count == 2 && path[0] == "profiles":
                profiles.append(
                    ProfileSettings(
                        name: path[1], line: table.line,
                        settings: try Self.settings(of: table, known: Self.profileKeys, in: place)))
            default:
                throw Problem(
                    message: "\(place), line \(table.line): [\(table.path.joined(separator: "."))] is not known; "
                        + "there are [keys] and [profiles.NAME].")
            }
        }
    }

    private mutating func takeKeys(_ table: ConfigurationText.Table, in place: String) throws(Problem) {
        for entry in table.entries {
            let wanted: [String]
            switch entry.value {
            case .text(let key): wanted = [key]
            case .list(let all): wanted = all
            case .number, .flag:
                throw Problem(
                    message: "\(place), line \(entry.line): \(entry.key) needs a key in quotes, for example \"c\" or "
                        + "[\"c\", \"F6\"].")
            }
            keys.append(KeyWish(action: entry.key, keys: wanted, line: entry.line))
        }
    }

    private static func settings(
        of table: ConfigurationText.Table, known: [Known], in place: String
    ) throws(Problem) -> [String: Setting] {
        var settings: [String: Setting] = [:]
        for entry in table.entries {
            guard let key = known.first(where: { $0.key == entry.key }) else {
                let all = known.map(\.key).joined(separator: ", ")
                throw Problem(
                    message: "\(place), line \(entry.line): \(entry.key) is not known here; there are \(all).")
            }
            let text: String
            switch (key.kind, entry.value) {
            case (.text, .text(let value)): text = value
            case (.number, .number(let value)): text = String(value)
            case (.flag, .flag(let value)): text = value ? "on" : "off"
            default:
                let wanted =
                    switch key.kind {
                    case .text: "a text in quotes"
                    case .number: "a whole number"
                    case .flag: "true or false"
                    }
                throw Problem(message: "\(place), line \(entry.line): \(entry.key) must be \(wanted).")
            }
            settings[entry.key] = Setting(text: text, line: entry.line)
        }
        return settings
    }
}
