import FoundationEssentials

extension Objection.Reason {
    /// A sentence without its full stop. Says what is so and what it means; which key helps is the dashboard's to add.
    public var words: String { words(isNamed: false) }

    /// The same where the subscription is named beside it, as in its own row, and space is short: `on hold: …`.
    public var wordsInRow: String { words(isNamed: true) }

    /// - Parameter isNamed: Whether the subscription's id is shown beside it.
    private func words(isNamed: Bool) -> String {
        func it(_ id: Subscription.ID) -> String { isNamed ? "It" : "Subscription \(id)" }
        func itIs(_ id: Subscription.ID) -> String { isNamed ? "" : "Subscription \(id) is " }
        return switch self {
        case .readOnly: "This profile is read-only: nothing can be ordered or changed with it"
        case .pending(let id): "\(itIs(id))pending: it is still being set up; wait until it is active"
        case .ended(let id): "\(it(id)) has ended"
        case .heldFromChange(let id): "\(itIs(id))on hold: its services are disabled, so it cannot be changed"
        case .onHold(let id): "\(itIs(id))on hold: its services are disabled"
        case .unknownSubscriptionStatus(let id, let word): "\(it(id)) \(Self.isUnknown(word))"
        case .holdsAlready(let id, let units): "\(it(id)) holds \(Self.counted(units)) already"
        case .keepsOneUnit: "At least 1 unit stays: only a cancellation order ends a subscription"
        case .hasPlanAlready(let id): "\(it(id)) has this plan and term already"
        case .autoRenewIsAlready(let id, let isOn):
            "Auto-renew\(isNamed ? "" : " of subscription \(id)") is \(isOn ? "on" : "off") already"

        case .changeIsOpen(let order): "\(order.words) is still open: it must end first, or be withdrawn"
        case .changeWaits(let order): order.waitingWords
        case .isEndedBy(let order): "\(order.words) ends this subscription already"
        case .isRenewedBy(let order): "\(order.words) renews this subscription already"
        case .orderIsOpen(let order): "\(order.words) is still open on this subscription, and may yet change it"

        case .unitsAreLocked(let windows): windows.lockedWords
        case .unitsAreUnclear(let rule):
            "By the \(rule.words), units can be taken away for \(rule.takeAwayWords) only; its orders do not say which those are"
        case .cancellationIsOver(let windows): windows.overWords

        case .orderIsCompleted(let order): "Order \(order.shownNumber) is completed: it cannot be withdrawn any more"
        case .orderIsWithdrawn(let order): "Order \(order.shownNumber) is withdrawn already"
        case .orderHasEnded(let order):
            "Order \(order.shownNumber) is \(order.status.word): no credit is checked for it any more"
        case .creditCheckIsAlready(let order, let isOn):
            "The credit check of order \(order.shownNumber) is \(isOn ? "on" : "off") already"
        case .unknownOrderStatus(let order): "Order \(order.shownNumber) \(Self.isUnknown(order.status.word))"

        case .mayNotOrder(let name, let status): "\(name) \(Self.whyNotToOrder(status))"
        case .isNotActive(let name, let status): "\(name) is not active: \(status.word)"
        case .unknownAccountStatus(let name, let word): "\(name) \(Self.isUnknown(word))"
        case .isClosed(let name): "\(name) is closed: nothing of it can be changed"
        case .isOnAdministrativeHold(let name): "\(name) is on administrative hold: only the provider can end that"
        case .isInError(let name): "\(name) is in error: only the marketplace's support can fix it"
        case .statusIsTheMarketplaces(let name, let status):
            "The status of \(name) is \(status.word), which only the marketplace itself is known to change"

        case .equalOrder(let equal): "An equal order was placed on \(equal.words)"
        case .equalAccount(let equal): "An equal account was created on \(equal.words)"
        }
    }

    private static func isUnknown(_ word: String) -> String {
        "has a status that this program does not know: \(word)"
    }

    private static func counted(_ units: [Int]) -> String {
        let words = units.map { Decimal($0).grouped(fractionDigits: 0) }.joined(separator: ", ")
        return "\(words) unit\(units == [1] ? "" : "s")"
    }

    private static func whyNotToOrder(_ status: AccountStatus) -> String {
        switch status {
        case .pending: "is not verified yet, so it cannot order"
        case .creditHold: "is on credit hold: it may not order more until its balance is paid"
        case .adminHold: "is on administrative hold, so it cannot order"
        case .cancelled: "is closed, so it cannot order"
        case .error: "is in error and cannot order: only the marketplace's support can fix it"
        case .active, .other: "is \(status.word), so it cannot order"
        }
    }
}

extension VendorRule {
    /// `7 days`.
    var takeAwayWords: String { Self.words(hours: hoursToTakeAway ?? 0) }

    fileprivate static func words(hours: Int) -> String {
        hours % 24 == 0 ? "\(hours / 24) day\(hours == 24 ? "" : "s")" : "\(hours) hour\(hours == 1 ? "" : "s")"
    }
}

extension SubscriptionWindows.Deadline {
    /// `03 Dec 2026 13:58 UTC`; the last day alone where the time is not known.
    var words: String { isExact ? "\(at.spoken) UTC" : lastDay(\.utcDate).spoken }
}

extension SubscriptionWindows {
    /// How many units can be taken away, and what of the others.
    fileprivate var lockedWords: String {
        let others = turnsOn.map { "the others on \($0.spoken)" } ?? "the others are locked"
        guard case .lots(let lots, _)? = units, let soonest = lots.first else {
            return
                "By the \(rule.words), no units can be taken away now: only for \(rule.takeAwayWords) after they came"
                + (turnsOn.map { ", or on \($0.spoken)" } ?? "")
        }
        let count = lots.reduce(0) { $0 + $1.units }
        return "By the \(rule.words), \(Decimal(count).grouped(fractionDigits: 0)) "
            + "unit\(count == 1 ? "" : "s") can be taken away now, until \(soonest.until.words); \(others)"
    }

    fileprivate var overWords: String {
        let hours = VendorRule.words(hours: rule.hoursToCancel ?? 0)
        let since = if case .closed(let since)? = cancellation { " on \(since.words)" } else { "" }
        return
            "By the \(rule.words), it can be cancelled for \(hours) after its purchase or renewal; that ended\(since)"
    }
}

extension DryRun.EqualOrder {
    /// `20 Nov 2026 14:04 UTC: SO000012, PO number X`.
    var words: String {
        let name = number.isEmpty ? order?.rawValue ?? "" : number
        let parts = [name, poNumber.map { "PO number \($0)" } ?? ""].filter { !$0.isEmpty }
        return "\(at.spoken) UTC" + (parts.isEmpty ? "" : ": " + parts.joined(separator: ", "))
    }
}

extension Order {
    /// Its number, or its id where it has none.
    var shownNumber: String { number.isEmpty ? id.rawValue : number }

    /// `Order CH000042 (change, processing)`.
    var words: String { "Order \(shownNumber) (\(kind.word), \(status.word))" }
}
