import FoundationEssentials
import Marketplace
import MarketplaceClient

/// What can be done to a subscription: `souk subscriptions set-units` and its neighbours.
enum SubscriptionCommands {
    static var all: [CommandDefinition] {
        [setUnits, addUnits, autoRenew, renew, cancel, switchPlan].map(\.definition) + SubscriptionEdits.all
    }

    private static let po = OptionDefinition("po", value: "NUMBER", "Your reference; without it souk makes one.")
    private static let mpn = OptionDefinition(
        "mpn", value: "MPN", "Which product, where the subscription holds several.")

    static let setUnits = WriteCommand(
        path: ["subscriptions", "set-units"], summary: "Change how many units a subscription holds: the new total.",
        argument: "ID N", options: [mpn, WriteOptions.atRenewal, po], expects: [.total],
        examples: [
            "souk subscriptions set-units 1000917 28",
            "souk subscriptions set-units 1000917 28 --yes --expect-total 24.72EUR --wait 10m",
        ]
    ) { session, number in
        let total = try count(session, 1...)
        return try await change(session, number) { _ in total }
    }

    static let addUnits = WriteCommand(
        path: ["subscriptions", "add-units"],
        summary: "Change how many units a subscription holds: how many more, or with -- -N how many fewer.",
        argument: "ID N", options: [mpn, WriteOptions.atRenewal, po], expects: [.total, .units],
        examples: [
            "souk subscriptions add-units 1000917 3",
            "souk subscriptions add-units 1000917 --yes --expect units=25 --expect-total 0EUR -- -2",
        ]
    ) { session, number in
        let difference = try count(session, (-1_000_000_000)...)
        return try await change(session, number) { held in held + difference }
    }

    static let autoRenew = WriteCommand(
        path: ["subscriptions", "auto-renew"], summary: "Switch automatic renewal on or off.", argument: "ID on|off",
        expects: [.status, .auto], calls: "2-4", makesOrder: false,
        examples: [
            "souk subscriptions auto-renew 1000917 off",
            "souk subscriptions auto-renew 1000917 off --yes --expect status=active --expect auto=on",
        ]
    ) { session, _ in
        let word = session.arguments.positionals.last ?? ""
        guard ["on", "off"].contains(word) else { throw ParsedArguments.wrongWord(word, "auto-renew", ["on", "off"]) }
        return .change(try await detail(session).subscription, SubscriptionChanges(autoRenews: word == "on"))
    }

    static let renew = WriteCommand(
        path: ["subscriptions", "renew"], summary: "Buy one more term of a subscription now.", argument: "ID",
        options: [po], expects: [.total],
        examples: [
            "souk subscriptions renew 1000920", "souk subscriptions renew 1000920 --yes --expect-total 96.00EUR",
        ]
    ) { session, number in
        .place(.renewal(try await order(session, number)))
    }

    static let cancel = WriteCommand(
        path: ["subscriptions", "cancel"], summary: "End a subscription now, by a cancellation order.", argument: "ID",
        options: [po], expects: [.total, .units],
        examples: [
            "souk subscriptions cancel 1000917",
            "souk subscriptions cancel 1000917 --yes --expect units=25 --expect-total 0EUR",
        ]
    ) { session, number in
        .place(.cancellation(try await order(session, number)))
    }

    static let switchPlan = WriteCommand(
        path: ["subscriptions", "switch-plan"], summary: "Move a subscription to another plan or term.", argument: "ID",
        options: [
            OptionDefinition("plan", value: "ID", "The plan to move to."),
            OptionDefinition("term", value: "PERIOD", "Its term: 1m, 1y, 3y."),
            OptionDefinition(
                "start", value: "WORD", values: ["day-of-switch", "old-start"], "From when the new term counts."),
            WriteOptions.atRenewal, po,
        ], expects: [.total],
        examples: [
            "souk subscriptions switch-plan 1000917 --plan 100020 --term 1y",
            "souk subscriptions switch-plan 1000917 --plan 100020 --term 1y --start old-start --json",
        ]
    ) { session, number in
        let arguments = session.arguments
        guard let plan = arguments.value("plan"), let term = arguments.value("term") else {
            throw CommandError(
                .usage, "switch-plan needs --plan ID and --term PERIOD.", hint: "souk plans list shows the plans.")
        }
        let period = try OrderLines.period(term, option: "--term")
        let row = try await detail(session).subscription
        return .place(
            .planSwitch(
                PlanSwitchOrder(
                    customer: row.customer, subscription: row.id,
                    plan: .init(plan.hasPrefix("id:") ? String(plan.dropFirst(3)) : plan), period: period,
                    start: arguments.value("start").map { $0 == "old-start" ? .oldStart : .dayOfSwitch },
                    waitsForRenewal: arguments.has("at-renewal"), poNumber: arguments.value("po") ?? number)))
    }

    // MARK: Parts

    static func detail(_ session: WriteSession) async throws -> SubscriptionDetail {
        let id = try session.read.id(session.arguments.positionals.first ?? "", of: SubscriptionsNoun.words)
        return try await session.client.subscriptions.value(for: .init(id))
    }

    private static func order(_ session: WriteSession, _ number: String) async throws -> SubscriptionOrder {
        let row = try await detail(session).subscription
        return SubscriptionOrder(
            customer: row.customer, subscription: row.id, poNumber: session.arguments.value("po") ?? number)
    }

    private static func count(
        _ session: WriteSession, _ range: PartialRangeFrom<Int>
    ) throws(CommandError) -> Int {
        let text = session.arguments.positionals.last ?? ""
        guard let count = Int(text), count != 0, range.contains(count), count < 1_000_000_000 else {
            throw CommandError(
                .badValue, "'\(text)' is no number of units.",
                hint: range.lowerBound > 0
                    ? "Write a whole number from 1 on." : "Write a whole number: 3, or -2 after --.")
        }
        return count
    }

    /// - Parameter total: The new total, from the units that are held.
    private static func change(
        _ session: WriteSession, _ number: String, _ total: (Int) -> Int
    ) async throws -> WriteIntent {
        let detail = try await detail(session)
        let product = try product(of: detail, session.arguments)
        guard let held = product.quantity else {
            throw CommandError(
                .checkRefused,
                "Not sent: the marketplace does not say how many units subscription \(detail.subscription.id) holds.",
                hint: "Ask again later.")
        }
        return .place(
            .change(
                ChangeOrder(
                    of: detail, product, total: total(held), poNumber: session.arguments.value("po") ?? number,
                    waitsForRenewal: session.arguments.has("at-renewal"))))
    }

    /// The one product that `--mpn` and `--product` leave.
    static func product(
        of detail: SubscriptionDetail, _ arguments: ParsedArguments
    ) throws(CommandError) -> SubscriptionProduct {
        let mpn = arguments.value("mpn")
        let product = arguments.value("product").map { $0.hasPrefix("id:") ? String($0.dropFirst(3)) : $0 }
        let products = detail.products.filter { held in
            (mpn == nil || held.mpn == mpn) && (product == nil || held.product?.rawValue == product)
        }
        let id = detail.subscription.id
        guard let first = products.first else {
            let asked = [mpn.map { "MPN \($0)" }, product.map { "id \($0)" }].compactMap(\.self)
            throw CommandError(
                .notFound,
                "subscription \(id) holds no product\(asked.isEmpty ? "" : " of " + asked.joined(separator: " and ")).",
                hint: "souk subscriptions show \(id) lists its products.")
        }
        guard products.count == 1 else {
            throw CommandError(
                .ambiguous, "subscription \(id) holds \(products.count) products.", hint: "Add --mpn.",
                lines: products.prefix(10).map { "\($0.mpn)  \($0.title)".plainLine },
                details: [
                    "candidates": .list(
                        products.prefix(10).map { ["id": .text($0.mpn), "name": .text($0.title)] }),
                    "count": .number(products.count),
                ])
        }
        return first
    }
}
