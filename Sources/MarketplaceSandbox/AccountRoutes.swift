/// Customers and resellers (REFERENCE 7).
extension World {
    func listCustomers(_ call: Call) throws(Refusal) -> Answer {
        var list = RowList(all: accounts.customerCount)
        if let reseller = call.viewer.reseller { list = accounts.byReseller.rows(of: reseller) }
        if let id = call.query["resellerId"] {
            guard let place = accounts.resellerPlace(id: id),
                call.viewer.reseller == nil || call.viewer.reseller == place
            else { return try answer(call, customers: RowList([])) }
            list = accounts.byReseller.rows(of: place)
        }
        return try answer(call, customers: list)
    }

    func listResellerCustomers(_ call: Call) throws(Refusal) -> Answer {
        let place = try reseller(call.segments[1], for: call.viewer)
        return try answer(call, customers: accounts.byReseller.rows(of: place))
    }

    func readCustomer(_ call: Call) throws(Refusal) -> Answer {
        let account = accounts.customer(try customer(call.segments[1], for: call.viewer))
        return .object { write(account, &$0) }
    }

    func listResellers(_ call: Call) throws(Refusal) -> Answer {
        let page = try call.page()
        let test = accountTest(call)
        let places = (0..<accounts.resellerCount).filter { place in
            (call.viewer.reseller == nil || call.viewer.reseller == place)
                && (test.map { $0(accounts.reseller(place).name) { accounts.reseller(place) } } ?? true)
        }
        let rows = places.dropFirst(page.offset).prefix(page.limit).map { accounts.reseller($0) }
        return .list(rows, total: places.count, page) { write($1, &$0) }
    }

    func readReseller(_ call: Call) throws(Refusal) -> Answer {
        let account = accounts.reseller(try reseller(call.segments[1], for: call.viewer))
        return .object { write(account, &$0) }
    }

    private func answer(_ call: Call, customers list: RowList) throws(Refusal) -> Answer {
        let page = try call.page()
        let test = accountTest(call).map { test in
            { (place: Int) in test(self.accounts.customerName(place)) { self.accounts.customer(place) } }
        }
        let (places, total) = list.page(offset: page.offset, limit: page.limit, where: test)
        return .list(places.map { accounts.customer($0) }, total: total, page) { json, account in
            configuration.hasShortCustomerRows ? writeShort(account, &json) : write(account, &json)
        }
    }

    /// The filters of the query as one test, nil when there are none: `name` is part of the name in any case, `email`
    /// that of a contact in any case, `externalId` exact (REFERENCE 5). The account itself is made only when needed.
    private func accountTest(_ call: Call) -> ((_ name: String, _ account: () -> Account) -> Bool)? {
        let name = call.query["name"].map { Array($0.lowercased().utf8) }
        let email = call.query["email"]?.lowercased()
        let externalID = call.query["externalId"]
        guard name != nil || email != nil || externalID != nil else { return nil }
        return { accountName, account in
            if let name, !Text.contains(accountName.lowercased(), name) { return false }
            if let email, !account().contacts.contains(where: { $0.email.lowercased() == email }) { return false }
            return externalID == nil || account().externalID == externalID
        }
    }

    private func writeShort(_ account: Account, _ json: inout JSONWriter) {
        json.field("id", String(account.id))
        if let externalID = account.externalID { json.field("externalId", externalID) }
        json.field("name", account.name)
        json.field("status", account.status.rawValue)
    }

    func write(_ account: Account, _ json: inout JSONWriter) {
        json.field("id", String(account.id))
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
        if let reseller = account.reseller { json.field("resellerId", String(Accounts.resellerID(reseller))) }
        if let currency = account.currency {
            json.field("currency", currency)
            json.field("taxationProviderName", account.taxationProviderName)
            json.field("customerClass", account.customerClass)
        }
    }
}
