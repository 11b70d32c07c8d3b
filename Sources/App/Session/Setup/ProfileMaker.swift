import Dashboard
import Marketplace
import MarketplaceClient

/// What the form of the set-up needs of the world: tests, and a place for what passes them.
protocol ProfileMaking: Sendable {
    /// Tests the values, and reports after each step.
    func test(_ values: SetupValues, number: Int, report: @Sendable (SetupReport) -> Void) async
    /// Stores the profile, whose every value is proved. The store's program may want the terminal's screen meanwhile.
    /// - Returns: What the dashboard goes on with.
    func save(_ values: SetupValues) throws -> Backend
    /// The marketplace inside the program.
    func sandbox() throws -> Backend
}

/// Makes a profile as `souk login` does, by the same rules.
struct ProfileMaker: ProfileMaking {
    let file: ConfigurationFile
    let settings: Settings
    let sandboxOptions: SandboxOptions
    let isReadOnly: Bool

    private var environment: [String: String] { settings.source.environment }

    var choices: SetupChoices {
        let stores = SecretStore.found(environment).map { store in
            let place = store == .file ? ": " + HomePath.short(file.path, environment) : ""
            return SetupChoices.Store(value: store.rawValue, label: store.words + place)
        }
        return SetupChoices(stores: stores, regions: LoginValues.regions)
    }

    // MARK: Testing

    func test(_ values: SetupValues, number: Int, report: @Sendable (SetupReport) -> Void) async {
        let (given, proof) = (LoginValues(values), LoginProof(environment: environment))
        var latest = SetupReport(number: number, baseURL: given[.baseURL] ?? "")
        var problems: [String] = []
        var open: Set<LoginValues.Part> = []
        for part in LoginValues.Part.allCases {
            do throws(LoginProblem) {
                try proof.checkForm(of: part, given)
                open.insert(part)
                latest.verdicts[part.field] = SetupVerdict(.notTested, "not tested")
            } catch {
                latest.verdicts[part.field] = SetupVerdict(.wrong, error.words(for: part, given))
                problems.append(error.error.sentences.asSentence)
            }
        }
        for (field, problem) in [(SetupField.name, nameProblem(values.name)), (.store, storeProblem(values.store))] {
            latest.verdicts[field] = SetupVerdict(problem == nil ? .right : .wrong, problem?.words ?? "ok")
            if let problem { problems.append(problem.sentences) }
        }
        for step in LoginStep.allCases where step != .done && open.isSuperset(of: step.needs) {
            for part in step.proves { latest.verdicts[part.field] = SetupVerdict(.testing, "testing…") }
        }
        report(latest)
        for step in LoginStep.allCases where step != .done && open.isSuperset(of: step.needs) {
            do throws(LoginProblem) {
                let proved = try await proof.prove(step, given)
                if let warning = proved.warning { latest.warning = warning }
                for part in step.proves {
                    latest.verdicts[part.field] = SetupVerdict(.right, part == .baseURL ? "ok, answers" : "ok")
                }
                report(latest)
            } catch {
                for (field, verdict) in latest.verdicts where verdict.state == .testing {
                    latest.verdicts[field] = SetupVerdict(.notTested, "not tested")
                }
                for part in error.parts {
                    latest.verdicts[part.field] = SetupVerdict(.wrong, error.words(for: part, given))
                }
                problems.append(error.error.sentences.asSentence)
                break
            }
        }
        latest.problem = problems.isEmpty ? nil : problems.joined(separator: " ")
        latest.isDone = true
        report(latest)
    }

    private func nameProblem(_ name: String) -> (words: String, sentences: String)? {
        if name.isEmpty { return ("missing", "The profile has no name.") }
        guard ProfileName.isValid(name) else { return ("no name", ProfileName.words.asSentence) }
        do throws(CommandError) {
            guard try file.configuration().profiles.contains(where: { $0.name == name }) else { return nil }
            return ("there is one already", "There is a profile \(name) already. Give another name.")
        } catch {
            return ("cannot be kept", error.sentences.asSentence)
        }
    }

    private func storeProblem(_ text: String) -> (words: String, sentences: String)? {
        if let store = SecretStore(rawValue: text), store.isFound(environment) { return nil }
        return ("not there", "\(text) cannot be used here any more. Choose another place for the secrets.")
    }

    // MARK: Storing

    func save(_ values: SetupValues) throws -> Backend {
        let login = Login(
            values: LoginValues(values), file: file, before: try file.configuration(), environment: environment)
        guard let store = SecretStore(rawValue: values.store) else {
            throw CommandError(.badValue, "\(values.store) cannot be used here.")
        }
        if let problem = nameProblem(values.name) { throw CommandError(.badValue, problem.sentences) }
        try login.keepSecrets(in: store, as: values.name)
        try login.write(as: values.name, secretsIn: store)
        do {
            let stored = try Settings(settings.source.naming(values.name))
            return try Backend.remote(stored, isReadOnly: isReadOnly)
        } catch {
            let reason =
                (error as? Configuration.Problem)?.message ?? (error as? CommandError)?.sentences ?? "\(error)"
            throw CommandError(
                .badConfiguration,
                "the profile \(values.name) is stored, but cannot be used: \(login.withoutSecrets(reason))",
                hint: "Esc leaves; souk doctor finds out more.")
        }
    }

    func sandbox() throws -> Backend { try Backend.embedded(sandboxOptions, settings, isReadOnly: isReadOnly) }
}

extension LoginValues {
    fileprivate init(_ values: SetupValues) {
        self.init()
        self[.baseURL] = Self.read(values.baseURL, as: .baseURL)
        self[.marketplace] = Self.read(values.marketplace, as: .marketplace)
        self[.user] = Self.read(values.user, as: .user)
        self[.password] = values.password.revealed
        self[.key] = values.key.revealed
    }
}

extension LoginValues.Part {
    fileprivate var field: SetupField {
        switch self {
        case .baseURL: .baseURL
        case .user: .user
        case .key: .key
        case .password: .password
        case .marketplace: .marketplace
        }
    }
}

extension LoginProblem {
    /// What is wrong with a value, in the few words beside its box.
    fileprivate func words(for part: LoginValues.Part, _ values: LoginValues) -> String {
        if values[part]?.isEmpty ?? true { return "missing" }
        switch (part, error.code) {
        case (.baseURL, .badValue): return "no base URL"
        case (.baseURL, .unreachable), (.baseURL, .timedOut), (.baseURL, .proxyRefused): return "no answer"
        case (.baseURL, .untrusted): return "not trusted"
        case (.baseURL, .badConfiguration): return "wrong"
        case (.baseURL, _): return "not the API"
        case (.user, .wrongPassword): return "wrong, or the password"
        case (.password, .wrongPassword): return "wrong, or the API user"
        case (.marketplace, .wrongMarketplace): return "wrong: not known there"
        default: return "wrong: copy it again"
        }
    }
}

extension String {
    /// With a capital and a full stop.
    fileprivate var asSentence: String {
        let start = prefix(1).uppercased() + dropFirst()
        return start.hasSuffix(".") || start.hasSuffix(")") ? start : start + "."
    }
}
