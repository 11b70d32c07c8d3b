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

    var text: String {
        let (year, month, day) = components
        return Digits.padded(year, 4) + "-" + Digits.padded(month, 2) + "-" + Digits.padded(day, 2)
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

/// A moment in whole seconds of UTC, as orders have them.
struct Moment: Comparable, Hashable, Sendable {
    var seconds: Int64

    var day: CalendarDay {
        CalendarDay(number: Int32(truncatingIfNeeded: (seconds - secondOfDay) / 86_400))
    }

    /// `2031-01-05T10:00:00Z`: since version 1.5 without milliseconds (REFERENCE 4).
    var text: String {
        day.text + "T" + clock + "Z"
    }

    /// `2031-01-05T10:00:00.123+00:00`: how error bodies write it (REFERENCE 13).
    func text(milliseconds: Int) -> String {
        day.text + "T" + clock + "." + Digits.padded(milliseconds, 3) + "+00:00"
    }

    /// `Sun, 05 Jan 2031 10:00:00 GMT`: the `Date` header of an answer (RFC 9110, 5.6.7).
    var httpDate: String {
        let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let (year, month, number) = day.components
        let weekday = (Int(day.number) % 7 + 7) % 7
        return
            "\(weekdays[weekday]), \(Digits.padded(number, 2)) \(months[month - 1]) \(Digits.padded(year, 4)) \(clock) GMT"
    }

    private var secondOfDay: Int64 {
        let rest = seconds % 86_400
        return rest < 0 ? rest + 86_400 : rest
    }

    private var clock: String {
        let second = Int(secondOfDay)
        return Digits.padded(second / 3_600, 2) + ":" + Digits.padded(second / 60 % 60, 2) + ":"
            + Digits.padded(second % 60, 2)
    }

    static func < (left: Moment, right: Moment) -> Bool {
        left.seconds < right.seconds
    }
}

extension Moment {
    init(day: CalendarDay, second: Int) {
        seconds = Int64(day.number) * 86_400 + Int64(second)
    }

    /// Reads an ISO 8601 date-time with `Z`, an offset or none (then UTC), with or without fractions of a second.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 19, let day = CalendarDay(text.prefix(10)),
            bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: "t") || bytes[10] == UInt8(ascii: " "),
            bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
            let hour = Digits.number(bytes[11..<13]), let minute = Digits.number(bytes[14..<16]),
            let second = Digits.number(bytes[17..<19]), hour < 24, minute < 60, second <= 60
        else { return nil }
        var rest = bytes[19...]
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            let fraction = rest.prefix { (48...57).contains($0) }
            guard !fraction.isEmpty else { return nil }
            rest = rest.dropFirst(fraction.count)
        }
        guard let offset = Moment.offset(rest) else { return nil }
        self.init(day: day, second: hour * 3_600 + minute * 60 + second - offset)
    }

    private static func offset(_ bytes: ArraySlice<UInt8>) -> Int? {
        if bytes.isEmpty || Array(bytes) == [UInt8(ascii: "Z")] || Array(bytes) == [UInt8(ascii: "z")] { return 0 }
        guard bytes.count == 6, let sign = bytes.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
            bytes[bytes.startIndex + 3] == UInt8(ascii: ":"),
            let hours = Digits.number(bytes[(bytes.startIndex + 1)..<(bytes.startIndex + 3)]),
            let minutes = Digits.number(bytes[(bytes.startIndex + 4)...]), hours < 24, minutes < 60
        else { return nil }
        return (hours * 3_600 + minutes * 60) * (sign == UInt8(ascii: "-") ? -1 : 1)
    }
}

enum Digits {
    /// The number that these ASCII digits write; nil for anything else, and for more than 18 of them.
    static func number(_ bytes: some Collection<UInt8>) -> Int? {
        guard !bytes.isEmpty, bytes.count <= 18 else { return nil }
        var value = 0
        for byte in bytes {
            guard (48...57).contains(byte) else { return nil }
            value = value * 10 + Int(byte - 48)
        }
        return value
    }

    static func padded(_ number: Int, _ width: Int) -> String {
        let text = String(number)
        return text.utf8.count >= width ? text : String(repeating: "0", count: width - text.utf8.count) + text
    }
}
