import Marketplace
import Rows
import Screen

/// A customer on one screen, for a phone call: made to be read aloud, and each line opens what it names.
struct CustomerCardPane: Pane {
    /// What a line of the card is about.
    enum Line: Hashable, Sendable {
        /// A contact, by its place in the account.
        case contact(Int)
        case holding(Subscription.ID)
        case order(Order.ID)
        /// What renews or ends next.
        case next(Subscription.ID)
        case write(JournalEntry.ID)
    }

    let id: Account.ID
    /// Nil until anything of the customer was read.
    private(set) var card: CustomerCard?
    private(set) var cursor = ListCursor<Line>()
    /// Lines that can be opened.
    private var lineCount = 0
    /// The first row that each block shows, where it shows fewer than it has.
    private(set) var tops: [CardBlock.Kind: Int] = [:]
    private var account = Snapshot<Account>()
    private var subscriptions = Snapshot<Listing<Subscription>>()
    private var orders = Snapshot<Listing<Order>>()
    private var writes: [JournalEntry] = []
    /// Details that could not be read: they are not asked for again.
    private var unreadable: Set<DataQuery> = []
    private var isStale = true
    /// The day and the places for which the card was made last.
    private var day: CalendarDate?
    private(set) var area = PaneArea(main: Rect(x: 0, y: 0, width: 80, height: 18))

    init(of id: Account.ID) { self.id = id }

    /// Whether contacts and address were read.
    var isAccountRead: Bool { account.value != nil }
    var accountFailure: MarketplaceError? { account.value == nil ? account.failure : nil }

    var crumb: String? { "card" }
    func subject(_ model: Model) -> String? { "\(model.name(of: id)) \(id)" }
    func namedAccount(_ model: Model) -> Account.ID? { id }

    /// The order or subscription on the cursor, else the customer.
    func watchable(_ model: Model) -> WatchedRow? {
        switch cursor.selected {
        case .holding(let held)?, .next(let held)?:
            card?.holdings?.first { $0.id == held }.map { WatchedRow($0.subscription, $0.detail) }
        case .order(let order)?: card?.orders?.first { $0.id == order }.map { WatchedRow($0) }
        case .contact?, .write?, nil: model.watchableCustomer(id)
        }
    }

    // MARK: What is read

    private var subscriptionQuery: SubscriptionQuery { SubscriptionQuery(customer: id) }
    private var orderQuery: OrderQuery { OrderQuery(customer: id) }

    func queries(_ model: Model) -> [DataQuery] {
        [
            .account(AccountKey(kind: .customer, id: id)), .subscriptions(subscriptionQuery), .orders(orderQuery),
            .accounts(.resellers), .journal,
        ]
    }

    /// The open orders, whose rows lack product and units, then what it holds, in the order of the card.
    func rowDetails(_ model: Model) -> RowDetails {
        guard let card else { return RowDetails() }
        var queries = (card.orders ?? []).prefix(Self.mostOrders).compactMap { order -> DataQuery? in
            model.orders[order.id] == nil ? .order(order.id) : nil
        }
        queries += (card.holdings ?? []).compactMap { holding -> DataQuery? in
            model.detailAges.isMissing(holding.id, since: nil) ? .subscription(holding.id) : nil
        }
        return RowDetails(queries: queries.filter { !unreadable.contains($0) })
    }

    /// Orders that are read one by one.
    private static let mostOrders = 20

    mutating func update(_ event: Event, _ model: Model) -> [Reaction] {
        switch event {
        case .account(let key, let latest) where key.id == id: account = latest
        case .subscriptions(let query, let latest) where query == subscriptionQuery: subscriptions = latest
        case .orders(let query, let latest) where query == orderQuery: orders = latest
        case .journal(let entries): writes = entries.filter { $0.customer == id }
        case .subscription(let held, let latest): note(latest, .subscription(held))
        case .order(let order, let latest): note(latest, .order(order))
        case .accounts: break
        case .key(let key): return take(key, model)
        default: return []
        }
        isStale = true
        return []
    }

    private mutating func note<Value>(_ latest: Snapshot<Value>, _ query: DataQuery) {
        if latest.failure != nil, latest.value == nil { unreadable.insert(query) } else { unreadable.remove(query) }
    }

    /// Makes the card anew when what it rests on has changed; a key costs nothing here.
    mutating func settle(_ model: Model) {
        if isStale || day != model.today {
            (isStale, day) = (false, model.today)
            card = latest(model).map { account in
                CustomerCard(
                    of: account, subscriptions: subscriptions.value, detail: { model.details[$0] },
                    orders: orders.value, order: { model.orders[$0] }, writes: writes, today: model.today)
            }
        }
        let blocks = shownBlocks(model)
        let lines = blocks.flatMap(\.lines)
        lineCount = lines.count
        cursor.settle(in: lines)
        scroll(blocks)
    }

    /// The account as it was read last: in full, or as a list has it.
    private func latest(_ model: Model) -> Account? {
        if let account = account.value ?? model.inFull[id] { return account }
        return model.accounts[id].map {
            Account(id: id, kind: $0.kind, name: $0.name, status: $0.status, vendorAccount: $0.vendorAccount)
        }
    }

    mutating func layout(_ area: PaneArea) { self.area = area }

    // MARK: Keys

    private mutating func take(_ key: Key, _ model: Model) -> [Reaction] {
        guard let motion = ListCursor<Line>.Motion(key) else {
            return Self.bindings.perform(key, on: &self, model) ?? [.unused(key)]
        }
        let blocks = shownBlocks(model)
        let lines = blocks.flatMap(\.lines)
        cursor.move(motion, in: lines, visible: max(1, min(lines.count, area.main.height / 2)))
        scroll(blocks)
        return []
    }

    /// Keeps the row on the cursor in view in its block.
    private mutating func scroll(_ blocks: [CardBlock]) {
        for block in blocks {
            var top = min(tops[block.kind] ?? 0, block.lastTop)
            if let place = block.lines.firstIndex(where: { $0 == cursor.selected }) {
                top = min(top, place)
                while !block.shown(from: top).contains(place), top < place { top += 1 }
            }
            tops[block.kind] = top
        }
    }

    static let bindings: [Binding<CustomerCardPane>] = [
        Binding(
            .open, .enter, title: "open what the line names", hint: "open",
            unavailable: { pane, _ in pane.cursor.selected == nil ? "Nothing to open." : nil },
            action: { pane, _ in pane.cursor.selected.map { [.open(pane.destination(of: $0))] } ?? [] }),
        Binding(
            .order, "o", title: "new order for this customer", hint: "order",
            refused: { pane, model in pane.card.flatMap { model.orderingRefusal(of: $0.account) } },
            action: { pane, model in
                let key = model.keymap.name(of: .order)
                return [
                    .open(.products(for: pane.id)),
                    .say(Notice(.info, "Choose a product, then press \(key) again to order it.")),
                ]
            }),
        form(.editAccount, "E", "edit name, address, tax number and your id", "edit", .edit) {
            .form(.editAccount, $0.kept)
        },
        form(.contacts, "C", "contacts: add, change, remove", "contacts", .contacts) {
            .form(.contacts, ContactsForm.fields($0))
        },
        form(.creditHold, "H", "credit hold, or active again", "hold", .status) { .form(.hold, $0.kept) },
        Binding(.back, .escape, "q", title: "back to where the card was opened", topic: .places) { _, _ in
            [.open(.back)]
        },
    ]

    private static func form(
        _ name: ActionName, _ key: Key, _ title: String, _ hint: String, _ act: AccountAct,
        _ destination: @escaping @Sendable (AccountSubject) -> Destination
    ) -> Binding<CustomerCardPane> {
        Binding(
            name, key, title: title, hint: hint,
            refused: { pane, model in model.refusal(of: act, on: pane.card?.account) },
            action: { pane, _ in
                guard let account = pane.card?.account else { return [] }
                let target = AccountSubject(account)
                return [.open(destination(target)), .effect(.refresh(.account(target.key)))]
            })
    }

    private func destination(of line: Line) -> Destination {
        switch line {
        case .contact(let place): .people(of: id, at: AccountContact.ID(account: id, place: place))
        case .holding(let held), .next(let held): .subscription(held)
        case .order(let order): .order(order)
        case .write(let entry): .entry(entry)
        }
    }

    // MARK: What the shell asks

    var position: String? {
        cursor.selected == nil ? nil : "\(grouped(cursor.index + 1)) of \(grouped(lineCount))"
    }

    func copyRefusal(_ model: Model) -> String? { card == nil ? "Nothing was read yet." : nil }
    func copied(_ model: Model) -> String { words(ofSelected: model) ?? subject(model) ?? "" }

    /// Of what the line names; the letters that are left, of the customer.
    func copies(_ model: Model) -> [CopyOffer] {
        guard let card else { return [] }
        var offers: [CopyOffer]
        switch cursor.selected {
        case .contact(let place)? where card.account.contacts.indices.contains(place):
            let row = AccountContact.contacts(of: [card.account]).first { $0.id.place == place }
            offers = row?.copies ?? []
        case .holding(let held)?, .next(let held)?:
            offers = card.holdings?.first { $0.id == held }?.subscription.copies(model) ?? []
        case .order(let order)?: offers = card.orders?.first { $0.id == order }?.copies(model) ?? []
        case .write(let entry)?: offers = card.writes.first { $0.id == entry }?.copies(model) ?? []
        case .contact?, nil: offers = []
        }
        let taken = Set(offers.map(\.key))
        return offers + card.account.copies(model).filter { !taken.contains($0.key) }
    }

    /// As old as the oldest of what it rests on.
    func freshness(_ model: Model) -> Freshness {
        let parts = [Freshness(account), Freshness(subscriptions), Freshness(orders)]
        var freshness = parts[0]
        let moments = parts.compactMap(\.readAt)
        freshness.readAt = moments.count == parts.count ? moments.min() : nil
        freshness.isLoading = parts.contains(where: \.isLoading)
        freshness.failure = parts.lazy.compactMap(\.failure).first
        freshness.waiting = parts.lazy.compactMap(\.waiting).first
        return freshness
    }

    func reason(_ model: Model) -> String? { card?.lackWords.map { $0.capitalised } }
}
