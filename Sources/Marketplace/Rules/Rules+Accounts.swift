/// What can be done to an account that is there already.
public enum AccountAct: Hashable, Sendable {
    case edit, contacts
    /// Credit hold, or active again.
    case status
}

extension Rules {
    /// What speaks against `act` on an account in its present state. Closed accounts stay as they are; administrative holds and
    /// errors are the provider's to end (REFERENCE 7).
    public static func objections(to act: AccountAct, on account: Account) -> [Objection] {
        switch (account.status, act) {
        case (.cancelled, _): [.refused(.isClosed(account.title))]
        case (.adminHold, .status): [.refused(.isOnAdministrativeHold(account.title))]
        case (.error, .status): [.refused(.isInError(account.title))]
        case (.pending, .status), (.other, .status):
            [.warned(.statusIsTheMarketplaces(account.title, account.status))]
        case (_, .edit), (_, .contacts), (.active, .status), (.creditHold, .status): []
        }
    }

    /// What speaks against an order for an account. Accounts on hold, and those that are not there yet or no longer, may
    /// not order more; what does not order more is taken from an account on hold too (REFERENCE 7 and 16, row 29).
    /// - Parameter adds: Whether it orders more than the account has.
    public static func objections(toOrderOf account: Account, adds: Bool) -> [Objection] {
        switch account.status {
        case .active: []
        case .other: [.warned(.unknownAccountStatus(account.title, word: account.status.word))]
        case .pending, .creditHold, .adminHold, .cancelled, .error:
            [
                adds
                    ? .refused(.mayNotOrder(account.title, account.status))
                    : .noted(.isNotActive(account.title, account.status))
            ]
        }
    }
}
