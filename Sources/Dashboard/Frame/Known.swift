import Marketplace

/// The profile as the screen names it; no secrets.
public struct ProfileSummary: Equatable, Sendable {
    /// Short name for the header, for example `sandbox`.
    public var name: String
    /// The marketplace and where it is, for sentences.
    public var place: String
    public var user: String
    public var isReadOnly: Bool
    /// Whether orders here are real: anything but a sandbox.
    public var isProduction: Bool

    public init(name: String, place: String, user: String, isReadOnly: Bool, isProduction: Bool) {
        self.name = name
        self.place = place
        self.user = user
        self.isReadOnly = isReadOnly
        self.isProduction = isProduction
    }
}

/// What all panes may look up: names of accounts and details of subscriptions, learned from whatever answer told them.
struct Known {
    struct AccountEntry: Equatable {
        var name: String
        var kind: Account.Kind
        var status: AccountStatus
        var vendorAccount: Account.ID?
    }

    private(set) var accounts: [Account.ID: AccountEntry] = [:]
    private(set) var details: [Subscription.ID: SubscriptionDetail] = [:]
    private(set) var plans: [Plan.ID: PlanDetail] = [:]
    var now = Instant(millisecondsSince1970: 0)
    var today: CalendarDate { now.utcDate }
    /// The customer or reseller whose data is in view; nil for all.
    var scope: Account.ID?
    var profile: ProfileSummary
    let keymap: Keymap
    private(set) var budget: Budget?
    private(set) var index = IndexProgress()

    init(profile: ProfileSummary, keymap: Keymap = .standard) {
        self.profile = profile
        self.keymap = keymap
    }

    var scopeEntry: AccountEntry? { scope.flatMap { accounts[$0] } }

    /// The account in view when it is a customer.
    var customer: Account.ID? { scopeEntry?.kind == .customer ? scope : nil }

    /// The account's name; its id only until the name is known.
    func name(of account: Account.ID) -> String { accounts[account]?.name ?? "account \(account)" }

    /// The plan's name; its id only until the name is known.
    func planName(_ plan: Plan.ID) -> String { plans[plan]?.plan.name ?? "plan \(plan)" }

    /// A PO number that no other order of this program bears: the moment says which.
    var freshPONumber: String {
        let stamp = now.description.filter(\.isNumber)
        return "SOUK-\(stamp.prefix(8))-\(stamp.dropFirst(8))"
    }

    mutating func learn(_ account: Account) {
        accounts[account.id] = AccountEntry(
            name: account.name, kind: account.kind, status: account.status,
            vendorAccount: account.vendorAccount ?? accounts[account.id]?.vendorAccount)
    }

    mutating func learn(from event: Event) {
        switch event {
        case .time(let instant): now = instant
        case .budget(let latest): budget = latest
        case .index(let latest): index = latest
        case .accounts(let query, let snapshot):
            for var account in snapshot.value?.rows ?? [] {
                if case .customersOf(let reseller) = query, account.vendorAccount == nil {
                    account.vendorAccount = reseller
                }
                learn(account)
            }
        case .account(_, let snapshot): if let account = snapshot.value { learn(account) }
        case .subscription(let id, let snapshot): if let detail = snapshot.value { details[id] = detail }
        case .plan(let id, let snapshot): if let plan = snapshot.value { plans[id] = plan }
        default: break
        }
    }

    mutating func learn(_ detail: SubscriptionDetail) { details[detail.subscription.id] = detail }
}
