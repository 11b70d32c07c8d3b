/// A priced line of an order, as billing computes it (`OrderDetail` of the API).
struct Charge: Sendable {
    enum Kind: String, Sendable {
        case setup, recurring, recurringRefund
    }

    var kind: Kind
    var product: Product
    var description: String
    var unit: Period.Unit
    /// Hundredths of the billing period's unit that are charged.
    var hundredths: Int
    var quantity: Int
    var unitPrice: Money
    var extendedPrice: Money

    /// What the volume takes off the list price, in percent.
    var volumeDiscount: Int {
        guard kind != .setup, product.item.hasVolumePrices else { return 0 }
        return 100 - (Pricing.volumes.last { abs(quantity) >= $0.from }?.percent ?? 100)
    }

    /// Value added tax where the reseller sells in euros; elsewhere the marketplace reckons none.
    var tax: Money {
        let rate = extendedPrice.currency == "EUR" ? 19 : 0
        return Money(amount: extendedPrice.amount.scaled(rate, over: 100), currency: extendedPrice.currency)
    }
}

/// Prices of the catalogue, in a reseller's currency.
enum Pricing {
    /// Volume prices: from so many units on, each unit costs this share of the list price, in percent.
    static let volumes: [(from: Int, percent: Int)] = [(1, 100), (50, 92), (250, 85)]

    static func listPrice(_ product: Product, currency: String) -> Amount {
        convert(product.term.price(fromMonthly: product.item.monthly), to: currency)
    }

    /// What the customer pays for a unit of one bill.
    static func price(_ product: Product, quantity: Int, currency: String) -> Money {
        let list = listPrice(product, currency: currency)
        guard product.item.hasVolumePrices else { return Money(amount: list, currency: currency) }
        let percent = volumes.last { quantity >= $0.from }?.percent ?? 100
        return Money(amount: list.scaled(percent, over: 100), currency: currency)
    }

    /// A unit price with the volume prices that the product has.
    static func tiered(_ price: Money, of product: Product, currency: String) -> SpecialPrice {
        guard product.item.hasVolumePrices else { return SpecialPrice(money: price) }
        let list = listPrice(product, currency: currency)
        return SpecialPrice(
            money: price,
            tiers: volumes.map { volume in
                SpecialPrice.Tier(
                    from: Amount(units: Int64(volume.from) * 10_000), amount: list.scaled(volume.percent, over: 100))
            })
    }

    /// What the reseller pays for it.
    static func cost(_ product: Product, quantity: Int, currency: String) -> Money {
        let price = price(product, quantity: quantity, currency: currency)
        return Money(amount: price.amount.scaled(100 - product.item.margin, over: 100), currency: currency)
    }

    /// The catalogue is kept in euros; all other currencies count ten per cent more.
    static func convert(_ amount: Amount, to currency: String) -> Amount {
        currency == "EUR" ? amount : amount.scaled(110, over: 100)
    }

    /// Charges for new units from that day: the first bill, and the setup fee where there is one.
    static func sale(_ product: Product, quantity: Int, currency: String, unitPrice: Money? = nil, on day: CalendarDay)
        -> [Charge]
    {
        let unit = unitPrice ?? price(product, quantity: quantity, currency: currency)
        var charges: [Charge] = []
        if let setup = product.item.setup {
            let fee = Money(amount: convert(setup, to: currency), currency: currency)
            charges.append(
                Charge(
                    kind: .setup, product: product, description: product.item.name + " Setup",
                    unit: product.term.billingPeriod.unit, hundredths: 100, quantity: 1, unitPrice: fee,
                    extendedPrice: fee))
        }
        let end = day.adding(months: product.term.billingPeriod.months).adding(days: -1)
        charges.append(
            recurring(
                product, quantity: quantity, unitPrice: unit, extended: unit.amount * quantity, from: day, through: end,
                hundredths: 100 * product.term.billingPeriod.duration))
        return charges
    }

    /// Charges for more units, or the refund for fewer, for the rest of the running bill.
    static func change(
        _ product: Product, by difference: Int, to total: Int, currency: String, unitPrice: Money? = nil,
        since created: CalendarDay, on day: CalendarDay
    ) -> [Charge] {
        guard difference != 0 else { return [] }
        let (start, end) = bill(of: product.term, since: created, on: day)
        let whole = max(1, end - start)
        let left = min(whole, max(0, end - day))
        let unit = unitPrice ?? price(product, quantity: total, currency: currency)
        let extended = (unit.amount * difference).scaled(left, over: whole)
        return [
            recurring(
                product, quantity: difference, unitPrice: unit, extended: extended, from: day,
                through: end.adding(days: -1), hundredths: 100 * product.term.billingPeriod.duration * left / whole)
        ]
    }

    /// The bill that runs on that day of a subscription created then: its first day and the first of the next.
    static func bill(of term: Term, since created: CalendarDay, on day: CalendarDay) -> (
        start: CalendarDay, end: CalendarDay
    ) {
        let months = max(1, term.billingPeriod.months)
        var bills = max(0, (day - created) / 31 / months)
        while created.adding(months: months * (bills + 1)) <= day { bills += 1 }
        return (created.adding(months: months * bills), created.adding(months: months * (bills + 1)))
    }

    /// Charges for a part of a bill from one day up to, not including, another; a refund when it is the earlier one.
    static func part(
        _ product: Product, quantity: Int, unitPrice: Money, from: CalendarDay, to: CalendarDay
    ) -> [Charge] {
        guard from != to, quantity != 0 else { return [] }
        let whole = max(1, from.adding(months: product.term.billingPeriod.months) - from)
        let days = to - from
        let hundredths = 100 * product.term.billingPeriod.duration * abs(days) / whole
        return [
            recurring(
                product, quantity: days < 0 ? -quantity : quantity, unitPrice: unitPrice,
                extended: (unitPrice.amount * quantity).scaled(days, over: whole), from: min(from, to),
                through: max(from, to).adding(days: -1), hundredths: hundredths)
        ]
    }

    private static func recurring(
        _ product: Product, quantity: Int, unitPrice: Money, extended: Amount, from: CalendarDay,
        through: CalendarDay, hundredths: Int
    ) -> Charge {
        let period = product.term.billingPeriod
        let unit = period.unit.rawValue
        let term = "\(period.duration) \(unit.prefix(1).uppercased() + unit.dropFirst())(s) term"
        let isRefund = quantity < 0
        return Charge(
            kind: isRefund ? .recurringRefund : .recurring, product: product,
            description: product.item.name + (isRefund ? " Recurring Refund" : " Recurring")
                + " (\(term)) from \(from.text) through \(through.text)",
            unit: period.unit, hundredths: hundredths, quantity: quantity, unitPrice: unitPrice,
            extendedPrice: Money(amount: extended, currency: unitPrice.currency))
    }
}
