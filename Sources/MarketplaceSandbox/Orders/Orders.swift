struct Orders {
    private(set) var rows: [OrderRow]
    /// What was ordered while the sandbox ran, by place.
    var placed: [Int: PlacedOrder] = [:]
    /// Places of placed orders that have not come to their end.
    var open: [Int] = []
    /// Whether credit is checked, for orders where a request has set it.
    var creditChecks: [Int: Bool] = [:]
    private(set) var byCustomer: GroupIndex
    private(set) var byReseller: GroupIndex
    private(set) var byStatus: StatusIndex
    /// The rows of lists.
    let written: WrittenRows
    private let ids: IDSpace

    private static let firstID = 1_001_000

    init(rows: [OrderRow], landmarks: [(id: Int, place: Int)], owners: [Int32], written: Int) {
        self.rows = rows
        self.written = WrittenRows(limit: written)
        ids = IDSpace(first: Orders.firstID, landmarks: landmarks)
        byCustomer = GroupIndex(groups: rows.map(\.customer))
        byReseller = GroupIndex(groups: rows.map { owners[Int($0.customer)] })
        byStatus = StatusIndex(statuses: rows.map(\.code.status.rawValue), kinds: OrderRow.Status.allCases.count)
    }

    var count: Int { rows.count }

    func id(_ place: Int) -> Int { ids.id(of: place) }

    func place(id: String) -> Int? { ids.place(of: id, count: rows.count) }

    /// The number that people quote; it names the order as the id does.
    func number(_ place: Int) -> String {
        rows[place].kind.prefix + Digits.padded(id(place) - 1_000_000, 6)
    }

    func place(number: String) -> Int? {
        guard let digits = Digits.number(number.utf8.dropFirst(2)), digits < 100_000_000,
            let place = place(id: String(digits + 1_000_000)), self.number(place) == number
        else { return nil }
        return place
    }

    mutating func append(_ row: OrderRow, reseller: Int) -> Int {
        let place = rows.count
        rows.append(row)
        byCustomer.append(row: place, to: Int(row.customer))
        byReseller.append(row: place, to: reseller)
        byStatus.insert(row: place, status: row.code.status.rawValue)
        return place
    }

    mutating func change(_ place: Int, _ body: (inout OrderRow) -> Void) {
        written.forget(place)
        let old = rows[place].code.status
        body(&rows[place])
        byStatus.move(row: place, from: old.rawValue, to: rows[place].code.status.rawValue)
    }
}

// MARK: - Seed

extension Orders {
    /// Makes the orders of a new marketplace, oldest first: the sale of each subscription, then changes, renewals and
    /// cancellations as the number of orders allows.
    static func seed(
        _ configuration: SandboxConfiguration, _ subscriptions: Subscriptions, _ accounts: Accounts,
        _ offers: [Catalogue.Offer], now: Moment
    ) -> Orders {
        let landmarks = Landmarks.orders(subscriptions, now: now)
        let untouched = Set(Landmarks.subscriptions(accounts: accounts, now: now).map(\.id))
        let generated = subscriptions.rows.indices.filter { !untouched.contains(subscriptions.id($0)) }
        let count = max(0, configuration.orders - landmarks.count)
        var rows: [OrderRow] = []
        rows.reserveCapacity(count + landmarks.count)
        for place in generated.suffix(count) {
            var dice = Dice(seed: configuration.seed, .order, place)
            rows.append(sale(of: place, subscriptions.rows[place], &dice))
        }
        var hasEnd = Array(repeating: false, count: subscriptions.count)
        var index = 0
        while rows.count < count, !generated.isEmpty {
            var dice = Dice(seed: configuration.seed, .extraOrder, index)
            index += 1
            let place = generated[dice.roll(generated.count)]
            let subscription = subscriptions.rows[place]
            if subscription.status == .pending, index < 2 * count { continue }
            let months = offers[Int(subscription.product)].months
            let row = later(place, subscription, &dice, months: months, hasEnd: hasEnd[place], now: now)
            if row.kind == .cancellation { hasEnd[place] = true }
            rows.append(row)
        }
        rows.sort { $0.created < $1.created }
        var places: [(id: Int, place: Int)] = []
        for landmark in landmarks.sorted(by: { ($0.row.created, $0.id) < ($1.row.created, $1.id) }) {
            let place = RowList(all: rows.count).firstPosition { rows[$0].created > landmark.row.created }
            rows.insert(landmark.row, at: place)
            places.append((landmark.id, place))
        }
        return Orders(
            rows: rows, landmarks: places, owners: accounts.owners, written: configuration.writtenRows)
    }

    private static func sale(of place: Int, _ subscription: SubscriptionRow, _ dice: inout Dice) -> OrderRow {
        var row = OrderRow(
            subscription: Int32(place), customer: subscription.customer,
            created: Moment(day: subscription.created, second: 25_000 + dice.roll(40_000)),
            provisioningSeconds: Int32(20 + dice.skewed(900)), quantity: max(1, subscription.quantity), kind: .sales,
            code: .completed, isScheduled: false)
        if subscription.status == .pending {
            row.code = .waitingForPayment
            row.provisioningSeconds = nil
        }
        return row
    }

    private static func later(
        _ place: Int, _ subscription: SubscriptionRow, _ dice: inout Dice, months: Int, hasEnd: Bool, now: Moment
    ) -> OrderRow {
        let ended = subscription.status == .terminated || subscription.status == .removed
        let lastDay = min(ended ? subscription.modified : now.day, now.day.adding(days: -1))
        let days = max(0, lastDay - subscription.created)
        var row = OrderRow(
            subscription: Int32(place), customer: subscription.customer, created: now,
            provisioningSeconds: Int32(20 + dice.skewed(900)), quantity: 0, kind: .change, code: .completed,
            isScheduled: false)
        var day = subscription.created.adding(days: dice.roll(days + 1))
        let choice = dice.roll(100)
        if ended, !hasEnd {
            row.kind = .cancellation
            day = lastDay
        } else if choice >= 55, days / 31 >= months {
            row.kind = .renewal
            day = min(lastDay, subscription.created.adding(months: months * (1 + dice.roll(days / 31 / months))))
        } else {
            let step = 1 + dice.skewed(9)
            row.quantity = Int32(dice.perMille(700) ? step : -step)
        }
        // A sale takes place before 18:06, everything later on the same day after it.
        row.created = Moment(day: day, second: 65_100 + dice.roll(21_000))
        guard row.kind == .change else { return row }
        if subscription.status == .pending || dice.perMille(30) {
            row.code = .cancelled
        } else if now.day - day <= 30, dice.perMille(15) {
            row.code = .failed
        } else if now.day - day <= 60, subscription.status == .active, months >= 12, dice.perMille(30) {
            row.code = .waiting
            row.isScheduled = true
            row.quantity = max(1, subscription.quantity + row.quantity)
        }
        if row.code != .completed { row.provisioningSeconds = nil }
        return row
    }
}
