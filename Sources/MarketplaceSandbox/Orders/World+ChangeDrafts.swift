/// Reads orders that change a running subscription: its quantity, its end or its plan (REFERENCE 10.1 and 10.2).
extension World {
    func readChange(
        _ fields: Fields, into draft: inout OrderDraft, on day: CalendarDay, isEstimate: Bool
    ) throws(Refusal) {
        let lines = try fields.objects("products")
        guard lines.count == 1 || (lines.isEmpty && fields.has("alignExpirationDate")) else {
            throw .badRequest("products: a change names exactly one product")
        }
        let place = try subscription(fields, lines.first, draft)
        let row = subscriptions.rows[place]
        draft.subscription = place
        draft.isScheduled = try isScheduled(fields)
        let owned = self.lines(ofSubscription: place)
        if !isEstimate { try checkChangeable(place, row) }
        if let line = lines.first, !(fields.has("alignExpirationDate") && !line.has("quantity")) {
            try readQuantity(line, owned, row, into: &draft, on: day, isEstimate: isEstimate)
        }
        guard fields.has("alignExpirationDate") else { return }
        guard !draft.isScheduled else { throw .badRequest("alignExpirationDate: not together with scheduledOn") }
        let product = catalogue.product(Int(row.product))
        let end = row.expires ?? day
        let naturalEnd = day.adding(months: product.term.subscriptionPeriod.months)
        guard
            let alignment = try alignment(fields, of: [product], in: draft, naturalEnd: naturalEnd, on: day)
        else { return }
        draft.terms.alignment = alignment
        for line in owned {
            let product = catalogue.product(line.product)
            let unit = unitPrice(line, product, draft.total.currency)
            draft.charges += Pricing.part(
                product, quantity: line.quantity, unitPrice: unit, from: end, to: alignment.day)
        }
    }

    private func readQuantity(
        _ line: Fields, _ owned: [SubscriptionLine], _ row: SubscriptionRow, into draft: inout OrderDraft,
        on day: CalendarDay, isEstimate: Bool
    ) throws(Refusal) {
        let product = try product(line, among: owned.map(\.product))
        let main = catalogue.product(Int(row.product))
        guard product.plan == main.plan else {
            throw .badRequest("\(line.path): \(product.mpn) is not offered in the plan of this subscription")
        }
        let total = try quantity(line, of: product)
        let ownedLine = owned.first { $0.product == product.row }
        let current = ownedLine?.quantity ?? 0
        if !isEstimate, total > current { try checkMayBuy(draft.customer) }
        let currency = draft.total.currency
        let own = try line.price("specialPrice", in: currency) ?? ownedLine?.special.price
        if draft.isScheduled {
            draft.charges = Pricing.sale(
                product, quantity: total, currency: currency, unitPrice: own?.unit(at: total), on: row.expires ?? day
            ).filter { $0.kind != .setup }
        } else {
            draft.charges = Pricing.change(
                product, by: total - current, to: total, currency: currency, unitPrice: own?.unit(at: total),
                since: row.created, on: day)
        }
        let sum = draft.charges.reduce(Amount.zero) { $0 + $1.extendedPrice.amount }
        draft.totals = [total]
        draft.behaviours.insert(product.item.behaviour)
        draft.lines = [
            PlacedOrder.Line(
                product: product.row, quantity: draft.isScheduled ? total : total - current,
                subscription: draft.subscription, extendedPrice: Money(amount: sum, currency: currency),
                special: SpecialPrices(
                    price: try line.price("specialPrice", in: currency),
                    cost: try line.price("specialCost", in: currency),
                    providerCost: try line.price("specialProviderCost", in: currency)))
        ]
    }

    private func isScheduled(_ fields: Fields) throws(Refusal) -> Bool {
        guard let scheduledOn = try fields.text("scheduledOn") else { return false }
        guard scheduledOn.lowercased() == "renewal" else {
            throw .badRequest("scheduledOn: \(scheduledOn) is not a date for a change; only renewal is")
        }
        return true
    }

    private func unitPrice(_ line: SubscriptionLine, _ product: Product, _ currency: String) -> Money {
        line.special.price?.unit(at: line.quantity)
            ?? Pricing.price(product, quantity: line.quantity, currency: currency)
    }

    /// One change at a time: while one is being provisioned the next is refused (REFERENCE 13).
    private func checkChangeable(_ place: Int, _ row: SubscriptionRow) throws(Refusal) {
        let id = subscriptions.id(place)
        guard row.status == .active else {
            throw .rule("Cannot Upgrade/Downgrade Resources for Subscription #\(id): its status is \(row.status.text).")
        }
        let list = orders.byCustomer.rows(of: Int(row.customer))
        for position in 0..<list.count {
            let order = orders.rows[list[position]]
            guard order.subscription == Int32(place), order.kind == .change,
                order.code == .paid || order.code == .provisioning
            else { continue }
            throw .rule(
                "Cannot Upgrade/Downgrade Resources for Subscription #\(id): there is already an Upgrade/Downgrade Order "
                    + "#\(orders.number(list[position])) in status \(order.code.words)(\(order.code.rawValue)).")
        }
    }

    // MARK: Plans

    /// Another plan for the whole subscription, by one of the ways that `GET /plans/{id}` shows. Without `planId` the
    /// period says which: the plan of the same service for it, billed as now where there are several.
    func readPlanSwitch(
        _ fields: Fields, into draft: inout OrderDraft, on day: CalendarDay, isEstimate: Bool
    ) throws(Refusal) {
        let lines = try fields.objects("products")
        for line in lines where line.has("quantity") {
            throw .badRequest("\(line.name("quantity")): a plan switch keeps the quantities")
        }
        let place = try subscription(fields, lines.first, draft)
        let row = subscriptions.rows[place]
        draft.subscription = place
        draft.isScheduled = try isScheduled(fields)
        if !isEstimate { try checkChangeable(place, row) }
        let product = catalogue.product(Int(row.product))
        let way = try way(fields, from: product, place)
        let startType = try fields.text("upgradeStartType")
        if let startType {
            guard ["from_date_of_upgrade", "from_old_start_date"].contains(startType.lowercased()) else {
                throw .badRequest(
                    "upgradeStartType: must be one of FROM_DATE_OF_UPGRADE, FROM_OLD_START_DATE, not \(startType)")
            }
        }
        let targetPeriod = way.target.term.subscriptionPeriod
        draft.terms.planSwitch = .init(plan: way.target.id, period: targetPeriod, startType: startType?.lowercased())
        if draft.isScheduled || way.effect == .nextSubscriptionPeriod {
            draft.isScheduled = true
        } else if way.effect == .nextBillingPeriod {
            draft.due = Pricing.bill(of: product.term, since: row.created, on: day).end
        }
        let start = draft.isScheduled ? row.expires ?? day : draft.due ?? day
        priceSwitch(&draft, to: way.target, refunding: way.effect == .immediately && start == day, row, start)
    }

    private func way(_ fields: Fields, from product: Product, _ place: Int) throws(Refusal) -> PlanWay {
        let period = try fields.period("subscriptionPeriod")
        guard let plan = catalogue.plan(id: String(product.plan)) else { throw .notFound }
        var ways = catalogue.ways(from: plan).filter { way in
            period == nil || way.target.term.subscriptionPeriod == period
        }
        if let id = try fields.text("planId") {
            guard catalogue.plan(id: id) != nil else { throw .badRequest("planId: Plan \(id) has not been found") }
            ways.removeAll { String($0.target.id) != id }
        } else if ways.count > 1 {
            ways.removeAll { $0.target.term.billingPeriod != product.term.billingPeriod }
        }
        guard let way = ways.first else {
            throw .rule(
                "Cannot switch Subscription #\(subscriptions.id(place)) from Plan #\(product.plan) to the one asked for: "
                    + "there is no such plan switch.")
        }
        return way
    }

    private func priceSwitch(
        _ draft: inout OrderDraft, to plan: Plan, refunding: Bool, _ row: SubscriptionRow, _ start: CalendarDay
    ) {
        let currency = draft.total.currency
        guard let place = draft.subscription else { return }
        for line in lines(ofSubscription: place) {
            let old = catalogue.product(line.product)
            let target = plan.row(ofItem: old.itemIndex)
            guard target < catalogue.count else { continue }
            var charges: [Charge] = []
            if refunding {
                let bill = Pricing.bill(of: old.term, since: row.created, on: start)
                charges += Pricing.part(
                    old, quantity: line.quantity, unitPrice: unitPrice(line, old, currency), from: bill.end, to: start)
            }
            charges += Pricing.sale(
                catalogue.product(target), quantity: line.quantity, currency: currency, on: start
            ).filter { $0.kind != .setup }
            let sum = charges.reduce(Amount.zero) { $0 + $1.extendedPrice.amount }
            draft.charges += charges
            draft.totals.append(line.quantity)
            draft.behaviours.insert(old.item.behaviour)
            draft.lines.append(
                PlacedOrder.Line(
                    product: target, quantity: line.quantity, subscription: place,
                    extendedPrice: Money(amount: sum, currency: currency)))
        }
    }
}
