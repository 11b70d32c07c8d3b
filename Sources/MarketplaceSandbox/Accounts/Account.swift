/// An account as the API shows it: a reseller or, with a reseller, a customer.
struct Account: Sendable {
    enum Status: String, CaseIterable, Sendable {
        case pending, active, creditHold, adminHold, cancelled, error
    }

    var id: Int
    /// The place of the reseller that owns this customer; nil for a reseller.
    var reseller: Int?
    var status: Status
    var name: String
    var address: Address
    var contacts: [ContactPerson]
    var language: String
    var externalID: String?
    var taxRegID: String?
    var currency: String?
    var taxationProviderName = "Vertex"
    var customerClass = "Default"
    var attributes = JSONValue.object([])
}

/// Where an account is, as the API writes it.
struct Address: Hashable, Sendable {
    var streetAddress: String
    var addressExtension: String?
    var postalCode: String
    var city: String
    var state: String?
    var countryCode: String
}

/// A person of an account. Logins and passwords are never answered, so they are not kept.
struct ContactPerson: Hashable, Sendable {
    enum Role: String, Sendable {
        case admin, billing, technical
    }

    var role: Role
    var firstName: String
    var lastName: String
    var email: String
    var phoneNumber: String
}
