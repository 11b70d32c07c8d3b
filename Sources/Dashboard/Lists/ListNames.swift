import Marketplace
import Rows

/// The lists of the dashboard.
extension ListName {
    static let subscriptions: ListName = "subscriptions"
    static let orders: ListName = "orders"
    static let products: ListName = "products"
    static let plans: ListName = "plans"
    static let people: ListName = "people"
    static let requests: ListName = "requests"
    static let resellers: ListName = "resellers"
    static let customers: ListName = "customers"
    static let foundCustomers: ListName = "customers found"
    static let money: ListName = "money"
    static let changes: ListName = "changes"
    static let journal: ListName = "journal"
    static let reports: ListName = "reports"
    static let csvTable: ListName = "lines of a csv file"

    // Lists beside another: of the account on the cursor, and the customers and products of an order form.
    static let previewedSubscriptions: ListName = "subscriptions in a preview"
    static let previewedOrders: ListName = "orders in a preview"
    static let chosenCustomers: ListName = "customers to choose from"
    static let chosenProducts: ListName = "products to choose from"

    static func customersOf(_ reseller: Account.ID) -> ListName { ListName("customers of \(reseller)") }
}
