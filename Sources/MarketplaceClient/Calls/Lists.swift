import Marketplace

/// What a query asks of the server, and the same conditions once more for the rows that come back: a server ignores
/// filters it does not know, and would return everything (REFERENCE 4). A row that lacks the field passes.
enum Lists {
    @Sendable static func accounts(_ query: AccountQuery, _ connection: Connection) -> ListReader<Account> {
        switch query {
        case .resellers: return resellers(connection, query: []) { _ in true }
        case .resellersNamed(let name):
            return resellers(connection, query: [("name", name)]) { $0.name.isEmpty || $0.name.holds(name) }
        case .resellersWithEmail(let email): return resellers(connection, query: [("email", email)], has(email))
        case .resellersWithExternalID(let id):
            return resellers(connection, query: [("externalId", id)]) { $0.externalID.map { $0 == id } ?? true }
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
            return customers(
                connection, .read("list of customers", at: "customers", query: [("email", email)]), matches: has(email))
        case .customersWithExternalID(let id):
            let call = Call.read("list of customers", at: "customers", query: [("externalId", id)])
            return customers(connection, call) { $0.externalID.map { $0 == id } ?? true }
        }
    }

    /// Whether a contact has the address, as far as the row says.
    private static func has(_ email: String) -> @Sendable (Account) -> Bool {
        { account in account.contacts.isEmpty || account.contacts.contains { $0.email.holds(email) } }
    }

    private static func resellers(
        _ connection: Connection, query: [(name: String, value: String)],
        _ matches: @escaping @Sendable (Account) -> Bool
    ) -> ListReader<Account> {
        ListReader<Account>(
            connection: connection, call: .read("list of resellers", at: "resellers", query: query),
            row: { Account($0, kind: .reseller) }, matches: matches)
    }

    private static func customers(
        _ connection: Connection, _ call: Call, matches: @escaping @Sendable (Account) -> Bool
    ) -> ListReader<Account> {
        ListReader<Account>(
            connection: connection, call: call, row: { Account($0, kind: .customer) }, matches: matches)
    }

    @Sendable static func subscriptions(_ query: SubscriptionQuery, _ connection: Connection) -> ListReader<
        Subscription
    > {
        var call = Call.read("list of subscriptions", at: "subscriptions")
        call.ask("customerId", query.customer?.rawValue)
        call.ask("status", query.status?.wire)
        call.ask("creationDateFrom", query.createdFrom?.description)
        call.ask("creationDateTo", query.createdTo?.description)
        return ListReader<Subscription>(
            connection: connection, call: call, row: { Subscription($0) }, names: Subscription.names,
            matches: { row in
                agrees(query.customer, with: row.customer)
                    && (query.status == nil || row.status == .other("") || row.status == query.status)
                    && lies(row.created, from: query.createdFrom, to: query.createdTo)
            })
    }

    @Sendable static func orders(_ query: OrderQuery, _ connection: Connection) -> ListReader<Order> {
        var call = Call.read("list of orders", at: "orders")
        if let reseller = query.reseller {
            call = .read("list of reseller \(reseller)'s orders", at: "resellers", reseller.rawValue, "orders")
        }
        call.ask("customerId", query.customer?.rawValue)
        call.ask("subscriptionId", query.subscription?.rawValue)
        call.ask("status", query.status?.wire)
        // The orders of a reseller take neither number nor code (REFERENCE 6); there the rows themselves are asked.
        if query.reseller == nil {
            call.ask("orderNumber", query.number)
            call.ask("statusCode", query.statusCode)
        }
        call.ask("creationTimeFrom", query.createdFrom?.description)
        call.ask("creationTimeTo", query.createdTo?.description)
        return ListReader<Order>(
            connection: connection, call: call, row: { Order($0) }, names: Order.names,
            matches: { order in
                agrees(query.customer, with: order.customer)
                    && (order.subscription.map { agrees(query.subscription, with: $0) } ?? true)
                    && (query.status == nil || order.status == .other("") || order.status == query.status)
                    && agrees(query.number, with: order.number)
                    && agrees(query.statusCode, with: order.statusCode ?? "")
                    && lies(order.created, from: query.createdFrom, to: query.createdTo)
            })
    }

    @Sendable static func products(_ query: ProductQuery, _ connection: Connection) -> ListReader<Product> {
        var call = Call.read("list of products", at: "products")
        call.ask("mpn", query.mpn)
        call.ask("name", query.name)
        call.ask("vendor", query.vendor)
        call.ask("serviceName", query.serviceName)
        return ListReader<Product>(
            connection: connection, call: call, row: { Product($0) },
            matches: { product in
                agrees(query.mpn, with: product.mpn) && agrees(query.vendor, with: product.vendor)
                    && agrees(query.serviceName, with: product.serviceName ?? "")
                    && (query.name.map { product.name.isEmpty || product.name.holds($0) } ?? true)
            })
    }

    @Sendable static func plans(_ query: PlanQuery, _ connection: Connection) -> ListReader<Plan> {
        ListReader<Plan>(
            connection: connection, call: .read("list of plans", at: "plans"), row: { Plan($0) }, matches: { _ in true }
        )
    }

    /// The server answers all reports at once, whatever page is asked for (REFERENCE 5).
    @Sendable static func reports(_ query: ReportQuery, _ connection: Connection) -> ListReader<Report> {
        var call = Call.read("list of reports", at: "reports")
        call.ask("name", query.name)
        call.ask("format", query.format?.word)
        call.ask("status", query.status?.wire)
        call.ask("type", query.kind?.wire)
        call.ask("from", query.from?.description)
        call.ask("to", query.to?.description)
        return ListReader<Report>(
            connection: connection, call: call, row: { Report($0) },
            matches: { report in
                (query.status == nil || report.status == .other("") || report.status == query.status)
                    && (query.kind == nil || report.kind == .other("") || report.kind == query.kind)
                    && (query.format == nil || report.format == .other("") || report.format == query.format)
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

/// Whether a value is between two bounds, both included; a bound that is nil does not limit it.
private func lies<Value: Comparable>(_ value: Value?, from: Value?, to: Value?) -> Bool {
    guard let value else { return true }
    return (from.map { $0 <= value } ?? true) && (to.map { value <= $0 } ?? true)
}

/// Compared in any case, as texts.
private func agrees(_ asked: String?, with found: String) -> Bool {
    asked.map { found.isEmpty || found.lowercased() == $0.lowercased() } ?? true
}

extension String {
    /// Whether `part` is found in this text, in any case and any usual spelling: a server may search so too.
    fileprivate func holds(_ part: String) -> Bool { Folding.text(self, holds: part) }
}
