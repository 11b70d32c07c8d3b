/// Customers and resellers (REFERENCE 7).
extension World {
    func listCustomers(_ call: Call) throws(Refusal) -> Answer {
        var reseller = call.viewer.reseller
        if let id = call.query["resellerId"] {
            guard let place = accounts.resellerPlace(id: id), reseller == nil || reseller == place
            else { return try answer(call, customers: RowList([])) }
            reseller = place
        }
        return try answer(call, customersOf: reseller)
    }

    func listResellerCustomers(_ call: Call) throws(Refusal) -> Answer {
        let place = try reseller(call.segments[1], for: call.viewer)
        return try answer(call, customersOf: place)
    }

    func readCustomer(_ call: Call) throws(Refusal) -> Answer {
        let account = accounts.customer(try customer(call.segments[1], for: call.viewer))
        return .object { write(account, &$0) }
    }

    func listResellers(_ call: Call) throws(Refusal) -> Answer {
        let page = try call.page()
        let filter = AccountFilter(call)
        var places = call.viewer.reseller.map { [$0] } ?? Array(0..<accounts.resellerCount)
        if !filter.isEmpty { places.removeAll { !filter.passes(accounts.reseller($0)) } }
        let rows = places.dropFirst(page.offset).prefix(page.limit).map { accounts.reseller($0) }
        return .list(rows, total: places.count, page) { write($1, &$0) }
    }

    func readReseller(_ call: Call) throws(Refusal) -> Answer {
        let account = accounts.reseller(try reseller(call.segments[1], for: call.viewer))
        return .object { write(account, &$0) }
    }

    private func answer(_ call: Call, customersOf reseller: Int?) throws(Refusal) -> Answer {
        let filter = AccountFilter(call)
        guard filter.isEmpty else { return try answer(call, customers: customers(filter, of: reseller)) }
        let list = reseller.map { accounts.byReseller.rows(of: $0) } ?? RowList(all: accounts.customerCount)
        return try answer(call, customers: list)
    }

    private func answer(_ call: Call, customers list: RowList) throws(Refusal) -> Answer {
        let page = try call.page()
        let (places, total) = list.page(offset: page.offset, limit: page.limit)
        return .list(places, total: total, page, kept: accounts.written) { json, place in
            let account = accounts.customer(place)
            configuration.hasShortCustomerRows ? writeShort(account, &json) : write(account, &json)
        }
    }

    private func writeShort(_ account: Account, _ json: inout JSONWriter) {
        json.text("id", account.id)
        if let externalID = account.externalID { json.field("externalId", externalID) }
        json.field("name", account.name)
        json.field("status", account.status.rawValue)
    }

    func write(_ account: Account, _ json: inout JSONWriter) {
        json.text("id", account.id)
        if let externalID = account.externalID { json.field("externalId", externalID) }
        json.field("attributes", account.attributes)
        json.field("status", account.status.rawValue)
        json.field("name", account.name)
        json.object("address") { json in
            json.field("streetAddress", account.address.streetAddress)
            if let more = account.address.addressExtension { json.field("addressExtension", more) }
            json.field("postalCode", account.address.postalCode)
            json.field("city", account.address.city)
            if let state = account.address.state { json.field("state", state) }
            json.field("countryCode", account.address.countryCode)
        }
        json.array("contactPersons", account.contacts) { json, contact in
            json.object { json in
                json.field("type", contact.role.rawValue)
                json.field("firstName", contact.firstName)
                json.field("lastName", contact.lastName)
                json.field("email", contact.email)
                json.field("phoneNumber", contact.phoneNumber)
            }
        }
        json.field("language", account.language)
        if let taxRegID = account.taxRegID { json.field("taxRegId", taxRegID) }
        if let reseller = account.reseller { json.text("resellerId", Accounts.resellerID(reseller)) }
        if let currency = account.currency {
            json.field("currency", currency)
            json.field("taxationProviderName", account.taxationProviderName)
            json.field("customerClass", account.customerClass)
        }
    }
}
