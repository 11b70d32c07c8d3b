/// An order to estimate or to place: one of the five kinds (REFERENCE 10.1).
public enum OrderDraft: Hashable, Codable, Sendable {
    case sales(SalesOrder)
    case change(ChangeOrder)
    /// Another plan or another period for a subscription; the marketplace calls it a change order too.
    case planSwitch(PlanSwitchOrder)
    case renewal(SubscriptionOrder)
    case cancellation(SubscriptionOrder)
    case migration(MigrationOrder)

    public var customer: Account.ID { content.customer }

    /// The subscription it acts on; nil where it makes a new one.
    public var subscription: Subscription.ID? {
        switch self {
        case .sales, .migration: nil
        case .change(let order): order.subscription
        case .planSwitch(let order): order.subscription
        case .renewal(let order), .cancellation(let order): order.subscription
        }
    }

    /// The caller's reference, the only handle by which the order can be recognised after a time-out.
    public var poNumber: String { content.poNumber }

    public var kind: Order.Kind {
        switch self {
        case .sales: .sales
        case .change, .planSwitch: .change
        case .renewal: .renewal
        case .cancellation: .cancellation
        case .migration: .migration
        }
    }

    private var content: any OrderContent {
        switch self {
        case .sales(let order): order
        case .change(let order): order
        case .planSwitch(let order): order
        case .renewal(let order), .cancellation(let order): order
        case .migration(let order): order
        }
    }
}

/// What every kind of order has.
private protocol OrderContent {
    var customer: Account.ID { get }
    var poNumber: String { get }
}

extension SalesOrder: OrderContent {}
extension ChangeOrder: OrderContent {}
extension PlanSwitchOrder: OrderContent {}
extension SubscriptionOrder: OrderContent {}
extension MigrationOrder: OrderContent {}

/// Changes how many units a subscription holds.
public struct ChangeOrder: Hashable, Codable, Sendable {
    public struct Line: Hashable, Codable, Sendable {
        /// The product as the subscription holds it.
        public var product: SubscriptionProduct
        public var quantity: TotalQuantity
        public var parameters: [Parameter]

        public init(product: SubscriptionProduct, quantity: TotalQuantity, parameters: [Parameter] = []) {
            self.product = product
            self.quantity = quantity
            self.parameters = parameters
        }
    }

    public var customer: Account.ID
    public var subscription: Subscription.ID
    /// Those of the subscription; they narrow an MPN that is not unique (REFERENCE 8).
    public var billingPeriod: Period?
    public var subscriptionPeriod: Period?
    public var lines: [Line]
    public var poNumber: String
    /// Whether the change waits for the end of the term.
    public var waitsForRenewal: Bool
    public var alignment: EndDateAlignment?

    public init(
        customer: Account.ID, subscription: Subscription.ID, billingPeriod: Period? = nil,
        subscriptionPeriod: Period? = nil, lines: [Line], poNumber: String, waitsForRenewal: Bool = false,
        alignment: EndDateAlignment? = nil
    ) {
        self.customer = customer
        self.subscription = subscription
        self.billingPeriod = billingPeriod
        self.subscriptionPeriod = subscriptionPeriod
        self.lines = lines
        self.poNumber = poNumber
        self.waitsForRenewal = waitsForRenewal
        self.alignment = alignment
    }
}

extension ChangeOrder {
    /// Brings the units of `product`, which `detail` holds, to `total`.
    public init(
        of detail: SubscriptionDetail, _ product: SubscriptionProduct, total: Int, poNumber: String,
        waitsForRenewal: Bool
    ) {
        let row = detail.subscription
        self.init(
            customer: row.customer, subscription: row.id, billingPeriod: row.billingPeriod,
            subscriptionPeriod: row.subscriptionPeriod,
            lines: [Line(product: product, quantity: TotalQuantity(total: total))], poNumber: poNumber,
            waitsForRenewal: waitsForRenewal)
    }
}

/// To which day the end of what is ordered is brought (REFERENCE 10.1). Only where the product's co-terming allows it.
public enum EndDateAlignment: Hashable, Codable, Sendable {
    case onSubscription(Subscription.ID)
    case endOfMonth
    case partialUpgrade
}

/// Moves a subscription to another plan or period, as ``PlanSwitch`` allows it (REFERENCE 9 and 10.1).
public struct PlanSwitchOrder: Hashable, Codable, Sendable {
    public enum Start: Hashable, Codable, Sendable {
        /// The new period begins on the day of the switch.
        case dayOfSwitch
        /// The new period counts from where the old one began.
        case oldStart
    }

    public var customer: Account.ID
    public var subscription: Subscription.ID
    public var plan: Plan.ID
    public var period: Period
    public var start: Start?
    public var waitsForRenewal: Bool
    public var poNumber: String

    public init(
        customer: Account.ID, subscription: Subscription.ID, plan: Plan.ID, period: Period, start: Start? = nil,
        waitsForRenewal: Bool = false, poNumber: String
    ) {
        self.customer = customer
        self.subscription = subscription
        self.plan = plan
        self.period = period
        self.start = start
        self.waitsForRenewal = waitsForRenewal
        self.poNumber = poNumber
    }
}

/// An order that says no more than which subscription it is for: a renewal buys its next period, a cancellation ends
/// it. The latter is not to be confused with withdrawing an order (REFERENCE 10.3).
public struct SubscriptionOrder: Hashable, Codable, Sendable {
    public var customer: Account.ID
    public var subscription: Subscription.ID
    public var poNumber: String

    public init(customer: Account.ID, subscription: Subscription.ID, poNumber: String) {
        self.customer = customer
        self.subscription = subscription
        self.poNumber = poNumber
    }
}

/// Brings a subscription that runs elsewhere into the marketplace.
public struct MigrationOrder: Hashable, Codable, Sendable {
    /// One of its three dates.
    public enum Date: Hashable, Sendable { case starts, migrates, expires }

    /// What is wrong with the dates, and with which one: the subscription runs before it is migrated, and after that, and
    /// still does today (the marketplace's own answer, see REFERENCE 10).
    /// - Parameter today: Nil where that is not compared.
    public static func flaw(
        starts: CalendarDate, migrates: CalendarDate, expires: CalendarDate, today: CalendarDate?
    ) -> (date: Date, text: String)? {
        if migrates < starts { return (.migrates, "It cannot be migrated before it began on \(starts.spoken)") }
        if expires <= migrates { return (.expires, "Its term must end after the migration on \(migrates.spoken)") }
        if let today, expires <= today {
            return (.expires, "Its term ended on \(expires.spoken): nothing runs any more")
        }
        return nil
    }

    public var customer: Account.ID
    public var lines: [SalesOrder.Line]
    public var starts: CalendarDate
    public var migrates: CalendarDate
    public var expires: CalendarDate
    public var autoRenews: Bool
    /// For example `count_migration_billing_period`.
    public var program: String?
    public var poNumber: String

    public init(
        customer: Account.ID, lines: [SalesOrder.Line], starts: CalendarDate, migrates: CalendarDate,
        expires: CalendarDate, autoRenews: Bool, program: String? = nil, poNumber: String
    ) {
        self.customer = customer
        self.lines = lines
        self.starts = starts
        self.migrates = migrates
        self.expires = expires
        self.autoRenews = autoRenews
        self.program = program
        self.poNumber = poNumber
    }

    public var totalQuantity: Int { lines.reduce(0) { $0 + $1.quantity } }
}
