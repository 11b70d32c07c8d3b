import FoundationEssentials
import Marketplace
import MarketplaceSandbox

/// What the embedded marketplace holds and how it behaves, by the options of a command.
struct SandboxOptions: Sendable {
    private(set) var configuration = SandboxConfiguration()
    /// The fixed time; nil while the clock runs.
    private(set) var now: Instant?

    init() {}

    /// - Throws: The first value that makes no sense, with what would.
    init(_ arguments: ParsedArguments) throws(CommandError) {
        for setting in Self.settings {
            for value in arguments.all(setting.option.name) { try setting.take(value, &self) }
        }
        if configuration.burst != nil, configuration.callsPerMinute == nil {
            throw CommandError(
                .badValue, "--burst needs --calls-per-minute.",
                hint: "Without it nothing limits how many calls come at once.")
        }
        if let now {
            let date = Date(timeIntervalSince1970: Double(now.millisecondsSince1970) / 1000)
            configuration.now = { date }
        }
    }

    static let definitions = settings.map(\.option)
}

extension SandboxOptions {
    /// An option, and what its value changes.
    private struct Setting: Sendable {
        var option: OptionDefinition
        var take: @Sendable (String, inout SandboxOptions) throws(CommandError) -> Void
    }

    private typealias Path<Value> = WritableKeyPath<SandboxConfiguration, Value> & Sendable

    private static let settings: [Setting] = [
        Setting(
            option: OptionDefinition(
                "seed", value: "N", "The number that the sandbox's data is made from (default: 1).")
        ) { text, options throws(CommandError) in
            guard let seed = UInt64(text) else { throw wrongNumber(text, "--seed") }
            options.configuration.seed = seed
        },
        Setting(
            option: OptionDefinition(
                "now", value: "MOMENT",
                "A fixed time for the sandbox, as 2026-11-20T14:00:00Z; nothing advances then.")
        ) { text, options throws(CommandError) in options.now = try TypedValue.now(text) },
        number("resellers", \.resellers, "Resellers, 1 to 1000000"),
        number("customers", \.customers, "Customers, 1 to 1000000"),
        number("subscriptions", \.subscriptions, "Subscriptions, 1 to 1000000"),
        number("orders", \.orders, "Orders, 1 to 1000000"),
        number("products", \.products, "Catalogue rows, 1 to 1000000"),
        seconds("order-seconds", \.orderSeconds, "Seconds that an order takes from placing to completion"),
        seconds(
            "gateway-timeout-seconds", \.gatewayTimeoutSeconds,
            "Seconds until the 504 that answers an order of TIMEOUT-1, which is taken all the same"),
        number("download-seconds", \.downloadSeconds, "Seconds that the address of a report's file is good for"),
        number("removal-days", \.removalDays, "Days from the end of a subscription until it counts as removed"),
        limit(
            "calls-per-minute", \.callsPerMinute, "Calls a minute that the sandbox takes before it answers 429."),
        limit(
            "burst", \.burst,
            "Calls that may come at once after a pause, with --calls-per-minute (default: as many as a minute has)."),
        limit("calls-per-day", \.callsPerDay, "Calls a day that the sandbox takes before it answers 403."),
        Setting(
            option: OptionDefinition(
                "fault", value: "RULE", repeats: true,
                "Something that goes wrong on purpose, for example 'POST /orders: 504 after-effect every 3'; "
                    + "repeatable.")
        ) { text, options throws(CommandError) in
            do throws(FaultRule.Problem) {
                options.configuration.faults.append(try FaultRule(fault: text))
            } catch {
                throw CommandError(
                    .badValue, "--fault cannot be read:",
                    lines: error.description.split(separator: "\n").map(String.init))
            }
        },
        status("not-found-status", \.notFoundStatus, [404, 400], "What an unknown id answers."),
        status("expired-token-status", \.expiredTokenStatus, [401, 403], "What an expired token answers."),
        number("token-seconds", \.tokenSeconds, "Seconds that a token is good for"),
        flag("short-customer-rows", "Leave all but id, name and status out of lists of customers.") {
            $0.hasShortCustomerRows = true
        },
        flag(
            "refuse-unknown-filters",
            "Answer 400 to query parameters that an operation does not have; they are ignored otherwise."
        ) { $0.ignoresUnknownFilters = false },
        flag("refuse-numeric-ids", "Answer 400 to ids that come as numbers in requests; they are taken otherwise.") {
            $0.takesNumericIDs = false
        },
        flag("take-limit-zero", "Answer limit=0 with an empty page and the total; it is 400 otherwise.") {
            $0.takesLimitZero = true
        },
        flag(
            "take-any-password",
            "Take any password for a new login; otherwise it needs 7 characters of all four kinds."
        ) { $0.takesAnyPassword = true },
        flag("no-retry-after", "Refuse calls beyond the limits without saying when to come again.") {
            $0.sendsRetryAfter = false
        },
    ]

    /// A number of things, of which a marketplace has at least one.
    private static func number(_ name: String, _ path: Path<Int>, _ summary: String) -> Setting {
        let usual = SandboxConfiguration()[keyPath: path]
        let option = OptionDefinition(name, value: "N", summary + " (default: \(usual)).")
        return Setting(option: option) { text, options throws(CommandError) in
            guard let number = Int(text) else { throw wrongNumber(text, "--\(name)") }
            guard (1...1_000_000).contains(number) else {
                throw CommandError(.badValue, "--\(name) must be from 1 to 1000000, not \(number).")
            }
            options.configuration[keyPath: path] = number
        }
    }

    private static func limit(_ name: String, _ path: Path<Int?>, _ summary: String) -> Setting {
        Setting(option: OptionDefinition(name, value: "N", summary)) { text, options throws(CommandError) in
            guard let number = Int(text) else { throw wrongNumber(text, "--\(name)") }
            guard number >= 1 else { throw CommandError(.badValue, "--\(name) must be at least 1, not \(number).") }
            options.configuration[keyPath: path] = number
        }
    }

    private static func seconds(_ name: String, _ path: Path<Double>, _ summary: String) -> Setting {
        let usual = SandboxConfiguration()[keyPath: path]
        let option = OptionDefinition(name, value: "SECONDS", summary + " (default: \(usual)).")
        return Setting(option: option) { text, options throws(CommandError) in
            guard let seconds = Double(text), seconds >= 0, seconds < 1_000_000 else {
                throw CommandError(
                    .badValue, "--\(name) must be a number of seconds from 0 to below 1000000, not \(text).")
            }
            options.configuration[keyPath: path] = seconds
        }
    }

    /// A status of HTTP, of which the first is the usual one.
    private static func status(_ name: String, _ path: Path<Int>, _ values: [Int], _ summary: String) -> Setting {
        let option = OptionDefinition(name, value: "STATUS", values: values.map(String.init), summary)
        return Setting(option: option) { text, options throws(CommandError) in
            options.configuration[keyPath: path] = Int(text) ?? values[0]
        }
    }

    private static func flag(
        _ name: String, _ summary: String, _ set: @escaping @Sendable (inout SandboxConfiguration) -> Void
    ) -> Setting {
        Setting(option: OptionDefinition(name, summary)) { _, options throws(CommandError) in
            set(&options.configuration)
        }
    }

    private static func wrongNumber(_ text: String, _ option: String) -> CommandError {
        CommandError(.badValue, "'\(text)' is no whole number for \(option).")
    }
}
