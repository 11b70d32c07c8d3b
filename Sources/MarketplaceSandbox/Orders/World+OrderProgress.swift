// MARK: - The clock

extension World {
    /// Advances the marketplace to that time: days pass, and open orders reach the status they have by then, in the order
    /// in which they were placed.
    func settle(now seconds: Double) {
        passDays(until: Moment(seconds: Int64(seconds.rounded(.down))).day)
        if !orders.open.isEmpty { orders.open = orders.open.filter { !settle($0, now: seconds) } }
        removeEnded(until: today)
    }

    /// Whether the order has come to its end.
    private func settle(_ place: Int, now seconds: Double) -> Bool {
        guard let order = orders.placed[place] else { return true }
        guard let duration = order.seconds else { return orders.rows[place].code != .waiting }
        let age = seconds - order.placedAt
        if age >= duration {
            finish(place, at: Moment(seconds: Int64((order.placedAt + duration).rounded(.down))))
            return true
        }
        if age >= min(duration, configuration.orderSeconds) / 4 { orders.change(place) { $0.code = .provisioning } }
        return false
    }

    /// Completes an order, or lets it fail where its product always does.
    func finish(_ place: Int, at end: Moment) {
        let row = orders.rows[place]
        let order = orders.placed[place]
        guard order?.fails != true else {
            orders.change(place) { $0.code = .failed }
            return
        }
        orders.change(place) { row in
            row.code = .completed
            row.provisioningSeconds = Int32(clamping: end.seconds - row.created.seconds)
        }
        let subscription = Int(row.subscription)
        let effect =
            order?.effect
            ?? PlacedOrder.Effect.change(
                subscription: subscription,
                line: .init(product: Int(subscriptions.rows[subscription].product), quantity: Int(row.quantity)))
        carryOut(effect, order?.terms ?? OrderTerms(), on: end.day)
    }

    private func carryOut(_ effect: PlacedOrder.Effect, _ terms: OrderTerms, on day: CalendarDay) {
        switch effect {
        case .activate(let places):
            for place in places { activate(place, terms, on: day) }
        case .change(let place, let line):
            if let line { setQuantity(place, line) }
            subscriptions.change(place) { row in
                row.modified = day
                row.expires = terms.alignment?.day ?? row.expires
            }
        case .switchPlan(let place, let lines):
            guard let main = lines.first?.product else { return }
            let months = catalogue.product(main).term.subscriptionPeriod.months
            subscriptions.changeExtras(place) { $0.lines = lines }
            subscriptions.change(place) { row in
                let start = terms.planSwitch?.startType == "from_old_start_date" ? row.created : day
                var end = start.adding(months: months)
                var terms = 1
                while end <= day, terms < 1_200 {
                    terms += 1
                    end = start.adding(months: months * terms)
                }
                row.product = Int32(main)
                row.quantity = Int32(clamping: lines.first?.quantity ?? 0)
                row.expires = end
                row.modified = day
            }
        case .extend(let place): extend(place, on: day)
        case .terminate(let place): terminate(place, on: day)
        }
    }

    private func activate(_ place: Int, _ terms: OrderTerms, on day: CalendarDay) {
        let months = catalogue.product(Int(subscriptions.rows[place].product)).term.subscriptionPeriod.months
        subscriptions.change(place) { row in
            guard row.status == .pending else { return }
            row.status = .active
            row.modified = day
            row.expires = terms.migration?.end ?? terms.alignment?.day ?? day.adding(months: months)
        }
    }

    private func setQuantity(_ place: Int, _ wanted: SubscriptionLine) {
        var lines = lines(ofSubscription: place)
        if let index = lines.firstIndex(where: { $0.product == wanted.product }) {
            lines[index].quantity = wanted.quantity
            lines[index].special.price = wanted.special.price ?? lines[index].special.price
            lines[index].special.cost = wanted.special.cost ?? lines[index].special.cost
            lines[index].special.providerCost = wanted.special.providerCost ?? lines[index].special.providerCost
        } else {
            lines.append(wanted)
        }
        subscriptions.changeExtras(place) { $0.lines = lines }
        subscriptions.change(place) { row in
            if Int(row.product) == wanted.product { row.quantity = Int32(clamping: wanted.quantity) }
        }
    }

    func extend(_ place: Int, on day: CalendarDay) {
        let months = catalogue.product(Int(subscriptions.rows[place].product)).term.subscriptionPeriod.months
        subscriptions.change(place) { row in
            row.expires = (row.expires ?? day).adding(months: months)
            row.modified = day
        }
    }

    func terminate(_ place: Int, on day: CalendarDay) {
        subscriptions.change(place) { row in
            row.status = .terminated
            row.expires = day
            row.modified = day
            row.renewsItself = false
        }
        removals[day.adding(days: configuration.removalDays), default: []].append(place)
    }
}
