import Marketplace
import Rows
import Screen

/// What an open subscription shows beside its own fields: its orders, and what can be done with it.
extension SubscriptionsPane {
    func appendHistory(of id: Subscription.ID, _ model: Model, to page: inout Page) {
        page.blank()
        guard let orders = model.subscriptionOrders[id] else {
            page.heading("ORDERS", right: "being read")
            return
        }
        page.heading("ORDERS", right: grouped(orders.count))
        if orders.isEmpty { page.paragraph("The marketplace gives no orders of this subscription.", style: .faint) }
        for order in orders.prefix(8) {
            let day = order.created.map { model.zone.date(of: $0).spoken } ?? ""
            let state = OrderState(order, now: model.marketplaceNow, overdueAfter: model.overdueAfter)
            page.runs([
                (3, day, .plain), (16, order.label, .plain), (26, order.kind.word, .plain),
                (40, TerminalText.cut(state.word(order.status), to: max(0, page.width - 41)), state.style),
            ])
        }
        if orders.count > 8 { page.paragraph("\(orders.count - 8) older", style: .faint) }
    }

    /// The keys that act on it, each with the reason when it cannot.
    func appendActs(_ model: Model, to page: inout Page) {
        page.heading("WHAT YOU CAN DO")
        page.labelWidth = 4
        let rows = model.keymap.inForce(Self.forms.help(for: self, model))
        // A reason against every action is said once.
        let reasons = Set(rows.map(\.unavailable))
        if reasons.count == 1, let reason = rows.first?.unavailable {
            page.paragraph(reason, style: .faint)
        } else {
            for row in rows {
                page.field(row.keyInFooter, row.title, style: row.unavailable == nil ? .plain : .faint)
                if let reason = row.unavailable { page.field("", reason, style: .faint) }
            }
        }
        page.labelWidth = 14
    }
}
