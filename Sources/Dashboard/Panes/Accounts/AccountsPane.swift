import Marketplace
import Rows
import Screen

/// The account tree with its filter, and a preview of the account on the cursor.
struct AccountsPane: ViewPane {
    static let view = View(2, "Accounts", split: .tree)

    var tree = AccountTree()
    var filter = Filter()
    private(set) var cursor = ListCursor<AccountTree.Node>(selected: .root)
    private(set) var full: [Account.ID: Account] = [:]
    private(set) var subscriptions = RowList<Subscription>(.previewedSubscriptions)
    private(set) var orders = RowList<Order>(.previewedOrders)
    private var outbox: [Effect] = []
    /// Whether the account's preview takes the place of the tree in a narrow window.
    private(set) var showsPreview = false
    /// Whether nothing is shown beside the tree in a wide one.
    private(set) var hidesPreview = false
    /// Whether a preview fits beside the tree.
    private var fitsPreview = false
    private(set) var visible = 20
    /// An account on which the cursor shall stand when its row comes.
    private(set) var awaited: Account.ID?
    /// Whether the person asked for it, and presses keys for it.
    private(set) var isAwaitedByKeys = false
    /// Whether it is still to be read which reseller it belongs to, so that its row can come.
    private var seeksReseller = false
    /// Whether the cursor goes to the first account that passes the filter, as soon as there is one.
    private var seeksMatch = false

    func subject(_ model: Model) -> String? { selected.map { "\($0.name) \($0.id)" } }
    func namedAccount(_ model: Model) -> Account.ID? { selected?.id }

    var isTyping: Bool { filter.isEditing }
    var wantsDetail: Bool { !hidesPreview }

    var choices: ViewChoices {
        get {
            var choices = ViewChoices()
            choices.hidesPreview = hidesPreview
            return choices
        }
        set { hidesPreview = newValue.hidesPreview }
    }

    var selectedRow: AccountTree.Row? { tree.row(at: cursor.index) }
    var caution: String? { filter.isEditing ? tree.filterProblem?.message : nil }

    func filterColumns(_ model: Model) -> [FilterColumn] {
        (ListColumn.accounts(model.entities) + [ListColumn.tenants(model.entities)]).filterColumns()
    }

    mutating func takeEffects() -> [Effect] {
        defer { outbox = [] }
        return outbox + subscriptions.takeEffects() + orders.takeEffects()
    }

    var selected: Account? { selectedRow?.account.map { full[$0.id] ?? $0 } }

    func watchable(_ model: Model) -> WatchedRow? { model.watchableCustomer(selected?.id) }

    /// Why the account on the cursor may not order.
    func reason(_ model: Model) -> String? {
        guard !showsPreview, let account = selected, account.status != .active else { return nil }
        return [account.status.meaning, account.status.advice].compactMap(\.self).joined(separator: " ")
    }

    func queries(_ model: Model) -> [DataQuery] {
        var requests: [DataQuery] = [.accounts(.resellers)]
        // A filter looks through the names of all.
        if tree.isFlat || filter.isEditing || filter.isActive { requests.append(.accounts(.customers)) }
        requests += tree.open.map { .accounts(.customersOf($0)) }
        if seeksReseller, let awaited { requests.append(.account(AccountKey(kind: .customer, id: awaited))) }
        return requests
    }

    /// What the marketplace is asked for the longest of the filter's words: names, as long as not all of them were read,
    /// a whole e-mail address, or an external id.
    private var searches: [AccountQuery] {
        guard !tree.isFlat, let word = filter.words.max(by: { $0.count < $1.count }), word.count > 1 else { return [] }
        if let at = word.firstIndex(of: "@") {
            // Who types a beginning goes on typing.
            return word[at...].contains(".") ? [.customersWithEmail(word)] : []
        }
        let names: [AccountQuery] =
            tree.allCustomers.isComplete ? [] : [.customersNamed(Folding.plainPart(of: word))]
        return word.contains(where: \.isNumber) ? names + [.customersWithExternalID(word)] : names
    }

    /// Read once the cursor rests: what the preview shows beyond the row.
    func settledQueries(_ model: Model) -> [DataQuery] {
        var requests: [DataQuery] = []
        requests += searches.map { .accounts($0) }
        requests += tree.tenants.strangers.map { .account(AccountKey(kind: .customer, id: $0)) }
        guard let account = selected else { return requests }
        if account.contacts.isEmpty, account.address == nil {
            requests.append(.account(AccountKey(kind: account.kind, id: account.id)))
        }
        if account.kind == .customer {
            requests.append(.subscriptions(SubscriptionQuery(customer: account.id)))
            requests.append(.orders(OrderQuery(customer: account.id)))
        }
        return requests
    }

    mutating func layout(_ area: PaneArea) {
        fitsPreview = area.fitsDetail
        visible = max(1, area.main.height - 1 - coverageLines(width: area.main.width).count)
        settle()
    }

    mutating func update(_ event: Event, _ model: Model) -> [Reaction] {
        if Finder.bringsDetails(event) { outbox += tree.searchTenantsAgain() }
        switch event {
        case .accounts(let query, let latest) where query.isSearch:
            if searches.contains(query) { outbox += tree.receive(query, latest) }
        case .accounts(let query, let latest): outbox += tree.receive(query, latest)
        case .arranged(let result):
            outbox += tree.take(result)
            subscriptions.take(result)
            orders.take(result)
        case .account(let key, let latest):
            guard let account = latest.value else {
                return key.id == awaited && latest.failure != nil ? loseAwaited(model) : []
            }
            full[key.id] = account
            if tree.tenants.strangers.contains(key.id) { outbox += tree.searchTenantsAgain() }
        case .foundTenants(let holders): outbox += tree.take(holders, model)
        case .subscriptions(let query, let latest):
            if let customer = query.customer, customer == selected?.id {
                subscriptions.receive(latest, ListSetting([], model))
            }
            return []
        case .orders(let query, let latest):
            if let customer = query.customer, customer == selected?.id {
                orders.receive(latest, ListSetting([], model))
            }
            return []
        case .key(let key): return take(key, model)
        default: return []
        }
        arrange(model)
        return mayStillCome(model) ? [] : loseAwaited(model)
    }

    private mutating func take(_ key: Key, _ model: Model) -> [Reaction] {
        if filter.isEditing {
            let before = searches
            if filter.take(key) {
                if before != searches { outbox += tree.forgetFound() }
                seeksMatch = filter.isActive
            }
            arrange(model)
            return []
        }
        if let motion = ListCursor<AccountTree.Node>.Motion(key) {
            let before = selected?.id
            move(motion)
            leave(before)
            return []
        }
        seeksMatch = false
        guard let reactions = Self.bindings.perform(key, on: &self, model) else { return [.unused(key)] }
        arrange(model)
        return reactions
    }

    static let ownBindings: [Binding<AccountsPane>] = [
        Binding(.open, .enter, title: "open: subscriptions, or a reseller's customers", hint: "open") {
            pane, _ in
            pane.open()
        },
        Binding(.unfold, .right, "l", title: "unfold") { pane, _ in
            if pane.selectedRow?.isOpen == false { pane.toggle() }
            return []
        },
        Binding(.fold, .left, "h", title: "fold, or go up") { pane, _ in
            pane.foldOrGoUp()
            return []
        },
        Binding(.filter, "/", title: "filter the tree: words of name, id or status", hint: "filter", topic: .list) {
            pane, _ in
            pane.awaited = nil
            pane.filter.isEditing = true
            return []
        },
        Binding(
            .order, "o", title: "new order for this customer", hint: "order",
            refused: { pane, model in pane.customerRefusal ?? pane.selected.flatMap { model.orderingRefusal(of: $0) } },
            action: { _, model in model.choosingProduct }),
        Binding(.preview, "p", title: "preview on, off", hint: "preview") { pane, _ in
            if pane.fitsPreview { pane.hidesPreview.toggle() } else { pane.showsPreview.toggle() }
            return []
        },
        Binding(.back, .escape, "q", title: "one step back", topic: .places) { pane, _ in
            pane.awaited = nil
            if pane.showsPreview {
                pane.showsPreview = false
            } else if pane.filter.isActive {
                pane.filter = Filter()
                pane.outbox += pane.tree.forgetFound()
            } else {
                return [.open(.back)]
            }
            return []
        },
    ]

    mutating func receive(_ message: PaneMessage, _ model: Model) -> [Reaction] {
        switch message {
        case .reveal(let account, let reseller):
            reveal(account, under: reseller)
            isAwaitedByKeys = true
            arrange(model)
        case .taken(.account(let account), let intent):
            // It is shown as it is now, and a new one is searched for in the tree.
            full[account.id] = account
            if case .create = intent { reveal(account.id, under: account.vendorAccount) }
        default: break
        }
        return []
    }

    /// Whoever leaves the tree goes on with the account on its cursor.
    func scope(for target: View, _ model: Model) -> Account.ID? {
        if target == .accounts || target == .home { return model.scope }
        guard let awaited, isAwaitedByKeys else { return selected?.id }
        return model.accounts[awaited] == nil ? model.scope : awaited
    }

    var filterText: String { filter.field.text }

    mutating func narrow(to text: String, sortedBy order: SortOrder?, _ model: Model) {
        filter = Filter()
        filter.field.text = text
        outbox += tree.forgetFound()
        seeksMatch = filter.isActive
        arrange(model)
    }

    /// Selects an account as soon as its row is there.
    private mutating func reveal(_ account: Account.ID, under reseller: Account.ID?) {
        filter = Filter()
        outbox += tree.forgetFound()
        (awaited, isAwaitedByKeys) = (account, false)
        tree.isRootOpen = true
        if let reseller { tree.open.insert(reseller) }
        seeksReseller = reseller == nil && !tree.isFlat
    }

    /// Whether the row of the account that the person asked for is still to come.
    private func mayStillCome(_ model: Model) -> Bool {
        guard let awaited, isAwaitedByKeys else { return true }
        if seeksReseller { return full[awaited] == nil }
        return tree.mayGet(awaited, under: model.accounts[awaited]?.vendorAccount)
    }

    /// The account has no row: keys that were meant for it go nowhere.
    private mutating func loseAwaited(_ model: Model) -> [Reaction] {
        guard let id = awaited else { return [] }
        (awaited, seeksReseller) = (nil, false)
        return [.dropWaitingKeys, .say(Notice(.warning, "\(model.name(of: id)) is not in the tree as it was read."))]
    }

    func copyRefusal(_ model: Model) -> String? { selected == nil ? "No account selected." : nil }
    func copies(_ model: Model) -> [CopyOffer] { selected?.copies(model) ?? [] }

    private var customerRefusal: String? {
        selected?.kind == .customer ? nil : "Choose a customer first: only customers buy."
    }

    func freshness(_ model: Model) -> Freshness {
        Freshness(tree.isFlat || tree.isNarrowed ? tree.allCustomers.snapshot : tree.resellers.snapshot)
    }

    private mutating func open() -> [Reaction] {
        guard let row = selectedRow else { return [] }
        if let account = row.account, account.kind == .customer { return [.open(.subscriptions(of: account.id))] }
        toggle()
        return []
    }

    private mutating func toggle() {
        guard let row = selectedRow else { return }
        switch row.node {
        case .root: tree.isRootOpen.toggle()
        case .account(let id) where row.isOpen != nil: tree.open.formSymmetricDifference([id])
        default: return
        }
    }

    private mutating func foldOrGoUp() {
        guard let row = selectedRow else { return }
        if row.isOpen == true {
            toggle()
        } else if let place = tree.parent(of: cursor.index), let above = tree.row(at: place) {
            cursor.put(on: above.node, at: place)
        }
        settle()
    }

    /// How much the filter looked through for a tenant id or a domain, below the tree.
    func coverageLines(width: Int) -> [String] {
        tree.tenants.coverage.map { TerminalText.wrap($0, width: width - 2) } ?? []
    }

    // MARK: Rows

    private mutating func arrange(_ model: Model) {
        if seeksReseller, let entry = awaited.flatMap({ model.accounts[$0] }),
            entry.kind == .reseller || entry.vendorAccount != nil
        {
            seeksReseller = false
            if let reseller = entry.vendorAccount { tree.open.insert(reseller) }
        }
        // By the cursor's node, not by the row at its place: rows that came just now are not laid out yet.
        var kept: Account.ID?
        if case .account(let id) = cursor.selected { kept = id }
        outbox += tree.arrange(
            filter.field.text, isTyping: filter.isEditing, keeping: kept, at: cursor.index, model)
        let before = selected?.id
        if seeksMatch, !tree.isWaiting, let place = tree.firstMatch, let row = tree.row(at: place) {
            seeksMatch = false
            cursor.put(on: row.node, at: place)
        } else if let id = awaited, let place = tree.place(of: .account(id), near: cursor.index) {
            cursor.put(on: .account(id), at: place)
            (awaited, seeksReseller) = (nil, false)
        } else if let node = cursor.selected, let place = tree.place(of: node, near: cursor.index) {
            cursor.put(on: node, at: place)
        } else if case .account(let id) = cursor.selected, let reseller = model.accounts[id]?.vendorAccount,
            let place = tree.place(of: .account(reseller), near: cursor.index)
        {
            // A filter has shown a customer whose reseller is folded.
            cursor.put(on: .account(reseller), at: place)
        }
        settle()
        leave(before)
    }

    /// The preview of an account that is no longer on the cursor is of no use.
    private mutating func leave(_ before: Account.ID?) {
        guard selected?.id != before else { return }
        subscriptions.clear()
        orders.clear()
    }

    private mutating func move(_ motion: ListCursor<AccountTree.Node>.Motion) {
        seeksMatch = false
        let tree = tree
        cursor.move(motion, in: (0..<tree.count).lazy.map { tree.row(at: $0)?.node ?? .root }, visible: visible)
    }

    /// Below the tree's name each line is a row.
    mutating func point(atLine line: Int) -> Bool? {
        guard !showsPreview, line >= 1, let row = tree.row(at: cursor.top + line - 1) else { return nil }
        let wasThere = cursor.index == cursor.top + line - 1
        awaited = nil
        guard !wasThere else { return true }
        seeksMatch = false
        cursor.put(on: row.node, at: cursor.top + line - 1)
        subscriptions.clear()
        orders.clear()
        return false
    }

    /// Keeps the cursor on a row and in view.
    private mutating func settle() {
        let place = min(cursor.index, tree.count - 1)
        if let row = tree.row(at: place), row.node != cursor.selected { cursor.put(on: row.node, at: place) }
        cursor.scroll(count: tree.count, visible: visible)
    }
}

extension AccountQuery {
    /// Whether it asks for what somebody typed.
    fileprivate var isSearch: Bool {
        switch self {
        case .customersNamed, .customersWithEmail, .customersWithExternalID: true
        default: false
        }
    }
}
