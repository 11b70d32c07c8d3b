/// Numbers, dates and switches: all that is written without quotes or brackets.
extension TOMLReader {
    mutating func word() throws(TOMLFlaw) -> TOMLValue.Content {
        let start = position
        while let scalar = next, !Self.endsWord(scalar) { position += 1 }
        // A date may have a blank between it and its time.
        if position == start + 10, next == " ", Self.isDigit(scalar(1)), Self.isDigit(scalar(2)), scalar(3) == ":",
            Self.isDate(Array(text(from: start).utf8))
        {
            position += 1
            while let scalar = next, !Self.endsWord(scalar) { position += 1 }
        }
        let word = text(from: start)
        guard !word.isEmpty else { throw flaw("a value is missing") }
        switch word {
        case "true": return .boolean(true)
        case "false": return .boolean(false)
        case "inf", "+inf": return .float(.infinity)
        case "-inf": return .float(-.infinity)
        case "nan", "+nan", "-nan": return .float(.nan)
        default: break
        }
        let bytes = Array(word.utf8)
        if let moment = Self.moment(bytes) { return .moment(moment) }
        if let number = Self.integerDigits(bytes) {
            guard let integer = Int64(number.digits, radix: number.radix) else {
                throw flaw("\(Self.shown(word)) is too large a number", at: start)
            }
            return .integer(integer)
        }
        if let digits = Self.floatDigits(bytes), let number = Double(digits) { return .float(number) }
        throw flaw("\(Self.shown(word)) is no value; \(Self.advice(word))", at: start)
    }

    private static func endsWord(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case " ", "\t", "\n", "\r", "#", ",", "]", "}", "[", "{", "=", "\"", "'": true
        default: scalar.value < 0x20 || scalar.value == 0x7F
        }
    }

    private static func shown(_ word: String) -> String { word.count > 40 ? word.prefix(40) + "…" : word }

    private static func advice(_ word: String) -> String {
        let isSwitch = ["true", "false", "yes", "no", "on", "off"].contains(word.lowercased())
        return isSwitch ? "write true or false, and text in quotes" : "text is in quotes"
    }

    private static func isDigit(_ scalar: Unicode.Scalar?) -> Bool { scalar.map { ("0"..."9").contains($0) } ?? false }

    // MARK: Numbers

    /// The sign and digits of a whole number, without underscores. Nil when it is none.
    private static func integerDigits(_ bytes: [UInt8]) -> (digits: String, radix: Int)? {
        for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where bytes.starts(with: prefix.utf8) {
            return digits(bytes.dropFirst(2)) { byte in
                Character(Unicode.Scalar(byte)).hexDigitValue.map { $0 < radix } ?? false
            }.map { ($0, radix) }
        }
        return decimal(bytes[...]).map { ($0, 10) }
    }

    private static func floatDigits(_ bytes: [UInt8]) -> String? {
        let isExponent: (UInt8) -> Bool = { $0 == UInt8(ascii: "e") || $0 == UInt8(ascii: "E") }
        let mantissa = bytes.prefix { !isExponent($0) }
        let parts = mantissa.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, var text = decimal(first) else { return nil }
        if parts.count == 2 {
            guard let fraction = digits(parts[1], of: isDecimal) else { return nil }
            text += "." + fraction
        }
        guard mantissa.count < bytes.count else { return parts.count == 2 ? text : nil }
        var exponent = bytes.dropFirst(mantissa.count + 1)
        let isSigned = exponent.first == UInt8(ascii: "-") || exponent.first == UInt8(ascii: "+")
        let sign = isSigned ? String(decoding: [exponent.removeFirst()], as: UTF8.self) : ""
        return digits(exponent, of: isDecimal).map { "\(text)e\(sign)\($0)" }
    }

    /// A sign and digits, of which none but the only one may be a zero at the start.
    private static func decimal(_ bytes: ArraySlice<UInt8>) -> String? {
        let isSigned = bytes.first == UInt8(ascii: "-") || bytes.first == UInt8(ascii: "+")
        guard let digits = digits(bytes.dropFirst(isSigned ? 1 : 0), of: isDecimal),
            digits.utf8.count == 1 || digits.utf8.first != UInt8(ascii: "0")
        else { return nil }
        return String(decoding: bytes.prefix(isSigned ? 1 : 0), as: UTF8.self) + digits
    }

    /// The digits without the underscores that may stand between any two of them.
    private static func digits(_ bytes: ArraySlice<UInt8>, of isDigit: (UInt8) -> Bool) -> String? {
        let groups = bytes.split(separator: UInt8(ascii: "_"), omittingEmptySubsequences: false)
        guard groups.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isDigit) }) else { return nil }
        return String(decoding: groups.joined(), as: UTF8.self)
    }

    private static func isDecimal(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    // MARK: Dates and times

    private static func isDate(_ bytes: [UInt8]) -> Bool { moment(bytes)?.kind == .localDate }

    /// RFC 3339, with the date or the time alone.
    private static func moment(_ bytes: [UInt8]) -> TOMLMoment? {
        if let time = time(bytes[...]) {
            return time.rest.isEmpty ? TOMLMoment(kind: .localTime, text: time.text) : nil
        }
        guard let date = date(bytes.prefix(10)) else { return nil }
        guard bytes.count > 10 else { return TOMLMoment(kind: .localDate, text: date) }
        guard [UInt8(ascii: "T"), UInt8(ascii: "t"), UInt8(ascii: " ")].contains(bytes[10]),
            let time = time(bytes.dropFirst(11))
        else { return nil }
        if time.rest.isEmpty { return TOMLMoment(kind: .localDateTime, text: "\(date)T\(time.text)") }
        return offset(time.rest).map { TOMLMoment(kind: .offsetDateTime, text: "\(date)T\(time.text)\($0)") }
    }

    private static func date(_ bytes: ArraySlice<UInt8>) -> String? {
        guard let fields = fields(bytes, "dddd-dd-dd"), (1...12).contains(fields[1]) else { return nil }
        let isLeap = fields[0] % 4 == 0 && (fields[0] % 100 != 0 || fields[0] % 400 == 0)
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard (1...days[fields[1] - 1]).contains(fields[2]) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func time(_ bytes: ArraySlice<UInt8>) -> (text: String, rest: ArraySlice<UInt8>)? {
        // The last second of a day may be a leap second.
        guard let fields = fields(bytes.prefix(8), "dd:dd:dd"), fields[0] < 24, fields[1] < 60, fields[2] <= 60 else {
            return nil
        }
        var end = bytes.startIndex + 8
        if end < bytes.endIndex, bytes[end] == UInt8(ascii: ".") {
            let fraction = bytes[(end + 1)...].prefix(while: isDecimal)
            guard !fraction.isEmpty else { return nil }
            end = fraction.endIndex
        }
        return (String(decoding: bytes[..<end], as: UTF8.self), bytes[end...])
    }

    private static func offset(_ bytes: ArraySlice<UInt8>) -> String? {
        if bytes.count == 1, bytes.first == UInt8(ascii: "Z") || bytes.first == UInt8(ascii: "z") { return "Z" }
        guard bytes.first == UInt8(ascii: "+") || bytes.first == UInt8(ascii: "-"),
            let fields = fields(bytes.dropFirst(), "dd:dd"), fields[0] < 24, fields[1] < 60
        else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The numbers in `bytes`, when they match `pattern`, where `d` is a digit.
    private static func fields(_ bytes: ArraySlice<UInt8>, _ pattern: String) -> [Int]? {
        guard bytes.count == pattern.utf8.count else { return nil }
        var fields = [0]
        for (byte, sign) in zip(bytes, pattern.utf8) {
            if sign == UInt8(ascii: "d") {
                guard isDecimal(byte) else { return nil }
                fields[fields.count - 1] = fields[fields.count - 1] * 10 + Int(byte - UInt8(ascii: "0"))
            } else {
                guard byte == sign else { return nil }
                fields.append(0)
            }
        }
        return fields
    }
}
