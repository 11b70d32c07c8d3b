/// The views of the tab line; the number is the key that goes there.
enum View: Int, CaseIterable {
    case home = 1
    case accounts, subscriptions, orders, catalog, users, journal

    var title: String {
        switch self {
        case .home: "Home"
        case .accounts: "Accounts"
        case .subscriptions: "Subscriptions"
        case .orders: "Orders"
        case .catalog: "Catalog"
        case .users: "Users"
        case .journal: "Journal"
        }
    }
}
