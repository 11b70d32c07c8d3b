import HashTreeCollections
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
    /// Whose its drafts are; nil where nothing is kept.
    public var owner: Owner?
    /// Between the cells of exported spreadsheets.
    public var csvSeparator: Character = ","

    public init(
        name: String, place: String, user: String, isReadOnly: Bool, isProduction: Bool, owner: Owner? = nil
    ) {
        self.name = name
        self.place = place
        self.user = user
        self.isReadOnly = isReadOnly
        self.isProduction = isProduction
        self.owner = owner
    }
}

/// What all panes may look up: names of accounts and details of subscriptions, learned from whatever answer told them.
struct Model: Sendable {
    private(set) var accounts = AccountDirectory()
    /// Accounts as their own answer told them, with contacts and address.
    private(set) var inFull: [Account.ID: Account] = [:]
    private(set) var details: TreeDictionary<Subscription.ID, SubscriptionDetail> = [:]
    /// How often a detail was learned.
    private(set) var detailsVersion = 0
    private var heldBy: TreeDictionary<Account.ID, TreeSet<Subscription.ID>> = [:]
    private(set) var plans: [Plan.ID: PlanDetail] = [:]
    private(set) var orders: [Order.ID: Order] = [:]
    /// The orders of a subscription, newest first, where they were asked for.
    private(set) var subscriptionOrders: [Subscription.ID: [Order]] = [:]
    /// The newest writes of the journal by what they were about, those with a correlation id.
    private var lastWrites: [JournalEntry.Subject: JournalEntry] = [:]
    /// Forms that are kept, newest first.
    private(set) var drafts: [FormDraft] = []
    /// How many writes nobody can say yet what became of.
    private(set) var unknownWrites = 0
    /// Drafts that outlast the program.
    private(set) var keptDrafts: Set<FormDraft.ID> = []
    /// Forms opened in this session.
    var formCount = 0
    var now = Instant(millisecondsSince1970: 0)
    var today: CalendarDate { now.utcDate }
    /// The customer or reseller whose data is in view; nil for all.
    var scope: Account.ID?
    var profile: ProfileSummary
    let keymap: Keymap
    /// Whether the screens are told line by line and not drawn: then only what is told is read.
    let isLinear: Bool
    private(set) var budget: Budget?
    private(set) var index = IndexProgress()
    private let numbers: PONumbers

    init(
        profile: ProfileSummary, keymap: Keymap = .standard, isLinear: Bool = false, numbers: PONumbers = PONumbers()
    ) {
        self.profile = profile
        self.isLinear = isLinear
        self.keymap = keymap
        self.numbers = numbers
    }

    var scopeEntry: AccountDirectory.Entry? { scope.flatMap { accounts[$0] } }

    /// The account in view when it is a customer.
    var customer: Account.ID? { scopeEntry?.kind == .customer ? scope : nil }

    /// The account's name; its id only until the name is known.
    func name(of account: Account.ID) -> String { accounts.name(of: account) ?? "account \(account)" }

    /// The account's name, its id, and whose customer it is: two resellers may have customers of one name.
    func fullName(of account: Account.ID) -> String { "\(name(of: account)) \(account)\(sellerWords(of: account))" }

    /// The same for where the end may be cut: the id comes first.
    func idFirst(_ account: Account.ID) -> String { "\(account) \(name(of: account))\(sellerWords(of: account))" }

    /// `, of Nordwind Handel GmbH`; nothing as long as nobody told whose customer it is.
    /// - Parameter latest: The account as it was read last.
    func sellerWords(of account: Account.ID, _ latest: Account? = nil) -> String {
        let seller = latest?.vendorAccount ?? accounts[account]?.vendorAccount
        return seller.flatMap { accounts.name(of: $0) }.map { ", of \($0)" } ?? ""
    }

    /// Its status and whose customer it is, for the end of a form's row: `active, of Nordwind Handel GmbH`.
    func standing(of account: Account.ID) -> String {
        let words = (accounts[account]?.status.word ?? "") + sellerWords(of: account)
        return words.hasPrefix(", ") ? String(words.dropFirst(2)) : words
    }

    /// The plan's name; its id only until the name is known.
    func planName(_ plan: Plan.ID) -> String { plans[plan]?.plan.name ?? "plan \(plan)" }

    /// A PO number for the form that was opened last; no other form of this program proposes the same.
    var freshPONumber: String { numbers.number(formCount, at: now) }

    /// The moment in digits, for names of files: `20261120-140412`.
    var stamp: String {
        let digits = now.description.filter(\.isNumber)
        return "\(digits.prefix(8))-\(digits.dropFirst(8))"
    }

    /// The subscriptions of a customer whose details were read.
    func details(heldBy customer: Account.ID) -> [SubscriptionDetail] {
        (heldBy[customer] ?? []).compactMap { details[$0] }
            .sorted { $0.subscription.id.rawValue < $1.subscription.id.rawValue }
    }

    /// A running subscription of `customer` that holds the MPN, the first of several; only among those whose details
    /// were read.
    func subscription(of customer: Account.ID?, with mpn: String, by vendor: String?) -> SubscriptionDetail? {
        customer.map(details(heldBy:))?.first { detail in
            detail.subscription.status == .active
                && detail.products.contains { $0.mpn == mpn && (vendor == nil || $0.vendor == vendor) }
        }
    }

    /// What no other form of this program bears.
    var freshNumber: String { "\(now.millisecondsSince1970)-\(formCount)" }

    mutating func learn(_ order: Order) {
        orders[order.id] = order
        guard let id = order.subscription, var rows = subscriptionOrders[id] else { return }
        if let place = rows.firstIndex(where: { $0.id == order.id }) {
            rows[place] = order
        } else {
            rows.insert(order, at: 0)
        }
        subscriptionOrders[id] = rows
    }

    /// The newest write that this program sent to make or change it; nil when its journal tells none.
    func lastWrite(to subject: JournalEntry.Subject) -> JournalEntry? { lastWrites[subject] }

    private mutating func learn(_ entries: [JournalEntry]) {
        lastWrites = [:]
        unknownWrites = entries.count { $0.isUnknown }
        // Newest first: those that are there already stay.
        for entry in entries where entry.correlationID != nil && entry.sender.isOwn {
            let subjects = [entry.subject, entry.subscription.map { .subscription($0) }].compactMap { $0 }
            for subject in subjects where lastWrites[subject] == nil { lastWrites[subject] = entry }
        }
    }

    mutating func learn(_ account: Account) { accounts.learn(account) }

    mutating func learnInFull(_ account: Account) {
        learn(account)
        inFull[account.id] = account
    }

    mutating func learn(_ detail: SubscriptionDetail) {
        let row = detail.subscription
        detailsVersion += 1
        details[row.id] = detail
        heldBy[row.customer, default: []].insert(row.id)
    }

    mutating func receive(_ message: PaneMessage) {
        switch message {
        case .taken(.subscription(let detail), _): learn(detail)
        case .taken(.account(let account), _): learnInFull(account)
        case .changed(let subscriptions): forget(subscriptions)
        case .taken(.order, _), .reveal, .search: break
        }
    }

    /// Forgets what was read of them, so that it is read again when somebody looks.
    private mutating func forget(_ subscriptions: [Subscription.ID]) {
        for id in subscriptions { details[id] = nil }
        if !subscriptions.isEmpty { detailsVersion += 1 }
    }

    /// - Returns: What is to be done elsewhere: long lists are made ready to be asked, big ones freed.
    mutating func learn(from event: Event) -> [Effect] {
        switch event {
        case .time(let instant): now = instant
        case .budget(let latest): budget = latest
        case .journal(let entries): learn(entries)
        case .index(let latest): index = latest
        case .accounts(let query, let snapshot):
            if let rows = snapshot.value?.rows { return learn(rows, of: query) }
        case .arranged(let result):
            if case .names(let query) = result.slot.list, let list = result.content as? AccountDirectory.List {
                return learn(list, of: query)
            }
        case .account(_, let snapshot): if let account = snapshot.value { learnInFull(account) }
        case .subscription(_, let snapshot): if let detail = snapshot.value { learn(detail) }
        case .order(_, let snapshot): if let order = snapshot.value { learn(order) }
        case .orders(let query, let snapshot):
            if let subscription = query.subscription, let rows = snapshot.value?.rows {
                subscriptionOrders[subscription] = rows.map { orders[$0.id] ?? $0 }
            }
        case .plan(let id, let snapshot): if let plan = snapshot.value { plans[id] = plan }
        case .found(let findings):
            for account in findings.accounts where accounts[account.id] == nil { learn(account) }
        case .drafts(let kept): offer(kept)
        case .draftsKept(let kept): keptDrafts.formUnion(kept)
        case .draftsLost: keptDrafts = []
        case .readOnly: profile.isReadOnly = true
        default: break
        }
        return []
    }

    /// What an earlier session kept. What this one keeps already is newer.
    private mutating func offer(_ kept: [FormDraft]) {
        keptDrafts.formUnion(kept.map(\.id))
        let own = Set(drafts.map(\.id))
        drafts += kept.filter { !own.contains($0.id) }
        drafts.sort { $0.savedAt > $1.savedAt }
    }

    /// Keeps the list of drafts as it is kept outside.
    mutating func keep(_ effects: [Effect]) {
        for effect in effects {
            switch effect {
            case .client(.saveDraft(let draft)):
                drafts.removeAll { $0.id == draft.id }
                drafts.insert(draft, at: 0)
            case .client(.dropDraft(let id)): drafts.removeAll { $0.id == id }
            default: break
            }
        }
    }

    /// Lists up to this length are made ready at once.
    private static let rowsAtOnce = 4000

    private mutating func learn(_ rows: [Account], of query: AccountQuery) -> [Effect] {
        if accounts.knows(rows, of: query) { return [] }
        if rows.count <= Self.rowsAtOnce { return learn(AccountDirectory.List(rows), of: query) }
        let slot = ListJob.Slot(list: .names(query))
        return [
            .arrange(
                ListJob(slot, ticket: rows.count) { isCancelled, post in
                    let list = AccountDirectory.List(rows)
                    if !isCancelled() { post(.arranged(ListResult(slot: slot, ticket: rows.count, content: list))) }
                })
        ]
    }

    private mutating func learn(_ list: AccountDirectory.List, of query: AccountQuery) -> [Effect] {
        guard let old = accounts.learn(list, of: query), old.rows.count > Self.rowsAtOnce else { return [] }
        return [.discard(Discarded([old]))]
    }
}
