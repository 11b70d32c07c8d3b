/// What a list of accounts is narrowed to: `name` is a part of the name in any case, `email` that of a contact in any
/// case, `externalID` exact (REFERENCE 5).
struct AccountFilter {
    var name: String?
    var email: String?
    var externalID: String?

    init(_ call: Call) {
        name = call.query["name"]?.lowercased()
        email = call.query["email"]?.lowercased()
        externalID = call.query["externalId"]
    }

    var isEmpty: Bool { name == nil && email == nil && externalID == nil }

    func passes(_ account: Account) -> Bool {
        if let externalID, account.externalID != externalID { return false }
        if let name, !Text.contains(account.name.lowercased(), Array(name.utf8)) { return false }
        return email == nil || account.contacts.contains { $0.email.lowercased() == email }
    }
}

extension World {
    /// Customers that pass, in ascending order of their places.
    func customers(_ filter: AccountFilter, of reseller: Int?) -> RowList {
        let special = accounts.specialCustomers
        var places: [Int32]
        var isChecked = false
        if let externalID = filter.externalID {
            places = accounts.generatedCustomer(externalID: externalID).map { [Int32($0)] } ?? []
        } else if let email = filter.email {
            let domain = email.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
            places = withNameIndex { $0.customers(domain: String(domain)) }
        } else {
            places = withNameIndex { $0.customers(named: Array((filter.name ?? "").utf8)) }
            isChecked = true
        }
        if let reseller { places.removeAll { accounts.owners[Int($0)] != Int32(reseller) } }
        places.removeAll { place in
            special.contains(Int(place)) || (!isChecked && !filter.passes(accounts.customer(Int(place))))
        }
        let more = special.filter { place in
            (reseller == nil || accounts.owners[place] == Int32(reseller ?? 0))
                && filter.passes(accounts.customer(place))
        }
        if !more.isEmpty { places = (places + more.map { Int32($0) }).sorted() }
        return RowList(places[...])
    }

    private func withNameIndex(_ search: (inout NameIndex) -> [Int32]) -> [Int32] {
        var index = nameIndex ?? accounts.makeNameIndex()
        let found = search(&index)
        nameIndex = index
        return found
    }
}
