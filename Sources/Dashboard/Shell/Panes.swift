import Marketplace
import Rows
import Screen

/// The panes of the views, one collection. What is asked of all of them is a loop here; what one of them is to do is a
/// ``PaneMessage`` that the others let pass.
///
/// The panes are boxed: a copy of the collection retains the boxes, and a pane changes in place as long as no copy of the
/// collection is around.
struct Panes {
    /// Every view, in the order of its number.
    static let registry: [any ViewPane.Type] = [
        HomePane.self,
        AccountsPane.self,
        SubscriptionsPane.self,
        OrdersPane.self,
        CatalogPane.self,
        UsersPane.self,
        JournalPane.self,
        MoneyPane.self,
        ReportsPane.self,
    ]

    private var panes: [any Pane] = registry.map { $0.init() }

    subscript(view: View) -> any Pane {
        get { panes[view.number - 1] }
        _modify { yield &panes[view.number - 1] }
    }

    func first<T: ViewPane>(_: T.Type) -> T? { panes.lazy.compactMap { $0 as? T }.first }

    /// An event goes to every pane: each takes what it asked for and lets the rest pass.
    mutating func update(_ event: Event, _ model: Model) -> [Reaction] { all { $0.update(event, model) } }

    mutating func advance(_ event: Event, _ model: Model) -> [Reaction] { all { $0.advance(event, model) } }

    mutating func receive(_ message: PaneMessage, _ model: Model) -> [Reaction] { all { $0.receive(message, model) } }

    mutating func takeEffects() -> [Effect] { all { $0.takeEffects() } }

    mutating func scopeChanged(_ model: Model) { for place in panes.indices { panes[place].scopeChanged(model) } }

    mutating func closeRows() { for place in panes.indices { panes[place].closeRow() } }

    /// Another view was chosen by its key: what was open anywhere is closed.
    mutating func reset() { for place in panes.indices { panes[place].reset() } }

    mutating func layout(_ area: PaneArea) { for place in panes.indices { panes[place].layout(area) } }

    /// What is read wherever the person is.
    /// - Parameter isResting: Whether nobody has looked for a long time: then only what costs no call.
    func backgroundQueries(isResting: Bool) -> [DataQuery] {
        panes.flatMap { $0.backgroundQueries(isResting: isResting) }
    }

    private mutating func all<Element>(_ ask: (inout any Pane) -> [Element]) -> [Element] {
        var answers: [Element] = []
        for place in panes.indices { answers += ask(&panes[place]) }
        return answers
    }
}

/// What the shell or an overlay wants of a pane, whichever it concerns.
enum PaneMessage: Equatable {
    /// To stand on an account as soon as its row is there.
    case reveal(Account.ID, under: Account.ID?)
    /// To stand on a contact as soon as its row is there.
    case contact(AccountContact.ID)
    /// To stand on the product of this vendor, or on the first with its MPN.
    case search(mpn: String, vendor: String)
    /// The marketplace took a write.
    case taken(WriteResult, of: WriteIntent)
    /// These subscriptions were changed at one go: what was read of them is old.
    case changed([Subscription.ID])
}
