import HTTPTypes

/// One operation of the API: its method, its path below the base URL, and what answers it.
struct Route: Sendable {
    typealias Handler = @Sendable (World, Call) throws(Refusal) -> Answer

    let method: HTTPRequest.Method
    /// The path with `{}` for an id.
    let pattern: [Substring]
    /// The names that its query may have.
    let query: Set<String>
    let handler: Handler

    init(_ method: HTTPRequest.Method, _ path: String, query: [String] = [], _ handler: @escaping Handler) {
        self.method = method
        pattern = path.split(separator: "/")
        self.query = Set(query)
        self.handler = handler
    }

    func matches(_ segments: [String]) -> Bool {
        pattern.count == segments.count
            && zip(pattern, segments).allSatisfy { $0 == "{}" ? !$1.isEmpty : $0 == $1 }
    }

    private static let page = ["offset", "limit"]
    private static let account = ["name", "email", "externalId"] + page
    private static let order = ["customerId", "subscriptionId", "status", "creationTimeFrom", "creationTimeTo"] + page

    /// The operations whose path begins with that word.
    static func all(below first: String?) -> [Route] { first.flatMap { byFirst[$0[...]] } ?? [] }

    private static let byFirst = Dictionary(grouping: all) { $0.pattern[0] }

    /// All operations of REFERENCE 6 but `POST /token`, which the gateway answers.
    private static let all: [Route] = accounts + catalogue + orders + subscriptions + reports

    private static let accounts: [Route] = [
        Route(.get, "customers", query: account + ["resellerId"]) { (world, call) throws(Refusal) in
            try world.listCustomers(call)
        },
        Route(.post, "customers") { (world, call) throws(Refusal) in try world.createCustomer(call) },
        Route(.get, "customers/{}") { (world, call) throws(Refusal) in try world.readCustomer(call) },
        Route(.patch, "customers/{}") { (world, call) throws(Refusal) in try world.updateCustomer(call) },
        Route(.get, "resellers", query: account) { (world, call) throws(Refusal) in try world.listResellers(call) },
        Route(.post, "resellers") { (world, call) throws(Refusal) in try world.createReseller(call) },
        Route(.get, "resellers/{}") { (world, call) throws(Refusal) in try world.readReseller(call) },
        Route(.patch, "resellers/{}") { (world, call) throws(Refusal) in try world.updateReseller(call) },
        Route(.get, "resellers/{}/customers", query: account) { (world, call) throws(Refusal) in
            try world.listResellerCustomers(call)
        },
        Route(.post, "resellers/{}/customers") { (world, call) throws(Refusal) in
            try world.createResellerCustomer(call)
        },
        Route(.get, "resellers/{}/orders", query: order) { (world, call) throws(Refusal) in
            try world.listResellerOrders(call)
        },
    ]

    private static let catalogue: [Route] = [
        Route(.get, "products", query: ["name", "serviceName", "mpn", "vendor"] + page) {
            (world, call) throws(Refusal) in try world.listProducts(call)
        },
        Route(.post, "validation/parameters") { (world, call) throws(Refusal) in try world.validateParameters(call) },
        Route(.get, "plans", query: page) { (world, call) throws(Refusal) in try world.listPlans(call) },
        Route(.get, "plans/{}") { (world, call) throws(Refusal) in try world.readPlan(call) },
    ]

    private static let orders: [Route] = [
        Route(.get, "orders", query: order + ["orderNumber", "statusCode"]) { (world, call) throws(Refusal) in
            try world.listOrders(call)
        },
        Route(.post, "orders") { (world, call) throws(Refusal) in try world.placeOrder(call) },
        Route(.post, "orders/estimate") { (world, call) throws(Refusal) in try world.estimateOrder(call) },
        Route(.get, "orders/{}") { (world, call) throws(Refusal) in try world.readOrder(call) },
        Route(.patch, "orders/{}") { (world, call) throws(Refusal) in try world.updateOrder(call) },
    ]

    private static let subscriptions: [Route] = [
        Route(
            .get, "subscriptions", query: ["customerId", "creationDateFrom", "creationDateTo", "status"] + page
        ) { (world, call) throws(Refusal) in try world.listSubscriptions(call) },
        Route(.get, "subscriptions/{}") { (world, call) throws(Refusal) in try world.readSubscription(call) },
        Route(.patch, "subscriptions/{}") { (world, call) throws(Refusal) in try world.updateSubscription(call) },
        Route(.post, "subscriptions/{}/specialPricing") { (world, call) throws(Refusal) in
            try world.setSpecialPrices(call)
        },
    ]

    private static let reports: [Route] = [
        Route(.get, "reports", query: ["name", "format", "status", "type", "from", "to"] + page) {
            (world, call) throws(Refusal) in try world.listReports(call)
        },
        Route(.post, "reports") { (world, call) throws(Refusal) in try world.scheduleReport(call) },
        Route(.get, "reports/{}") { (world, call) throws(Refusal) in try world.readReport(call) },
    ]
}
