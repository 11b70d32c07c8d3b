/// Creating and changing customers and resellers (REFERENCE 7). Creates answer 200.
extension World {
    /// A customer of the calling reseller. The provider has no customers of its own here: its new ones go to the first
    /// reseller.
    func createCustomer(_ call: Call) throws(Refusal) -> Answer {
        try createCustomer(call, of: call.viewer.reseller ?? 0)
    }

    func createResellerCustomer(_ call: Call) throws(Refusal) -> Answer {
        try createCustomer(call, of: try reseller(call.segments[1], for: call.viewer))
    }

    private func createCustomer(_ call: Call, of reseller: Int) throws(Refusal) -> Answer {
        let fields = try call.fields(.customer)
        let account = try newAccount(fields, reseller: reseller)
        let place = accounts.append(customer: account, logins: try claimedLogins(fields))
        return .object { write(accounts.customer(place), &$0) }
    }

    /// Only the provider makes resellers.
    func createReseller(_ call: Call) throws(Refusal) -> Answer {
        guard call.viewer.reseller == nil else { throw .forbidden }
        let fields = try call.fields(.reseller)
        var account = try newAccount(fields, reseller: nil)
        let currency = try fields.requiredText("currency")
        guard currency.utf8.count == 3, currency.utf8.allSatisfy({ (65...90).contains($0) }) else {
            throw .badRequest("currency: must be three capital letters (ISO 4217)")
        }
        account.currency = currency
        account.taxationProviderName = try fields.text("taxationProviderName") ?? account.taxationProviderName
        account.customerClass = try fields.text("customerClass") ?? account.customerClass
        let place = accounts.append(reseller: account, logins: try claimedLogins(fields))
        return .object { write(accounts.reseller(place), &$0) }
    }

    func updateCustomer(_ call: Call) throws(Refusal) -> Answer {
        let place = try customer(call.segments[1], for: call.viewer)
        let fields = try call.fields(.accountUpdate)
        let account = try changed(accounts.customer(place), fields)
        accounts.update(customer: place, account, logins: try claimedLogins(fields))
        return .object { write(accounts.customer(place), &$0) }
    }

    func updateReseller(_ call: Call) throws(Refusal) -> Answer {
        let place = try reseller(call.segments[1], for: call.viewer)
        let fields = try call.fields(.accountUpdate)
        let account = try changed(accounts.reseller(place), fields)
        accounts.update(reseller: place, account, logins: try claimedLogins(fields))
        return .object { write(accounts.reseller(place), &$0) }
    }

    // MARK: Reading

    private func newAccount(_ fields: Fields, reseller: Int?) throws(Refusal) -> Account {
        let wanted = try fields.text("status") ?? "active"
        guard let status = Account.Status(rawValue: wanted), [.pending, .active, .creditHold].contains(status) else {
            throw .badRequest("status: a new account may be pending, active or creditHold, not \(wanted)")
        }
        guard let address = try address(fields) else { throw .missing("address") }
        guard let contacts = try contacts(fields) else { throw .missing("contactPersons") }
        return Account(
            id: 0, reseller: reseller, status: status, name: try fields.requiredText("name"), address: address,
            contacts: contacts, language: try fields.requiredText("language"),
            externalID: try fields.text("externalId"), taxRegID: try fields.text("taxRegId"),
            attributes: try fields.object("attributes")?.value ?? .object([]))
    }

    /// The account with what the fields say instead; contacts are replaced as a whole (REFERENCE 16, row 16).
    private func changed(_ account: Account, _ fields: Fields) throws(Refusal) -> Account {
        var account = account
        if fields.has("name") { account.name = try fields.requiredText("name") }
        account.externalID = try fields.text("externalId") ?? account.externalID
        account.taxRegID = try fields.text("taxRegId") ?? account.taxRegID
        account.address = try address(fields) ?? account.address
        account.contacts = try contacts(fields) ?? account.contacts
        guard let wanted = try fields.text("status"), wanted != account.status.rawValue else { return account }
        guard let status = Account.Status(rawValue: wanted), status == .active || status == .creditHold else {
            throw .badRequest("status: only active and creditHold may be requested, not \(wanted)")
        }
        guard [.pending, .active, .creditHold].contains(account.status) else {
            throw .rule("Cannot change the status of account #\(account.id): it is \(account.status.rawValue).")
        }
        account.status = status
        return account
    }

    private static let countriesWithStates: Set = ["AU", "BR", "CA", "US"]

    private func address(_ fields: Fields) throws(Refusal) -> Address? {
        guard let fields = try fields.object("address") else { return nil }
        let address = Address(
            streetAddress: try fields.requiredText("streetAddress"),
            addressExtension: try fields.text("addressExtension"), postalCode: try fields.requiredText("postalCode"),
            city: try fields.requiredText("city"), state: try fields.text("state"),
            countryCode: try fields.requiredText("countryCode"))
        if World.countriesWithStates.contains(address.countryCode), address.state?.isEmpty != false {
            throw .badRequest("address.state: must not be empty in \(address.countryCode)")
        }
        return address
    }

    /// The contacts, nil when there is no such field; one of them has to be an administrator.
    private func contacts(_ fields: Fields) throws(Refusal) -> [ContactPerson]? {
        guard fields.has("contactPersons") else { return nil }
        var contacts: [ContactPerson] = []
        for person in try fields.objects("contactPersons") {
            guard let role = ContactPerson.Role(rawValue: try person.requiredText("type")) else {
                throw .badRequest("\(person.name("type")): must be one of admin, billing, technical")
            }
            for secret in ["login", "password"] where person.has(secret) && role != .admin {
                throw .badRequest("\(person.name(secret)): only a contact of type admin has one")
            }
            if let password = try person.text("password"), !configuration.takesAnyPassword,
                !World.isStrong(password)
            {
                throw .badRequest(
                    "\(person.name("password")): must have 7 or more characters, with capital and small letters, digits "
                        + "and others")
            }
            contacts.append(
                ContactPerson(
                    role: role, firstName: try person.requiredText("firstName"),
                    lastName: try person.requiredText("lastName"), email: try person.requiredText("email"),
                    phoneNumber: try person.requiredText("phoneNumber")))
        }
        guard contacts.contains(where: { $0.role == .admin }) else {
            throw .badRequest("contactPersons: must have a contact of type admin")
        }
        return contacts
    }

    /// The logins that the request asks for; each belongs to one account only.
    private func claimedLogins(_ fields: Fields) throws(Refusal) -> [String] {
        var logins: [String] = []
        for person in try fields.objects("contactPersons") {
            guard let login = try person.text("login") else { continue }
            guard login.utf8.count >= 5 else {
                throw .badRequest("\(person.name("login")): must have 5 or more characters")
            }
            guard !accounts.logins.contains(login.lowercased()), !logins.contains(login.lowercased()) else {
                throw .badRequest("\(person.name("login")): \(login) is in use")
            }
            logins.append(login.lowercased())
        }
        return logins
    }

    private static func isStrong(_ password: String) -> Bool {
        password.count >= 7 && password.contains { $0.isUppercase } && password.contains { $0.isLowercase }
            && password.contains { $0.isNumber } && password.contains { !$0.isLetter && !$0.isNumber }
    }
}
