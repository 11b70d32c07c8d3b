import FoundationEssentials

/// How many units a subscription is to hold after a change: the new total, never the difference (REFERENCE 10.2).
public struct TotalQuantity: Hashable, Codable, Sendable {
    public var total: Int

    public init(total: Int) { self.total = total }

    /// What this total adds to `held` units; negative when it takes away.
    public func difference(from held: Int) -> QuantityDifference { QuantityDifference(Decimal(total) - Decimal(held)) }
}

/// By how many units a change moved a subscription, as answers state it: signed (REFERENCE 10.2).
public struct QuantityDifference: Hashable, Sendable, CustomStringConvertible {
    public var units: Decimal

    public init(_ units: Decimal) { self.units = units }

    /// `+3`, `-1`, `0`.
    public var description: String { (units > 0 ? "+" : "") + units.grouped(fractionDigits: 0) }
}

/// What the quantity of an order's line means (REFERENCE 10.2). The order never states the resulting total of a change
/// that was applied at once: read the subscription.
public enum OrderedQuantity: Hashable, Sendable {
    /// Units bought or brought in, or held by what is switched to another plan.
    case units(Decimal)
    case difference(QuantityDifference)
    /// The total from the next renewal on.
    case totalAtRenewal(Decimal)
}

extension Order {
    /// Whether the order waits for its date, such as a change for the renewal: nothing is late, and it
    /// blocks nothing (REFERENCE 10.4: AS).
    public var isWaiting: Bool { !status.isFinal && (scheduledOn != nil || statusCode == "AS") }

    /// `Order CH000042 (change, processing) waits for the renewal of this subscription, to hold 40 units from then on`.
    public var waitingWords: String {
        let moment = scheduledOn == nil ? "its date" : "the renewal of this subscription"
        let units = lines.compactMap { line -> String? in
            guard case .totalAtRenewal(let total) = meaning(ofQuantityIn: line) else { return nil }
            return total.grouped(fractionDigits: 0)
        }
        let effect = units.count == 1 ? ", to hold \(units[0]) units from then on" : ""
        return "\(words) waits for \(moment)\(effect)"
    }

    /// What the quantity of `line`, one of this order's answered lines, means; nil when it states none.
    public func meaning(ofQuantityIn line: OrderLine) -> OrderedQuantity? {
        guard let quantity = line.quantity else { return nil }
        // A switch of the plan keeps the units.
        guard kind == .change, plan == nil else { return .units(quantity) }
        return scheduledOn == nil ? .difference(QuantityDifference(quantity)) : .totalAtRenewal(quantity)
    }
}
