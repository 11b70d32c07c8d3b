import Marketplace
import Screen

/// Changes of a subscription that are no orders, in a review.
extension ReviewWords {
    mutating func describe(
        _ changes: SubscriptionChanges, of detail: SubscriptionDetail?, _ subscription: Subscription, _ model: Model
    ) {
        let row = detail?.subscription ?? subscription
        for product in detail?.products ?? [] {
            let units = product.quantity.map { "\(grouped($0)) x " } ?? ""
            things.append(Thing(name: units + product.title, exact: Self.exact(product)))
        }
        if things.isEmpty { things = [Thing(name: row.title, exact: "")] }
        addSubscription(detail, subscription.id)
        if let wanted = changes.autoRenews { return describe(autoRenew: wanted, row, detail) }
        let before = detail?.attributes ?? changes.attributesBefore ?? [:]
        for (name, value) in (changes.attributes ?? [:]).sorted(by: { $0.key < $1.key }) where before[name] != value {
            self.changes.append(Change(label: name, before: before[name] ?? "none", after: value))
        }
        if changes.attributes != nil { rest = "in its attributes" }
        if let prices = changes.prices, let detail { return describe(prices, of: detail) }
        button = "Change it"
    }

    /// What is typed before prices are sent: the amount itself where it is the only one.
    static func phrase(of prices: [SpecialPrice]) -> String {
        let amounts = prices.flatMap { price in PriceAnswer.Kind.allCases.compactMap(price.amount) }
        guard amounts.count == 1, !amounts[0].hasTiers else { return "prices" }
        return amounts[0].text
    }

    private mutating func describe(_ prices: [SpecialPrice], of detail: SubscriptionDetail) {
        let answer = PriceAnswer(prices, of: detail)
        (rest, hasChangesFirst) = ("in its prices", true)
        for part in answer.parts {
            let (before, after) = (part.before, part.after)
            if detail.products.count == 1, let before, !before.hasTiers, !after.hasTiers, let more = part.difference {
                table.add(
                    part.kind.word, before.unit(of: 1).bare, after.unit(of: 1).bare, more.signed, note: more.currency)
            } else {
                let name = detail.products.count > 1 ? "\(part.product.mpn) " : ""
                changes.append(
                    Change(
                        label: part.kind.word, before: name + (before?.words ?? "not reported"), after: after.words))
            }
        }
        table.add(answer.month, "a month")
        if answer.term != answer.billing || answer.billing?.months != 1 {
            table.add(answer.wholeTerm, "a term", hasCost: false)
        }
        if Self.phrase(of: prices) != "prices" { asks = "the new \(answer.parts.first?.kind.word ?? "amount")" }
        button = "Set the price"
    }

    private mutating func describe(autoRenew wanted: Bool, _ row: Subscription, _ detail: SubscriptionDetail?) {
        let words = { (on: Bool?) in on.map { $0 ? "on" : "off" } ?? "not reported" }
        table.add("auto-renew", words(row.autoRenews), words(wanted))
        let product = detail?.products.count == 1 ? detail?.products.first : nil
        if let rate = product?.rates.price {
            facts.append(("rate", "\(rate)" + (row.billingPeriod.map { " \($0.each)" } ?? "")))
        }
        var after = row
        after.autoRenews = wanted
        let units = detail?.quantity.map { counted($0, "unit") } ?? ""
        if wanted {
            then = Self.then(after, units, product?.rates ?? Rates()) + ", at the price of that day"
        } else {
            then = "ends" + (row.termEnd.map { " \($0.spoken)" } ?? " with its term")
        }
        button = wanted ? "Switch it on" : "Switch it off"
        // The sentence above says what happens on which day.
        dates = []
    }
}
