import FoundationEssentials

/// What speaks for and against a write, in sentences: first what forbids it, then what asks for a word more, what
/// is worth knowing, and what was found in order.
struct WriteChecks {
    private(set) var found: [DryRun.Check] = []
    let facts: WriteFacts

    init(_ intent: WriteIntent, _ facts: WriteFacts) {
        self.facts = facts
        object(Rules.objection(isReadOnly: facts.isReadOnly))
        if let obstacle = facts.obstacle { refuse(obstacle, .obstacle) }
        if let twin = facts.openTwin { refuse(twin, .unsettled) }
        for other in facts.unsettled { warn(other, .unsettledNeighbour) }
        switch intent {
        case .place(let order): check(order)
        case .withdraw(let order):
            let order = facts.order ?? order
            object(Rules.objections(toWithdrawing: order)) { $0.pass("order \(order.status.word)") }
        case .creditCheck(let checks, let order):
            let order = facts.order ?? order
            object(Rules.objections(toCreditCheck: checks, of: order)) { $0.pass("order \(order.status.word)") }
        case .change(let subscription, let changes):
            check(changes, of: facts.subscription?.subscription ?? subscription, read: subscription)
        case .create(let draft): check(draft)
        case .schedule(let draft):
            if draft.name.isEmpty { refuse("The report has no name") }
            if let end = draft.to, end < draft.from { refuse("The report would end before it begins") }
        case .edit(let account, let changes): check(changes, of: facts.account ?? account, read: account)
        }
        checkEqualOrders(intent)
    }

    var all: [DryRun.Check] {
        let order: [DryRun.Check.Verdict] = [.refused, .warning, .note, .passed]
        return order.flatMap { verdict in found.filter { $0.verdict == verdict } }
    }

    mutating func pass(_ text: String) { add(.passed, text) }
    mutating func note(_ text: String, _ name: DryRun.Check.Name? = nil) { add(.note, text, name) }
    /// Every warning has a name, by which it is agreed to.
    mutating func warn(_ text: String, _ name: DryRun.Check.Name) { add(.warning, text, name) }
    mutating func refuse(_ text: String, _ name: DryRun.Check.Name? = nil) { add(.refused, text, name) }

    mutating func object(_ objection: Objection?) { if let objection { add(DryRun.Check(objection)) } }

    /// Takes over what the rule book says.
    /// - Parameter pass: What to do where it says nothing.
    mutating func object(_ objections: [Objection], orElse pass: (inout Self) -> Void = { _ in }) {
        for objection in objections { object(objection) }
        if objections.isEmpty { pass(&self) }
    }

    /// The marketplace ends its sentences with a full stop or without one.
    private mutating func add(
        _ verdict: DryRun.Check.Verdict, _ text: String, _ name: DryRun.Check.Name? = nil
    ) {
        add(DryRun.Check(verdict, text.last == "." ? String(text.dropLast()) : text, name))
    }

    private mutating func add(_ check: DryRun.Check) { if !found.contains(check) { found.append(check) } }

    // MARK: Equal ones

    private mutating func checkEqualOrders(_ intent: WriteIntent) {
        switch intent {
        case .place:
            for equal in facts.equalOrders { object(.warned(.equalOrder(equal))) }
            if facts.uncompared > 0 {
                warn(
                    "\(facts.uncompared) orders of the last 24 hours were too many to be compared with this one",
                    .uncompared)
            } else if facts.equalOrders.isEmpty {
                pass("no equal order in 24 h")
            }
        case .create:
            for equal in facts.equalOrders { object(.warned(.equalAccount(equal))) }
        case .schedule:
            for equal in facts.equalOrders {
                warn("An equal report was asked for on \(equal.at.spoken) UTC", .duplicate)
            }
        case .withdraw, .creditCheck, .change, .edit: break
        }
        guard case .place = intent, let number = intent.poNumber else { return }
        for use in facts.poNumberUses { warn("The PO number \(number) was used before, on \(use.words)", .poUsed) }
        if facts.poNumberUses.isEmpty { pass("PO number new") }
    }

    // MARK: Subscriptions

    private mutating func check(_ changes: SubscriptionChanges, of now: Subscription, read: Subscription) {
        if changes.isEmpty { refuse("Nothing would be changed", .unchanged) }
        if let prices = changes.prices { check(prices, of: now) }
        if let attributes = changes.attributes { check(attributes, madeOf: changes.attributesBefore, of: now) }
        check(changes.autoRenews.map { .autoRenew($0) } ?? .attributes, on: now)
    }

    mutating func check(_ act: SubscriptionAct, on row: Subscription) {
        object(Rules.objections(to: act, on: row, orders: facts.openOrders))
        if row.status == .active { pass("subscription active") }
    }
}
