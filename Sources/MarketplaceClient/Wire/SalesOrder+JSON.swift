import Marketplace

extension SalesOrder {
    /// The body of an order or estimate. Each line names its product by id, MPN, vendor and both periods, so that no
    /// MPN is ambiguous; what the catalogue row does not say is left out (REFERENCE 8 and 10.1).
    var json: JSONValue {
        .object([
            "type": .string("sales"), "customerId": .string(customer.rawValue),
            "poNumber": poNumber.isEmpty ? nil : .string(poNumber), "products": .array(lines.map(\.json)),
        ])
    }

    /// The body of a parameter validation (REFERENCE 12).
    var validationJSON: JSONValue {
        .object([
            "type": .string("sales"), "customerId": .string(customer.rawValue),
            "products": .array(lines.map(\.validationJSON)),
        ])
    }
}

extension SalesOrder.Line {
    fileprivate var json: JSONValue { json(parameters: parameters.isEmpty ? nil : parameters) }
    /// Validation wants the parameters even when there are none.
    fileprivate var validationJSON: JSONValue { json(parameters: parameters) }

    private func json(parameters: [Parameter]?) -> JSONValue {
        .object([
            "id": .string(product.id.rawValue),
            "mpn": product.mpn.isEmpty ? nil : .string(product.mpn),
            "vendor": product.vendor.isEmpty ? nil : .string(product.vendor),
            "billingPeriod": product.billingPeriod?.json,
            "subscriptionPeriod": product.subscriptionPeriod?.json,
            "quantity": .number(String(quantity)),
            "parameters": parameters.map { parameters in
                .array(parameters.map { .object(["name": .string($0.name), "value": .string($0.value)]) })
            },
        ])
    }
}

extension ParameterVerdict {
    /// Every verdict in a validation answer: grouped by product, or flat as version 1.1 wrote them (REFERENCE 12).
    static func all(in answer: JSONValue) -> [ParameterVerdict] {
        let data = answer["data"].isNull ? answer : answer["data"]
        return data.elements.flatMap { row -> [ParameterVerdict] in
            let parameters = row["parameters"]
            return parameters.isNull
                ? [ParameterVerdict(row)].compactMap(\.self) : parameters.elements.compactMap(ParameterVerdict.init)
        }
    }

    private init?(_ json: JSONValue) {
        guard let name = json["name"].filledText else { return nil }
        let accepted = json["result"].text.map { $0.lowercased() == "success" } ?? json["valueError"].isNull
        self.init(
            name: name, isAccepted: accepted,
            message: accepted
                ? json["message"].filledText : json["message"].filledText ?? json["valueError"].filledText,
            choices: json["valueChoices"].elements.compactMap {
                $0["value"].filledText ?? $0["label"].filledText ?? $0.filledText
            })
    }
}
