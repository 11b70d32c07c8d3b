/// An order as it was read and checked, before anything has been done about it.
struct OrderDraft {
    var kind: OrderRow.Kind
    var customer: Int
    var poNumber: String?
    var attributes: JSONValue
    var isScheduled = false
    /// Nil for sales and migrations.
    var subscription: Int?
    var lines: [PlacedOrder.Line] = []
    /// What each line asks for in all, in the order of the lines.
    var totals: [Int] = []
    var charges: [Charge] = []
    var total: Money
    var behaviours: Set<Item.Behaviour> = []
    var terms = OrderTerms()
    /// The day on which the order is carried out, where it waits for a day that can be computed now.
    var due: CalendarDay?
}
