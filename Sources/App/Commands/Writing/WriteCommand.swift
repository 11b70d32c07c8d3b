import Marketplace
import MarketplaceClient

/// A command that may change something. The review, the intent, the sending and what is said of it are the same for all; a
/// command only says what it writes.
struct WriteCommand: Sendable {
    var path: [String]
    var summary: String
    /// As ``CommandDefinition/argument``.
    var argument: String?
    /// Those that say what to write.
    var options: [OptionDefinition] = []
    /// What `--yes` needs to be given of what was seen; empty where only an intent will do.
    var expects: [Expectation.Key]
    var calls = "5-45"
    /// Whether an order comes of it, which can be waited for.
    var makesOrder = true
    var examples: [String]
    /// What its review has in JSON beside that of all others.
    var fields: [FieldDefinition] = []
    /// What the words ask for, from fresh answers. Changes nothing.
    var intent: @Sendable (_ session: WriteSession, _ poNumber: String) async throws -> WriteIntent

    var name: String { "souk " + path.joined(separator: " ") }

    /// For parsing, help and `commands --json`.
    var definition: CommandDefinition {
        var all = options + WriteOptions.agreeing(to: expects)
        if makesOrder { all.append(WriteOptions.wait) }
        all += [CommonOptions.json] + CommonOptions.reading + CommonOptions.messages + CommonOptions.marketplace
        return CommandDefinition(
            path: path, summary: summary, argument: argument, options: all + CommonOptions.help, calls: calls,
            schema: "schemas/v1/\(path.joined(separator: "-")).json",
            fields: ReviewJSON.definitions + ResultJSON.definitions + self.fields,
            isList: false, columns: [], filterColumns: [], examples: examples, isLocal: false, writes: true,
            expects: expects.map(\.rawValue)
        ) { arguments in
            try WriteRun.perform(self, arguments)
        }
    }
}

/// The options of every command that writes. None has a short form, and none can be set anywhere else.
enum WriteOptions {
    static func agreeing(to keys: [Expectation.Key]) -> [OptionDefinition] {
        var options = [
            OptionDefinition("yes", "Send it. Without, the review is printed and nothing is sent."),
            OptionDefinition("intent", value: "ID", "What a review showed, as that review named it; it is sent once."),
            OptionDefinition(
                "accept", value: "WARNING", values: warnings, repeats: true,
                "Send it although the review has this warning."),
        ]
        if !keys.isEmpty {
            options.append(
                OptionDefinition(
                    "expect", value: "KEY=VALUE", repeats: true,
                    "What was seen, in the place of an intent: \(keys.map(\.rawValue).joined(separator: ", "))."))
        }
        if keys.contains(.total) {
            options.append(OptionDefinition("expect-total", value: "MONEY", "The same as --expect total=MONEY."))
        }
        return options
    }

    static let wait = OptionDefinition(
        "wait", value: "DURATION", "Follow the order until it has ended, at most so long: 30s, 10m, 2h.")

    static let atRenewal = OptionDefinition("at-renewal", "Let the change wait for the renewal.")

    /// The names of warnings.
    static let warnings =
        [
            DryRun.Check.Name.duplicate, .poUsed, .openOrder, .unsettledNeighbour, .onHold, .noAdministrator, .namesake,
            .uncompared, .unknownStatus, .marketplaceStatus, .windowClosed, .belowCost, .otherCurrency,
        ].map(\.rawValue)
}
