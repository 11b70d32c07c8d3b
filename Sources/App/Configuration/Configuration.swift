/// What a configuration file says: profiles, keys and what holds for all of them.
struct Configuration: Equatable {
    struct Problem: Error, Equatable {
        var message: String
        /// Whether the command that prints a secret failed.
        var isOfSecret = false
    }

    /// A value and its line.
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

    /// A saved view as the file has it. What is wrong with one is said where it is shown, and spoils nothing else.
    struct ViewSettings: Equatable {
        var name: String
        var line: Int
        /// By the key of the file, for example `filter`; those that can be read.
        var settings: [String: Setting] = [:]
        /// The lines of all that stands in it, readable or not.
        var lines: [String: Int] = [:]
        /// The first thing that cannot be read: its line and what is wrong.
        var fault: (line: Int, text: String)?

        static func == (left: Self, right: Self) -> Bool {
            left.name == right.name && left.line == right.line && left.settings == right.settings
                && left.lines == right.lines && left.fault?.line == right.fault?.line
                && left.fault?.text == right.fault?.text
        }
    }

    /// A key of the file, what it holds, and the variable of the environment that overrules it.
    struct Option: Equatable {
        enum Kind: Equatable { case text, number, flag }

        var key: String
        var kind: Kind
        var variable: String?
    }

    static let profileKeys = [
        Option(key: "base-url", kind: .text, variable: "SOUK_BASE_URL"),
        Option(key: "marketplace", kind: .text, variable: "SOUK_MARKETPLACE"),
        Option(key: "user", kind: .text, variable: "SOUK_USER"),
        Option(key: "password", kind: .text, variable: "SOUK_PASSWORD"),
        Option(key: "subscription-key", kind: .text, variable: "SOUK_SUBSCRIPTION_KEY"),
        Option(key: "password-command", kind: .text, variable: nil),
        Option(key: "subscription-key-command", kind: .text, variable: nil),
        Option(key: "read-only", kind: .flag, variable: "SOUK_READ_ONLY"),
        Option(key: "calls-per-minute", kind: .number, variable: "SOUK_CALLS_PER_MINUTE"),
        Option(key: "calls-per-day", kind: .number, variable: "SOUK_CALLS_PER_DAY"),
        Option(key: "index", kind: .text, variable: "SOUK_INDEX"),
        Option(key: "index-share", kind: .number, variable: "SOUK_INDEX_SHARE"),
        Option(key: "ca-file", kind: .text, variable: "SOUK_CA_FILE"),
        Option(key: "complete-live", kind: .flag, variable: "SOUK_COMPLETE_LIVE"),
        Option(key: "allow-plain-http", kind: .flag, variable: "SOUK_ALLOW_PLAIN_HTTP"),
    ]
    static let commonKeys = [
        Option(key: "profile", kind: .text, variable: "SOUK_PROFILE"),
        Option(key: "theme", kind: .text, variable: "SOUK_THEME"),
        Option(key: "mouse", kind: .flag, variable: "SOUK_MOUSE"),
        Option(key: "ascii", kind: .flag, variable: "SOUK_ASCII"),
        Option(key: "alerts", kind: .text, variable: "SOUK_ALERTS"),
        Option(key: "csv-separator", kind: .text, variable: "SOUK_CSV_SEPARATOR"),
        Option(key: "synchronized-output", kind: .flag, variable: "SOUK_SYNCHRONIZED_OUTPUT"),
        Option(key: "escape-delay", kind: .number, variable: "SOUK_ESCAPE_DELAY"),
    ]

    static let viewKeys = ["view", "filter", "sort", "columns", "account", "profile"].map {
        Option(key: $0, kind: .text, variable: nil)
    }

    private(set) var common: [String: Setting] = [:]
    private(set) var profiles: [ProfileSettings] = []
    /// The keys that a person wants for an action, and the line that says so.
    struct KeyOverride: Equatable {
        var action: String
        var keys: [String]
        var line: Int
    }

    /// `[keys]`, in the order of the file.
    private(set) var keys: [KeyOverride] = []
    /// `[views.NAME]`, in the order of the file.
    private(set) var views: [ViewSettings] = []
    /// `[rules.NAME]`, in the order of the file.
    private(set) var rules: [VendorRuleTable] = []

    init() {}

    /// - Parameter place: The file's name, for messages.
    init(parsing text: String, from place: String) throws(Problem) {
        try self.init(SourceText(text), from: place)
    }

    /// - Parameter place: The file's name, for messages.
    init(_ source: SourceText, from place: String) throws(Problem) {
        let document: TOMLDocument
        do throws(SourceText.Problem) {
            document = try TOMLDocument(source)
        } catch {
            throw Problem(message: error.sentence(place))
        }
        let reader = Reader(document: document, place: place)
        var commonTable = TOMLTable()
        for entry in document.root.entries {
            switch (entry.key, entry.value.content) {
            case ("keys", .table(let table)): keys = try reader.keys(table)
            case ("profiles", .table(let table)): profiles = try reader.profiles(table)
            case ("views", .table(let table)): views = reader.views(table)
            case ("rules", .table(let table)): rules = try reader.rules(table)
            case ("keys", _), ("profiles", _), ("views", _), ("rules", _):
                throw reader.problem(entry, "\(entry.key) must be a table")
            case (_, .table):
                throw reader.problem(
                    entry,
                    "[\(entry.key)] is not a table here; there are [keys], [profiles.NAME], [views.NAME] and "
                        + "[rules.NAME]")
            default: commonTable.entries.append(entry)
            }
        }
        common = try reader.settings(commonTable, options: Self.commonKeys)
    }

    /// Gives the values of a document the meaning that they have for this program.
    private struct Reader {
        var document: TOMLDocument
        var place: String

        func problem(_ entry: TOMLTable.Entry, _ text: String) -> Problem {
            Problem(message: "\(place), line \(document.line(of: entry.offset)): \(text).")
        }

        func profiles(_ table: TOMLTable) throws(Problem) -> [ProfileSettings] {
            var profiles: [ProfileSettings] = []
            for entry in table.entries {
                guard case .table(let settings) = entry.value.content else {
                    throw problem(
                        entry, "\(entry.key) must be a table of settings, for example [profiles.\(entry.key)]")
                }
                profiles.append(
                    ProfileSettings(
                        name: entry.key, line: document.line(of: entry.offset),
                        settings: try self.settings(settings, options: Configuration.profileKeys)))
            }
            return profiles
        }

        func rules(_ table: TOMLTable) throws(Problem) -> [VendorRuleTable] {
            do throws(VendorRuleTable.Flaw) {
                return try VendorRuleTable.read(table)
            } catch {
                throw problem(error.entry, error.text)
            }
        }

        func views(_ table: TOMLTable) -> [ViewSettings] {
            table.entries.map { entry in
                var view = ViewSettings(name: entry.key, line: document.line(of: entry.offset))
                guard case .table(let settings) = entry.value.content else {
                    view.fault = (view.line, "a view must be a table, for example [views.\(entry.key)]")
                    return view
                }
                for setting in settings.entries {
                    let line = document.line(of: setting.offset)
                    view.lines[setting.key] = line
                    do throws(Problem) {
                        var one = TOMLTable()
                        one.entries = [setting]
                        view.settings.merge(try self.settings(one, options: Configuration.viewKeys)) { $1 }
                    } catch {
                        if view.fault == nil { view.fault = (line, flaw(setting.key)) }
                    }
                }
                return view
            }
        }

        private func flaw(_ key: String) -> String {
            guard Configuration.viewKeys.contains(where: { $0.key == key }) else {
                let all = Configuration.viewKeys.map(\.key).joined(separator: ", ")
                return "\(key) is not a setting of a view; there are \(all)"
            }
            return "\(key) must be a text in quotes"
        }

        func keys(_ table: TOMLTable) throws(Problem) -> [KeyOverride] {
            var overrides: [KeyOverride] = []
            for entry in table.entries {
                let keys: [String?] =
                    switch entry.value.content {
                    case .string(let key): [key]
                    case .array(let all): all.map(\.text)
                    default: [nil]
                    }
                guard !keys.contains(nil) else {
                    throw problem(
                        entry, "\(entry.key) needs a key in quotes, for example \"c\" or [\"c\", \"F6\"]")
                }
                overrides.append(
                    KeyOverride(
                        action: entry.key, keys: keys.compactMap(\.self),
                        line: document.line(of: entry.offset)))
            }
            return overrides
        }

        func settings(_ table: TOMLTable, options: [Option]) throws(Problem) -> [String: Setting] {
            var settings: [String: Setting] = [:]
            for entry in table.entries {
                guard let key = options.first(where: { $0.key == entry.key }) else {
                    throw problem(entry, unknown(entry.key, options))
                }
                let text: String
                switch (key.kind, entry.value.content) {
                case (.text, .string(let value)): text = value
                case (.number, .integer(let value)): text = String(value)
                case (.flag, .boolean(let value)): text = value ? "on" : "off"
                default: throw problem(entry, "\(entry.key) must be \(key.kind.words)")
                }
                settings[entry.key] = Setting(text: text, line: document.line(of: entry.offset))
            }
            return settings
        }

        private func unknown(_ key: String, _ options: [Option]) -> String {
            let all = options.map(\.key).joined(separator: ", ")
            var text = "\(key) is not a setting here; there are \(all)"
            if Configuration.profileKeys.contains(where: { $0.key == key }) {
                text += ". \(key) belongs to a profile, below [profiles.NAME]"
            } else if Configuration.commonKeys.contains(where: { $0.key == key }) {
                text += ". \(key) is for all profiles and comes before the first [ ]"
            }
            return text
        }
    }
}

extension Configuration.Option.Kind {
    /// What a value of this kind is, after "must be".
    fileprivate var words: String {
        switch self {
        case .text: "a text in quotes"
        case .number: "a whole number, without quotes"
        case .flag: "true or false, without quotes"
        }
    }
}

extension TOMLValue {
    fileprivate var text: String? {
        if case .string(let text) = content { text } else { nil }
    }
}
