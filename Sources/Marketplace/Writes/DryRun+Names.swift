extension DryRun.Check {
    /// What a check is about. Scripts name a warning by it, so that no name ever gets another meaning.
    public enum Name: String, Hashable, Codable, Sendable, CaseIterable {
        // Warnings and what refuses.
        case duplicate, poUsed, uncompared, openOrder, onHold, unsettledNeighbour, noAdministrator, namesake
        case unknownStatus, marketplaceStatus, windowClosed, belowCost, otherCurrency
        // Only what refuses, and notes.
        case readOnly, unsettled, obstacle, pending, ended, unchanged, keepsOneUnit, mayNotOrder, isNotActive
        case orderEnded, closed, owned, notHeld, changedMeanwhile, secretAttribute

        init(_ reason: Objection.Reason) {
            self =
                switch reason {
                case .readOnly: .readOnly
                case .pending: .pending
                case .ended, .isEndedBy: .ended
                case .heldFromChange, .onHold: .onHold
                case .unknownSubscriptionStatus, .unknownOrderStatus, .unknownAccountStatus: .unknownStatus
                case .holdsAlready, .hasPlanAlready, .autoRenewIsAlready, .creditCheckIsAlready: .unchanged
                case .keepsOneUnit: .keepsOneUnit
                case .changeIsOpen, .changeWaits, .isRenewedBy, .orderIsOpen: .openOrder
                case .orderIsCompleted, .orderIsWithdrawn, .orderHasEnded: .orderEnded
                case .unitsAreLocked, .unitsAreUnclear, .cancellationIsOver: .windowClosed
                case .mayNotOrder: .mayNotOrder
                case .isNotActive: .isNotActive
                case .isClosed, .isOnAdministrativeHold, .isInError: .closed
                case .statusIsTheMarketplaces: .marketplaceStatus
                case .equalOrder, .equalAccount: .duplicate
                }
        }
    }
}
