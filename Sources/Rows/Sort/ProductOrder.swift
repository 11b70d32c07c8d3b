import Marketplace

extension Product {
    /// The catalogue's order: by name, rows of one MPN together, the shortest commitment first.
    public static func precedes(_ left: Product, _ right: Product) -> Bool {
        if left.title != right.title { return left.title < right.title }
        if left.mpn != right.mpn { return left.mpn < right.mpn }
        if left.vendor != right.vendor { return left.vendor < right.vendor }
        let terms = (left.subscriptionPeriod.days, right.subscriptionPeriod.days)
        if terms.0 != terms.1 { return terms.0 < terms.1 }
        let bills = (left.billingPeriod.days, right.billingPeriod.days)
        if bills.0 != bills.1 { return bills.0 < bills.1 }
        return left.id.rawValue < right.id.rawValue
    }
}

extension Optional where Wrapped == Period {
    /// Its length for sorting, a month as 30 days; 0 without a period.
    public var days: Int {
        guard let period = self else { return 0 }
        return switch period.unit {
        case .day, .statementDay: period.count
        case .month: period.count * 30
        case .year: period.count * 365
        case .other: Int.max / 2
        }
    }
}
