import FoundationEssentials
import Marketplace

/// Subscriptions with details for tests of money.
struct Priced {
    var id: String
    var customer = "1"
    var status = SubscriptionStatus.active
    var ends: String?
    var term: Period? = Period(1, .year)
    var billing: Period? = Period(1, .month)
    /// Nil where the marketplace reports none.
    var price: Money?
    var products: [SubscriptionProduct] = []

    var row: Subscription {
        Subscription(
            id: .init(id), name: "Plan", customer: .init(customer), status: status,
            expires: ends.flatMap { CalendarDate($0) },
            billingPeriod: billing, subscriptionPeriod: term)
    }

    var detail: SubscriptionDetail { SubscriptionDetail(subscription: row, products: products, totalPrice: price) }
}

func eur(_ text: String) -> Money { money(text, "EUR") }
func money(_ text: String, _ currency: String) -> Money { Money(Decimal(plain: text) ?? 0, currency) }
func amount(_ text: String) -> Decimal { Decimal(plain: text) ?? 0 }

func product(
    _ mpn: String, by vendor: String = "aurora", units: Int? = 1, at price: Money? = nil, cost: Money? = nil
) -> SubscriptionProduct {
    SubscriptionProduct(
        mpn: mpn, vendor: vendor, name: "\(mpn) of \(vendor)", quantity: units, unitPrice: price, unitCost: cost)
}

extension MoneyAnswer {
    /// - Parameter unread: The ids of those whose details were not read.
    init(_ all: [Priced], by grouping: Grouping, on day: String = "2026-11-26", unread: Set<String> = []) {
        let charges = Dictionary(
            uniqueKeysWithValues: all.filter { !unread.contains($0.id) }.map {
                ($0.row.id, SubscriptionCharges($0.detail))
            })
        self.init(
            of: all.map(\.row), by: grouping, today: CalendarDate(day) ?? CalendarDate(daysSince1970: 0),
            charges: { charges[$0.id] }, reseller: { $0 == "9" ? nil : $0.rawValue < "5" ? "100" : "200" })
    }

    subscript(_ group: Group, _ currency: String = "EUR") -> Figures? {
        rows.first { $0.group == group && $0.currency == currency }?.figures
    }
}
