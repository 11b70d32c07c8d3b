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
        for (name, value) in (changes.attributes ?? [:]).sorted(by: { $0.key < $1.key }) {
            self.changes.append(Change(label: name, before: detail?.attributes[name] ?? "none", after: value))
        }
        for price in changes.prices ?? [] {
            let target =
                switch price.product {
                case .mpn(let mpn): mpn
                case .product(let id): id.rawValue
                }
            let now = detail?.products.first { $0.mpn == target || $0.product?.rawValue == target }
            let after = (price.unitPrice ?? price.unitCost ?? price.unitProviderCost)?.amount.description
            self.changes.append(
                Change(
                    label: "unit price", before: now?.unitPrice?.description ?? "not reported",
                    after: after ?? "not reported"))
        }
        button = "Change it"
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
