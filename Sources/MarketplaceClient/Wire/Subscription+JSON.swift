import Marketplace

extension Subscription {
    /// The members of a page of rows that are read.
    static let names = JSONNames(
        JSONNames.page + [
            "id", "name", "customerId", "status", "renewalStatus", "creationDate", "renewalDate", "lastModifiedDate",
            "expirationDate", "billingPeriod", "subscriptionPeriod", "type", "duration",
        ])

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
    package init(wire text: String) {
        self =
            switch text.lowerCaseWord {
            case "pending": .pending
            case "active": .active
            case "hold": .hold
            case "terminated": .terminated
            case "removed": .removed
            default: .other(text)
            }
    }

    /// As the `status` filter takes it.
    package var wire: String { if case .other(let text) = self { text } else { word } }
}

extension SubscriptionDetail {
    /// The answer of the detail call. Its products may be empty (REFERENCE 11).
    init?(_ json: JSONValue) {
        guard let subscription = Subscription(json) else { return nil }
        self.init(
            subscription: subscription, products: json["products"].elements.compactMap(SubscriptionProduct.init),
            totalPrice: json["totalPrice"].money,
            orderParameters: json["orderParameters"].elements.compactMap(\.parameter),
            fulfillmentParameters: json["fulfillmentParameters"].elements.compactMap(\.parameter),
            plan: json["planId"].identifier(), attributes: json["attributes"].attributes,
            termPrice: json["totalSubscriptionPrice"].money, termCost: json["totalSubscriptionCost"].money,
            billingModel: json["billingModel"].filledText)
        others = json.others(than: [
            "id", "name", "customerId", "status", "renewalStatus", "creationDate", "renewalDate", "lastModifiedDate",
            "expirationDate", "billingPeriod", "subscriptionPeriod", "products", "totalPrice", "orderParameters",
            "fulfillmentParameters", "planId", "attributes", "totalSubscriptionPrice", "totalSubscriptionCost",
            "billingModel",
        ])
    }
}

extension SubscriptionProduct {
    fileprivate init?(_ json: JSONValue) {
        guard case .object = json else { return nil }
        self.init(
            product: json["id"].identifier(), mpn: json["mpn"].text ?? "", vendor: json["vendor"].text ?? "",
            name: json["name"].text ?? "", quantity: json["quantity"].quantity, unitPrice: json["unitPrice"].money,
            extendedPrice: json["extendedPrice"].money, vendorSubscriptionID: json["vendorSubscriptionId"].filledText,
            unitCost: json["unitCost"].money)
        priceTiers = json["unitPrice"].priceTiers
        costTiers = json["unitCost"].priceTiers
        unitProviderCost = json["unitProviderCost"].tieredMoney
        others = json.others(than: [
            "id", "mpn", "vendor", "name", "quantity", "unitPrice", "extendedPrice", "vendorSubscriptionId", "unitCost",
            "unitProviderCost",
        ])
    }
}

extension SubscriptionChanges {
    /// The body of a change (REFERENCE 11).
    var json: JSONValue {
        .object([
            "renewalStatus": autoRenews.map(JSONValue.bool), "attributes": attributes.map(\.json),
            "products": prices.map { .array($0.map(\.json)) },
        ])
    }
}

extension SpecialPrice {
    var json: JSONValue {
        let (name, value) =
            switch product {
            case .mpn(let mpn): ("mpn", mpn)
            case .product(let id): ("id", id.rawValue)
            }
        return .object([
            name: .string(value), "unitPrice": unitPrice?.json, "unitCost": unitCost?.json,
            "unitProviderCost": unitProviderCost?.json,
        ])
    }
}

extension TieredMoney {
    fileprivate var json: JSONValue {
        .object([
            "currency": .string(amount.currency), "amount": .string(amount.amount.description),
            "priceTiers": tiers.isEmpty
                ? nil
                : .array(
                    tiers.map { tier in
                        .object([
                            "lowerLimit": .string(tier.from.description), "amount": .string(tier.amount.description),
                        ])
                    }),
        ])
    }
}
