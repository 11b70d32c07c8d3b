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

    func validate() throws {
        let sizes = [
            ("--customers", customers), ("--subscriptions", subscriptions), ("--orders", orders),
            ("--products", products),
        ]
        for (name, value) in sizes where !(1...1_000_000).contains(value) {
            throw ValidationError("\(name) must be from 1 to 1000000, not \(value).")
        }
        guard orderSeconds >= 0, orderSeconds < 1_000_000 else {
            throw ValidationError("--order-seconds must be a number of seconds, 0 or more, not \(orderSeconds).")
        }
    }

    var configuration: SandboxConfiguration {
        var configuration = SandboxConfiguration()
        configuration.seed = seed
        configuration.customers = customers
        configuration.subscriptions = subscriptions
        configuration.orders = orders
        configuration.products = products
        configuration.orderSeconds = orderSeconds
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
