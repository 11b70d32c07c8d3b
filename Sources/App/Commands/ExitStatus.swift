import Marketplace

/// How the program ends, for scripts. `souk --help` lists them.
enum ExitStatus {
    static let failed: Int32 = 1
    /// The profile or the terminal is not usable.
    static let notConfigured: Int32 = 2
    /// Printed, but not all of it could be read.
    static let incomplete: Int32 = 12
    static let wrongArguments: Int32 = 64

    /// What each means, for the list of all.
    static let meanings: [(code: Int32, meaning: String)] = [
        (0, "done, all of it"), (1, "failed here: output, input, or a fault of souk"),
        (2, "the profile or the terminal is not usable"), (3, "not allowed"), (4, "not found"),
        (5, "refused by the marketplace"), (6, "too many calls"), (7, "the marketplace failed or cannot be reached"),
        (8, "sent, but the outcome is unknown"), (9, "not sent by souk itself, or the journal is not usable"),
        (10, "taken, and the order ended in error or was withdrawn"), (11, "taken, and still open after --wait"),
        (12, "printed, but not all of it could be read"), (64, "wrong arguments"), (130, "stopped by ^C"),
        (141, "nobody read the output"),
    ]

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

/// Ends the program with a code, when everything was said.
struct ExitCode: Error, Equatable {
    var rawValue: Int32

    init(_ rawValue: Int32) { self.rawValue = rawValue }
}
