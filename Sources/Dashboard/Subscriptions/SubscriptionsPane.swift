import Marketplace
import Screen

/// Subscriptions of the account in view, or all; and one of them in full.
struct SubscriptionsPane: Pane {
    var list = RowList<Subscription>(.subscriptions)
    /// The subscription opened over the list.
    private(set) var opened: Subscription.ID?
    private(set) var scroll = 0
    private(set) var loading: [Subscription.ID: Snapshot<SubscriptionDetail>] = [:]

    func subject(_ known: Known) -> String? {
        guard let id = opened ?? list.selected?.id else { return nil }
        let name = known.details[id]?.subscription.name ?? list.selected?.name ?? ""
        return "subscription \(id)" + (name.isEmpty ? "" : ", \(name)")
    }

    var isListed: Bool { opened == nil }
    var crumb: String? { opened.map { "subscription \($0)" } }

    func requests(_ known: Known) -> [Request] {
        var requests: [Request] = [.subscriptions(Self.query(known))]
        if known.customer == nil { requests.append(.accounts(Self.names(known))) }
        if let opened {
            requests.append(.subscription(opened))
            requests.append(.orders(OrderQuery(subscription: opened)))
        }
        return requests
    }

    func settledRequests(_ known: Known) -> [Request] {
        guard opened == nil, let selected = list.selected else { return [] }
        return [.subscription(selected.id)]
    }

    /// Rows lack product and quantity: each detail costs a call, so only rows in view ask for it (REFERENCE 11).
    func wishes(_ known: Known) -> [Request] {
        list.inView.filter { known.details[$0.id] == nil }.map { .subscription($0.id) }
    }

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
        case .subscriptions(let query, let latest) where query == Self.query(known):
            list.receive(latest, setting(known))
        case .accounts: list.arrange(setting(known))
        case .arranged(let result):
            list.take(result)
            list.arrange(setting(known))
        case .subscription(let id, let latest): loading[id] = latest
        case .key(let key): return take(key, known)
        default: break
        }
        return []
    }

    /// Opens a subscription, whether or not the list holds it.
    mutating func open(_ id: Subscription.ID) {
        opened = id
        scroll = 0
        list.select(id)
    }

    mutating func close() { opened = nil }

    static func query(_ known: Known) -> SubscriptionQuery { SubscriptionQuery(customer: known.customer) }

    /// The customers whose names the list needs when it holds those of more than one.
    static func names(_ known: Known) -> AccountQuery {
        if let reseller = known.scope { return .customersOf(reseller) }
        return .customers
    }

    private mutating func take(_ key: Key, _ known: Known) -> [Reaction] {
        if opened != nil, let motion = ListCursor<Int>.Motion(key) {
            scroll = scrolled(scroll, motion)
            return []
        }
        return takeInList(key, known)
    }

    static let bindings: [Binding<Looking<SubscriptionsPane>>] =
        [
            Binding(
                .open, .enter, title: "open the subscription", hint: "open",
                unavailable: {
                    $0.pane.opened != nil || $0.pane.list.selected == nil ? "There is nothing to open." : nil
                },
                action: { looking in
                    if let id = looking.pane.list.selected?.id { looking.pane.open(id) }
                    return []
                }),
            Binding(
                .filter, "/", title: "filter: words of id, product, customer, status, MPN", hint: "filter",
                topic: .list,
                unavailable: { $0.pane.opened != nil ? "Close the detail with Esc first." : nil },
                action: { looking in
                    looking.pane.list.filter.isEditing = true
                    return []
                }),
            Binding(.order, "o", title: "order for this customer", hint: "order") { $0.choosingProduct },
        ] + forms + [
            Binding(
                .back, .escape, "q", title: "back: detail, then filter, marks, all accounts", topic: .places
            ) { looking in
                if looking.pane.opened != nil {
                    looking.pane.opened = nil
                } else if !looking.pane.list.takeBack() {
                    return [.open(.back)]
                }
                return []
            }
        ] + listBindings

    // MARK: Keys that open a form

    /// A key that opens a form about the subscription on the cursor, or the open one.
    private static func form(
        _ name: ActionName, _ key: Key, _ kind: FormKind, _ act: SubscriptionAct, _ title: String
    ) -> Binding<Looking<SubscriptionsPane>> {
        Binding(
            name, key, title: title,
            unavailable: { looking in
                guard let row = looking.pane.focused(looking.known) else { return "There is no subscription here." }
                return looking.known.readOnlyRefusal ?? looking.pane.oneRowRefusal(looking.known)
                    ?? looking.known.refusal(of: act, on: row)
            },
            action: { looking in
                looking.pane.focused(looking.known).map { [.open(.form(kind, ["subscription": $0.id.rawValue]))] } ?? []
            })
    }

    /// A key that opens a form about one subscription, or a bulk change of all that are marked.
    private static func bulk(
        _ name: ActionName, _ key: Key, _ act: BulkAct, _ title: String, hint: String
    ) -> Binding<Looking<SubscriptionsPane>> {
        Binding(
            name, key, title: title, hint: hint,
            unavailable: { looking in
                if let reason = looking.known.readOnlyRefusal { return reason }
                if looking.pane.actsOnMarks { return looking.pane.bulkRefusal(looking.known) }
                return looking.pane.focused(looking.known) == nil ? "There is no subscription here." : nil
            },
            refused: { looking in
                guard !looking.pane.actsOnMarks, let row = looking.pane.focused(looking.known) else { return nil }
                return looking.known.refusal(of: act.single, on: row)
            },
            action: { looking in
                guard looking.pane.actsOnMarks else {
                    let id = looking.pane.focused(looking.known)?.id
                    return id.map { [.open(.form(act.form, ["subscription": $0.rawValue]))] } ?? []
                }
                let rows = looking.pane.list.marked
                guard rows.count < 2, let row = rows.first else { return [.open(.bulk(act, rows))] }
                if let reason = looking.known.refusal(of: act.single, on: row) { return [.say(Notice(.info, reason))] }
                return [.open(.form(act.form, ["subscription": row.id.rawValue]))]
            })
    }

    /// Whether keys act on the marked rows and not on the one under the cursor.
    private var actsOnMarks: Bool { opened == nil && (!list.marks.isEmpty || list.rangeStart != nil) }

    /// Why the marked rows cannot be changed at one go; nil when they can.
    private func bulkRefusal(_ known: Known) -> String? {
        if list.rangeStart != nil {
            return "A range is begun: \(known.keymap.name(of: .markRange)) ends it, Esc takes it back."
        }
        if list.marks.isWaiting { return "The rows are still being marked; wait a moment." }
        guard list.markCount <= BulkFlow.most else {
            return "\(grouped(list.markCount)) are marked; at most \(grouped(BulkFlow.most)) are changed at one go. "
                + "Filter, and mark fewer."
        }
        return nil
    }

    /// The open subscription, or the one on the cursor.
    func focused(_ known: Known) -> Subscription? {
        guard let opened else { return list.selected.map { known.details[$0.id]?.subscription ?? $0 } }
        return known.details[opened]?.subscription ?? list.row(opened)
    }

    func copies(of row: Subscription, _ known: Known) -> [CopyOffer] {
        (known.details[row.id]?.subscription ?? row).copies(known)
    }

    static let forms: [Binding<Looking<SubscriptionsPane>>] = [
        bulk(.changeUnits, "c", .units, "change the number of units…", hint: "units"),
        bulk(.autoRenew, "A", .autoRenew, "auto-renew on or off…", hint: "auto-renew"),
        form(.renew, "R", .renewal, .renewal, "renewal order…"),
        form(.switchPlan, "P", .planSwitch, .planSwitch, "switch to another plan or term…"),
        bulk(.cancel, "x", .cancellation, "cancel the subscription…", hint: "cancel"),
        Binding(
            .duplicate, "d", title: "new order of the same, as a draft",
            unavailable: { looking in
                guard let row = looking.pane.focused(looking.known) else { return "There is no subscription here." }
                if let reason = looking.known.readOnlyRefusal ?? looking.pane.oneRowRefusal(looking.known) {
                    return reason
                }
                guard let detail = looking.known.details[row.id] else {
                    return "Its products are not read yet; wait a moment."
                }
                return detail.products.isEmpty ? "The marketplace tells no products of this subscription." : nil
            },
            action: { looking in
                guard let row = looking.pane.focused(looking.known), let detail = looking.known.details[row.id] else {
                    return []
                }
                return [.open(.form(.order, OrderForm.fields(like: detail)))]
            }),
    ]

    var position: String? { opened == nil ? list.position : nil }

    func freshness(_ known: Known) -> Freshness {
        if let opened, let snapshot = loading[opened] { return Freshness(snapshot) }
        return Freshness(list.snapshot)
    }
}

/// Where a page of text stands after a motion; drawing keeps it within the page.
func scrolled(_ line: Int, _ motion: ListCursor<Int>.Motion) -> Int {
    switch motion {
    case .up: max(0, line - 1)
    case .down: line + 1
    case .pageUp, .halfPageUp: max(0, line - 10)
    case .pageDown, .halfPageDown: line + 10
    case .first: 0
    case .last: 10_000
    }
}
