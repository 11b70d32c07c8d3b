import FoundationEssentials

extension WriteIntent {
    /// What it changes, one part a line, for people: `units 25 → 28`, `3 x Aurora 365 Business Premium (AUR-365-BP)`.
    /// - Parameter run: What its subject was before; without it the intent's own reading is used.
    public func changes(since run: DryRun? = nil) -> [String] {
        switch self {
        case .place(let order): order.changes(since: run?.subscription)
        case .withdraw(let order): ["status \((run?.order ?? order).status.word) → cancelled"]
        case .creditCheck(let checks, let order):
            [
                "credit check \((run?.order ?? order).creditCheckWord) → \(Order.creditCheckWord(checks))"
            ]
        case .change(let subscription, let changes):
            changes.words(of: run?.subscription?.subscription ?? subscription, run?.subscription)
        case .create(let draft): draft.words
        case .schedule(let draft):
            ["report \(draft.name)", "from \(draft.from.spoken) UTC" + (draft.to.map { " to \($0.spoken) UTC" } ?? "")]
                + (draft.format.map { ["as \($0.word)"] } ?? []) + (draft.view.map { ["view \($0)"] } ?? [])
        case .edit(let account, let changes): changes.words(of: run?.account ?? account)
        }
    }
}

extension OrderDraft {
    fileprivate func changes(since held: SubscriptionDetail?) -> [String] {
        switch self {
        case .sales(let order): return order.lines.map(\.words)
        case .migration(let order):
            return order.lines.map(\.words) + [
                "runs since \(order.starts), migrated on \(order.migrates), until \(order.expires)",
                "auto-renew \(order.autoRenews ? "on" : "off")",
            ] + (order.program.map { ["program \($0)"] } ?? [])
        case .change(let order):
            let parts = order.lines.map { line in
                let before = held?.product(line.product)?.quantity ?? line.product.quantity
                let what = order.lines.count > 1 ? "units of \(line.product.mpn)" : "units"
                return "\(what) \(before.map(String.init) ?? "?") → \(line.quantity.total)"
            }
            return parts + (order.waitsForRenewal ? ["from the renewal on"] : [])
        case .planSwitch(let order):
            var parts = ["plan \(held?.plan?.rawValue ?? "?") → \(order.plan)"]
            if let term = held?.subscription.subscriptionPeriod, term != order.period {
                parts.append("term \(term.spoken) → \(order.period.spoken)")
            }
            return parts + (order.waitsForRenewal ? ["from the renewal on"] : [])
        case .renewal:
            let end = held?.subscription.expires.map { ", after \($0.spoken)" } ?? ""
            return ["one more term" + end]
        case .cancellation: return ["status \(held?.subscription.status.word ?? "?") → terminated"]
        }
    }
}

extension SalesOrder.Line {
    fileprivate var words: String { "\(quantity) x \(product.title) (\(product.mpn))" }
}

extension SubscriptionDetail {
    /// The product as this subscription holds it; by the id when both have one, otherwise by MPN and vendor.
    public func product(_ wanted: SubscriptionProduct) -> SubscriptionProduct? {
        products.first { held in
            if let id = held.product, let other = wanted.product { return id == other }
            return held.mpn == wanted.mpn
                && (held.vendor.isEmpty || wanted.vendor.isEmpty || held.vendor == wanted.vendor)
        }
    }
}

extension SubscriptionChanges {
    fileprivate func words(of subscription: Subscription, _ detail: SubscriptionDetail?) -> [String] {
        var parts: [String] = []
        if let autoRenews {
            let before = subscription.autoRenews.map { $0 ? "on" : "off" } ?? "?"
            parts.append("automatic renewal \(before) → \(autoRenews ? "on" : "off")")
        }
        let before = detail?.attributes ?? attributesBefore ?? [:]
        for (name, value) in (attributes ?? [:]).sorted(by: { $0.key < $1.key }) where before[name] != value {
            parts.append("attribute \(name) \(before[name] ?? "none") → \(value)")
        }
        if let prices {
            let answer = PriceAnswer(prices, of: detail ?? SubscriptionDetail(subscription: subscription))
            parts += answer.parts.map(\.words) + answer.strangers.map { "prices of \($0.words)" }
        }
        return parts
    }
}

extension AccountDraft {
    fileprivate var words: [String] {
        var parts = ["name \(name)"]
        if case .customerOf(let reseller) = kind { parts.append("of reseller \(reseller)") }
        return parts + contacts.map { "\($0.person.role.word) \($0.person.name), \($0.person.email)" }
    }
}

extension AccountChanges {
    fileprivate func words(of account: Account) -> [String] {
        var parts: [String] = []
        func add(_ what: String, _ before: String?, _ after: String?) {
            guard let after, after != before else { return }
            parts.append("\(what) \(before ?? "none") → \(after.isEmpty ? "none" : after)")
        }
        add("name", account.name, name)
        add("external id", account.externalID, externalID)
        add("tax number", account.taxRegistration, taxRegistration)
        add("status", account.status.word, status?.asked.word)
        add("address", account.address?.lines.joined(separator: ", "), address?.lines.joined(separator: ", "))
        for line in contacts.map({ ContactsDifference(from: account.contacts, to: $0).lines }) ?? [] {
            switch line {
            case .kept: break
            case .changed(let before, let after):
                let words = after.person.words
                parts.append("\(before.words) → \(words == before.words ? "changed" : words)")
            case .removed(let person): parts.append("\(person.words) → removed")
            case .added(let contact): parts.append("\(contact.person.words) → added")
            }
        }
        return parts
    }
}

extension ContactPerson {
    fileprivate var words: String { "\(role.word) \(name), \(email)" }
}

extension AccountChanges.Status {
    /// The state that the account shall have.
    var asked: AccountStatus { self == .active ? .active : .creditHold }
}
