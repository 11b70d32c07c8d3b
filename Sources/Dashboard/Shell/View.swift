/// A view of the tab line. Its pane declares it, and ``Panes/registry`` lists it.
struct View: Hashable, Sendable {
    /// How a pane divides its part of the screen, where that is wide enough.
    enum Split: Hashable, Sendable {
        /// Most of it for a list, the rest for its row on the cursor.
        case list
        /// A narrow tree, and a wide preview of what is on its cursor.
        case tree
        /// Two halves.
        case halves
    }

    /// The key that goes there.
    let number: Int
    let title: String
    /// In a tab line where not all titles fit.
    let shortTitle: String
    let split: Split

    init(_ number: Int, _ title: String, short: String? = nil, split: Split = .list) {
        self.number = number
        self.title = title
        shortTitle = short ?? title
        self.split = split
    }

    static let home = HomePane.view
    static let accounts = AccountsPane.view
    static let subscriptions = SubscriptionsPane.view
    static let orders = OrdersPane.view
    static let catalog = CatalogPane.view
    static let users = UsersPane.view
    static let journal = JournalPane.view
    static let money = MoneyPane.view

    static var all: [View] { Panes.registry.map { $0.view } }

    /// The action that goes there.
    var action: ActionName { ActionName("view-\(title.lowercased())") }
}
