import Marketplace

extension OrderDraft {
    /// The body of an order or estimate (REFERENCE 10.1). The subscription it acts on is named at the top and on each
    /// line, because servers differ in where they look for it.
    var json: JSONValue {
        switch self {
        case .sales(let order): order.json
        case .change(let order): order.json
        case .planSwitch(let order): order.json
        case .renewal(let order): order.json(type: "renewal")
        case .cancellation(let order): order.json(type: "cancellation")
        case .migration(let order): order.json
        }
    }
}

extension SubscriptionOrder {
    fileprivate func json(type: String) -> JSONValue {
        .object([
            "type": .string(type), "customerId": .string(customer.rawValue),
            "subscriptionId": .string(subscription.rawValue), "poNumber": poNumber.filledJSON,
        ])
    }
}

extension ChangeOrder {
    fileprivate var json: JSONValue {
        .object([
            "type": .string("change"), "customerId": .string(customer.rawValue),
            "subscriptionId": .string(subscription.rawValue), "poNumber": poNumber.filledJSON,
            "products": .array(lines.map(json(of:))), "scheduledOn": waitsForRenewal ? .string("renewal") : nil,
            "alignExpirationDate": alignment?.json,
        ])
    }

    private func json(of line: Line) -> JSONValue {
        .object([
            "subscriptionId": .string(subscription.rawValue), "id": line.product.product?.rawValue.filledJSON,
            "mpn": line.product.mpn.filledJSON, "vendor": line.product.vendor.filledJSON,
            "billingPeriod": billingPeriod?.json, "subscriptionPeriod": subscriptionPeriod?.json,
            "quantity": .number(String(line.quantity.total)),
            "parameters": line.parameters.isEmpty ? nil : line.parameters.json,
        ])
    }
}

extension PlanSwitchOrder {
    fileprivate var json: JSONValue {
        .object([
            "type": .string("change"), "customerId": .string(customer.rawValue),
            "subscriptionId": .string(subscription.rawValue), "poNumber": poNumber.filledJSON,
            "planId": .string(plan.rawValue), "subscriptionPeriod": period.json,
            "upgradeStartType": start.map {
                .string($0 == .dayOfSwitch ? "from_date_of_upgrade" : "from_old_start_date")
            },
            "scheduledOn": waitsForRenewal ? .string("renewal") : nil,
        ])
    }
}

extension MigrationOrder {
    fileprivate var json: JSONValue {
        .object([
            "type": .string("migration"), "customerId": .string(customer.rawValue), "poNumber": poNumber.filledJSON,
            "products": .array(lines.map(\.json)), "startDate": .string(starts.description),
            "migrationDate": .string(migrates.description), "expirationDate": .string(expires.description),
            "autorenewal": .bool(autoRenews), "migrationProgram": program.map(JSONValue.string),
        ])
    }
}

extension EndDateAlignment {
    /// The subscription's id is a number here (REFERENCE 4); one that is none goes as text.
    fileprivate var json: JSONValue {
        switch self {
        case .onSubscription(let id):
            .object([
                "alignmentType": .string("CO_TERM_ON_SUBSCRIPTION"),
                "subscriptionId": Int(id.rawValue).map { .number(String($0)) } ?? .string(id.rawValue),
            ])
        case .endOfMonth: .object(["alignmentType": .string("MATCH_END_OF_CALENDAR_MONTH")])
        case .partialUpgrade: .object(["alignmentType": .string("CO_TERM_PARTIAL_UPGRADE")])
        }
    }
}

extension [Parameter] {
    fileprivate var json: JSONValue {
        .array(
            map { parameter in
                let json = parameter.form == .text ? nil : try? JSONValue(parsing: [UInt8](parameter.value.utf8))
                let name = parameter.form == .structured && json != nil ? "structured_value" : "value"
                return .object([
                    .init(name: "name", value: .string(parameter.name)),
                    .init(name: name, value: json ?? .string(parameter.value)),
                ])
            })
    }
}

extension String {
    /// Nil when the text is empty, so that the member is left out.
    fileprivate var filledJSON: JSONValue? { isEmpty ? nil : .string(self) }
}

extension SalesOrder {
    /// Each line names its product by id, MPN, vendor and both periods, so that no MPN is ambiguous; what the
    /// catalogue row does not say is left out (REFERENCE 8 and 10.1).
    var json: JSONValue {
        .object([
            "type": .string("sales"), "customerId": .string(customer.rawValue), "poNumber": poNumber.filledJSON,
            "products": .array(lines.map(\.json)), "alignExpirationDate": alignment?.json,
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
            "id": product.hasCatalogueID ? .string(product.id.rawValue) : nil, "mpn": product.mpn.filledJSON,
            "vendor": product.vendor.filledJSON,
            "billingPeriod": product.billingPeriod?.json, "subscriptionPeriod": product.subscriptionPeriod?.json,
            "quantity": .number(String(quantity)), "parameters": parameters?.json,
        ])
    }
}
