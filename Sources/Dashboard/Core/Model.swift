import HashTreeCollections
import Marketplace
import Rows

/// The profile as the screen names it; no secrets.
public struct ProfileSummary: Equatable, Sendable {
    /// Short name for the header, for example `sandbox`.
    public var name: String
    /// The marketplace and where it is, for sentences.
    public var place: String
    public var user: String
    public var isReadOnly: Bool
    /// Where that was said; nil where nobody noted it.
    public var readOnlyOrigin: ReadOnlyOrigin?
    /// Whether orders here are real: anything but a sandbox.
    public var isProduction: Bool
    /// Whose its drafts are; nil where nothing is kept.
    public var owner: Owner?
    /// Between the cells of exported spreadsheets.
    public var csvSeparator: Character = ","
    /// What vendors let be undone.
    public var vendorRules = VendorRules()
    /// Where files are saved that nobody has named a folder for.
    public var downloadFolder = ""

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

/// What all panes may look up: what was read so far, and what only the dashboard needs beside it.
struct Model: Sendable {
    private(set) var entities = EntityStore()
    private(set) var detailAges = DetailAges<Subscription.ID>()
    /// The newest writes of the journal by what they were about, those with a correlation id.
    private var lastWrites: [JournalEntry.Subject: JournalEntry] = [:]
    /// Forms that are kept, newest first.
    private(set) var drafts: [FormDraft] = []
    /// The rows that the person watches.
    var watched = WatchList()
    /// Until when an earlier session saw the marketplace, by its clock; nil where none is known.
    var lastSession: Instant?
    /// Whether it was said that this time is not kept.
    var isSessionLost = false
    /// The lists that the person has named.
    var savedViews = SavedViews()
    /// How many writes have an unknown outcome.
    private(set) var unknownWrites = 0
    /// Drafts that outlast the program.
    private(set) var keptDrafts: Set<FormDraft.ID> = []
    /// Forms opened in this session.
    var formCount = 0
    /// The time of day, which may step; to measure time there is ``moment``.
    var now = Instant(millisecondsSince1970: 0)
    private(set) var offsets = ClockOffsets()
    /// Which day it is, for every view.
    var today: CalendarDate { zone.date(of: now) }
    /// In which times are shown.
    var zone: Zone { usesUTC ? .utc : localZone }
    let localZone: Zone
    var usesUTC = false
    private(set) var orderTimes = OrderTimes()
    /// Seconds after which an open order is slower than nearly all others.
    var overdueAfter: Double { orderTimes.overdueAfter }
    /// The customer or reseller whose data is in view; nil for all.
    var scope: Account.ID?
    var profile: ProfileSummary
    let keymap: Keymap
    /// Whether linear mode replaces drawing: then only what it writes is read.
    let isLinear: Bool
    private(set) var budget: Budget?
    private(set) var index = IndexProgress()
    /// What the details come to that anybody has read; nil until a view has asked for it.
    private(set) var charges: ReadCharges?
    /// The view in front.
    var view = View.home
    /// Whether a key repeats, so that what follows the cursor waits.
    var holdsPreview = false
    private let numbers: PONumbers

    init(
        profile: ProfileSummary, keymap: Keymap = .standard, isLinear: Bool = false, zone: Zone = .utc,
        numbers: PONumbers = PONumbers()
    ) {
        self.profile = profile
        localZone = zone
        self.isLinear = isLinear
        self.keymap = keymap
        self.numbers = numbers
    }

    var scopeEntry: AccountDirectory.Entry? { scope.flatMap { accounts[$0] } }

    /// The account in view when it is a customer.
    var customer: Account.ID? { scopeEntry?.kind == .customer ? scope : nil }

    /// The account's name, its id, and whose customer it is: two resellers may have customers of one name.
    func fullName(of account: Account.ID) -> String { "\(name(of: account)) \(account)\(sellerWords(of: account))" }

    /// The same for where the end may be cut: the id comes first.
    func idFirst(_ account: Account.ID) -> String { "\(account) \(name(of: account))\(sellerWords(of: account))" }

    /// `, of Nordwind Handel GmbH`; empty until it was read whose customer it is.
    /// - Parameter latest: The account as it was read last.
    func sellerWords(of account: Account.ID, _ latest: Account? = nil) -> String {
        sellerName(of: account, latest).map { ", of \($0)" } ?? ""
    }

    private func sellerName(of account: Account.ID, _ latest: Account? = nil) -> String? {
        (latest?.vendorAccount ?? accounts[account]?.vendorAccount).flatMap { accounts.name(of: $0) }
    }

    /// Its status and whose customer it is, for the end of a form's row: `active, of Nordwind Handel GmbH`.
    func standing(of account: Account.ID) -> String {
        let seller = sellerName(of: account).map { "of \($0)" }
        return [accounts[account]?.status.word, seller].compactMap(\.self).joined(separator: ", ")
    }

    /// The plan's name; its id until the name was read.
    func planName(_ plan: Plan.ID) -> String { plans[plan]?.plan.name ?? "plan \(plan)" }

    /// A PO number for the form that was opened last; no other form of this program proposes the same.
    var freshPONumber: String { numbers.number(formCount, at: now) }

    /// The moment in digits, for names of files: `20261120-140412`.
    var stamp: String {
        let digits = now.description.filter(\.isNumber)
        return "\(digits.prefix(8))-\(digits.dropFirst(8))"
    }

    /// What no other form of this program bears.
    var freshNumber: String { "\(now.millisecondsSince1970)-\(formCount)" }

    /// The newest write that this program sent to make or change it; nil when its journal has none.
    func lastWrite(to subject: JournalEntry.Subject) -> JournalEntry? { lastWrites[subject] }

    private mutating func insert(_ entries: [JournalEntry]) {
        lastWrites = [:]
        unknownWrites = entries.count { $0.isUnknown }
        // Newest first: those that are there already stay.
        for entry in entries where entry.correlationID != nil && entry.sender.isOwn {
            let subjects = [entry.subject, entry.subscription.map { .subscription($0) }].compactMap { $0 }
            for subject in subjects where lastWrites[subject] == nil { lastWrites[subject] = entry }
        }
    }

    mutating func insert(_ account: Account) { entities.insert(account) }
    mutating func insertInFull(_ account: Account) { entities.insertInFull(account) }
    /// - Parameter readAt: Its time of day; nil for now.
    mutating func insert(_ detail: SubscriptionDetail, readAt: Instant? = nil) {
        entities.insert(detail)
        forget(detailAges.note(detail.subscription.id, at: moment(of: readAt ?? now)))
    }

    mutating func receive(_ message: PaneMessage) {
        switch message {
        case .taken(.subscription(let detail), _): insert(detail)
        case .taken(.account(let account), _): insertInFull(account)
        case .changed(let subscriptions): forget(subscriptions)
        case .taken(.order, _), .taken(.report, _), .reveal, .contact, .search: break
        }
    }

    /// Forgets what was read of them, so that it is read again when somebody looks.
    private mutating func forget(_ subscriptions: [Subscription.ID]) {
        entities.removeDetails(of: subscriptions)
        detailAges.drop(subscriptions)
    }

    /// - Returns: What is to be done elsewhere: long lists are made ready to be asked, big ones freed.
    mutating func receive(_ event: Event) -> [Effect] {
        switch event {
        case .time(let instant): now = instant
        case .clocks(let latest, let instant): (offsets, now) = (latest, instant)
        case .budget(let latest): budget = latest
        case .journal(let entries): insert(entries)
        case .index(let latest): index = latest
        case .charges(let latest): charges = latest
        case .overview(_, let snapshot):
            if let overview = snapshot.value {
                orderTimes = overview.orderTimes
                savedViews.subscriptionsAreRead = overview.subscriptions != nil && overview.subscriptionsInAll == nil
            }
        case .accounts(let query, let snapshot):
            savedViews.note(query, snapshot)
            if let rows = snapshot.value?.rows { return entities.insert(rows, of: query).map(Effect.init) }
        case .arranged(let result): return (entities.take(result) ?? []).map(Effect.init)
        case .account(_, let snapshot): if let account = snapshot.value { insertInFull(account) }
        case .subscription(_, let snapshot):
            if let detail = snapshot.value { insert(detail, readAt: snapshot.readAt) }
        case .order(_, let snapshot): if let order = snapshot.value { entities.insert(order) }
        case .orders(let query, let snapshot):
            if let subscription = query.subscription, let rows = snapshot.value?.rows {
                entities.insert(rows, of: subscription)
            }
        case .plan(let id, let snapshot): if let plan = snapshot.value { entities.insert(plan, as: id) }
        case .found(let results):
            for account in results.accounts where accounts[account.id] == nil { insert(account) }
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
}

/// What was read so far, as the panes ask for it.
extension Model {
    var accounts: AccountDirectory { entities.accounts }
    var inFull: [Account.ID: Account] { entities.accountsInFull }
    var details: TreeDictionary<Subscription.ID, SubscriptionDetail> { entities.details }
    var detailsVersion: Int { entities.detailsVersion }
    var plans: [Plan.ID: PlanDetail] { entities.plans }
    var orders: [Order.ID: Order] { entities.orders }
    var subscriptionOrders: [Subscription.ID: [Order]] { entities.subscriptionOrders }

    func name(of account: Account.ID) -> String { entities.name(of: account) }
    func details(heldBy customer: Account.ID) -> [SubscriptionDetail] { entities.details(heldBy: customer) }

    func subscription(of customer: Account.ID?, with mpn: String, by vendor: String?) -> SubscriptionDetail? {
        entities.subscription(of: customer, with: mpn, by: vendor)
    }
}

extension Effect {
    init(_ work: BackgroundWork) {
        self =
            switch work {
            case .run(let job): .arrange(job)
            case .free(let values): .discard(values)
            }
    }
}
