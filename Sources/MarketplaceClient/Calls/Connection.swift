import FoundationEssentials
import HTTPTypes
import Marketplace

/// Calls with sign-in, renewal and patience: from a ``Call`` to JSON or one typed error.
final class Connection: Sendable {
    private let profile: Profile
    private let transport: any Transport
    private let clock: any ClientClock
    private let signIn: SignIn

    init(profile: Profile, transport: any Transport, clock: any ClientClock) {
        self.profile = profile
        self.transport = transport
        self.clock = clock
        signIn = SignIn(user: profile.user, clock: clock) { () async throws(MarketplaceError) in
            try await Self.askForToken(profile: profile, transport: transport, clock: clock)
        }
    }

    /// Signs in now and says exactly what is wrong, at the first try.
    func signInAnew() async throws(MarketplaceError) { try await signIn.signInAnew() }

    /// Makes sure that a token is at hand, so that a write need not wait for one once it is in the journal.
    func prepare() async throws(MarketplaceError) { _ = try await signIn.token() }

    /// What `read` makes of the JSON that answers `call`; it gives nil when that is not what was asked for.
    /// - Throws: For a change, every error but `.outcomeUnknown` means that it was surely not taken.
    func value<Value>(
        for call: Call, _ read: (JSONValue) -> Value?
    ) async throws(MarketplaceError) -> Value {
        let answer = try await answer(to: call)
        guard let json = answer.json else { throw answer.unreadable(call, reason: answer.problem) }
        guard let value = read(json) else {
            throw answer.unreadable(call, reason: "it is not the \(call.what) asked for")
        }
        return value
    }

    private func answer(to call: Call) async throws(MarketplaceError) -> Answer {
        var patience = Patience(for: call.effect, clock: clock)
        var hasRenewed = false
        while true {
            let failure: MarketplaceError
            var retryAfter: Double?
            do throws(MarketplaceError) {
                let token = try await signIn.token()
                let answer = try await exchange(call, token)
                if answer.isSuccess { return answer }
                // A change is sent again after a 401 alone: that refusal is about the token and nothing else.
                if answer.refusesToken, !hasRenewed, call.effect != .change || answer.status == 401 {
                    hasRenewed = true
                    _ = try await signIn.token(insteadOf: token)
                    continue
                }
                failure = answer.error(for: call, now: clock.now())
                retryAfter = answer.retryAfter(now: clock.now())
            } catch {
                failure = error
                if case .rateLimited(let seconds) = error { retryAfter = seconds }
            }
            try await patience.wait(after: failure, retryAfter: retryAfter)
        }
    }

    private func exchange(_ call: Call, _ token: Token) async throws(MarketplaceError) -> Answer {
        let fields: HTTPFields = [
            .authorization: "Bearer \(token.secret.revealed)", .subscriptionKey: profile.subscriptionKey.revealed,
        ]
        return try await Self.exchange(call, fields, profile: profile, transport: transport)
    }

    private static func askForToken(
        profile: Profile, transport: any Transport, clock: any ClientClock
    ) async throws(MarketplaceError) -> Token {
        let basic = Data("\(profile.user):\(profile.password.revealed)".utf8).base64EncodedString()
        let call = Call.signIn(marketplace: profile.marketplace)
        let answer = try await exchange(
            call, [.authorization: "Basic \(basic)", .subscriptionKey: profile.subscriptionKey.revealed],
            profile: profile, transport: transport)
        guard answer.isSuccess else {
            throw answer.signInError(marketplace: profile.marketplace, now: clock.now())
        }
        guard let json = answer.json else { throw answer.unreadable(call, reason: answer.problem) }
        guard let text = json["token"].filledText else { throw answer.unreadable(call, reason: "it holds no token") }
        // Every source says 1500 s; that stands in only where the answer says nothing.
        let lifetime = json["expiresInSeconds"].integer ?? 1500
        return Token(secret: Secret(text), lifetime: Double(max(0, lifetime)))
    }

    private static func exchange(
        _ call: Call, _ secrets: HTTPFields, profile: Profile, transport: any Transport
    ) async throws(MarketplaceError) -> Answer {
        let base = try BaseURL(profile.baseURL)
        var request = HTTPRequest(
            method: call.method, scheme: base.scheme, authority: base.authority,
            path: base.target(path: call.path, query: call.query), headerFields: secrets)
        request.headerFields[.accept] = "application/json"
        var body: [UInt8] = []
        if let json = call.body {
            request.headerFields[.contentType] = "application/json"
            body = Array(json.encoded.utf8)
        }
        do throws(TransportError) {
            let (response, answer) = try await transport.send(request, body: body, timeout: .seconds(call.timeout))
            return Answer(response, body: answer)
        } catch {
            throw Self.error(error, for: call, host: base.authority)
        }
    }

    private static func error(_ error: TransportError, for call: Call, host: String) -> MarketplaceError {
        let changes = call.effect == .change
        switch error {
        case .unreachable(let reason):
            return .unreachable(host: host, reason: reason)
        case .timedOut where changes:
            return .outcomeUnknown(
                reason: "The marketplace did not answer within \(spokenDuration(seconds: call.timeout)).",
                correlationID: nil)
        case .timedOut:
            return .timedOut(seconds: call.timeout)
        case .connectionLost(let reason) where changes:
            return .outcomeUnknown(
                reason: "The connection broke before the answer came (\(reason)).", correlationID: nil)
        case .connectionLost(let reason):
            return .unreachable(host: host, reason: reason)
        case .tooLarge where changes:
            return .outcomeUnknown(reason: "The answer was too large to be read.", correlationID: nil)
        case .tooLarge(let limit):
            return .unreadable(
                what: call.what, reason: "it is larger than \(limit / 1_048_576) MiB", status: 200, correlationID: nil)
        case .cancelled where changes:
            return .outcomeUnknown(reason: "The program stopped waiting for the answer.", correlationID: nil)
        case .cancelled:
            return .cancelled
        }
    }
}
