/// The money of what needs a person: of what renews and ends in the coming 90 days, and of what customers on hold have.
/// It says of how many subscriptions it was read.
public struct MoneyAtStake: Hashable, Sendable {
    public private(set) var renewals: Renewals
    /// Of the running subscriptions of customers on hold.
    public private(set) var held = MonthlyMoney()
    private var heldDetails: [Subscription.ID: SubscriptionDetail] = [:]
    private let heldSubscriptions: [Subscription.ID]
    /// All that it is about, and those of them that were not read.
    private let all: Set<Subscription.ID>
    private var missing: Set<Subscription.ID> = []

    /// - Parameters:
    ///   - overview: Its subscriptions are read.
    ///   - detail: What was read of a subscription; nil when it was not.
    /// - Returns: Nil while the subscriptions of `overview` are not read.
    public init?(of overview: Overview, detail: (Subscription.ID) -> SubscriptionDetail?) {
        guard let schedule = overview.schedule else { return nil }
        renewals = Renewals(schedule, detail: detail)
        heldSubscriptions = overview.heldSubscriptions
        for id in heldSubscriptions { heldDetails[id] = detail(id) }
        all = Set(heldSubscriptions).union(schedule.turns.map(\.subscription.id))
        missing = all.filter { detail($0) == nil }
        addHeld()
    }

    private mutating func addHeld() {
        held = MonthlyMoney()
        for id in heldSubscriptions { held.add(heldDetails[id]) }
    }

    /// Takes in what was read of one subscription; nil when that was dropped.
    public mutating func take(_ detail: SubscriptionDetail?, of id: Subscription.ID) {
        guard all.contains(id) else { return }
        if detail == nil { missing.insert(id) } else { missing.remove(id) }
        renewals.take(detail, of: id)
        guard heldSubscriptions.contains(id), heldDetails[id] != detail else { return }
        heldDetails[id] = detail
        addHeld()
    }

    /// The money of a lane; nil for lanes of orders.
    public subscript(lane: Overview.Lane) -> MonthlyMoney? {
        switch lane {
        case .failed, .stuck: nil
        case .held: held
        case .renewing: renewals.amounts(within: Overview.daysAhead).renewing
        case .ending: renewals.amounts(within: Overview.daysAhead).ending
        }
    }

    /// The currencies of all of it, most money first.
    public var currencies: [String] {
        var all = held
        for kind in TurnKind.allCases { all.add(renewals.amounts(within: RenewalSchedule.daysAhead)[kind]) }
        return all.sums.map(\.currency)
    }

    /// How many subscriptions it is about.
    public var count: Int { all.count }
    /// How many of them were read.
    public var read: Int { all.count - missing.count }
    /// Those that were not read: what renews or ends soonest comes first.
    public var unread: [Subscription.ID] {
        let turning = renewals.unread
        let known = Set(turning)
        return turning + heldSubscriptions.filter { missing.contains($0) && !known.contains($0) }
    }
}
