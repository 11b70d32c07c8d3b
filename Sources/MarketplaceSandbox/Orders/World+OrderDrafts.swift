/// Reads orders, checks them against the catalogue and prices them (REFERENCE 10).
extension World {
    /// - Parameter isEstimate: an estimate only prices: it does not ask for parameters or credit.
    func draft(_ call: Call, isEstimate: Bool) throws(Refusal) -> OrderDraft {
        let fields = try call.fields(.order)
        let type = try fields.text("type") ?? "sales"
        guard let kind = OrderRow.Kind(text: type) else {
            throw .badRequest("type: \(type) is not an order that can be placed")
        }
        guard let id = try fields.text("customerId"), !id.isEmpty else { throw .missing("customerId") }
        let customer = try customer(id, for: call.viewer)
        var draft = OrderDraft(
            kind: kind, customer: customer, poNumber: try fields.text("poNumber"),
            attributes: try fields.object("attributes")?.value ?? .object([]),
            total: Money(amount: .zero, currency: currency(ofCustomer: customer)))
        try refuseUpgrades(fields)
        let today = call.now.day
        switch kind {
        case .sales, .migration: try readSale(fields, into: &draft, on: today, isEstimate: isEstimate)
        case .change where fields.has("planId") || fields.has("subscriptionPeriod"):
            try readPlanSwitch(fields, into: &draft, on: today, isEstimate: isEstimate)
        case .change: try readChange(fields, into: &draft, on: today, isEstimate: isEstimate)
        case .renewal, .cancellation: try readEnd(fields, into: &draft, on: today)
        }
        draft.total.amount = draft.charges.reduce(.zero) { $0 + $1.extendedPrice.amount }
        return draft
    }

    /// Moving units to another product is the one part of orders that this marketplace does not offer: the fields are
    /// documented, but no source says what happens to units, terms and prices (REFERENCE 10.1).
    private func refuseUpgrades(_ fields: Fields) throws(Refusal) {
        for name in ["targetSubscriptionId", "placementType"] where fields.has(name) {
            throw .badRequest("\(name): upgrades to another product are not offered in this marketplace")
        }
        for line in try fields.objects("products") {
            for name in ["newMPN", "newId", "targetSubscriptionId"] where line.has(name) {
                throw .badRequest("\(line.name(name)): upgrades to another product are not offered in this marketplace")
            }
        }
    }

    // MARK: Sales and migrations

    private func readSale(
        _ fields: Fields, into draft: inout OrderDraft, on day: CalendarDay, isEstimate: Bool
    ) throws(Refusal) {
        if !isEstimate { try checkMayBuy(draft.customer) }
        let lines = try fields.objects("products")
        guard !lines.isEmpty else { throw .missing("products") }
        guard lines.count <= 100 else { throw .badRequest("products: at most 100 lines") }
        var products: [Product] = []
        for line in lines {
            let product = try product(line)
            let quantity = try quantity(line, of: product)
            let parameters = try line.objects("parameters")
            if !isEstimate { try ParameterCheck.require(parameters, of: product, at: line) }
            products.append(product)
            draft.lines.append(
                PlacedOrder.Line(
                    product: product.row, quantity: quantity, parameters: parameters.map(\.value),
                    special: try specialPrices(line, draft)))
        }
        addNeeded(to: &draft)
        var start = day
        if draft.kind == .migration {
            let migration = try migration(fields, term: products[0].term, on: day)
            draft.terms.migration = migration
            start = migration.day
        }
        let months = products.map(\.term.subscriptionPeriod.months).min() ?? 0
        draft.terms.alignment = try alignment(
            fields, of: products, in: draft, naturalEnd: day.adding(months: months), on: day)
        price(&draft, from: start)
    }

    private func price(_ draft: inout OrderDraft, from start: CalendarDay) {
        let currency = draft.total.currency
        for index in draft.lines.indices {
            let line = draft.lines[index]
            let product = catalogue.product(line.product)
            let unit =
                line.special.price?.unit(at: line.quantity)
                ?? Pricing.price(product, quantity: line.quantity, currency: currency)
            var charges = Pricing.sale(
                product, quantity: line.quantity, currency: currency, unitPrice: unit, on: start)
            let end = draft.terms.alignment?.day ?? draft.terms.migration?.end
            if let end, end < start.adding(months: product.term.billingPeriod.months) {
                charges.removeAll { $0.kind == .recurring }
                charges += Pricing.part(product, quantity: line.quantity, unitPrice: unit, from: start, to: end)
            }
            if draft.kind == .migration { charges.removeAll { $0.kind == .setup } }
            let sum = charges.reduce(Amount.zero) { $0 + $1.extendedPrice.amount }
            draft.lines[index].extendedPrice = Money(amount: sum, currency: currency)
            draft.totals.append(line.quantity)
            draft.charges += charges
            draft.behaviours.insert(product.item.behaviour)
        }
    }

    /// The platform adds what a product needs in the same subscription (REFERENCE 8, `dependsOn`).
    private func addNeeded(to draft: inout OrderDraft) {
        for line in draft.lines {
            guard let needed = catalogue.product(line.product).needsRow, needed < catalogue.count,
                !draft.lines.contains(where: { $0.product == needed })
            else { continue }
            let minimum = catalogue.product(needed).item.minimum
            draft.lines.append(PlacedOrder.Line(product: needed, quantity: max(line.quantity, minimum)))
        }
    }

    /// Prices of a line's own; deals exclude them (REFERENCE 10.1).
    private func specialPrices(_ line: Fields, _ draft: OrderDraft) throws(Refusal) -> SpecialPrices {
        let names = ["specialPrice", "specialCost", "specialProviderCost"]
        for name in names where line.has(name) && line.has("deals") {
            throw .badRequest("\(line.name(name)): must not be there when deals are")
        }
        let currency = draft.total.currency
        return SpecialPrices(
            price: try line.price("specialPrice", in: currency), cost: try line.price("specialCost", in: currency),
            providerCost: try line.price("specialProviderCost", in: currency))
    }

    /// Accounts on hold and closed accounts may not order more (REFERENCE 16, row 29).
    func checkMayBuy(_ customer: Int) throws(Refusal) {
        let status = accounts.customerStatus(customer)
        let reason: String
        switch status {
        case .active: return
        case .creditHold: reason = "is on credit hold because of its unpaid balance"
        case .adminHold: reason = "is on administrative hold"
        case .cancelled: reason = "is cancelled"
        case .pending: reason = "has not been verified yet"
        case .error: reason = "is in error; contact support"
        }
        throw .rule("Cannot place the order: account #\(accounts.customerID(customer)) \(reason) (\(status.rawValue)).")
    }

    // MARK: Renewals and cancellations

    private func readEnd(_ fields: Fields, into draft: inout OrderDraft, on day: CalendarDay) throws(Refusal) {
        let place = try subscription(fields, try fields.objects("products").first, draft)
        let row = subscriptions.rows[place]
        guard row.status == .active || row.status == .hold else {
            throw .rule(
                "Cannot \(draft.kind == .renewal ? "renew" : "cancel") Subscription #\(subscriptions.id(place)): its "
                    + "status is \(row.status.text).")
        }
        draft.subscription = place
        guard draft.kind == .renewal else { return }
        for line in lines(ofSubscription: place) {
            draft.charges += Pricing.sale(
                catalogue.product(line.product), quantity: line.quantity, currency: draft.total.currency,
                unitPrice: line.special.price?.unit(at: line.quantity), on: row.expires ?? day
            ).filter { $0.kind != .setup }
        }
    }

    /// The subscription an order acts on: named at the top, on the line, or on both (REFERENCE 10.1).
    func subscription(_ fields: Fields, _ line: Fields?, _ draft: OrderDraft) throws(Refusal) -> Int {
        let top = try fields.text("subscriptionId")
        let inLine = try line?.text("subscriptionId")
        guard let id = top ?? inLine, !id.isEmpty else { throw .missing("subscriptionId") }
        guard inLine == nil || inLine == id else {
            throw .badRequest("products[0].subscriptionId: differs from subscriptionId")
        }
        guard let place = subscriptions.place(id: id), Int(subscriptions.rows[place].customer) == draft.customer
        else { throw .notFound }
        return place
    }
}
