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
    /// Customers that carry the caller's own id.
    case customersWithExternalID(String)
    case resellersNamed(String)
    case resellersWithEmail(String)
    case resellersWithExternalID(String)
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
    public var status: SubscriptionStatus?
    /// First and last day of creation.
    public var createdFrom: CalendarDate?
    public var createdTo: CalendarDate?

    public init(
        customer: Account.ID? = nil, status: SubscriptionStatus? = nil, createdFrom: CalendarDate? = nil,
        createdTo: CalendarDate? = nil
    ) {
        self.customer = customer
        self.status = status
        self.createdFrom = createdFrom
        self.createdTo = createdTo
    }
}

public struct OrderQuery: Hashable, Sendable {
    public var customer: Account.ID?
    public var subscription: Subscription.ID?
    public var status: OrderStatus?
    public var number: String?
    public var reseller: Account.ID?
    /// Two-letter billing code, for example `LO`.
    public var statusCode: String?
    /// First and last moment of creation. Servers may ignore them, so the rows are filtered again here.
    public var createdFrom: Instant?
    public var createdTo: Instant?

    public init(
        customer: Account.ID? = nil, subscription: Subscription.ID? = nil, status: OrderStatus? = nil,
        number: String? = nil, reseller: Account.ID? = nil, statusCode: String? = nil, createdFrom: Instant? = nil,
        createdTo: Instant? = nil
    ) {
        self.customer = customer
        self.subscription = subscription
        self.status = status
        self.number = number
        self.reseller = reseller
        self.statusCode = statusCode
        self.createdFrom = createdFrom
        self.createdTo = createdTo
    }
}

/// MPN and vendor are matched exactly, the name as a part, whatever its case (REFERENCE 16, row 18). All nil asks for
/// the whole catalogue.
public struct ProductQuery: Hashable, Sendable {
    public var mpn: String?
    public var name: String?
    public var vendor: String?
    /// Matched exactly.
    public var serviceName: String?

    public init(mpn: String? = nil, name: String? = nil, vendor: String? = nil, serviceName: String? = nil) {
        self.mpn = mpn
        self.name = name
        self.vendor = vendor
        self.serviceName = serviceName
    }
}

/// Every plan that the signed-in person may see; the marketplace filters none (REFERENCE 9).
public struct PlanQuery: Hashable, Sendable {
    public init() {}
}

/// Reports by generator, state, kind, format and the days on which they were made (REFERENCE 12).
public struct ReportQuery: Hashable, Sendable {
    public var name: String?
    public var status: Report.Status?
    public var kind: Report.Kind?
    public var format: Report.Format?
    public var from: CalendarDate?
    public var to: CalendarDate?

    public init(
        name: String? = nil, status: Report.Status? = nil, kind: Report.Kind? = nil, format: Report.Format? = nil,
        from: CalendarDate? = nil, to: CalendarDate? = nil
    ) {
        self.name = name
        self.status = status
        self.kind = kind
        self.format = format
        self.from = from
        self.to = to
    }
}

/// Whose rows an overview counts, and in which zone it counts days.
public struct OverviewQuery: Hashable, Sendable {
    public var scope: Overview.Scope
    public var zone: Zone

    public init(_ scope: Overview.Scope, zone: Zone = .utc) {
        self.scope = scope
        self.zone = zone
    }
}
