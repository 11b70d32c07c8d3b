import FoundationEssentials

/// What subscriptions bring and cost in a month and until their terms end, by customer, reseller, vendor, product or
/// term. Each currency is apart, and every row says how many subscriptions it rests on. Subscriptions that have ended hold
/// nothing; those on hold and those being set up count, because they are paid or will be.
public struct MoneyAnswer: Hashable, Sendable {
    public enum Grouping: String, Hashable, CaseIterable, Sendable {
        case customer, reseller, vendor, product, term

        /// Whether only details say what belongs to what.
        public var isOfDetails: Bool { self == .vendor || self == .product }
    }

    public enum Group: Hashable, Sendable {
        case customer(Account.ID)
        case reseller(Account.ID)
        case vendor(String)
        /// With its vendor: one MPN recurs at several.
        case product(String, vendor: String)
        case term(Period?, billing: Period?)
        /// Several products that are paid together.
        case several
        /// The reseller, vendor or product is not reported, or was not read.
        case unknown
        /// Subscriptions without a price by the month.
        case unpriced
        /// Subscriptions whose details were not read: nobody can say whose vendor's or product's they are.
        case unread
        /// Everything that is paid in one currency.
        case all
    }

    /// What some subscriptions of one currency come to.
    public struct Figures: Hashable, Sendable {
        public fileprivate(set) var month: MonthlyMoney.Sum
        /// What is still to be paid until the terms end: the billing periods that begin after today.
        public fileprivate(set) var committed: Decimal
        /// Those without a reported end: nothing of them is in `committed`.
        public fileprivate(set) var withoutEnd: Int
    }

    public struct Row: Hashable, Sendable {
        public let group: Group
        /// What the product is called; empty for other groups.
        public let title: String
        fileprivate let entry: Tally.Entry?
        /// Of the whole group, those without a price by the month.
        public let withoutRate: Int
        /// Of the whole group, those whose details were not read: they may add to any of its rows. Nil where nobody can
        /// say how many there are.
        public let unread: Int?

        /// Nil where nothing of the group has a price by the month, or nothing was read.
        public var figures: Figures? { entry.map { $0.figures } }
        public var currency: String? { entry?.currency }

        fileprivate init(group: Group, title: String, entry: Tally.Entry?, withoutRate: Int, unread: Int?) {
            self.group = group
            self.title = title
            self.entry = entry
            self.withoutRate = withoutRate
            self.unread = unread
        }

    }

    public let grouping: Grouping
    /// The currency with most a month first; in each the largest first; last what has no sum.
    public private(set) var rows: [Row] = []
    /// One a currency, in the same order. They are the same whatever the rows are grouped by.
    public private(set) var totalRows: [Row] = []
    public var totals: [Figures] { totalRows.compactMap(\.figures) }
    /// Subscriptions that have not ended.
    public private(set) var subscriptions = 0
    public private(set) var unread = 0
    public private(set) var withoutRate = 0

    public var read: Int { subscriptions - unread }
    public var isComplete: Bool { unread == 0 }

    /// - Parameters:
    ///   - charges: What was read of a subscription; nil when it was not.
    ///   - reseller: Who sells to a customer; nil where that was not read.
    public init(
        of subscriptions: [Subscription], by grouping: Grouping, today: CalendarDate,
        charges: (Subscription) -> SubscriptionCharges?, reseller: @escaping (Account.ID) -> Account.ID?
    ) {
        self.grouping = grouping
        var groups = Groups(grouping, reseller)
        var whole = Tally()
        for row in subscriptions where !row.hasEnded {
            self.subscriptions += 1
            guard let charges = charges(row) else {
                unread += 1
                groups.change(grouping.isOfDetails ? .unread : groups.group(of: row)) { $0.unread += 1 }
                continue
            }
            guard let currency = charges.currency, let billing = charges.billing else {
                withoutRate += 1
                groups.change(grouping.isOfDetails ? .unpriced : groups.group(of: row)) { $0.withoutRate += 1 }
                continue
            }
            let periods = row.billingPeriodsLeft(after: today, of: billing)
            whole.add(charges.parts, currency, periods)
            if grouping.isOfDetails, charges.parts.count > 1 {
                for (group, parts) in Self.byGroup(charges.parts, grouping) {
                    groups.change(group, title: parts[0].title) { $0.tally.add(parts, currency, periods) }
                }
            } else if grouping.isOfDetails, let part = charges.parts.first {
                groups.change(Self.group(of: part, grouping), title: part.title) {
                    $0.tally.add(charges.parts, currency, periods)
                }
            } else {
                groups.change(groups.group(of: row)) { $0.tally.add(charges.parts, currency, periods) }
            }
        }
        let sums = whole.entries.sorted { ($0.rate, $1.currency) > ($1.rate, $0.currency) }
        totalRows = sums.map {
            // Subscriptions that were not read may add to any total.
            Row(group: .all, title: "", entry: $0, withoutRate: 0, unread: unread == 0 ? 0 : nil)
        }
        let order = Dictionary(uniqueKeysWithValues: sums.enumerated().map { ($0.element.currency, $0.offset) })
        // What is compared is made ready, and rows are moved once: there may be many thousand.
        let all = groups.rows(unread: grouping.isOfDetails && unread > 0 ? nil : 0)
        rows = all.indices
            .map { place in
                let entry = all[place].entry
                return (
                    currency: entry.flatMap { order[$0.currency] } ?? sums.count, rate: entry?.rate ?? 0, place: place
                )
            }
            .sorted { left, right in
                if left.currency != right.currency { return left.currency < right.currency }
                if left.rate != right.rate { return left.rate > right.rate }
                return all[left.place].group.sign < all[right.place].group.sign
            }
            .map { all[$0.place] }
    }

    private static func group(of part: SubscriptionCharges.Part, _ grouping: Grouping) -> Group {
        guard let vendor = part.vendor, let product = part.product else {
            if grouping == .vendor, let vendor = part.vendor { return vendor.isEmpty ? .unknown : .vendor(vendor) }
            return .several
        }
        switch grouping {
        case .vendor: return vendor.isEmpty ? .unknown : .vendor(vendor)
        default: return product.isEmpty ? .unknown : .product(product, vendor: vendor)
        }
    }

    /// A subscription counts once in each group that it has parts in.
    private static func byGroup(
        _ parts: [SubscriptionCharges.Part], _ grouping: Grouping
    ) -> [Group: [SubscriptionCharges.Part]] {
        Dictionary(grouping: parts) { group(of: $0, grouping) }
    }
}

extension MoneyAnswer {
    /// Sums in whole hundredths, by currency.
    fileprivate struct Tally {
        struct Entry: Hashable {
            let currency: String
            var subscriptions = 0
            var rate: Int128 = 0
            var withCost = 0
            var cost: Int128 = 0
            var rateWithCost: Int128 = 0
            var committed: Int128 = 0
            var withoutEnd = 0

            var figures: Figures {
                Figures(
                    month: MonthlyMoney.Sum(
                        currency, subscriptions: subscriptions, rate: Decimal(hundredths: rate), withCost: withCost,
                        cost: Decimal(hundredths: cost), rateWithCost: Decimal(hundredths: rateWithCost)),
                    committed: Decimal(hundredths: committed), withoutEnd: withoutEnd)
            }
        }

        /// Nearly always one.
        var entries: [Entry] = []

        /// Adds parts of one subscription.
        /// - Parameter periods: Billing periods to come; nil without an end.
        mutating func add(_ parts: [SubscriptionCharges.Part], _ currency: String, _ periods: Int?) {
            var place = 0
            while place < entries.count, entries[place].currency != currency { place += 1 }
            if place == entries.count { entries.append(Entry(currency: currency)) }
            entries[place].subscriptions += 1
            if periods == nil { entries[place].withoutEnd += 1 }
            if parts.first?.cost != nil { entries[place].withCost += 1 }
            for part in parts {
                entries[place].rate += part.rate
                if let periods { entries[place].committed += part.price * Int128(periods) }
                if let cost = part.cost {
                    entries[place].cost += cost
                    entries[place].rateWithCost += part.rate
                }
            }
        }

    }

    private struct Member {
        let group: Group
        var title = ""
        var tally = Tally()
        var withoutRate = 0
        var unread = 0
    }

    private struct Groups {
        private let grouping: Grouping
        private let reseller: (Account.ID) -> Account.ID?
        private var places: [Group: Int] = [:]
        private var members: [Member] = []
        /// Who sells to a customer, asked once each.
        private var resellers: [Account.ID: Group] = [:]

        init(_ grouping: Grouping, _ reseller: @escaping (Account.ID) -> Account.ID?) {
            self.grouping = grouping
            self.reseller = reseller
        }

        mutating func group(of row: Subscription) -> Group {
            switch grouping {
            case .customer: return .customer(row.customer)
            case .term: return .term(row.subscriptionPeriod, billing: row.billingPeriod)
            case .reseller:
                if let group = resellers[row.customer] { return group }
                let group = reseller(row.customer).map { Group.reseller($0) } ?? .unknown
                resellers[row.customer] = group
                return group
            case .vendor, .product: return .unknown
            }
        }

        mutating func change(_ group: Group, title: String = "", _ body: (inout Member) -> Void) {
            let place: Int
            if let known = places[group] {
                place = known
            } else {
                place = members.count
                places[group] = place
                members.append(Member(group: group, title: title))
            }
            body(&members[place])
        }

        /// - Parameter unread: What rows say where all is read; nil where nobody can say what the others are.
        func rows(unread: Int?) -> [Row] {
            members.flatMap { member -> [Row] in
                let count = member.unread > 0 ? member.unread : unread
                func row(_ entry: Tally.Entry?) -> Row {
                    Row(
                        group: member.group, title: member.title, entry: entry, withoutRate: member.withoutRate,
                        unread: count)
                }
                let entries = member.tally.entries
                return entries.isEmpty ? [row(nil)] : entries.map { row($0) }
            }
        }
    }
}

extension MoneyAnswer.Group {
    /// What tells it from every other; it is the same in every answer.
    public var sign: String {
        switch self {
        case .customer(let id): "c\(id)"
        case .reseller(let id): "r\(id)"
        case .vendor(let name): "v\(name)"
        case .product(let mpn, let vendor): "p\(mpn)\u{0}\(vendor)"
        case .term(let term, let billing): "t\(term?.spoken ?? "")\u{0}\(billing?.spoken ?? "")"
        case .several: "s"
        case .unknown: "u"
        case .unpriced: "w"
        case .unread: "x"
        case .all: "a"
        }
    }
}
