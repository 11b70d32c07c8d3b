/// What was read about a ``WriteIntent`` before it is sent. The checks of its dry run follow from these facts and from
/// nothing else.
public struct WriteFacts: Hashable, Sendable {
    /// The present state of the customer, or of the account that is edited.
    public var account: Account?
    public var subscription: SubscriptionDetail?
    /// The present state of the order that shall be withdrawn.
    public var order: Order?
    public var estimate: Estimate?
    /// Why the marketplace would not price it, in its own words.
    public var estimateRefusal: String?
    /// On the parameters of a sales order.
    public var verdicts: [ParameterVerdict]
    /// Why the marketplace gave no verdicts.
    public var validationRefusal: String?
    /// What the vendor's rule lets be undone of the subscription; nil where there is none.
    public var windows: SubscriptionWindows?
    /// Catalogue rows of the products that a change is about.
    public var products: [Product]
    /// Orders on the subscription that have not ended.
    public var openOrders: [Order]
    /// Orders of the last 24 hours that ask for the same.
    public var equalOrders: [DryRun.EqualOrder]
    /// Orders of the last 24 hours that were too many to be compared one by one.
    public var uncompared: Int
    /// Every order that was read to find equal ones: none of them can be what comes of this write.
    public var seenOrders: [Order.ID]
    /// Subscriptions of the customer that hold a product which a sales order buys.
    public var owned: [SubscriptionDetail]
    /// Where the PO number was used before.
    public var poNumberUses: [DryRun.EqualOrder]
    /// Accounts that have the name of the one to be made.
    public var namesakes: [Account]
    /// An equal write of unknown outcome, as a sentence without its full stop.
    public var openTwin: String?
    /// Other writes of the same thing whose effect may still come, as sentences without their full stops.
    public var unsettled: [String]
    /// Whether the profile may send nothing.
    public var isReadOnly: Bool
    /// Why nothing can be sent by this program at all.
    public var obstacle: String?

    public init(
        account: Account? = nil, subscription: SubscriptionDetail? = nil, order: Order? = nil,
        estimate: Estimate? = nil, estimateRefusal: String? = nil, verdicts: [ParameterVerdict] = [],
        validationRefusal: String? = nil, products: [Product] = [], openOrders: [Order] = [],
        equalOrders: [DryRun.EqualOrder] = [], uncompared: Int = 0, seenOrders: [Order.ID] = [],
        owned: [SubscriptionDetail] = [],
        poNumberUses: [DryRun.EqualOrder] = [], namesakes: [Account] = [], openTwin: String? = nil,
        unsettled: [String] = [], isReadOnly: Bool = false, obstacle: String? = nil
    ) {
        self.account = account
        self.subscription = subscription
        self.order = order
        self.estimate = estimate
        self.estimateRefusal = estimateRefusal
        self.verdicts = verdicts
        self.validationRefusal = validationRefusal
        self.products = products
        self.openOrders = openOrders
        self.equalOrders = equalOrders
        self.uncompared = uncompared
        self.seenOrders = seenOrders
        self.owned = owned
        self.poNumberUses = poNumberUses
        self.namesakes = namesakes
        self.openTwin = openTwin
        self.unsettled = unsettled
        self.isReadOnly = isReadOnly
        self.obstacle = obstacle
    }
}

extension DryRun {
    /// The dry run that follows from `facts`.
    /// - Parameter at: When the last of the answers came.
    public init(_ intent: WriteIntent, at: Instant, _ facts: WriteFacts) {
        self.init(
            intent: intent, at: at, estimate: facts.estimate, subscription: facts.subscription, account: facts.account,
            order: facts.order, equalOrders: facts.equalOrders, checks: WriteChecks(intent, facts).all,
            namesakes: facts.namesakes.map(\.id), seenOrders: facts.seenOrders)
    }
}
