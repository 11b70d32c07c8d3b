import Marketplace

extension Objection.Reason {
    /// What the rule book says, with the key that helps.
    /// - Parameter isNamed: Whether the subscription's id is shown beside it.
    func sentence(_ keymap: Keymap, isNamed: Bool = false) -> String {
        let words = (isNamed ? wordsInRow : words) + "."
        return switch self {
        case .ended: "\(words.dropLast()); \(keymap.name(of: .duplicate)) orders the same again."
        case .keepsOneUnit: "\(words) \(keymap.name(of: .cancel)) on it asks for one."
        default: words
        }
    }
}

extension Model {
    /// Why the account may not order more, as it was read last; nil when it may.
    func orderingRefusal(of account: Account) -> String? {
        Rules.objections(toOrderOf: account, adds: true).refusal?.sentence(keymap)
    }

    /// As above, for a customer of whom perhaps only name and status were read.
    func orderingRefusal(of customer: Account.ID) -> String? {
        guard let status = accounts[customer]?.status else { return nil }
        return orderingRefusal(
            of: Account(id: customer, kind: .customer, name: name(of: customer), status: status))
    }

    /// Why `act` cannot be asked for on `account`, as it was read last, or nil when it can.
    func refusal(of act: AccountAct, on account: Account?) -> String? {
        if let readOnlyRefusal { return readOnlyRefusal }
        guard let account else { return "Choose a reseller or a customer first." }
        return Rules.objections(to: act, on: account).refusal?.sentence(keymap)
    }

    /// Why the order cannot be withdrawn, as it was read last, or nil when it can.
    func withdrawalRefusal(of order: Order) -> String? {
        Rules.objections(toWithdrawing: order).refusal?.sentence(keymap)
    }

    /// Why its credit check cannot be switched, or not to what is wanted, as it was read last; nil when it can.
    func creditCheckRefusal(of order: Order, wanted: Bool? = nil) -> String? {
        Rules.objections(toCreditCheck: wanted, of: order).refusal?.sentence(keymap)
    }
}
