/// Finds generated customers by their names and e-mail domains. A large marketplace has far fewer names than customers,
/// so each name is compared once. It is made for the first search: a tenth of a second for a million customers.
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
