import HTTPTypes
import Marketplace

/// Asks a marketplace what it says to the parts of a profile, each by a request that carries no more than that part: for
/// the set-up and for finding faults. ``Client/signIn()`` proves the rest.
public final class ProfileProbe: Sendable {
    /// What answers at a base URL.
    public struct Reached: Hashable, Sendable {
        public var milliseconds: Double
        /// Seconds by which the marketplace's clock is ahead of this computer's; nil when its answer bears no date.
        public var secondsAhead: Double?
    }

    private let profile: Profile
    private let sender: HTTPSender
    private let clock: any ClientClock
    private let timeout: Double

    /// - Parameters:
    ///   - profile: Parts that are not there yet may be empty.
    ///   - timeout: Seconds for the answer to each request.
    public init(
        profile: Profile, transport: any Transport, clock: any ClientClock = SystemClock(), timeout: Double
    ) {
        self.profile = profile
        self.clock = clock
        self.timeout = timeout
        sender = HTTPSender(
            baseURL: profile.baseURL, transport: transport, clock: clock, pacer: Pacer(.unlimited, clock: clock),
            log: RequestLog(), secrets: UsedSecrets(profile))
    }

    /// Whether the API answers at the base URL. Sends no secret and no name: its refusal is the proof.
    public func reach() async throws(MarketplaceError) -> Reached {
        let began = clock.steady()
        let answer = try await ask([:])
        let took = clock.steady().seconds(since: began) * 1000
        try check(answer)
        return Reached(
            milliseconds: took, secondsAhead: sender.serverClock.secondsAhead(step: clock.step))
    }

    /// Whether the gateway takes the subscription key. Neither user nor password is sent, so that no wrong password is
    /// counted against the user.
    public func tryKey() async throws(MarketplaceError) {
        let answer = try await ask([.subscriptionKey: profile.subscriptionKey.revealed])
        let error = answer.signInError(marketplace: profile.marketplace, now: clock.now())
        if answer.status == 401, case .wrongSubscriptionKey = error { throw error }
        try check(answer)
    }

    private func ask(_ credentials: HTTPFields) async throws(MarketplaceError) -> Answer {
        let permit = try await sender.pacer.permit(for: CallContext(priority: .write), kind: "token")
        return try await sender.exchange(
            Call.signIn(marketplace: profile.marketplace).waiting(seconds: timeout), credentials, permit,
            pause: { $0 ?? 10 })
    }

    /// - Throws: Why this is no refusal that the API itself gives to who has not signed in.
    private func check(_ answer: Answer) throws(MarketplaceError) {
        if answer.status == 407 {
            throw .unreachable(host: profile.baseURL.host, reason: "the proxy wants a user name and password")
        }
        let error = answer.signInError(marketplace: profile.marketplace, now: clock.now())
        switch answer.status {
        case 400, 401, 403, 422:
            if answer.isQuotaUsedUp { throw error }
            guard answer.json == nil else { return }
            throw unreadable(answer, answer.problem)
        case 200..<300: throw unreadable(answer, "it signs in without a password")
        default: throw error
        }
    }

    private func unreadable(_ answer: Answer, _ reason: String) -> MarketplaceError {
        .unreadable(
            what: "sign-in", reason: reason, status: answer.status, correlationID: answer.correlationID)
    }
}

extension String {
    /// Of a base URL, for messages.
    fileprivate var host: String { (try? BaseURL(self))?.authority ?? "" }
}
