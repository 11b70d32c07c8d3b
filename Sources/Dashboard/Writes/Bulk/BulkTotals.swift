import FoundationEssentials
import Marketplace

/// What the rows of a bulk change come to. Amounts of two currencies are never added, nor those of two rhythms.
struct BulkTotals: Sendable {
    /// What is charged each billing period.
    struct Charge: Equatable, Sendable {
        var rhythm: Period?
        var before: Money
        var after: Money
    }

    private(set) var count = 0
    private(set) var customers = 0
    /// Units, of the rows that report them.
    private(set) var before = 0
    private(set) var after = 0
    private(set) var added = 0
    private(set) var removed = 0
    /// Rows without a single number of units.
    private(set) var uncounted = 0
    /// What the marketplace estimates for the orders, by currency.
    private(set) var prices: [Money] = []
    private(set) var unpriced = 0
    private(set) var charges: [Charge] = []
    /// Rows whose charge after the change cannot be computed.
    private(set) var uncharged = 0
    /// Rows with a warning that the person has seen.
    private(set) var warned = 0

    init(_ rows: some Sequence<BulkRow>) {
        var seen: Set<Account.ID> = []
        for row in rows {
            count += 1
            if let customer = row.customer { seen.insert(customer) }
            if row.run?.asksForMore == true { warned += 1 }
            add(row.figures ?? BulkFigures())
        }
        customers = seen.count
        prices.sort { $0.currency < $1.currency }
        charges.sort { ($0.before.currency, $0.rhythm?.spoken ?? "") < ($1.before.currency, $1.rhythm?.spoken ?? "") }
    }

    private mutating func add(_ figures: BulkFigures) {
        if let units = figures.units {
            before += units.before
            after += units.after
            added += max(0, units.after - units.before)
            removed += max(0, units.before - units.after)
        } else {
            uncounted += 1
        }
        if let price = figures.price {
            if let place = prices.firstIndex(where: { $0.currency == price.currency }) {
                prices[place] = prices[place].adding(price) ?? prices[place]
            } else {
                prices.append(price)
            }
        } else {
            unpriced += 1
        }
        if let charge = figures.charge, charge.before.currency == charge.after.currency {
            let place = charges.firstIndex {
                $0.before.currency == charge.before.currency && $0.rhythm == figures.rhythm
            }
            if let place {
                charges[place].before = charges[place].before.adding(charge.before) ?? charges[place].before
                charges[place].after = charges[place].after.adding(charge.after) ?? charges[place].after
            } else {
                charges.append(Charge(rhythm: figures.rhythm, before: charge.before, after: charge.after))
            }
        } else {
            uncharged += 1
        }
    }

    /// What must be typed before they are sent: the more harm, the more typing.
    func phrase(of rule: BulkRule) -> String {
        let words: String
        switch rule {
        case .units:
            words = [added > 0 ? "add \(added)" : "", removed > 0 ? "remove \(removed)" : ""]
                .filter { !$0.isEmpty }.joined(separator: " ")
        case .autoRenew(let wanted): words = "\(wanted ? "on" : "off") \(count)"
        case .cancellation: words = "cancel \(count) subscription\(count == 1 ? "" : "s")"
        }
        return warned > 0 ? words + " anyway" : words
    }
}
