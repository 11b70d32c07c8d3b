/// An account to create (REFERENCE 7): a customer, or a reseller with its currency.
public struct AccountDraft: Hashable, Codable, Sendable {
    public enum Kind: Hashable, Codable, Sendable {
        case customer
        /// A customer of another reseller, created in its name.
        case customerOf(Account.ID)
        /// - Parameter currency: ISO 4217 code; the reseller is billed in it.
        case reseller(currency: String)
    }

    public var kind: Kind
    public var name: String
    public var address: Address
    /// At least one; an administrator gets a login.
    public var contacts: [NewContact]
    /// Locale of notifications and panel, for example `en_US`.
    public var language: String
    /// The caller's own id of the account; the marketplace does not check that it is unique.
    public var externalID: String?
    public var taxRegistration: String?
    /// Resellers only: the tax engine that the marketplace reckons with.
    public var taxationProvider: String?
    /// Resellers only: the class of customers that the provider counts it to.
    public var customerClass: String?
    public var attributes: Attributes

    public init(
        kind: Kind, name: String, address: Address, contacts: [NewContact], language: String,
        externalID: String? = nil, taxRegistration: String? = nil, taxationProvider: String? = nil,
        customerClass: String? = nil, attributes: Attributes = [:]
    ) {
        self.kind = kind
        self.name = name
        self.address = address
        self.contacts = contacts
        self.language = language
        self.externalID = externalID
        self.taxRegistration = taxRegistration
        self.taxationProvider = taxationProvider
        self.customerClass = customerClass
        self.attributes = attributes
    }
}

/// A contact person to create, and for an administrator the login that comes with it (REFERENCE 7).
public struct NewContact: Hashable, Codable, Sendable {
    public var person: ContactPerson
    /// Administrators only: at least 5 characters; without it the marketplace makes one.
    public var login: String?
    /// Administrators only: never shown, and never written to the journal.
    public var password: Secret?

    /// A password is never written to a disk.
    private enum CodingKeys: String, CodingKey { case person, login }

    public init(_ person: ContactPerson, login: String? = nil, password: Secret? = nil) {
        self.person = person
        self.login = login
        self.password = password
    }
}

/// What is to change of an account; nil leaves a part as it is (REFERENCE 7).
public struct AccountChanges: Hashable, Codable, Sendable {
    /// The states that may be asked for; all others are the marketplace's to give.
    public enum Status: Hashable, Codable, Sendable { case active, creditHold }

    public var name: String?
    public var externalID: String?
    public var taxRegistration: String?
    public var status: Status?
    public var address: Address?
    /// The whole list: who is not in it is removed (REFERENCE 16, row 16).
    public var contacts: [NewContact]?

    public init(
        name: String? = nil, externalID: String? = nil, taxRegistration: String? = nil, status: Status? = nil,
        address: Address? = nil, contacts: [NewContact]? = nil
    ) {
        self.name = name
        self.externalID = externalID
        self.taxRegistration = taxRegistration
        self.status = status
        self.address = address
        self.contacts = contacts
    }

    public var isEmpty: Bool { self == AccountChanges() }
}
