/// A day of the calendar without time zone, as subscriptions have them; counted from 1970-01-01.
struct CalendarDay: Comparable, Hashable, Sendable {
    var number: Int32

    static let distantFuture = CalendarDay(year: 9_999, month: 12, day: 31)

    init(number: Int32) {
        self.number = number
    }

    init(year: Int, month: Int, day: Int) {
        // Days from civil (Howard Hinnant's algorithm): years start in March, so the leap day comes last.
        let y = month <= 2 ? year - 1 : year
        let era = (y >= 0 ? y : y - 399) / 400
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        number = Int32(truncatingIfNeeded: era * 146_097 + dayOfEra - 719_468)
    }

    /// Reads `YYYY-MM-DD` and nothing else; nil for a day that does not exist.
    init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let year = Digits.number(bytes[0..<4]), let month = Digits.number(bytes[5..<7]),
            let day = Digits.number(bytes[8..<10]), (1...12).contains(month), day >= 1,
            day <= CalendarDay.length(ofMonth: month, year: year)
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    var components: (year: Int, month: Int, day: Int) {
        let z = Int(number) + 719_468
        let era = (z >= 0 ? z : z - 146_096) / 146_097
        let dayOfEra = z - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted + (shifted < 10 ? 3 : -9)
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }

    /// `2031-01-05`.
    var text: String {
        var bytes: [UInt8] = []
        write(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    func write(to bytes: inout [UInt8]) {
        let (year, month, day) = components
        if (0..<10_000).contains(year) {
            Digits.writePair(year / 100, to: &bytes)
            Digits.writePair(year % 100, to: &bytes)
        } else {
            Digits.write(year, to: &bytes)
        }
        bytes.append(UInt8(ascii: "-"))
        Digits.writePair(month, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        Digits.writePair(day, to: &bytes)
    }

    func adding(days: Int) -> CalendarDay {
        CalendarDay(number: number &+ Int32(truncatingIfNeeded: days))
    }

    /// The same day that many months later, or the month's last day when it has no such day.
    func adding(months: Int) -> CalendarDay {
        let (year, month, day) = components
        let total = year * 12 + (month - 1) + months
        let newYear = total >= 0 ? total / 12 : (total - 11) / 12
        let newMonth = total - newYear * 12 + 1
        let last = CalendarDay.length(ofMonth: newMonth, year: newYear)
        return CalendarDay(year: newYear, month: newMonth, day: min(day, last))
    }

    static func < (left: CalendarDay, right: CalendarDay) -> Bool {
        left.number < right.number
    }

    static func - (left: CalendarDay, right: CalendarDay) -> Int {
        Int(left.number) - Int(right.number)
    }

    static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

extension CalendarDay {
    /// This day if it is the last of its month, else the last day of the month before.
    var lastMonthEnd: CalendarDay {
        let (year, month, day) = components
        return day == CalendarDay.length(ofMonth: month, year: year) ? self : adding(days: -day)
    }
}
