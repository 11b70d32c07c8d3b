/// The account tree: the provider's resellers, and their customers.
///
/// Of generated customers only status and reseller are kept, and the last ones asked for; others are made again.
struct Accounts {
    private let companies: Companies
    private var statuses: [Account.Status]
    /// Place of the reseller of each customer.
    private(set) var owners: [Int32]
    private(set) var byReseller: GroupIndex
    private let customerIDs: IDSpace
    private let generatedCustomers: Int
    private(set) var resellerCount: Int
    /// Logins that accounts made here have asked for, in small letters.
    private(set) var logins: Set<String> = []
    /// Accounts as they are after writes, by place.
    private var writtenCustomers: [Int: Account] = [:]
    private var writtenResellers: [Int: Account] = [:]
    /// Customers that are as they were generated.
    private let made = Memo<Account>(limit: 4_096)
    /// The rows of lists of customers.
    let written: WrittenRows

    init(configuration: SandboxConfiguration) {
        let seed = configuration.seed
        companies = Companies(seed: seed)
        written = WrittenRows(limit: configuration.writtenRows)
        resellerCount = max(configuration.resellers, Landmarks.resellers.count)
        generatedCustomers = max(0, configuration.customers - Landmarks.customers.count)
        let total = generatedCustomers + Landmarks.customers.count
        statuses = []
        owners = []
        statuses.reserveCapacity(total)
        owners.reserveCapacity(total)
        for index in 0..<generatedCustomers {
            var dice = Dice(seed: seed, .customer, index)
            // Half of all customers are spread evenly, half belong to a few large resellers.
            owners.append(Int32(dice.perMille(500) ? dice.roll(resellerCount) : dice.skewed(resellerCount)))
            statuses.append(Accounts.status(&dice))
        }
        var places: [(id: Int, place: Int)] = []
        for account in Landmarks.customers.reversed() {
            places.append((account.id, owners.count))
            owners.append(Int32(account.reseller ?? 0))
            statuses.append(account.status)
        }
        customerIDs = IDSpace(first: 1_000_416, landmarks: places)
        byReseller = GroupIndex(groups: owners)
    }

    private static func status(_ dice: inout Dice) -> Account.Status {
        switch dice.roll(1_000) {
        case ..<905: .active
        case ..<930: .creditHold
        case ..<950: .pending
        case ..<985: .cancelled
        case ..<995: .adminHold
        default: .error
        }
    }

    // MARK: Customers

    var customerCount: Int { owners.count }

    func customerID(_ place: Int) -> Int { customerIDs.id(of: place) }

    func customerPlace(id: String) -> Int? { customerIDs.place(of: id, count: owners.count) }

    func customerStatus(_ place: Int) -> Account.Status { statuses[place] }

    func customerName(_ place: Int) -> String {
        if let written = writtenCustomers[place] { return written.name }
        if let landmark = landmark(at: place) { return landmark.name }
        return companies.company(.company, place).name
    }

    func customer(_ place: Int) -> Account {
        if let written = writtenCustomers[place] { return written }
        if let landmark = landmark(at: place) { return landmark }
        return made.value(of: place) { generated(place) }
    }

    private func generated(_ place: Int) -> Account {
        let company = companies.company(.company, place)
        var dice = Dice(seed: companies.seed, .customer, place)
        _ = (dice.next(), dice.next(), dice.next(), dice.next())
        let address = companies.address(of: company, &dice)
        return Account(
            id: customerID(place), reseller: Int(owners[place]), status: statuses[place], name: company.name,
            address: address, contacts: companies.contacts(of: company, &dice), language: company.country.language,
            externalID: dice.perMille(700) ? "CRM-" + Digits.padded(1_000 + place, 5) : nil,
            taxRegID: dice.perMille(600) ? company.country.code + String(100_000_000 + dice.roll(900_000_000)) : nil)
    }

    private func landmark(at place: Int) -> Account? {
        let fromEnd = generatedCustomers + Landmarks.customers.count - 1 - place
        return place >= generatedCustomers && fromEnd >= 0 ? Landmarks.customers[fromEnd] : nil
    }

    /// The place of one of `Landmarks.customers`.
    func place(ofLandmark index: Int) -> Int {
        generatedCustomers + Landmarks.customers.count - 1 - index
    }

    /// Generated customers only: those that generated subscriptions belong to.
    var generatedCustomerCount: Int { generatedCustomers }

    /// Customers that are not as they were generated: landmarks, and those that were made or changed here.
    var specialCustomers: Set<Int> {
        Set(writtenCustomers.keys).union(generatedCustomers..<(generatedCustomers + Landmarks.customers.count))
    }

    /// The generated customer that could have that id of the caller's.
    func generatedCustomer(externalID: String) -> Int? {
        guard externalID.hasPrefix("CRM-"), let number = Digits.number(externalID.utf8.dropFirst(4)),
            (0..<generatedCustomers).contains(number - 1_000)
        else { return nil }
        return number - 1_000
    }

    func makeNameIndex() -> NameIndex {
        NameIndex(companies, customers: generatedCustomers)
    }

    /// Adds a customer behind all others; its id is made here.
    mutating func append(customer account: Account, logins: [String]) -> Int {
        let place = owners.count
        let owner = account.reseller ?? 0
        owners.append(Int32(owner))
        statuses.append(account.status)
        byReseller.append(row: place, to: owner)
        var account = account
        account.id = customerID(place)
        writtenCustomers[place] = account
        self.logins.formUnion(logins)
        return place
    }

    mutating func update(customer place: Int, _ account: Account, logins: [String]) {
        written.forget(place)
        statuses[place] = account.status
        writtenCustomers[place] = account
        self.logins.formUnion(logins)
    }

    // MARK: Resellers

    mutating func append(reseller account: Account, logins: [String]) -> Int {
        let place = resellerCount
        resellerCount += 1
        var account = account
        account.id = Accounts.resellerID(place)
        writtenResellers[place] = account
        self.logins.formUnion(logins)
        return place
    }

    mutating func update(reseller place: Int, _ account: Account, logins: [String]) {
        writtenResellers[place] = account
        self.logins.formUnion(logins)
    }

    func reseller(_ place: Int) -> Account {
        if let written = writtenResellers[place] { return written }
        if place < Landmarks.resellers.count { return Landmarks.resellers[place] }
        let company = companies.company(.reseller, place)
        var dice = Dice(seed: companies.seed, .reseller, place)
        let address = companies.address(of: company, &dice)
        return Account(
            id: Accounts.resellerID(place), reseller: nil, status: dice.perMille(900) ? .active : .creditHold,
            name: company.name, address: address, contacts: companies.contacts(of: company, &dice),
            language: company.country.language, externalID: "R-" + String(100 + place), currency: "USD")
    }

    func currency(ofReseller place: Int) -> String {
        writtenResellers[place]?.currency ?? (place == 0 ? "EUR" : "USD")
    }

    func currency(ofCustomer place: Int) -> String {
        currency(ofReseller: Int(owners[place]))
    }

    /// Resellers beyond the two hundredth live above all customers' ids.
    static func resellerID(_ place: Int) -> Int {
        place < 200 ? Landmarks.firstReseller + place : 8_000_000 + place
    }

    func resellerPlace(id: String) -> Int? {
        guard let number = IDSpace.number(id) else { return nil }
        let place = number >= 8_000_000 ? number - 8_000_000 : number - Landmarks.firstReseller
        return (0..<resellerCount).contains(place) && Accounts.resellerID(place) == number ? place : nil
    }
}
