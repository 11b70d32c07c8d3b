import Marketplace

/// How the program ends, for scripts. `souk --help` lists them.
enum ExitStatus {
    static let failed: Int32 = 1
    /// The profile or the terminal is not usable.
    static let notConfigured: Int32 = 2

    /// The kind of a failure at the marketplace.
    static func of(_ error: MarketplaceError) -> Int32 {
        switch error {
        case .wrongPassword, .wrongSubscriptionKey, .wrongMarketplace, .forbidden: 3
        case .notFound: 4
        case .rejected: 5
        case .rateLimited, .quotaExhausted: 6
        case .serverFailed, .unreachable, .untrusted, .timedOut, .unreadable: 7
        case .outcomeUnknown: 8
        case .writeRefused: 9
        case .cancelled: 130
        }
    }
}
