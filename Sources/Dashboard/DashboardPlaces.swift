import Marketplace
import Screen

/// Where the person goes, and what opens there.
extension Dashboard {
    mutating func run(_ reactions: [Reaction]) -> [Effect] {
        var effects: [Effect] = []
        for reaction in reactions {
            switch reaction {
            case .effect(let effect): effects.append(effect)
            case .say(let latest): notice = latest
            case .unused(let key): notice = unusedNotice(key)
            case .open(let destination): effects += open(destination)
            }
        }
        return effects
    }

    /// A digit: the same account stays in view; coming from the tree, it is the one on the cursor.
    mutating func go(to target: View) {
        log = nil
        if view == .accounts, target != .accounts, target != .home { look(at: accounts.selected?.id) }
        history = []
        treeHasFocus = false
        view = target
        home.close()
        closeRows()
    }

    mutating func open(_ destination: Destination) -> [Effect] {
        switch destination {
        case .subscriptions(let account) where treeHasFocus:
            look(at: account)
            treeHasFocus = false
        case .subscriptions(let account): drill(into: .subscriptions, of: account)
        case .orders(let account): drill(into: .orders, of: account)
        case .subscription(let id): drill(into: .subscriptions, of: model.scope, opening: .subscription(id))
        case .order(let id): drill(into: .orders, of: model.scope, opening: .order(id))
        case .subject(let subject, let customer): open(subject, of: customer)
        case .catalog:
            drill(into: .catalog, of: view == .accounts ? accounts.selected?.id : model.scope)
        case .newOrder(let product):
            model.formCount += 1
            fill(OrderForm(product: product, customer: model.customer, model))
        case .form(let kind, let fields):
            model.formCount += 1
            if let form = kind.form(fields, model) { fill(form) }
        case .bulk(let act, let rows): open(act, rows)
        case .drafts: draftList = DraftList(drafts, of: model.profile.owner)
        case .taken(let intent, let result): return arrive(result, of: intent)
        case .whereToLook(let intent): look(for: intent)
        case .settled(let subject, let customer):
            flow = nil
            open(subject, of: customer)
        case .journal:
            flow = nil
            drill(into: .journal, of: model.scope)
        case .back: return back()
        case .help: help = HelpOverlay(.keys, message: (noticeBefore ?? standing(pane)).text)
        case .actions: help = HelpOverlay(.actions)
        case .goTo: finder = Finder()
        }
        return []
    }

    /// What a write was about.
    private mutating func open(_ subject: JournalEntry.Subject, of customer: Account.ID?) {
        switch subject {
        case .order(let id): drill(into: .orders, of: customer, opening: .order(id))
        case .orders(let customer): drill(into: .orders, of: customer)
        case .subscription(let id): drill(into: .subscriptions, of: customer, opening: .subscription(id))
        case .account(let id):
            drill(into: .accounts, of: model.scope)
            accounts.reveal(id, under: model.accounts[id]?.vendorAccount)
        }
    }

    /// Opens a form, unless nothing may be written with this profile. A form that it takes the place of is kept.
    mutating func fill(_ form: any WriteForm, from draft: FormDraft? = nil) {
        if let reason = model.readOnlyRefusal {
            notice = Notice(.warning, reason)
        } else {
            flow = WriteFlow(form, from: draft, model)
        }
    }

    /// The account in view becomes this one; nil for all.
    mutating func look(at account: Account.ID?) {
        guard model.scope != account else { return }
        model.scope = account
        let model = model
        subscriptions.accountChanged(model)
        orders.accountChanged(model)
        users.accountChanged(model)
    }

    /// - Parameter row: What is opened there, over its list; one layer back leads from it to where the person is now.
    mutating func drill(into target: View, of account: Account.ID?, opening row: Place.Opened? = nil) {
        history.append(Layer(place: here, landing: row))
        show(Place(view: target, scope: account, opened: row))
    }

    /// One layer back: form, then where one came from, then all accounts. At the root only q leaves.
    mutating func back() -> [Effect] {
        if log != nil {
            log = nil
            return []
        }
        if let left = bulk {
            leave(left)
            return []
        }
        if let left = flow {
            flow = nil
            notice = left.farewell(model) ?? notice
            return []
        }
        if treeHasFocus {
            treeHasFocus = false
        } else if let layer = history.popLast() {
            show(layer.place)
        } else if view != .accounts, model.scope != nil {
            look(at: nil)
        } else if lastKey == "q" {
            return [.quit]
        } else {
            notice = Notice(.info, "This is the first screen. \(model.keymap.name(of: .back)) leaves souk.")
        }
        return []
    }

    /// The marketplace took a write: what it made is shown, and an order is followed to its end.
    mutating func arrive(_ result: WriteResult, of intent: WriteIntent) -> [Effect] {
        flow = nil
        switch result {
        case .order(let order):
            orders.follow(order, model)
            drill(into: .orders, of: order.customer, opening: .order(order.id))
            notice = Notice(
                .done,
                order.status.isFinal
                    ? "Order \(order.label) is \(order.status.word)."
                    : "Order \(order.label) was taken; it is followed until it ends.")
            return run(expectations.expect(order, of: intent, model))
        case .subscription(let detail):
            model.learn(detail)
            notice = Self.notice(of: detail, after: intent)
        case .account(let account):
            model.learnInFull(account)
            accounts.arrive(account, of: intent)
            notice = Notice(.done, "The \(intent.name) was taken: \(account.name) \(account.id).")
        }
        return []
    }

    /// What the subscription tells after the change, which may not be what was asked for.
    static func notice(of detail: SubscriptionDetail, after intent: WriteIntent) -> Notice {
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
    mutating func look(for intent: WriteIntent) {
        flow = nil
        switch intent {
        case .place, .withdraw: drill(into: .orders, of: intent.customer)
        case .change(let subscription, _):
            drill(into: .subscriptions, of: subscription.customer, opening: .subscription(subscription.id))
        case .create, .edit: drill(into: .accounts, of: model.scope)
        }
    }
}
