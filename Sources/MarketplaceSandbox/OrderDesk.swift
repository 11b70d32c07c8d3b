/// An order as it was read and checked, before anything has been done about it.
struct OrderDraft {
    var kind: OrderRow.Kind
    var customer: Int
    var poNumber: String?
    var attributes: JSONValue
    var isScheduled = false
    /// Nil for sales.
    var subscription: Int?
    var lines: [PlacedOrder.Line] = []
    /// What each line asks for in all, in the order of the lines.
    var totals: [Int] = []
    var charges: [Charge] = []
    var total: Money
    var behaviours: Set<Item.Behaviour> = []
}

/// Reads orders, checks them against the catalogue and prices them (REFERENCE 10).
extension World {
    /// - Parameter isEstimate: an estimate only prices: it does not ask for parameters or credit.
    func draft(_ call: Call, isEstimate: Bool) throws(Refusal) -> OrderDraft {
        let fields = try call.fields()
        let type = try fields.text("type") ?? "sales"
        guard let kind = OrderRow.Kind(text: type) else {
            throw .badRequest("type: \(type) is not an order that can be placed")
        }
        guard let id = try fields.id("customerId"), !id.isEmpty else { throw .missing("customerId") }
        let customer = try customer(id, for: call.viewer)
        var draft = OrderDraft(
            kind: kind, customer: customer, poNumber: try fields.text("poNumber"),
            attributes: try fields.object("attributes")?.value ?? .object([]),
            total: Money(amount: .zero, currency: currency(ofCustomer: customer)))
        switch kind {
        case .sales: try readSale(fields, into: &draft, on: call.now.day, isEstimate: isEstimate)
        case .change: try readChange(fields, into: &draft, on: call.now.day, isEstimate: isEstimate)
        case .renewal, .cancellation: try readEnd(fields, into: &draft, on: call.now.day)
        case .migration: throw .badRequest("type: migration orders are not open to this API user")
        }
        draft.total.amount = draft.charges.reduce(.zero) { $0 + $1.extendedPrice.amount }
        return draft
    }

    // MARK: Sales

    private func readSale(
        _ fields: Fields, into draft: inout OrderDraft, on day: CalendarDay, isEstimate: Bool
    ) throws(Refusal) {
        if !isEstimate { try checkMayBuy(draft.customer) }
        let products = try fields.objects("products")
        guard !products.isEmpty else { throw .missing("products") }
        guard products.count <= 100 else { throw .badRequest("products: at most 100 lines") }
        for line in products {
            let product = try product(line)
            let quantity = try quantity(line, of: product)
            let parameters = try line.objects("parameters")
            if !isEstimate { try ParameterCheck.require(parameters, of: product, at: line) }
            try add(product, quantity, parameters.map(\.value), to: &draft, on: day)
        }
        try addNeeded(to: &draft, on: day)
    }

    private func add(
        _ product: Product, _ quantity: Int, _ parameters: [JSONValue], to draft: inout OrderDraft, on day: CalendarDay
    ) throws(Refusal) {
        let currency = draft.total.currency
        let charges = Pricing.sale(product, quantity: quantity, currency: currency, on: day)
        let sum = charges.reduce(Amount.zero) { $0 + $1.extendedPrice.amount }
        draft.lines.append(
            PlacedOrder.Line(
                product: product.row, quantity: quantity, extendedPrice: Money(amount: sum, currency: currency),
                parameters: parameters))
        draft.totals.append(quantity)
        draft.charges += charges
        draft.behaviours.insert(product.item.behaviour)
    }

    /// The platform adds what a product needs in the same subscription (REFERENCE 8, `dependsOn`).
    private func addNeeded(to draft: inout OrderDraft, on day: CalendarDay) throws(Refusal) {
        for line in draft.lines {
            guard let needed = catalogue.product(line.product).needsRow, needed < catalogue.count,
                !draft.lines.contains(where: { $0.product == needed })
            else { continue }
            let product = catalogue.product(needed)
            try add(product, max(line.quantity, product.item.minimum), [], to: &draft, on: day)
        }
    }

    /// Accounts on hold and closed accounts may not order more (REFERENCE 16, row 29).
    private func checkMayBuy(_ customer: Int) throws(Refusal) {
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

    // MARK: Changes

    private func readChange(
        _ fields: Fields, into draft: inout OrderDraft, on day: CalendarDay, isEstimate: Bool
    ) throws(Refusal) {
        let lines = try fields.objects("products")
        guard let line = lines.first, lines.count == 1 else {
            throw .badRequest("products: a change names exactly one product")
        }
        let place = try subscription(fields, line, draft)
        let row = subscriptions.rows[place]
        if let scheduledOn = try fields.text("scheduledOn") {
            guard scheduledOn.lowercased() == "renewal" else {
                throw .badRequest("scheduledOn: \(scheduledOn) is not a date for a change; only renewal is")
            }
            draft.isScheduled = true
        }
        let owned = self.lines(ofSubscription: place)
        let product = try product(line, among: owned.map(\.product))
        let total = try quantity(line, of: product)
        let current = owned.first { $0.product == product.row }?.quantity ?? 0
        if !isEstimate {
            try checkChangeable(place, row)
            if total > current { try checkMayBuy(draft.customer) }
        }
        let currency = draft.total.currency
        if draft.isScheduled {
            let start = row.expires ?? day
            draft.charges = Pricing.sale(product, quantity: total, currency: currency, on: start)
                .filter { $0.kind != .setup }
        } else {
            draft.charges = Pricing.change(
                product, by: total - current, to: total, currency: currency, since: row.created, on: day)
        }
        let sum = draft.charges.reduce(Amount.zero) { $0 + $1.extendedPrice.amount }
        draft.subscription = place
        draft.totals = [total]
        draft.behaviours.insert(product.item.behaviour)
        draft.lines = [
            PlacedOrder.Line(
                product: product.row, quantity: draft.isScheduled ? total : total - current, subscription: place,
                extendedPrice: Money(amount: sum, currency: currency))
        ]
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

    // MARK: Renewals and cancellations

    private func readEnd(_ fields: Fields, into draft: inout OrderDraft, on day: CalendarDay) throws(Refusal) {
        let place = try subscription(fields, try fields.objects("products").first, draft)
        let row = subscriptions.rows[place]
        guard row.status == .active || row.status == .hold else {
            throw .rule(
                "Cannot \(draft.kind.text) Subscription #\(subscriptions.id(place)): its status is \(row.status.text).")
        }
        draft.subscription = place
        guard draft.kind == .renewal else { return }
        for line in lines(ofSubscription: place) {
            draft.charges += Pricing.sale(
                catalogue.product(line.product), quantity: line.quantity, currency: draft.total.currency,
                unitPrice: line.unitPrice, on: row.expires ?? day
            ).filter { $0.kind != .setup }
        }
    }

    /// The subscription an order acts on: named at the top, on the line, or on both (REFERENCE 10.1).
    private func subscription(_ fields: Fields, _ line: Fields?, _ draft: OrderDraft) throws(Refusal) -> Int {
        let top = try fields.id("subscriptionId")
        let inLine = try line?.id("subscriptionId")
        guard let id = top ?? inLine, !id.isEmpty else { throw .missing("subscriptionId") }
        guard inLine == nil || inLine == id else {
            throw .badRequest("products[0].subscriptionId: differs from subscriptionId")
        }
        guard let place = subscriptions.place(id: id), Int(subscriptions.rows[place].customer) == draft.customer
        else { throw .notFound }
        return place
    }
}
