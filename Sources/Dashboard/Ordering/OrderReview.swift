import Marketplace
import Screen

/// The last look at an order before it is sent. It sends only on Enter after the number of units was typed; Enter with
/// nothing typed goes back.
struct OrderReview {
    let order: SalesOrder
    /// The total the form showed, to tell a price that moved since.
    let shownTotal: Money?
    private(set) var confirmation = TextField()
    private(set) var estimate: (result: Result<Estimate, MarketplaceError>, at: Instant)?

    init(order: SalesOrder, shownTotal: Money?) {
        self.order = order
        self.shownTotal = shownTotal
    }

    /// What must be typed: the units ordered.
    var phrase: String { String(order.totalQuantity) }

    /// Why the order cannot be sent yet, or nil.
    var obstacle: String? {
        switch estimate?.result {
        case nil: "The price is being asked for once more; wait for it."
        case .failure(let error): error.message
        case .success: nil
        }
    }

    /// The fresh total when it differs from what the form showed.
    var movedTotal: Money? {
        guard case .success(let latest) = estimate?.result, let total = latest.total, let shownTotal,
            total != shownTotal
        else { return nil }
        return total
    }

    enum Outcome: Equatable {
        case back
        case place(SalesOrder)
        case refused(String)
    }

    mutating func receive(_ result: Result<Estimate, MarketplaceError>, for order: SalesOrder, at instant: Instant) {
        if order == self.order { estimate = (result, instant) }
    }

    mutating func take(_ key: Key) -> Outcome? {
        switch key {
        case .escape: return .back
        case .enter:
            if confirmation.isEmpty { return .back }
            guard confirmation.text.trimmingSpaces() == phrase else {
                return .refused("That is not \(phrase). Type \(phrase) to place the order, or Esc to go back.")
            }
            if let obstacle { return .refused(obstacle) }
            return .place(order)
        case .paste: return .refused("Type the number; a pasted one is not taken here.")
        default:
            _ = confirmation.take(key)
            return nil
        }
    }
}
