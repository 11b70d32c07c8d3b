/// What a person wants to have changed at the marketplace: the one value that a review shows and that the write gate
/// sends.
public enum WriteIntent: Hashable, Codable, Sendable {
    case place(OrderDraft)
    /// Ends an order that has not ended (REFERENCE 10.4). The order as it was read.
    case withdraw(Order)
    /// Whether credit is checked while an order is processed that has not ended (REFERENCE 10.4). The order as it was read.
    case creditCheck(Bool, of: Order)
    /// The subscription as it was read, and what shall differ.
    case change(Subscription, SubscriptionChanges)
    case create(AccountDraft)
    /// The account as it was read, and what shall differ.
    case edit(Account, AccountChanges)
    /// A report to be made once.
    case schedule(ReportDraft)

    /// The customer it is for; nil for what concerns a reseller, or an account that is still to come.
    public var customer: Account.ID? {
        switch self {
        case .place(let order): order.customer
        case .withdraw(let order), .creditCheck(_, let order): order.customer
        case .change(let subscription, _): subscription.customer
        case .create, .schedule: nil
        case .edit(let account, _): account.kind == .customer ? account.id : nil
        }
    }

    /// The subscription it acts on; nil where there is none yet.
    public var subscription: Subscription.ID? {
        switch self {
        case .place(let order): order.subscription
        case .withdraw(let order), .creditCheck(_, let order): order.subscription
        case .change(let subscription, _): subscription.id
        case .create, .edit, .schedule: nil
        }
    }

    /// The reference by which it can be recognised; nil where the API has none.
    public var poNumber: String? {
        switch self {
        case .place(let order): order.poNumber.isEmpty ? nil : order.poNumber
        case .withdraw(let order), .creditCheck(_, let order): order.poNumber
        case .change, .create, .edit, .schedule: nil
        }
    }

    /// What it is, as a sentence names it after "the": `sales order`, `change of subscription 1000917`.
    public var name: String {
        switch self {
        case .place(.planSwitch): "plan switch"
        case .place(let order): "\(order.kind.word) order"
        case .withdraw(let order): "withdrawal of order \(order.number.isEmpty ? order.id.rawValue : order.number)"
        case .creditCheck(_, let order): "credit check of order \(order.shownNumber)"
        case .change(let subscription, let changes) where changes.isOnlyPrices:
            "special pricing of subscription \(subscription.id)"
        case .change(let subscription, _): "change of subscription \(subscription.id)"
        case .create(let draft): draft.isReseller ? "new reseller \(draft.name)" : "new customer \(draft.name)"
        case .edit(let account, _): "change of \(account.kind == .reseller ? "reseller" : "customer") \(account.id)"
        case .schedule(let draft): "report \(draft.name)"
        }
    }
}

extension AccountDraft {
    var isReseller: Bool { if case .reseller = kind { true } else { false } }
}
