/// What can be done to a subscription.
public enum SubscriptionAct: Hashable, Sendable {
    case units, planSwitch
    /// On or off; nil while that is not chosen yet.
    case autoRenew(Bool?)
    case renewal, cancellation
    /// Its attributes, or prices of its own.
    case attributes
}

extension Rules {
    /// What speaks against `act` on a subscription in its present state, what refuses it first.
    /// - Parameter orders: Those on the subscription that were read; the ones that have ended do not count.
    public static func objections(
        to act: SubscriptionAct, on row: Subscription, orders: some Sequence<Order>
    ) -> [Objection] {
        var found = [objection(toStatusOf: row, for: act)].compactMap(\.self)
        if case .autoRenew(let wanted?) = act, let objection = objection(toAutoRenew: wanted, on: row) {
            found.append(objection)
        }
        for order in orders where !order.status.isFinal {
            if let objection = objection(to: act, whileOpen: order) { found.append(objection) }
        }
        return found.filter { $0.weight == .refused } + found.filter { $0.weight != .refused }
    }

    /// Only an active subscription can be changed; one on hold can be renewed and ended; one that has ended, or is still
    /// being set up, can do nothing (REFERENCE 11). What an unknown status allows is not documented.
    private static func objection(toStatusOf row: Subscription, for act: SubscriptionAct) -> Objection? {
        switch (row.status, act) {
        case (.active, _): nil
        case (.pending, _): .refused(.pending(row.id))
        case (.terminated, _), (.removed, _): .refused(.ended(row.id))
        case (.hold, .units), (.hold, .planSwitch): .refused(.heldFromChange(row.id))
        case (.hold, .autoRenew), (.hold, .attributes): .noted(.onHold(row.id))
        case (.hold, .renewal), (.hold, .cancellation): .warned(.onHold(row.id))
        case (.other, _): .warned(.unknownSubscriptionStatus(row.id, word: row.status.word))
        }
    }

    /// While a change is being carried out the marketplace refuses the next one; one that waits for the renewal does not
    /// stand in the way (REFERENCE 10.5). What it does with another order beside an open one, is not documented.
    private static func objection(to act: SubscriptionAct, whileOpen order: Order) -> Objection? {
        switch (order.kind, act) {
        case (_, .attributes): nil
        case (.cancellation, .autoRenew(true?)): .refused(.isEndedBy(order))
        case (.cancellation, .autoRenew): .noted(.isEndedBy(order))
        case (_, .autoRenew): nil
        case (.cancellation, _): .refused(.isEndedBy(order))
        case (.change, .units) where order.isWaiting, (.change, .planSwitch) where order.isWaiting:
            .warned(.changeWaits(order))
        case (.change, .units), (.change, .planSwitch): .refused(.changeIsOpen(order))
        case (.change, _) where order.isWaiting: .noted(.changeWaits(order))
        case (.renewal, .renewal): .warned(.isRenewedBy(order))
        default: .warned(.orderIsOpen(order))
        }
    }

    /// Whether automatic renewal is as wanted already.
    public static func objection(toAutoRenew wanted: Bool, on row: Subscription) -> Objection? {
        row.autoRenews == wanted ? .refused(.autoRenewIsAlready(row.id, on: wanted)) : nil
    }

    /// Whether a change to `total` units changes anything and leaves a subscription.
    public static func objection(toTotal total: Int, from held: Int?, on id: Subscription.ID) -> Objection? {
        if total == held { return .refused(.holdsAlready(id, units: [total])) }
        return total < 1 ? .refused(.keepsOneUnit) : nil
    }

    /// Whether a vendor's rule speaks against taking units away at once. It may be out of date: it warns and refuses
    /// nothing.
    public static func objection(
        toTakingAway count: Int, _ windows: SubscriptionWindows?
    ) -> Objection? {
        guard count > 0, let windows, let units = windows.units else { return nil }
        guard let removable = units.removable else { return .noted(.unitsAreUnclear(windows.rule)) }
        return count > removable ? .warned(.unitsAreLocked(windows)) : nil
    }

    /// Whether a vendor's rule speaks against a cancellation.
    public static func objection(toCancelling windows: SubscriptionWindows?) -> Objection? {
        guard let windows, case .closed? = windows.cancellation else { return nil }
        return .warned(.cancellationIsOver(windows))
    }
}
