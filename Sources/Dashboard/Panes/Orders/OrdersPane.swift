import HashTreeCollections
import Marketplace
import Screen

/// Orders of the account in view, or all, open ones on top and the newest first; one of them in full, followed until it
/// ends.
struct OrdersPane: ViewPane {
    static let view = View(4, "Orders")

    var list = RowList<Order>(.orders)
    var scroll = 0
    private(set) var details: TreeDictionary<Order.ID, Snapshot<Order>> = [:]
    /// When they were read.
    private var ages = DetailAges<Order.ID>()
    /// How often a detail came.
    private(set) var detailsVersion = 0
    /// Orders placed in this session that have not ended, oldest first: followed wherever the person looks.
    private(set) var following: [Order.ID] = []
    /// Since when each of them is followed.
    private var followedSince: [Order.ID: Moment] = [:]
    /// Orders placed in this session of which the journal does not say yet what they made.
    private var unverified: Set<Order.ID> = []

    func subject(_ model: Model) -> String? {
        (opened.flatMap { details[$0]?.value } ?? list.selected).map {
            "order \($0.label), \(model.name(of: $0.customer))"
        }
    }

    var crumb: String? { opened.map { details[$0]?.value?.label ?? $0.rawValue } }

    func namedAccount(_ model: Model) -> Account.ID? { focused(model)?.customer }

    /// Why the order on the cursor has not come to a good end.
    func reason(_ model: Model) -> String? {
        guard opened == nil, let row = list.selected else { return nil }
        let order = details[row.id]?.value ?? row
        return order.status == .completed ? nil : "\(order.label): \(order.explanation)"
    }

    func queries(_ model: Model) -> [DataQuery] {
        var requests: [DataQuery] = [.orders(Self.query(model))]
        if model.customer == nil { requests.append(.accounts(SubscriptionsPane.names(model))) }
        if let opened {
            requests.append(isOver(opened) ? .order(opened) : .followedOrder(opened))
            if let id = details[opened]?.value?.subscription { requests.append(.subscription(id)) }
        }
        return requests
    }

    func settledQueries(_ model: Model) -> [DataQuery] {
        guard opened == nil, let selected = list.selected else { return [] }
        return [.order(selected.id)]
    }

    /// Rows lack product, units, total and PO number: those in view are read first, then the open ones among the first.
    /// A renewal or cancellation has no lines: what it is about is its subscription's product.
    func rowDetails(_ model: Model) -> RowDetails {
        let moment = list.readMoment
        var queries = list.inView.flatMap { missing(of: $0, since: moment, model) }
        let open = list.first(Self.looked).filter { !$0.status.isFinal && !$0.isWaiting }
        for query in open.flatMap({ missing(of: $0, since: moment, model) }) where !queries.contains(query) {
            queries.append(query)
        }
        return RowDetails(queries: queries, readSince: moment.map(model.timeOfDay))
    }

    /// How many orders are looked at for open ones beyond those in view.
    private static let looked = 100

    private func missing(of row: Order, since moment: Moment?, _ model: Model) -> [DataQuery] {
        // What has ended stays as it is.
        let isOver = details[row.id]?.value.map { $0.status.isFinal && $0.status == row.status } ?? false
        if !isOver, ages.isMissing(row.id, since: moment) { return [.order(row.id)] }
        guard let order = details[row.id]?.value, order.lines.isEmpty, let id = order.subscription,
            model.detailAges.isMissing(id, since: nil)
        else { return [] }
        return [.subscription(id)]
    }

    private func isOver(_ id: Order.ID) -> Bool { details[id]?.value?.status.isFinal == true }

    mutating func scopeChanged(_ model: Model) { list.clear() }

    func isBeingRead(for action: ActionName, _ model: Model) -> Bool {
        guard let id = opened ?? list.selected?.id, details[id]?.failure == nil else { return false }
        if opened != nil, focused(model) == nil { return true }
        return action == .duplicate && oneRowRefusal(model) == nil && details[id]?.value == nil
    }

    func detail(of row: Order.ID) -> DataQuery? { .order(row) }
    func isRead(_ row: Order.ID, _ model: Model) -> Bool { details[row]?.value != nil }
    func readCount(_ model: Model) -> Int? { model.scope == nil ? details.count : nil }

    mutating func update(_ event: Event, _ model: Model) -> [Reaction] {
        switch event {
        case .orders(let query, let latest) where query == Self.query(model):
            list.receive(latest, setting(model))
            takeStatuses(model)
        case .accounts: list.arrange(setting(model))
        case .arranged(let result):
            list.take(result)
            list.arrange(setting(model))
            takeStatuses(model)
        case .order(let id, let latest): return receive(latest, of: id, model)
        case .journal(let entries): return verdicts(of: entries)
        case .key(let key): return take(key, model)
        default: break
        }
        return []
    }

    mutating func receive(_ message: PaneMessage, _ model: Model) -> [Reaction] {
        if case .taken(.order(let order), _) = message { follow(order, model) }
        return []
    }

    func backgroundQueries(isResting: Bool) -> [DataQuery] {
        isResting ? [] : following.map { .followedOrder($0) }
    }

    func words(for row: OpenRow, _ model: Model) -> String? {
        row.id(as: Order.ID.self).map { "order \(details[$0]?.value?.label ?? $0.rawValue)" }
    }

    /// Follows an order placed just now to its end.
    mutating func follow(_ order: Order, _ model: Model) {
        keep(Snapshot(value: order), of: order.id, model)
        unverified.insert(order.id)
        guard !order.status.isFinal, !following.contains(order.id) else { return }
        following.append(order.id)
        followedSince[order.id] = model.moment
    }

    /// Whether the seconds of a young order that is followed stand on screen.
    func wantsTicks(_ model: Model) -> Bool {
        if isReadingRest { return true }
        guard let opened, let order = details[opened]?.value, !order.status.isFinal, let created = order.created else {
            return false
        }
        // Later its age is shown in minutes, and each look at the order shows it anew.
        return model.marketplaceNow.seconds(since: created) < 120
    }

    /// Who waits longer than a day asks the marketplace's support.
    private mutating func leave(_ order: Order, _ model: Model) -> [Reaction] {
        guard let since = followedSince[order.id], model.moment.seconds(since: since) >= Order.secondsFollowed else {
            return []
        }
        following.removeAll { $0 == order.id }
        let refresh = model.keymap.name(of: .refresh)
        return [
            .say(
                Notice(
                    .warning,
                    "Order \(order.label) has not ended within a day and is no longer followed. Open it and press "
                        + "\(refresh) to look again."))
        ]
    }

    static func query(_ model: Model) -> OrderQuery {
        switch model.scopeEntry?.kind {
        case .customer: OrderQuery(customer: model.scope)
        case .reseller: OrderQuery(reseller: model.scope)
        default: OrderQuery()
        }
    }

    private mutating func keep(_ latest: Snapshot<Order>, of id: Order.ID, _ model: Model) {
        details[id] = latest
        detailsVersion += 1
        guard latest.value != nil else { return }
        let dropped = ages.note(id, at: model.moment(of: latest.readAt ?? model.now))
        for old in dropped where old != opened && !following.contains(old) { details[old] = nil }
    }

    /// Orders that were read alone before the list have the list's status: no row is older than the list says.
    private mutating func takeStatuses(_ model: Model) {
        guard let listedAt = list.readMoment, !list.isWaiting else { return }
        for (id, snapshot) in details where ages.isMissing(id, since: listedAt) {
            guard let own = snapshot.value, let row = list.row(id), own.status != row.status else { continue }
            details[id]?.value?.status = row.status
            details[id]?.value?.statusCode = row.statusCode
            detailsVersion += 1
        }
    }

    /// The end of a followed order is reported in every view.
    private mutating func receive(_ latest: Snapshot<Order>, of id: Order.ID, _ model: Model) -> [Reaction] {
        keep(latest, of: id, model)
        guard following.contains(id), let order = latest.value else { return [] }
        guard order.status.isFinal else { return leave(order, model) }
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

    /// Says what orders of this session made, as the journal has it. A warning is said with every other of the journal.
    private mutating func verdicts(of entries: [JournalEntry]) -> [Reaction] {
        if unverified.isEmpty { return [] }
        return entries.compactMap { entry in
            guard entry.isVerified, entry.sender.isOwn, let made = entry.outcome.made,
                unverified.remove(Order.ID(made)) != nil, let found = entry.verification, found.verdict == .met
            else { return nil }
            return .say(Notice(.done, found.words))
        }
    }

    static let bindings = ownBindings + listBindings

    private static let ownBindings: [Binding<OrdersPane>] = [
        Binding(
            .open, .enter, title: "open; again: its subscription", hint: "open",
            unavailable: { pane, _ in pane.enterRefusal },
            action: { pane, _ in
                if let opened = pane.opened {
                    guard let id = pane.details[opened]?.value?.subscription else { return [] }
                    return [.open(.subscription(id))]
                }
                if let id = pane.list.selected?.id { pane.open(id) }
                return []
            }),
        filterBinding("filter: words of number, kind, state, customer, date"),
        Binding(.order, "o", title: "new order for this customer", hint: "order") { _, model in model.choosingProduct },
        Binding(
            .withdraw, "x", title: "withdraw the order", hint: "withdraw",
            unavailable: { pane, model in
                guard pane.focused(model) != nil else { return "No order selected." }
                return model.readOnlyRefusal ?? pane.oneRowRefusal(model)
            },
            refused: { pane, model in pane.focused(model).flatMap { model.withdrawalRefusal(of: $0) } },
            action: { pane, model in
                pane.focused(model).map { [.open(.form(.withdrawal, ["order": $0.id.rawValue]))] } ?? []
            }),
        Binding(
            .creditCheck, "H", title: "credit check on, off",
            unavailable: { pane, model in
                guard pane.focused(model) != nil else { return "No order selected." }
                return model.readOnlyRefusal ?? pane.oneRowRefusal(model)
            },
            refused: { pane, model in pane.focused(model).flatMap { model.creditCheckRefusal(of: $0) } },
            action: { pane, model in
                pane.focused(model).map { [.open(.form(.creditCheck, ["order": $0.id.rawValue]))] } ?? []
            }),
        Binding(
            .duplicate, "d", title: "order the same",
            unavailable: { pane, model in
                guard let order = pane.focused(model) else { return "No order selected." }
                return model.readOnlyRefusal ?? pane.oneRowRefusal(model)
                    ?? order.copyRefusal
            },
            action: { pane, model in
                guard let order = pane.focused(model) else { return [] }
                return [.open(.form(.order, OrderForm.fields(like: order)))]
                    + (order.copyLoss.map { [.say(Notice(.info, $0))] } ?? [])
            }),
        backBinding("one step back"),
    ]

    /// The open order, or the one on the cursor, as it was read last.
    func focused(_ model: Model) -> Order? {
        guard let id = opened ?? list.selected?.id else { return nil }
        return details[id]?.value ?? list.row(id)
    }

    func watchable(_ model: Model) -> WatchedRow? { focused(model).map { WatchedRow($0) } }

    func copies(of row: Order, _ model: Model) -> [CopyOffer] { (details[row.id]?.value ?? row).copies(model) }

    private var enterRefusal: String? {
        guard let opened else { return list.selected == nil ? "Nothing to open." : nil }
        return details[opened]?.value?.subscription == nil ? "This order has no subscription yet." : nil
    }

    func freshness(_ model: Model) -> Freshness {
        if let opened, let snapshot = details[opened] { return Freshness(snapshot) }
        return Freshness(list.snapshot)
    }
}
