import Marketplace
import Rows
import Screen

/// What changed since the last session, or since a day that the person chooses, by customer.
struct ChangesPane: ListPane {
    typealias Row = Changes.Change

    var list = RowList<Changes.Change>(.changes)
    /// Nil for the last session, or yesterday where none is known.
    private(set) var since: Changes.Since?
    /// From when on, as it was worked out last.
    private(set) var choice: Changes.Choice?
    private(set) var answer: Changes?
    /// The day that is being typed.
    private(set) var dayField: TextField?
    private(set) var area = PaneArea(main: Rect(x: 0, y: 0, width: 80, height: 18))

    private var orders = Snapshot<Listing<Order>>()
    private var subscriptions = Snapshot<Listing<Subscription>>()
    private var customers = Snapshot<Listing<Account>>()
    private var made: [Account.ID: Instant] = [:]
    private var isStale = true
    /// For which day, zone and account in view the answer was made.
    private var basis: Basis?
    private var job: JobTicket<Changes>?
    private var jobCount = 0
    /// How often it was worked out.
    private(set) var counts = 0

    private struct Basis: Equatable {
        var choice: Changes.Choice
        var today: CalendarDate
        var zone: Zone
        var scope: Account.ID?
    }

    /// Lists that are together no longer than this are worked out at once.
    private static let rowsAtOnce = 4000

    var crumb: String? { "what changed" }
    var isListed: Bool { true }
    static var hasPreview: Bool { false }
    static var ownOrderWords: String { "by customer, latest first" }

    func queries(_ model: Model) -> [DataQuery] {
        [
            .orders(OrdersPane.query(model)), .subscriptions(SubscriptionsPane.query(model)), .accounts(.customers),
            .accounts(.resellers), .journal,
        ]
    }

    mutating func update(_ event: Event, _ model: Model) -> [Reaction] {
        switch event {
        case .orders(let query, let latest) where query == OrdersPane.query(model): orders = latest
        case .subscriptions(let query, let latest) where query == SubscriptionsPane.query(model):
            subscriptions = latest
        case .accounts(.customers, let latest): customers = latest
        case .journal(let entries): made = JournalEntry.customersMade(in: entries)
        case .arranged(let result):
            if let latest = job?.content(of: result) {
                job = nil
                take(latest, model)
            } else {
                list.take(result)
            }
            return []
        case .key(let key): return take(key, model)
        default: return []
        }
        isStale = true
        return []
    }

    // MARK: The answer

    /// Works the answer out anew when what it rests on has changed; a key costs nothing here.
    mutating func settle(_ model: Model) -> [Effect] {
        let latest = model.changesChoice(since)
        let now = Basis(choice: latest, today: model.today, zone: model.zone, scope: model.scope)
        if let before = basis, before.scope != now.scope { (orders, subscriptions) = (Snapshot(), Snapshot()) }
        if basis != now {
            (basis, choice, isStale) = (now, latest, true)
        }
        guard isStale, job == nil else { return list.takeEffects() }
        isStale = false
        counts += 1
        let (orders, subscriptions, customers) = (orders.value, subscriptions.value, customers.value)
        let (made, zone, scope, accounts) = (made, model.zone, model.scope, model.accounts)
        let (start, moment) = (latest.start, model.marketplaceNow)
        @Sendable func changes() -> Changes {
            Changes(
                since: start, orders: orders, subscriptions: subscriptions, customers: customers, made: made,
                now: moment, zone: zone
            ) { scope == nil || $0 == scope || accounts[$0]?.vendorAccount == scope }
        }
        let rows = (orders?.rows.count ?? 0) + (subscriptions?.rows.count ?? 0) + (customers?.rows.count ?? 0)
        if rows <= Self.rowsAtOnce {
            take(changes(), model)
            return list.takeEffects()
        }
        jobCount += 1
        let ticket = JobTicket<Changes>(ListJob.Slot("what changed", .indexing), number: jobCount)
        job = ticket
        return list.takeEffects() + [
            .arrange(
                ListJob(ticket) { isCancelled, post in
                    let latest = changes()
                    if !isCancelled() { post(latest) }
                })
        ]
    }

    private mutating func take(_ latest: Changes, _ model: Model) {
        if let answer { list.post(.discard(Discarded([answer]))) }
        answer = latest
        let parts = [Freshness(orders), Freshness(subscriptions), Freshness(customers)]
        let moments = parts.compactMap(\.readAt)
        let isRead = latest.ordersRead.isRead || latest.subscriptionsRead.isRead
        list.receive(
            Snapshot(
                value: isRead ? Listing(rows: latest.changes, isComplete: latest.isComplete) : nil,
                // As old as the oldest of what it rests on.
                readAt: moments.count == parts.count ? moments.min() : nil,
                failure: parts.lazy.compactMap(\.failure).first, isLoading: parts.contains(where: \.isLoading),
                waiting: parts.lazy.compactMap(\.waiting).first), setting(model))
        layout(area)
    }

    var isArranging: Bool { job != nil || list.isWaiting }

    mutating func layout(_ area: PaneArea) {
        self.area = area
        list.visible = max(1, area.whole.height - 2 - notes(width: area.whole.width).count)
        list.settle()
    }

    // MARK: Keys

    private mutating func take(_ key: Key, _ model: Model) -> [Reaction] {
        guard var field = dayField else { return takeInList(key, model) }
        switch key {
        case .escape: dayField = nil
        case .enter:
            let text = field.text.trimmingSpaces()
            let latest = Changes.Since(text, today: model.today)
            guard text.isEmpty || latest != nil else { return [] }
            (since, dayField) = (latest, nil)
            list.move(.first)
            if let note = model.changesChoice(latest).note { return [.say(Notice(.warning, note))] }
        default:
            guard field.take(key) else { return [.unused(key)] }
            dayField = field
        }
        return []
    }

    var isTyping: Bool { dayField != nil || list.isTyping }

    var typingHelp: [KeyHelp] {
        guard dayField != nil else { return list.menu?.help ?? Self.filterHelp }
        return [
            KeyHelp("Enter", "show what changed since then; empty for the last session", "show"),
            KeyHelp("Esc", "keep the day as it is", "cancel"),
        ]
    }

    var caution: String? {
        guard let text = dayField?.text.trimmingSpaces() else {
            return list.filter.isEditing ? list.problem?.message : nil
        }
        if let basis, !text.isEmpty, Changes.Since(text, today: basis.today) == nil {
            return "'\(text)' is no day that has come. Write \(Changes.Since.forms)."
        }
        return "Since when? Write \(Changes.Since.forms)."
    }

    static let bindings = ownBindings + listBindings

    private static let ownBindings: [Binding<ChangesPane>] = [
        Binding(
            .open, .enter, title: "open the order, subscription or customer", hint: "open",
            unavailable: { pane, _ in pane.list.selected == nil ? "Nothing to open." : nil },
            action: { pane, _ in pane.list.selected.map { [.open($0.destination)] } ?? [] }),
        Binding(
            .since, "d", title: "since when: yesterday, monday, 7d, 2026-11-20, last", hint: "since", topic: .list
        ) { pane, _ in
            pane.dayField = TextField()
            return []
        },
        filterBinding("filter: words of customer, change, id, product; kind:order, when>-3d"),
        Binding(.back, .escape, "q", title: "back: filter, then to where this was opened", topic: .places) { pane, _ in
            pane.list.takeBack() ? [] : [.open(.back)]
        },
    ]

    // MARK: What the shell asks

    func focused(_ model: Model) -> Changes.Change? { list.selected }
    func subject(_ model: Model) -> String? {
        list.selected.map { "\($0.kind) \($0.label), \(model.name(of: $0.customer))" }
    }
    func namedAccount(_ model: Model) -> Account.ID? { list.selected?.customer }
    var position: String? { list.position }
    func freshness(_ model: Model) -> Freshness { Freshness(list.snapshot) }

    func watchable(_ model: Model) -> WatchedRow? {
        switch list.selected?.row {
        case .order(let order)?: WatchedRow(order)
        case .subscription(let held)?: WatchedRow(held, model.details[held.id])
        case .customer(let account)?: model.watchableCustomer(account.id)
        case nil: nil
        }
    }

    func copies(of row: Changes.Change, _ model: Model) -> [CopyOffer] {
        switch row.row {
        case .order(let order): order.copies(model)
        case .subscription(let subscription): subscription.copies(model)
        case .customer(let account): account.copies(model)
        }
    }
}

extension Changes.Change {
    /// The way to it.
    fileprivate var destination: Destination {
        switch row {
        case .order(let order): .order(order.id)
        case .subscription(let subscription): .subscription(subscription.id)
        case .customer(let account): .tree(account.id)
        }
    }
}

extension Model {
    func changesChoice(_ since: Changes.Since?) -> Changes.Choice {
        Changes.Choice(since, lastSession: lastSession, now: marketplaceNow, zone: zone)
    }
}
