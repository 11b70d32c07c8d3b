import Marketplace
import MarketplaceClient

/// What the login knows of a profile so far.
struct LoginValues {
    /// A value that a person gives, and a call proves.
    enum Part: CaseIterable, Sendable {
        case baseURL, user, key, password, marketplace

        var variable: String {
            switch self {
            case .baseURL: "SOUK_BASE_URL"
            case .user: "SOUK_USER"
            case .key: "SOUK_SUBSCRIPTION_KEY"
            case .password: "SOUK_PASSWORD"
            case .marketplace: "SOUK_MARKETPLACE"
            }
        }

        var words: String {
            switch self {
            case .baseURL: "the base URL"
            case .user: "the API user"
            case .key: "the subscription key"
            case .password: "the password"
            case .marketplace: "the marketplace code"
            }
        }

        var isSecret: Bool { self == .key || self == .password }
    }

    private var texts: [Part: String] = [:]

    subscript(part: Part) -> String? {
        get { texts[part] }
        set { texts[part] = newValue }
    }

    /// What is not there yet is empty.
    var profile: Profile {
        func text(_ part: Part) -> String { texts[part] ?? "" }
        return Profile(
            name: "login", baseURL: text(.baseURL), marketplace: text(.marketplace), user: text(.user),
            password: Secret(text(.password)), subscriptionKey: Secret(text(.key)))
    }

    /// The base URLs of Ingram Micro by their regions (REFERENCE 1).
    static let regions = ["eu", "na"]

    /// A region as its base URL; anything else without blanks around it. Secrets stay as they are.
    static func read(_ text: String, as part: Part) -> String {
        if part.isSecret { return text }
        var trimmed = text[...]
        while trimmed.first == " " { trimmed = trimmed.dropFirst() }
        while trimmed.last == " " { trimmed = trimmed.dropLast() }
        guard part == .baseURL, regions.contains(trimmed.lowercased()) else { return String(trimmed) }
        return "https://api.cloud.im/marketplace/\(trimmed.lowercased())"
    }
}

/// What is wrong with one value of the login.
struct LoginProblem: Error {
    /// The values that may be wrong; the first one is asked for first.
    var parts: [LoginValues.Part]
    var error: CommandError
}

/// Tests the values of a login, each by the call that proves it.
struct LoginProof {
    /// The environment, which says how the network is reached.
    var environment: [String: String]
    private static let seconds = 20.0

    /// Whether a value can be one, before anything is asked.
    func checkForm(of part: LoginValues.Part, _ values: LoginValues) throws(LoginProblem) {
        let text = values[part] ?? ""
        if text.isEmpty { throw problem([part], .badValue, "\(part.words) is empty.") }
        if let words = StrayCharacters.words(for: part.variable, text) {
            throw problem([part], .badValue, "\(part.words) \(words).")
        }
        guard part == .baseURL, EnvironmentProfile.Address(text) == nil else { return }
        throw problem(
            [part], .badValue,
            "this is no base URL. It begins with https:// and is in the panel's menu Marketplace API, for example "
                + "https://api.cloud.im/marketplace/eu")
    }

    /// Whether the API answers at the base URL.
    /// - Returns: What answers, and what is to be said of the clock.
    func reach(_ values: LoginValues) async throws(LoginProblem) -> (words: String, clock: Finding) {
        let way = try way(values)
        let probe = ProfileProbe(profile: values.profile, transport: way.transport, timeout: Self.seconds)
        let answer = try await result(way, [.baseURL]) { () async throws(MarketplaceError) in try await probe.reach() }
        let clock = answer.secondsAhead.map(ClockCheck.finding) ?? .skipped("the answer bears no date")
        let trust = way.isEncrypted ? "certificate trusted" : "not encrypted"
        return ("answers in \(Int(answer.milliseconds.rounded())) ms, \(trust)", clock)
    }

    /// Whether the gateway takes the subscription key.
    func tryKey(_ values: LoginValues) async throws(LoginProblem) {
        let way = try way(values)
        let probe = ProfileProbe(profile: values.profile, transport: way.transport, timeout: Self.seconds)
        try await result(way, [.key]) { () async throws(MarketplaceError) in try await probe.tryKey() }
    }

    func signIn(_ values: LoginValues) async throws(LoginProblem) {
        let way = try way(values)
        let client = Client(
            profile: values.profile, transport: way.transport, pacing: .unlimited, readTimeout: Self.seconds)
        try await result(way, []) { () async throws(MarketplaceError) in try await client.signIn() }
    }

    private func way(_ values: LoginValues) throws(LoginProblem) -> NetworkWay {
        var settings = environment
        settings["SOUK_BASE_URL"] = values[.baseURL]
        guard let address = EnvironmentProfile.Address(values[.baseURL] ?? "") else {
            throw problem([.baseURL], .badValue, "there is no base URL.")
        }
        do throws(EnvironmentProfile.Problem) {
            return try NetworkWay(settings, to: address)
        } catch {
            throw problem([.baseURL], .badConfiguration, error.message)
        }
    }

    /// - Parameter parts: What is asked again where the error says nothing of a part.
    private func result<Value: Sendable>(
        _ way: NetworkWay, _ parts: [LoginValues.Part],
        _ ask: () async throws(MarketplaceError) -> Value
    ) async throws(LoginProblem) -> Value {
        do throws(MarketplaceError) {
            return try await ask()
        } catch {
            throw Self.problem(error, way, otherwise: parts)
        }
    }

    private static func problem(
        _ error: MarketplaceError, _ way: NetworkWay, otherwise parts: [LoginValues.Part]
    ) -> LoginProblem {
        var words = CommandError(error)
        if let (text, next) = way.obstacle(error) {
            words.message = text + "."
            words.hint = next
            if way.usesProxy, case .unreachable = error { words.code = .proxyRefused }
            return LoginProblem(parts: [.baseURL], error: words)
        }
        switch error {
        case .wrongPassword:
            words.message =
                "the marketplace refuses the API user or the password; base URL and subscription key are right."
            words.hint =
                "The user's name ends in .api and must be activated once by the link in its first e-mail; a new password "
                + "is set in the panel under Users."
            return LoginProblem(parts: [.user, .password], error: words)
        case .wrongSubscriptionKey: return LoginProblem(parts: [.key], error: words)
        case .wrongMarketplace(let code, _):
            words.message = "the marketplace does not know the code '\(code)'."
            words.hint = "It is the part after cp. in the panel's address, for example us in cp.us.na.cloud.im."
            return LoginProblem(parts: [.marketplace], error: words)
        case .unreadable, .notFound:
            words.message = "the base URL does not lead to the API: \(words.message)"
            words.hint = "Copy it again from the panel, menu Marketplace API."
            return LoginProblem(parts: [.baseURL], error: words)
        default: return LoginProblem(parts: parts, error: words)
        }
    }

    private func problem(_ parts: [LoginValues.Part], _ code: ErrorCode, _ message: String) -> LoginProblem {
        LoginProblem(parts: parts, error: CommandError(code, message))
    }
}
