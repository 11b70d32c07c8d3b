import Marketplace

/// What a query asks of the server, and the same conditions once more for the rows that come back: a server ignores
/// filters it does not know, and would return everything (REFERENCE 4). A row that lacks the field passes.
enum Lists {
    static func accounts(_ query: AccountQuery, _ connection: Connection) -> ListReader<Account> {
        switch query {
        case .resellers:
            return ListReader<Account>(
                connection: connection, call: .read("list of resellers", at: "resellers"),
                row: { Account($0, kind: .reseller) }, matches: { _ in true })
        case .customers:
            return customers(connection, .read("list of customers", at: "customers")) { _ in true }
        case .customersOf(let reseller):
            let what = "list of reseller \(reseller)'s customers"
            return ListReader<Account>(
                connection: connection, call: .read(what, at: "resellers", reseller.rawValue, "customers"),
                row: { json in
                    guard var account = Account(json, kind: .customer) else { return nil }
                    account.vendorAccount = account.vendorAccount ?? reseller
                    return account
                },
                matches: { _ in true })
        case .customersNamed(let name):
            let call = Call.read("list of customers", at: "customers", query: [("name", name)])
            return customers(connection, call) { $0.name.isEmpty || $0.name.holds(name) }
        case .customersWithEmail(let email):
            let call = Call.read("list of customers", at: "customers", query: [("email", email)])
            return customers(connection, call) { account in
                account.contacts.isEmpty || account.contacts.contains { $0.email.holds(email) }
            }
        }
    }

    private static func customers(
        _ connection: Connection, _ call: Call, matches: @escaping @Sendable (Account) -> Bool
    ) -> ListReader<Account> {
        ListReader<Account>(
            connection: connection, call: call, row: { Account($0, kind: .customer) }, matches: matches)
    }

    static func subscriptions(_ query: SubscriptionQuery, _ connection: Connection) -> ListReader<Subscription> {
        var call = Call.read("list of subscriptions", at: "subscriptions")
        call.ask("customerId", query.customer?.rawValue)
        return ListReader<Subscription>(
            connection: connection, call: call, row: { Subscription($0) },
            matches: { agrees(query.customer, with: $0.customer) })
    }

    static func orders(_ query: OrderQuery, _ connection: Connection) -> ListReader<Order> {
        var call = Call.read("list of orders", at: "orders")
        if let reseller = query.reseller {
            call = .read("list of reseller \(reseller)'s orders", at: "resellers", reseller.rawValue, "orders")
        }
        call.ask("customerId", query.customer?.rawValue)
        call.ask("subscriptionId", query.subscription?.rawValue)
        call.ask("status", query.status?.wire)
        // The orders of a reseller take no number (REFERENCE 6); there the rows themselves are asked.
        if query.reseller == nil { call.ask("orderNumber", query.number) }
        return ListReader<Order>(
            connection: connection, call: call, row: { Order($0) },
            matches: { order in
                agrees(query.customer, with: order.customer)
                    && (order.subscription.map { agrees(query.subscription, with: $0) } ?? true)
                    && (query.status == nil || order.status == .other("") || order.status == query.status)
                    && agrees(query.number, with: order.number)
            })
    }

    static func products(_ query: ProductQuery, _ connection: Connection) -> ListReader<Product> {
        var call = Call.read("list of products", at: "products")
        call.ask("mpn", query.mpn)
        call.ask("name", query.name)
        call.ask("vendor", query.vendor)
        return ListReader<Product>(
            connection: connection, call: call, row: { Product($0) },
            matches: { product in
                agrees(query.mpn, with: product.mpn) && agrees(query.vendor, with: product.vendor)
                    && (query.name.map { product.name.isEmpty || product.name.holds($0) } ?? true)
            })
    }
}

extension Call {
    fileprivate mutating func ask(_ name: String, _ value: String?) {
        if let value { query.append((name, value)) }
    }
}

private func agrees<Owner>(_ asked: Identifier<Owner>?, with found: Identifier<Owner>) -> Bool {
    asked == nil || found.rawValue.isEmpty || found == asked
}

/// Compared in any case, as texts.
private func agrees(_ asked: String?, with found: String) -> Bool {
    asked.map { found.isEmpty || found.lowercased() == $0.lowercased() } ?? true
}

extension String {
    /// Whether `part` stands somewhere in this text, in any case.
    fileprivate func holds(_ part: String) -> Bool { lowercased().contains(part.lowercased()) }
}
