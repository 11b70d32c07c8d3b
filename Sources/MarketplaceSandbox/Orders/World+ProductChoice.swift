/// Finds the one catalogue row that a line of an order means (REFERENCE 8).
extension World {
    /// - Parameter owned: rows that are meant before all others, as a change means what the subscription has.
    func product(_ line: Fields, among owned: [Int] = []) throws(Refusal) -> Product {
        let vendor = try line.text("vendor")
        let subscriptionPeriod = try line.period("subscriptionPeriod")
        let billingPeriod = try line.period("billingPeriod")
        let mpn = try line.text("mpn")
        let id = try line.text("id")
        let candidates: [Int]
        if let id, !id.isEmpty {
            candidates = catalogue.row(id: id).map { [$0] } ?? []
        } else if let mpn, !mpn.isEmpty {
            candidates = catalogue.rows(mpn: mpn)
        } else {
            throw .badRequest("\(line.name("mpn")): must not be empty unless id is given")
        }
        var matches = candidates.map { catalogue.product($0) }.filter { product in
            (mpn == nil || mpn == "" || product.mpn == mpn) && (vendor == nil || product.service.vendor == vendor)
                && (subscriptionPeriod == nil || product.term.subscriptionPeriod == subscriptionPeriod)
                && (billingPeriod == nil || product.term.billingPeriod == billingPeriod)
        }
        if matches.count > 1, let own = matches.first(where: { owned.contains($0.row) }) { matches = [own] }
        guard let found = matches.first else {
            throw .badRequest("\(line.path): Product \(mpn ?? id ?? "") has not been found")
        }
        guard matches.count == 1 else { throw ambiguous(found.mpn, matches) }
        return found
    }

    /// Names the fields in which the rows differ.
    private func ambiguous(_ mpn: String, _ matches: [Product]) -> Refusal {
        var fields: [String] = []
        if Set(matches.map(\.service.vendor)).count > 1 { fields.append("vendor") }
        if Set(matches.map(\.term.subscriptionPeriod)).count > 1 { fields.append("subscriptionPeriod") }
        if Set(matches.map(\.term.billingPeriod)).count > 1 { fields.append("billingPeriod") }
        return .badRequest(
            "Product \(mpn) is not unique. Provide additional parameters: " + fields.joined(separator: ", "))
    }

    /// The units that a line asks for, within what the product allows (REFERENCE 16, row 30).
    func quantity(_ line: Fields, of product: Product) throws(Refusal) -> Int {
        guard let quantity = try line.quantity("quantity") else { throw .missing(line.name("quantity")) }
        let name = line.name("quantity")
        guard quantity >= product.item.minimum else {
            throw .badRequest("\(name): \(quantity) is below the minimum of \(product.item.minimum) for \(product.mpn)")
        }
        if let maximum = product.item.maximum, quantity > maximum {
            throw .badRequest("\(name): \(quantity) is above the maximum of \(maximum) for \(product.mpn)")
        }
        return quantity
    }
}
