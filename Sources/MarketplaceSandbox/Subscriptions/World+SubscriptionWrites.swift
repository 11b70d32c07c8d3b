/// Changing a subscription: renewal, attributes and prices only; quantities change by orders (REFERENCE 11).
extension World {
    func updateSubscription(_ call: Call) throws(Refusal) -> Answer {
        let place = try subscription(call.segments[1], for: call.viewer)
        let fields = try call.fields(.subscriptionUpdate)
        let lines = try repriced(place, fields)
        let renews = try fields.bool("renewalStatus")
        let row = subscriptions.rows[place]
        if renews == true, row.status == .terminated || row.status == .removed {
            throw .rule(
                "Cannot renew Subscription #\(subscriptions.id(place)): its status is \(row.status.text).")
        }
        if let lines { subscriptions.changeExtras(place) { $0.lines = lines } }
        if let attributes = try fields.object("attributes")?.value {
            subscriptions.changeExtras(place) { $0.attributes = attributes }
        }
        subscriptions.change(place) { row in
            row.renewsItself = renews ?? row.renewsItself
            row.modified = call.now.day
        }
        return .object { write(subscription: place, &$0) }
    }

    func setSpecialPrices(_ call: Call) throws(Refusal) -> Answer {
        let place = try subscription(call.segments[1], for: call.viewer)
        let fields = try call.fields(.specialPricing)
        guard let lines = try repriced(place, fields) else { throw .missing("products") }
        subscriptions.changeExtras(place) { $0.lines = lines }
        subscriptions.change(place) { $0.modified = call.now.day }
        return .object { write(subscription: place, &$0) }
    }

    /// The subscription's products with the prices of the request; nil when it names none.
    private func repriced(_ place: Int, _ fields: Fields) throws(Refusal) -> [SubscriptionLine]? {
        let updates = try fields.objects("products")
        guard !updates.isEmpty else { return nil }
        let currency = currency(ofCustomer: Int(subscriptions.rows[place].customer))
        var lines = lines(ofSubscription: place)
        for update in updates {
            let mpn = try update.text("mpn")
            let id = try update.text("id")
            guard mpn?.isEmpty == false || id?.isEmpty == false else {
                throw .badRequest("\(update.name("mpn")): must not be empty unless id is given")
            }
            let index = lines.firstIndex { line in
                let product = catalogue.product(line.product)
                return (mpn == nil || product.mpn == mpn) && (id == nil || product.id == id)
            }
            guard let index else {
                throw .badRequest(
                    "\(update.path): Product \(mpn ?? id ?? "") is not in Subscription #\(subscriptions.id(place))")
            }
            let price = try update.price("unitPrice", in: currency)
            let cost = try update.price("unitCost", in: currency)
            let providerCost = try update.price("unitProviderCost", in: currency)
            guard price != nil || cost != nil || providerCost != nil else {
                throw .badRequest("\(update.name("unitPrice")): must be there unless unitCost or unitProviderCost is")
            }
            lines[index].special.price = price ?? lines[index].special.price
            lines[index].special.cost = cost ?? lines[index].special.cost
            lines[index].special.providerCost = providerCost ?? lines[index].special.providerCost
        }
        return lines
    }
}
