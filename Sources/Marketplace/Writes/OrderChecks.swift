import FoundationEssentials

/// Orders (REFERENCE 10 and 16).
extension WriteChecks {
    mutating func check(_ order: OrderDraft) {
        if order.poNumber.isEmpty {
            refuse("The order has no PO number; it needs one, by which it can be recognised if its answer is lost")
        }
        switch order {
        case .sales(let sale):
            checkMayBuy()
            checkQuantities(of: sale.lines)
            checkParameters(of: sale)
            for held in facts.owned { noteOwned(held, sale) }
        case .migration(let migration):
            checkMayBuy()
            checkQuantities(of: migration.lines)
        case .change(let change): check(change)
        case .planSwitch(let change):
            checkMayBuy()
            checkSubscription(for: .change)
            checkOpenOrders(for: .change, waits: change.waitsForRenewal)
            if let plan = facts.subscription?.plan, plan == change.plan,
                facts.subscription?.subscription.subscriptionPeriod == change.period
            {
                refuse("Subscription \(change.subscription) has this plan and term already")
            }
        case .renewal:
            checkAccountOtherwise()
            checkSubscription(for: .renewal)
            checkOpenOrders(for: .renewal, waits: false)
            if facts.subscription?.subscription.autoRenews == true {
                let day = facts.subscription?.subscription.renews.map { " on \($0.spoken)" } ?? ""
                note("It renews automatically\(day) as well; this order buys the next term now")
            }
        case .cancellation:
            checkAccountOtherwise()
            checkSubscription(for: .cancellation)
            checkOpenOrders(for: .cancellation, waits: false)
            if let row = facts.subscription?.subscription, row.autoRenews == false, let end = row.expires {
                note("It ends on \(end.spoken) by itself, because automatic renewal is off")
            }
        }
        if let reason = facts.estimateRefusal {
            refuse(reason)
        } else if facts.estimate != nil, facts.estimate?.total == nil {
            note("The marketplace gave no price")
        }
    }

    // MARK: Accounts

    /// Accounts on hold, and those that are no longer or not yet there, may not order more (REFERENCE 7).
    private mutating func checkMayBuy() {
        guard let account = facts.account else { return }
        if let reason = account.orderingRefusal {
            refuse(reason)
        } else if !warnsOfUnknownStatus(account) {
            pass("customer active")
        }
    }

    /// What a status means that this program does not know, nobody can say: it asks for a word more.
    private mutating func warnsOfUnknownStatus(_ account: Account) -> Bool {
        guard case .other = account.status else { return false }
        warn("\(account.name) has a status that this program does not know: \(account.status.word)")
        return true
    }

    /// What does not order more is taken from an account on hold too (REFERENCE 16, row 29).
    private mutating func checkAccountOtherwise() {
        guard let account = facts.account else { return }
        if account.status == .active {
            pass("customer active")
        } else if !warnsOfUnknownStatus(account) {
            note("\(account.name) is not active: \(account.status.word)")
        }
    }

    // MARK: Lines

    private mutating func checkQuantities(of lines: [SalesOrder.Line]) {
        if lines.isEmpty { refuse("The order has no lines") }
        for line in lines { checkQuantity(line.quantity, of: line.product) }
    }

    private mutating func checkQuantity(_ quantity: Int, of product: Product) {
        if let reason = product.refusal(ofQuantity: quantity) {
            refuse("\(product.mpn): \(reason)")
        }
    }

    private mutating func checkParameters(of sale: SalesOrder) {
        let given = sale.lines.contains { !$0.parameters.isEmpty }
        if let reason = facts.validationRefusal {
            if given { refuse(reason) } else { note("The parameters could not be checked: \(reason)") }
        }
        for verdict in facts.verdicts where !verdict.isAccepted {
            refuse("\(verdict.name): \(verdict.message ?? "the marketplace does not accept its value")")
        }
        if given, facts.validationRefusal == nil, facts.verdicts.allSatisfy(\.isAccepted) {
            pass("parameters accepted")
        }
    }

    private mutating func noteOwned(_ held: SubscriptionDetail, _ sale: SalesOrder) {
        guard
            let product = held.products.first(where: { product in
                sale.lines.contains { $0.product.mpn == product.mpn && $0.product.vendor == product.vendor }
            })
        else { return }
        let units = product.quantity.map { "\($0) of " } ?? ""
        let what = sale.lines.count == 1 ? "these" : product.mpn
        note("Customer has \(units)\(what) in \(held.subscription.id): add units there instead")
    }

    // MARK: Changes

    private mutating func check(_ change: ChangeOrder) {
        var adds = false
        var differs = change.alignment != nil
        for line in change.lines {
            guard let held = facts.subscription else { continue }
            guard let product = held.product(line.product) else {
                refuse("Subscription \(change.subscription) does not hold \(line.product.mpn)")
                continue
            }
            guard let before = product.quantity else {
                note("The marketplace does not say how many units of \(product.mpn) there are now")
                (adds, differs) = (true, true)
                continue
            }
            if line.quantity.total > before { adds = true }
            if line.quantity.total != before { differs = true }
            if let row = facts.products.first(where: { Self.describes($0, product, of: held.subscription) }) {
                checkQuantity(line.quantity.total, of: row)
            } else if line.quantity.total < 1 {
                refuse("A change keeps at least 1 unit; a cancellation order ends the subscription")
            }
        }
        if !differs, facts.subscription != nil {
            let units = change.lines.map { String($0.quantity.total) }.joined(separator: ", ")
            refuse("Subscription \(change.subscription) holds \(units) already")
        }
        if adds { checkMayBuy() } else { checkAccountOtherwise() }
        checkSubscription(for: .change)
        checkOpenOrders(for: .change, waits: change.waitsForRenewal)
    }

    /// Whether the catalogue row is the one of which the subscription holds units: an MPN alone is not unique.
    static func describes(_ row: Product, _ product: SubscriptionProduct, of subscription: Subscription) -> Bool {
        if let id = product.product { return row.id == id }
        return row.mpn == product.mpn && (product.vendor.isEmpty || row.vendor == product.vendor)
            && (row.subscriptionPeriod == nil || row.subscriptionPeriod == subscription.subscriptionPeriod)
            && (row.billingPeriod == nil || row.billingPeriod == subscription.billingPeriod)
    }

    private mutating func checkSubscription(for purpose: Purpose) {
        if let row = facts.subscription?.subscription { checkStatus(of: row, for: purpose) }
    }

    /// While a change is being provisioned the marketplace refuses the next one; one that waits for the renewal does not
    /// stand in the way (REFERENCE 10.5).
    private mutating func checkOpenOrders(for purpose: Purpose, waits: Bool) {
        for order in facts.openOrders {
            switch (order.kind, purpose) {
            case (.change, .change) where !order.isWaiting:
                refuse("\(order.words) on this subscription has not ended; wait until it has")
            case (.change, .change) where waits:
                warn("\(order.waitingWords) already")
            case (.change, .change): warn(order.waitingWords)
            case (.cancellation, _): refuse("\(order.words) ends this subscription already")
            case (.renewal, .renewal): warn("\(order.words) renews this subscription already")
            default: note("\(order.words) on this subscription has not ended")
            }
        }
        if facts.openOrders.isEmpty { pass("no open order on the subscription") }
    }
}
