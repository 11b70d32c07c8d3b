/// Finds generated customers by their names and e-mail domains. A large marketplace has far fewer names than customers,
/// so each name is looked at once. It is made for the first search: a tenth of a second for a million customers.
struct NameIndex {
    /// The number of each generated customer's name.
    private var nameOf: [Int32] = []
    private var names: [Companies.NameChoice] = []
    private var texts = TextIndex()
    private let companies: Companies
    /// The names of each e-mail domain; made for the first search by e-mail.
    private var domains: [String: [Int32]]?

    init(_ companies: Companies, customers: Int) {
        self.companies = companies
        nameOf.reserveCapacity(customers)
        var numbers: [Companies.NameChoice: Int32] = [:]
        let lists = Companies.Lists()
        for index in 0..<customers {
            let choice = companies.nameChoice(.company, index, lists)
            if let number = numbers[choice] {
                nameOf.append(number)
            } else {
                let number = Int32(names.count)
                numbers[choice] = number
                names.append(choice)
                nameOf.append(number)
                texts.append(Companies.company(of: choice).name)
            }
        }
    }

    /// Places of generated customers whose name contains the text in any case, in ascending order.
    func customers(named wanted: [UInt8]) -> [Int32] {
        customers(texts.matches(wanted).map { Int32($0) })
    }

    /// Places of generated customers whose people have addresses at that domain.
    mutating func customers(domain: String) -> [Int32] {
        if domains == nil {
            var domains: [String: [Int32]] = [:]
            for (number, name) in names.enumerated() {
                domains[Companies.company(of: name).domain, default: []].append(Int32(number))
            }
            self.domains = domains
        }
        return customers(domains?[domain] ?? [])
    }

    private func customers(_ numbers: [Int32]) -> [Int32] {
        guard !numbers.isEmpty else { return [] }
        var isWanted = Array(repeating: false, count: names.count)
        for number in numbers { isWanted[Int(number)] = true }
        var places: [Int32] = []
        for (place, number) in nameOf.enumerated() where isWanted[Int(number)] { places.append(Int32(place)) }
        return places
    }
}

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
