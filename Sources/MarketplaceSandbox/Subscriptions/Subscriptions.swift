struct Subscriptions {
    private(set) var rows: [SubscriptionRow]
    private var extras: [Int: SubscriptionExtras] = [:]
    private(set) var byCustomer: GroupIndex
    private(set) var byReseller: GroupIndex
    private(set) var byStatus: StatusIndex
    /// The rows of lists.
    let written: WrittenRows
    private let ids: IDSpace

    /// - Parameters:
    ///   - rows: in ascending order of creation, the landmarks among them.
    ///   - landmarks: ids and places of the landmarks.
    init(rows: [SubscriptionRow], landmarks: [(id: Int, place: Int)], owners: [Int32], written: Int) {
        self.rows = rows
        self.written = WrittenRows(limit: written)
        ids = IDSpace(first: 1_001_000, landmarks: landmarks)
        byCustomer = GroupIndex(groups: rows.map(\.customer))
        byReseller = GroupIndex(groups: rows.map { owners[Int($0.customer)] })
        byStatus = StatusIndex(statuses: rows.map(\.status.rawValue), kinds: SubscriptionRow.Status.allCases.count)
    }

    var count: Int { rows.count }

    func id(_ place: Int) -> Int { ids.id(of: place) }

    func place(id: String) -> Int? { ids.place(of: id, count: rows.count) }

    func extras(_ place: Int) -> SubscriptionExtras? { extras[place] }

    mutating func append(_ row: SubscriptionRow, extras: SubscriptionExtras, reseller: Int) -> Int {
        let place = rows.count
        rows.append(row)
        self.extras[place] = extras
        byCustomer.append(row: place, to: Int(row.customer))
        byReseller.append(row: place, to: reseller)
        byStatus.insert(row: place, status: row.status.rawValue)
        return place
    }

    /// Changes a row in place and keeps the index of statuses true.
    mutating func change(_ place: Int, _ body: (inout SubscriptionRow) -> Void) {
        written.forget(place)
        let old = rows[place].status
        body(&rows[place])
        byStatus.move(row: place, from: old.rawValue, to: rows[place].status.rawValue)
    }

    mutating func changeExtras(_ place: Int, _ body: (inout SubscriptionExtras) -> Void) {
        written.forget(place)
        body(&extras[place, default: SubscriptionExtras()])
    }
}

// MARK: - Seed

extension Subscriptions {
    /// Makes the rows of a new marketplace, oldest first.
    static func seed(
        _ configuration: SandboxConfiguration, _ accounts: Accounts, _ offers: [Catalogue.Offer], now: Moment
    ) -> Subscriptions {
        let landmarks = Landmarks.subscriptions(accounts: accounts, now: now)
        let count = max(0, configuration.subscriptions - landmarks.count)
        var rows: [SubscriptionRow] = []
        rows.reserveCapacity(count + landmarks.count)
        for index in 0..<count {
            var dice = Dice(seed: configuration.seed, .subscription, index)
            rows.append(row(index, of: count, &dice, accounts, offers, now.day))
        }
        var places: [(id: Int, place: Int)] = []
        for landmark in landmarks.sorted(by: { ($0.row.created, $0.id) < ($1.row.created, $1.id) }) {
            let place = rows.firstIndex(after: landmark.row.created)
            rows.insert(landmark.row, at: place)
            places.append((landmark.id, place))
        }
        var table = Subscriptions(
            rows: rows, landmarks: places, owners: accounts.owners, written: configuration.writtenRows)
        for landmark in landmarks {
            guard let extras = landmark.extras, let place = table.place(id: String(landmark.id)) else { continue }
            table.changeExtras(place) { $0 = extras }
        }
        return table
    }

    private static func row(
        _ index: Int, of count: Int, _ dice: inout Dice, _ accounts: Accounts, _ offers: [Catalogue.Offer],
        _ today: CalendarDay
    ) -> SubscriptionRow {
        // The younger the denser: a marketplace that grows. Ages fall with the index, so rows come oldest first.
        let age = 1.0 - (Double(index) + 0.5) / Double(count)
        let created = today.adding(days: -1 - Int(1_100 * age * age.squareRoot()))
        // Some customers have many subscriptions, most have a few.
        let customers = accounts.generatedCustomerCount
        var customer =
            customers == 0
            ? accounts.place(ofLandmark: 1 + dice.roll(3))
            : dice.perMille(600) ? dice.roll(customers) : dice.skewed(customers)
        // Who is not verified yet has bought nothing.
        while customer > 0, customer < customers, accounts.customerStatus(customer) == .pending { customer -= 1 }
        let product = dice.perMille(120) ? dice.roll(9) : dice.roll(offers.count)
        let offer = offers[product]
        let months = offer.months
        let quantity = min(offer.maximum, offer.minimum + dice.skewed(120))
        var row = SubscriptionRow(
            customer: Int32(customer), product: Int32(product), created: created, modified: created, expires: nil,
            quantity: Int32(dice.perMille(12) ? 0 : quantity), status: .active, renewsItself: dice.perMille(800))
        let terminated = dice.perMille(110)
        row.status = status(&dice, of: accounts.customerStatus(customer), age: today - created, terminated: terminated)
        switch row.status {
        case .pending:
            break
        case .active, .hold:
            var end = created.adding(months: months)
            var terms = 1
            if end <= today {
                terms = max(1, (today - created) / 31 / months)
                end = created.adding(months: months * terms)
            }
            while end <= today {
                terms += 1
                end = created.adding(months: months * terms)
            }
            row.expires = end
            row.modified = terms > 1 ? created.adding(months: months * (terms - 1)) : created
        case .terminated, .removed:
            // Cancelled on some day between its first and yesterday.
            row.expires = created.adding(days: dice.roll(today - created))
            row.modified = row.expires ?? created
            row.renewsItself = false
        }
        return row
    }

    private static func status(
        _ dice: inout Dice, of customer: Account.Status, age: Int, terminated: Bool
    ) -> SubscriptionRow.Status {
        switch customer {
        case .cancelled: dice.perMille(500) ? .terminated : .removed
        case .adminHold: .hold
        default:
            if age <= 3, dice.perMille(300) {
                .pending
            } else if terminated, age > 40 {
                dice.perMille(600) ? .terminated : .removed
            } else {
                dice.perMille(25) ? .hold : .active
            }
        }
    }
}

extension [SubscriptionRow] {
    /// Where a row of that day goes so that it comes after all of the same day.
    fileprivate func firstIndex(after day: CalendarDay) -> Int {
        RowList(all: count).firstPosition { self[$0].created > day }
    }
}
