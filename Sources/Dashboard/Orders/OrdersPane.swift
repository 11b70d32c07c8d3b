import HashTreeCollections
import Marketplace
import Screen

/// Orders of the account in view, or all, newest first; one of them in full, followed until it ends.
struct OrdersPane: Pane {
    var list = RowList<Order>(.orders)
    private(set) var opened: Order.ID?
    private(set) var scroll = 0
    private(set) var details: TreeDictionary<Order.ID, Snapshot<Order>> = [:]
    /// How often a detail came.
    private(set) var detailsVersion = 0
    /// Orders placed in this session that have not ended, oldest first: followed wherever the person looks.
    private(set) var following: [Order.ID] = []
    /// Since when each of them is followed.
    private var followedSince: [Order.ID: Moment] = [:]

    func subject(_ known: Known) -> String? {
        (opened.flatMap { details[$0]?.value } ?? list.selected).map {
            "order \($0.label), \(known.name(of: $0.customer))"
        }
    }

    var isListed: Bool { opened == nil }
    var crumb: String? { opened.map { "order \(details[$0]?.value?.label ?? $0.rawValue)" } }

    func requests(_ known: Known) -> [Request] {
        var requests: [Request] = [.orders(Self.query(known))]
        if known.customer == nil { requests.append(.accounts(SubscriptionsPane.names(known))) }
        if let opened {
            requests.append(isOver(opened) ? .order(opened) : .followedOrder(opened))
            if let id = details[opened]?.value?.subscription { requests.append(.subscription(id)) }
        }
        return requests
    }

    func settledRequests(_ known: Known) -> [Request] {
        guard opened == nil, let selected = list.selected else { return [] }
        return [.order(selected.id)]
    }

    private func isOver(_ id: Order.ID) -> Bool { details[id]?.value?.status.isFinal == true }

    mutating func layout(_ room: Room) {
        list.visible = max(1, room.main.height - 2)
        list.settle()
    }

    mutating func accountChanged(_ known: Known) {
        list.clear()
        opened = nil
    }

    mutating func update(_ event: Event, _ known: Known) -> [Reaction] {
        switch event {
        case .orders(let query, let latest) where query == Self.query(known):
            list.receive(latest, setting(known))
        case .accounts: list.arrange(setting(known))
        case .arranged(let result):
            list.take(result)
            list.arrange(setting(known))
        case .order(let id, let latest): return receive(latest, of: id, known)
        case .key(let key): return take(key, known)
        default: break
        }
        return []
    }

    mutating func open(_ id: Order.ID) {
        opened = id
        scroll = 0
        list.select(id)
    }

    mutating func close() { opened = nil }

    /// Follows an order placed just now to its end.
    mutating func follow(_ order: Order, _ known: Known) {
        details[order.id] = Snapshot(value: order)
        detailsVersion += 1
        guard !order.status.isFinal, !following.contains(order.id) else { return }
        following.append(order.id)
        followedSince[order.id] = known.moment
    }

    /// Whether the seconds of a young order that is followed stand on screen.
    func countsSeconds(_ known: Known) -> Bool {
        guard let opened, let order = details[opened]?.value, !order.status.isFinal, let created = order.created else {
            return false
        }
        // Later it is told in minutes, and each look at the order tells it anew.
        return known.marketplaceNow.seconds(since: created) < 120
    }

    /// Who waits longer than a day asks the marketplace's support.
    private mutating func leave(_ order: Order, _ known: Known) -> [Reaction] {
        guard let since = followedSince[order.id], known.moment.seconds(since: since) >= Order.secondsFollowed else {
            return []
        }
        following.removeAll { $0 == order.id }
        let refresh = known.keymap.name(of: .refresh)
        return [
            .say(
                Notice(
                    .warning,
                    "Order \(order.label) has not ended within a day and is followed no more. Open it and press "
                        + "\(refresh) to look again."))
        ]
    }

    static func query(_ known: Known) -> OrderQuery {
        switch known.scopeEntry?.kind {
        case .customer: OrderQuery(customer: known.scope)
        case .reseller: OrderQuery(reseller: known.scope)
        default: OrderQuery()
        }
    }

    /// A followed order that ends is told wherever the person looks.
    private mutating func receive(_ latest: Snapshot<Order>, of id: Order.ID, _ known: Known) -> [Reaction] {
        details[id] = latest
        detailsVersion += 1
        guard following.contains(id), let order = latest.value else { return [] }
        guard order.status.isFinal else { return leave(order, known) }
        following.removeAll { $0 == id }
        switch order.status {
        case .completed:
            let took = order.created.flatMap { created in
                order.provisioned.map { " in \(spokenDuration(seconds: $0.seconds(since: created)))" }
            }
            let subscription = order.subscription.map { ": subscription \($0)" } ?? ""
            return [.say(Notice(.done, "Order \(order.label) completed\(took ?? "")\(subscription)."))]
        case .error: return [.say(Notice(.problem, "Order \(order.label) failed. \(order.explanation)"))]
        default: return [.say(Notice(.warning, "Order \(order.label) was withdrawn."))]
        }
    }

    private mutating func take(_ key: Key, _ known: Known) -> [Reaction] {
        if opened != nil, let motion = ListCursor<Int>.Motion(key) {
            scroll = scrolled(scroll, motion)
            return []
        }
        return takeInList(key, known)
    }

    static let bindings = ownBindings + listBindings

    private static let ownBindings: [Binding<Looking<OrdersPane>>] = [
        Binding(
            .open, .enter, title: "open the order; in an open order, its subscription", hint: "open",
            unavailable: { $0.pane.enterRefusal },
            action: { looking in
                if let opened = looking.pane.opened {
                    guard let id = looking.pane.details[opened]?.value?.subscription else { return [] }
                    return [.open(.subscription(id))]
                }
                if let id = looking.pane.list.selected?.id { looking.pane.open(id) }
                return []
            }),
        Binding(
            .filter, "/", title: "filter: words of number, type, status, customer, date", hint: "filter", topic: .list,
            unavailable: { $0.pane.opened != nil ? "Close the order with Esc first." : nil },
            action: { looking in
                looking.pane.list.filter.isEditing = true
                return []
            }),
        Binding(.order, "o", title: "new order for this customer", hint: "order") { $0.choosingProduct },
        Binding(
            .withdraw, "x", title: "withdraw the order…", hint: "withdraw",
            unavailable: { looking in
                guard looking.pane.focused(looking.known) != nil else { return "There is no order here." }
                return looking.known.readOnlyRefusal ?? looking.pane.oneRowRefusal(looking.known)
            },
            refused: { $0.pane.focused($0.known)?.withdrawalRefusal },
            action: { looking in
                looking.pane.focused(looking.known).map { [.open(.form(.withdrawal, ["order": $0.id.rawValue]))] } ?? []
            }),
        Binding(
            .duplicate, "d", title: "new order of the same, as a draft",
            unavailable: { looking in
                guard let order = looking.pane.focused(looking.known) else { return "There is no order here." }
                return looking.known.readOnlyRefusal ?? looking.pane.oneRowRefusal(looking.known)
                    ?? order.copyRefusal
            },
            action: { looking in
                guard let order = looking.pane.focused(looking.known) else { return [] }
                return [.open(.form(.order, OrderForm.fields(like: order)))]
                    + (order.copyLoss.map { [.say(Notice(.info, $0))] } ?? [])
            }),
        Binding(.back, .escape, "q", title: "back: order, then filter, marks, all accounts", topic: .places) {
            looking in
            if looking.pane.opened != nil {
                looking.pane.opened = nil
            } else if !looking.pane.list.takeBack() {
                return [.open(.back)]
            }
            return []
        },
    ]

    /// The open order, or the one on the cursor, as it was read last.
    func focused(_ known: Known) -> Order? {
        guard let id = opened ?? list.selected?.id else { return nil }
        return known.orders[id] ?? list.row(id)
    }

    func copies(of row: Order, _ known: Known) -> [CopyOffer] { (known.orders[row.id] ?? row).copies(known) }

    private var enterRefusal: String? {
        guard let opened else { return list.selected == nil ? "There is nothing to open." : nil }
        return details[opened]?.value?.subscription == nil ? "This order has no subscription yet." : nil
    }

    var position: String? { opened == nil ? list.position : nil }

    func freshness(_ known: Known) -> Freshness {
        if let opened, let snapshot = details[opened] { return Freshness(snapshot) }
        return Freshness(list.snapshot)
    }
}
