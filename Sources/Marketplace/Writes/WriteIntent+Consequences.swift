/// What follows from a write, in words: the same on a review of the dashboard and of a command. Parts of a sentence, without
/// the keys or commands that help.
extension WriteIntent {
    /// How it can be taken back.
    /// - Parameter run: Fresh answers; without them nothing is said that needs them.
    public func undo(since run: DryRun?) -> String {
        switch self {
        case .place(.sales): "withdraw it while it is open; later only a cancellation order"
        case .place(.change(let order)):
            order.takesAway(from: run?.subscription)
                ? "add units again, any time" : "take them away again, as long as the vendor allows it"
        case .place(.planSwitch): "only by another switch, where the new plan offers one"
        case .place(.renewal): "withdraw it while it is open; after that the term is bought"
        case .place(.cancellation): "withdraw it while it is open; after that only a new order"
        case .place(.migration):
            "withdraw it while it is open; after that only a cancellation order ends the subscription"
        case .withdraw: "none; only a new order"
        case .creditCheck: "switch it back while the order is open"
        case .change(let subscription, let changes): changes.undo(on: run?.subscription?.subscription ?? subscription)
        case .create: "none by this API: an account cannot be deleted"
        case .schedule: "none by this API; a report changes nothing"
        case .edit(_, let changes):
            switch changes.status {
            case .creditHold: "set it active again"
            case .active: "put it on credit hold"
            case nil:
                changes.contacts == nil
                    ? "change it back in the same way"
                    : "add or change them again; a new administrator gets a new login"
            }
        }
    }

    /// What it means where nothing is bought; nil where its price says so.
    public var meaning: String? {
        switch self {
        case .place(.cancellation): "its services stop for everybody who uses them"
        case .place: nil
        case .withdraw: "what the order asked for does not happen"
        case .creditCheck(let checks, _):
            checks
                ? "the customer's credit is checked while the order is processed"
                : "the order is processed without looking at the customer's credit"
        case .change(_, let changes):
            switch changes.autoRenews {
            case true: nil
            case false: "nothing is charged; its services stop when it ends"
            case nil where changes.prices != nil:
                "what is charged changes; from which charge on, the marketplace does not say"
            case nil: "nothing is bought, and no price changes"
            }
        case .create: "nothing is bought; it can order once it is active"
        case .schedule: "it is made once; nothing is bought"
        case .edit(let account, let changes):
            switch changes.status {
            case .creditHold:
                "no new orders and no more units of this \(account.kind == .reseller ? "reseller" : "customer") until it is "
                    + "active again; what it holds runs on"
            case .active: "it may order again; nothing is bought by this"
            case nil:
                changes.removesAdministrator(of: account)
                    ? "what becomes of a removed administrator's login is not shown by this API" : "nothing is bought"
            }
        }
    }

    /// For how long it binds; nil where it does not.
    /// - Parameter run: Fresh answers.
    public func commitment(since run: DryRun?) -> String? {
        guard case .place(let order) = self else { return nil }
        let row = run?.subscription?.subscription
        switch order {
        case .sales(let sale): return sale.commitment
        case .change(let change):
            guard !change.lines.isEmpty, row?.autoRenews == false, let end = row?.expires, !end.standsForNone else {
                return nil
            }
            return "until the term ends on \(end.spoken)"
        case .planSwitch(let change): return "\(change.period.spoken) on the new plan"
        case .renewal:
            return "one more term" + (row?.subscriptionPeriod.map { " of \($0.spoken)" } ?? "")
                + (row?.expires.map { ", after \($0.spoken)" } ?? "")
        case .cancellation: return nil
        case .migration(let move):
            return "from \(move.migrates.spoken) until the term ends on \(move.expires.spoken)"
        }
    }
}

extension ChangeOrder {
    fileprivate func takesAway(from held: SubscriptionDetail?) -> Bool {
        lines.contains { line in
            held?.product(line.product)?.quantity.map { line.quantity.total < $0 } ?? false
        }
    }
}

extension SalesOrder {
    fileprivate var commitment: String? {
        guard lines.count == 1, let line = lines.first else { return "each line until its own term ends" }
        switch alignment {
        case .onSubscription(let id): return "until the term of subscription \(id) ends"
        case .endOfMonth: return "until the end of a month"
        case .partialUpgrade: return "until the term of the subscription that it upgrades ends"
        case nil: break
        }
        guard let term = line.product.subscriptionPeriod else { return "a term that the catalogue does not give" }
        return "\(term.spoken) from the day it is fulfilled"
    }
}

extension SubscriptionChanges {
    fileprivate func undo(on row: Subscription) -> String {
        guard let autoRenews else {
            if prices != nil { return "set the amounts of before again" }
            return "give the values of before again; what is new can only be given another value"
        }
        var after = row
        after.autoRenews = true
        let last = autoRenews ? after.turningDate : row.renews ?? row.expires
        guard let last, !last.standsForNone else { return "switch it back before its end" }
        return "switch it back before \(last.spoken)"
    }
}

extension AccountChanges {
    fileprivate func removesAdministrator(of account: Account) -> Bool {
        contacts.map { list in
            ContactsDifference(from: account.contacts, to: list).removed.contains { $0.role == .administrator }
        } ?? false
    }
}
