import CursesScreen
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
        case milliseconds(variable: String, text: String)
        case csvSeparator(String)
        case alerts(String)
        /// A sentence that says what is wrong with the file that the variable names, or with the system.
        case certificates(variable: String?, String)
        /// Signs that nobody meant to be part of the value: which, after the variable's name.
        case stray(variable: String, words: String)
        /// What is wrong, after the variable's name.
        case proxy(variable: String, String)
        /// Secrets would go to that host in the clear.
        case plainHTTP(String)
        /// Secrets would go to a proxy in the clear.
        case plainHTTPThroughProxy(variable: String, host: String)
    }

    /// - Parameters:
    ///   - name: What the profile is called; nil for its host.
    ///   - isReadOnly: Whether it is so in any case; otherwise `SOUK_READ_ONLY` says.
    static func profile(
        from environment: [String: String], named name: String? = nil, isReadOnly: Bool
    ) throws(Problem) -> Profile {
        let missing = variables.map(\.name).filter { environment[$0]?.isEmpty ?? true }
        guard missing.isEmpty else { throw .missing(missing) }
        for name in variables.map(\.name) {
            if let words = StrayCharacters.words(for: name, environment[name] ?? "") {
                throw .stray(variable: name, words: words)
            }
        }
        let base = environment["SOUK_BASE_URL"] ?? ""
        guard let address = Address(base) else { throw .baseURL(base) }
        let isReadOnlyThere = try flag("SOUK_READ_ONLY", environment)
        return Profile(
            name: name ?? address.authority, baseURL: base, marketplace: environment["SOUK_MARKETPLACE"] ?? "",
            user: environment["SOUK_USER"] ?? "", password: Secret(environment["SOUK_PASSWORD"] ?? ""),
            subscriptionKey: Secret(environment["SOUK_SUBSCRIPTION_KEY"] ?? ""),
            isReadOnly: isReadOnly || isReadOnlyThere)
    }

    /// Whether a switch is on.
    /// - Parameter standard: What holds when nothing is said.
    static func flag(
        _ name: String, _ environment: [String: String], otherwise standard: Bool = false
    ) throws(Problem) -> Bool {
        switch environment[name]?.lowercased() ?? "" {
        case "": return standard
        case "off", "0", "false", "no": return false
        case "on", "1", "true", "yes": return true
        default: throw .flag(variable: name, text: environment[name] ?? "")
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

    /// The separator of the cells of exported spreadsheets.
    static func csvSeparator(from environment: [String: String]) throws(Problem) -> Character {
        switch environment["SOUK_CSV_SEPARATOR"] ?? "" {
        case "", ",": return ","
        case ";": return ";"
        case "tab", "\t": return "\t"
        case let text: throw .csvSeparator(text)
        }
    }

    static func alerts(from environment: [String: String]) throws(Problem) -> Alerts {
        guard let text = environment["SOUK_ALERTS"], !text.isEmpty else { return .osc9 }
        guard let alerts = Alerts(rawValue: text) else { throw .alerts(text) }
        return alerts
    }

    /// The certificate authorities to trust. Where nothing is encrypted none are needed.
    static func trustRoots(
        from environment: [String: String], places: [String] = TrustRoots.places
    ) throws(Problem) -> TrustRoots {
        var path = environment["SOUK_CA_FILE"].filled
        // A shell opens `~`; a configuration file does not.
        if let home = environment["HOME"], let text = path, text.hasPrefix("~/") { path = home + text.dropFirst() }
        if path == nil, Address(environment["SOUK_BASE_URL"] ?? "")?.scheme == "http" { return TrustRoots() }
        do throws(TrustRoots.Problem) {
            return try TrustRoots(additional: path, environment: environment, places: places)
        } catch {
            throw .certificates(variable: error.variable, error.message)
        }
    }

    /// The way to the marketplace.
    /// - Throws: A proxy that is not understood; a way on which secrets could be read by others.
    static func proxies(from environment: [String: String]) throws(Problem) -> ProxySettings {
        let proxies: ProxySettings
        do throws(ProxySettings.Problem) {
            proxies = try ProxySettings(environment: environment)
        } catch {
            throw .proxy(variable: error.variable, error.text)
        }
        guard let address = Address(environment["SOUK_BASE_URL"] ?? ""), address.scheme == "http",
            try !flag("SOUK_ALLOW_PLAIN_HTTP", environment)
        else { return proxies }
        guard address.isThisMachine else { throw .plainHTTP(address.authority) }
        if let proxy = proxies.proxy(scheme: address.scheme, host: address.host), !proxy.host.isThisMachine {
            throw .plainHTTPThroughProxy(variable: proxy.variable, host: address.host.name)
        }
        return proxies
    }

    private static func count(_ name: String, _ environment: [String: String]) throws(Problem) -> Int? {
        guard let text = environment[name], !text.isEmpty else { return nil }
        guard let number = Int(text), (1...1_000_000).contains(number) else {
            throw .count(variable: name, text: text)
        }
        return number
    }

    /// A time that a person waits for at the keyboard; nil when none is given.
    static func milliseconds(_ name: String, _ environment: [String: String]) throws(Problem) -> Int? {
        guard let text = environment[name], !text.isEmpty else { return nil }
        guard let number = Int(text), (1...2000).contains(number) else {
            throw .milliseconds(variable: name, text: text)
        }
        return number
    }

    /// The host of a base URL, enough of it to name it and to know this machine.
    struct Address: Equatable {
        /// In lower case.
        var scheme: String
        var host: WebHost
        /// Host and port as they were written.
        var authority: String
        var isThisMachine: Bool { host.isThisMachine }

        /// Nil when the text is not `http://host…` or `https://host…`.
        init?(_ text: String) {
            guard !text.contains(" "), let base = try? BaseURL(text) else { return nil }
            scheme = base.scheme
            host = base.host
            authority = base.authority
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
        case .flag(let variable, _), .milliseconds(let variable, _): variable
        case .csvSeparator: "SOUK_CSV_SEPARATOR"
        case .alerts: "SOUK_ALERTS"
        case .certificates(let variable, _): variable
        case .stray(let variable, _), .proxy(let variable, _): variable
        case .plainHTTP, .plainHTTPThroughProxy: "SOUK_BASE_URL"
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
                souk login asks for them, tests each one and writes a profile. Without an account: souk --sandbox
                """
        case .count(let variable, let text):
            return "\(variable) is '\(text)'; it must be a whole number of calls, 1 to 1000000."
        case .certificates(let variable, let text):
            return (variable.map { "\($0) cannot be used. " } ?? "") + text
        case .stray(let variable, let words), .proxy(let variable, let words):
            return "\(variable) \(words)."
        case .plainHTTP(let host):
            return
                "SOUK_BASE_URL leads to \(host) with http://, so everybody on the way could read the password and the "
                + "subscription key. Write https://, or, where you trust the network, set allow-plain-http = true in the "
                + "profile (or SOUK_ALLOW_PLAIN_HTTP=on)."
        case .plainHTTPThroughProxy(let variable, let host):
            return
                "SOUK_BASE_URL begins with http://, and \(variable) leads to a proxy on another machine, so everybody "
                + "on the way could read the password and the subscription key. Set NO_PROXY=\(host), or, where you "
                + "trust the network, set allow-plain-http = true in the profile (or SOUK_ALLOW_PLAIN_HTTP=on)."
        case .flag(let variable, let text):
            return "\(variable) is '\(text)'; it must be on or off."
        case .milliseconds(let variable, let text):
            return "\(variable) is '\(text)'; it must be a whole number of milliseconds, 1 to 2000."
        case .csvSeparator(let text):
            return "SOUK_CSV_SEPARATOR is '\(text)'; it must be , or ; or tab."
        case .alerts(let text):
            return "SOUK_ALERTS is '\(text)'; it must be off, bell, osc9 or osc777."
        case .index(let text):
            return "SOUK_INDEX is '\(text)'; it must be off, lists or details."
        case .share(let text):
            return "SOUK_INDEX_SHARE is '\(text)'; it must be a percentage of the calls, 1 to 100."
        case .baseURL(let text):
            if text.contains("@") {
                return
                    "SOUK_BASE_URL holds a user name or password, which does not belong there: user and password have "
                    + "variables of their own, SOUK_USER and SOUK_PASSWORD. Take out all between :// and @."
            }
            // The value is not shown: a password may have got there by mistake.
            return "SOUK_BASE_URL is no address. It begins with https:// and is in the panel's "
                + "menu Marketplace API, for example https://api.cloud.im/marketplace/eu"
        }
    }
}
