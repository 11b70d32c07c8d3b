import Marketplace
import Screen

/// Subscriptions of the account in view, or all; and one of them in full.
struct SubscriptionsPane: ViewPane {
    static let view = View(3, "Subscriptions", short: "Subs")

    var list = RowList<Subscription>(.subscriptions)
    var scroll = 0
    private(set) var loading: [Subscription.ID: Snapshot<SubscriptionDetail>] = [:]
    /// Among the orders of the opened one.
    private(set) var orderCursor = ListCursor<Order.ID>()
    /// Whether the order on the cursor is kept in view: until the person scrolls the page.
    private(set) var followsOrder = false

    func subject(_ model: Model) -> String? {
        guard let id = opened ?? list.selected?.id else { return nil }
        let name = model.details[id]?.subscription.name ?? list.selected?.name ?? ""
        return "subscription \(id)" + (name.isEmpty ? "" : ", \(name)")
    }

    /// The opened one has others beside it, whatever the list shows.
    var wantsDetail: Bool { opened != nil || !list.hidesPreview }

    var crumb: String? { opened?.rawValue }

    func namedAccount(_ model: Model) -> Account.ID? { focused(model)?.customer }

    /// Why the subscription on the cursor is not simply active.
    func reason(_ model: Model) -> String? {
        guard opened == nil, let row = list.selected, row.status != .active else { return nil }
        return model.reason(of: row)
    }

    func queries(_ model: Model) -> [DataQuery] {
        var requests: [DataQuery] = [.subscriptions(Self.query(model))]
        if model.customer == nil { requests.append(.accounts(Self.names(model))) }
        // A column names them.
        if model.scope == nil || opened != nil { requests.append(.accounts(.resellers)) }
        if let opened {
            requests.append(.subscription(opened))
            requests.append(.orders(OrderQuery(subscription: opened)))
            if let customer = model.details[opened]?.subscription.customer {
                requests.append(.account(AccountKey(kind: .customer, id: customer)))
            }
        }
        return requests
    }

    func settledQueries(_ model: Model) -> [DataQuery] {
        guard opened == nil, let selected = list.selected else { return [] }
        return [.subscription(selected.id)]
    }

    /// Rows lack product and quantity: each detail costs a call, so only rows in view ask for it (REFERENCE 11).
    /// Those read before the list are read again, so that no row is older than the list says.
    /// Of an opened one they are its orders, the newest first, whose rows lack units and total.
    func rowDetails(_ model: Model) -> RowDetails {
        if let opened {
            let orders = (model.subscriptionOrders[opened] ?? []).prefix(Self.mostOrders)
            return RowDetails(
                queries: orders.filter { model.orders[$0.id] == nil }.map { .order($0.id) }, isOfOpened: true)
        }
        let moment = list.readMoment
        return RowDetails(
            queries: list.inView.filter { model.detailAges.isMissing($0.id, since: moment) }.map {
                .subscription($0.id)
            },
            readSince: moment.map(model.timeOfDay))
    }

    mutating func scopeChanged(_ model: Model) { list.clear() }

    /// Orders of an opened subscription that are read one by one.
    static let mostOrders = 12

    func isBeingRead(for action: ActionName, _ model: Model) -> Bool {
        guard let id = opened ?? list.selected?.id, loading[id]?.failure == nil else { return false }
        if opened != nil, focused(model) == nil { return true }
        return (action == .duplicate || action == .plans) && !actsOnMarks && model.details[id] == nil
    }

    func detail(of row: Subscription.ID) -> DataQuery? { .subscription(row) }
    func isRead(_ row: Subscription.ID, _ model: Model) -> Bool { model.details[row] != nil }
    func readCount(_ model: Model) -> Int? {
        if let customer = model.customer { return model.details(heldBy: customer).count }
        return model.scope == nil ? model.details.count : nil
    }

    mutating func update(_ event: Event, _ model: Model) -> [Reaction] {
        switch event {
        case .subscriptions(let query, let latest) where query == Self.query(model):
            list.receive(latest, setting(model))
        case .accounts: list.arrange(setting(model))
        case .arranged(let result):
            list.take(result)
            list.arrange(setting(model))
        case .subscription(let id, let latest): loading[id] = latest
        case .orders(let query, _): if query.subscription == opened { settleOrders(model) }
        case .key(let key):
            if moveAmongOrders(key, model) { return [] }
            let before = opened
            defer { if opened != before { settleOrders(model, isNew: true) } }
            return take(key, model)
        default: break
        }
        return []
    }

    private mutating func settleOrders(_ model: Model, isNew: Bool = false) {
        if isNew { (orderCursor, followsOrder) = (ListCursor(), false) }
        orderCursor.settle(in: opened.flatMap { model.subscriptionOrders[$0] }?.map(\.id) ?? [])
    }

    /// Takes a key that moves among the orders of the opened subscription, row by row; pages are the page's.
    private mutating func moveAmongOrders(_ key: Key, _ model: Model) -> Bool {
        guard let opened, let motion = ListCursor<Order.ID>.Motion(key) else { return false }
        let orders = model.subscriptionOrders[opened]?.map(\.id) ?? []
        switch motion {
        case .up, .down, .first, .last:
            guard !orders.isEmpty else { return false }
            orderCursor.move(motion, in: orders, visible: orders.count)
            followsOrder = true
            return true
        case .pageUp, .pageDown, .halfPageUp, .halfPageDown:
            followsOrder = false
            return false
        }
    }

    /// The order on the cursor of the opened subscription.
    func selectedOrder(_ model: Model) -> Order? {
        guard let opened, let orders = model.subscriptionOrders[opened] else { return nil }
        return orders.first { $0.id == orderCursor.selected }
    }

    mutating func receive(_ message: PaneMessage, _ model: Model) -> [Reaction] {
        if case .changed(let subscriptions) = message {
            for id in subscriptions { list.marks.set(id, false) }
        }
        return []
    }

    func words(for row: OpenRow, _ model: Model) -> String? {
        row.id(as: Subscription.ID.self).map { "subscription \($0)" }
    }

    static func query(_ model: Model) -> SubscriptionQuery { SubscriptionQuery(customer: model.customer) }

    /// The customers whose names the list needs when it holds those of more than one.
    static func names(_ model: Model) -> AccountQuery {
        if let reseller = model.scope { return .customersOf(reseller) }
        return .customers
    }

    static let bindings: [Binding<SubscriptionsPane>] =
        [
            Binding(
                .open, .enter, title: "open; again: its order", hint: "open",
                unavailable: { pane, model in
                    if pane.opened != nil { return pane.selectedOrder(model) == nil ? "No order selected." : nil }
                    return pane.list.selected == nil ? "Nothing to open." : nil
                },
                action: { pane, model in
                    if let order = pane.selectedOrder(model) { return [.open(.order(order.id))] }
                    if let id = pane.list.selected?.id { pane.open(id) }
                    return []
                }),
            filterBinding("filter: words of id, product, customer, status, MPN"),
            Binding(.order, "o", title: "order for this customer", hint: "order") { _, model in model.choosingProduct },
            Binding(
                .plans, "O", title: "service plans, its own on the cursor",
                unavailable: { pane, model in
                    pane.focused(model) == nil ? "No subscription selected." : pane.oneRowRefusal(model)
                },
                action: { pane, model in
                    guard let id = pane.focused(model)?.id else { return [] }
                    let detail = model.details[id]
                    return [.open(.plans(from: .subscription(id, isRead: detail != nil, plan: detail?.plan)))]
                }),
        ] + forms + [
            backBinding("one step back")
        ] + listBindings

    // MARK: Keys that open a form

    /// A key that opens a form about the subscription on the cursor, or the open one.
    private static func form(
        _ name: ActionName, _ key: Key, _ kind: FormKind, _ act: SubscriptionAct, _ title: String
    ) -> Binding<SubscriptionsPane> {
        Binding(
            name, key, title: title,
            unavailable: { pane, model in
                guard let row = pane.focused(model) else { return "No subscription selected." }
                return model.readOnlyRefusal ?? pane.oneRowRefusal(model)
                    ?? model.refusal(of: act, on: row)
            },
            action: { pane, model in
                pane.focused(model).map { [.open(.form(kind, ["subscription": $0.id.rawValue]))] } ?? []
            })
    }

    /// A key that opens a form about one subscription, or a bulk change of all that are marked.
    private static func bulk(
        _ name: ActionName, _ key: Key, _ act: BulkAct, _ title: String, hint: String
    ) -> Binding<SubscriptionsPane> {
        Binding(
            name, key, title: title, hint: hint,
            unavailable: { pane, model in
                if let reason = model.readOnlyRefusal { return reason }
                if pane.actsOnMarks { return pane.bulkRefusal(model) }
                return pane.focused(model) == nil ? "No subscription selected." : nil
            },
            refused: { pane, model in
                guard !pane.actsOnMarks, let row = pane.focused(model) else { return nil }
                return model.refusal(of: act.single, on: row)
            },
            action: { pane, model in
                guard pane.actsOnMarks else {
                    let id = pane.focused(model)?.id
                    return id.map { [.open(.form(act.form, ["subscription": $0.rawValue]))] } ?? []
                }
                pane.list.endRange()
                let rows = pane.list.marked
                guard rows.count < 2, let row = rows.first else { return [.open(.bulk(act, rows))] }
                if let reason = model.refusal(of: act.single, on: row) { return [.say(Notice(.info, reason))] }
                return [.open(.form(act.form, ["subscription": row.id.rawValue]))]
            })
    }

    /// Whether keys act on the marked rows and not on the one under the cursor.
    private var actsOnMarks: Bool { opened == nil && (!list.marks.isEmpty || list.rangeStart != nil) }

    /// Why the marked rows cannot be changed at one go; nil when they can.
    private func bulkRefusal(_ model: Model) -> String? {
        if list.marks.isWaiting { return "The rows are still being marked; wait a moment." }
        guard list.chosenCount <= BulkFlow.most else {
            return "\(grouped(list.chosenCount)) are marked; at most \(grouped(BulkFlow.most)) are changed at one go. "
                + "Filter, and mark fewer."
        }
        return markGapRefusal(model)
    }

    /// The open subscription, or the one on the cursor.
    func focused(_ model: Model) -> Subscription? {
        guard let opened else { return list.selected.map { model.details[$0.id]?.subscription ?? $0 } }
        return model.details[opened]?.subscription ?? list.row(opened)
    }

    func watchable(_ model: Model) -> WatchedRow? {
        focused(model).map { WatchedRow($0, model.details[$0.id]) }
    }

    func copies(of row: Subscription, _ model: Model) -> [CopyOffer] {
        (model.details[row.id]?.subscription ?? row).copies(model)
    }

    static let forms: [Binding<SubscriptionsPane>] = [
        Binding(
            .costs, "$", title: "what n units would cost",
            unavailable: { pane, model in
                guard let row = pane.focused(model) else { return "No subscription selected." }
                if let reason = pane.oneRowRefusal(model) { return reason }
                guard let detail = model.details[row.id] else {
                    return "Its products are not read yet; wait a moment."
                }
                return detail.products.isEmpty ? "No products reported." : nil
            },
            action: { pane, model in
                pane.focused(model).flatMap { model.details[$0.id] }.map { [.open(.costs(.subscription($0)))] } ?? []
            }),
        bulk(.changeUnits, "c", .units, "change the number of units", hint: "units"),
        bulk(.autoRenew, "A", .autoRenew, "auto-renew on, off", hint: "auto-renew"),
        form(.renew, "R", .renewal, .renewal, "renew now"),
        form(.switchPlan, "P", .planSwitch, .planSwitch, "switch plan or term"),
        bulk(.cancel, "x", .cancellation, "cancel", hint: "cancel"),
        form(.specialPrices, "M", .specialPrices, .attributes, "special prices"),
        form(.editAttributes, "E", .attributes, .attributes, "edit attributes"),
        Binding(
            .duplicate, "d", title: "order the same",
            unavailable: { pane, model in
                guard let row = pane.focused(model) else { return "No subscription selected." }
                if let reason = model.readOnlyRefusal ?? pane.oneRowRefusal(model) {
                    return reason
                }
                guard let detail = model.details[row.id] else {
                    return "Its products are not read yet; wait a moment."
                }
                return detail.products.isEmpty ? "No products reported." : nil
            },
            action: { pane, model in
                guard let row = pane.focused(model), let detail = model.details[row.id] else {
                    return []
                }
                return [.open(.form(.order, OrderForm.fields(like: detail)))]
            }),
    ]

    func freshness(_ model: Model) -> Freshness {
        if let opened, let snapshot = loading[opened] { return Freshness(snapshot) }
        return Freshness(list.snapshot)
    }
}
