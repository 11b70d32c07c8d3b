import Marketplace

extension Subscription {
    /// A list row, or the same part of a detail (REFERENCE 11).
    init?(_ json: JSONValue) {
        guard let id: ID = json["id"].identifier() else { return nil }
        self.init(
            id: id, name: json["name"].text ?? "", customer: json["customerId"].identifier() ?? "",
            status: SubscriptionStatus(wire: json["status"].text ?? ""), autoRenews: json["renewalStatus"].truth,
            created: json["creationDate"].date, renews: json["renewalDate"].date,
            modified: json["lastModifiedDate"].date, expires: json["expirationDate"].date,
            billingPeriod: json["billingPeriod"].period, subscriptionPeriod: json["subscriptionPeriod"].period)
    }
}

extension SubscriptionStatus {
    init(wire text: String) {
        self =
            switch text.lowercased() {
            case "pending": .pending
            case "active": .active
            case "hold": .hold
            case "terminated": .terminated
            case "removed": .removed
            default: .other(text)
            }
    }
}

extension SubscriptionDetail {
    /// The answer of the detail call. Its products may be empty (REFERENCE 11).
    init?(_ json: JSONValue) {
        guard let subscription = Subscription(json) else { return nil }
        self.init(
            subscription: subscription, products: json["products"].elements.compactMap(SubscriptionProduct.init),
            totalPrice: json["totalPrice"].money,
            orderParameters: json["orderParameters"].elements.compactMap(\.parameter),
            fulfillmentParameters: json["fulfillmentParameters"].elements.compactMap(\.parameter))
    }
}

extension SubscriptionProduct {
    fileprivate init?(_ json: JSONValue) {
        guard case .object = json else { return nil }
        self.init(
            product: json["id"].identifier(), mpn: json["mpn"].text ?? "", vendor: json["vendor"].text ?? "",
            name: json["name"].text ?? "", quantity: json["quantity"].integer, unitPrice: json["unitPrice"].money,
            extendedPrice: json["extendedPrice"].money, vendorSubscriptionID: json["vendorSubscriptionId"].filledText)
    }
}
