import Marketplace

extension Order {
    /// The members of a page of rows that are read; rows may hold as much as details (REFERENCE 10.3).
    static let names = JSONNames(
        JSONNames.page + [
            "id", "orderNumber", "type", "customerId", "status", "statusCode", "creationDate", "provisioningDate",
            "poNumber", "subscriptionId", "total", "products", "details", "scheduledOn", "creditCheck", "planId",
            "mpn", "vendor", "name", "quantity", "extendedPrice", "unitPrice", "description", "amount", "currency",
        ])

    /// A list row, or a detail with lines and charges (REFERENCE 10.3).
    init?(_ json: JSONValue) {
        guard let id: ID = json["id"].identifier() else { return nil }
        let lines = json["products"].elements.compactMap(OrderLine.init)
        self.init(
            id: id, number: json["orderNumber"].text ?? "", kind: Kind(wire: json["type"].text ?? ""),
            customer: json["customerId"].identifier() ?? "", status: OrderStatus(wire: json["status"].text ?? ""),
            statusCode: json["statusCode"].filledText?.uppercased(), created: json["creationDate"].instant,
            provisioned: json["provisioningDate"].instant, poNumber: json["poNumber"].filledText,
            subscription: json["subscriptionId"].identifier() ?? lines.lazy.compactMap(\.subscription).first,
            total: json["total"].money, lines: lines, charges: json["details"].elements.compactMap(OrderCharge.init),
            scheduledOn: json["scheduledOn"].filledText, checksCredit: json["creditCheck"].truth,
            plan: json["planId"].identifier())
        alignment = json["alignExpirationDate"]["alignmentType"].filledText
        alignedEnd = json["subscriptions"].elements.lazy.compactMap { $0["alignedExpirationDate"].date }.first
        others = json.others(than: Self.read)
    }

    private static let read: Set<String> = [
        "id", "orderNumber", "type", "customerId", "status", "statusCode", "creationDate", "provisioningDate",
        "poNumber", "subscriptionId", "total", "products", "details", "scheduledOn", "creditCheck", "planId",
    ]
}

extension Order.Kind {
    /// As the marketplace writes it.
    package var wire: String { if case .other(let text) = self { text } else { word } }

    init(wire text: String) {
        self =
            switch text.lowerCaseWord {
            case "sales": .sales
            case "change": .change
            case "renewal": .renewal
            case "cancellation": .cancellation
            case "migration": .migration
            default: .other(text)
            }
    }
}

extension OrderStatus {
    package init(wire text: String) {
        self =
            switch text.lowerCaseWord {
            case "submitted": .submitted
            case "processing": .processing
            case "completed": .completed
            case "error": .error
            case "cancelled": .cancelled
            default: .other(text)
            }
    }

    /// As the `status` filter takes it.
    package var wire: String {
        switch self {
        case .submitted: "submitted"
        case .processing: "processing"
        case .completed: "completed"
        case .error: "error"
        case .cancelled: "cancelled"
        case .other(let text): text
        }
    }
}

extension OrderLine {
    fileprivate init?(_ json: JSONValue) {
        guard case .object = json else { return nil }
        self.init(
            product: json["id"].identifier(), mpn: json["mpn"].text ?? "", vendor: json["vendor"].filledText,
            name: json["name"].filledText, quantity: json["quantity"].decimal,
            extendedPrice: json["extendedPrice"].money, subscription: json["subscriptionId"].identifier())
        parameters = json["parameters"].elements.compactMap(\.parameter)
        billingPeriod = json["billingPeriod"].period
        subscriptionPeriod = json["subscriptionPeriod"].period
        others = json.others(than: [
            "id", "mpn", "vendor", "name", "quantity", "extendedPrice", "subscriptionId", "parameters",
            "billingPeriod", "subscriptionPeriod",
        ])
    }
}

extension OrderCharge {
    fileprivate init?(_ json: JSONValue) {
        guard case .object = json else { return nil }
        self.init(
            kind: json["type"].text ?? "", description: json["description"].text ?? "",
            quantity: json["quantity"].decimal, unitPrice: json["unitPrice"].money,
            extendedPrice: json["extendedPrice"].money)
        priceTiers = json["unitPrice"].priceTiers
        discount = Discount(json["discount"])
        tax = json["taxAmount"].money
        others = json.others(than: [
            "type", "description", "quantity", "unitPrice", "extendedPrice", "discount", "taxAmount",
        ])
    }
}

extension OrderCharge.Discount {
    fileprivate init?(_ json: JSONValue) {
        guard case .object(let members) = json, !members.isEmpty else { return nil }
        let amount = json["amount"].decimal.map { Money($0, json["amountCode"].text ?? "") }
        self.init(kind: json["type"].text ?? "", value: json["value"].text ?? "", amount: amount)
    }
}

extension Estimate {
    /// Nil when the answer is no object (REFERENCE 10.6).
    init?(_ json: JSONValue) {
        guard case .object = json else { return nil }
        self.init(
            total: json["total"].money, lines: json["products"].elements.compactMap(OrderLine.init),
            charges: json["details"].elements.compactMap(OrderCharge.init))
    }
}
