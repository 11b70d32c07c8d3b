import FoundationEssentials
import Marketplace

/// Values as they are typed on a command line.
enum TypedValue {
    /// `2026-12-01`, `today`, `+30d`, `-7d`.
    static func day(_ text: String, today: CalendarDate) throws(CommandError) -> CalendarDate {
        if text == "today" { return today }
        if let last = text.last, last == "d", let sign = text.first, "+-".contains(sign),
            let count = Int(text.dropFirst().dropLast()), count < 100_000
        {
            return today.adding(days: sign == "-" ? -count : count)
        }
        if text.utf8.count == 10, let day = CalendarDate(text) { return day }
        throw CommandError(.badValue, "'\(text)' is no day.", hint: "Write it as 2026-12-01, today, +30d or -7d.")
    }

    /// `30d`: the day so many days after `today`.
    static func dayAhead(_ text: String, option: String, today: CalendarDate) throws(CommandError) -> CalendarDate {
        guard text.last == "d", case let digits = text.dropLast(), digits.allSatisfy(\.isNumber),
            let count = Int(digits), count < 100_000
        else {
            throw CommandError(
                .badValue, "'\(text)' is no number of days for \(option).", hint: "Write it as 7d or 30d.")
        }
        return today.adding(days: count)
    }

    /// A moment, or the first or last one of a day.
    static func moment(
        _ text: String, today: CalendarDate, atEnd: Bool
    ) throws(CommandError) -> Instant {
        if let moment = Instant(text) { return moment }
        if text.contains("T") {
            throw CommandError(
                .badValue, "'\(text)' is no moment.",
                hint: "Write it with its zone, as 2026-11-20T14:00:00Z or 2026-11-20T15:00:00+01:00.")
        }
        let day = try day(text, today: today)
        let start = Int64(day.daysSince1970) * 86_400_000
        return Instant(millisecondsSince1970: atEnd ? start + 86_399_999 : start)
    }

    /// The fixed time of the embedded marketplace.
    static func now(_ text: String) throws(CommandError) -> Instant {
        if let now = Instant(text) { return now }
        throw CommandError(.badValue, "'\(text)' is no moment for --now.", hint: "Write 2026-11-20T14:04:00Z.")
    }

    /// `30s`, `10m`, `2h`, in seconds.
    static func duration(_ text: String, option: String) throws(CommandError) -> Double {
        let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600]
        guard let unit = text.last.flatMap({ units[$0] }), let count = Int(text.dropLast()), count > 0, count < 100_000
        else {
            throw CommandError(
                .badValue, "'\(text)' is no duration for \(option).", hint: "Write it as 30s, 10m or 2h.")
        }
        return Double(count) * unit
    }

    /// A whole number of at least 1.
    static func count(_ text: String, option: String) throws(CommandError) -> Int {
        guard let count = Int(text), count > 0, text.allSatisfy(\.isNumber) else {
            throw CommandError(
                .badValue, "'\(text)' is no number for \(option).", hint: "Write a whole number from 1 on.")
        }
        return count
    }
}

/// What a person names a thing by.
enum Identity: Equatable, Sendable {
    case id(String)
    case name(String)
    case externalID(String)
    case email(String)
    case number(String)
    case poNumber(String)

    /// Digits are an id and nothing else; `id:`, `name:`, `external:`, `email:`, `number:` and `po:` say which is
    /// meant.
    init(_ text: String) {
        let kinds: [(String, (String) -> Identity)] = [
            ("id:", { .id($0) }), ("name:", { .name($0) }), ("external:", { .externalID($0) }),
            ("email:", { .email($0) }), ("number:", { .number($0) }), ("po:", { .poNumber($0) }),
        ]
        for (prefix, identity) in kinds where text.hasPrefix(prefix) {
            self = identity(String(text.dropFirst(prefix.count)))
            return
        }
        self = !text.isEmpty && text.utf8.allSatisfy { (48...57).contains($0) } ? .id(text) : .name(text)
    }
}
