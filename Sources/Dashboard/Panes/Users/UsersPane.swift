import Marketplace
import Rows
import Screen

/// Administrators and contacts: of the account in view, or of every customer, searched by name or e-mail.
struct UsersPane: ViewPane, ListPane {
    static let view = View(6, "Users")

    var list = RowList<AccountContact>(.people)
    private var everyone = Snapshot<Listing<Account>>()
    private var found: [Account] = []
    /// To be stood on as soon as its row is there.
    private var awaited: AccountContact.ID?

    func subject(_ model: Model) -> String? { list.selected.map { "\($0.person.name), \($0.accountName)" } }

    func namedAccount(_ model: Model) -> Account.ID? { list.selected?.id.account }

    func watchable(_ model: Model) -> WatchedRow? { model.watchableCustomer(namedAccount(model)) }

    var isListed: Bool { true }
    static var hasPreview: Bool { false }

    func queries(_ model: Model) -> [DataQuery] { [Self.request(model)] }

    func settledQueries(_ model: Model) -> [DataQuery] {
        // The list of customers may come without contacts; an address is then looked up by the marketplace itself.
        searchedEmail(model).map { [.accounts(.customersWithEmail($0))] } ?? []
    }

    private func searchedEmail(_ model: Model) -> String? {
        guard model.scope == nil, let word = list.filter.words.first(where: { $0.contains("@") }) else { return nil }
        return word
    }

    static func request(_ model: Model) -> DataQuery {
        guard let scope = model.scope, let entry = model.scopeEntry else { return .accounts(.customers) }
        return .account(AccountKey(kind: entry.kind, id: scope))
    }

    mutating func layout(_ area: PaneArea) {
        list.visible = max(1, area.main.height - 4)
        list.settle()
    }

    mutating func scopeChanged(_ model: Model) {
        list.clear()
        awaited = nil
        if model.scope == nil { showEveryone(model, isNew: true) }
    }

    mutating func update(_ event: Event, _ model: Model) -> [Reaction] {
        switch event {
        case .account(let key, let latest) where key.id == model.scope:
            let people = latest.map { account in
                let rows = AccountContact.contacts(of: [account])
                return Listing(rows: rows, total: rows.count, isComplete: true)
            }
            list.receive(people, setting(model))
            takeAwaited()
        case .accounts(.customers, let latest):
            let isNew = latest.value?.rows.isSame(as: everyone.value?.rows ?? []) != true
            everyone = latest
            if model.scope == nil { showEveryone(model, isNew: isNew) }
        case .accounts(.customersWithEmail(let email), let latest) where email == searchedEmail(model):
            found = latest.value?.rows ?? []
            showEveryone(model, isNew: true)
        case .arranged(let result): list.take(result)
        case .key(let key): return takeInList(key, model)
        default: break
        }
        return []
    }

    mutating func receive(_ message: PaneMessage, _ model: Model) -> [Reaction] {
        if case .contact(let id) = message {
            awaited = id
            takeAwaited()
        }
        return []
    }

    private mutating func takeAwaited() {
        guard let id = awaited, list.row(id) != nil else { return }
        list.select(id)
        awaited = nil
    }

    /// The contacts of all customers listed, and of those that the marketplace found for an address.
    private mutating func showEveryone(_ model: Model, isNew: Bool) {
        let (listed, found) = (everyone.value?.rows ?? [], found)
        let extent = everyone.map { ListExtent(isComplete: $0.isComplete, problems: $0.problems.count) }
        list.receive(extent, from: listed.count, isNew: isNew, setting(model)) {
            if found.isEmpty { return AccountContact.contacts(of: listed) }
            let ids = Set(listed.map(\.id))
            return AccountContact.contacts(of: listed)
                + AccountContact.contacts(of: found.filter { !ids.contains($0.id) })
        }
    }

    static let bindings = ownBindings + writeBindings + listBindings

    private static let ownBindings: [Binding<UsersPane>] = [
        Binding(
            .open, .enter, title: "open the account's subscriptions", hint: "subscriptions",
            unavailable: { pane, _ in pane.list.selected == nil ? "No user selected." : nil },
            action: { pane, _ in
                pane.list.selected.map { [.open(.subscriptions(of: $0.id.account))] } ?? []
            }),
        filterBinding("search: words of name, e-mail, role or account", hint: "search"),
        Binding(.back, .escape, "q", title: "one step back", topic: .places) { pane, _ in
            pane.list.takeBack() ? [] : [.open(.back)]
        },
    ]

    func focused(_ model: Model) -> AccountContact? { list.selected }
    func copies(of row: AccountContact, _ model: Model) -> [CopyOffer] { row.copies }

    var position: String? { list.position }

    func freshness(_ model: Model) -> Freshness { Freshness(list.snapshot) }
}

extension Snapshot {
    func map<Other: Sendable>(_ transform: (Value) -> Other) -> Snapshot<Other> {
        Snapshot<Other>(
            value: value.map(transform), readAt: readAt, failure: failure, isLoading: isLoading, waiting: waiting)
    }
}
