/// The money of what needs a person: of what renews and ends in the coming 90 days, and of what customers on hold have.
/// It says of how many subscriptions it was read.
public struct MoneyAtStake: Hashable, Sendable {
    public let renewals: Renewals
    /// Of the running subscriptions of customers on hold.
    public private(set) var held = MonthlyMoney()
    /// Of what renews and ends within the days of the lanes.
    private let soon: Renewals.Amounts
    /// The currencies of all of it, most money first.
    public let currencies: [String]
    /// How many subscriptions it is about.
    public let count: Int
    /// Those that were not read: what renews or ends soonest comes first.
    public let unread: [Subscription.ID]

    /// - Parameters:
    ///   - overview: Its subscriptions are read.
    ///   - charges: What was read of a subscription; nil when it was not.
    /// - Returns: Nil while the subscriptions of `overview` are not read.
    public init?(of overview: Overview, charges: (Subscription) -> SubscriptionCharges?) {
        guard let schedule = overview.schedule else { return nil }
        renewals = Renewals(schedule, charges: charges)
        let turning = Set(schedule.turns.map(\.subscription.id))
        var (others, unread) = (0, renewals.unread)
        for row in overview.heldSubscriptions {
            let charges = charges(row)
            held.add(charges: charges)
            // Those that renew or end are counted already.
            guard !turning.contains(row.id) else { continue }
            others += 1
            if charges == nil { unread.append(row.id) }
        }
        soon = renewals.amounts(within: Overview.daysAhead)
        let ahead = renewals.amounts(within: RenewalSchedule.daysAhead)
        var all = held
        for kind in TurnKind.allCases { all.add(ahead[kind]) }
        currencies = all.sums.map(\.currency)
        count = turning.count + others
        self.unread = unread
    }

    /// The money of a lane; nil for lanes of orders.
    public subscript(lane: Overview.Lane) -> MonthlyMoney? {
        switch lane {
        case .failed, .stuck: nil
        case .held: held
        case .renewing: soon.renewing
        case .ending: soon.ending
        }
    }

    /// How many of the subscriptions were read.
    public var read: Int { count - unread.count }
}
