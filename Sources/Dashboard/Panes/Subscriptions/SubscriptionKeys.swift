import Marketplace
import Screen

extension SubscriptionsPane {
    /// The keys that act on the opened subscription, and those that cannot: a reason stands once for all keys it stops.
    func appendActs(_ model: Model, to page: inout Page) {
        let rows = model.keymap.inForce(Self.forms.help(for: self, model)).filter { !$0.key.isEmpty }
        let (can, cannot) = (rows.filter { $0.unavailable == nil }, rows.filter { $0.unavailable != nil })
        if !can.isEmpty {
            page.heading("YOU CAN")
            page.labelWidth = 4
            for row in can { page.field(row.keyInFooter, row.title) }
        }
        page.labelWidth = 12
        guard !cannot.isEmpty else { return }
        page.heading("YOU CANNOT")
        var reasons: [(reason: String, rows: [KeyHelp])] = []
        for row in cannot {
            let reason = row.unavailable ?? ""
            if let place = reasons.firstIndex(where: { $0.reason == reason }) {
                reasons[place].rows.append(row)
            } else {
                reasons.append((reason, [row]))
            }
        }
        for (reason, rows) in reasons {
            let keys = rows.map(\.keyInFooter).joined(separator: " ")
            page.labelWidth = max(4, TerminalText.width(of: keys) + 2)
            page.field(keys, rows.count == 1 ? "\(rows[0].title): \(reason)" : reason, style: .faint)
        }
        page.labelWidth = 12
    }
}
