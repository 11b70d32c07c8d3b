/// A unit price that was set instead of the list price, with tiers where they were sent (`TieredPrice`).
struct SpecialPrice: Sendable {
    struct Tier: Sendable {
        var from: Amount
        var amount: Amount
    }

    var money: Money
    var tiers: [Tier] = []

    /// What a unit costs when there are so many.
    func unit(at quantity: Int) -> Money {
        let amount = tiers.last { $0.from <= Amount(units: Int64(quantity) &* 10_000) }?.amount
        return Money(amount: amount ?? money.amount, currency: money.currency)
    }
}

/// The special prices of one product of a subscription.
struct SpecialPrices: Sendable {
    var price: SpecialPrice?
    var cost: SpecialPrice?
    var providerCost: SpecialPrice?
}

extension Fields {
    /// Money in the currency of the account that it is for, not below zero.
    func price(_ field: String, in currency: String) throws(Refusal) -> SpecialPrice? {
        guard let fields = try object(field) else { return nil }
        let named = try fields.requiredText("currency")
        guard named == currency else {
            throw .badRequest("\(fields.name("currency")): must be \(currency), the currency of the account")
        }
        var price = SpecialPrice(money: Money(amount: try fields.amount("amount"), currency: currency))
        for tier in try fields.objects("priceTiers") {
            price.tiers.append(.init(from: try tier.amount("lowerLimit"), amount: try tier.amount("amount")))
        }
        price.tiers.sort { $0.from < $1.from }
        return price
    }

    private func amount(_ field: String) throws(Refusal) -> Amount {
        guard let amount = Amount(try requiredText(field)), amount >= .zero else {
            throw .badRequest("\(name(field)): must be an amount of 0 or more with at most four decimals")
        }
        return amount
    }
}

extension JSONWriter {
    mutating func field(_ name: StaticString, _ price: SpecialPrice) {
        object(name) { json in
            json.field("currency", price.money.currency)
            json.field("amount", price.money.amount)
            guard !price.tiers.isEmpty else { return }
            json.array("priceTiers", price.tiers) { json, tier in
                json.object { json in
                    json.field("lowerLimit", tier.from.text)
                    json.field("amount", tier.amount)
                }
            }
        }
    }
}
