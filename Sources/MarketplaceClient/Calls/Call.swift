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

    var method: HTTPRequest.Method
    /// Components below the base URL, not yet percent-encoded.
    var path: [String]
    var query: [(name: String, value: String)] = []
    var body: Body?
    var effect: Effect
    /// Seconds for the whole exchange.
    var timeout: Double
    /// The members of the answer that are read; nil for all.
    var names: JSONNames?
    /// What is asked for, as a sentence names it: `order 1000701`.
    var what: String

    static func read(_ what: String, at path: String..., query: [(name: String, value: String)] = []) -> Call {
        Call(method: .get, path: path, query: query, effect: .read, timeout: 60, what: what)
    }

    static func question(_ what: String, at path: String..., body: JSONValue) -> Call {
        Call(method: .post, path: path, body: .json(body), effect: .question, timeout: 60, what: what)
    }
}
