/// A call that proves values of a new profile, in the order in which one rests on the other.
enum LoginStep: Int, Comparable, CaseIterable, Sendable {
    case baseURL, key, signIn, done

    /// The values that are asked for before it.
    var asks: [LoginValues.Part] {
        switch self {
        case .baseURL: [.baseURL]
        case .key: [.user, .key]
        case .signIn: [.user, .password, .marketplace]
        case .done: []
        }
    }

    /// The values that it proves.
    var proves: [LoginValues.Part] {
        switch self {
        case .baseURL: [.baseURL]
        case .key: [.key]
        case .signIn: [.user, .password, .marketplace]
        case .done: []
        }
    }

    /// The values without which it cannot be asked.
    var needs: [LoginValues.Part] {
        switch self {
        case .baseURL: [.baseURL]
        case .key: [.baseURL, .key]
        case .signIn: LoginValues.Part.allCases
        case .done: []
        }
    }

    var next: LoginStep { LoginStep(rawValue: rawValue + 1) ?? .done }

    static func < (left: LoginStep, right: LoginStep) -> Bool { left.rawValue < right.rawValue }

    /// Where a value is proved anew. User, password and marketplace are proved together.
    static func first(for part: LoginValues.Part) -> LoginStep {
        switch part {
        case .baseURL: .baseURL
        case .key: .key
        case .user, .password, .marketplace: .signIn
        }
    }
}

extension LoginProof {
    /// What a step has shown.
    struct Proved: Sendable {
        var words: String
        /// What to know beside it, as sentences.
        var warning: String?
    }

    func prove(_ step: LoginStep, _ values: LoginValues) async throws(LoginProblem) -> Proved {
        switch step {
        case .baseURL:
            let (words, clock) = try await reach(values)
            let warning = clock.state == .warning ? clock.text + ". " + (clock.next ?? "") : nil
            return Proved(words: words, warning: warning)
        case .key:
            try await tryKey(values)
            return Proved(words: "the gateway takes the key")
        case .signIn:
            try await signIn(values)
            return Proved(words: "signed in")
        case .done: return Proved(words: "")
        }
    }
}
