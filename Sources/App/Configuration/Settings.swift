import Dashboard
import FoundationEssentials
import Glibc
import Marketplace
import MarketplaceClient

/// The settings in force: those of the environment, and below them those of a profile of the configuration file.
struct Settings {
    /// By variable, as the environment would give them.
    private(set) var values: [String: String]
    /// Where a value that is not the environment's was set, as a sentence; by variable.
    private(set) var places: [String: String] = [:]
    /// The line of the file on which a value was set; by variable.
    private var lineNumbers: [String: Int] = [:]
    /// The profile's name in the file; nil when there is none.
    private(set) var profileName: String?
    /// The keys that the file wants for actions, in its order.
    private(set) var keys: [Keymap.Override] = []
    /// The views that the person has named, in the order of the file, each checked.
    private(set) var views: [SavedView] = []
    /// The rules of vendors that the person wrote, in the order of the file.
    private(set) var rules: [VendorRuleTable] = []
    /// The commands that print the secrets which nothing else gives.
    private(set) var secretCommands: [SecretSource] = []
    /// From what they were read, so that they can be read again.
    let source: Source

    /// A command of the file that prints a secret.
    struct SecretSource: Equatable {
        /// Of the environment.
        var variable: String
        var command: String
        /// `password-command in FILE, line 4`
        var place: String
    }

    /// What a person gave to read settings from.
    struct Source {
        var environment: [String: String]
        /// The file that the person named; nil for the usual place.
        var path: String?
        /// The profile that the person named.
        var profile: String?
        /// Whether a profile is used at all.
        var needsProfile = true

        /// The configuration file, whether or not it is there; nil when there is no place for one.
        var file: String? { path ?? environment["SOUK_CONFIG"].filled ?? Settings.usualPath(environment) }

        /// The same with the profile named, as far as there is one.
        func naming(_ profile: String?) -> Source {
            var source = self
            source.profile = profile ?? self.profile
            return source
        }
    }

    init(environment: [String: String]) { self.init(from: Source(environment: environment)) }

    private init(from source: Source) {
        self.source = source
        values = source.environment
    }

    /// The names of the profiles in the file, as far as it can be read.
    static func profileNames(_ source: Source) -> [String] {
        guard let place = source.file, let file = try? read(place, mustExist: false),
            let configuration = try? Configuration(file.text, from: place)
        else { return [] }
        return configuration.profiles.map(\.name)
    }

    /// Reads the configuration file, if there is one.
    /// - Parameters:
    ///   - path: The file that the person named; it must exist. Nil for the usual place.
    ///   - profile: The profile that the person named; nil for the one that the file or `SOUK_PROFILE` names, or its
    ///     only one.
    ///   - needsProfile: Whether a profile is used at all.
    init(
        environment: [String: String], path: String?, profile: String?, needsProfile: Bool = true
    ) throws(Configuration.Problem) {
        try self.init(
            Source(environment: environment, path: path, profile: profile, needsProfile: needsProfile))
    }

    /// - Parameter asksForSecrets: Whether the commands that print password and key are run.
    init(_ source: Source, asksForSecrets: Bool = true) throws(Configuration.Problem) {
        self.init(from: source)
        let profile = source.profile
        guard let place = source.file else { return }
        let isNamed = source.path != nil || source.environment["SOUK_CONFIG"].filled != nil
        guard let file = try Self.read(place, mustExist: isNamed) else {
            if let profile {
                throw Configuration.Problem(
                    message: "there is no profile \(profile): the file \(place) does not exist.")
            }
            return
        }
        let configuration = try Configuration(file.text, from: place)
        keys = configuration.keys.map { entry in
            Keymap.Override(action: entry.action, keys: entry.keys, place: "\(place), line \(entry.line)")
        }
        views = SavedView.checked(configuration.views.map { SavedView($0, of: place) })
        rules = configuration.rules
        take(configuration.common, options: Configuration.commonKeys, from: place)
        guard source.needsProfile else { return }
        let name = profile ?? values["SOUK_PROFILE"].filled
        let chosen: Configuration.ProfileSettings
        if let name {
            guard let found = configuration.profiles.first(where: { $0.name == name }) else {
                let all = configuration.profiles.map(\.name).joined(separator: ", ")
                throw Configuration.Problem(
                    message: "there is no profile \(name) in \(place); "
                        + (all.isEmpty ? "it holds none." : "it holds \(all)."))
            }
            chosen = found
        } else if configuration.profiles.count == 1 {
            chosen = configuration.profiles[0]
        } else if configuration.profiles.count > 1, values["SOUK_BASE_URL"].filled == nil {
            let all = configuration.profiles.map(\.name).joined(separator: ", ")
            throw Configuration.Problem(
                message: "\(place) holds several profiles: \(all). Choose one with --profile NAME, or name the usual "
                    + "one there with profile = \"NAME\" in the first line.")
        } else {
            try checkReadOnlyIsSet(configuration.profiles, in: place)
            return
        }
        profileName = chosen.name
        let holdsSecret = chosen.settings["password"] != nil || chosen.settings["subscription-key"] != nil
        if holdsSecret, file.isOpenToOthers {
            throw Configuration.Problem(
                message: "\(place) holds a secret and can be read by others. Make it yours alone: chmod 600 \(place)")
        }
        take(chosen.settings, options: Configuration.profileKeys, from: place)
        for (key, variable) in Self.commandKeys {
            guard let command = chosen.settings[key], values[variable].filled == nil else { continue }
            secretCommands.append(
                SecretSource(
                    variable: variable, command: command.text, place: "\(key) in \(place), line \(command.line)"))
        }
        if asksForSecrets { try askForSecrets() }
    }

    private static let commandKeys = [
        ("password-command", "SOUK_PASSWORD"), ("subscription-key-command", "SOUK_SUBSCRIPTION_KEY"),
    ]

    /// A profile comes from the environment, and those of the file are left alone. Where one of them is read-only, the
    /// person must say whether that was meant for this one too.
    private func checkReadOnlyIsSet(
        _ profiles: [Configuration.ProfileSettings], in place: String
    ) throws(Configuration.Problem) {
        guard values["SOUK_READ_ONLY"].filled == nil,
            let readOnly = profiles.first(where: { $0.settings["read-only"]?.text == "on" })
        else { return }
        throw Configuration.Problem(
            message: "\(place) makes the profile \(readOnly.name) read-only, and holds others; SOUK_BASE_URL in the "
                + "environment chooses none of them. Choose one with --profile NAME, or say with SOUK_READ_ONLY=on or "
                + "off whether changes are refused.")
    }

    private mutating func take(
        _ settings: [String: Configuration.Setting], options: [Configuration.Option], from place: String
    ) {
        for key in options {
            guard let variable = key.variable, let setting = settings[key.key], values[variable].filled == nil else {
                continue
            }
            values[variable] = setting.text
            places[variable] = "It is set in \(place), line \(setting.line) (\(key.key))."
            lineNumbers[variable] = setting.line
        }
    }

    /// Secrets that a password store keeps: the first line that its command prints.
    /// - Parameter limit: How long each command may take.
    mutating func askForSecrets(within limit: Duration = .seconds(30)) throws(Configuration.Problem) {
        for source in secretCommands {
            do throws(SecretCommand.Failure) {
                values[source.variable] = try SecretCommand(text: source.command, limit: limit).firstLine { errors in
                    if let errors { return printErrorPart(errors) }
                    printError("souk: waiting for the command of \(source.place).")
                }
            } catch {
                throw Configuration.Problem(
                    message: "the command of \(source.place), \(error.reason). Run it in a shell to see why.",
                    isOfSecret: true)
            }
            places[source.variable] = "The command of \(source.place), printed it."
        }
    }

    /// Where it is said that nothing may be written, which it is.
    /// - Parameter isAsked: Whether the command line says so.
    func readOnlyOrigin(isAsked: Bool = false) -> ReadOnlyOrigin {
        if isAsked { return .word("--read-only") }
        guard let line = lineNumbers["SOUK_READ_ONLY"], let file = source.file else { return .word("SOUK_READ_ONLY") }
        guard let home = values["HOME"].filled, file.hasPrefix(home + "/") else { return .file(file, line: line) }
        return .file("~" + file.dropFirst(home.count), line: line)
    }

    /// Gives variables that have no value one that stands for it.
    mutating func fillIn(_ variables: [String], with value: String) {
        for variable in variables where values[variable].filled == nil { values[variable] = value }
    }

    /// The keys in force.
    /// - Throws: What is wrong with those of the file, and where.
    func keymap() throws(Configuration.Problem) -> Keymap {
        do {
            return try Keymap(keys)
        } catch {
            throw Configuration.Problem(message: error.message)
        }
    }

    static func usualPath(_ environment: [String: String]) -> String? {
        if let base = environment["XDG_CONFIG_HOME"].filled, base.hasPrefix("/") { return base + "/souk/config.toml" }
        if let home = environment["HOME"].filled, home.hasPrefix("/") { return home + "/.config/souk/config.toml" }
        return nil
    }

    private static func read(
        _ path: String, mustExist: Bool
    ) throws(Configuration.Problem) -> (text: SourceText, isOpenToOthers: Bool)? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        if file < 0, errno == ENOENT || errno == ENOTDIR, !mustExist {
            // A link that leads nowhere stands for a file that somebody meant to be read.
            var status = stat()
            if lstat(path, &status) != 0 { return nil }
            throw Configuration.Problem(
                message: "the configuration \(path) is a link that leads to no file. Put the file in its place, or "
                    + "remove the link.")
        }
        guard file >= 0 else {
            throw Configuration.Problem(
                message: "the configuration \(path) cannot be read (\(String(cString: strerror(errno)))).")
        }
        defer { close(file) }
        var status = stat()
        let isOpen = fstat(file, &status) == 0 && status.st_mode & 0o077 != 0
        guard status.st_mode & S_IFMT != S_IFDIR else {
            throw Configuration.Problem(message: "the configuration \(path) is a directory; name a file in it.")
        }
        guard let bytes = FileBytes.read(file) else {
            throw Configuration.Problem(
                message: "the configuration \(path) cannot be read (\(String(cString: strerror(errno)))).")
        }
        do throws(SourceText.Problem) {
            return (try SourceText(bytes), isOpen)
        } catch {
            throw Configuration.Problem(message: error.sentence("the configuration \(path)"))
        }
    }
}

extension String? {
    /// Nil also when it is empty.
    var filled: String? { self.flatMap { $0.isEmpty ? nil : $0 } }
}
