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
    /// The profile's name in the file; nil when there is none.
    private(set) var profileName: String?
    /// The configuration file that was read; nil when there was none.
    private(set) var file: String?
    /// The keys that the file wants for actions, in its order.
    private(set) var keys: [Keymap.Wish] = []

    init(environment: [String: String]) { values = environment }

    /// Reads the configuration file, if there is one.
    /// - Parameters:
    ///   - path: The file that the person named; it must exist. Nil for the usual place.
    ///   - profile: The profile that the person named; nil for the one that the file or `SOUK_PROFILE` names, or its
    ///     only one.
    ///   - needsProfile: Whether a profile is used at all.
    init(
        environment: [String: String], path: String?, profile: String?, needsProfile: Bool = true
    ) throws(Configuration.Problem) {
        self.init(environment: environment)
        guard let place = path ?? environment["SOUK_CONFIG"].filled ?? Self.usualPath(environment) else { return }
        let isNamed = path != nil || environment["SOUK_CONFIG"].filled != nil
        guard let file = try Self.read(place, mustExist: isNamed) else {
            if let profile {
                throw Configuration.Problem(
                    message: "there is no profile \(profile): the file \(place) does not exist.")
            }
            return
        }
        let configuration = try Configuration(file.text, from: place)
        self.file = place
        keys = configuration.keys.map { wish in
            Keymap.Wish(action: wish.action, keys: wish.keys, place: "\(place), line \(wish.line)")
        }
        take(configuration.common, known: Configuration.commonKeys, from: place)
        guard needsProfile else { return }
        let wanted = profile ?? values["SOUK_PROFILE"].filled
        let chosen: Configuration.ProfileSettings
        if let wanted {
            guard let found = configuration.profiles.first(where: { $0.name == wanted }) else {
                let all = configuration.profiles.map(\.name).joined(separator: ", ")
                throw Configuration.Problem(
                    message: "there is no profile \(wanted) in \(place); "
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
            try checkIsReadOnlyKnown(configuration.profiles, in: place)
            return
        }
        profileName = chosen.name
        let holdsSecret = chosen.settings["password"] != nil || chosen.settings["subscription-key"] != nil
        if holdsSecret, file.isOpenToOthers {
            throw Configuration.Problem(
                message: "\(place) holds a secret and can be read by others. Make it yours alone: chmod 600 \(place)")
        }
        take(chosen.settings, known: Configuration.profileKeys, from: place)
        try askForSecrets(chosen, place)
    }

    /// A profile comes from the environment, and those of the file are left alone. Where one of them is read-only, the
    /// person must say whether that was meant for this one too.
    private func checkIsReadOnlyKnown(
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
        _ settings: [String: Configuration.Setting], known: [Configuration.Known], from place: String
    ) {
        for key in known {
            guard let variable = key.variable, let setting = settings[key.key], values[variable].filled == nil else {
                continue
            }
            values[variable] = setting.text
            places[variable] = "It is set in \(place), line \(setting.line) (\(key.key))."
        }
    }

    /// Secrets that a password store keeps: the first line that its command prints.
    private mutating func askForSecrets(
        _ profile: Configuration.ProfileSettings, _ place: String
    ) throws(Configuration.Problem) {
        for (key, variable) in [
            ("password-command", "SOUK_PASSWORD"), ("subscription-key-command", "SOUK_SUBSCRIPTION_KEY"),
        ] {
            guard let command = profile.settings[key], values[variable].filled == nil else { continue }
            let source = "\(key) in \(place), line \(command.line)"
            do throws(SecretCommand.Failure) {
                values[variable] = try SecretCommand(text: command.text).firstLine { errors in
                    if let errors { return printErrorPart(errors) }
                    printError("souk: waiting for the command of \(source).")
                }
            } catch {
                throw Configuration.Problem(
                    message: "the command of \(source), \(error.reason). Run it in a shell to see why.")
            }
            places[variable] = "The command of \(source), printed it."
        }
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

    /// Whether the file, as it is now, makes the profile in use read-only. Where no profile of a file is in use, nothing
    /// does.
    /// - Throws: When the file cannot be read or understood any more, or has lost the profile; then nobody can say.
    func isReadOnlyInFile() throws(Configuration.Problem) -> Bool {
        guard let file, let profileName, let now = try Self.read(file, mustExist: true) else { return false }
        let profiles = try Configuration(now.text, from: file).profiles
        guard let profile = profiles.first(where: { $0.name == profileName }) else {
            throw Configuration.Problem(message: "the profile \(profileName) is no longer in \(file).")
        }
        return profile.settings["read-only"]?.text == "on"
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
