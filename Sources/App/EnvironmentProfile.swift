import MarketplaceClient

/// The profile that the environment gives, and what is missing of it.
enum EnvironmentProfile {
    struct Variable {
        var name: String
        /// Where a person finds the value.
        var source: String
    }

    static let variables = [
        Variable(name: "SOUK_BASE_URL", source: "the base URL, in the panel's menu Marketplace API"),
        Variable(name: "SOUK_MARKETPLACE", source: "the code after cp. in the panel's address, for example us"),
        Variable(name: "SOUK_USER", source: "the API user, in the panel's menu Marketplace API; it ends in .api"),
        Variable(name: "SOUK_PASSWORD", source: "the password of that user, set in the panel under Users"),
        Variable(
            name: "SOUK_SUBSCRIPTION_KEY", source: "the subscription key, in the panel's menu Marketplace API"),
    ]

    enum Problem: Error, Equatable {
        case missing([String])
        case baseURL(String)
        case count(variable: String, text: String)
        case index(String)
        case share(String)
        case flag(variable: String, text: String)
        /// A sentence that says what is wrong with the file.
        case certificates(String)
        case csvSeparator(String)
    }

    /// - Parameters:
    ///   - name: What the profile is called; nil for its host.
    ///   - isReadOnly: Whether it is so in any case; otherwise `SOUK_READ_ONLY` says.
    static func profile(
        from environment: [String: String], named name: String? = nil, isReadOnly: Bool
    ) throws(Problem) -> Profile {
        let missing = variables.map(\.name).filter { environment[$0]?.isEmpty ?? true }
        guard missing.isEmpty else { throw .missing(missing) }
        let base = environment["SOUK_BASE_URL"] ?? ""
        guard let address = Address(base) else { throw .baseURL(base) }
        let isReadOnlyThere = try flag("SOUK_READ_ONLY", environment)
        return Profile(
            name: name ?? address.host, baseURL: base, marketplace: environment["SOUK_MARKETPLACE"] ?? "",
            user: environment["SOUK_USER"] ?? "", password: Secret(environment["SOUK_PASSWORD"] ?? ""),
            subscriptionKey: Secret(environment["SOUK_SUBSCRIPTION_KEY"] ?? ""),
            isReadOnly: isReadOnly || isReadOnlyThere)
    }

    /// Whether a switch is on.
    /// - Parameter standard: What holds when nothing is said.
    static func flag(
        _ name: String, _ environment: [String: String], otherwise standard: Bool = false
    ) throws(Problem) -> Bool {
        switch environment[name] ?? "" {
        case "": return standard
        case "off", "0", "false", "no": return false
        case "on", "1", "true", "yes": return true
        case let text: throw .flag(variable: name, text: text)
        }
    }

    /// The calls that may be made: 60 a minute and 5,000 a day unless the environment says otherwise. A server on this
    /// machine is not paced unless it is asked for.
    static func pacing(from environment: [String: String]) throws(Problem) -> Pacing {
        let perMinute = try count("SOUK_CALLS_PER_MINUTE", environment)
        let perDay = try count("SOUK_CALLS_PER_DAY", environment)
        if perMinute == nil, perDay == nil, Address(environment["SOUK_BASE_URL"] ?? "")?.isThisMachine == true {
            return .unlimited
        }
        return Pacing(
            perMinute: perMinute ?? Pacing.standard.perMinute, perDay: perDay ?? Pacing.standard.perDay)
    }

    /// What the background index may do. Unless the environment says otherwise it reads lists ahead where calls are
    /// limited, and nothing where they cost nothing.
    static func indexPlan(from environment: [String: String], pacing: Pacing) throws(Problem) -> IndexPlan {
        var plan = IndexPlan()
        switch environment["SOUK_INDEX"] ?? "" {
        case "": plan.reads = pacing.perMinute != nil
        case "off": plan.reads = false
        case "lists": break
        case "details": plan.readsDetails = true
        case let text: throw .index(text)
        }
        if let text = environment["SOUK_INDEX_SHARE"], !text.isEmpty {
            guard let percent = Int(text), (1...100).contains(percent) else { throw .share(text) }
            plan.share = Double(percent) / 100
        }
        return plan
    }

    /// What stands between the cells of exported spreadsheets.
    static func csvSeparator(from environment: [String: String]) throws(Problem) -> Character {
        switch environment["SOUK_CSV_SEPARATOR"] ?? "" {
        case "", ",": return ","
        case ";": return ";"
        case "tab", "\t": return "\t"
        case let text: throw .csvSeparator(text)
        }
    }

    /// The certificate authorities to trust besides the system's; nil when none are named.
    static func trustRoots(from environment: [String: String]) throws(Problem) -> TrustRoots? {
        guard var path = environment["SOUK_CA_FILE"], !path.isEmpty else { return nil }
        // A shell opens `~`; a configuration file does not.
        if path.hasPrefix("~/"), let home = environment["HOME"] { path = home + path.dropFirst() }
        do throws(TrustRoots.Problem) {
            return try TrustRoots(path: path)
        } catch {
            throw .certificates(error.message)
        }
    }

    private static func count(_ name: String, _ environment: [String: String]) throws(Problem) -> Int? {
        guard let text = environment[name], !text.isEmpty else { return nil }
        guard let number = Int(text), (1...1_000_000).contains(number) else {
            throw .count(variable: name, text: text)
        }
        return number
    }

    /// The host of a base URL, enough of it to name it and to know this machine.
    struct Address: Equatable {
        var host: String
        var isThisMachine: Bool

        /// Nil when the text is not `http://host…` or `https://host…`.
        init?(_ text: String) {
            let rest: Substring
            if text.hasPrefix("https://") {
                rest = text.dropFirst(8)
            } else if text.hasPrefix("http://") {
                rest = text.dropFirst(7)
            } else {
                return nil
            }
            let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
            let name =
                authority.hasPrefix("[")
                ? authority.prefix { $0 != "]" } + "]" : authority.prefix { $0 != ":" }
            guard !name.isEmpty, !authority.contains("@"), !authority.contains(" ") else { return nil }
            host = String(authority)
            isThisMachine = name == "localhost" || name.hasPrefix("127.") || name == "[::1]"
        }
    }
}

extension EnvironmentProfile.Problem {
    /// The variable whose value is wrong; nil when values are missing.
    var variable: String? {
        switch self {
        case .missing: nil
        case .baseURL: "SOUK_BASE_URL"
        case .count(let variable, _): variable
        case .index: "SOUK_INDEX"
        case .share: "SOUK_INDEX_SHARE"
        case .flag(let variable, _): variable
        case .certificates: "SOUK_CA_FILE"
        case .csvSeparator: "SOUK_CSV_SEPARATOR"
        }
    }

    var message: String {
        switch self {
        case .missing(let names):
            let lines = EnvironmentProfile.variables.filter { names.contains($0.name) }
                .map { "  \($0.name)  \($0.source)" }
            return """
                the profile is not complete. Set in the environment, or in a profile of the configuration file:
                \(lines.joined(separator: "\n"))
                To look around without an account: souk --sandbox
                """
        case .count(let variable, let text):
            return "\(variable) is '\(text)'; it must be a whole number of calls, 1 to 1000000."
        case .certificates(let text):
            return "SOUK_CA_FILE cannot be used. \(text)"
        case .flag(let variable, let text):
            return "\(variable) is '\(text)'; it must be on or off."
        case .csvSeparator(let text):
            return "SOUK_CSV_SEPARATOR is '\(text)'; it must be , or ; or tab."
        case .index(let text):
            return "SOUK_INDEX is '\(text)'; it must be off, lists or details."
        case .share(let text):
            return "SOUK_INDEX_SHARE is '\(text)'; it must be a percentage of the calls, 1 to 100."
        case .baseURL(let text):
            return "SOUK_BASE_URL is '\(text)', which is no address. It begins with https:// and stands in the panel's "
                + "menu Marketplace API, for example https://api.cloud.im/marketplace/eu"
        }
    }
}
