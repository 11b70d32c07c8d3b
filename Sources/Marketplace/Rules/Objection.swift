/// Something that speaks against a write, and how much. ``Rules`` finds it; keys, forms, reviews, the rows of a bulk
/// change, dry runs and commands ask there and decide nothing themselves.
public struct Objection: Hashable, Sendable {
    public enum Weight: Hashable, Sendable {
        /// It cannot be sent.
        case refused
        /// It may be meant, but asks for one more word from the person.
        case warned
        /// Worth knowing; asks for nothing.
        case noted
    }

    public var weight: Weight
    public var reason: Reason

    public static func refused(_ reason: Reason) -> Objection { Objection(weight: .refused, reason: reason) }
    public static func warned(_ reason: Reason) -> Objection { Objection(weight: .warned, reason: reason) }
    public static func noted(_ reason: Reason) -> Objection { Objection(weight: .noted, reason: reason) }

    /// Everything that the rules know to speak against a write.
    public enum Reason: Hashable, Sendable {
        case readOnly

        // Subscriptions
        case pending(Subscription.ID)
        case ended(Subscription.ID)
        /// Only an active subscription can be changed, and it is on hold.
        case heldFromChange(Subscription.ID)
        case onHold(Subscription.ID)
        case unknownSubscriptionStatus(Subscription.ID, word: String)
        case holdsAlready(Subscription.ID, units: [Int])
        case keepsOneUnit
        case hasPlanAlready(Subscription.ID)
        case autoRenewIsAlready(Subscription.ID, on: Bool)

        // Orders on a subscription that have not ended
        case changeIsOpen(Order)
        case changeWaits(Order)
        case isEndedBy(Order)
        case isRenewedBy(Order)
        case orderIsOpen(Order)

        // The rule of the vendor, which the marketplace does not report
        /// Fewer units can be taken away than are asked for.
        case unitsAreLocked(SubscriptionWindows)
        case unitsAreUnclear(VendorRule)
        case cancellationIsOver(SubscriptionWindows)

        // Withdrawals
        case orderIsCompleted(Order)
        case orderIsWithdrawn(Order)
        case unknownOrderStatus(Order)

        // Credit checks of orders
        /// Its credit is not looked at any more.
        case orderHasEnded(Order)
        case creditCheckIsAlready(Order, on: Bool)

        // Accounts, each by its name
        case mayNotOrder(String, AccountStatus)
        case isNotActive(String, AccountStatus)
        case unknownAccountStatus(String, word: String)
        case isClosed(String)
        case isOnAdministrativeHold(String)
        case isInError(String)
        case statusIsTheMarketplaces(String, AccountStatus)

        // Equal ones
        case equalOrder(DryRun.EqualOrder)
        case equalAccount(DryRun.EqualOrder)
    }
}

extension Sequence<Objection> {
    /// Why it cannot be sent; nil when it can.
    public var refusal: Objection.Reason? { first { $0.weight == .refused }?.reason }
}
