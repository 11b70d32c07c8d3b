import Marketplace
import Rows
import Screen

/// Where the person goes, and back along the way it came.
extension Dashboard {
    var here: Place {
        Place(
            view: view, scope: model.scope, opened: panes[view].openRow,
            card: overlays.first(CustomerCardPage.self)?.list.id,
            hasChanges: overlays.first(ChangesPage.self) != nil)
    }

    /// A digit: the same account stays in view; coming from the tree, it is the one on the cursor.
    mutating func go(to target: View) {
        overlays.closeForTravel()
        setScope(panes[view].scope(for: target, model))
        walk(to: [])
        navigation.view = target
        panes.reset()
    }

    /// - Parameter row: What is opened there, over its list; one step back leads from it to where the person is now.
    mutating func drill(into target: View, of account: Account.ID?, opening row: OpenRow? = nil) {
        navigation.steps.append(Navigation.Step(from: here, landing: row))
        show(Place(view: target, scope: account, opened: row))
    }

    /// To a place as it was left.
    mutating func show(_ place: Place) {
        lastCard = overlays.first(CustomerCardPage.self) ?? lastCard
        lastChanges = overlays.first(ChangesPage.self) ?? lastChanges
        overlays.closeForTravel()
        navigation.view = place.view
        setScope(place.scope)
        defer {
            if place.hasChanges { openChanges() }
            if let card = place.card { reopenCard(of: card) }
        }
        guard here.opened != place.opened else { return }
        panes.closeRows()
        if let row = place.opened { panes[view].open(row) }
    }

    /// To an earlier place, with the steps that Esc took back there.
    mutating func travel(to stop: Navigation.Stop?) {
        guard let stop else { return }
        walk(to: stop.steps)
        show(stop.place)
    }

    /// The steps that Esc takes back are these now. A filter that a step had set goes with the step.
    private mutating func walk(to steps: [Navigation.Step]) {
        while let step = navigation.steps.last, !steps.starts(with: navigation.steps) {
            navigation.steps.removeLast()
            undo(step.narrowing)
        }
        for step in steps.dropFirst(navigation.steps.count) {
            if let narrowing = step.narrowing {
                if !narrowing.columns.isEmpty { panes[narrowing.view].show(columns: narrowing.columns, model) }
                panes[narrowing.view].narrow(to: narrowing.filter, sortedBy: narrowing.order, model)
            }
        }
        navigation.steps = steps
    }

    /// Puts back the filter that a step took the place of, unless the person has typed another one since.
    private mutating func undo(_ narrowing: Navigation.Narrowing?) {
        guard let narrowing, panes[narrowing.view].filterText == narrowing.filter else { return }
        if let before = narrowing.choicesBefore {
            var choices = panes[narrowing.view].choices
            (choices.columns, choices.columnOrder) = (before.columns, before.columnOrder)
            panes[narrowing.view].choices = choices
        }
        panes[narrowing.view].narrow(to: narrowing.filterBefore, sortedBy: narrowing.orderBefore, model)
    }

    /// To the list of a view with a filter set, all rows of the account in view.
    private mutating func drill(into target: View, narrowedTo filter: String, sortedBy column: String?) {
        drill(
            into: target, of: model.scope, narrowedTo: filter, sortedBy: column.map { SortOrder(column: $0) },
            columns: [])
    }

    /// To the list of a view with a filter set.
    /// - Parameter columns: Those shown, in their order; empty for those that are shown already.
    mutating func drill(
        into target: View, of account: Account.ID?, narrowedTo filter: String, sortedBy order: SortOrder?,
        columns: [String]
    ) {
        drill(into: target, of: account)
        let narrowing = Navigation.Narrowing(
            view: target, filter: filter, order: order, filterBefore: panes[target].filterText,
            orderBefore: panes[target].listOrder, columns: columns,
            choicesBefore: columns.isEmpty ? nil : panes[target].choices)
        navigation.steps[navigation.steps.count - 1].narrowing = narrowing
        panes.closeRows()
        if !columns.isEmpty { panes[target].show(columns: columns, model) }
        panes[target].narrow(to: filter, sortedBy: order, model)
    }

    /// The account in view becomes this one; nil for all.
    mutating func setScope(_ account: Account.ID?) {
        guard model.scope != account else { return }
        model.scope = account
        panes.scopeChanged(model)
    }

    /// Whether Esc on what is open leads to where one came from, and not to the list below it.
    var isOnLanding: Bool {
        guard overlays.page == nil, let step = navigation.steps.last else { return false }
        if let landing = step.landing { return panes[view].openRow == landing }
        guard let narrowing = step.narrowing, narrowing.view == view, panes[view].openRow == nil else { return false }
        return panes[view].filterText == narrowing.filter && panes[view].marks.isEmpty
    }

    /// One layer back: the topmost overlay, then where one came from, then all accounts. At the root only q leaves.
    mutating func back() -> [Effect] {
        if overlays.top != nil { return closeTop() }
        if let step = navigation.steps.popLast() {
            undo(step.narrowing)
            show(step.from)
        } else if view != .accounts, model.scope != nil {
            setScope(nil)
        } else if lastKey == "q" {
            return [.quit]
        } else {
            notice = Notice(.info, "This is the first screen. \(model.keymap.name(of: .back)) leaves souk.")
        }
        return []
    }

    // MARK: Destinations

    mutating func open(_ destination: Destination) -> [Effect] {
        switch destination {
        case .subscriptions(let account): drill(into: .subscriptions, of: account)
        case .orders(let account): drill(into: .orders, of: account)
        case .list(let target, let filter, let column): drill(into: target, narrowedTo: filter, sortedBy: column)
        case .tree(let account): return reveal(account)
        case .subscription(let id): drill(into: .subscriptions, of: model.scope, opening: OpenRow(id))
        case .order(let id): drill(into: .orders, of: model.scope, opening: OpenRow(id))
        case .subject(let subject, let customer): return open(subject, of: customer)
        case .catalog: drill(into: .catalog, of: panes[view].scope(for: .catalog, model))
        case .products(let customer): drill(into: .catalog, of: customer)
        case .people(let account, let contact):
            drill(into: .users, of: account)
            return send(.contact(contact))
        case .entry(let id): drill(into: .journal, of: model.scope, opening: OpenRow(id))
        case .newOrder(let product):
            model.formCount += 1
            fill(OrderForm(product: product, customer: model.customer, model))
        case .migration(let product):
            model.formCount += 1
            fill(OrderForm(product: product, customer: model.customer, isMigration: true, model))
        case .form(let kind, let fields):
            model.formCount += 1
            if let form = kind.form(fields, model) { fill(form) }
        case .bulk(let act, let rows):
            model.formCount += 1
            openWriting(BulkFlow(act, rows, model))
        case .drafts: overlays.open(DraftList(model.drafts, of: model.profile.owner))
        case .watched: overlays.open(WatchedRows(model))
        case .draft(let draft): open(draft)
        case .savedView(let saved): go(to: saved)
        case .plans(let origin): overlays.open(PlansPage(origin))
        case .costs(let subject): overlays.open(CostPage(subject, model))
        case .taken(let intent, let result): return arrive(result, of: intent)
        case .whereToLook(let intent):
            overlays.closeWriting()
            switch intent {
            case .place, .withdraw: drill(into: .orders, of: intent.customer)
            case .creditCheck(_, let order):
                drill(into: .orders, of: order.customer, opening: OpenRow(order.id))
            case .change(let subscription, _):
                drill(into: .subscriptions, of: subscription.customer, opening: OpenRow(subscription.id))
            case .create, .edit: drill(into: .accounts, of: model.scope)
            case .schedule: drill(into: .reports, of: model.scope)
            }
        case .settled(let subject, let customer):
            overlays.closeWriting()
            return open(subject, of: customer)
        case .journal:
            overlays.closeWriting()
            drill(into: .journal, of: model.scope)
        case .view(let target):
            let left = overlays.top?.leave(model) ?? []
            overlays.closeWriting()
            go(to: target)
            return run(left)
        case .back: return back()
        case .help: overlays.open(HelpOverlay(.keys, message: (noticeBefore ?? standing(pane)).text))
        case .actions: overlays.open(HelpOverlay(.actions))
        case .goTo: overlays.open(Finder())
        case .download(let report, let request): overlays.open(DownloadForm(report, request))
        case .table(let table, let path):
            // Whoever has gone on meanwhile does not want it in front.
            guard view == .reports, overlays.isEmpty else { break }
            notice = nil
            overlays.open(CSVTablePage(table, path: path))
        }
        return []
    }

    /// What a write was about.
    private mutating func open(_ subject: JournalEntry.Subject, of customer: Account.ID?) -> [Effect] {
        switch subject {
        case .order(let id): drill(into: .orders, of: customer, opening: OpenRow(id))
        case .orders(let customer): drill(into: .orders, of: customer)
        case .subscription(let id): drill(into: .subscriptions, of: customer, opening: OpenRow(id))
        case .account(let id): return reveal(id)
        case .report(let id): drill(into: .reports, of: model.scope, opening: OpenRow(id))
        }
        return []
    }

    /// Selects an account in the tree.
    private mutating func reveal(_ account: Account.ID) -> [Effect] {
        drill(into: .accounts, of: model.scope)
        return send(.reveal(account, under: model.accounts[account]?.vendorAccount))
    }

    /// Opens a form, unless nothing may be written with this profile. A form that it takes the place of is kept.
    mutating func fill(_ form: any WriteForm, from draft: FormDraft? = nil) {
        openWriting(WriteFlow(form, from: draft, model))
    }

    /// Opens a draft where it was made; one that was made elsewhere is only read.
    mutating func open(_ draft: FormDraft) {
        if draft.origin(for: model.profile.owner) != nil {
            overlays.open(DraftList(model.drafts, of: model.profile.owner, reading: draft.id))
            return
        }
        model.formCount += 1
        if let kept = BulkFlow(draft, model) {
            openWriting(kept)
        } else if let form = FormKind(rawValue: draft.kind)?.form(draft.fields, model) {
            fill(form, from: draft)
        } else {
            notice = Notice(.warning, "This version of souk cannot open this draft; it stays in the list.")
        }
    }

    /// The marketplace took a write: what it made is shown, and an order is followed to its end.
    private mutating func arrive(_ result: WriteResult, of intent: WriteIntent) -> [Effect] {
        overlays.closeWriting()
        let effects = send(.taken(result, of: intent))
        if case .order(let order) = result { drill(into: .orders, of: order.customer, opening: OpenRow(order.id)) }
        if case .report(let report) = result { drill(into: .reports, of: model.scope, opening: OpenRow(report.id)) }
        notice = result.notice(after: intent)
        return effects
    }

    /// To what was chosen in go-to.
    mutating func go(to found: FoundPlace) -> [Effect] {
        notice = nil
        switch found.target {
        case .earlier(let place): travel(to: navigation.stop(at: place))
        case .view(let target): go(to: target)
        case .plans: overlays.open(PlansPage(.everywhere))
        case .action(_, let key): return run([.press(key)])
        case .draft(let id): if let draft = model.drafts.first(where: { $0.id == id }) { open(draft) }
        case .account(let id) where model.accounts[id]?.kind == .reseller: return reveal(id)
        case .account(let id): return open(.subscriptions(of: id))
        case .product(let mpn, let vendor):
            drill(into: .catalog, of: model.scope)
            return send(.search(mpn: mpn, vendor: vendor))
        case .subscription(let id, let customer):
            drill(into: .subscriptions, of: customerInView(customer), opening: OpenRow(id))
        case .order(let id, let customer):
            drill(into: .orders, of: customerInView(customer), opening: OpenRow(id))
        }
        return []
    }

    /// Nothing is shown under the name of an account that was not read.
    private func customerInView(_ id: Account.ID) -> Account.ID? { model.accounts[id] == nil ? nil : id }

    /// What can be gone to without a search: earlier places, views, drafts, and what can be done here.
    /// - Parameter isTyped: Whether something is typed: only then actions are among them.
    func places(isTyped: Bool) -> [FoundPlace] {
        let keymap = model.keymap
        var places = navigation.latest(6).map { place in
            FoundPlace(target: .earlier(place), title: words(for: place), rank: .beginning)
        }
        places += View.all.map { target in
            FoundPlace(
                target: .view(target), title: target.title,
                detail: "key \(keymap.name(of: target.action))", rank: .beginning)
        }
        places += model.drafts.map { draft in
            FoundPlace(
                target: .draft(draft.id), title: draft.title, detail: "kept \(model.zone.spoken(draft.savedAt))",
                rank: .beginning)
        }
        guard isTyped else { return places }
        places.append(
            FoundPlace(target: .plans, title: "Service plans", detail: "periods, billing, switches", rank: .beginning))
        let isPlace = Set(View.all.map(\.action) + [.goTo])
        let rows = pane.help(model) + Self.bindings.help(for: self, model) + Self.everywhere.help(for: self, model)
        for row in keymap.inForce(rows) {
            guard let name = row.action, let key = row.inner, !isPlace.contains(name) else { continue }
            places.append(
                FoundPlace(
                    target: .action(name, key), title: row.title, detail: row.key.isEmpty ? "no key" : "key \(row.key)",
                    rank: .beginning, unavailable: row.unavailable))
        }
        return places
    }

    private func words(for place: Place) -> String {
        let scope = place.scope.map { model.name(of: $0) }
        let row = place.opened.flatMap { panes[place.view].words(for: $0, model) }
        let card = place.card.map { "card of \(model.name(of: $0))" }
        return [place.view.title, scope, row, place.hasChanges ? "what changed" : nil, card].compactMap(\.self).joined(
            separator: ", ")
    }
}

extension WriteResult {
    /// What there is to say after a write was taken. The write gate has proved that it is as it was asked for.
    func notice(after intent: WriteIntent) -> Notice {
        switch self {
        case .order(let order):
            if case .creditCheck(let checks, _) = intent {
                return Notice(
                    .done, "The credit check of order \(order.label) is \(Order.creditCheckWord(checks)) now.")
            }
            return Notice(
                .done,
                order.status.isFinal
                    ? "Order \(order.label) is \(order.status.word)."
                    : "Order \(order.label) accepted; souk follows it.")
        case .subscription(let detail):
            let id = detail.subscription.id
            if case .change(_, let changes) = intent, changes.isOnlyPrices {
                return Notice(.done, "Prices of subscription \(id) are set.")
            }
            guard case .change(_, let changes) = intent, let wanted = changes.autoRenews else {
                return Notice(.done, "Subscription \(id) was changed.")
            }
            return Notice(.done, "Auto-renew of subscription \(id) is \(wanted ? "on" : "off") now.")
        case .account(let account):
            guard case .create = intent else { return Notice(.done, "Saved: \(account.name) \(account.id).") }
            let word = account.kind == .reseller ? "Reseller" : "Customer"
            return Notice(.done, "\(word) \(account.name) created: \(account.id).")
        case .report(let report): return Notice(.done, "Report \(report.name) is \(report.status.word): \(report.id).")
        }
    }
}
