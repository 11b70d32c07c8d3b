import HTTPTypes

/// One thing to ask of the marketplace, before it knows of hosts and tokens.
struct Call: Sendable {
    enum Effect: Sendable {
        /// A GET.
        case read
        /// A POST that changes nothing: estimate, validation.
        case question
        /// Changes something; made by the write gate alone.
        case change
    }

    enum Body: Sendable {
        case json(JSONValue)
        /// As somebody else wrote it.
        case raw([UInt8])

        var bytes: [UInt8] {
            switch self {
            case .json(let json): Array(json.encoded.utf8)
            case .raw(let bytes): bytes
            }
        }
    }

    /// A POST that changes nothing.
    enum Question: Sendable {
        case signIn, estimate, validation

        fileprivate var path: [String] {
            switch self {
            case .signIn: ["token"]
            case .estimate: ["orders", "estimate"]
            case .validation: ["validation", "parameters"]
            }
        }

        /// The question that is asked at a path, whatever its body; nil where something may be changed.
        init?(at path: [String]) {
            let questions: [Question] = [.estimate, .validation]
            guard let question = questions.first(where: { $0.path == path }) else { return nil }
            self = question
        }

        fileprivate var what: String {
            switch self {
            case .signIn: "sign-in"
            case .estimate: "estimate"
            case .validation: "validation"
            }
        }
    }

    let method: HTTPRequest.Method
    /// Components below the base URL, not yet percent-encoded.
    let path: [String]
    var query: [(name: String, value: String)]
    let body: Body?
    let effect: Effect
    /// Seconds for the whole exchange.
    private(set) var timeout: Double
    /// The members of the answer that are read; nil for all.
    var names: JSONNames?
    /// What is asked for, as a sentence names it: `order 1000701`.
    let what: String

    /// Private, so that every call is one of those below, and none of them changes anything without the write gate.
    private init(
        _ method: HTTPRequest.Method, _ path: [String], query: [(name: String, value: String)] = [], body: Body? = nil,
        effect: Effect, timeout: Double = 60, what: String
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.body = body
        self.effect = effect
        self.timeout = timeout
        self.what = what
    }

    static func read(_ what: String, at path: String..., query: [(name: String, value: String)] = []) -> Call {
        read(what, at: path, query: query)
    }

    /// - Parameter timeout: Seconds for the whole exchange.
    static func read(
        _ what: String, at path: [String], query: [(name: String, value: String)] = [], timeout: Double = 60
    ) -> Call {
        Call(.get, path, query: query, effect: .read, timeout: timeout, what: what)
    }

    static func question(_ question: Question, _ body: JSONValue) -> Call {
        Call(.post, question.path, body: .json(body), effect: .question, what: question.what)
    }

    /// The same with other seconds for the exchange, when it changes nothing: the wait for a change is the write gate's.
    func waiting(seconds: Double?) -> Call {
        guard let seconds, effect != .change else { return self }
        var call = self
        call.timeout = seconds
        return call
    }

    var isSignIn: Bool { effect == .question && path == Question.signIn.path }

    /// A question as somebody else wrote it.
    static func question(
        _ question: Question, _ body: [UInt8], query: [(name: String, value: String)]
    ) -> Call {
        Call(.post, question.path, query: query, body: .raw(body), effect: .question, what: question.what)
    }

    /// - Parameter pass: What only the write gate has.
    static func change(_ write: Write, by pass: WriteGate.Pass) -> Call {
        Call(
            write.method, write.path, query: write.query, body: write.body, effect: .change, timeout: write.timeout,
            what: write.what)
    }
}
