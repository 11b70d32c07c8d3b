/// Reads a moment byte by byte where it lies: lists of a hundred thousand orders carry two each.
struct TimeReader {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var at: Int

    private init(_ bytes: UnsafeBufferPointer<UInt8>, at: Int) {
        self.bytes = bytes
        self.at = at
    }

    /// The moment that `bytes` name, all of them; nil when they name none.
    static func moment(in bytes: UnsafeBufferPointer<UInt8>) -> Instant? {
        guard bytes.count > 10, let date = CalendarDate(utf8: UnsafeBufferPointer(rebasing: bytes[..<10])) else {
            return nil
        }
        var reader = TimeReader(bytes, at: 10)
        return reader.moment(on: date)
    }

    private mutating func moment(on date: CalendarDate) -> Instant? {
        guard skipSeparator(), let hour = number(below: 24), take(":"), let minute = number(below: 60) else {
            return nil
        }
        var second = 0
        var milliseconds = 0
        if take(":") {
            // The 60th second of a leap second is the first of the next minute.
            guard let value = number(below: 61) else { return nil }
            second = value
            if take(".") || take(",") {
                guard let value = fraction() else { return nil }
                milliseconds = value
            }
        }
        guard let offset = offsetMinutes(), at == bytes.count else { return nil }
        let seconds = (hour * 60 + minute - offset) * 60 + second
        return Instant(
            millisecondsSince1970: Int64(date.daysSince1970) * 86_400_000 + Int64(seconds) * 1000 + Int64(milliseconds))
    }

    /// `T`, or a comma, blanks, or both.
    private mutating func skipSeparator() -> Bool {
        if take("T") || take("t") { return true }
        let start = at
        _ = take(",")
        skipBlanks()
        return at > start
    }

    /// Minutes east of Greenwich; nil when the zone is missing or no zone.
    private mutating func offsetMinutes() -> Int? {
        skipBlanks()
        if take("Z") || take("z") || takeWord("UTC") || takeWord("GMT") { return 0 }
        let sign: Int
        if take("+") {
            sign = 1
        } else if take("-") {
            sign = -1
        } else {
            return nil
        }
        guard let hours = number(below: 24) else { return nil }
        if at == bytes.count { return sign * hours * 60 }
        _ = take(":")
        guard let minutes = number(below: 60) else { return nil }
        return sign * (hours * 60 + minutes)
    }

    /// Two digits.
    private mutating func number(below end: Int) -> Int? {
        guard at + 1 < bytes.count, let tens = digit(at), let ones = digit(at + 1), tens * 10 + ones < end else {
            return nil
        }
        at += 2
        return tens * 10 + ones
    }

    /// The whole milliseconds of a fraction of a second; nil without a digit.
    private mutating func fraction() -> Int? {
        let start = at
        var milliseconds = 0
        var scale = 100
        while at < bytes.count, let digit = digit(at) {
            milliseconds += digit * scale
            scale /= 10
            at += 1
        }
        return at > start ? milliseconds : nil
    }

    private func digit(_ place: Int) -> Int? {
        (48...57).contains(bytes[place]) ? Int(bytes[place] - 48) : nil
    }

    private mutating func skipBlanks() { while take(" ") {} }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard at < bytes.count, bytes[at] == UInt8(ascii: scalar) else { return false }
        at += 1
        return true
    }

    private mutating func takeWord(_ word: String) -> Bool {
        guard bytes[at...].starts(with: word.utf8) else { return false }
        at += word.utf8.count
        return true
    }
}
