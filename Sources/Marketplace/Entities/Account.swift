/// An organisation or person of the business hierarchy: the provider, a reseller or a customer (REFERENCE 7).
public struct Account: Hashable, Codable, Sendable, Identifiable {
    public typealias ID = Identifier<Account>

    public enum Kind: Hashable, Codable, Sendable { case provider, reseller, customer }

    public let id: ID
    public var kind: Kind
    public var name: String
    public var status: AccountStatus
    /// The account that created this one and sells to it. Nil when the row does not say.
    public var vendorAccount: ID?
    public var externalID: String?
    public var address: Address?
    public var contacts: [ContactPerson]
    public var language: String?
    public var taxRegistration: String?
    /// Resellers only: ISO 4217 code.
    public var currency: String?
    /// Resellers only: the tax engine that the marketplace reckons with.
    public var taxationProvider: String?
    /// Resellers only: the class of customers that the provider counts it to.
    public var customerClass: String?
    public var attributes: Attributes

    public init(
        id: ID, kind: Kind, name: String, status: AccountStatus, vendorAccount: ID? = nil, externalID: String? = nil,
        address: Address? = nil, contacts: [ContactPerson] = [], language: String? = nil,
        taxRegistration: String? = nil, currency: String? = nil, taxationProvider: String? = nil,
        customerClass: String? = nil, attributes: Attributes = [:]
    ) {
        self.id = id
        self.kind = kind
        self.name = name
        self.status = status
        self.vendorAccount = vendorAccount
        self.externalID = externalID
        self.address = address
        self.contacts = contacts
        self.language = language
        self.taxRegistration = taxRegistration
        self.currency = currency
        self.taxationProvider = taxationProvider
        self.customerClass = customerClass
        self.attributes = attributes
    }

    /// The name, for people; the marketplace may give none.
    public var title: String { name.isEmpty ? "account \(id), no name" : name }
}

public enum AccountStatus: Hashable, Codable, Sendable {
    case pending, active, creditHold, adminHold, cancelled, error
    /// A status this program does not know, as the marketplace wrote it; empty when it wrote none.
    case other(String)

    public var word: String {
        switch self {
        case .pending: "pending"
        case .active: "active"
        case .creditHold: "credit hold"
        case .adminHold: "admin hold"
        case .cancelled: "cancelled"
        case .error: "error"
        case .other(let text): text.isEmpty ? "not reported" : text
        }
    }

    /// What the status means for the account (REFERENCE 7).
    public var meaning: String {
        switch self {
        case .pending: "Added, not verified yet."
        case .active: "In good standing; may order."
        case .creditHold: "Works, but may not order more until its balance is paid."
        case .adminHold: "May not order; its services are suspended."
        case .cancelled: "Closed; its services are stopped."
        case .error: "Something failed on the platform; contact support."
        case .other: "A status that souk does not know."
        }
    }
}

public struct Address: Hashable, Codable, Sendable {
    public var street: String
    public var addition: String?
    public var postalCode: String
    public var city: String
    public var state: String?
    /// ISO 3166-1 alpha-2.
    public var country: String

    public init(
        street: String, addition: String? = nil, postalCode: String, city: String, state: String? = nil,
        country: String
    ) {
        self.street = street
        self.addition = addition
        self.postalCode = postalCode
        self.city = city
        self.state = state
        self.country = country
    }

    /// Street, then place, then the country by its name; empty parts left out.
    public var lines: [String] {
        let place = [postalCode, city, state ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
        return [street, addition ?? "", place, Country.name(of: country)].filter { !$0.isEmpty }
    }
}

/// A person of an account. The API lists no users; these are what it publishes of them (REFERENCE 0 and 7).
public struct ContactPerson: Hashable, Codable, Sendable {
    public enum Role: Hashable, Codable, Sendable {
        case administrator, billing, technical
        case other(String)

        public var word: String {
            switch self {
            case .administrator: "administrator"
            case .billing: "billing contact"
            case .technical: "technical contact"
            case .other(let text): text
            }
        }

        /// The same where it is clear that contacts are meant.
        public var shortWord: String {
            switch self {
            case .billing: "billing"
            case .technical: "technical"
            case .administrator, .other: word
            }
        }
    }

    public var role: Role
    public var firstName: String
    public var lastName: String
    public var email: String
    public var phone: String

    public init(role: Role, firstName: String, lastName: String, email: String, phone: String) {
        self.role = role
        self.firstName = firstName
        self.lastName = lastName
        self.email = email
        self.phone = phone
    }

    public var name: String { [firstName, lastName].filter { !$0.isEmpty }.joined(separator: " ") }
}
