import Marketplace
import Screen

/// Administrators and contacts: of the account in view, or of every customer, searched by name or e-mail.
struct UsersPane: ListPane {
    /// A contact person with the account it belongs to, known by both and its place among the account's contacts.
    struct Entry: Identifiable, Sendable {
        struct ID: Hashable, Sendable {
            var account: Account.ID
            var place: Int
        }
        var id: ID
        var accountName: String
        var person: ContactPerson
    }

    var list = RowList<Entry>(.people)
    private var everyone = Snapshot<Listing<Account>>()
    private var found: [Account] = []

    func subject(_ known: Known) -> String? { list.selected.map { "\($0.person.name), \($0.accountName)" } }

    var isListed: Bool { true }

    func requests(_ known: Known) -> [Request] { [Self.request(known)] }

    func settledRequests(_ known: Known) -> [Request] {
        // The list of customers may come without contacts; an address is then looked up by the marketplace itself.
        searchedEmail(known).map { [.accounts(.customersWithEmail($0))] } ?? []
    }

    private func searchedEmail(_ known: Known) -> String? {
        guard known.scope == nil, let word = list.filter.words.first(where: { $0.contains("@") }) else { return nil }
        return word
    }

    static func request(_ known: Known) -> Request {
        guard let scope = known.scope, let entry = known.scopeEntry else { return .accounts(.customers) }
        return .account(AccountKey(kind: entry.kind, id: scope))
    }

    mutating func layout(_ room: Room) {
        list.visible = max(1, room.main.height - 4)
        list.settle()
    }

    mutating func accountChanged(_ known: Known) {
        list.clear()
        if known.scope == nil { showEveryone(known, isNew: true) }
    }

    mutating func update(_ event: Event, _ known: Known) -> [Reaction] {
        switch event {
        case .account(let key, let latest) where key.id == known.scope:
            let people = latest.map { account in
                let rows = Self.entries([account])
                return Listing(rows: rows, total: rows.count, isComplete: true)
            }
            list.receive(people, setting(known))
        case .accounts(.customers, let latest):
            let isNew = latest.value?.rows.isSame(as: everyone.value?.rows ?? []) != true
            everyone = latest
            if known.scope == nil { showEveryone(known, isNew: isNew) }
        case .accounts(.customersWithEmail(let email), let latest) where email == searchedEmail(known):
            found = latest.value?.rows ?? []
            showEveryone(known, isNew: true)
        case .arranged(let result): list.take(result)
        case .key(let key): return takeInList(key, known)
        default: break
        }
        return []
    }

    /// The contacts of all customers listed, and of those that the marketplace found for an address.
    private mutating func showEveryone(_ known: Known, isNew: Bool) {
        let (listed, found) = (everyone.value?.rows ?? [], found)
        let extent = everyone.map { ListExtent(isComplete: $0.isComplete, problems: $0.problems.count) }
        list.receive(extent, from: listed.count, isNew: isNew, setting(known)) {
            if found.isEmpty { return Self.entries(listed) }
            let known = Set(listed.map(\.id))
            return Self.entries(listed) + Self.entries(found.filter { !known.contains($0.id) })
        }
    }

    private static func entries(_ accounts: [Account]) -> [Entry] {
        accounts.flatMap { account in
            account.contacts.enumerated().map { place, person in
                Entry(id: Entry.ID(account: account.id, place: place), accountName: account.name, person: person)
            }
        }
    }

    static let bindings = ownBindings + writeBindings + listBindings

    private static let ownBindings: [Binding<Looking<UsersPane>>] = [
        Binding(
            .open, .enter, title: "open the account's subscriptions", hint: "subscriptions",
            unavailable: { $0.pane.list.selected == nil ? "There is nobody to open." : nil },
            action: { looking in
                looking.pane.list.selected.map { [.open(.subscriptions(of: $0.id.account))] } ?? []
            }),
        Binding(.filter, "/", title: "search: words of name, e-mail, role or account", hint: "search", topic: .list) {
            looking in
            looking.pane.list.filter.isEditing = true
            return []
        },
        Binding(.back, .escape, "q", title: "back: search, then marks, all accounts", topic: .places) { looking in
            looking.pane.list.takeBack() ? [] : [.open(.back)]
        },
    ]

    func focused(_ known: Known) -> Entry? { list.selected }
    func copies(of row: Entry, _ known: Known) -> [CopyOffer] { row.copies }

    var position: String? { list.position }

    func freshness(_ known: Known) -> Freshness { Freshness(list.snapshot) }
}

extension Snapshot {
    func map<Other: Sendable>(_ transform: (Value) -> Other) -> Snapshot<Other> {
        Snapshot<Other>(
            value: value.map(transform), readAt: readAt, failure: failure, isLoading: isLoading, waiting: waiting)
    }
}
