/// A moment in time, in whole milliseconds since 1970-01-01T00:00:00Z. Orders and errors carry instants (REFERENCE 4).
public struct Instant: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let millisecondsSince1970: Int64

    public init(millisecondsSince1970: Int64) { self.millisecondsSince1970 = millisecondsSince1970 }
    public init(secondsSince1970: Double) {
        self.init(millisecondsSince1970: Int64((secondsSince1970 * 1000).rounded()))
    }

    /// Reads ISO 8601 leniently: `T` or a space, with or without fractions, with `Z`, an offset, or no zone (taken as UTC).
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard let date = CalendarDate(text) else { return nil }
        guard bytes.count > 10 else {
            self.init(millisecondsSince1970: Int64(date.daysSince1970) * 86_400_000)
            return
        }
        func number(at index: Int) -> Int? {
            guard index + 1 < bytes.count, (48...57).contains(bytes[index]), (48...57).contains(bytes[index + 1])
            else { return nil }
            return Int(bytes[index] - 48) * 10 + Int(bytes[index + 1] - 48)
        }
        guard bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: "t") || bytes[10] == UInt8(ascii: " "),
            bytes.count >= 16, bytes[13] == UInt8(ascii: ":"),
            let hour = number(at: 11), let minute = number(at: 14), hour < 24, minute < 60
        else { return nil }
        var position = 16
        var second = 0
        var milliseconds = 0
        if position < bytes.count, bytes[position] == UInt8(ascii: ":") {
            guard let value = number(at: 17), value < 61 else { return nil }
            second = value
            position = 19
        }
        if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
            position += 1
            var scale = 100
            while position < bytes.count, (48...57).contains(bytes[position]) {
                milliseconds += Int(bytes[position] - 48) * scale
                scale /= 10
                position += 1
            }
        }
        var offsetMinutes = 0
        if position < bytes.count, bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-") {
            let sign = bytes[position] == UInt8(ascii: "+") ? 1 : -1
            guard let hours = number(at: position + 1) else { return nil }
            let minutesAt = position + 3 < bytes.count && bytes[position + 3] == UInt8(ascii: ":") ? 4 : 3
            offsetMinutes = sign * (hours * 60 + (number(at: position + minutesAt) ?? 0))
        }
        let seconds = (hour * 60 + minute - offsetMinutes) * 60 + second
        self.init(
            millisecondsSince1970: Int64(date.daysSince1970) * 86_400_000 + Int64(seconds) * 1000 + Int64(milliseconds))
    }

    /// As above.
    public init?(_ text: some StringProtocol) { self.init(String(text)) }

    /// The calendar date of this instant in UTC.
    public var utcDate: CalendarDate {
        CalendarDate(daysSince1970: Int32(clamping: Self.floorDivide(millisecondsSince1970, by: 86_400_000)))
    }

    /// `14:04:12`, in UTC.
    public var utcTime: String {
        let (hour, minute, second) = clock
        return "\(padded(hour, 2)):\(padded(minute, 2)):\(padded(second, 2))"
    }

    /// `20 Nov 2026 14:04`, in UTC.
    public var spoken: String { "\(utcDate.spoken) \(utcTime.prefix(5))" }

    /// ISO 8601 in UTC, without fractions: `2026-11-20T14:04:12Z`.
    public var description: String { "\(utcDate)T\(utcTime)Z" }

    /// Seconds from `other` to this instant; negative when this one is earlier.
    public func seconds(since other: Instant) -> Double {
        Double(millisecondsSince1970 - other.millisecondsSince1970) / 1000
    }

    public func adding(seconds: Double) -> Instant {
        Instant(millisecondsSince1970: millisecondsSince1970 + Int64((seconds * 1000).rounded()))
    }

    public static func < (left: Self, right: Self) -> Bool {
        left.millisecondsSince1970 < right.millisecondsSince1970
    }

    private var clock: (hour: Int, minute: Int, second: Int) {
        let milliseconds =
            millisecondsSince1970 - Self.floorDivide(millisecondsSince1970, by: 86_400_000) * 86_400_000
        let seconds = Int(milliseconds / 1000)
        return (seconds / 3600, seconds / 60 % 60, seconds % 60)
    }

    private static func floorDivide(_ value: Int64, by divisor: Int64) -> Int64 {
        value >= 0 ? value / divisor : -((-value + divisor - 1) / divisor)
    }
}

/// A stretch of time in words of at most two units: `42 s`, `15 min`, `3 h 12 min`, `2 d 4 h`.
public func spokenDuration(seconds: Double) -> String {
    let total = max(0, Int(seconds))
    switch total {
    case ..<60: return "\(total) s"
    case ..<3600: return "\(total / 60) min"
    case ..<86_400:
        let minutes = total / 60 % 60
        return minutes == 0 ? "\(total / 3600) h" : "\(total / 3600) h \(minutes) min"
    default:
        let hours = total / 3600 % 24
        return hours == 0 ? "\(total / 86_400) d" : "\(total / 86_400) d \(hours) h"
    }
}
