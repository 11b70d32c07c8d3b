import FoundationEssentials
import Marketplace
import MarketplaceClient

/// What of a subscription is changed without an order: its prices and its attributes.
enum SubscriptionEdits {
    static var all: [CommandDefinition] { [specialPrices, edit].map(\.definition) }

    private static let amounts: [(option: String, kind: PriceAnswer.Kind)] = [
        ("price", .price), ("cost", .cost), ("provider-cost", .providerCost),
    ]

    static let specialPrices = WriteCommand(
        path: ["subscriptions", "special-prices"],
        summary: "Set unit price and costs of a subscription's product, other than the catalogue's.", argument: "ID",
        options: [
            OptionDefinition(
                "price", value: "AMOUNT",
                "What the customer pays for a unit: 20.00EUR, or by quantity '1-9: 20.00, 10-: 18.50 EUR'."),
            OptionDefinition("cost", value: "AMOUNT", "What the reseller pays for a unit, in the same form."),
            OptionDefinition("provider-cost", value: "AMOUNT", "What the provider pays for a unit, in the same form."),
            OptionDefinition("mpn", value: "MPN", "Which product, where the subscription holds several."),
            OptionDefinition("product", value: "ID", "The same by its catalogue id, where several have the MPN."),
        ], expects: [], calls: "3-5", makesOrder: false,
        examples: [
            "souk subscriptions special-prices 1000917 --price 20.00",
            "souk subscriptions special-prices 1000917 --price '1-9: 20.00, 10-: 18.50' --cost 16.00EUR --json",
        ], fields: [PriceJSON.definition]
    ) { session, _ in
        let arguments = session.arguments
        guard amounts.contains(where: { arguments.has($0.option) }) else {
            throw CommandError(
                .usage, "special-prices needs --price, --cost or --provider-cost.", hint: "For example: --price 20.00")
        }
        let detail = try await SubscriptionCommands.detail(session)
        let product = try SubscriptionCommands.product(of: detail, arguments)
        guard let place = detail.products.firstIndex(of: product), detail.target(of: place) != nil else {
            throw CommandError(
                .checkRefused, "Not sent: neither MPN nor id tells the product from the others of the subscription.",
                hint: "Set its prices in the marketplace's panel.")
        }
        var wanted: [PriceAnswer.Wanted] = []
        for (option, kind) in amounts {
            guard let text = arguments.value(option) else { continue }
            let currency = product.amount(kind)?.amount.currency ?? product.unitPrice?.currency
            switch TypedPrice.read(text, currency: currency, units: product.quantity) {
            case .success(let amount): wanted.append(.init(place: place, kind: kind, amount: amount))
            case .failure(let problem):
                throw CommandError(.badValue, "--\(option) '\(text)' is no amount.", hint: problem.text)
            }
        }
        return .change(
            detail.subscription, SubscriptionChanges(prices: PriceAnswer.prices(wanted, of: detail)))
    }

    static let edit = WriteCommand(
        path: ["subscriptions", "edit"],
        summary: "Give attributes of a subscription new values, or add some; the API says of no way to take one away.",
        argument: "ID",
        options: [
            OptionDefinition(
                "attribute", value: "NAME=VALUE", repeats: true, "Give this attribute this value; others stay.")
        ], expects: [], calls: "3-5", makesOrder: false,
        examples: [
            "souk subscriptions edit 1000917 --attribute costCentre=4711",
            "souk subscriptions edit 1000917 --attribute costCentre=4711 --attribute 'project=New office' --json",
        ]
    ) { session, _ in
        let given = try attributes(session.arguments.all("attribute"))
        let detail = try await SubscriptionCommands.detail(session)
        return .change(
            detail.subscription,
            SubscriptionChanges(
                attributes: detail.attributes.merging(given) { _, latest in latest },
                attributesBefore: detail.attributes))
    }

    private static func attributes(_ texts: [String]) throws(CommandError) -> Attributes {
        var attributes: Attributes = [:]
        for text in texts {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, !parts[0].isEmpty else {
                throw CommandError(.badValue, "'\(text)' is no --attribute.", hint: "Write NAME=VALUE.")
            }
            guard !parts[1].isEmpty else {
                throw CommandError(
                    .badValue, "--attribute \(parts[0]) has no value.",
                    hint: "The API does not say how an attribute is taken away, so souk offers no way: write a value.")
            }
            guard attributes.updateValue(parts[1], forKey: parts[0]) == nil else {
                throw CommandError(.usage, "--attribute \(parts[0]) was given twice.", hint: "Leave one out.")
            }
        }
        guard !attributes.isEmpty else {
            throw CommandError(
                .usage, "subscriptions edit needs --attribute NAME=VALUE.",
                hint: "For example: --attribute costCentre=4711")
        }
        return attributes
    }
}

/// What prices change, as an object for scripts.
enum PriceJSON {
    private static let tiered = Shape<TieredMoney>([
        Shape.part("amount", .money, null: false) { .amount($0.amount) },
        Shape.part("tiers", .list(tiers.type), null: false) { tiers.list($0.hasTiers ? $0.tiers : []) },
    ])

    private static let tiers = Shape<TieredMoney.Tier>([
        Shape.part("amount", .decimal, null: false) { .decimal($0.amount) },
        Shape.part("from", .decimal, null: false) { .decimal($0.from) },
    ])

    private static let part = Shape<PriceAnswer.Part>([
        Shape.part("after", tiered.type, null: false) { tiered.object($0.after) },
        Shape.part("before", tiered.type) { $0.before.map(tiered.object) ?? .null },
        Shape.part("kind", .word(PriceAnswer.Kind.allCases.map(\.rawValue)), null: false) { .string($0.kind.rawValue) },
        Shape.part("mpn", .text) { .text($0.product.mpn.isEmpty ? nil : $0.product.mpn) },
        Shape.part("productId", .id) { .id($0.product.product) },
    ])

    private static let rates = Shape<Rates>([
        Shape.part("cost", .money) { .money($0.cost) },
        Shape.part("margin", .money) { .money($0.margin?.amount) },
        Shape.part("marginPercent", .decimal) { .number($0.margin?.percent) },
        Shape.part("price", .money) { .money($0.price) },
    ])

    private static let sums = Shape<PriceAnswer.Sums>([
        Shape.part("after", rates.type, null: false) { rates.object($0.after) },
        Shape.part("before", rates.type, null: false) { rates.object($0.before) },
    ])

    private static let answer = Shape<PriceAnswer>([
        Shape.part("amounts", .list(part.type), null: false) { part.list($0.parts) },
        Shape.part("month", sums.type, null: false) { sums.object($0.month) },
        Shape.part("notKnown", .list(.text), null: false) { .texts($0.gaps) },
        Shape.part("term", sums.type, null: false) { sums.object($0.wholeTerm) },
    ])

    static let definition = FieldDefinition("prices", answer.type, presence: .whenRead)

    /// Nil for a write of something else.
    static func json(_ run: DryRun) -> JSON? {
        run.priceAnswer.flatMap { answer.object($0).json }
    }
}

extension DryRun {
    /// What the prices of its intent change; nil for a write of something else.
    var priceAnswer: PriceAnswer? {
        guard case .change(_, let changes) = intent, let prices = changes.prices, let subscription else { return nil }
        return PriceAnswer(prices, of: subscription)
    }
}
