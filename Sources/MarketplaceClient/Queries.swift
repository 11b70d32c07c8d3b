import Marketplace

/// Which accounts a list holds (REFERENCE 6 and 7).
public enum AccountQuery: Hashable, Sendable {
    case resellers
    /// All that the signed-in user sees.
    case customers
    case customersOf(Account.ID)
    /// Customers whose name contains the text, in any case.
    case customersNamed(String)
    /// Customers with a contact whose e-mail address contains the text, in any case.
    case customersWithEmail(String)
}

/// One account to read: customers and resellers have addresses of their own (REFERENCE 6).
public struct AccountKey: Hashable, Sendable {
    public var kind: Account.Kind
    public var id: Account.ID

    public init(kind: Account.Kind, id: Account.ID) {
        self.kind = kind
        self.id = id
    }
}

/// Which subscriptions a list holds: those of one customer, or all (REFERENCE 11).
public struct SubscriptionQuery: Hashable, Sendable {
    public var customer: Account.ID?

    public init(customer: Account.ID? = nil) { self.customer = customer }
}

/// Which orders a list holds; every condition that is set must hold (REFERENCE 10).
public struct OrderQuery: Hashable, Sendable {
    public var customer: Account.ID?
    public var subscription: Subscription.ID?
    /// One status: the API takes no list of them (REFERENCE 5).
    public var status: OrderStatus?
    /// The whole order number, for example `SO000012`.
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

/// Which catalogue rows a list holds; nothing set means the whole catalogue (REFERENCE 8).
public struct ProductQuery: Hashable, Sendable {
    /// The whole MPN. It is not a key: several rows may answer.
    public var mpn: String?
    /// A part of the product's name, in any case.
    public var name: String?
    public var vendor: String?

    public init(mpn: String? = nil, name: String? = nil, vendor: String? = nil) {
        self.mpn = mpn
        self.name = name
        self.vendor = vendor
    }
}
