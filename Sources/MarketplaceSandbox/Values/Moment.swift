/// A moment in whole seconds of UTC, as orders have them.
struct Moment: Comparable, Hashable, Sendable {
    var seconds: Int64

    var day: CalendarDay {
        CalendarDay(number: Int32(truncatingIfNeeded: (seconds - secondOfDay) / 86_400))
    }

    /// `2031-01-05T10:00:00Z`: since version 1.5 without milliseconds (REFERENCE 4).
    var text: String {
        var bytes: [UInt8] = []
        write(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    func write(to bytes: inout [UInt8]) {
        day.write(to: &bytes)
        bytes.append(UInt8(ascii: "T"))
        writeClock(to: &bytes)
        bytes.append(UInt8(ascii: "Z"))
    }

    /// `2031-01-05T10:00:00.123+00:00`: how error bodies write it (REFERENCE 13).
    func text(milliseconds: Int) -> String {
        day.text + "T" + clock + "." + Digits.padded(milliseconds, 3) + "+00:00"
    }

    /// `Sun, 05 Jan 2031 10:00:00 GMT`: the `Date` header of an answer (RFC 9110, 5.6.7).
    var httpDate: String {
        let (year, month, number) = day.components
        let weekday = (Int(day.number) % 7 + 7) % 7
        return
            "\(Moment.weekdays[weekday]), \(Digits.padded(number, 2)) \(Moment.months[month - 1]) \(Digits.padded(year, 4)) \(clock) GMT"
    }

    private static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private var secondOfDay: Int64 {
        let rest = seconds % 86_400
        return rest < 0 ? rest + 86_400 : rest
    }

    private var clock: String {
        var bytes: [UInt8] = []
        writeClock(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private func writeClock(to bytes: inout [UInt8]) {
        let second = Int(secondOfDay)
        Digits.writePair(second / 3_600, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        Digits.writePair(second / 60 % 60, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        Digits.writePair(second % 60, to: &bytes)
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
