import FoundationEssentials

/// Orders (REFERENCE 10 and 16).
extension WriteChecks {
    mutating func check(_ order: OrderDraft) {
        if order.poNumber.isEmpty {
            refuse("The order has no PO number; it needs one, by which it can be recognised if its answer is lost")
        }
        switch order {
        case .sales(let sale):
            checkAccount(adds: true)
            checkQuantities(of: sale.lines)
            checkParameters(of: sale)
            for held in facts.owned { noteOwned(held, sale) }
        case .migration(let migration):
            checkAccount(adds: true)
            checkQuantities(of: migration.lines)
            if let flaw = MigrationOrder.flaw(
                starts: migration.starts, migrates: migration.migrates, expires: migration.expires, today: nil)
            {
                refuse(flaw.text)
            } else {
                pass("dates in order")
            }
        case .change(let change): check(change)
        case .planSwitch(let change):
            checkAccount(adds: true)
            checkSubscription(for: .planSwitch)
            if let plan = facts.subscription?.plan, plan == change.plan,
                facts.subscription?.subscription.subscriptionPeriod == change.period
            {
                object(.refused(.hasPlanAlready(change.subscription)))
            }
        case .renewal:
            checkAccount(adds: false)
            checkSubscription(for: .renewal)
            if facts.subscription?.subscription.autoRenews == true {
                let day = facts.subscription?.subscription.renews.map { " on \($0.spoken)" } ?? ""
                note("It renews automatically\(day) as well; this order buys the next term now")
            }
        case .cancellation:
            checkAccount(adds: false)
            checkSubscription(for: .cancellation)
            object(Rules.objection(toCancelling: facts.windows))
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

    private mutating func checkAccount(adds: Bool) {
        guard let account = facts.account else { return }
        object(Rules.objections(toOrderOf: account, adds: adds)) { $0.pass("customer active") }
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
        note("Customer has \(units)\(what) in \(held.subscription.id): add units there instead", .owned)
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
            if line.quantity.total < 1 { object(.refused(.keepsOneUnit)) }
            guard let before = product.quantity else {
                note("The marketplace does not say how many units of \(product.mpn) there are now")
                (adds, differs) = (true, true)
                continue
            }
            if line.quantity.total > before { adds = true }
            if line.quantity.total != before { differs = true }
            if !change.waitsForRenewal {
                object(Rules.objection(toTakingAway: before - line.quantity.total, facts.windows))
            }
            if line.quantity.total >= 1,
                let row = facts.products.first(where: { Self.describes($0, product, of: held.subscription) })
            {
                checkQuantity(line.quantity.total, of: row)
            }
        }
        if !differs, facts.subscription != nil {
            object(.refused(.holdsAlready(change.subscription, units: change.lines.map(\.quantity.total))))
        }
        checkAccount(adds: adds)
        checkSubscription(for: .units)
    }

    /// Whether the catalogue row is the one of which the subscription holds units: an MPN alone is not unique.
    static func describes(_ row: Product, _ product: SubscriptionProduct, of subscription: Subscription) -> Bool {
        if let id = product.product { return row.id == id }
        return row.mpn == product.mpn && (product.vendor.isEmpty || row.vendor == product.vendor)
            && (row.subscriptionPeriod == nil || row.subscriptionPeriod == subscription.subscriptionPeriod)
            && (row.billingPeriod == nil || row.billingPeriod == subscription.billingPeriod)
    }

    private mutating func checkSubscription(for act: SubscriptionAct) {
        if let row = facts.subscription?.subscription {
            check(act, on: row)
        }
        if facts.openOrders.isEmpty { pass("no open order on the subscription") }
    }
}
