import CursesScreen
import Glibc
import Marketplace
import MarketplaceClient

/// Asks for the values of a profile until each is proved. Where nobody can be asked, the first wrong value ends it.
struct LoginDialog {
    var values = LoginValues()
    let proof: LoginProof
    /// Nil where there is no terminal.
    let prompt: TerminalPrompt?
    /// Values that are proved, or are tested with others later.
    private var asked: Set<LoginValues.Part> = []

    /// - Parameter values: Those that were given as options.
    init(_ values: LoginValues, prompt: TerminalPrompt?, environment: [String: String]) {
        self.values = values
        self.prompt = prompt
        proof = LoginProof(environment: environment)
    }

    /// - Throws: The first value that is wrong where nobody can be asked; that the person stopped it.
    mutating func run() throws {
        if prompt != nil {
            printError("The panel of your marketplace shows these under Marketplace API (or SimpleAPI).")
        }
        var step = LoginStep.baseURL
        while step != .done {
            do {
                try get(step.asks)
            } catch let problem as LoginProblem {
                try askAgain(problem)
                continue
            }
            do throws(LoginProblem) {
                step = try prove(step)
            } catch {
                try askAgain(error)
                // A later value may show that the base URL leads elsewhere.
                if let part = error.parts.first { step = min(step, LoginStep.first(for: part)) }
            }
        }
    }

    private mutating func prove(_ step: LoginStep) throws(LoginProblem) -> LoginStep {
        let (proof, values) = (proof, values)
        let result = WaitingThread.run { () async -> Result<LoginProof.Proved, LoginProblem> in
            do throws(LoginProblem) {
                return .success(try await proof.prove(step, values))
            } catch {
                return .failure(error)
            }
        }
        let proved = try result.get()
        say("ok", proved.words)
        if let warning = proved.warning { say("warning", warning) }
        return step.next
    }

    // MARK: Asking

    /// Has each of the values, from an option or from the person.
    /// - Throws: The first that cannot be one; that the person stopped it.
    private mutating func get(_ parts: [LoginValues.Part]) throws {
        for part in parts where values[part] == nil || !asked.contains(part) {
            if values[part] == nil { try ask(part) }
            try proof.checkForm(of: part, values)
            asked.insert(part)
        }
    }

    private mutating func ask(_ part: LoginValues.Part, again: Bool = false) throws {
        guard prompt != nil else { throw CommandError(.usage, "\(part.words) is missing.") }
        let before = values[part]
        let proposal = again && !part.isSecret ? before.map { " [\($0)]" } ?? "" : ""
        let question =
            switch part {
            case .baseURL: "Base URL or region [eu, na]: "
            case .user: "API user (ends in .api)\(proposal): "
            case .key: "Subscription key (hidden): "
            case .password: "Password (hidden): "
            case .marketplace: "Marketplace code (after cp. in the panel's address): "
            }
        let line = try line(question, isHidden: part.isSecret)
        values[part] = line.isEmpty && again && part == .user ? before : LoginValues.read(line, as: part)
        asked.remove(part)
        if part == .baseURL, let url = values[part], url != line { printError("  " + url) }
    }

    /// Says what is wrong and asks for it again.
    /// - Throws: The problem, where nobody can be asked.
    private mutating func askAgain(_ problem: LoginProblem) throws {
        guard prompt != nil, problem.error.code != .cancelled else { throw problem.error }
        say("wrong", problem.error.sentences)
        if problem.parts.isEmpty {
            // Nothing says that a value is wrong: the same can be tried again.
            _ = try line("Enter tries again, ^C stops: ", isHidden: false)
        }
        for part in problem.parts { try ask(part, again: true) }
    }

    func say(_ state: String, _ text: String) {
        guard prompt != nil else { return }
        printError("  \(state + String(repeating: " ", count: max(1, 8 - state.count)))\(text)")
    }

    /// A line that the person types.
    /// - Throws: That the person stopped it.
    func line(_ question: String, isHidden: Bool) throws -> String {
        guard let prompt else { throw CommandError(.usage, "there is no terminal to ask on.") }
        switch prompt.ask(question, isHidden: isHidden) {
        case .line(let text): return text
        case .end, .ended(SIGINT): throw CommandError(.cancelled, "stopped; nothing was stored.")
        case .ended(let number): throw LoginEnd(signal: number)
        }
    }
}

/// That a signal asked souk to end while it waited for an answer.
struct LoginEnd: Error {
    var signal: Int32
}
