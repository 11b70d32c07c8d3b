/// What happens as days pass: terms end, subscriptions renew themselves or end, and orders that waited for it are carried out
/// (REFERENCE 10.4 and 11).
extension World {
    /// Days that are passed one by one; when the clock jumps further, only the last ones are.
    private static let mostDays = 400

    /// Lets the days from the marketplace's own to that day pass. A clock that goes back changes nothing.
    func passDays(until today: CalendarDay) {
        guard today > self.today else { return }
        let first = max(self.today.adding(days: 1), today.adding(days: -World.mostDays))
        self.today = today
        var ending: [CalendarDay: [Int]] = [:]
        for (place, row) in subscriptions.rows.enumerated() where row.status == .active || row.status == .hold {
            if let end = row.expires, end <= today { ending[max(end, first), default: []].append(place) }
        }
        var waiting: [CalendarDay: [Int]] = [:]
        for place in orders.open {
            if let due = orders.placed[place]?.due, due <= today { waiting[max(due, first), default: []].append(place) }
        }
        var day = first
        while day <= today, !ending.isEmpty || !waiting.isEmpty {
            for place in waiting.removeValue(forKey: day) ?? [] where orders.rows[place].code == .waiting {
                finish(place, at: Moment(day: day, second: 0))
                orders.open.removeAll { $0 == place }
            }
            for place in (ending.removeValue(forKey: day) ?? []).sorted() {
                endTerm(of: place, on: day)
                let row = subscriptions.rows[place]
                guard row.status == .active || row.status == .hold, let end = row.expires, end <= today else {
                    continue
                }
                ending[max(end, day.adding(days: 1)), default: []].append(place)
            }
            day = day.adding(days: 1)
        }
    }

    /// A term is over: what was scheduled for the renewal happens, and the subscription goes on or ends.
    private func endTerm(of place: Int, on day: CalendarDay) {
        let row = subscriptions.rows[place]
        let renews = row.renewsItself
        var hasNewTerm = false
        for order in ordersWaitingForRenewal(of: place) {
            guard renews else {
                withdraw(order, on: day)
                continue
            }
            finish(order, at: Moment(day: day, second: 0))
            orders.open.removeAll { $0 == order }
            if orders.placed[order]?.terms.planSwitch != nil { hasNewTerm = true }
        }
        guard renews else { return terminate(place, on: day) }
        if !hasNewTerm {
            // What ended long before a jump of the clock has been renewed many times since.
            repeat { extend(place, on: day) } while (subscriptions.rows[place].expires ?? .distantFuture) <= day
        }
        let renewal = OrderRow(
            subscription: Int32(place), customer: row.customer,
            created: max(Moment(day: day, second: 0), orders.rows.last?.created ?? Moment(day: day, second: 0)),
            provisioningSeconds: 0, quantity: 0, kind: .renewal, code: .completed, isScheduled: false)
        _ = orders.append(renewal, reseller: Int(accounts.owners[Int(row.customer)]))
    }

    private func ordersWaitingForRenewal(of subscription: Int) -> [Int] {
        let list = orders.byCustomer.rows(of: Int(subscriptions.rows[subscription].customer))
        return (0..<list.count).map { list[$0] }.filter { place in
            let row = orders.rows[place]
            return row.subscription == Int32(subscription) && row.code == .waiting
                && orders.placed[place]?.due == nil
        }
    }

    // MARK: What has ended

    /// Those that ended before this marketplace was made and are not removed yet. Who ended longer ago stays as the seed
    /// has it.
    func planRemovals() {
        for (place, row) in subscriptions.rows.enumerated() where row.status == .terminated {
            guard let day = row.expires?.adding(days: configuration.removalDays), day > today else { continue }
            removals[day, default: []].append(place)
        }
    }

    /// Removes the subscriptions that ended long enough before that day: ended and deprovisioned (REFERENCE 11).
    func removeEnded(until today: CalendarDay) {
        for day in removals.keys.filter({ $0 <= today }).sorted() {
            for place in removals.removeValue(forKey: day) ?? [] {
                subscriptions.change(place) { row in
                    row.status = .removed
                    row.modified = day
                }
            }
        }
    }
}
