import Marketplace
import Screen

/// The orders of a bulk change after it ended: each is read until it has come to its end.
extension BulkFlow {
    /// Orders that are read together; the next ones follow as these end.
    private static let followedTogether = 8

    /// The orders that are read just now.
    var followed: [Order.ID] {
        guard stage == .ended else { return [] }
        return Array(rows.lazy.filter(\.isOrderOpen).compactMap(\.order?.id).prefix(Self.followedTogether))
    }

    /// Shows what came of the row on the cursor, else the subscription.
    func openRow() -> [Reaction] {
        guard rows.indices.contains(cursor.index) else { return [] }
        let row = rows[cursor.index]
        if let order = row.order { return [.open(.settled(.order(order.id), of: row.customer))] }
        return [.open(.settled(.subscription(row.id), of: row.customer))]
    }

    /// Takes in an order as it was read last.
    mutating func note(_ latest: Order?, as id: Order.ID, _ model: Model) -> [Reaction] {
        guard let latest, let place = rows.firstIndex(where: { $0.order?.id == id }) else { return [] }
        let now = BulkRow.MadeOrder(id: id, label: latest.label, status: latest.status)
        guard rows[place].order != now else { return [] }
        rows[place].order = now
        guard stage == .ended, latest.status.isFinal else { return [] }
        let areOver = !rows.contains(where: \.isOrderOpen)
        let isGood = isThrough && areOver && BulkOutcome(rows).failed == 0
        let start = !isThrough ? "Stopped" : areOver ? "Done" : "So far"
        return [.say(Notice(isGood ? .done : .info, "\(start): \(BulkOutcome(rows).allWords)."))]
    }
}
