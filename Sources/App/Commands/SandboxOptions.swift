import ArgumentParser
import FoundationEssentials
import Marketplace
import MarketplaceSandbox

/// What the embedded marketplace holds and how it behaves.
struct SandboxOptions: ParsableArguments {
    @Option(help: "The number that the sandbox's data is made from.")
    var seed: UInt64 = 1

    @Option(help: "A fixed time for the sandbox, as 2026-11-20T14:00:00Z; nothing advances then.")
    var now: Instant?

    @Option(help: "Resellers, 1 to 1000000.")
    var resellers = 12

    @Option(help: "Customers, 1 to 1000000.")
    var customers = 400

    @Option(help: "Subscriptions, 1 to 1000000.")
    var subscriptions = 1_500

    @Option(help: "Orders, 1 to 1000000.")
    var orders = 3_000

    @Option(help: "Catalogue rows, 1 to 1000000.")
    var products = 900

    @Option(help: "Seconds that an order takes from placing to completion.")
    var orderSeconds = 2.0

    @Option(help: "Seconds until the 504 that answers an order of TIMEOUT-1, which is taken all the same.")
    var gatewayTimeoutSeconds = 2.0

    @Option(help: "Seconds that the address of a report's file is good for.")
    var downloadSeconds = 3_600

    @Option(help: "Days from the end of a subscription until it counts as removed.")
    var removalDays = 30

    @Option(help: "Calls a minute that the sandbox takes before it answers 429.")
    var callsPerMinute: Int?

    @Option(
        help: "Calls that may come at once after a pause, with --calls-per-minute (default: as many as a minute has).")
    var burst: Int?

    @Option(help: "Calls a day that the sandbox takes before it answers 403.")
    var callsPerDay: Int?

    @Option(
        help: "Something that goes wrong on purpose, for example 'POST /orders: 504 after-effect every 3'; repeatable.")
    var fault: [FaultRule] = []

    @Option(help: "What an unknown id answers: 404 or 400.")
    var notFoundStatus = 404

    @Option(help: "What an expired token answers: 401 or 403.")
    var expiredTokenStatus = 401

    @Option(help: "Seconds that a token is good for.")
    var tokenSeconds = 1_500

    @Flag(help: "Leave all but id, name and status out of lists of customers.")
    var shortCustomerRows = false

    @Flag(help: "Answer 400 to query parameters that an operation does not have; they are ignored otherwise.")
    var refuseUnknownFilters = false

    @Flag(help: "Answer 400 to ids that come as numbers in requests; they are taken otherwise.")
    var refuseNumericIds = false

    @Flag(help: "Answer limit=0 with an empty page and the total; it is 400 otherwise.")
    var takeLimitZero = false

    @Flag(help: "Take any password for a new login; otherwise it needs 7 characters of all four kinds.")
    var takeAnyPassword = false

    @Flag(help: "Refuse calls beyond the limits without saying when to come again.")
    var noRetryAfter = false

    func validate() throws {
        for (name, value) in [
            ("--calls-per-minute", callsPerMinute), ("--calls-per-day", callsPerDay), ("--burst", burst),
        ] {
            if let value, value < 1 { throw ValidationError("\(name) must be at least 1, not \(value).") }
        }
        if burst != nil, callsPerMinute == nil {
            throw ValidationError(
                "--burst needs --calls-per-minute: without it nothing limits how many calls come at once.")
        }
        guard [400, 404].contains(notFoundStatus) else {
            throw ValidationError("--not-found-status must be 404 or 400, not \(notFoundStatus).")
        }
        guard [401, 403].contains(expiredTokenStatus) else {
            throw ValidationError("--expired-token-status must be 401 or 403, not \(expiredTokenStatus).")
        }
        let counts = [
            ("--resellers", resellers), ("--customers", customers), ("--subscriptions", subscriptions),
            ("--orders", orders), ("--products", products), ("--token-seconds", tokenSeconds),
            ("--download-seconds", downloadSeconds), ("--removal-days", removalDays),
        ]
        for (name, value) in counts where !(1...1_000_000).contains(value) {
            throw ValidationError("\(name) must be from 1 to 1000000, not \(value).")
        }
        for (name, value) in [("--order-seconds", orderSeconds), ("--gateway-timeout-seconds", gatewayTimeoutSeconds)]
        where !(value >= 0 && value < 1_000_000) {
            throw ValidationError("\(name) must be a number of seconds from 0 to below 1000000, not \(value).")
        }
    }

    var configuration: SandboxConfiguration {
        var configuration = SandboxConfiguration()
        configuration.seed = seed
        configuration.resellers = resellers
        configuration.customers = customers
        configuration.subscriptions = subscriptions
        configuration.orders = orders
        configuration.products = products
        configuration.orderSeconds = orderSeconds
        configuration.gatewayTimeoutSeconds = gatewayTimeoutSeconds
        configuration.downloadSeconds = downloadSeconds
        configuration.removalDays = removalDays
        configuration.callsPerMinute = callsPerMinute
        configuration.burst = burst
        configuration.callsPerDay = callsPerDay
        configuration.faults = fault
        configuration.notFoundStatus = notFoundStatus
        configuration.expiredTokenStatus = expiredTokenStatus
        configuration.tokenSeconds = tokenSeconds
        configuration.hasShortCustomerRows = shortCustomerRows
        configuration.ignoresUnknownFilters = !refuseUnknownFilters
        configuration.takesNumericIDs = !refuseNumericIds
        configuration.takesLimitZero = takeLimitZero
        configuration.takesAnyPassword = takeAnyPassword
        configuration.sendsRetryAfter = !noRetryAfter
        if let now {
            let date = Date(timeIntervalSince1970: Double(now.millisecondsSince1970) / 1000)
            configuration.now = { date }
        }
        return configuration
    }
}

extension Instant: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}

extension FaultRule: ExpressibleByArgument {
    public init?(argument: String) {
        do {
            try self.init(fault: argument)
        } catch {
            printError("souk: \(error)")
            return nil
        }
    }
}
