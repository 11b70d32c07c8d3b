/// A moment in time, in whole milliseconds since 1970-01-01T00:00:00Z. Orders and errors carry instants (REFERENCE 4).
public struct Instant: Hashable, Codable, Comparable, Sendable, CustomStringConvertible {
    public let millisecondsSince1970: Int64

    public init(millisecondsSince1970: Int64) { self.millisecondsSince1970 = millisecondsSince1970 }
    public init(secondsSince1970: Double) {
        self.init(millisecondsSince1970: Self.milliseconds(secondsSince1970))
    }

    /// Midnight of that day in UTC.
    public init(startOf day: CalendarDate) {
        self.init(millisecondsSince1970: Int64(day.daysSince1970) * 86_400_000)
    }

    /// Reads a moment by RFC 3339 and in the variants that servers write: `T`, blanks or a comma before the time, a
    /// fraction after a point or a comma, the zone as `Z`, `UTC`, `GMT` or an offset with or without colon, directly
    /// or after a blank. Nil for everything else, above all for a time without a zone: which moment that is, nobody
    /// knows, and a guess would be hours wrong (REFERENCE 4).
    public init?(_ text: String) {
        let moment = text.utf8.withContiguousStorageIfAvailable { TimeReader.moment(in: $0) }
        guard let found = moment ?? Array(text.utf8).withUnsafeBufferPointer({ TimeReader.moment(in: $0) }) else {
            return nil
        }
        self = found
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
        let (milliseconds, isTooFar) = millisecondsSince1970.subtractingReportingOverflow(other.millisecondsSince1970)
        if isTooFar { return (Double(millisecondsSince1970) - Double(other.millisecondsSince1970)) / 1000 }
        return Double(milliseconds) / 1000
    }

    /// The moment so many seconds later; the last or first there is when it would lie beyond.
    public func adding(seconds: Double) -> Instant {
        let step = Self.milliseconds(seconds)
        let (sum, isTooFar) = millisecondsSince1970.addingReportingOverflow(step)
        return Instant(millisecondsSince1970: isTooFar ? (step < 0 ? .min : .max) : sum)
    }

    public static func < (left: Self, right: Self) -> Bool {
        left.millisecondsSince1970 < right.millisecondsSince1970
    }

    private var clock: (hour: Int, minute: Int, second: Int) {
        let ofDay = millisecondsSince1970 % 86_400_000
        let seconds = Int((ofDay < 0 ? ofDay + 86_400_000 : ofDay) / 1000)
        return (seconds / 3600, seconds / 60 % 60, seconds % 60)
    }

    private static func milliseconds(_ seconds: Double) -> Int64 {
        let milliseconds = (seconds * 1000).rounded()
        return Int64(exactly: milliseconds) ?? (milliseconds < 0 ? .min : .max)
    }

    private static func floorDivide(_ value: Int64, by divisor: Int64) -> Int64 {
        let quotient = value / divisor
        return value % divisor < 0 ? quotient - 1 : quotient
    }
}

/// A stretch of time in words of at most two units: `42 s`, `15 min`, `3 h 12 min`, `2 d 4 h`.
public func spokenDuration(seconds: Double) -> String {
    let total = Int(max(0, min(seconds, 1e15)))
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
