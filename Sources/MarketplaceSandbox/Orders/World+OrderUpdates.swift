/// What may be changed about an order: it can be withdrawn, and its credit check switched (REFERENCE 10.4).
extension World {
    /// `CL` is the only status that may be asked for, and only while the order is submitted, processing or in error
    /// (REFERENCE 16, row 17).
    func updateOrder(_ call: Call) throws(Refusal) -> Answer {
        let place = try order(call.segments[1], for: call.viewer)
        let fields = try call.fields(.orderUpdate)
        let row = orders.rows[place]
        let code = try fields.text("statusCode")
        if let code {
            guard code == OrderRow.Code.cancelled.rawValue else {
                throw .badRequest("statusCode: only CL may be requested, not \(code)")
            }
            guard [.submitted, .processing, .error].contains(row.code.status) else {
                throw .rule(
                    "Cannot cancel Order #\(orders.number(place)): its status is \(row.code.words)"
                        + "(\(row.code.rawValue)).")
            }
        }
        if let check = try fields.bool("creditCheck") { orders.creditChecks[place] = check }
        if code != nil { withdraw(place, on: call.now.day) }
        return .object { write(order: place, &$0) }
    }

    /// Cancels an order; subscriptions that only it would have made are removed.
    func withdraw(_ place: Int, on day: CalendarDay) {
        let row = orders.rows[place]
        orders.change(place) { $0.code = .cancelled }
        orders.open.removeAll { $0 == place }
        guard row.kind == .sales || row.kind == .migration else { return }
        let made = Set([Int(row.subscription)] + (orders.placed[place]?.lines.compactMap(\.subscription) ?? []))
        for subscription in made where subscriptions.rows[subscription].status == .pending {
            subscriptions.change(subscription) { row in
                row.status = .removed
                row.renewsItself = false
                row.modified = day
            }
        }
    }
}
