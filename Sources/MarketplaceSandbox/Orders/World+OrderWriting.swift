/// How orders are written: short rows in lists, lines and charges in the detail (REFERENCE 10.3).
extension World {
    func writeShort(order place: Int, _ json: inout JSONWriter) {
        let row = orders.rows[place]
        json.text("id", orders.id(place))
        json.field("orderNumber", orders.number(place))
        json.field("type", row.kind.text)
        json.text("customerId", accounts.customerID(Int(row.customer)))
        json.field("status", row.code.status.text)
        json.field("statusCode", row.code.rawValue)
        json.field("creationDate", row.created)
        if let seconds = row.provisioningSeconds {
            json.field("provisioningDate", Moment(seconds: row.created.seconds + Int64(seconds)))
        } else {
            json.null("provisioningDate")
        }
    }

    func write(order place: Int, _ json: inout JSONWriter) {
        let row = orders.rows[place]
        let order = record(of: place)
        writeShort(order: place, &json)
        if let poNumber = order.poNumber { json.field("poNumber", poNumber) } else { json.null("poNumber") }
        json.text("subscriptionId", subscriptions.id(Int(row.subscription)))
        json.field("creditCheck", orders.creditChecks[place] ?? true)
        json.field("total", order.total)
        json.field("attributes", order.attributes)
        if row.isScheduled { json.field("scheduledOn", "renewal") }
        order.terms.write(subscriptions.id, &json)
        // Renewals and cancellations have neither products nor details, as observed.
        guard row.kind != .renewal, row.kind != .cancellation else { return }
        write(order.lines, &json)
        write(order.charges, &json)
    }

    func write(_ lines: [PlacedOrder.Line], _ json: inout JSONWriter) {
        json.array("products", lines) { json, line in
            let product = catalogue.product(line.product)
            json.object { json in
                json.field("mpn", product.mpn)
                json.field("vendor", product.service.vendor)
                json.field("id", product.id)
                json.field("name", product.item.name)
                json.field("quantity", line.quantity)
                json.write(product.term.billingPeriod, "billingPeriod")
                json.write(product.term.subscriptionPeriod, "subscriptionPeriod")
                if let place = line.subscription { json.text("subscriptionId", subscriptions.id(place)) }
                if let price = line.extendedPrice { json.field("extendedPrice", price) }
                if !line.parameters.isEmpty { json.array("parameters", line.parameters) { $0.value($1) } }
            }
        }
    }

    func write(_ charges: [Charge], _ json: inout JSONWriter) {
        json.array("details", charges) { json, charge in
            json.object { json in
                json.field("type", charge.kind.rawValue)
                json.field("mpn", charge.product.mpn)
                json.field("productId", charge.product.id)
                json.field("description", charge.description)
                json.object("duration") { json in
                    json.field("type", charge.unit.rawValue)
                    json.field("duration", JSONValue.number(Amount(units: Int64(charge.hundredths) * 100).text))
                }
                json.double("quantity", charge.quantity)
                let isListed = charge.kind != .setup && charge.unitPrice == listed(charge)
                if isListed {
                    let currency = charge.unitPrice.currency
                    json.field("unitPrice", Pricing.tiered(charge.unitPrice, of: charge.product, currency: currency))
                } else {
                    json.field("unitPrice", charge.unitPrice)
                }
                json.field("extendedPrice", charge.extendedPrice)
                if isListed, charge.volumeDiscount > 0 { writeDiscount(of: charge, &json) }
                json.field("taxAmount", charge.tax)
            }
        }
    }

    private func listed(_ charge: Charge) -> Money {
        Pricing.price(charge.product, quantity: abs(charge.quantity), currency: charge.unitPrice.currency)
    }

    /// What the volume has taken off: the unit price is what is left.
    private func writeDiscount(of charge: Charge, _ json: inout JSONWriter) {
        let percent = charge.volumeDiscount
        let off = charge.extendedPrice.amount.scaled(percent, over: 100 - percent)
        json.object("discount") { json in
            json.field("type", "percent")
            json.field("value", String(percent))
            json.field("amount", off.text)
            json.field("amountCode", charge.extendedPrice.currency)
        }
    }

    /// What was given for a line of the past: the products of Aurora ask for the customer's domain.
    private func parameters(of line: Product, customer: Int) -> [JSONValue] {
        guard line.service.vendor == "aurora" else { return [] }
        let contact = accounts.customer(customer).contacts.first
        let domain = contact?.email.split(separator: "@").last.map(String.init) ?? "unknown.example"
        return [Landmarks.parameter("microsoft_domain", domain)]
    }

    /// The whole record of an order.
    func record(of place: Int) -> PlacedOrder {
        orders.placed[place] ?? seeded(place, orders.rows[place])
    }

    /// An order of the past, put together again from its compact row.
    private func seeded(_ place: Int, _ row: OrderRow) -> PlacedOrder {
        var dice = Dice(seed: configuration.seed, .orderDetail, orders.id(place))
        let poNumber =
            dice.perMille(700) ? "PO-\(row.created.day.components.year)-" + Digits.padded(1 + dice.roll(9_000), 4) : nil
        let currency = currency(ofCustomer: Int(row.customer))
        let subscriptionPlace = Int(row.subscription)
        let subscription = subscriptions.rows[subscriptionPlace]
        let product = catalogue.product(Int(subscription.product))
        let quantity = Int(row.quantity)
        var charges: [Charge]
        switch row.kind {
        case .sales, .migration:
            charges = Pricing.sale(product, quantity: quantity, currency: currency, on: row.created.day)
        case .change where row.isScheduled:
            let start = subscription.expires ?? row.created.day
            charges = Pricing.sale(product, quantity: quantity, currency: currency, on: start)
        case .change:
            charges = Pricing.change(
                product, by: quantity, to: max(1, Int(subscription.quantity)), currency: currency,
                since: subscription.created, on: row.created.day)
        case .renewal:
            let units = max(1, Int(subscription.quantity))
            charges = Pricing.sale(product, quantity: units, currency: currency, on: row.created.day)
        case .cancellation:
            charges = []
        }
        if row.kind != .sales { charges.removeAll { $0.kind == .setup } }
        let total = Money(amount: charges.reduce(.zero) { $0 + $1.extendedPrice.amount }, currency: currency)
        let line = PlacedOrder.Line(
            product: product.row, quantity: quantity, subscription: subscriptionPlace, extendedPrice: total,
            parameters: row.kind == .sales ? parameters(of: product, customer: Int(row.customer)) : [])
        return PlacedOrder(
            poNumber: poNumber, lines: [line], charges: charges, total: total,
            effect: .extend(subscription: subscriptionPlace), placedAt: Double(row.created.seconds))
    }
}
