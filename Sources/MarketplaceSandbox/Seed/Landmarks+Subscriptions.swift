extension Landmarks {
    struct Subscription {
        var id: Int
        var row: SubscriptionRow
        var extras: SubscriptionExtras?
    }

    /// Rows 1000917 to 1000920 are promised; the others give the other landmark customers something to look at.
    static func subscriptions(accounts: Accounts, now: Moment) -> [Subscription] {
        let today = now.day
        func make(
            _ id: Int, customer: Int, product: Int, quantity: Int, status: SubscriptionRow.Status, created: CalendarDay,
            modified: CalendarDay? = nil, expires: CalendarDay?, renewsItself: Bool, parameters: [JSONValue] = []
        ) -> Subscription {
            Subscription(
                id: id,
                row: SubscriptionRow(
                    customer: Int32(accounts.place(ofLandmark: customer)), product: Int32(product), created: created,
                    modified: modified ?? created, expires: expires, quantity: Int32(quantity), status: status,
                    renewsItself: renewsItself),
                extras: parameters.isEmpty ? nil : SubscriptionExtras(orderParameters: parameters))
        }
        let hero = today.adding(days: 12)
        let scheduled = today.adding(days: 76)
        return [
            make(
                heroSubscription, customer: 0, product: auroraYearlyBilledMonthly, quantity: 25, status: .active,
                created: hero.adding(months: -12), modified: today.adding(days: -160), expires: hero,
                renewsItself: true,
                parameters: [parameter("microsoft_domain", "jorgensen.example")]),
            make(
                1_000_918, customer: 0, product: 12, quantity: 2, status: .hold, created: today.adding(days: -120),
                modified: today.adding(days: -9), expires: today.adding(days: -120).adding(months: 12),
                renewsItself: true),
            make(
                overdueSubscription, customer: 0, product: 3, quantity: 10, status: .pending,
                created: overdueSince(now).day, expires: nil, renewsItself: true),
            make(
                1_000_920, customer: 0, product: citrineMail, quantity: 8, status: .active,
                created: today.adding(days: 5).adding(months: -12), modified: today.adding(days: -30),
                expires: today.adding(days: 5), renewsItself: false,
                parameters: [parameter("domain", "jorgensen.example")]),
            make(
                scheduledSubscription, customer: 1, product: auroraYearly, quantity: 40, status: .active,
                created: scheduled.adding(months: -12), expires: scheduled, renewsItself: true,
                parameters: [parameter("microsoft_domain", "sakusha.example")]),
            make(
                failedSubscription, customer: 1, product: 16, quantity: 4, status: .pending,
                created: failedSince(now).day, expires: nil, renewsItself: true),
            make(
                1_000_923, customer: 2, product: auroraYearlyBilledMonthly, quantity: 12, status: .active,
                created: today.adding(days: -200), expires: today.adding(days: -200).adding(months: 12),
                renewsItself: true),
            make(
                1_000_924, customer: 3, product: auroraMonthly, quantity: 1, status: .active,
                created: today.adding(days: -11), expires: today.adding(days: -11).adding(months: 1),
                renewsItself: true),
        ]
    }

    static let heroSubscription = 1_000_917
    static let overdueSubscription = 1_000_919
    static let scheduledSubscription = 1_000_921
    static let failedSubscription = 1_000_922

    private static func overdueSince(_ now: Moment) -> Moment {
        Moment(seconds: now.seconds - 26 * 3_600)
    }

    private static func failedSince(_ now: Moment) -> Moment {
        Moment(seconds: now.seconds - 3 * 3_600 - 12 * 60)
    }

    static func parameter(_ name: String, _ value: String) -> JSONValue {
        .object([.init(name: "name", value: .string(name)), .init(name: "value", value: .string(value))])
    }

    // MARK: Orders

    struct Order {
        var id: Int
        var subscription: Int
        var row: OrderRow
    }

    static let overdueOrder = 1_000_704
    static let failedOrder = 1_000_705
    static let scheduledOrder = 1_000_703

    /// One order in error (PF), one processing past its usual time (LO), one change that waits for the renewal (AS), and
    /// the orders that made the landmark subscriptions.
    static func orders(_ subscriptions: Subscriptions, now: Moment) -> [Order] {
        func make(
            _ id: Int, _ subscription: Int, _ kind: OrderRow.Kind, at created: Moment? = nil, days: Int = 0,
            quantity: Int, code: OrderRow.Code = .completed, isScheduled: Bool = false
        ) -> Order? {
            guard let place = subscriptions.place(id: String(subscription)) else { return nil }
            let row = subscriptions.rows[place]
            let moment = created ?? Moment(day: row.created.adding(days: days), second: 34_567 + id % 1_000)
            return Order(
                id: id, subscription: subscription,
                row: OrderRow(
                    subscription: Int32(place), customer: row.customer, created: moment,
                    provisioningSeconds: code == .completed ? 132 : nil, quantity: Int32(quantity), kind: kind,
                    code: code, isScheduled: isScheduled))
        }
        let sinceSchedule = Moment(day: now.day.adding(days: -12), second: 41_403)
        return [
            make(1_000_701, heroSubscription, .sales, quantity: 20),
            make(1_000_702, heroSubscription, .change, days: 193, quantity: 5),
            make(
                scheduledOrder, scheduledSubscription, .change, at: sinceSchedule, quantity: 35, code: .waiting,
                isScheduled: true),
            make(overdueOrder, overdueSubscription, .sales, at: overdueSince(now), quantity: 10, code: .provisioning),
            make(failedOrder, failedSubscription, .sales, at: failedSince(now), quantity: 4, code: .failed),
            make(1_000_706, 1_000_918, .sales, quantity: 2),
            make(1_000_707, 1_000_920, .sales, quantity: 8),
            make(1_000_708, scheduledSubscription, .sales, quantity: 40),
            make(1_000_709, 1_000_923, .sales, quantity: 12),
            make(1_000_710, 1_000_924, .sales, quantity: 1),
        ].compactMap(\.self)
    }
}
