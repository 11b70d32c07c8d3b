import FoundationEssentials
import HTTPTypes
import Marketplace

/// The session at one marketplace: calls with sign-in, renewal, rate limit and retries, from a ``Call`` to JSON or one typed
/// error.
final class Connection: Sendable {
    let pacer: Pacer
    let log: RequestLog
    let secrets: UsedSecrets
    private let profile: Profile
    private let sender: HTTPSender
    private let clock: any ClientClock
    private let signIn: SignIn
    let refusal: WriteRefusal
    /// Seconds for the answer to a read; nil for the usual.
    private let readTimeout: Double?

    init(
        profile: Profile, transport: any Transport, clock: any ClientClock, pacing: Pacing,
        calls: SharedCalls? = nil, refusal: @escaping WriteRefusal = { nil }, readTimeout: Double? = nil
    ) {
        self.refusal = refusal
        self.readTimeout = readTimeout
        self.profile = profile
        self.clock = clock
        let secrets = UsedSecrets(profile)
        self.secrets = secrets
        let sender = HTTPSender(
            baseURL: profile.baseURL, transport: transport, clock: clock,
            pacer: Pacer(pacing, clock: clock, shared: calls),
            log: RequestLog(), secrets: secrets)
        self.sender = sender
        pacer = sender.pacer
        log = sender.log
        signIn = SignIn(user: profile.user, clock: clock) { () async throws(MarketplaceError) in
            let token = try await Self.askForToken(profile, sender, clock, timeout: readTimeout)
            secrets.add(token.secret)
            return token
        }
    }

    /// Signs in now and says exactly what is wrong, at the first try.
    func signInAnew() async throws(MarketplaceError) { try await signIn.signInAnew() }

    /// Makes sure that a token is at hand, so that a write need not wait for one once it is in the journal.
    func prepare() async throws(MarketplaceError) { _ = try await signIn.token() }

    /// What `read` makes of the JSON that answers `call`; it gives nil when that is not what was asked for.
    /// - Parameter names: The members that `read` looks at; nil for all.
    func value<Value>(
        for call: Call, keeping names: JSONNames? = nil, _ read: (JSONValue) -> Value?
    ) async throws(MarketplaceError) -> Value {
        var call = call
        call.names = names
        let answer = try await answer(to: call)
        guard let json = answer.json else { throw answer.unreadable(call, reason: answer.problem) }
        guard let value = read(json) else {
            throw answer.unreadable(call, reason: "it is not the \(call.what) asked for")
        }
        return value
    }

    /// The answer to one request that changes nothing, whatever its status; asked again only when the token had expired.
    func plainAnswer(to call: Call) async throws(MarketplaceError) -> Answer {
        let token = try await signIn.token()
        let answer = try await exchange(call, token)
        guard answer.refusesToken else { return answer }
        return try await exchange(call, try await signIn.token(insteadOf: token))
    }

    /// Sends a change once, and never again by itself.
    /// - Returns: The answer, whatever its status, and the token it was sent with.
    /// - Throws: `.outcomeUnknown` when the request may have left and no answer came; every other error says that nothing
    ///   of it was sent.
    func send(_ change: Call) async throws(MarketplaceError) -> (answer: Answer, token: Token) {
        let token = try await signIn.token()
        return (try await exchange(change, token), token)
    }

    /// Asks for another token than `refused`, which the marketplace no longer takes.
    func renew(_ refused: Token) async throws(MarketplaceError) { _ = try await signIn.token(insteadOf: refused) }

    /// Seconds by which the marketplace's clock is ahead of this computer's; nil when no answer has said so.
    var secondsAhead: Double? { sender.serverClock.secondsAhead(step: clock.step) }

    /// A file from elsewhere, without sign-in and outside the pacer's count; as ``HTTPSender/fetch(_:from:_:_:)``.
    func fetch(
        _ call: Call, from address: FileAddress, _ fields: HTTPFields,
        _ take: @escaping @Sendable (AnswerPart) -> Bool
    ) async throws(MarketplaceError) {
        try await sender.fetch(call, from: address, fields, take)
    }

    private func answer(to call: Call) async throws(MarketplaceError) -> Answer {
        var retries = RetryPolicy(clock: clock)
        var hasRenewed = false
        while true {
            let failure: MarketplaceError
            var retryAfter: Double?
            do throws(MarketplaceError) {
                let token = try await signIn.token()
                let answer = try await exchange(call, token, pause: retries.pause)
                if answer.isSuccess { return answer }
                if answer.refusesToken, !hasRenewed {
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
            let delay = try retries.delay(after: failure, retryAfter: retryAfter)
            // After a rate limit it is the pacer that waits, for all calls.
            if case .rateLimited = failure { continue }
            try await sleep(delay, after: failure)
        }
    }

    private func sleep(_ seconds: Double, after failure: MarketplaceError) async throws(MarketplaceError) {
        let reason = Waiting.Reason.retry(after: failure.cause)
        CallContext.current?.setWaiting(Waiting(until: clock.steady().adding(seconds: seconds), reason: reason))
        defer { CallContext.current?.setWaiting(nil) }
        do {
            try await clock.sleep(seconds: seconds)
        } catch {
            throw .cancelled
        }
    }

    private func exchange(
        _ call: Call, _ token: Token, pause: (_ retryAfter: Double?) -> Double = { $0 ?? 10 }
    ) async throws(MarketplaceError) -> Answer {
        let context =
            call.effect == .change
            ? CallContext(priority: .write) : CallContext.current ?? CallContext(priority: .onScreen)
        let permit = try await pacer.permit(for: context, kind: call.path.first ?? "")
        // Between the review and this moment, a change may have waited long for its turn.
        if call.effect == .change, let whyNot = refusal() {
            pacer.finished(permit, .lost)
            throw .writeRefused(reason: "\(whyNot).")
        }
        // The token may have come to its end while the call waited.
        var token = token
        if permit.waited > 1 {
            do throws(MarketplaceError) {
                token = try await signIn.token()
            } catch {
                pacer.finished(permit, .lost)
                throw error
            }
        }
        let fields: HTTPFields = [
            .authorization: "Bearer \(token.secret.revealed)", .subscriptionKey: profile.subscriptionKey.revealed,
        ]
        return try await sender.exchange(call.waiting(seconds: readTimeout), fields, permit, pause: pause)
    }

    private static func askForToken(
        _ profile: Profile, _ sender: HTTPSender, _ clock: any ClientClock, timeout: Double?
    ) async throws(MarketplaceError) -> Token {
        let basic = Data("\(profile.user):\(profile.password.revealed)".utf8).base64EncodedString()
        let call = Call.signIn(marketplace: profile.marketplace).waiting(seconds: timeout)
        // The cache of tokens asks, and passes on to all who wait for the token what this call waits for.
        let permit = try await sender.pacer.permit(
            for: CallContext.current ?? CallContext(priority: .write), kind: "token")
        let answer = try await sender.exchange(
            call, [.authorization: "Basic \(basic)", .subscriptionKey: profile.subscriptionKey.revealed], permit,
            pause: { $0 ?? 10 })
        guard answer.isSuccess else {
            throw answer.signInError(marketplace: profile.marketplace, now: clock.now())
        }
        guard let json = answer.json else { throw answer.unreadable(call, reason: answer.problem) }
        guard let text = json["token"].filledText else { throw answer.unreadable(call, reason: "it holds no token") }
        // Every source says 1500 s; that is used only where the answer says nothing.
        let lifetime = json["expiresInSeconds"].integer ?? 1500
        return Token(secret: Secret(text), lifetime: Double(max(0, lifetime)))
    }
}

extension MarketplaceError {
    /// Why a call is made again, in a few words.
    fileprivate var cause: String {
        switch self {
        case .unreachable(let host, let reason): "nothing answers at \(host) (\(reason))"
        case .serverFailed(let status, _, _): "the marketplace failed (HTTP \(status))"
        case .timedOut(let seconds): "no answer within \(spokenDuration(seconds: seconds))"
        default: "no answer"
        }
    }
}
