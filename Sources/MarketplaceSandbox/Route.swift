import HTTPTypes

/// One operation of the API: its method, its path below the base URL, and what answers it.
struct Route: Sendable {
    typealias Handler = @Sendable (World, Call) throws(Refusal) -> Answer

    let method: HTTPRequest.Method
    /// The path with `{}` for an id.
    let pattern: [Substring]
    let handler: Handler

    init(_ method: HTTPRequest.Method, _ path: String, _ handler: @escaping Handler) {
        self.method = method
        pattern = path.split(separator: "/")
        self.handler = handler
    }

    func matches(_ segments: [String]) -> Bool {
        pattern.count == segments.count
            && zip(pattern, segments).allSatisfy { $0 == "{}" ? !$1.isEmpty : $0 == $1 }
    }

    static let all: [Route] = [
        Route(.get, "customers") { (world, call) throws(Refusal) in try world.listCustomers(call) },
        Route(.get, "customers/{}") { (world, call) throws(Refusal) in try world.readCustomer(call) },
        Route(.get, "resellers") { (world, call) throws(Refusal) in try world.listResellers(call) },
        Route(.get, "resellers/{}") { (world, call) throws(Refusal) in try world.readReseller(call) },
        Route(.get, "resellers/{}/customers") { (world, call) throws(Refusal) in try world.listResellerCustomers(call)
        },
        Route(.get, "resellers/{}/orders") { (world, call) throws(Refusal) in try world.listResellerOrders(call) },
        Route(.get, "products") { (world, call) throws(Refusal) in try world.listProducts(call) },
        Route(.post, "validation/parameters") { (world, call) throws(Refusal) in try world.validateParameters(call) },
        Route(.get, "orders") { (world, call) throws(Refusal) in try world.listOrders(call) },
        Route(.post, "orders") { (world, call) throws(Refusal) in try world.placeOrder(call) },
        Route(.post, "orders/estimate") { (world, call) throws(Refusal) in try world.estimateOrder(call) },
        Route(.get, "orders/{}") { (world, call) throws(Refusal) in try world.readOrder(call) },
        Route(.get, "subscriptions") { (world, call) throws(Refusal) in try world.listSubscriptions(call) },
        Route(.get, "subscriptions/{}") { (world, call) throws(Refusal) in try world.readSubscription(call) },
    ]
}
