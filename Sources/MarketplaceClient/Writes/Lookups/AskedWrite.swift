import FoundationEssentials
import Marketplace

/// What a journalled request asks for, read back from it. From this follows how its outcome can be found.
enum AskedWrite {
    case order(AskedOrder)
    case withdrawal(Order.ID)
    case creditCheck(Bool, of: Order.ID)
    /// With the body of the change.
    case subscription(Subscription.ID, JSONValue)
    case specialPrices(Subscription.ID, JSONValue)
    case newAccount(Account.Kind, JSONValue)
    case account(AccountKey, JSONValue)
    case report(JSONValue)
    case other

    init(_ intent: JournalRecord.Intent) {
        self.init(
            method: intent.method, path: intent.path.split(separator: "/").map(String.init),
            body: (try? JSONValue(parsing: Array(intent.request.utf8))) ?? .null)
    }

    /// - Parameter path: Components below the base URL.
    init(method: String, path: [String], body: JSONValue) {
        switch (method, path.first, path.count) {
        case ("POST", "orders", 1): self = .order(AskedOrder(body))
        case ("PATCH", "orders", 2):
            if body["statusCode"].text == "CL" {
                self = .withdrawal(Order.ID(path[1]))
            } else if let checks = body["creditCheck"].truth {
                self = .creditCheck(checks, of: Order.ID(path[1]))
            } else {
                self = .other
            }
        case ("PATCH", "subscriptions", 2): self = .subscription(Subscription.ID(path[1]), body)
        case ("POST", "subscriptions", 3) where path[2] == "specialPricing":
            self = .specialPrices(Subscription.ID(path[1]), body)
        case ("POST", "customers", 1): self = .newAccount(.customer, body)
        case ("POST", "resellers", 3) where path[2] == "customers": self = .newAccount(.customer, body)
        case ("POST", "resellers", 1): self = .newAccount(.reseller, body)
        case ("PATCH", "customers", 2): self = .account(AccountKey(kind: .customer, id: Account.ID(path[1])), body)
        case ("PATCH", "resellers", 2): self = .account(AccountKey(kind: .reseller, id: Account.ID(path[1])), body)
        case ("POST", "reports", 1): self = .report(body)
        default: self = .other
        }
    }

    /// What it is, for requests that do not say so themselves.
    /// - Parameter path: Where it is sent, for one that this program has no word for.
    func name(path: String) -> String {
        switch self {
        case .order(let order):
            order.isPlanSwitch ? "plan switch" : "\(order.kind.word) order"
        case .withdrawal(let id): "withdrawal of order \(id)"
        case .creditCheck(_, let id): "credit check of order \(id)"
        case .subscription(let id, _): "change of subscription \(id)"
        case .specialPrices(let id, _): "special prices of subscription \(id)"
        case .newAccount(let kind, let body):
            "new \(kind == .reseller ? "reseller" : "customer") \(body["name"].text ?? "")"
        case .account(let key, _): "change of \(key.kind == .reseller ? "reseller" : "customer") \(key.id)"
        case .report(let body): "report \(body["name"].text ?? "")"
        case .other: "request to \(path)"
        }
    }
}

/// An order as its request asked for it (REFERENCE 10.1).
struct AskedOrder {
    struct Line: Hashable {
        var product: Product.ID?
        var mpn: String
        var vendor: String?
        /// Sales: units to buy. Change: the new total.
        var quantity: Decimal?
    }

    var kind: Order.Kind
    var customer: Account.ID?
    var subscription: Subscription.ID?
    var poNumber: String?
    var lines: [Line]
    /// The target of a plan switch.
    var plan: Plan.ID?
    /// The term of a plan switch.
    var period: Period?
    var isPlanSwitch: Bool
    var waitsForRenewal: Bool
    /// Whether the end of the subscription is brought to some day.
    var isAligned: Bool
    /// The dates of a migration by the marketplace's names, as it writes them.
    var dates: [String: String]

    init(_ body: JSONValue) {
        let products = body["products"].elements
        kind = Order.Kind(wire: body["type"].filledText ?? "sales")
        customer = body["customerId"].identifier()
        subscription =
            body["subscriptionId"].identifier()
            ?? products.lazy.compactMap { $0["subscriptionId"].identifier() }.first
        poNumber = body["poNumber"].filledText
        lines = products.map { line in
            Line(
                product: line["id"].identifier(), mpn: line["mpn"].text ?? "", vendor: line["vendor"].filledText,
                quantity: line["quantity"].decimal)
        }
        plan = body["planId"].identifier()
        period = body["subscriptionPeriod"].period
        isPlanSwitch = kind == .change && (plan != nil || !body["subscriptionPeriod"].isNull)
        waitsForRenewal = body["scheduledOn"].filledText != nil
        isAligned = !body["alignExpirationDate"].isNull
        dates = [:]
        guard kind == .migration else { return }
        for name in ["startDate", "migrationDate", "expirationDate"] {
            dates[name] = body[name].date.map(\.description)
        }
    }
}

extension AskedOrder {
    /// Whether a list's row can be this order, by what rows contain.
    func mayBe(_ row: Order) -> Bool {
        if case .other = row.kind { return true }
        return row.kind == kind && (row.subscription == nil || subscription == nil || row.subscription == subscription)
    }

    /// Whether the order, read in full, asks for the same. The marketplace adds lines to a sale that its products need
    /// (REFERENCE 8), and answers the quantities of a change as differences (REFERENCE 10.2).
    /// - Parameter held: What the subscription held when this was asked; nil when that is not known, and then the
    ///   quantities of a change are not compared.
    func matches(_ order: Order, held: SubscriptionDetail? = nil) -> Bool {
        guard mayBe(order) else { return false }
        if isPlanSwitch { return order.plan.map { plan == nil || $0 == plan } ?? order.lines.isEmpty }
        if kind == .change, order.plan != nil { return false }
        // An order that does not say one of the dates may be the same.
        for date in order.others {
            if let asked = dates[date.name], let found = CalendarDate(date.value), asked != found.description {
                return false
            }
        }
        if order.lines.isEmpty { return true }
        return lines.allSatisfy { line in order.lines.contains { line.isSame(as: $0, of: order, held) } }
    }
}

/// How far an order at the marketplace can be the one that was asked for.
enum Resemblance: Hashable, Sendable {
    /// Customer, kind, lines and PO number agree.
    case same
    /// It may be. The reason goes on after the order's number: `asks for the same, but has no PO number`.
    case possible(String)
    case other
}

extension AskedOrder {
    /// Compares an order, read in full. What the order does not say speaks neither for nor against it.
    ///
    /// A PO number alone is no proof, and neither are equal lines: marketplaces cut or leave out PO numbers, and people
    /// use one for several orders.
    /// - Parameter held: As for ``matches(_:held:)``.
    func resemblance(to order: Order, held: SubscriptionDetail? = nil) -> Resemblance {
        let namesCustomer = !order.customer.rawValue.isEmpty
        if namesCustomer, let customer, order.customer != customer { return .other }
        let asksForSame = matches(order, held: held)
        guard let poNumber else {
            return asksForSame
                ? .possible("asks for the same, and no PO number distinguishes them") : .other
        }
        guard let number = order.poNumber else {
            return asksForSame ? .possible("asks for the same, but shows no PO number") : .other
        }
        if number.poNumberKey == poNumber.poNumberKey {
            if !namesCustomer { return .possible("has the PO number \(poNumber), but names no customer") }
            return asksForSame ? .same : .possible("has the PO number \(poNumber), but asks for something else")
        }
        return asksForSame ? .possible("asks for the same, but has the PO number \(number)") : .other
    }
}

extension String {
    /// The PO number without what marketplaces change in it: case, and blanks around it.
    fileprivate var poNumberKey: String {
        var text = lowercased()[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}

extension AskedOrder.Line {
    fileprivate func isSame(as other: OrderLine, of order: Order, _ held: SubscriptionDetail?) -> Bool {
        if let product, let id = other.product {
            guard product == id else { return false }
        } else if !mpn.isEmpty, !other.mpn.isEmpty {
            guard mpn == other.mpn, vendor == nil || other.vendor == nil || vendor == other.vendor else { return false }
        } else {
            return false
        }
        guard let quantity else { return true }
        switch order.meaning(ofQuantityIn: other) {
        case nil: return true
        // What a change with a plan says of units was never seen: it is not told apart by them.
        case .units(let units): return units == quantity || order.kind == .change
        case .totalAtRenewal(let total): return total == quantity
        case .difference(let difference):
            let product = held?.product(
                SubscriptionProduct(
                    product: other.product ?? product, mpn: mpn, vendor: vendor ?? other.vendor ?? "", name: ""))
            return product?.quantity.map { difference.units == quantity - Decimal($0) } ?? true
        }
    }
}
