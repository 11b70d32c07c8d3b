import FoundationEssentials

/// What speaks for and against a write, in sentences: first what stands against it, then what asks for a word more, what
/// is worth knowing, and what was found in order.
struct WriteChecks {
    private(set) var found: [DryRun.Check] = []
    let facts: WriteFacts

    init(_ intent: WriteIntent, _ facts: WriteFacts) {
        self.facts = facts
        if let obstacle = facts.obstacle { refuse(obstacle) }
        if let twin = facts.openTwin { refuse(twin) }
        for other in facts.unsettled { warn(other) }
        switch intent {
        case .place(let order): check(order)
        case .withdraw(let order): checkWithdrawal(of: facts.order ?? order)
        case .change(let subscription, let changes):
            check(changes, of: facts.subscription?.subscription ?? subscription, read: subscription)
        case .create(let draft): check(draft)
        case .edit(let account, let changes): check(changes, of: facts.account ?? account, read: account)
        }
        checkEqualOrders(intent)
    }

    var all: [DryRun.Check] {
        let order: [DryRun.Check.Verdict] = [.refused, .warning, .note, .passed]
        return order.flatMap { verdict in found.filter { $0.verdict == verdict } }
    }

    mutating func pass(_ text: String) { add(.passed, text) }
    mutating func note(_ text: String) { add(.note, text) }
    mutating func warn(_ text: String) { add(.warning, text) }
    mutating func refuse(_ text: String) { add(.refused, text) }

    private mutating func add(_ verdict: DryRun.Check.Verdict, _ text: String) {
        let check = DryRun.Check(verdict, text.hasSuffix(".") ? String(text.dropLast()) : text)
        if !found.contains(check) { found.append(check) }
    }

    // MARK: Equal ones

    private mutating func checkEqualOrders(_ intent: WriteIntent) {
        switch intent {
        case .place:
            for equal in facts.equalOrders { warn("An equal order was placed on \(equal.words)") }
            if facts.uncompared > 0 {
                warn("\(facts.uncompared) orders of the last 24 hours were too many to be compared with this one")
            } else if facts.equalOrders.isEmpty {
                pass("no equal order in 24 h")
            }
        case .create:
            for equal in facts.equalOrders { warn("An equal account was created on \(equal.words)") }
        case .withdraw, .change, .edit: break
        }
        guard case .place = intent, let number = intent.poNumber else { return }
        for use in facts.poNumberUses { warn("The PO number \(number) was used before, on \(use.words)") }
        if facts.poNumberUses.isEmpty { pass("PO number new") }
    }

    // MARK: Withdrawing

    private mutating func checkWithdrawal(of order: Order) {
        let name = order.number.isEmpty ? order.id.rawValue : order.number
        switch order.status {
        case .completed: refuse("Order \(name) is completed, so it can no longer be withdrawn")
        case .cancelled: refuse("Order \(name) is withdrawn already")
        case .submitted, .processing, .error: pass("order \(order.status.word)")
        case .other: warn("Order \(name) has a status that this program does not know: \(order.status.word)")
        }
    }

    // MARK: Subscriptions

    private mutating func check(_ changes: SubscriptionChanges, of now: Subscription, read: Subscription) {
        if changes.isEmpty { refuse("Nothing would be changed") }
        checkStatus(of: now, for: .attributes)
        switch (changes.autoRenews, now.autoRenews) {
        case (true, true): refuse("Subscription \(now.id) renews automatically already")
        case (false, false): refuse("Automatic renewal of subscription \(now.id) is off already")
        case (.some(let wanted), _):
            for order in facts.openOrders where order.kind == .cancellation {
                let text = "\(order.words) ends this subscription"
                if wanted { refuse(text) } else { note(text) }
            }
        case (nil, _): break
        }
    }

    enum Purpose { case change, renewal, cancellation, attributes }

    /// Only an active subscription can be changed; one that has ended cannot be ended or renewed (REFERENCE 11). What a
    /// status means that this program does not know, nobody can say: it asks for a word more.
    mutating func checkStatus(of subscription: Subscription, for purpose: Purpose) {
        let name = "Subscription \(subscription.id)"
        switch subscription.status {
        case .active: pass("subscription active")
        case .hold where purpose == .change: refuse("\(name) is on hold, so it cannot be changed")
        case .hold where purpose == .attributes: note("\(name) is on hold: its services are disabled")
        case .hold: warn("\(name) is on hold: its services are disabled")
        case .pending where purpose == .attributes: note("\(name) is pending: it is ordered and not ready yet")
        case .pending: refuse("\(name) is pending: it is ordered and not ready yet")
        case .terminated: refuse("\(name) has ended already")
        case .removed: refuse("\(name) has ended already, and is taken down")
        case .other: warn("\(name) has a status that this program does not know: \(subscription.status.word)")
        }
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
    /// `Order CH000042 (change, processing)`.
    var words: String { "Order \(number.isEmpty ? id.rawValue : number) (\(kind.word), \(status.word))" }
}
