import Marketplace

extension AccountDraft {
    /// The body of a creation (REFERENCE 7). The kind is given by the address it is sent to.
    var json: JSONValue {
        var currency: String?
        if case .reseller(let code) = kind { currency = code }
        return .object([
            "name": .string(name), "address": address.json, "contactPersons": .array(contacts.map(\.json)),
            "language": .string(language), "externalId": externalID.map(JSONValue.string),
            "taxRegId": taxRegistration.map(JSONValue.string), "currency": currency.map(JSONValue.string),
            "taxationProviderName": taxationProvider.map(JSONValue.string),
            "customerClass": customerClass.map(JSONValue.string),
            "attributes": attributes.isEmpty ? nil : attributes.json,
        ])
    }

    /// Where the account is created, below the base URL.
    var path: [String] {
        switch kind {
        case .customer: ["customers"]
        case .customerOf(let reseller): ["resellers", reseller.rawValue, "customers"]
        case .reseller: ["resellers"]
        }
    }

    var createdKind: Account.Kind { if case .reseller = kind { .reseller } else { .customer } }
}

extension AccountChanges {
    /// The body of a change (REFERENCE 7): what is nil is not sent, and so left as it is.
    var json: JSONValue {
        .object([
            "name": name.map(JSONValue.string), "externalId": externalID.map(JSONValue.string),
            "taxRegId": taxRegistration.map(JSONValue.string),
            "status": status.map { .string($0 == .active ? "active" : "creditHold") },
            "address": address?.json, "contactPersons": contacts.map { .array($0.map(\.json)) },
        ])
    }
}

extension Address {
    fileprivate var json: JSONValue {
        .object([
            "streetAddress": .string(street), "addressExtension": addition.map(JSONValue.string),
            "postalCode": .string(postalCode), "city": .string(city), "state": state.map(JSONValue.string),
            "countryCode": .string(country),
        ])
    }
}

extension NewContact {
    fileprivate var json: JSONValue {
        let role =
            switch person.role {
            case .administrator: "admin"
            case .billing: "billing"
            case .technical: "technical"
            case .other(let text): text
            }
        return .object([
            "type": .string(role), "firstName": .string(person.firstName), "lastName": .string(person.lastName),
            "email": .string(person.email), "phoneNumber": .string(person.phone),
            "login": login.map(JSONValue.string), "password": password.map { .string($0.revealed) },
        ])
    }
}
