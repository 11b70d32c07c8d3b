import Marketplace
import Screen

/// The whole dashboard as a value. Events go in, effects come out, drawing only reads. It routes; panes decide.
public struct Dashboard {
    private(set) var view = View.accounts
    private(set) var known: Known
    private(set) var home = HomePane()
    private(set) var accounts = AccountsPane()
    private(set) var subscriptions = SubscriptionsPane()
    private(set) var orders = OrdersPane()
    private(set) var catalog = CatalogPane()
    private(set) var users = UsersPane()
    private(set) var flow: WriteFlow?
    private(set) var help: HelpOverlay?
    private(set) var notice: Notice?
    private(set) var size: Size
    /// Whether keys go to the tree at the left of a wide window.
    private(set) var treeHasFocus = false
    private(set) var history: [Place] = []
    private var watched = Watchlist()
    private var wished: [Request] = []
    private var interruptIsArmed = false
    private var lastKey: Key?
    /// What the message line said when the latest key came.
    private var messageBefore = Notice(.info, "")

    /// Where the person was: a view and the account in view.
    struct Place: Equatable {
        var view: View
        var scope: Account.ID?
    }

    public init(profile: ProfileSummary, keymap: Keymap = .standard, size: Size, now: Instant) {
        known = Known(profile: profile, keymap: keymap)
        known.now = now
        self.size = size
        relayout()
    }

    /// What to do at the start, before the first event.
    public mutating func start() -> [Effect] { synchronise(again: true) }

    /// Whether something visible counts seconds, so that the time must come once a second.
    public var wantsTicks: Bool {
        if !orders.following.isEmpty { return true }
        if flow == nil, pane.freshness(known).waiting != nil { return true }
        return flow?.wantsTicks == true
    }

    public mutating func update(_ event: Event) -> [Effect] {
        var effects = known.learn(from: event)
        let before = Place(view: view, scope: known.scope)
        switch event {
        case .time: break
        case .resized(let latest): size = latest
        case .key(let key): effects += run(take(key))
        case .estimated, .validated, .dryRan, .sent: effects += run(toFlow(event))
        default: effects += run(broadcast(event))
        }
        relayout()
        let latest = known
        effects += flow?.questions(latest) ?? []
        effects += takeListEffects()
        return effects + synchronise(again: before != Place(view: view, scope: known.scope))
    }

    // MARK: Keys

    private mutating func take(_ pressed: Key) -> [Reaction] {
        if pressed == .control("c") { return interrupt() }
        interruptIsArmed = false
        let meant = known.keymap.key(pressed, at: keyPlace)
        if let meant, let reactions = Self.everywhere.perform(meant, on: &self) { return reactions }
        if let meant, help != nil {
            if help?.take(meant) == false { help = nil }
            return []
        }
        messageBefore = message
        notice = nil
        lastKey = meant
        guard let key = meant else { return [.unused(pressed)] }
        if flow != nil { return toFlow(.key(key)) }
        if !isTyping, let reactions = Self.bindings.perform(key, on: &self) { return reactions }
        return withPane { pane, known in pane.update(.key(key), known) }
    }

    private var keyPlace: KeyPlace {
        if help != nil { return .text }
        if let flow { return flow.isReviewed ? .review : .form }
        return isTyping ? .text : .view(pane is AccountsPane ? .accounts : view)
    }

    private var isTyping: Bool { pane.isTyping }

    private mutating func interrupt() -> [Reaction] {
        if interruptIsArmed { return [.effect(.quit)] }
        interruptIsArmed = true
        return [.say(Notice(.warning, "Press ^C once more to leave souk."))]
    }

    /// Keys of every view.
    static let bindings: [Binding<Dashboard>] =
        View.allCases.map { (target: View) in
            Binding(
                "view-\(target.title.lowercased())", .character(Character(String(target.rawValue))),
                title: "view \(target.title)"
            ) { frame in
                frame.go(to: target)
                return []
            }
        } + [
            Binding(
                "next-pane", .tab, .backTab, title: "to the account tree and back",
                unavailable: {
                    $0.hasTree ? nil : "There is one pane to type in; from 160 columns on the tree stands beside it."
                },
                action: { frame in
                    frame.treeHasFocus.toggle()
                    return []
                }),
            Binding(
                "refresh", "r", .control("r"), title: "read again what is on screen, past the cache", hint: "refresh"
            ) { frame in
                let requests = frame.focusedRequests
                return requests.map { .effect(.refresh($0)) } + [.say(Notice(.info, "Reading again…"))]
            },
            Binding("help", "?", title: "this help", hint: "keys") { _ in [.open(.help)] },
        ]

    /// Keys that work in text boxes too.
    static let everywhere: [Binding<Dashboard>] = [
        Binding("redraw", .control("l"), title: "draw the screen anew") { _ in [.effect(.redraw)] },
        Binding("suspend", .control("z"), title: "suspend; fg comes back") { _ in [.effect(.suspend)] },
    ]

    /// What help tells of the keys that work at this place.
    private var keysHere: [KeyHelp] {
        let own = pane.help(known)
        let rows =
            own + Self.bindings.help(for: self) + KeyTables.moves.map { KeyHelp($0) }
            + KeyTables.everywhere.actions.map { KeyHelp($0) } + FilterHelp.rows(pane.filterColumns(known))
        return known.keymap.inForce(rows)
    }

    private var focusedRequests: [Request] {
        pane.requests(known) + pane.settledRequests(known)
    }

    // MARK: Panes

    private var hasTree: Bool { bands.split(for: view, isForm: flow != nil).tree != nil }
    var bands: Bands { Bands(size) }

    /// The pane that keys go to.
    var pane: any Pane {
        if treeHasFocus, hasTree { return accounts }
        return pane(of: view)
    }

    func pane(of view: View) -> any Pane {
        switch view {
        case .home: home
        case .accounts: accounts
        case .subscriptions: subscriptions
        case .orders: orders
        case .catalog: catalog
        case .users: users
        }
    }

    private mutating func withPane(_ body: (inout any Pane, Known) -> [Reaction]) -> [Reaction] {
        let target = treeHasFocus && hasTree ? View.accounts : view
        var pane = pane(of: target)
        let reactions = body(&pane, known)
        store(pane)
        return reactions
    }

    private mutating func store(_ pane: any Pane) {
        switch pane {
        case let pane as HomePane: home = pane
        case let pane as AccountsPane: accounts = pane
        case let pane as SubscriptionsPane: subscriptions = pane
        case let pane as OrdersPane: orders = pane
        case let pane as CatalogPane: catalog = pane
        case let pane as UsersPane: users = pane
        default: break
        }
    }

    /// An answer goes to every pane: each takes what it asked for and lets the rest fall through.
    private mutating func broadcast(_ event: Event) -> [Reaction] {
        home.update(event, known) + accounts.update(event, known) + subscriptions.update(event, known)
            + orders.update(event, known)
            + catalog.update(event, known) + users.update(event, known) + toFlow(event)
    }

    private mutating func takeListEffects() -> [Effect] {
        accounts.takeEffects() + subscriptions.takeEffects() + orders.takeEffects() + catalog.takeEffects()
            + users.takeEffects() + (flow?.takeEffects() ?? [])
    }

    private mutating func toFlow(_ event: Event) -> [Reaction] {
        let known = known
        return flow?.update(event, known) ?? []
    }

    private mutating func relayout() {
        let (tree, room) = bands.split(for: view, isForm: flow != nil)
        if tree == nil { treeHasFocus = false }
        accounts.layout(view == .accounts ? room : Room(main: tree ?? room.main))
        home.layout(room)
        subscriptions.layout(room)
        orders.layout(room)
        catalog.layout(room)
        users.layout(room)
        let known = known
        flow?.layout(room, known)
    }

    // MARK: Going places

    private mutating func run(_ reactions: [Reaction]) -> [Effect] {
        var effects: [Effect] = []
        for reaction in reactions {
            switch reaction {
            case .effect(let effect): effects.append(effect)
            case .say(let latest): notice = latest
            case .unused(let key): notice = Self.notice(ofUnused: key, known.keymap)
            case .open(let destination): effects += open(destination)
            }
        }
        return effects
    }

    /// A digit: the same account stays in view; coming from the tree, it is the one on the cursor.
    private mutating func go(to target: View) {
        if view == .accounts, target != .accounts, target != .home { look(at: accounts.selected?.id) }
        history = []
        treeHasFocus = false
        view = target
        home.close()
        subscriptions.close()
        orders.close()
    }

    private static func notice(ofUnused key: Key, _ keymap: Keymap) -> Notice {
        if case .paste = key {
            let filter = keymap.name(of: "filter")
            return Notice(.warning, "Pasted text was not used: only a text box takes it. Press \(filter) first.")
        }
        return Notice(.info, "\(key.name) does nothing here. \(keymap.name(of: "help")) shows the keys.")
    }

    private mutating func open(_ destination: Destination) -> [Effect] {
        switch destination {
        case .subscriptions(let account) where treeHasFocus:
            look(at: account)
            treeHasFocus = false
        case .subscriptions(let account): drill(into: .subscriptions, of: account)
        case .orders(let account): drill(into: .orders, of: account)
        case .subscription(let id):
            drill(into: .subscriptions, of: known.scope)
            subscriptions.open(id)
        case .order(let id):
            drill(into: .orders, of: known.scope)
            orders.open(id)
        case .catalog:
            drill(into: .catalog, of: view == .accounts ? accounts.selected?.id : known.scope)
        case .newOrder(let product): fill(OrderForm(product: product, customer: known.customer, known))
        case .taken(let intent, let result): arrive(result, of: intent)
        case .whereToLook(let intent): look(for: intent)
        case .back: return back()
        case .help:
            help = HelpOverlay(
                title: view.title, message: messageBefore.text,
                rows: keysHere)
        }
        return []
    }

    /// Opens a form, unless nothing may be written with this profile.
    private mutating func fill(_ form: any WriteForm) {
        if known.profile.isReadOnly {
            notice = Notice(.warning, "This profile is read-only: nothing can be ordered or changed with it.")
        } else {
            flow = WriteFlow(form, known)
        }
    }

    /// The account in view becomes this one; nil for all.
    private mutating func look(at account: Account.ID?) {
        guard known.scope != account else { return }
        known.scope = account
        let known = known
        subscriptions.accountChanged(known)
        orders.accountChanged(known)
        users.accountChanged(known)
    }

    private mutating func drill(into target: View, of account: Account.ID?) {
        history.append(Place(view: view, scope: known.scope))
        view = target
        look(at: account)
        treeHasFocus = false
    }

    /// One layer back: form, then where one came from, then all accounts. At the root only q leaves.
    private mutating func back() -> [Effect] {
        if flow != nil {
            flow = nil
            return []
        }
        if treeHasFocus {
            treeHasFocus = false
        } else if let place = history.popLast() {
            view = place.view
            look(at: place.scope)
        } else if view != .accounts, known.scope != nil {
            look(at: nil)
        } else if lastKey == "q" {
            return [.quit]
        } else {
            notice = Notice(.info, "This is the first screen. \(known.keymap.name(of: "back")) leaves souk.")
        }
        return []
    }

    /// The marketplace took a write: what it made is shown, and an order is followed to its end.
    private mutating func arrive(_ result: WriteResult, of intent: WriteIntent) {
        flow = nil
        switch result {
        case .order(let order):
            drill(into: .orders, of: order.customer)
            orders.follow(order)
            orders.open(order.id)
            notice = Notice(
                .done,
                order.status.isFinal
                    ? "Order \(order.label) is \(order.status.word)."
                    : "Order \(order.label) was taken; it is followed until it ends.")
        case .subscription(let detail):
            known.learn(detail)
            notice = Self.notice(of: detail, after: intent)
        case .account(let account):
            known.learn(account)
            notice = Notice(.done, "The \(intent.name) was taken: \(account.name) \(account.id).")
        }
    }

    /// What the subscription tells after the change, which may not be what was asked for.
    private static func notice(of detail: SubscriptionDetail, after intent: WriteIntent) -> Notice {
        let id = detail.subscription.id
        guard case .change(_, let changes) = intent, let wanted = changes.autoRenews else {
            return Notice(.done, "Subscription \(id) was changed.")
        }
        let word = wanted ? "on" : "off"
        return detail.subscription.autoRenews == wanted
            ? Notice(.done, "Auto-renew of subscription \(id) is \(word) now.")
            : Notice(.warning, "The marketplace took the change, but it does not tell yet that auto-renew is \(word).")
    }

    /// Nobody can say what became of it: to the place that tells.
    private mutating func look(for intent: WriteIntent) {
        flow = nil
        switch intent {
        case .place, .withdraw:
            drill(into: .orders, of: intent.customer)
            orders.close()
        case .change(let subscription, _):
            drill(into: .subscriptions, of: subscription.customer)
            subscriptions.open(subscription.id)
        case .create, .edit:
            history.append(Place(view: view, scope: known.scope))
            view = .accounts
        }
    }

    // MARK: What is read

    /// Watches what is looked at and nothing else. After a change of place everything is asked for anew, so that each
    /// pane gets what is known at once.
    private mutating func synchronise(again: Bool) -> [Effect] {
        var needed = Watchlist()
        if let flow {
            needed.add(flow.requests(known), whenSettled: false)
            needed.add(flow.settledRequests(known), whenSettled: true)
        } else {
            let shown = pane(of: view)
            needed.add(shown.requests(known), whenSettled: false)
            if hasTree, view != .accounts { needed.add(accounts.requests(known), whenSettled: false) }
            needed.add(shown.settledRequests(known), whenSettled: true)
        }
        needed.add(orders.following.map { .followedOrder($0) }, whenSettled: false)
        var effects = needed.effects(since: watched, again: again)
        watched = needed
        let wishes = flow == nil ? pane(of: view).wishes(known) : []
        if wishes != wished {
            wished = wishes
            if !wishes.isEmpty { effects.append(.want(wishes)) }
        }
        return effects
    }
}
