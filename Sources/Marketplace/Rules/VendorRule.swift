/// How long a vendor lets things be undone, and how long before a renewal one has to decide. The marketplace's API reports
/// none of it: a rule is data with a source and a date, and whoever shows what follows from it says whose rule it is.
public struct VendorRule: Hashable, Sendable {
    /// As the catalogue names the vendor; what follows the name there does not count.
    public var vendor: String
    /// How the MPNs begin that it is about; empty for all of the vendor.
    public var mpnPrefix: String
    /// How long units can be taken away after they were bought, renewed or added; nil where the rule does not say.
    public var hoursToTakeAway: Int?
    /// How long after its purchase or renewal a subscription can be cancelled; nil where the rule does not say.
    public var hoursToCancel: Int?
    /// How many days before the renewal the last day lies on which it can be changed; nil where the rule does not say.
    public var daysToDecide: Int?
    public var source: String
    /// When it was read at the source.
    public var date: CalendarDate

    public init(
        vendor: String, mpnPrefix: String = "", hoursToTakeAway: Int? = nil, hoursToCancel: Int? = nil,
        daysToDecide: Int? = nil, source: String, date: CalendarDate
    ) {
        self.vendor = vendor
        self.mpnPrefix = mpnPrefix
        self.hoursToTakeAway = hoursToTakeAway
        self.hoursToCancel = hoursToCancel
        self.daysToDecide = daysToDecide
        self.source = source
        self.date = date
    }

    /// `rule of aurora, 01 Mar 2026`.
    public var words: String { "rule of \(vendor), \(date.spoken)" }

    func covers(vendor name: String, mpn: String) -> Bool {
        let name = name.lowercased()
        guard !vendor.isEmpty, name.hasPrefix(vendor.lowercased()),
            name.dropFirst(vendor.count).first.map({ !$0.isLetter && !$0.isNumber }) ?? true
        else { return false }
        return mpn.uppercased().hasPrefix(mpnPrefix.uppercased())
    }

    /// The last day on which what becomes of the subscription can be decided; nil where the rule does not say, or nothing
    /// becomes of it.
    public func decideBy(_ row: Subscription, today: CalendarDate) -> CalendarDate? {
        guard let daysToDecide else { return nil }
        return row.comingDate(from: today)?.adding(days: -daysToDecide)
    }
}

/// The rules there are.
public struct VendorRules: Hashable, Sendable {
    private var rules: [VendorRule]

    public init(_ rules: [VendorRule] = []) { self.rules = rules }

    /// The rule that all products of the subscription are under; nil where one of them has none or another.
    public subscript(detail: SubscriptionDetail) -> VendorRule? {
        self[detail.products.map { (vendor: $0.vendor, mpn: $0.mpn) }]
    }

    /// The same by what was kept of its details; nil also where products cannot be told apart.
    public subscript(charges: SubscriptionCharges) -> VendorRule? {
        let products = charges.parts.map { (vendor: $0.vendor ?? "", mpn: $0.product ?? "") }
        return self[products]
    }

    private subscript(products: [(vendor: String, mpn: String)]) -> VendorRule? {
        guard !rules.isEmpty, let first = products.first,
            let rule = rules.first(where: { $0.covers(vendor: first.vendor, mpn: first.mpn) }),
            products.allSatisfy({ rule.covers(vendor: $0.vendor, mpn: $0.mpn) })
        else { return nil }
        return rule
    }
}
