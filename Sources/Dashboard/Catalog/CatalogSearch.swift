import Marketplace

/// What a person types to find a product: an MPN or its beginning, or words of the name, service or vendor.
struct CatalogSearch: Equatable {
    var text = ""

    /// Places of the products found, best first: the MPN itself, then MPNs that begin so, then names; twins (rows of
    /// one MPN) stand together, cheapest commitment first.
    func places(in products: [Product]) -> [Int] {
        let needle = text.trimmingSpaces().lowercased()
        let words = needle.split(separator: " ").map(String.init)
        var found: [(rank: Int, place: Int)] = []
        for (place, product) in products.enumerated() {
            if let rank = Self.rank(product, needle: needle, words: words) { found.append((rank, place)) }
        }
        found.sort { left, right in
            if left.rank != right.rank { return left.rank < right.rank }
            return Self.precedes(products[left.place], products[right.place])
        }
        return found.map(\.place)
    }

    /// How many rows have exactly the MPN typed.
    func exactMatches(in products: [Product]) -> Int {
        let needle = text.trimmingSpaces().lowercased()
        return needle.isEmpty ? 0 : products.count { $0.mpn.lowercased() == needle }
    }

    private static func rank(_ product: Product, needle: String, words: [String]) -> Int? {
        if needle.isEmpty { return 2 }
        let mpn = product.mpn.lowercased()
        if mpn == needle { return 0 }
        if mpn.hasPrefix(needle) { return 1 }
        let text = [product.name, product.serviceName ?? "", product.vendor, product.mpn].joined(separator: " ")
        return Filter.matches(text, words: words) ? 2 : nil
    }

    static func precedes(_ left: Product, _ right: Product) -> Bool {
        if left.name != right.name { return left.name < right.name }
        if left.mpn != right.mpn { return left.mpn < right.mpn }
        if left.vendor != right.vendor { return left.vendor < right.vendor }
        let terms = (days(left.subscriptionPeriod), days(right.subscriptionPeriod))
        if terms.0 != terms.1 { return terms.0 < terms.1 }
        let bills = (days(left.billingPeriod), days(right.billingPeriod))
        if bills.0 != bills.1 { return bills.0 < bills.1 }
        return left.id.rawValue < right.id.rawValue
    }

    private static func days(_ period: Period?) -> Int {
        guard let period else { return 0 }
        return switch period.unit {
        case .day, .statementDay: period.count
        case .month: period.count * 30
        case .year: period.count * 365
        case .other: Int.max / 2
        }
    }
}

extension String {
    func trimmingSpaces() -> String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
