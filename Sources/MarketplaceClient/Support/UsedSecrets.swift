import HTTPTypes
import Marketplace
import Synchronization

/// Every secret that a session has used: password, subscription key and tokens. What a server sends is cleared of them
/// where it enters, so that no journal, screen, log or report can hold one; texts that leave the program are cleared once
/// more, whatever way they may have come in.
final class UsedSecrets: Sendable {
    private let filter: Mutex<SecretFilter>

    init(_ profile: Profile) {
        filter = Mutex(
            SecretFilter(user: profile.user, password: profile.password, subscriptionKey: profile.subscriptionKey))
    }

    func add(_ secret: Secret) { filter.withLock { $0.add(secret) } }

    /// `text` with `•••` in the place of every secret.
    func removed(from text: String) -> String { current.removed(from: text) }

    /// What is kept of a write, without the secrets in its body. Short ones stay, which may be parts of names and numbers.
    func cleaned(_ intent: JournalRecord.Intent) -> JournalRecord.Intent {
        var intent = intent
        intent.request = String(decoding: current.cleaned(Array(intent.request.utf8), hasWords: false), as: UTF8.self)
        return intent
    }

    /// An answer without the secrets that the server repeats. That of a sign-in keeps its body: the token is in it.
    func cleaned(_ response: HTTPResponse, _ body: [UInt8], of call: Call) -> (HTTPResponse, [UInt8]) {
        let filter = current
        let keepsBody = call.isSignIn && response.status.kind == .successful
        let isError = response.status.code >= 400
        return (filter.cleaned(response), keepsBody ? body : filter.cleaned(body, hasWords: isError))
    }

    /// A failure whose answer holds none of the secrets that the server repeats.
    func cleaned(_ error: TransportError) -> TransportError {
        switch error {
        case .tooLarge(let limit, let answer): .tooLarge(limit: limit, answer: answer.map { current.cleaned($0) })
        case .garbled(let reason, let answer): .garbled(reason, answer: answer.map { current.cleaned($0) })
        case .unreachable, .untrusted, .timedOut, .connectionLost, .cancelled: error
        }
    }

    private var current: SecretFilter { filter.withLock { $0 } }
}

extension SecretFilter {
    fileprivate func cleaned(_ response: HTTPResponse) -> HTTPResponse {
        var response = response
        response.headerFields = HTTPFields(
            response.headerFields.map { field in
                let value = Array(field.value.utf8)
                let clean = cleaned(value, hasWords: false)
                return clean == value
                    ? field : HTTPField(name: field.name, value: String(decoding: clean, as: UTF8.self))
            })
        return response
    }
}
