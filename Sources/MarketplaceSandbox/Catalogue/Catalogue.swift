/// All catalogue rows. They are made when asked for; kept are where each service begins, and the services made last.
struct Catalogue {
    let seed: UInt64
    let count: Int
    private let firstRows: [Int32]
    private let firstItems: [Int32]
    private let firstPlans: [Int32]
    private let made = Memo<Service>(limit: 4_096)
    /// Plans of all services together.
    let planCount: Int

    static let firstPlan = 10_000

    init(seed: UInt64, rows: Int) {
        self.seed = seed
        let fixed = Landmarks.services.reduce(0) { $0 + $1.terms.count * $1.items.count }
        count = max(rows, fixed)
        var firstRows: [Int32] = []
        var firstItems: [Int32] = []
        var firstPlans: [Int32] = []
        var row = 0
        var item = 0
        var plan = 0
        var service = 0
        while row < count {
            firstRows.append(Int32(row))
            firstItems.append(Int32(item))
            firstPlans.append(Int32(plan))
            let shape = Catalogue.shape(of: service, seed: seed)
            plan += min(shape.terms.count, count - row)
            row += shape.items * shape.terms.count
            item += shape.items
            service += 1
        }
        self.firstRows = firstRows
        self.firstItems = firstItems
        self.firstPlans = firstPlans
        planCount = plan
    }

    var services: Int { firstRows.count }

    func product(_ row: Int) -> Product {
        let number = Catalogue.last(notAbove: row, in: firstRows)
        return product(row, in: service(number), number)
    }

    private func product(_ row: Int, in service: Service, _ number: Int) -> Product {
        let first = Int(firstRows[number])
        let itemIndex = (row - first) / service.terms.count
        let termIndex = (row - first) % service.terms.count
        let item = service.items[itemIndex]
        return Product(
            row: row, plan: Catalogue.firstPlan + number * Term.allCases.count + service.terms[termIndex].rawValue,
            service: service, itemIndex: itemIndex, item: item, term: service.terms[termIndex],
            needsRow: item.needsItem.map { first + $0 * service.terms.count + termIndex })
    }

    /// What the seed of subscriptions and orders needs of a row.
    struct Offer {
        /// Of the term.
        var months: Int
        var minimum: Int
        var maximum: Int
    }

    /// The offers of the first rows, at most 20,000: what is bought in a new marketplace.
    func offers() -> [Offer] {
        (0..<min(count, 20_000)).map { row in
            let product = product(row)
            return Offer(
                months: product.term.subscriptionPeriod.months, minimum: product.item.minimum,
                maximum: product.item.maximum ?? 5_000)
        }
    }

    /// The service that the plan at this place of all plans belongs to; one behind the last when there is none.
    func service(ofPlanAt place: Int) -> Int {
        place < planCount ? Catalogue.last(notAbove: place, in: firstPlans) : services
    }

    func firstPlanPlace(ofService number: Int) -> Int {
        number < services ? Int(firstPlans[number]) : planCount
    }

    /// The row that a catalogue id names.
    func row(id: String) -> Int? {
        guard id.hasPrefix("CAT-"), let number = Digits.number(id.utf8.dropFirst(4)), number >= 1, number <= count,
            product(number - 1).id == id
        else { return nil }
        return number - 1
    }

    /// Every row of that part number: one MPN recurs per vendor and period (REFERENCE 8).
    func rows(mpn: String) -> [Int] {
        var candidates: [Int] = Array(Landmarks.services.indices)
        let parts = mpn.split(separator: "-")
        if parts.count >= 3, parts[2].utf8.count <= 8, let item = Int(parts[2], radix: 36), item >= 0 {
            let number = Catalogue.last(notAbove: item, in: firstItems)
            if number >= candidates.count { candidates.append(number) }
            if number + 1 < services { candidates.append(number + 1) }
        }
        var rows: [Int] = []
        for number in Set(candidates).sorted() where number < services {
            let service = service(number)
            for row in rowRange(of: number) where product(row, in: service, number).mpn == mpn { rows.append(row) }
        }
        return rows
    }

    func rowRange(of service: Int) -> Range<Int> {
        let end = service + 1 < firstRows.count ? Int(firstRows[service + 1]) : count
        return Int(firstRows[service])..<end
    }

    func firstItem(ofService number: Int) -> Int { Int(firstItems[number]) }

    func termCount(ofService number: Int) -> Int { Catalogue.shape(of: number, seed: seed).terms.count }

    /// The services of a vendor, of a code, or of both, in ascending order.
    func services(vendor: String?, code: String?) -> [Int] {
        var found = Landmarks.services.indices.filter { number in
            let service = Landmarks.services[number]
            return number < services && (vendor == nil || service.vendor == vendor)
                && (code == nil || service.code == code)
        }
        let pairs = Vendor.all.indices.map { seller in
            Area.all.map { area in
                (vendor == nil || Vendor.all[seller].id == vendor)
                    && (code == nil || Catalogue.code(Vendor.all[seller], area) == code)
            }
        }
        for number in min(services, Landmarks.services.count)..<services {
            let seller = pair(of: number) % Vendor.all.count
            let area = pair(of: Catalogue.source(of: number)) / Vendor.all.count
            if pairs[seller][area] { found.append(number) }
        }
        return found
    }

    /// The place of the last number that is not above `value`, in an ascending list that starts with 0.
    private static func last(notAbove value: Int, in numbers: [Int32]) -> Int {
        var low = 0
        var high = numbers.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if Int(numbers[middle]) <= value { low = middle } else { high = middle }
        }
        return low
    }
}

// MARK: - Generated services

extension Catalogue {
    private static let termSets: [[Term]] = [
        [.monthly, .yearlyBilledMonthly, .yearly],
        [.monthly, .yearlyBilledMonthly],
        [.yearlyBilledMonthly, .yearly],
        [.monthly, .yearlyBilledMonthly, .yearly],
        [.yearly],
        [.monthly],
        [.yearlyBilledMonthly],
        [.monthly, .yearly],
        [.yearlyBilledMonthly, .yearly, .threeYearsBilledYearly],
        [.monthly, .yearlyBilledMonthly, .yearly, .threeYearsBilledMonthly, .threeYearsBilledYearly, .threeYears],
    ]

    /// Some services are those of the service before, sold by another vendor under the same part numbers.
    private static func source(of number: Int) -> Int {
        number > Landmarks.services.count && number % 11 == 7 ? number - 1 : number
    }

    private static func shape(of number: Int, seed: UInt64) -> (items: Int, terms: [Term]) {
        if number < Landmarks.services.count {
            let service = Landmarks.services[number]
            return (service.items.count, service.terms)
        }
        var dice = Dice(seed: seed, .service, source(of: number))
        return (2 + dice.roll(5), dice.pick(termSets))
    }

    func service(_ number: Int) -> Service {
        if number < Landmarks.services.count { return Landmarks.services[number] }
        return made.value(of: number) { make(number) }
    }

    private func make(_ number: Int) -> Service {
        let source = Catalogue.source(of: number)
        let shape = Catalogue.shape(of: number, seed: seed)
        let (vendor, area, series) = words(of: source)
        let seller = source == number ? vendor : words(of: number).vendor
        let title = vendor.display + " " + area.name + (series > 0 ? " \(series + 1)" : "")
        let items = (0..<shape.items).map { index in
            var dice = Dice(seed: seed, .item, Int(firstItems[source]) + index)
            let needed = index > 0 && dice.perMille(80) ? 0 : nil
            return Item(
                mpn: vendor.letters + "-" + area.letters + "-" + code(Int(firstItems[source]) + index),
                name: title + " " + area.items[index % area.items.count],
                monthly: .cents(95 + dice.skewed(9_000)), margin: 8 + dice.roll(18),
                minimum: dice.perMille(60) ? 5 : 1, maximum: dice.perMille(300) ? 300 * (1 + dice.roll(10)) : nil,
                hasVolumePrices: dice.perMille(80),
                setup: dice.perMille(60) ? .cents(2_500 + 500 * dice.roll(30)) : nil,
                needsItem: needed, mpnNamesTerm: source % 2 == 0)
        }
        return Service(
            vendor: seller.id, code: Catalogue.code(seller, area), title: title,
            terms: shape.terms, items: items)
    }

    private func words(of number: Int) -> (vendor: Vendor, area: Area, series: Int) {
        let place = pair(of: number)
        return (
            Vendor.all[place % Vendor.all.count], Area.all[place / Vendor.all.count],
            number / (Vendor.all.count * Area.all.count)
        )
    }

    /// A vendor and an area as one number.
    private func pair(of number: Int) -> Int {
        let pairs = Vendor.all.count * Area.all.count
        return (number * 37 + Int(truncatingIfNeeded: seed % UInt64(pairs))) % pairs
    }

    private static func code(_ vendor: Vendor, _ area: Area) -> String {
        vendor.code + "_" + area.code
    }

    private func code(_ item: Int) -> String {
        let digits = String(item, radix: 36, uppercase: true)
        return digits.utf8.count >= 4 ? digits : String(repeating: "0", count: 4 - digits.utf8.count) + digits
    }
}
