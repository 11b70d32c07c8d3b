/// A term and how it is invoiced: the two periods in which rows of one MPN differ (REFERENCE 8).
enum Term: Int, CaseIterable, Sendable {
    case monthly, yearlyBilledMonthly, yearly, threeYearsBilledMonthly, threeYearsBilledYearly, threeYears

    var subscriptionPeriod: Period {
        switch self {
        case .monthly: .month
        case .yearlyBilledMonthly, .yearly: .year
        case .threeYearsBilledMonthly, .threeYearsBilledYearly, .threeYears: .threeYears
        }
    }

    var billingPeriod: Period {
        switch self {
        case .monthly, .yearlyBilledMonthly, .threeYearsBilledMonthly: .month
        case .yearly, .threeYearsBilledYearly: .year
        case .threeYears: .threeYears
        }
    }

    /// Invoices of one whole term.
    var bills: Int {
        subscriptionPeriod.months / billingPeriod.months
    }

    /// What a unit costs for one bill, from its monthly price in a yearly term.
    func price(fromMonthly monthly: Amount) -> Amount {
        switch self {
        case .monthly: monthly.scaled(120, over: 100)
        case .yearlyBilledMonthly: monthly
        case .yearly: monthly * 12
        case .threeYearsBilledMonthly: monthly.scaled(90, over: 100)
        case .threeYearsBilledYearly: monthly.scaled(1_080, over: 100)
        case .threeYears: monthly.scaled(3_240, over: 100)
        }
    }

    /// The end of an MPN that names its term, as some vendors write it.
    var suffix: String {
        switch self {
        case .monthly: "-P1M"
        case .yearlyBilledMonthly: "-P1Y-M"
        case .yearly: "-P1Y"
        case .threeYearsBilledMonthly: "-P3Y-M"
        case .threeYearsBilledYearly: "-P3Y-Y"
        case .threeYears: "-P3Y"
        }
    }
}
