/// An order that was placed while the sandbox ran, with everything that its compact row does not hold.
struct PlacedOrder {
    struct Line {
        var product: Int
        /// As the answer has it: units bought, the signed difference of a change, its new total when scheduled.
        var quantity: Int
        var subscription: Int?
        var extendedPrice: Money?
        var parameters: [JSONValue] = []
        var special = SpecialPrices()
    }

    /// What happens in the marketplace when the order completes.
    enum Effect {
        case activate([Int])
        /// A product's new total and prices, where the order names one.
        case change(subscription: Int, line: SubscriptionLine?)
        case switchPlan(subscription: Int, lines: [SubscriptionLine])
        case extend(subscription: Int)
        case terminate(subscription: Int)
    }

    var poNumber: String?
    var lines: [Line] = []
    var charges: [Charge] = []
    var total: Money
    var effect: Effect
    var terms = OrderTerms()
    var attributes = JSONValue.object([])
    /// Seconds since 1970, with their fraction: an order may live for less than one.
    var placedAt: Double
    /// Seconds from placing to the end; nil when it waits for a date.
    var seconds: Double?
    /// The day it waits for; nil when that is the renewal of its subscription.
    var due: CalendarDay?
    var fails = false
}
