import FoundationEssentials
import Marketplace
import Screen

/// What a row has in one field, apart from how it is printed.
enum FieldValue: Equatable, Sendable {
    /// It was not read.
    case absent
    /// It was read, and the marketplace gave none.
    case null
    case string(String)
    /// A word of the marketplace's own: as it is written there, and as people read it.
    case word(wire: String, spoken: String, tone: Tone)
    case integer(Int)
    case decimal(Decimal)
    case flag(Bool)
    case amount(Money)
    case day(CalendarDate)
    case instant(Instant)
    case length(Period)
    case list([FieldValue])
    case object([Member])
    /// An object of names and values that is stored as JSON.
    case json(JSON)

    struct Member: Equatable, Sendable {
        var name: String
        var value: FieldValue
    }

    // Values that may be missing.
    static func text(_ text: String?) -> FieldValue { text.map(FieldValue.string) ?? .null }
    static func id<Owner>(_ id: Identifier<Owner>?) -> FieldValue { text(id?.rawValue) }
    static func money(_ money: Money?) -> FieldValue { money.map(FieldValue.amount) ?? .null }
    static func date(_ date: CalendarDate?) -> FieldValue { date.map(FieldValue.day) ?? .null }
    static func moment(_ moment: Instant?) -> FieldValue { moment.map(FieldValue.instant) ?? .null }
    static func period(_ period: Period?) -> FieldValue { period.map(FieldValue.length) ?? .null }
    static func number(_ number: Decimal?) -> FieldValue { number.map(FieldValue.decimal) ?? .null }
    static func count(_ count: Int?) -> FieldValue { count.map(FieldValue.integer) ?? .null }
    static func truth(_ flag: Bool?) -> FieldValue { flag.map(FieldValue.flag) ?? .null }
    static func texts(_ texts: [String]) -> FieldValue { .list(texts.map(FieldValue.string)) }
    /// A word that may be missing; people read it as it is written.
    static func plainWord(_ word: String?) -> FieldValue {
        word.map { .word(wire: $0, spoken: $0, tone: .plain) } ?? .null
    }
    static func members(_ members: [(String, FieldValue)]) -> FieldValue {
        .object(members.map { Member(name: $0.0, value: $0.1) })
    }
    static func attributes(_ attributes: Attributes) -> FieldValue {
        .members(attributes.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
    }

    /// Nil when it was not read.
    var json: JSON? {
        switch self {
        case .absent: nil
        case .null: .null
        case .string(let text), .word(let text, _, _): .text(text)
        case .integer(let number): .number(number)
        case .decimal(let number): .text(number.description)
        case .flag(let flag): .flag(flag)
        case .amount(let money): ["amount": .text(money.plainAmount), "currency": .text(money.currency)]
        case .day(let date): .text(date.description)
        case .instant(let moment): .text(moment.description)
        case .length(let period): ["count": .number(period.count), "unit": .text(period.unitName)]
        case .list(let values): .list(values.compactMap(\.json))
        case .object(let members):
            .object(
                members.compactMap { member in member.value.json.map { JSON.Member(name: member.name, value: $0) } })
        case .json(let json): json
        }
    }

    /// As scripts read it in a pipe: whole, and the same wherever it is printed.
    var plain: String {
        switch self {
        case .absent, .null: ""
        case .string(let text), .word(let text, _, _): text
        case .integer(let number): String(number)
        case .decimal(let number): number.description
        case .flag(let flag): flag ? "true" : "false"
        case .amount(let money): "\(money.plainAmount) \(money.currency)"
        case .day(let date): date.description
        case .instant(let moment): moment.description
        case .length(let period): period.code
        case .list(let values): values.map(\.plain).joined(separator: " ")
        case .object, .json: json?.line ?? ""
        }
    }

    /// As people read it on a terminal.
    var spoken: (text: String, tone: Tone) {
        switch self {
        case .word(_, let spoken, let tone): (spoken, tone)
        case .integer(let number): (Decimal(number).grouped(fractionDigits: 0), .plain)
        case .decimal(let number): (number.grouped(fractionDigits: 0), .plain)
        case .flag(let flag): (flag ? "yes" : "no", .plain)
        case .amount(let money): (money.description, .plain)
        case .day(let date): (date.spoken, .plain)
        case .instant(let moment): (moment.spoken, .plain)
        case .length(let period): (period.spoken, .plain)
        case .list(let values): (values.map(\.spoken.text).joined(separator: ", "), .plain)
        case .object(let members):
            (
                members.map { "\($0.name) \($0.value.spoken.text)" }.joined(separator: ", "), .plain
            )
        default: (plain, .plain)
        }
    }

    var isEmpty: Bool { self == .absent || self == .null }
}

extension Period {
    /// The marketplace's own word for its unit.
    var unitName: String {
        switch unit {
        case .day: "day"
        case .month: "month"
        case .year: "year"
        case .statementDay: "statement_day"
        case .other(let text): text
        }
    }

    /// `1y`, `1m`, as it is written on a command line.
    var code: String {
        switch unit {
        case .day: "\(count)d"
        case .month: "\(count)m"
        case .year: "\(count)y"
        default: "\(count)\(unitName)"
        }
    }
}

extension String {
    /// As a line of plain output may hold it: a tab or line end is a space, and what would act on a terminal or turn the
    /// direction of writing is `�`.
    var plainLine: String {
        var isPlain = true
        for byte in utf8 where byte < 0x20 || byte >= 0x7F { isPlain = false }
        if isPlain { return self }
        var result = UnicodeScalarView()
        for scalar in unicodeScalars {
            switch scalar.value {
            case 0x09, 0x0A, 0x0D, 0x85, 0x2028, 0x2029: result.append(" ")
            case ..<0x20, 0x7F...0x9F, 0x61C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069:
                result.append(TerminalText.replacement)
            default: result.append(scalar)
            }
        }
        return String(result)
    }
}
