/// Subscriptions: short rows in lists, everything in the detail (REFERENCE 11).
extension World {
    func listSubscriptions(_ call: Call) throws(Refusal) -> Answer {
        let page = try call.page()
        var list = RowList(all: subscriptions.count)
        var tests: [(SubscriptionRow) -> Bool] = []
        if let reseller = call.viewer.reseller { list = subscriptions.byReseller.rows(of: reseller) }
        if let text = call.query.typed("status") {
            guard let status = SubscriptionRow.Status(text: text) else { throw .badParameter("status") }
            if call.viewer.reseller == nil, call.query["customerId"] == nil {
                list = subscriptions.byStatus.rows(of: status.rawValue)
            } else {
                tests.append { $0.status == status }
            }
        }
        if let id = call.query["customerId"] {
            let place = accounts.customerPlace(id: id).flatMap { isVisible(customer: $0, to: call.viewer) ? $0 : nil }
            list = place.map { subscriptions.byCustomer.rows(of: $0) } ?? RowList([])
        }
        let rows = subscriptions.rows
        var range = 0..<list.count
        if let from = try call.day("creationDateFrom") {
            range = list.firstPosition { rows[$0].created >= from }..<range.upperBound
        }
        if let to = try call.day("creationDateTo") {
            range = range.lowerBound..<max(range.lowerBound, list.firstPosition { rows[$0].created > to })
        }
        let (places, total) = list.page(
            offset: page.offset, limit: page.limit, within: range,
            where: tests.isEmpty ? nil : { place in tests.allSatisfy { $0(rows[place]) } })
        return .list(places, total: total, page, kept: subscriptions.written) { json, place in
            writeShort(place, catalogue.product(Int(rows[place].product)), &json)
        }
    }

    func readSubscription(_ call: Call) throws(Refusal) -> Answer {
        let place = try subscription(call.segments[1], for: call.viewer)
        return .object { write(subscription: place, &$0) }
    }

    private func writeShort(_ place: Int, _ product: Product, _ json: inout JSONWriter) {
        let row = subscriptions.rows[place]
        json.text("id", subscriptions.id(place))
        json.field("name", product.item.name)
        json.text("customerId", accounts.customerID(Int(row.customer)))
        json.field("status", row.status.text)
        json.field("attributes", subscriptions.extras(place)?.attributes ?? .object([]))
        json.field("renewalStatus", row.renewsItself)
        json.field("creationDate", row.created)
        if let renewal = row.renewal { json.field("renewalDate", renewal) } else { json.null("renewalDate") }
        json.field("lastModifiedDate", row.modified)
        if let expires = row.expires { json.field("expirationDate", expires) }
        json.field("billingModel", "chargeBeforeBillingPeriod")
        json.write(product.term.billingPeriod, "billingPeriod")
        json.write(product.term.subscriptionPeriod, "subscriptionPeriod")
    }

    func write(subscription place: Int, _ json: inout JSONWriter) {
        let row = subscriptions.rows[place]
        let main = catalogue.product(Int(row.product))
        let currency = currency(ofCustomer: Int(row.customer))
        let lines = lines(ofSubscription: place).map { pricedLine($0, currency: currency) }
        let price = lines.reduce(Amount.zero) { $0 + $1.price.amount * $1.quantity }
        let cost = lines.reduce(Amount.zero) { $0 + $1.cost.amount * $1.quantity }
        writeShort(place, main, &json)
        json.field("planId", main.plan)
        json.field("totalPrice", Money(amount: price, currency: currency))
        json.field("totalSubscriptionPrice", Money(amount: price * main.term.bills, currency: currency))
        json.field("totalSubscriptionCost", Money(amount: cost * main.term.bills, currency: currency))
        json.array("products", lines) { json, line in
            json.object { json in
                json.field("mpn", line.product.mpn)
                json.field("vendor", line.product.service.vendor)
                json.field("id", line.product.id)
                json.field("quantity", line.quantity)
                json.field("name", line.product.item.name)
                json.field(
                    "unitPrice",
                    line.special.price ?? Pricing.tiered(line.price, of: line.product, currency: currency))
                json.field("unitCost", line.special.cost ?? SpecialPrice(money: line.cost))
                if let cost = line.special.providerCost { json.field("unitProviderCost", cost) }
                json.field("extendedPrice", Money(amount: line.price.amount * line.quantity, currency: currency))
                if row.status != .pending {
                    json.field("vendorSubscriptionId", vendorID(of: place, line.product.row))
                }
            }
        }
        writeParameters(place, row, main, &json)
    }

    private func pricedLine(
        _ line: SubscriptionLine, currency: String
    ) -> (product: Product, quantity: Int, special: SpecialPrices, price: Money, cost: Money) {
        let product = catalogue.product(line.product)
        return (
            product, line.quantity, line.special,
            line.special.price?.unit(at: line.quantity)
                ?? Pricing.price(product, quantity: line.quantity, currency: currency),
            line.special.cost?.unit(at: line.quantity)
                ?? Pricing.cost(product, quantity: line.quantity, currency: currency)
        )
    }

    /// Values given when ordering, and values made by provisioning: the Microsoft tenant id is one of the latter.
    private func writeParameters(_ place: Int, _ row: SubscriptionRow, _ main: Product, _ json: inout JSONWriter) {
        let isAurora = main.service.vendor == "aurora"
        var given = subscriptions.extras(place)?.orderParameters ?? []
        if given.isEmpty, isAurora {
            let contact = accounts.customer(Int(row.customer)).contacts.first
            let domain = contact?.email.split(separator: "@").last.map(String.init) ?? "unknown.example"
            given = [Landmarks.parameter("microsoft_domain", domain)]
        }
        json.array("orderParameters", given) { $0.value($1) }
        var made: [JSONValue] = []
        if isAurora, row.status != .pending {
            var dice = Dice(seed: configuration.seed, .company, -1 - Int(row.customer))
            made = [Landmarks.parameter("ms_customer_id", dice.uuid())]
        }
        json.array("fulfillmentParameters", made) { $0.value($1) }
    }

    private func vendorID(of place: Int, _ product: Int) -> String {
        var dice = Dice(seed: configuration.seed &+ UInt64(product), .subscriptionLine, subscriptions.id(place))
        return dice.uuid()
    }
}
