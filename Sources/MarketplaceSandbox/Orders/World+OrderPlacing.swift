/// Places orders that have been read and checked.
extension World {
    /// Places the order and returns its place. What it does happens later, in `settle(now:)`.
    func place(_ draft: OrderDraft, at seconds: Double) -> Int {
        let now = Moment(seconds: Int64(seconds.rounded(.down)))
        var draft = draft
        let effect: PlacedOrder.Effect
        switch (draft.kind, draft.subscription) {
        case (.change, let place?) where draft.terms.planSwitch != nil:
            effect = .switchPlan(
                subscription: place, lines: draft.lines.map { .init(product: $0.product, quantity: $0.quantity) })
        case (.change, let place?):
            let line = draft.lines.first.flatMap { line in
                draft.totals.first.map {
                    SubscriptionLine(product: line.product, quantity: $0, special: line.special)
                }
            }
            effect = .change(subscription: place, line: line)
        case (.renewal, let place?): effect = .extend(subscription: place)
        case (.cancellation, let place?): effect = .terminate(subscription: place)
        default: effect = .activate(makeSubscriptions(&draft, on: now.day))
        }
        let subscription = draft.subscription ?? draft.lines.first?.subscription ?? 0
        let reseller = Int(accounts.owners[draft.customer])
        let waits = draft.isScheduled || draft.due != nil
        let row = OrderRow(
            subscription: Int32(subscription), customer: Int32(draft.customer), created: now, provisioningSeconds: nil,
            quantity: Int32(clamping: draft.lines.first?.quantity ?? 0), kind: draft.kind,
            code: waits ? .waiting : .paid, isScheduled: draft.isScheduled)
        let place = orders.append(row, reseller: reseller)
        var order = PlacedOrder(
            poNumber: draft.poNumber, lines: draft.lines, charges: draft.charges, total: draft.total, effect: effect,
            terms: draft.terms, attributes: draft.attributes, placedAt: seconds, seconds: configuration.orderSeconds,
            due: draft.due)
        if draft.behaviours.contains(.slow) { order.seconds = max(6 * 3_600, configuration.orderSeconds) }
        if draft.behaviours.contains(.failing) { order.fails = true }
        if waits { order.seconds = nil }
        orders.placed[place] = order
        orders.open.append(place)
        return place
    }

    /// One subscription per plan, pending until the order completes (REFERENCE 10.1 and 10.5).
    private func makeSubscriptions(_ draft: inout OrderDraft, on day: CalendarDay) -> [Int] {
        var placesByPlan: [(plan: Int, place: Int)] = []
        for index in draft.lines.indices {
            let line = draft.lines[index]
            let product = catalogue.product(line.product)
            let owned = SubscriptionLine(product: line.product, quantity: line.quantity, special: line.special)
            if let existing = placesByPlan.first(where: { $0.plan == product.plan }) {
                draft.lines[index].subscription = existing.place
                subscriptions.changeExtras(existing.place) { extras in
                    extras.lines = (extras.lines ?? []) + [owned]
                    extras.orderParameters += line.parameters
                }
            } else {
                let row = SubscriptionRow(
                    customer: Int32(draft.customer), product: Int32(line.product), created: day, modified: day,
                    expires: nil, quantity: Int32(clamping: line.quantity), status: .pending,
                    renewsItself: draft.terms.migration?.renewsItself ?? true)
                let place = subscriptions.append(
                    row, extras: SubscriptionExtras(lines: [owned], orderParameters: line.parameters),
                    reseller: Int(accounts.owners[draft.customer]))
                placesByPlan.append((product.plan, place))
                draft.lines[index].subscription = place
            }
        }
        return placesByPlan.map(\.place)
    }
}
