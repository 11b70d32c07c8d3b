/// Why a command failed, for scripts. The list is closed and only grows; no code changes its meaning or its exit code.
enum ErrorCode: String, CaseIterable, Sendable {
    case usage, badValue, badFilter, ambiguous, needsDetails, needsExpectation
    case noProfile, badConfiguration, secretUnavailable, terminalUnusable
    case wrongPassword, wrongSubscriptionKey, wrongMarketplace, forbidden
    case notFound, rejected, rateLimited, quotaExhausted, callsExceeded
    case serverFailed, unreachable, proxyRefused, untrusted, timedOut, unreadable
    case outcomeUnknown, readOnly, changed, duplicate, needsAccept, unsettled, checkRefused
    case intentExpired, intentSpent, intentForeign, journalUnusable, orderEnded, stillOpen
    case incomplete, outputFailed, inputFailed, `internal`, cancelled

    var exit: Int32 {
        switch self {
        case .usage, .badValue, .badFilter, .ambiguous, .needsDetails, .needsExpectation: ExitStatus.wrongArguments
        case .noProfile, .badConfiguration, .secretUnavailable, .terminalUnusable: ExitStatus.notConfigured
        case .wrongPassword, .wrongSubscriptionKey, .wrongMarketplace, .forbidden: 3
        case .notFound: 4
        case .rejected: 5
        case .rateLimited, .quotaExhausted, .callsExceeded: 6
        case .serverFailed, .unreachable, .proxyRefused, .untrusted, .timedOut, .unreadable: 7
        case .outcomeUnknown: 8
        case .readOnly, .changed, .duplicate, .needsAccept, .unsettled, .checkRefused, .intentExpired, .intentSpent,
            .intentForeign, .journalUnusable:
            9
        case .orderEnded: 10
        case .stillOpen: 11
        case .incomplete: ExitStatus.incomplete
        case .outputFailed, .inputFailed, .internal: ExitStatus.failed
        case .cancelled: 130
        }
    }

    /// What it means, for the list of all.
    var meaning: String {
        switch self {
        case .usage: "an unknown word, option or column"
        case .badValue: "a date, number or word that cannot be one"
        case .badFilter: "a filter that cannot be understood; details.character says where"
        case .ambiguous: "a name that several have; details.candidates lists them"
        case .needsDetails: "a column that only --details reads"
        case .needsExpectation: "--yes without what was seen: an intent, or what is expected"
        case .noProfile: "no profile is set up, or it lacks something"
        case .badConfiguration: "the configuration or an environment variable cannot be used"
        case .secretUnavailable: "the command that prints a secret failed"
        case .terminalUnusable: "the terminal cannot be used"
        case .wrongPassword: "the marketplace refused the user name or password"
        case .wrongSubscriptionKey: "the marketplace refused the subscription key"
        case .wrongMarketplace: "the marketplace code is unknown"
        case .forbidden: "the API user may not do this"
        case .notFound: "there is no such thing, or no name matches"
        case .rejected: "the marketplace refused, in its own words"
        case .rateLimited: "too many calls in a minute, after all retries"
        case .quotaExhausted: "the day's calls are used up"
        case .callsExceeded: "more calls than --max-calls are needed; details.calls says how many"
        case .serverFailed: "the marketplace failed"
        case .unreachable: "nothing answers, or the connection broke"
        case .proxyRefused: "the proxy on the way refused"
        case .untrusted: "the certificate is not trusted"
        case .timedOut: "no answer within --timeout"
        case .unreadable: "an answer that cannot be read"
        case .outcomeUnknown: "a write was sent and nobody can say yet what became of it"
        case .readOnly: "a read-only profile refused a write"
        case .changed: "not sent: something differs from what was expected; the new review says what"
        case .duplicate: "not sent: an equal order was placed in the last 24 hours"
        case .needsAccept: "not sent: a warning was not agreed to; details.accepts names it"
        case .unsettled: "not sent: nobody knows yet what became of an equal write"
        case .checkRefused: "not sent: a check of souk speaks against it"
        case .intentExpired: "not sent: the intent is older than 15 minutes, or is not kept here"
        case .intentSpent: "not sent: the intent was sent before, and that was not taken"
        case .intentForeign: "not sent: the intent is of another profile, user or marketplace"
        case .journalUnusable: "the journal cannot be read, locked or written"
        case .orderEnded: "the order was taken, and ended in error or was withdrawn"
        case .stillOpen: "the order was taken, and is still open after --wait"
        case .incomplete: "printed, but not all of it could be read"
        case .outputFailed: "the output cannot be written"
        case .inputFailed: "a file that was named cannot be read"
        case .internal: "a fault of souk"
        case .cancelled: "^C"
        }
    }
}
