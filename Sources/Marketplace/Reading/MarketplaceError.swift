/// Everything that can go wrong between this program and the marketplace, closed and comparable.
public enum MarketplaceError: Error, Hashable, Sendable {
    /// The user name or password was refused at sign-in.
    case wrongPassword(status: Int)
    /// The subscription key was refused by the gateway.
    case wrongSubscriptionKey(message: String)
    /// The marketplace code was refused at sign-in.
    case wrongMarketplace(code: String, message: String)
    /// The signed-in person may not do this.
    case forbidden(message: String, correlationID: String?)
    case notFound(what: String, correlationID: String?)
    /// The marketplace understood and refused: bad input or a business rule. `message` is its own text.
    case rejected(message: String, status: Int, correlationID: String?)
    /// Too many calls; it may be tried again after `retryAfter` seconds.
    case rateLimited(retryAfter: Double?)
    case quotaExhausted(retryAfter: Double?)
    /// The marketplace failed, for example 502 with an HTML page.
    case serverFailed(status: Int, message: String, correlationID: String?)
    /// Nothing answers at the address, or the connection broke.
    case unreachable(host: String, reason: String)
    /// The host's certificate is not trusted; nothing was sent. Trying again is no use.
    case untrusted(host: String, reason: String)
    case timedOut(seconds: Double)
    /// An answer came that this program cannot read.
    case unreadable(what: String, reason: String, status: Int, correlationID: String?)
    /// A write was sent and no answer says whether it was taken. It must be looked up, never repeated. `of` names it,
    /// as a sentence does after "the".
    case outcomeUnknown(of: String = "order", reason: String, correlationID: String?)
    /// A write was refused by this program's own write gate; nothing was sent.
    case writeRefused(reason: String)
    case cancelled
}

extension MarketplaceError {
    /// What happened, what it means and what to do, in plain sentences. Never holds a secret.
    public var message: String {
        switch self {
        case .wrongPassword:
            "The marketplace refused the user name or password. Check the API user (its name ends in .api) and its "
                + "password; a new password can be set in the panel under Users."
        case .wrongSubscriptionKey(let text):
            "The marketplace refused the subscription key. Copy it again from the panel, menu Marketplace API."
                + quoted(text)
        case .wrongMarketplace(let code, let text):
            "The marketplace does not know the marketplace code '\(code)'. It is the part after cp. in the panel's "
                + "address, for example us in cp.us.na.cloud.im." + quoted(text)
        case .forbidden(let text, let id):
            "The marketplace does not allow this to your API user." + quoted(text) + reference(id)
        case .notFound(let what, let id):
            "The marketplace has no \(what). It may have been removed; refresh the list." + reference(id)
        case .rejected(let text, _, let id):
            "The marketplace refused: \(text.isEmpty ? "it gave no reason." : text)" + reference(id)
        case .rateLimited(let seconds):
            "Too many calls for now. " + retryAdvice(seconds)
        case .quotaExhausted(let seconds):
            "The daily number of calls is used up. " + retryAdvice(seconds)
        case .serverFailed(let status, let text, let id):
            "The marketplace failed (HTTP \(status)). Nothing was lost; try again in a moment." + quoted(text)
                + reference(id)
        case .unreachable(let host, let reason):
            "No answer from \(host) (\(reason)). Check the base URL and the network; r tries again."
        case .untrusted(let host, let reason):
            "The certificate of \(host) is not trusted: \(reason). Nothing was sent. If your network inspects secure "
                + "connections, name the file of its certificate authority (SOUK_CA_FILE, or ca-file in the "
                + "configuration). Otherwise check the base URL and do not go on: somebody may be listening."
        case .timedOut(let seconds):
            "The marketplace did not answer within \(spokenDuration(seconds: seconds)). Press r to ask again."
        case .unreadable(let what, let reason, let status, let id):
            "The answer for \(what) cannot be read (HTTP \(status)): \(reason). Check that the base URL leads to the "
                + "API and not to a web page." + reference(id)
        case .outcomeUnknown(let what, let reason, let id):
            "Not confirmed: the \(what). \(reason) It may or may not have been taken. The journal looks it up; do not "
                + "send it again before that is settled." + reference(id)
        case .writeRefused(let reason):
            "Not sent: \(reason)"
        case .cancelled:
            "Stopped before the answer came."
        }
    }

    public var correlationID: String? {
        switch self {
        case .forbidden(_, let id), .notFound(_, let id), .rejected(_, _, let id), .serverFailed(_, _, let id),
            .unreadable(_, _, _, let id), .outcomeUnknown(_, _, let id):
            id
        default: nil
        }
    }

    private func quoted(_ text: String) -> String { text.isEmpty ? "" : " It said: \(text)" }
    private func reference(_ id: String?) -> String { id.map { " (Correlation ID \($0))" } ?? "" }
    private func retryAdvice(_ seconds: Double?) -> String {
        seconds.map { "It may be tried again in \(spokenDuration(seconds: $0))." } ?? "Wait a minute, then press r."
    }
}
