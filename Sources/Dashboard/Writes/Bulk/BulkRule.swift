import FoundationEssentials
import Marketplace

/// What can be done to many subscriptions at once.
enum BulkAct: String, CaseIterable, Sendable {
    case units, autoRenew, cancellation

    /// The same act on one subscription.
    var single: SubscriptionAct {
        switch self {
        case .units: .units
        case .autoRenew: .autoRenew(nil)
        case .cancellation: .cancellation
        }
    }

    /// The form for one subscription.
    var form: FormKind {
        switch self {
        case .units: .units
        case .autoRenew: .autoRenew
        case .cancellation: .cancellation
        }
    }

    var title: String {
        switch self {
        case .units: "change of units"
        case .autoRenew: "automatic renewal"
        case .cancellation: "cancellation"
        }
    }

    /// What it does, for the tab band.
    var doing: String {
        switch self {
        case .units: "change units"
        case .autoRenew: "auto-renew"
        case .cancellation: "cancel subscriptions"
        }
    }

    /// What it does to subscriptions, after "to".
    var verb: String {
        switch self {
        case .units: "change"
        case .autoRenew: "switch"
        case .cancellation: "END"
        }
    }

    /// Calls that one row costs from its first look to its answer, about; a dry run is made twice.
    var callsPerRow: Int {
        switch self {
        case .units, .cancellation: 10
        case .autoRenew: 6
        }
    }
}

/// What shall become of every row of a bulk change.
enum BulkRule: Equatable, Sendable {
    /// - Parameter numbers: What the PO numbers of its orders begin with.
    case units(UnitsRule, waitsForRenewal: Bool, numbers: String)
    case autoRenew(Bool)
    case cancellation(numbers: String)

    /// What it asks for on one subscription, or why it cannot.
    /// - Parameter place: The row's number, from 1; it ends the PO number, so that a row has the same however often it is
    ///   looked at.
    func intent(on detail: SubscriptionDetail, place: Int, _ model: Model) -> Result<WriteIntent, Refusal> {
        let row = detail.subscription
        switch self {
        case .units(let rule, let waits, let numbers):
            guard let product = detail.products.first else {
                return .failure(Refusal("No products of it are reported, so no units can be changed."))
            }
            guard detail.products.count == 1 else {
                return .failure(
                    Refusal("It holds \(detail.products.count) products: change their units one by one."))
            }
            guard let held = product.quantity else {
                return .failure(Refusal("The present number of units is not reported."))
            }
            let total = rule.total(from: held)
            if let objection = Rules.objection(toTotal: total, from: held, on: row.id) {
                return .failure(Refusal(objection.reason, model))
            }
            return .success(
                .place(
                    .change(
                        ChangeOrder(
                            of: detail, product, total: total, poNumber: "\(numbers)-\(place)",
                            waitsForRenewal: waits))))
        case .autoRenew(let wanted):
            if let objection = Rules.objection(toAutoRenew: wanted, on: row) {
                return .failure(Refusal(objection.reason, model))
            }
            return .success(.change(row, SubscriptionChanges(autoRenews: wanted)))
        case .cancellation(let numbers):
            return .success(
                .place(
                    .cancellation(
                        SubscriptionOrder(
                            customer: row.customer, subscription: row.id, poNumber: "\(numbers)-\(place)"))))
        }
    }

    /// What it does to each subscription.
    var act: SubscriptionAct {
        switch self {
        case .units: .units
        case .autoRenew(let wanted): .autoRenew(wanted)
        case .cancellation: .cancellation
        }
    }

    /// Whether the marketplace prices it.
    var isOrder: Bool { if case .autoRenew = self { false } else { true } }

    /// What it says: `Units +3, at once`.
    var words: String {
        switch self {
        case .units(let rule, let waits, _):
            "Units \(rule.isDifference ? rule.words : "→ \(rule.words)"), \(waits ? "at the renewal" : "at once")"
        case .autoRenew(let wanted): "Auto-renew → \(wanted ? "on" : "off")"
        case .cancellation: "End at once"
        }
    }
}

extension Refusal {
    /// What the rule book says of a row.
    fileprivate init(_ reason: Objection.Reason, _ model: Model) {
        self.init(reason.sentence(model.keymap, isNamed: true))
    }
}

/// What a subscription is and what the rule makes of it, for a line and for the totals.
struct BulkFigures: Equatable, Sendable {
    /// As columns show it: units, `on`, `active`.
    var before = ""
    var after = ""
    var units: (before: Int, after: Int)?
    /// Charged each billing period.
    var charge: (before: Money, after: Money)?
    var rhythm: Period?
    /// What the marketplace estimates for the order itself.
    var price: Money?

    var difference: Int? { units.map { $0.after - $0.before } }

    static func == (left: Self, right: Self) -> Bool {
        left.before == right.before && left.after == right.after && left.price == right.price
            && left.rhythm == right.rhythm && left.units?.before == right.units?.before
            && left.units?.after == right.units?.after && left.charge?.before == right.charge?.before
            && left.charge?.after == right.charge?.after
    }
}

extension BulkRule {
    func figures(of detail: SubscriptionDetail) -> BulkFigures {
        var figures = BulkFigures()
        let row = detail.subscription
        let held = detail.quantity
        figures.rhythm = row.billingPeriod
        switch self {
        case .units(let rule, _, _):
            guard let held else {
                // `27+`: that many of the first product, and others.
                let first = detail.products.count > 1 ? detail.products[0].quantity : nil
                return BulkFigures(before: first.map { "\(grouped($0))+" } ?? "")
            }
            let total = rule.total(from: held)
            (figures.before, figures.after) = (grouped(held), grouped(total))
            figures.units = (held, total)
            if let each = detail.products.first?.unitPrice, let now = detail.totalPrice,
                each.times(Decimal(held)) == now
            {
                figures.charge = (now, each.times(Decimal(total)))
            }
        case .autoRenew(let wanted):
            figures.before = row.autoRenews.map { $0 ? "on" : "off" } ?? ""
            figures.after = wanted ? "on" : "off"
        case .cancellation:
            figures.before = row.status.word
            figures.after = "ended"
            if let held { figures.units = (held, 0) }
            if let now = detail.totalPrice { figures.charge = (now, Money(0, now.currency)) }
        }
        return figures
    }
}
