/// The compact part of a subscription, 28 bytes, of which there may be a million.
struct SubscriptionRow {
    enum Status: UInt8, CaseIterable, Sendable {
        case pending, active, hold, terminated, removed

        var text: String {
            switch self {
            case .pending: "pending"
            case .active: "active"
            case .hold: "hold"
            case .terminated: "terminated"
            case .removed: "removed"
            }
        }

        init?(text: String) {
            guard let status = Status.allCases.first(where: { $0.text == text }) else { return nil }
            self = status
        }
    }

    var customer: Int32
    /// Catalogue row of the main product.
    var product: Int32
    var created: CalendarDay
    var modified: CalendarDay
    /// Nil while pending: then it is not sent (REFERENCE 11).
    var expires: CalendarDay?
    /// Units of the main product; 0 for a subscription without products.
    var quantity: Int32
    var status: Status
    var renewsItself: Bool
}

/// A product of a subscription with its current number of units.
struct SubscriptionLine: Sendable {
    var product: Int
    var quantity: Int
    var special = SpecialPrices()
}

/// What only some subscriptions have: those that were landmarks or were written to.
struct SubscriptionExtras {
    var lines: [SubscriptionLine]?
    var attributes = JSONValue.object([])
    var orderParameters: [JSONValue] = []
}

extension SubscriptionRow {
    /// The day on which automatic renewal starts, two days before the term ends (REFERENCE 11).
    var renewal: CalendarDay? {
        renewsItself && status != .terminated && status != .removed ? expires?.adding(days: -2) : nil
    }
}
