import Marketplace
import Screen

/// The whole dashboard as a value. Events go in, effects come out, drawing only reads. It routes; panes decide.
public struct Dashboard {
    private(set) var view = View.accounts
    private(set) var known: Known
    private(set) var accounts = AccountsPane()
    private(set) var subscriptions = SubscriptionsPane()
    private(set) var orders = OrdersPane()
    private(set) var catalog = CatalogPane()
    private(set) var users = UsersPane()
    private(set) var form: OrderForm?
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

    public init(profile: ProfileSummary, size: Size, now: Instant) {
        known = Known(profile: profile)
        known.now = now
        self.size = size
        relayout()
    }

    /// What to do at the start, before the first event.
    public mutating func start() -> [Effect] { synchronise(again: true) }

    /// Whether something visible counts seconds, so that the time must come once a second.
    public var wantsTicks: Bool {
        if !orders.following.isEmpty { return true }
        if form == nil, pane.freshness(known).waiting != nil { return true }
        if case .sending = form?.stage { return true }
        return false
    }

    public mutating func update(_ event: Event) -> [Effect] {
        known.learn(from: event)
        let before = Place(view: view, scope: known.scope)
        var effects: [Effect] = []
        switch event {
        case .time: break
        case .resized(let latest): size = latest
        case .key(let key): effects = run(take(key))
        case .placed(let order, .success(let placed)): effects = arrive(placed, of: order)
        case .estimated, .validated, .placed: effects = run(toForm(event))
        default: effects = run(broadcast(event))
        }
        relayout()
        let latest = known
        effects += form?.questions(latest) ?? []
        return effects + synchronise(again: before != Place(view: view, scope: known.scope))
    }

    // MARK: Keys

    private mutating func take(_ key: Key) -> [Reaction] {
        lastKey = key
        if key == .control("c") { return interrupt() }
        interruptIsArmed = false
        switch key {
        case .control("l"): return [.effect(.redraw)]
        case .control("z"): return [.effect(.suspend)]
        default: break
        }
        if help != nil {
            if help?.take(key) == false { help = nil }
            return []
        }
        messageBefore = message
        notice = nil
        if form != nil { return toForm(.key(key)) }
        if !isTyping {
            var frame = self
            if let reactions = Self.bindings.perform(key, on: &frame) {
                self = frame
                return reactions
            }
        }
        return withPane { pane, known in pane.update(.key(key), known) }
    }

    private var isTyping: Bool { pane.isTyping }

    private mutating func interrupt() -> [Reaction] {
        if interruptIsArmed { return [.effect(.quit)] }
        interruptIsArmed = true
        return [.say(Notice(.warning, "Press ^C once more to leave souk."))]
    }

    static let bindings: [Binding<Dashboard>] =
        View.allCases.map { (target: View) in
            Binding(.character(Character(String(target.rawValue))), title: "view \(target.title)") { frame in
                frame.go(to: target)
                return []
            }
        } + [
            Binding(
                .tab, .backTab, title: "to the account tree and back",
                unavailable: {
                    $0.hasTree ? nil : "There is one pane to type in; from 160 columns on the tree stands beside it."
                },
                action: { frame in
                    frame.treeHasFocus.toggle()
                    return []
                }),
            Binding("r", .control("r"), title: "read again what is on screen, past the cache", hint: "refresh") {
                frame in
                let requests = frame.focusedRequests
                return requests.map { .effect(.refresh($0)) } + [.say(Notice(.info, "Reading again…"))]
            },
            Binding("?", title: "this help", hint: "keys") { _ in [.open(.help)] },
        ]

    /// Keys that are the same everywhere and in no table.
    private static let always: [KeyHelp] = [
        KeyHelp(key: "j k g G", title: "down, up, first, last; arrows, Home and End too"),
        KeyHelp(key: "^F ^B ^D ^U", title: "page and half page down and up; PgDn and PgUp too"),
        KeyHelp(key: "^L", title: "draw the screen anew"),
        KeyHelp(key: "^Z", title: "suspend; fg comes back"),
        KeyHelp(key: "^C ^C", title: "leave at once"),
        KeyHelp(key: "q", title: "back one layer; at the first screen, leave"),
    ]

    private var focusedRequests: [Request] {
        pane.requests(known) + pane.settledRequests(known)
    }

    // MARK: Panes

    private var hasTree: Bool { bands.split(for: view, isForm: form != nil).tree != nil }
    var bands: Bands { Bands(size) }

    /// The pane that keys go to.
    var pane: any Pane {
        if treeHasFocus, hasTree { return accounts }
        return pane(of: view)
    }

    func pane(of view: View) -> any Pane {
        switch view {
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
        accounts.update(event, known) + subscriptions.update(event, known) + orders.update(event, known)
            + catalog.update(event, known) + users.update(event, known) + toForm(event)
    }

    private mutating func toForm(_ event: Event) -> [Reaction] {
        let known = known
        return form?.update(event, known) ?? []
    }

    private mutating func relayout() {
        let (tree, room) = bands.split(for: view, isForm: form != nil)
        if tree == nil { treeHasFocus = false }
        accounts.layout(view == .accounts ? room : Room(main: tree ?? room.main))
        subscriptions.layout(room)
        orders.layout(room)
        catalog.layout(room)
        users.layout(room)
        let body = bands.body
        form?.layout(body)
    }

    // MARK: Going places

    private mutating func run(_ reactions: [Reaction]) -> [Effect] {
        var effects: [Effect] = []
        for reaction in reactions {
            switch reaction {
            case .effect(let effect): effects.append(effect)
            case .say(let latest): notice = latest
            case .open(let destination): effects += open(destination)
            }
        }
        return effects
    }

    /// A digit: the same account stays in view; coming from the tree, it is the one on the cursor.
    private mutating func go(to target: View) {
        if view == .accounts, target != .accounts { known.scope = accounts.selected?.id }
        history = []
        treeHasFocus = false
        view = target
        subscriptions.close()
        orders.close()
    }

    private mutating func open(_ destination: Destination) -> [Effect] {
        switch destination {
        case .subscriptions(let account) where treeHasFocus:
            known.scope = account
            treeHasFocus = false
        case .subscriptions(let account): drill(into: .subscriptions, of: account)
        case .orders(let account):
            form = nil
            drill(into: .orders, of: account)
            orders.close()
        case .users(let account): drill(into: .users, of: account)
        case .subscription(let id):
            drill(into: .subscriptions, of: known.scope)
            subscriptions.open(id)
        case .order(let id):
            drill(into: .orders, of: known.scope)
            orders.open(id)
        case .catalog:
            drill(into: .catalog, of: view == .accounts ? accounts.selected?.id : known.scope)
        case .newOrder(let product): return order(product)
        case .back: return back()
        case .help:
            help = HelpOverlay(
                title: view.title, message: messageBefore.text,
                rows: pane.help(known) + Self.bindings.help(for: self) + Self.always)
        }
        return []
    }

    private mutating func order(_ product: Product) -> [Effect] {
        if known.profile.isReadOnly {
            notice = Notice(.warning, "This profile is read-only: nothing can be ordered with it.")
            return []
        }
        form = OrderForm(product: product, customer: known.customer, now: known.now)
        return []
    }

    private mutating func drill(into target: View, of account: Account.ID?) {
        history.append(Place(view: view, scope: known.scope))
        view = target
        known.scope = account
        treeHasFocus = false
    }

    /// One layer back: form, then where one came from, then all accounts. At the root only q leaves.
    private mutating func back() -> [Effect] {
        if form != nil {
            form = nil
            return []
        }
        if treeHasFocus {
            treeHasFocus = false
        } else if let place = history.popLast() {
            view = place.view
            known.scope = place.scope
        } else if view != .accounts, known.scope != nil {
            known.scope = nil
        } else if lastKey == "q" {
            return [.quit]
        } else {
            notice = Notice(.info, "This is the first screen. q leaves souk.")
        }
        return []
    }

    /// The marketplace took the order: it is shown and followed to its end.
    private mutating func arrive(_ order: Order, of sent: SalesOrder) -> [Effect] {
        guard case .sending = form?.stage else { return [] }
        form = nil
        drill(into: .orders, of: sent.customer)
        orders.follow(order)
        orders.open(order.id)
        notice = Notice(.done, "Order \(order.label) was taken; it is followed until it ends.")
        return []
    }

    // MARK: What is read

    /// Watches what is looked at and nothing else. After a change of place everything is asked for anew, so that each
    /// pane gets what is known at once.
    private mutating func synchronise(again: Bool) -> [Effect] {
        var needed = Watchlist()
        if let form {
            needed.add(form.requests(known), whenSettled: false)
            needed.add(form.settledRequests(), whenSettled: true)
        } else {
            let shown = pane(of: view)
            needed.add(shown.requests(known), whenSettled: false)
            if hasTree, view != .accounts { needed.add(accounts.requests(known), whenSettled: false) }
            needed.add(shown.settledRequests(known), whenSettled: true)
        }
        needed.add(orders.following.map { .followedOrder($0) }, whenSettled: false)
        var effects = needed.effects(since: watched, again: again)
        watched = needed
        let wishes = form == nil ? pane(of: view).wishes(known) : []
        if wishes != wished {
            wished = wishes
            if !wishes.isEmpty { effects.append(.want(wishes)) }
        }
        return effects
    }
}
