import FoundationEssentials

/// What prices of its own change of a subscription: each amount before and after, what the customer is charged and what
/// that leaves, before and after, and what of it is not known.
public struct PriceAnswer: Hashable, Sendable {
    /// The amounts of a product that may be set.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// What the customer pays for a unit.
        case price = "unitPrice"
        /// What the reseller pays for a unit.
        case cost = "unitCost"
        /// What the provider pays for a unit.
        case providerCost = "unitProviderCost"

        public var word: String {
            switch self {
            case .price: "unit price"
            case .cost: "unit cost"
            case .providerCost: "provider's cost"
            }
        }
    }

    /// An amount that becomes another one.
    public struct Part: Hashable, Sendable {
        public var kind: Kind
        public var product: SubscriptionProduct
        /// Nil where none is reported.
        public var before: TieredMoney?
        public var after: TieredMoney

        public init(
            kind: Kind, product: SubscriptionProduct, before: TieredMoney? = nil, after: TieredMoney
        ) {
            (self.kind, self.product, self.before, self.after) = (kind, product, before, after)
        }

        /// How much more a unit is for as many as are held; nil where that is not known.
        public var difference: Money? {
            before.flatMap { after.unit(of: product.quantity).adding($0.unit(of: product.quantity).times(-1)) }
        }
    }

    /// What all its products are charged and cost, before and after.
    public struct Sums: Hashable, Sendable {
        public var before: Rates
        public var after: Rates

        fileprivate func map(_ part: (Money) -> Money?) -> Sums {
            func mapped(_ rates: Rates) -> Rates {
                Rates(price: rates.price.flatMap(part), cost: rates.cost.flatMap(part))
            }
            return Sums(before: mapped(before), after: mapped(after))
        }
    }

    /// Something that may be meant, but asks for a word more.
    public struct Warning: Hashable, Sendable {
        public var name: DryRun.Check.Name
        /// A sentence without its full stop.
        public var text: String
    }

    /// Only what becomes another amount.
    public let parts: [Part]
    /// Each billing period.
    public let charged: Sums
    public let billing: Period?
    public let term: Period?
    /// What is not known, as sentences without their full stops.
    public let gaps: [String]
    public let warnings: [Warning]
    /// Products that were named and are not held.
    public let strangers: [SpecialPrice.Target]

    public init(_ prices: [SpecialPrice], of detail: SubscriptionDetail) {
        var parts: [Part] = []
        var strangers: [SpecialPrice.Target] = []
        var asked: [Int: SpecialPrice] = [:]
        for price in prices {
            guard let place = detail.place(of: price.product) else {
                strangers.append(price.product)
                continue
            }
            let product = detail.products[place]
            asked[place] = price
            for kind in Kind.allCases {
                guard let after = price.amount(kind) else { continue }
                let before = product.amount(kind)
                if before?.isSame(as: after) == true { continue }
                parts.append(Part(kind: kind, product: product, before: before, after: after))
            }
        }
        self.parts = parts
        self.strangers = strangers
        billing = detail.subscription.billingPeriod
        term = detail.subscription.subscriptionPeriod
        let before = detail.products.map(\.rates)
        let after = detail.products.enumerated().map { place, product in product.rates(at: asked[place]) }
        charged = Sums(before: Self.sum(before), after: Self.sum(after))
        gaps = PriceGaps(detail, asked, charged).sentences
        warnings = detail.products.enumerated().flatMap { place, product in
            asked[place].map { product.warnings(of: $0) } ?? []
        }
    }

    private static func sum(_ rates: [Rates]) -> Rates {
        rates.dropFirst().reduce(rates.first ?? Rates()) { $0.adding($1) }
    }

    /// In a month; of a price that is paid for several months its part.
    public var month: Sums { charged.map { amount in billing.flatMap { amount.perMonth(paidEach: $0) } } }

    /// Over a whole term.
    public var wholeTerm: Sums {
        let count = billing.flatMap { billing in term?.count(of: billing) }
        return charged.map { amount in count.map { amount.times(Decimal($0)) } }
    }

    /// An amount that a person wants for one of the products.
    public struct Wanted: Hashable, Sendable {
        /// Among the products of the subscription.
        public var place: Int
        public var kind: Kind
        public var amount: TieredMoney

        public init(place: Int, kind: Kind, amount: TieredMoney) {
            (self.place, self.kind, self.amount) = (place, kind, amount)
        }
    }

    /// What is to be sent for `wanted`: nothing for an amount that is there already.
    ///
    /// One amount in the place of tiers is sent as one tier that begins with the first unit: what the marketplace would do
    /// with the tiers otherwise, it does not say.
    public static func prices(_ wanted: [Wanted], of detail: SubscriptionDetail) -> [SpecialPrice] {
        detail.products.indices.compactMap { place in
            guard let target = detail.target(of: place) else { return nil }
            var price = SpecialPrice(product: target)
            for one in wanted where one.place == place {
                let before = detail.products[place].amount(one.kind)
                if before?.isSame(as: one.amount) == true { continue }
                var amount = one.amount
                if amount.tiers.isEmpty, before?.hasTiers == true {
                    amount.tiers = [TieredMoney.Tier(from: 1, amount: amount.amount.amount)]
                }
                price.set(amount, as: one.kind)
            }
            return price == SpecialPrice(product: target) ? nil : price
        }
    }
}

extension SpecialPrice {
    public func amount(_ kind: PriceAnswer.Kind) -> TieredMoney? {
        switch kind {
        case .price: unitPrice
        case .cost: unitCost
        case .providerCost: unitProviderCost
        }
    }

    fileprivate mutating func set(_ amount: TieredMoney, as kind: PriceAnswer.Kind) {
        switch kind {
        case .price: unitPrice = amount
        case .cost: unitCost = amount
        case .providerCost: unitProviderCost = amount
        }
    }
}

extension SpecialPrice.Target {
    /// `MPN AUR-365-BP`, `product 100020`.
    public var words: String {
        switch self {
        case .mpn(let mpn): "MPN \(mpn)"
        case .product(let id): "product \(id)"
        }
    }
}

extension SubscriptionDetail {
    /// Which of its products a price names; nil for none.
    func place(of target: SpecialPrice.Target) -> Int? {
        products.firstIndex { product in
            switch target {
            case .mpn(let mpn): product.mpn == mpn
            case .product(let id): product.product == id
            }
        }
    }

    /// How a price names one of its products: by the MPN, or by the id where several have that. Nil where neither tells it
    /// from the others.
    public func target(of place: Int) -> SpecialPrice.Target? {
        let product = products[place]
        if !product.mpn.isEmpty, products.count(where: { $0.mpn == product.mpn }) == 1 { return .mpn(product.mpn) }
        guard let id = product.product, products.count(where: { $0.product == id }) == 1 else { return nil }
        return .product(id)
    }
}

extension SubscriptionProduct {
    /// What a unit is, as reported.
    public func amount(_ kind: PriceAnswer.Kind) -> TieredMoney? {
        switch kind {
        case .price: unitPrice.map { TieredMoney($0, tiers: priceTiers) }
        case .cost: unitCost.map { TieredMoney($0, tiers: costTiers) }
        case .providerCost: unitProviderCost
        }
    }

    /// Whether what is charged is the units times the unit price, as far as both are reported.
    var isChargedByUnit: Bool {
        guard let extendedPrice, let unitPrice, let quantity else { return true }
        let product = unitPrice.times(Decimal(quantity))
        return product.currency == extendedPrice.currency
            && product.amount.hundredths == extendedPrice.amount.hundredths
    }

    /// What it is charged each billing period with the prices of `asked`.
    fileprivate func rates(at asked: SpecialPrice?) -> Rates {
        var rates = rates
        func all(_ price: TieredMoney) -> Money? { quantity.map { price.unit(of: $0).times(Decimal($0)) } }
        if let price = asked?.unitPrice { rates.price = isChargedByUnit ? all(price) : nil }
        if let cost = asked?.unitCost { rates.cost = all(cost) }
        return rates
    }

    fileprivate func warnings(of asked: SpecialPrice) -> [PriceAnswer.Warning] {
        var found: [PriceAnswer.Warning] = []
        for kind in PriceAnswer.Kind.allCases {
            guard let after = asked.amount(kind), let before = amount(kind) else { continue }
            let (now, then) = (before.amount.currency, after.amount.currency)
            if now == then { continue }
            found.append(
                .init(name: .otherCurrency, text: "The \(kind.word) of \(mpn) would be in \(then); it is in \(now)"))
        }
        guard asked.unitPrice != nil || asked.unitCost != nil,
            let price = asked.unitPrice ?? amount(.price), let cost = asked.unitCost ?? amount(.cost)
        else { return found }
        guard price.amount.currency == cost.amount.currency else {
            let codes = [price, cost].map(\.amount.currency)
            return found + [
                .init(
                    name: .otherCurrency,
                    text: "The unit price of \(mpn) would be in \(codes[0]) and its cost in \(codes[1])")
            ]
        }
        // Where either changes with the number of units, and for as many as are held.
        let counts = Set(
            ((price.steps + cost.steps).map(\.from) + [quantity.map { Decimal($0) }].compactMap(\.self)).compactMap {
                Int($0.description)
            }
        ).sorted { one, two in one == quantity || (two != quantity && one < two) }
        guard
            let count = counts.first(where: { price.unit(of: $0).amount < cost.unit(of: $0).amount })
        else { return found }
        let place = price.hasTiers || cost.hasTiers ? " where \(count) are held" : ""
        return found + [
            .init(
                name: .belowCost,
                text: "A unit of \(mpn) would be sold at \(price.unit(of: count)), below its cost of "
                    + "\(cost.unit(of: count))\(place)")
        ]
    }
}

/// What of a ``PriceAnswer`` is not known.
private struct PriceGaps {
    private(set) var sentences: [String] = []

    init(_ detail: SubscriptionDetail, _ asked: [Int: SpecialPrice], _ sums: PriceAnswer.Sums) {
        for (place, product) in detail.products.enumerated() {
            let name = product.mpn.isEmpty ? product.title : product.mpn
            if product.quantity == nil {
                add("How many units of \(name) are held is not reported, so neither charge nor margin is known")
                continue
            }
            if product.rates.price == nil {
                add("What \(name) is charged now is not reported, so the charge before is not known")
            }
            if product.unitCost == nil {
                let isAsked = asked[place]?.unitCost != nil
                add("What \(name) costs now is not reported, so the margin \(isAsked ? "before " : "")is not known")
            }
            if asked[place]?.unitPrice != nil, !product.isChargedByUnit {
                add(
                    "What \(name) is charged now is not its units times its unit price, so the charge after is not known"
                )
            }
        }
        if let total = detail.totalPrice, let price = sums.before.price, total != price,
            total.amount.hundredths != price.amount.hundredths || total.currency != price.currency
        {
            add(
                "The marketplace reports a charge of \(total) in all, but its products come to \(price): sums are of these"
            )
        }
        let priced = detail.products.allSatisfy { $0.rates.price != nil }
        if priced, sums.before.price == nil { add("Prices in several currencies are not added") }
        if let price = sums.after.price, let cost = sums.after.cost, price.currency != cost.currency {
            add("Price and cost are in two currencies, so the margin is not known")
        }
        addPeriods(detail.subscription)
    }

    private mutating func add(_ sentence: String) { sentences.append(sentence) }

    private mutating func addPeriods(_ row: Subscription) {
        guard let billing = row.billingPeriod else {
            return add("The billing period is not reported, so neither a month nor a term is known")
        }
        if billing.months == nil { add("The billing period is no number of months, so a month is not known") }
        guard let term = row.subscriptionPeriod else { return add("The term is not reported, so a term is not known") }
        if term.count(of: billing) == nil {
            add("The term is no whole number of billing periods, so a term is not known")
        }
    }
}
