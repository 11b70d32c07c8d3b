import Marketplace

extension Account {
    /// A customer or reseller (REFERENCE 7). Short list rows carry little more than id, name and status.
    init?(_ json: JSONValue, kind: Kind) {
        guard let id: ID = json["id"].identifier() else { return nil }
        self.init(
            id: id, kind: kind, name: json["name"].text ?? "", status: AccountStatus(wire: json["status"].text ?? ""),
            vendorAccount: json["resellerId"].identifier(), externalID: json["externalId"].filledText,
            address: Address(json["address"]), contacts: json["contactPersons"].elements.compactMap(ContactPerson.init),
            language: json["language"].filledText, taxRegistration: json["taxRegId"].filledText,
            currency: json["currency"].filledText, taxationProvider: json["taxationProviderName"].filledText,
            customerClass: json["customerClass"].filledText, attributes: json["attributes"].attributes)
    }
}

extension AccountStatus {
    package init(wire text: String) {
        self =
            switch text.lowerCaseWord {
            case "pending": .pending
            case "active": .active
            case "credithold": .creditHold
            case "adminhold": .adminHold
            case "cancelled": .cancelled
            case "error": .error
            default: .other(text)
            }
    }

    /// As the marketplace writes it.
    package var wire: String {
        switch self {
        case .creditHold: "creditHold"
        case .adminHold: "adminHold"
        case .other(let text): text
        default: word
        }
    }
}

extension ContactPerson.Role {
    /// As the marketplace writes it.
    package var wire: String {
        switch self {
        case .administrator: "admin"
        case .billing: "billing"
        case .technical: "technical"
        case .other(let text): text
        }
    }
}

extension Address {
    /// Nil when there is no object, or an empty one.
    fileprivate init?(_ json: JSONValue) {
        guard case .object(let members) = json, !members.isEmpty else { return nil }
        self.init(
            street: json["streetAddress"].text ?? "", addition: json["addressExtension"].filledText,
            postalCode: json["postalCode"].text ?? "", city: json["city"].text ?? "",
            state: json["state"].filledText, country: json["countryCode"].text ?? "")
    }
}

extension ContactPerson {
    fileprivate init?(_ json: JSONValue) {
        guard case .object = json else { return nil }
        let type = json["type"].text ?? "admin"
        let role: Role =
            switch type.lowercased() {
            case "admin": .administrator
            case "billing": .billing
            case "technical": .technical
            default: .other(type)
            }
        self.init(
            role: role, firstName: json["firstName"].text ?? "", lastName: json["lastName"].text ?? "",
            email: json["email"].text ?? "", phone: json["phoneNumber"].text ?? "")
    }
}
