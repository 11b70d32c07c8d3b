/// Which accounts are asked for (REFERENCE 6).
public enum AccountQuery: Hashable, Sendable {
    case resellers
    /// Every customer that the signed-in person may see.
    case customers
    case customersOf(Account.ID)
    /// Names that contain the text, whatever its case.
    case customersNamed(String)
    /// Customers with a contact person of this address.
    case customersWithEmail(String)
}

/// One account to read in full; its kind decides where the marketplace keeps it.
public struct AccountKey: Hashable, Sendable {
    public var kind: Account.Kind
    public var id: Account.ID

    public init(kind: Account.Kind, id: Account.ID) {
        self.kind = kind
        self.id = id
    }
}

public struct SubscriptionQuery: Hashable, Sendable {
    /// Nil for all that the signed-in person may see.
    public var customer: Account.ID?

    public init(customer: Account.ID? = nil) { self.customer = customer }
}

public struct OrderQuery: Hashable, Sendable {
    public var customer: Account.ID?
    public var subscription: Subscription.ID?
    public var status: OrderStatus?
    public var number: String?
    public var reseller: Account.ID?

    public init(
        customer: Account.ID? = nil, subscription: Subscription.ID? = nil, status: OrderStatus? = nil,
        number: String? = nil, reseller: Account.ID? = nil
    ) {
        self.customer = customer
        self.subscription = subscription
        self.status = status
        self.number = number
        self.reseller = reseller
    }
}

/// MPN and vendor are matched exactly, the name as a part, whatever its case (REFERENCE 16, row 18). All nil asks for
/// the whole catalogue.
public struct ProductQuery: Hashable, Sendable {
    public var mpn: String?
    public var name: String?
    public var vendor: String?

    public init(mpn: String? = nil, name: String? = nil, vendor: String? = nil) {
        self.mpn = mpn
        self.name = name
        self.vendor = vendor
    }
}
