import FoundationEssentials

extension TieredMoney {
    /// What a unit is where so many are held: of an unknown number, or below the first tier, the amount beside the tiers.
    public func unit(of units: Int?) -> Money {
        let tier = units.flatMap { units in steps.last { $0.from <= Decimal(units) } }
        return Money(tier?.amount ?? amount.amount, amount.currency)
    }

    /// Whether the amount depends on the number of units.
    public var hasTiers: Bool { steps.count > 1 }

    /// Whether it says the same for every number of units, however it is written.
    public func isSame(as other: TieredMoney) -> Bool {
        amount.currency == other.amount.currency && steps == other.steps
    }

    /// Its tiers from the first unit on, in their order. One amount for all is one tier.
    var steps: [Tier] {
        var steps = tiers.sorted { $0.from < $1.from }
        if let first = steps.first, first.from <= 1 {
            steps[0].from = 1
        } else {
            steps.insert(Tier(from: 1, amount: amount.amount), at: 0)
        }
        return steps
    }

    /// `20.60 EUR`, or by quantity `1-49: 20.60, 50-: 18.95 EUR`.
    public var words: String {
        hasTiers ? "\(text) \(amount.currency)" : unit(of: 1).description
    }

    /// The same without the currency and without grouped thousands, as ``TypedPrice`` reads it.
    public var text: String {
        let steps = steps
        guard steps.count > 1 else { return unit(of: 1).plainAmount }
        return steps.enumerated().map { place, tier in
            let next = place + 1 < steps.count ? steps[place + 1].from : nil
            // Only whole numbers have a last one before the next.
            let end = next.flatMap { tier.from.isWhole && $0.isWhole ? ($0 - 1).description : nil } ?? ""
            return "\(tier.from)-\(end): \(Money(tier.amount, amount.currency).plainAmount)"
        }.joined(separator: ", ")
    }
}

extension Decimal {
    fileprivate var isWhole: Bool { cut(fractionDigits: 0) == description }
}

/// A unit price as a person types it: `20.00`, `20.00 EUR`, or by quantity `1-9: 20.00, 10-: 18.50`.
public enum TypedPrice {
    /// Why a text is none.
    public struct Problem: Error, Hashable, Sendable {
        /// A sentence that names the place, and says what to write.
        public var text: String
    }

    /// - Parameters:
    ///   - currency: Holds where none is typed.
    ///   - units: How many are held: the amount beside the tiers is the one for so many.
    public static func read(
        _ text: String, currency: String?, units: Int?
    ) -> Result<TieredMoney, Problem> {
        do throws(Problem) {
            let (body, code) = try parts(text.trimmingBlanks)
            guard let currency = code ?? currency else {
                throw Problem(text: "The currency is not known here: write it behind, as 20.00 EUR.")
            }
            guard body.contains(":") else {
                return .success(TieredMoney(Money(try amount(body, at: ""), currency)))
            }
            let tiers = try tiers(body)
            var price = TieredMoney(Money(tiers[0].amount, currency), tiers: tiers)
            price.amount = price.unit(of: units)
            return .success(price)
        } catch {
            return .failure(error)
        }
    }

    /// The text without the currency at its end, and the currency.
    private static func parts(_ text: String) throws(Problem) -> (body: String, currency: String?) {
        let letters = String(text.reversed().prefix { $0.isLetter }.reversed())
        let body = String(text.dropLast(letters.count)).trimmingBlanks
        guard !body.isEmpty else { throw Problem(text: "Write an amount, as 20.00, or 1-9: 20.00, 10-: 18.50.") }
        if letters.isEmpty { return (body, nil) }
        let code = letters.uppercased()
        guard AccountRules.refusal(ofCurrency: code) == nil else {
            throw Problem(text: "'\(letters)' is no currency: write its three letters, as EUR.")
        }
        return (body, code)
    }

    /// - Parameter place: What stands before the sentence.
    private static func amount(_ text: String, at place: String) throws(Problem) -> Decimal {
        let text = text.trimmingBlanks
        switch TypedNumber(text) {
        case .number(let value) where value >= 0: return value
        case .number: throw Problem(text: "\(place)'\(text)' is less than nothing.")
        case .ambiguous(let whole, let fraction):
            throw Problem(text: "\(place)'\(text)' may be two numbers: write \(whole).00 or \(fraction).")
        case .notANumber: throw Problem(text: "\(place)'\(text)' is no amount: write it as 20.00.")
        }
    }

    private static func tiers(_ body: String) throws(Problem) -> [TieredMoney.Tier] {
        var tiers: [TieredMoney.Tier] = []
        /// Where the tier before ends; nil where it does not say.
        var end: Decimal?
        let texts = body.split(omittingEmptySubsequences: false) { $0 == "," || $0 == ";" }
        for (place, text) in texts.enumerated() {
            let text = String(text).trimmingBlanks
            let name = "Tier \(place + 1), '\(text)': "
            let halves = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
            guard halves.count == 2, let range = range(halves[0].trimmingBlanks) else {
                throw Problem(
                    text: "\(name)write it as 10-: 18.50, with a point in the amount and a comma between tiers.")
            }
            let amount = try amount(halves[1], at: name)
            if let before = tiers.last {
                guard range.from > before.from, end.map({ range.from > $0 }) ?? true else {
                    throw Problem(text: "\(name)what it is for, an earlier tier names already.")
                }
                if let end, range.from != end + 1 {
                    throw Problem(text: "\(name)nothing is said of \(end + 1) units: begin with \(end + 1).")
                }
            } else if range.from > 1 {
                throw Problem(text: "\(name)nothing is said of 1 unit: begin with 1.")
            }
            tiers.append(TieredMoney.Tier(from: range.from, amount: amount))
            end = range.end
            guard place == texts.count - 1, let end else { continue }
            throw Problem(text: "\(name)nothing is said of more than \(end) units: end with \(range.from)-.")
        }
        return tiers
    }

    /// `10-49`, `50-` without an end, `5` for itself.
    private static func range(_ text: String) -> (from: Decimal, end: Decimal?)? {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { String($0).trimmingBlanks }
        guard (1...2).contains(ends.count), let from = Decimal(plain: ends[0]) else { return nil }
        guard ends.count == 2 else { return (from, from) }
        if ends[1].isEmpty { return (from, nil) }
        guard let end = Decimal(plain: ends[1]), end >= from else { return nil }
        return (from, end)
    }
}

extension String {
    fileprivate var trimmingBlanks: String {
        let text = drop { $0.isWhitespace }
        return String(text.reversed().drop { $0.isWhitespace }.reversed())
    }
}
