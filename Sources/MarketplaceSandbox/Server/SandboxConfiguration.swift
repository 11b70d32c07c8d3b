import FoundationEssentials

/// What a sandbox holds and how it behaves. Tests and pictures rely on the defaults.
public struct SandboxConfiguration: Sendable {
    /// Everything that is not a landmark is made from this number.
    public var seed: UInt64 = 1
    /// The clock. A fixed one stops the marketplace: open orders then stay as they are.
    public var now: @Sendable () -> Date = { Date() }

    /// Sizes in rows. The landmarks are always there, so each size has a small floor.
    public var customers = 400
    public var resellers = 12
    public var subscriptions = 1_500
    public var orders = 3_000
    public var products = 900

    /// Seconds from placing an order, or scheduling a report, to its end: submitted for the first quarter, then
    /// processing, then completed.
    public var orderSeconds: Double = 2
    /// Seconds that the gateway lets the caller of a `TIMEOUT-1` order wait before it answers 504.
    public var gatewayTimeoutSeconds: Double = 2
    /// Seconds that a token is good for.
    public var tokenSeconds = 1_500
    /// Seconds that the signed URL of a report's file is good for.
    public var downloadSeconds = 3_600

    // MARK: What REFERENCE leaves open

    /// Days from the end of a subscription to its removal; the sources only say "later" (REFERENCE 11).
    public var removalDays = 30

    /// What an unknown id answers: 404, or 400 (REFERENCE 16, row 2).
    public var notFoundStatus = 404
    /// What an expired token answers: 401, or 403 (REFERENCE 16, row 3).
    public var expiredTokenStatus = 401
    /// Whether lists of customers have only id, externalId, name and status (REFERENCE 16, row 11).
    public var hasShortCustomerRows = false
    /// Whether query names that an operation does not have are ignored; otherwise they are 400 (REFERENCE 4).
    public var ignoresUnknownFilters = true

    /// Whether ids may be JSON numbers where the description has text: samples show both (REFERENCE 4).
    public var takesNumericIDs = true
    /// Whether `limit=0` answers an empty page with the total, as one client asks for it; otherwise it is 400 (REFERENCE
    /// 16, row 6).
    public var takesLimitZero = false
    /// Whether new logins may have any password; otherwise the usual rule is kept (REFERENCE 7: "typically").
    public var takesAnyPassword = false

    // MARK: Secrets

    /// Of all its users.
    public var password = "demo"
    public var subscriptionKey = String(repeating: "0", count: 32)

    // MARK: Limits

    /// Calls a minute beyond which the gateway answers 429; nil for no limit. The recommendation to providers is 60.
    public var callsPerMinute: Int?
    /// Calls that may come at once after a pause; nil for as many as a minute has.
    public var burst: Int?
    /// Calls in 24 hours beyond which the gateway answers 403; nil for no limit. The recommendation is 5,000.
    public var callsPerDay: Int?
    /// Whether the answer to a refused call has a `Retry-After` header. Not all gateways send one.
    public var sendsRetryAfter = true

    /// What goes wrong on purpose.
    public var faults: [FaultRule] = []

    /// Rows of each kind whose text is kept for the next list that shows them. In process it is cheaper to write them again.
    var writtenRows = 0

    /// How the sandbox waits, in seconds: in its own turn, so that who goes on does so at once. Tests count here instead of
    /// waiting.
    var sleep: @Sendable (Double, isolated Sandbox) async -> Void = { seconds, _ in
        try? await Task.sleep(for: .seconds(seconds))
    }

    public init() {}
}
