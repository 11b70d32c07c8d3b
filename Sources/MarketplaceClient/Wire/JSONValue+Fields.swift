import FoundationEssentials
import Marketplace

/// Fields as the marketplace writes them: it mixes numbers and texts, leaves fields out and changes the case of words
/// (REFERENCE 4). Each reading here gives nil, never an error, when there is nothing sensible.
extension JSONValue {
    /// A text, or a number's or truth value's own text.
    var text: String? {
        switch self {
        case .string(let text), .number(let text): text
        case .bool(let value): value ? "true" : "false"
        case .null, .array, .object: nil
        }
    }

    /// As `text`, but nil when it is empty.
    var filledText: String? { text.flatMap { $0.isEmpty ? nil : $0 } }

    var decimal: Decimal? {
        switch self {
        case .number(let text): Decimal(plain: text) ?? Decimal(string: text)
        case .string(let text): Decimal(plain: text)
        default: nil
        }
    }

    /// A whole number, also when it is written `10.0` or `"10"`.
    var integer: Int? { text.flatMap { Int($0) } ?? decimal.flatMap { Int($0.description) } }

    /// A number of units, or of periods; nil when it is beyond all that is sold, so that sums of many stay numbers.
    var quantity: Int? { integer.flatMap { (-1_000_000_000_000...1_000_000_000_000).contains($0) ? $0 : nil } }

    var truth: Bool? {
        if case .bool(let value) = self { return value }
        return switch text?.lowercased() {
        case "true", "1", "yes": true
        case "false", "0", "no": false
        default: nil
        }
    }

    var elements: [JSONValue] {
        if case .array(let elements) = self { return elements }
        return []
    }

    func identifier<Owner>() -> Identifier<Owner>? { filledText.map { Identifier($0) } }

    /// A calendar date; nil also for one that stands for none.
    var date: CalendarDate? {
        text.flatMap { CalendarDate($0) }.flatMap { $0.standsForNone ? nil : $0 }
    }

    /// A moment, as text with a zone or as seconds or milliseconds since 1970; nil also for one that stands for none.
    /// Without a zone it is not reported.
    var instant: Instant? {
        text.flatMap { Instant($0) ?? Instant(sinceEpoch: $0) }.flatMap { $0.utcDate.standsForNone ? nil : $0 }
    }

    var money: Money? {
        guard let amount = self["amount"].decimal, let currency = self["currency"].filledText else { return nil }
        return Money(amount, currency)
    }

    var period: Period? {
        guard let type = self["type"].filledText, let count = self["duration"].quantity else { return nil }
        return switch type.lowerCaseWord {
        case "day": Period(count, .day)
        case "month": Period(count, .month)
        case "year": Period(count, .year)
        case "statement_day": Period(count, .statementDay)
        default: Period(count, .other(type))
        }
    }

    /// Names with their values; what is no text is left out.
    var attributes: Attributes {
        guard case .object(let members) = self else { return [:] }
        return members.reduce(into: [:]) { attributes, member in
            if let text = member.value.text { attributes[member.name] = text }
        }
    }

    /// A name with its value; a value that is no text is kept as JSON.
    var parameter: Parameter? {
        guard let name = self["name"].filledText else { return nil }
        let isStructured = self["value"].isNull && !self["structured_value"].isNull
        let value = isStructured ? self["structured_value"] : self["value"]
        if case .string(let text) = value, !isStructured { return Parameter(name: name, value: text) }
        if value.isNull { return Parameter(name: name, value: "") }
        return Parameter(name: name, value: value.encoded, form: isStructured ? .structured : .json)
    }

    /// The tiers of a price, where it has any.
    var priceTiers: [TieredMoney.Tier] {
        self["priceTiers"].elements.compactMap { tier in
            guard let from = tier["lowerLimit"].decimal, let amount = tier["amount"].decimal else { return nil }
            return TieredMoney.Tier(from: from, amount: amount)
        }
    }

    var tieredMoney: TieredMoney? { money.map { TieredMoney($0, tiers: priceTiers) } }

    /// The members that have a value, without those named: for people, so that nothing that was read is hidden.
    func others(than names: Set<String>) -> [Parameter] {
        guard case .object(let members) = withoutSecrets else { return [] }
        return members.compactMap { member in
            guard !names.contains(member.name), let words = member.value.words else { return nil }
            return Parameter(name: member.name, value: words)
        }
    }

    /// A value in words; nil when there is nothing in it.
    private var words: String? {
        switch self {
        case .null: nil
        case .array(let elements): elements.isEmpty ? nil : encoded
        case .object(let members):
            if members.isEmpty {
                nil
            } else if members.count == 2, let money {
                money.description
            } else {
                members.count == 2 ? period?.spoken ?? encoded : encoded
            }
        default: filledText
        }
    }
}

extension Instant {
    /// Seconds since 1970 in 9 to 11 digits, perhaps with a fraction, or milliseconds in 12 to 14.
    fileprivate init?(sinceEpoch text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy { (48...57).contains($0) } }),
            let whole = Int64(String(parts[0]) ?? "")
        else { return nil }
        switch parts[0].count {
        case 9...11:
            let digits = parts.count > 1 ? (String(parts[1].prefix(3)) ?? "") : ""
            let fraction = Int64(digits + String(repeating: "0", count: 3 - digits.count)) ?? 0
            self.init(millisecondsSince1970: whole * 1000 + fraction)
        case 12...14: self.init(millisecondsSince1970: whole)
        default: return nil
        }
    }
}

extension Period {
    /// As requests carry it.
    var json: JSONValue {
        let type =
            switch unit {
            case .day: "day"
            case .month: "month"
            case .year: "year"
            case .statementDay: "statement_day"
            case .other(let text): text
            }
        return .object(["type": .string(type), "duration": .number(String(count))])
    }
}

extension Attributes {
    var json: JSONValue { .object(map { JSONValue.Member(name: $0.key, value: .string($0.value)) }) }
}

extension String {
    /// The text in lower case; itself when it is so already, as the marketplace's words are.
    var lowerCaseWord: String {
        utf8.contains { !(UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) } ? lowercased() : self
    }
}
