/// An order that was placed while the sandbox ran, with all that the compact row has no room for.
struct PlacedOrder {
    struct Line {
        var product: Int
        /// As the answer has it: units bought, the signed difference of a change, its new total when scheduled.
        var quantity: Int
        var subscription: Int?
        var extendedPrice: Money?
        var parameters: [JSONValue] = []
    }

    /// What happens in the marketplace when the order completes.
    enum Effect {
        case activate([Int])
        case setQuantity(subscription: Int, product: Int, total: Int)
        case extend(subscription: Int)
        case terminate(subscription: Int)
    }

    var poNumber: String?
    var lines: [Line] = []
    var charges: [Charge] = []
    var total: Money
    var effect: Effect
    var attributes = JSONValue.object([])
    /// Seconds since 1970, with their fraction: an order may live for less than one.
    var placedAt: Double
    /// Seconds from placing to the end; nil when it waits for a date.
    var seconds: Double?
    var fails = false
}

// MARK: - The clock

extension World {
    /// Brings every open order to where it has to be by now, in the order in which they were placed.
    func settle(now seconds: Double) {
        guard !orders.open.isEmpty else { return }
        orders.open = orders.open.filter { !settle($0, now: seconds) }
    }

    /// Whether the order has come to its end.
    private func settle(_ place: Int, now seconds: Double) -> Bool {
        guard let order = orders.placed[place] else { return true }
        guard let duration = order.seconds else { return false }
        let age = seconds - order.placedAt
        if age >= duration {
            finish(place, order, duration: duration)
            return true
        }
        if age >= min(duration, configuration.orderSeconds) / 4 { orders.change(place) { $0.code = .provisioning } }
        return false
    }

    private func finish(_ place: Int, _ order: PlacedOrder, duration: Double) {
        guard !order.fails else {
            orders.change(place) { $0.code = .failed }
            return
        }
        let end = Moment(seconds: Int64((order.placedAt + duration).rounded(.down)))
        orders.change(place) { row in
            row.code = .completed
            row.provisioningSeconds = Int32(clamping: end.seconds - row.created.seconds)
        }
        carryOut(order.effect, on: end.day)
    }

    private func carryOut(_ effect: PlacedOrder.Effect, on day: CalendarDay) {
        switch effect {
        case .activate(let places):
            for place in places {
                let months = catalogue.product(Int(subscriptions.rows[place].product)).term.subscriptionPeriod.months
                subscriptions.change(place) { row in
                    row.status = .active
                    row.created = max(row.created, day)
                    row.modified = day
                    row.expires = day.adding(months: months)
                }
            }
        case .setQuantity(let place, let product, let total):
            var lines = lines(ofSubscription: place)
            if let index = lines.firstIndex(where: { $0.product == product }) {
                lines[index].quantity = total
            } else {
                lines.append(SubscriptionLine(product: product, quantity: total))
            }
            subscriptions.changeExtras(place) { $0.lines = lines }
            subscriptions.change(place) { row in
                if Int(row.product) == product { row.quantity = Int32(clamping: total) }
                row.modified = day
            }
        case .extend(let place):
            let months = catalogue.product(Int(subscriptions.rows[place].product)).term.subscriptionPeriod.months
            subscriptions.change(place) { row in
                row.expires = (row.expires ?? day).adding(months: months)
                row.modified = day
            }
        case .terminate(let place):
            subscriptions.change(place) { row in
                row.status = .terminated
                row.expires = day
                row.modified = day
                row.renewsItself = false
            }
        }
    }
}
