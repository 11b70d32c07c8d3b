import FoundationEssentials
import Marketplace

/// What a person saw of something, given beside `--yes`. A difference from it holds the write back.
struct Expectation: Equatable, Sendable {
    enum Key: String, CaseIterable, Sendable { case total, units, status, auto, credit }

    private(set) var total: Money?
    private(set) var units: Int?
    private(set) var status: String?
    private(set) var auto: Bool?
    private(set) var credit: Bool?

    /// - Parameter needed: The keys that are taken.
    /// - Throws: What cannot be understood.
    init(_ arguments: ParsedArguments, taking needed: [Key]) throws(CommandError) {
        for text in arguments.all("expect") {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard let key = Key(rawValue: parts[0]), needed.contains(key), parts.count == 2 else {
                let form = needed.map { "\($0.rawValue)=…" }.joined(separator: ", ")
                throw CommandError(
                    .badValue, "'\(text)' is no expectation of this command.", hint: "It takes \(form).")
            }
            try take(key, parts[1])
        }
        if let text = arguments.value("expect-total") { try take(.total, text) }
    }

    private mutating func take(_ key: Key, _ text: String) throws(CommandError) {
        switch key {
        case .total: total = try Self.money(text)
        case .units:
            guard let number = Int(text), number >= 0 else {
                throw CommandError(.badValue, "'\(text)' is no number of units.", hint: "Write a whole number, as 25.")
            }
            units = number
        case .status: status = text
        case .auto:
            guard ["on", "off"].contains(text) else {
                throw CommandError(.badValue, "'\(text)' is no state of auto-renew.", hint: "Write on or off.")
            }
            auto = text == "on"
        case .credit:
            guard ["on", "off"].contains(text) else {
                throw CommandError(.badValue, "'\(text)' is no state of a credit check.", hint: "Write on or off.")
            }
            credit = text == "on"
        }
    }

    /// `61.80EUR`, `61.80 EUR`: a point, no grouping.
    static func money(_ text: String) throws(CommandError) -> Money {
        let currency = String(text.suffix(3))
        var amount = String(text.dropLast(3))
        if amount.last == " " { amount.removeLast() }
        if AccountRules.refusal(ofCurrency: currency) == nil, let money = Money(text: amount, currency: currency) {
            return money
        }
        let commas = amount.filter { $0 == "," }.count
        let better =
            commas == 1 && !amount.contains(".")
            ? "Write \(amount.replacing(",", with: "."))." : "Write it as 61.80EUR."
        throw CommandError(.badValue, "'\(text)' is no amount of money.", hint: better)
    }

    /// The keys that were not given.
    func missing(_ needed: [Key]) -> [Key] {
        needed.filter { key in
            switch key {
            case .total: total == nil
            case .units: units == nil
            case .status: status == nil
            case .auto: auto == nil
            case .credit: credit == nil
            }
        }
    }

    var isEmpty: Bool { missing(Key.allCases) == Key.allCases }

    /// What is not as it was expected, in sentences.
    func differences(from run: DryRun) -> [String] {
        var sentences: [String] = []
        func compare<Value: Equatable>(
            _ what: String, _ now: Value?, _ seen: Value?, _ words: (Value) -> String
        ) {
            guard let seen, now != seen else { return }
            sentences.append("\(what) is \(now.map(words) ?? "not reported") now; you saw \(words(seen)).")
        }
        compare("The price", run.estimate?.total, total) { $0.description }
        compare("The number of units", run.heldUnits, units) { String($0) }
        compare("The status", run.statusWord, status) { $0 }
        compare("Automatic renewal", run.subscription?.subscription.autoRenews, auto) { $0 ? "on" : "off" }
        compare("The credit check", run.order?.checksCredit, credit) { $0 ? "on" : "off" }
        return sentences
    }

    /// As it would be given, of what is so now.
    static func seen(_ run: DryRun, _ keys: [Key]) -> [(key: Key, value: String)] {
        keys.compactMap { key in
            let value: String? =
                switch key {
                case .total: run.estimate?.total.map { $0.plainAmount + $0.currency }
                case .units: run.heldUnits.map(String.init)
                case .status: run.statusWord
                case .auto: run.subscription?.subscription.autoRenews.map { $0 ? "on" : "off" }
                case .credit: run.order?.checksCredit.map { $0 ? "on" : "off" }
                }
            return value.map { (key, $0) }
        }
    }
}

extension DryRun {
    /// The units that the product holds which the intent is about; nil where several are, or none.
    fileprivate var heldUnits: Int? {
        if case .place(.change(let order)) = intent, order.lines.count == 1 {
            return subscription?.product(order.lines[0].product)?.quantity
        }
        return subscription?.products.count == 1 ? subscription?.products[0].quantity : nil
    }

    /// The marketplace's word for the state of what the intent acts on.
    fileprivate var statusWord: String? {
        switch intent {
        case .withdraw, .creditCheck: order?.status.wire
        case .change: subscription?.subscription.status.wire
        case .edit: account?.status.wire
        case .place, .create, .schedule: nil
        }
    }
}
