import FoundationEssentials
import Marketplace

/// A bearer token, opaque, with the seconds it lives from the moment it was asked for (REFERENCE 3).
struct Token: Hashable, Sendable {
    let secret: Secret
    let lifetime: Double

    /// Seconds for which it is used: up to a minute before its end, or half of a life too short for that.
    var usefulLife: Double { lifetime - min(60, lifetime / 2) }
}

extension Call {
    static func signIn(marketplace: String) -> Call {
        .question(.signIn, .object(["marketplace": .string(marketplace)]))
    }
}

/// The sign-in of one profile: one token for everybody, renewed before it ends, one request for all who wait.
///
/// A refused password, key or marketplace code is remembered for half a minute, so that many panes do not lock the
/// account by trying it again and again.
actor SignIn {
    /// Seconds.
    private static let refusalLifetime = 30.0

    private let tokens: Cache<String, Token>
    private let user: String
    private let clock: any ClientClock
    private var refusal: (error: MarketplaceError, at: Instant)?

    /// - Parameter ask: Sends the sign-in request once.
    init(user: String, clock: any ClientClock, ask: @escaping @Sendable () async throws(MarketplaceError) -> Token) {
        self.user = user
        self.clock = clock
        tokens = Cache(
            Cache.Rules(freshness: { $0.usefulLife }), clock: clock, memory: CacheMemory(),
            load: { _, _ throws(MarketplaceError) in try await ask() })
    }

    /// A token to send now.
    /// - Parameter refused: A token that the marketplace no longer takes; a newer one is used, or asked for.
    func token(insteadOf refused: Token? = nil) async throws(MarketplaceError) -> Token {
        if let refusal, (0..<Self.refusalLifetime).contains(clock.steady().seconds(since: refusal.at)) {
            throw refusal.error
        }
        if let refused { tokens.makeStale(refused, for: user) }
        return try await remembering { () async throws(MarketplaceError) in
            try await self.tokens.value(for: self.user, priority: .write)
        }
    }

    /// Asks anew, whatever is remembered: for the person who has just corrected the password.
    func signInAnew() async throws(MarketplaceError) {
        refusal = nil
        _ = try await remembering { () async throws(MarketplaceError) in
            try await self.tokens.currentValue(for: self.user, priority: .write)
        }
    }

    private func remembering(
        _ ask: () async throws(MarketplaceError) -> Token
    ) async throws(MarketplaceError) -> Token {
        do throws(MarketplaceError) {
            return try await ask()
        } catch {
            switch error {
            case .wrongPassword, .wrongSubscriptionKey, .wrongMarketplace: refusal = (error, clock.steady())
            default: break
            }
            throw error
        }
    }
}

extension Cache where Value: Equatable {
    /// Marks `key` for another read if `value` is still cached for it. A read in flight is left alone.
    fileprivate func makeStale(_ value: Value, for key: Key) {
        if cached(key).value == value { forgetFreshness(of: key) }
    }
}
