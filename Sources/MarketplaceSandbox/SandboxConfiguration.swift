import FoundationEssentials

/// What a sandbox holds and how it behaves. The defaults are the marketplace that people, tests and pictures know.
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

    /// Seconds from placing an order to its end: submitted for the first quarter, then processing, then completed.
    public var orderSeconds: Double = 2
    /// Seconds that the gateway lets the caller of a `TIMEOUT-1` order wait before it answers 504.
    public var gatewayTimeoutSeconds: Double = 2
    /// Seconds that a token is good for.
    public var tokenSeconds = 1_500

    public init() {}
}
