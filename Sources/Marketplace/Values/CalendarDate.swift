/// A calendar date without a time zone, as subscriptions carry them (REFERENCE 4). Compared and counted in days.
public struct CalendarDate: Hashable, Codable, Comparable, Sendable, CustomStringConvertible {
    /// Days since 1970-01-01.
    public let daysSince1970: Int32

    public init(daysSince1970: Int32) { self.daysSince1970 = daysSince1970 }

    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= Self.days(in: month, of: year)
        else { return nil }
        // Counting from March makes the leap day the last of the year: no special case for it.
        let shifted = month > 2 ? year : year - 1
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        daysSince1970 = Int32(era * 146_097 + dayOfEra - 719_468)
    }

    /// Reads the leading `YYYY-MM-DD` of a text; a time after it is dropped. Nil when there is no such date.
    public init?(_ text: String) { self.init(utf8: text.utf8) }

    /// As above. Read in place: lists of a hundred thousand rows carry four dates each.
    init?(utf8 bytes: some Collection<UInt8>) {
        var numbers = (0, 0, 0)
        var place = 0
        for byte in bytes.prefix(11) {
            switch place {
            // The day has two digits, not the first two of a longer number.
            case 10: if (48...57).contains(byte) { return nil }
            case 4, 7: guard byte == UInt8(ascii: "-") else { return nil }
            default:
                guard (48...57).contains(byte) else { return nil }
                let digit = Int(byte - 48)
                switch place {
                case ..<4: numbers.0 = numbers.0 * 10 + digit
                case ..<7: numbers.1 = numbers.1 * 10 + digit
                default: numbers.2 = numbers.2 * 10 + digit
                }
            }
            place += 1
        }
        guard place >= 10 else { return nil }
        self.init(year: numbers.0, month: numbers.1, day: numbers.2)
    }

    /// As above.
    public init?(_ text: some StringProtocol) { self.init(String(text)) }

    public var components: (year: Int, month: Int, day: Int) {
        let shifted = Int(daysSince1970) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (
            yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        )
    }

    /// Whether the date stands for "none": systems that must write a date where there is none write the first or the
    /// last day they have, of year 1, 1970 or 9999. No marketplace is older than 1971 or reaches that far.
    public var standsForNone: Bool { !(1971...9998).contains(components.year) }

    /// `YYYY-MM-DD`.
    public var description: String {
        let (year, month, day) = components
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }

    /// `20 Nov 2026`, the way screens show a date.
    public var spoken: String {
        let (year, month, day) = components
        return "\(padded(day, 2)) \(Self.monthNames[month - 1]) \(year)"
    }

    /// `20 Nov`, where the year is clear.
    public var shortSpoken: String {
        let (_, month, day) = components
        return "\(padded(day, 2)) \(Self.monthNames[month - 1])"
    }

    /// `Fri`.
    public var weekday: String { Self.weekdayNames[daysSinceMonday] }

    /// 0 on a Monday, 6 on a Sunday.
    public var daysSinceMonday: Int {
        // Day 0, 1 January 1970, was a Thursday.
        let place = (Int(daysSince1970) + 3) % 7
        return place < 0 ? place + 7 : place
    }

    /// Days from `other` to this date; negative when this date is earlier.
    public func days(since other: CalendarDate) -> Int { Int(daysSince1970) - Int(other.daysSince1970) }

    public func adding(days: Int) -> CalendarDate {
        CalendarDate(daysSince1970: Int32(clamping: Int(daysSince1970) + days))
    }

    /// The same day after `period`, or the last day of a month that is too short; nil for periods of no calendar. A period
    /// of a negative count goes back.
    public func adding(_ period: Period) -> CalendarDate? {
        let (year, month, day) = components
        switch period.unit {
        case .day: return adding(days: period.count)
        case .year, .month:
            let months = year * 12 + month - 1 + period.count * (period.unit == .year ? 12 : 1)
            return (0...3).lazy.compactMap { back in
                CalendarDate(year: months / 12, month: months % 12 + 1, day: day - back)
            }.first
        case .statementDay, .other: return nil
        }
    }

    public static func < (left: Self, right: Self) -> Bool { left.daysSince1970 < right.daysSince1970 }

    static let monthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    static let weekdayNames = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: return 30
        default: return 31
        }
    }
}

/// `number` with leading zeros to at least `width` digits.
func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
